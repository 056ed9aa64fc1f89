"""Outbound HTTP, for commands that somebody runs against an address that they name; the service itself asks nobody."""
