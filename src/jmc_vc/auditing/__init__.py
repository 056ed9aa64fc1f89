"""Whether the records hold: the public log, the audit log and the rows that they tell of, each against the others; and
the way back when a database is older than what was published."""
