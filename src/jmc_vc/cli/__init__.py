"""The command `jmc-vc`: one file for each group of commands."""
