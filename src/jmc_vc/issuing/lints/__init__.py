"""Lints: one rule a file. The table of them is `issuing.lint.LINTS`."""
