"""Reading documents for people: everything known of one form, lists, history."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from formextract.store import schema as t
from formextract.store.db import Store
from formextract.store.sql import rows_of

Row = Mapping[Any, Any]


@dataclass(frozen=True, slots=True)
class DocumentView:
    """A form with all that hangs on it; each row as its table names it."""

    document: Row
    """``document``."""
    fields: tuple[Row, ...]
    """``extracted_field``, in page order, top to bottom."""
    links: Mapping[str, Row]
    """``match_decision`` by path."""
    candidates: Mapping[str, tuple[Row, ...]]
    """``match_candidate`` by path, best first."""
    issues: tuple[Row, ...]
    """``issue``, errors first, without the fixed ones."""
    open_items: tuple[Row, ...]
    """``review_item`` in state open."""

    def field(self, path: str) -> Row | None:
        """The field at a path."""
        return next((f for f in self.fields if f["path"] == path), None)

    def issue(self, rule: str, path: str) -> Row | None:
        """The issue of a rule at a path."""
        return next((i for i in self.issues if i["rule_id"] == rule and i["path"] == path), None)


def document_view(store: Store, document_id: str) -> DocumentView | None:
    """Everything of one document; None if there is none of that id."""
    with store.read() as connection:
        document = (
            connection.execute(sa.select(t.document).where(t.document.c.document_id == document_id))
            .mappings()
            .first()
        )
        if document is None:
            return None
        fields = rows_of(connection, t.extracted_field, document_id)
        candidates: dict[str, list[Row]] = {}
        for row in rows_of(connection, t.match_candidate, document_id):
            candidates.setdefault(row["path"], []).append(row)
        issues = [i for i in rows_of(connection, t.issue, document_id) if i["state"] != "fixed"]
        items = [i for i in rows_of(connection, t.review_item, document_id) if i["state"] == "open"]
        links = {m["path"]: m for m in rows_of(connection, t.match_decision, document_id)}
    severity = {"error": 0, "warning": 1, "info": 2}
    return DocumentView(
        document,
        tuple(sorted(fields, key=lambda f: (f["page"], (f["bbox"] or [0, 0])[1], (f["bbox"] or [0])[0]))),
        links,
        {path: tuple(rows) for path, rows in candidates.items()},
        tuple(sorted(issues, key=lambda i: (severity[i["severity"]], i["path"]))),
        tuple(items),
    )


def list_documents(
    store: Store,
    *,
    waiting: bool | None = None,
    outcome: str | None = None,
    doc_type: str | None = None,
    limit: int = 50,
    offset: int = 0,
) -> tuple[list[Row], int]:
    """Documents, newest first, and how many there are in all; each row without its record and text."""
    d = t.document.c
    where: list[Any] = []
    if waiting is not None:
        where.append(d.decision == ("review" if waiting else "accepted"))
    if outcome is not None:
        where.append(d.outcome == outcome)
    if doc_type is not None:
        where.append(d.doc_type == doc_type)
    columns = [c for c in t.document.columns if c.name not in ("record", "text")]
    i = t.review_item.c
    waits = (
        sa.select(sa.func.count(sa.distinct(i.group_key)))
        .where(i.document_id == d.document_id, i.state == "open")
        .scalar_subquery()
        .label("open_questions")
    )
    statement = sa.select(*columns, waits).where(*where).order_by(d.created_at.desc(), d.document_id)
    with store.read() as connection:
        total = connection.scalar(sa.select(sa.func.count()).select_from(t.document).where(*where)) or 0
        rows: list[Row] = list(connection.execute(statement.limit(limit).offset(offset)).mappings())
    return rows, total


def history(
    store: Store, *, document_id: str | None = None, by: str | None = None, limit: int = 200
) -> list[Row]:
    """What clerks did, newest first."""
    a = t.review_action.c
    statement = sa.select(t.review_action)
    if document_id is not None:
        statement = statement.where(a.document_id == document_id)
    if by is not None:
        statement = statement.where(a.by == by)
    with store.read() as connection:
        return list(connection.execute(statement.order_by(a.action_id.desc()).limit(limit)).mappings())


def source_of(store: Store, sha256: str) -> Row | None:
    """The row of ``source_file``."""
    with store.read() as connection:
        return _one(connection, sa.select(t.source_file).where(t.source_file.c.sha256 == sha256))


def _one(connection: Connection, statement: sa.Select[Any]) -> Row | None:
    return connection.execute(statement).mappings().first()
