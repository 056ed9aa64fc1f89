"""Verifying: bytes in, a report out. Gather first, then judge; a bad credential is a result, never an error."""
