"""The database: SQLAlchemy Core on SQLite and PostgreSQL, one file for each aggregate."""
