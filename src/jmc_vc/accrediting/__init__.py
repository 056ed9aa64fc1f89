"""Accrediting: what JMC does with issuers and programs. Nothing here ever changes a learner's credential (INV-25)."""
