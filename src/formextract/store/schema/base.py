"""Metadata, naming convention and column types shared by all tables."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    CheckConstraint,
    Column,
    DateTime,
    Dialect,
    ForeignKey,
    Integer,
    MetaData,
    String,
    TypeDecorator,
)
from sqlalchemy.dialects.postgresql import JSONB

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

JsonValue = JSON(none_as_null=False).with_variant(JSONB(none_as_null=False), "postgresql")
"""Any JSON value; Python None is stored as the JSON null."""

BigId = BigInteger().with_variant(Integer(), "sqlite")
"""Surrogate key; SQLite numbers rows by itself only for INTEGER."""


class Moment(TypeDecorator[datetime]):
    """A moment in UTC: aware in Python, TIMESTAMPTZ on PostgreSQL, naive UTC text on SQLite."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse naive moments; SQLite would silently keep local time."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs a time zone")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give every moment its time zone back."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def row_id(name: str) -> Column[int]:
    """A self-numbering primary key."""
    return Column(name, BigId, primary_key=True, autoincrement=True)


def one_of(column: str, words: Iterable[str], *, name: str | None = None) -> CheckConstraint:
    """CHECK that a column holds one of the words, or NULL where the column allows it."""
    listed = ", ".join("'" + w.replace("'", "''") + "'" for w in words)
    return CheckConstraint(f"{column} IN ({listed})", name=name or f"{column}_word")


def document_ref(**kwargs: Any) -> Column[str]:
    """The column ``document_id`` of a row that goes when its document goes."""
    return Column(
        "document_id",
        String(64),
        ForeignKey("document.document_id", ondelete="CASCADE"),
        nullable=False,
        **kwargs,
    )


def school_columns(prefix: str) -> list[Column[Any]]:
    """``<prefix>_printed``, ``_code``, ``_name`` and ``_id`` of a school named on paper."""
    return [
        Column(f"{prefix}_printed", String(400)),
        Column(f"{prefix}_code", String(200)),
        Column(f"{prefix}_name", String(400)),
        Column(f"{prefix}_id", BigId, ForeignKey("school.school_id")),
    ]


def office_columns(prefix: str = "office") -> list[Column[Any]]:
    """``<prefix>_printed``, ``_code``, ``_name`` and ``_id`` of an area office named on paper."""
    return [
        Column(f"{prefix}_printed", String(400)),
        Column(f"{prefix}_code", String(200)),
        Column(f"{prefix}_name", String(400)),
        Column(f"{prefix}_id", BigId, ForeignKey("area_office.office_id")),
    ]
