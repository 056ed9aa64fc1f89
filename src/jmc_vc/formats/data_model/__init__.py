"""The Verifiable Credentials Data Model: what every credential and presentation has to be, whoever made it."""
