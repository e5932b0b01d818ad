"""Alembic's entry: runs on the connection that ``Store.open`` hands over, inside its transaction."""

from __future__ import annotations

from alembic import context
from sqlalchemy import Connection

from formextract.store.schema import metadata

connection: Connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=metadata,
    # SQLite alters a table by copying it.
    render_as_batch=connection.dialect.name == "sqlite",
    # Store.open holds the transaction and its lock: two processes that start at once must not both migrate.
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
