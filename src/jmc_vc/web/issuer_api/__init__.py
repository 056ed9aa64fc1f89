"""The issuers' API: awards in, credentials out; what happened to them later; the check of a program's profile."""
