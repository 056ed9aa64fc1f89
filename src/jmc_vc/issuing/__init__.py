"""Issuing: from an award to a signed credential, and what happens to it afterwards."""
