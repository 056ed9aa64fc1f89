"""What Alembic runs: the migrations, on the connection that `storage.schema` hands over, inside its transaction."""

from alembic import context

context.configure(
    connection=context.config.attributes["connection"],
    # SQLite can roll DDL back too when it is told to begin (we do): a killed migration leaves the old schema.
    transactional_ddl=True,
)
context.run_migrations()
