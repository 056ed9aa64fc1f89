"""Authorizing: who may act."""
