"""After any change to a document: check it, list what waits, and publish it or take it back."""

from __future__ import annotations

import copy
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, RowMapping

from formextract.store import forms, paths, required
from formextract.store import schema as t
from formextract.store.documents import head_of, issue_row
from formextract.store.items import sync_items
from formextract.store.sql import digest, rows_of


@dataclass(frozen=True, slots=True)
class PublishedDocument:
    """How a document stands after it was written or decided on."""

    document_id: str
    """Its lasting name."""
    doc_type: str | None
    """None for an unreadable file."""
    decision: str
    """``accepted``: nothing waits; ``review``: something does."""
    open_items: int
    """How many questions wait for a clerk."""
    published: bool
    """Whether other systems see it."""


def settle(connection: Connection, document_id: str, now: datetime) -> PublishedDocument:
    """Bring checks, review items, form tables and ``published_at`` of a document in line with its fields.

    Runs inside the caller's transaction, so that a decision and the published row change together.
    """
    document = _row(connection, document_id)
    key = duplicate_key(connection, document)
    _check(connection, document, key, now)
    waiting = sync_items(connection, document, now)
    publishable = _publishable(document, waiting)
    forms.remove(connection, document_id)
    if publishable:
        forms.write(connection, document, _settled_record(document, waiting), document["published_at"] or now)
    connection.execute(
        sa.update(t.document)
        .where(t.document.c.document_id == document_id)
        .values(
            decision="review" if waiting else "accepted",
            published_at=(document["published_at"] or now) if publishable else None,
            duplicate_key=key,
            updated_at=now,
            **head_of(document["record"]),
        )
    )
    return PublishedDocument(
        document_id, document["doc_type"], "review" if waiting else "accepted", len(waiting), publishable
    )


def _row(connection: Connection, document_id: str) -> RowMapping:
    statement = sa.select(t.document).where(t.document.c.document_id == document_id)
    return connection.execute(statement).mappings().one()


def _publishable(document: RowMapping, waiting: list[RowMapping]) -> bool:
    """A form that is filled in, not withheld, and of which nothing that matters waits."""
    return (
        document["outcome"] == "extracted"
        and document["status"] != "blank_template"
        and not document["withheld"]
        and not any(item["blocking"] for item in waiting)
    )


def _settled_record(document: RowMapping, waiting: list[RowMapping]) -> dict[str, Any]:
    """The record without the machine's guesses at what still waits: those are published empty."""
    record: dict[str, Any] = copy.deepcopy(document["record"])
    for item in waiting:
        if item["kind"] == "value":
            paths.put(record, item["path"], None)
    return record


def duplicate_key(connection: Connection, document: RowMapping) -> str | None:
    """What makes two documents the same agreement though scanned twice; None if that cannot be said."""
    record, doc_type = document["record"], document["doc_type"]
    if doc_type not in required.PUBLISHED_FORMS or document["status"] == "blank_template":
        return None
    if required.missing(doc_type, record):
        return None
    links = {m["path"]: m for m in rows_of(connection, t.match_decision, document["document_id"])}

    def name(path: str) -> Any:
        link = links.get(path)
        return (
            link["code"]
            if link and link["decision"] == "accepted" and link["code"]
            else paths.get(record, path)
        )

    if doc_type == "pa1":
        parts = [paths.get(record, p) for p in ("maker.first_name", "maker.last_name", "fiscal_year_be")]
        return digest(doc_type, *parts, name("maker.school"))
    if doc_type == "network_mou":
        members = sorted(
            str(name(f"codev_schools[{i}]")) for i in range(len(record.get("codev_schools") or ()))
        )
        years = (record.get("period_start_be"), record.get("period_end_be"), record.get("made_date"))
        return digest(doc_type, record.get("variant"), name("lead_school"), *members, *years)
    if doc_type == "salary_mou":
        members = sorted(str(name(f"schools[{i}]")) for i in range(len(record.get("schools") or ())))
        rounds = [str(r.get("effective_date")) for r in record.get("rounds") or () if isinstance(r, dict)]
        signers = [str(s.get("name_printed")) for s in record.get("signatures") or () if isinstance(s, dict)]
        return digest(doc_type, name("area_office"), *members, *rounds, record.get("signed_date"), *signers)
    rows = record.get("rows") or []
    printed = [str(r.get("codev_school")) for r in rows if isinstance(r, dict)]
    return digest(doc_type, record.get("title"), record.get("announced_date"), *printed) if rows else None


def _check(connection: Connection, document: RowMapping, key: str | None, now: datetime) -> None:
    """Keep the store's own rules up to date: required values and duplicates."""
    doc_id, doc_type = document["document_id"], document["doc_type"]
    issues = {(i["rule_id"], i["path"]): i for i in rows_of(connection, t.issue, doc_id)}
    found: dict[tuple[str, str], tuple[str, str]] = {}
    if document["outcome"] == "extracted" and document["status"] != "blank_template":
        asked = {
            p for (rule, p), i in issues.items() if rule != "required_missing" and i["severity"] == "error"
        }
        for path in required.missing(doc_type, document["record"]):
            if path not in asked:
                found["required_missing", path] = (
                    f"The required value {path} is missing.",
                    "ไม่มีข้อมูลที่จำเป็นในช่องนี้",
                )
    twin = _published_twin(connection, doc_id, key)
    if twin is not None:
        found["duplicate_document", ""] = (
            f"The same agreement is already published from document {twin}.",
            f"ข้อตกลงฉบับเดียวกันเผยแพร่แล้วจากเอกสาร {twin}",
        )
    for (rule, path), (message, message_th) in found.items():
        old = issues.get((rule, path))
        if old is None:
            row = issue_row(doc_id, rule, path, "error", message, message_th)
            connection.execute(sa.insert(t.issue).values(**row))
        elif old["state"] == "fixed":
            _set_state(connection, old, "open")
    for (rule, path), old in issues.items():
        if rule in ("required_missing", "duplicate_document") and (rule, path) not in found:
            if old["state"] == "open":
                _set_state(connection, old, "fixed")


def _set_state(connection: Connection, issue: RowMapping, state: str) -> None:
    connection.execute(sa.update(t.issue).where(t.issue.c.issue_id == issue["issue_id"]).values(state=state))


def _published_twin(connection: Connection, doc_id: str, key: str | None) -> str | None:
    if key is None:
        return None
    if connection.dialect.name == "postgresql":
        # Two loads of the same agreement at once must see each other; SQLite has one writer anyway.
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock(int(key[:15], 16))))
    d = t.document.c
    statement = sa.select(d.document_id).where(
        d.duplicate_key == key, d.document_id != doc_id, d.published_at.is_not(None)
    )
    return connection.execute(statement.order_by(d.published_at, d.document_id).limit(1)).scalar()
