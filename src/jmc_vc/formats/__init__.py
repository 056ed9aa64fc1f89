"""The standards: bytes and JSON in, values out. No rule of JMC, no clock, no network (a contract of import-linter)."""
