"""Small statements that the two databases share but SQLAlchemy spells apart."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection, RowMapping

_BATCH = 1000


def insert_if_new(connection: Connection, table: sa.Table, row: Mapping[str, Any]) -> bool:
    """INSERT … ON CONFLICT DO NOTHING; whether the row was new."""
    insert: Any = sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert
    first = next(iter(table.primary_key.columns))
    statement = insert(table).values(**row).on_conflict_do_nothing().returning(first)
    return connection.execute(statement).first() is not None


def insert_many(connection: Connection, table: sa.Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows of equal keys, in batches."""
    for start in range(0, len(rows), _BATCH):
        connection.execute(sa.insert(table), list(rows[start : start + _BATCH]))


def rows_of(connection: Connection, table: sa.Table, document_id: str) -> list[RowMapping]:
    """All rows of a document in a table that has ``document_id``, in key order."""
    order = list(table.primary_key.columns)
    statement = sa.select(table).where(table.c.document_id == document_id).order_by(*order)
    return list(connection.execute(statement).mappings())


def digest(*parts: object) -> str:
    """A key of 64 hex digits for any tuple of printable parts."""
    return hashlib.sha256("\x1f".join(str(p) for p in parts).encode()).hexdigest()
