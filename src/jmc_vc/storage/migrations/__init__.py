"""The schema's history, run by Alembic; `storage.schema` starts it."""
