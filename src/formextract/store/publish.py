"""From an extraction to rows: whole or not at all, and never over a clerk's decision.

A file's rows are written in one transaction: source file, documents, provenance, links, issues,
review items, and, for each form of which nothing that matters waits, its own tables.  A form that
waits is published by the decision that settles it (``store.decide``).
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, RowMapping

from formextract.model import Decision, Document, Extraction, Issue, Outcome, Severity
from formextract.store import documents as docs
from formextract.store import schema as t
from formextract.store.db import Store, now
from formextract.store.settle import PublishedDocument, settle
from formextract.store.sql import insert_if_new


@dataclass(frozen=True, slots=True)
class PublishedFile:
    """What the store holds of a file after it was published."""

    sha256: str | None
    """None if its bytes could not be read."""
    outcome: Outcome
    """``duplicate`` if the same bytes were there before."""
    documents: tuple[PublishedDocument, ...]
    """In page order."""


def publish(
    store: Store, extraction: Extraction, *, size: int | None = None, archived_path: str | None = None
) -> PublishedFile:
    """Write all rows of a file in one transaction; the same extraction twice changes nothing.

    ``size`` in bytes and ``archived_path`` describe the file, where known.
    """
    with store.write() as connection:
        return publish_on(connection, extraction, size=size, archived_path=archived_path)


def republish(store: Store, document_id: str) -> PublishedDocument:
    """Check a document again and publish it, or take it back, as its fields now say; KeyError if unknown."""
    with store.write() as connection:
        if (
            connection.scalar(sa.select(t.document.c.version).where(t.document.c.document_id == document_id))
            is None
        ):
            raise KeyError(document_id)
        return settle(connection, document_id, now())


def publish_on(
    connection: Connection,
    extraction: Extraction,
    *,
    size: int | None = None,
    archived_path: str | None = None,
) -> PublishedFile:
    """``publish`` inside the caller's transaction."""
    moment = now()
    sha256 = extraction.sha256
    if sha256 is None:
        doc_id = _write_problem(connection, extraction, docs.path_id(extraction.path), moment)
        return PublishedFile(None, extraction.outcome, (_unreadable(doc_id),))

    _write_source(connection, extraction, sha256, size, archived_path, moment)
    connection.execute(sa.delete(t.document).where(t.document.c.document_id == docs.path_id(extraction.path)))
    existing = _existing(connection, sha256)
    if extraction.outcome is Outcome.DUPLICATE:
        return PublishedFile(sha256, Outcome.DUPLICATE, _standing(connection, existing))
    if extraction.outcome is Outcome.UNREADABLE:
        forms = [d for d in existing if d["outcome"] != Outcome.UNREADABLE.value]
        if forms:
            # A new try that fails (reader gone, disk full) takes nothing away of what was read before.
            return PublishedFile(sha256, Outcome.UNREADABLE, _standing(connection, forms))
        doc_id = _write_problem(connection, extraction, docs.document_id(sha256, 0), moment)
        return PublishedFile(sha256, Outcome.UNREADABLE, (_unreadable(doc_id),))
    return PublishedFile(
        sha256, extraction.outcome, _write_documents(connection, extraction, sha256, existing, moment)
    )


def _write_documents(
    connection: Connection,
    extraction: Extraction,
    sha256: str,
    existing: list[RowMapping],
    moment: datetime,
) -> tuple[PublishedDocument, ...]:
    old = {d["page_from"]: d for d in existing}
    decided = {d["document_id"]: docs.decided_on(connection, d["document_id"]) for d in existing}
    plans: list[tuple[Document, docs.Decided, dict[str, str]]] = []
    left_out: set[int] = set()
    for doc in extraction.documents:
        before = old.get(doc.pages[0])
        kept = decided[before["document_id"]] if before is not None else docs.NOTHING
        same_form = before is None or before["doc_type"] == doc.doc_type
        places = docs.places_found(doc, kept) if same_form else None
        if kept and places is None:
            left_out.update(doc.pages)
        else:
            plans.append((doc, kept if places is not None else docs.NOTHING, places or {}))

    # A document with decisions that the new reading cannot take over stays as it is, and the new
    # reading of its pages is left out.
    starts = {doc.pages[0] for doc, _, _ in plans}
    frozen = [d for d in existing if decided[d["document_id"]] and d["page_from"] not in starts]
    taken = {page for d in frozen for page in d["pages"]}
    for doc, _, _ in plans:
        if not taken.isdisjoint(doc.pages):
            left_out.update(doc.pages)
    plans = [plan for plan in plans if taken.isdisjoint(plan[0].pages)]

    replaced = {doc.pages[0] for doc, _, _ in plans}
    staying = [d for d in existing if d in frozen or not left_out.isdisjoint(d["pages"])]
    stale = [d["document_id"] for d in existing if d not in staying and d["page_from"] not in replaced]
    connection.execute(sa.delete(t.document).where(t.document.c.document_id.in_(stale)))
    for kept_doc in frozen:
        _note_kept(connection, kept_doc["document_id"])
    written = {d["document_id"] for d in staying if d["page_from"] not in replaced}
    for plan, kept, places in plans:
        written.add(
            docs.write_document(
                connection,
                _with_doubt(plan),
                sha256=sha256,
                source=extraction.path,
                now=moment,
                decided=kept,
                places=places,
            )
        )
    return _settled(connection, written, moment)


def _settled(
    connection: Connection, doc_ids: Iterable[str], moment: datetime
) -> tuple[PublishedDocument, ...]:
    d = t.document.c
    statement = sa.select(d.document_id).where(d.document_id.in_(list(doc_ids))).order_by(d.page_from)
    f = t.extracted_field.c
    decided = set(connection.scalars(sa.select(f.document_id).where(f.decided_by.is_not(None)).distinct()))
    return tuple(
        settle(connection, doc_id, moment, revalidate=doc_id in decided)
        for doc_id in connection.scalars(statement).all()
    )


def _with_doubt(doc: Document) -> Document:
    """The document with the store's own question about the form as a whole, if there is one.

    A document in review must wait for somebody: without a doubtful value, link or error, the form
    itself is the question.
    """
    if doc.doc_type == "unknown":
        rule, message = "unknown_form", "No mapping claims these pages."
        message_th = "ไม่รู้จักแบบฟอร์มของหน้าเหล่านี้"
    elif doc.decision is Decision.REVIEW and not _has_question(doc):
        rule, message = "form_uncertain", "It is not certain which form this is, or that it is complete."
        message_th = "ไม่แน่ใจว่าเป็นแบบฟอร์มนี้ หรือครบทุกหน้าหรือไม่"
    else:
        return doc
    return dataclasses.replace(
        doc, issues=(*doc.issues, Issue(rule, Severity.ERROR, "", message, message_th))
    )


def _has_question(doc: Document) -> bool:
    return (
        any(e.decision is Decision.REVIEW for e in doc.evidence.values())
        or any(m.decision is not Decision.ACCEPTED for m in doc.matches.values())
        or any(i.severity is Severity.ERROR for i in doc.issues)
    )


def _note_kept(connection: Connection, doc_id: str) -> None:
    insert_if_new(
        connection,
        t.issue,
        docs.issue_row(
            doc_id,
            "reading_kept",
            "",
            "info",
            "A newer reading does not fit a clerk's decisions; the decided document was kept.",
            "การอ่านครั้งใหม่ไม่ตรงกับที่เจ้าหน้าที่ตัดสินไว้ จึงคงฉบับที่ตัดสินแล้ว",
        ),
    )


def _write_source(
    connection: Connection,
    extraction: Extraction,
    sha256: str,
    size: int | None,
    archived_path: str | None,
    moment: datetime,
) -> None:
    facts: dict[str, Any] = {
        "media_type": extraction.media_type,
        "pages": extraction.page_count,
        "size": size,
        "archived_path": archived_path,
    }
    known = {k: v for k, v in facts.items() if v is not None}
    new = insert_if_new(
        connection,
        t.source_file,
        {"sha256": sha256, "path": extraction.path, "first_seen_at": moment, **known},
    )
    if not new and known:
        connection.execute(sa.update(t.source_file).where(t.source_file.c.sha256 == sha256).values(**known))
    insert_if_new(connection, t.source_path, {"sha256": sha256, "path": extraction.path, "seen_at": moment})


def _write_problem(connection: Connection, extraction: Extraction, doc_id: str, moment: datetime) -> str:
    problem = extraction.problem
    row: dict[str, Any] = {
        "sha256": extraction.sha256,
        "page_from": 0,
        "page_to": 0,
        "pages": [],
        "outcome": Outcome.UNREADABLE.value,
        "decision": Decision.ACCEPTED.value,
        "record": {},
        "source_file": extraction.path,
        "problem_code": problem.code if problem else "unreadable",
        "problem_message": problem.message if problem else "The file could not be read.",
        "problem_remedy": problem.remedy if problem else "",
        "updated_at": moment,
    }
    if not insert_if_new(
        connection, t.document, {"document_id": doc_id, "created_at": moment, "version": 1, **row}
    ):
        connection.execute(sa.update(t.document).where(t.document.c.document_id == doc_id).values(**row))
    return doc_id


def _unreadable(doc_id: str) -> PublishedDocument:
    return PublishedDocument(doc_id, None, Decision.ACCEPTED.value, 0, False)


def _existing(connection: Connection, sha256: str) -> list[RowMapping]:
    d = t.document.c
    return list(
        connection.execute(sa.select(t.document).where(d.sha256 == sha256).order_by(d.page_from)).mappings()
    )


def _standing(connection: Connection, rows: list[RowMapping]) -> tuple[PublishedDocument, ...]:
    out = []
    for d in rows:
        waiting = connection.scalar(
            sa.select(sa.func.count()).where(
                t.review_item.c.document_id == d["document_id"], t.review_item.c.state == "open"
            )
        )
        out.append(
            PublishedDocument(
                d["document_id"], d["doc_type"], d["decision"], waiting or 0, d["published_at"] is not None
            )
        )
    return tuple(out)
