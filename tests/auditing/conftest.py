"""The command line, for claims about commands that need more than one installation."""

from tests.cli.conftest import command, environment

__all__ = ["command", "environment"]
