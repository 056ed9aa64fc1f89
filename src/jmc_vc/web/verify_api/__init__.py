"""The verification API: a credential in, a report out, 200 whatever the verdict."""
