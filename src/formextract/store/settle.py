"""After any change to a document: check it, list what waits, and publish it or take it back."""

from __future__ import annotations

import copy
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, RowMapping

from formextract import recordpath
from formextract.model import Issue, Severity
from formextract.records.rules import RULES, validate
from formextract.records.rules.catalogue import issue
from formextract.store import forms, required
from formextract.store import schema as t
from formextract.store.documents import head_of, issue_row
from formextract.store.items import sync_items
from formextract.store.sql import digest, rows_of

MISSING, TWIN = "missing_required", "duplicate_document"
"""Rules that the store checks itself, for every form: required values and agreements scanned twice."""


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


def settle(
    connection: Connection, document_id: str, now: datetime, *, revalidate: bool = False
) -> PublishedDocument:
    """Bring checks, review items, form tables and ``published_at`` of a document in line with its fields.

    ``revalidate`` asks the rules of the record again, as after a correction.  Runs inside the
    caller's transaction, so that a decision and the published row change together.
    """
    document = _row(connection, document_id)
    key = duplicate_key(connection, document)
    _check(connection, document, key, revalidate)
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
            recordpath.put(record, item["path"], None)
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
            else recordpath.get(record, path)
        )

    if doc_type == "pa1":
        parts = [recordpath.get(record, p) for p in ("maker.first_name", "maker.last_name", "fiscal_year_be")]
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


def _check(connection: Connection, document: RowMapping, key: str | None, revalidate: bool) -> None:
    """Bring the issues in line with the record as it now stands.

    ``revalidate`` asks the record's own rules again, as after a clerk's correction; without it their
    breaches are those that came with the reading.
    """
    doc_id = document["document_id"]
    known = {(i["rule_id"], i["path"]): i for i in rows_of(connection, t.issue, doc_id)}
    found = _breaches(document) if revalidate else {}
    if _is_filled(document):
        errors = {p for (_, p), i in known.items() if i["severity"] == "error" and i["state"] != "fixed"}
        errors |= {p for (_, p), i in found.items() if i.severity is Severity.ERROR}
        for path in required.missing(document["doc_type"], document["record"]):
            if path not in errors or (MISSING, path) in known:
                found.setdefault((MISSING, path), issue(MISSING, path))
    twin = _published_twin(connection, doc_id, key)
    if twin is not None:
        found[TWIN, ""] = Issue(
            TWIN,
            Severity.ERROR,
            "",
            f"The same agreement is already published from document {twin}.",
            f"ข้อตกลงฉบับเดียวกันเผยแพร่แล้วจากเอกสาร {twin}",
        )
    for (rule, path), breach in found.items():
        old = known.get((rule, path))
        if old is None:
            row = issue_row(doc_id, rule, path, breach.severity.value, breach.message, breach.message_th)
            connection.execute(sa.insert(t.issue).values(**row))
        elif old["state"] == "fixed":
            _set_state(connection, old, "open")
    for (rule, path), old in known.items():
        gone = (rule, path) not in found and old["state"] == "open"
        if gone and (rule == TWIN or (revalidate and rule in RULES) or _is_filled_in(document, rule, path)):
            _set_state(connection, old, "fixed")


def _breaches(document: RowMapping) -> dict[tuple[str, str], Issue]:
    if not _is_filled(document):
        return {}
    broken = validate(document["doc_type"], document["record"], document_date=document["doc_date"])
    return {(b.rule, b.path): b for b in broken}


def _is_filled(document: RowMapping) -> bool:
    return bool(document["outcome"] == "extracted" and document["status"] != "blank_template")


def _is_filled_in(document: RowMapping, rule: str, path: str) -> bool:
    return rule == MISSING and recordpath.get(document["record"], path) not in (None, "")


def _set_state(connection: Connection, row: RowMapping, state: str) -> None:
    connection.execute(sa.update(t.issue).where(t.issue.c.issue_id == row["issue_id"]).values(state=state))


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
