"""Handing out work to clerks: one document to one clerk, in page order, what holds publication back first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from formextract.store import schema as t
from formextract.store.db import Store, now

LEASE = timedelta(minutes=10)
"""How long a document stays with a clerk who does nothing; every item shown renews it."""


@dataclass(frozen=True, slots=True)
class QueueItem:
    """One question for a clerk."""

    item_id: int
    """Its id."""
    document_id: str
    """The form it is about."""
    kind: str
    """``value``, ``match``, ``issue`` or ``form``."""
    path: str
    """Path in the record; empty for the whole form."""
    rule_id: str
    """Of an issue or form."""
    version: int
    """To be given back with the decision."""
    group_size: int
    """How many places the same answer settles."""
    open_in_document: int
    """Questions left in this document, this one included (groups count once)."""


@dataclass(frozen=True, slots=True)
class Filter:
    """What a clerk wants to work on; None means everything."""

    doc_type: str | None = None
    kind: str | None = None
    document_id: str | None = None


@dataclass(frozen=True, slots=True)
class QueueCount:
    """How much waits of one form and kind."""

    doc_type: str
    kind: str
    questions: int
    """Groups of items: what a clerk has to answer."""
    documents: int
    blocking: int
    """Questions that hold a document back from publication."""


@dataclass(frozen=True, slots=True)
class StoreCount:
    """How much the store holds."""

    by_outcome: dict[str, int]
    """Documents by outcome."""
    published: int
    waiting_documents: int
    files: int


def next_item(
    store: Store,
    clerk: str,
    only: Filter | None = None,
    *,
    include_skipped: bool = False,
    moment: datetime | None = None,
) -> QueueItem | None:
    """The clerk's next question, or None if nothing (more) waits for this clerk.

    The clerk keeps the document in hand until nothing waits in it; then another document is taken that
    no other clerk holds.  Items that this clerk skipped come only with ``include_skipped``.
    """
    only = only or Filter()
    moment = moment or now()
    with store.write() as connection:
        for _ in range(20):
            found = _first(connection, clerk, only, moment, include_skipped, mine=True)
            if found is not None:
                break
            candidate = _first(connection, clerk, only, moment, include_skipped, mine=False)
            if candidate is None:
                return None
            if _lease(connection, candidate["document_id"], clerk, moment):
                found = candidate
                break
        else:
            return None
        _lease(connection, found["document_id"], clerk, moment)
        return _shown(connection, found)


def item_by_id(store: Store, item_id: int) -> QueueItem | None:
    """An open item, without taking it."""
    with store.read() as connection:
        i = t.review_item.c
        row = (
            connection.execute(sa.select(t.review_item).where(i.item_id == item_id, i.state == "open"))
            .mappings()
            .first()
        )
        return _shown(connection, row) if row is not None else None


def counts(store: Store) -> list[QueueCount]:
    """What waits, by form and kind."""
    i, d = t.review_item.c, t.document.c
    groups = (
        sa.select(
            i.document_id, i.kind, i.group_key, sa.func.max(sa.cast(i.blocking, sa.Integer)).label("hold")
        )
        .where(i.state == "open")
        .group_by(i.document_id, i.kind, i.group_key)
        .subquery()
    )
    statement = (
        sa.select(
            d.doc_type,
            groups.c.kind,
            sa.func.count(),
            sa.func.count(sa.distinct(groups.c.document_id)),
            sa.func.sum(groups.c.hold),
        )
        .join(t.document, d.document_id == groups.c.document_id)
        .group_by(d.doc_type, groups.c.kind)
        .order_by(d.doc_type, groups.c.kind)
    )
    with store.read() as connection:
        return [QueueCount(a or "", b, n, m, int(h or 0)) for a, b, n, m, h in connection.execute(statement)]


def store_counts(store: Store) -> StoreCount:
    """Documents by outcome, published, waiting; files."""
    d = t.document.c
    with store.read() as connection:
        by_outcome = connection.execute(sa.select(d.outcome, sa.func.count()).group_by(d.outcome)).all()
        published, waiting = (
            connection.scalar(sa.select(sa.func.count()).select_from(t.document).where(where)) or 0
            for where in (d.published_at.is_not(None), d.decision == "review")
        )
        files = connection.scalar(sa.select(sa.func.count()).select_from(t.source_file)) or 0
    return StoreCount({row.outcome: row[1] for row in by_outcome}, published, waiting, files)


def skipped_by(store: Store, clerk: str) -> int:
    """How many open questions this clerk put aside."""
    with store.read() as connection:
        i = t.review_item.c
        statement = sa.select(sa.func.count(sa.distinct(i.group_key))).where(
            i.state == "open", _skipped(clerk)
        )
        return connection.scalar(statement) or 0


def decided_since(store: Store, clerk: str, since: datetime) -> int:
    """How many questions a clerk answered since a moment; skips do not count."""
    a = t.review_action.c
    with store.read() as connection:
        statement = sa.select(sa.func.count(sa.distinct(a.item_id))).where(
            a.by == clerk, a.at >= since, a.action.not_in(("skip", "reopen"))
        )
        return connection.scalar(statement) or 0


def give_back(store: Store, clerk: str) -> None:
    """End a clerk's hold on all documents, at log-out."""
    i = t.review_item.c
    with store.write() as connection:
        connection.execute(
            sa.update(t.review_item)
            .where(i.assigned_to == clerk)
            .values(assigned_to=None, assigned_until=None)
        )


def _first(
    connection: Connection, clerk: str, only: Filter, moment: datetime, include_skipped: bool, *, mine: bool
) -> Any:
    i, d = t.review_item.c, t.document.c
    where: list[Any] = [i.state == "open"]
    if mine:
        where += [i.assigned_to == clerk, i.assigned_until > moment]
    else:
        where.append(_free(clerk, moment))
    if not include_skipped:
        where.append(~_skipped(clerk))
    if only.doc_type is not None:
        where.append(d.doc_type == only.doc_type)
    if only.kind is not None:
        where.append(i.kind == only.kind)
    if only.document_id is not None:
        where.append(i.document_id == only.document_id)
    # Within a document the clerk reads on down the page; between documents, the more urgent first.
    # Contradictions come after the values: most are gone once the misread value is mended.
    whole = sa.case((i.kind.in_(("issue", "form")), 1), else_=0)
    # A link comes before the reading of the same print: choosing the name that is printed settles both.
    inside: Sequence[Any] = (whole, i.page, i.y, i.x, i.kind, i.item_id)
    order = inside if mine else (i.priority, d.created_at, i.document_id, *inside)
    statement = (
        sa.select(t.review_item)
        .join(t.document, d.document_id == i.document_id)
        .where(*where)
        .order_by(*order)
        .limit(1)
    )
    row = connection.execute(statement).mappings().first()
    if row is None or mine:
        return row
    # The document is new in hand: begin at its top, not at its most urgent item.
    top = statement.where(i.document_id == row["document_id"]).order_by(None).order_by(*inside)
    return connection.execute(top).mappings().first()


def _lease(connection: Connection, document_id: str, clerk: str, moment: datetime) -> bool:
    """Take or renew all open items of a document in one statement; False if another clerk was faster."""
    i = t.review_item.c
    taken = connection.execute(
        sa.update(t.review_item)
        .where(i.document_id == document_id, i.state == "open", _free(clerk, moment))
        .values(assigned_to=clerk, assigned_until=moment + LEASE)
        .returning(i.item_id)
    )
    return taken.first() is not None


def _free(clerk: str, moment: datetime) -> Any:
    i = t.review_item.c
    return sa.or_(i.assigned_to.is_(None), i.assigned_to == clerk, i.assigned_until <= moment)


def _skipped(clerk: str) -> Any:
    a, i = t.review_action.c, t.review_item.c
    return sa.exists().where(a.item_id == i.item_id, a.by == clerk, a.action == "skip")


def _shown(connection: Connection, row: Any) -> QueueItem:
    i = t.review_item.c
    same = sa.select(sa.func.count()).where(
        i.document_id == row["document_id"], i.group_key == row["group_key"], i.state == "open"
    )
    left = sa.select(sa.func.count(sa.distinct(i.group_key))).where(
        i.document_id == row["document_id"], i.state == "open"
    )
    return QueueItem(
        row["item_id"],
        row["document_id"],
        row["kind"],
        row["path"],
        row["rule_id"],
        row["version"],
        connection.scalar(same) or 1,
        connection.scalar(left) or 1,
    )
