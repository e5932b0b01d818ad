"""Writing one form's document, fields, links and issues, keeping what clerks decided."""

from __future__ import annotations

import copy
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, RowMapping

from formextract import recordpath
from formextract.model import Decision, Document, Outcome
from formextract.store import schema as t
from formextract.store.merge import relocate
from formextract.store.sql import insert_many, rows_of


@dataclass(frozen=True, slots=True)
class Decided:
    """What clerks decided on an older reading of a document, by its old path."""

    fields: Sequence[RowMapping]
    """Rows of ``extracted_field`` with ``decided_by``."""
    matches: Sequence[RowMapping]
    """Rows of ``match_decision`` with ``decided_by``."""
    issues: Sequence[RowMapping]
    """Rows of ``issue`` with ``decided_by``."""
    places: Mapping[str, tuple[int, Any]]
    """Page and bbox of every old field, for the links, which have none of their own."""

    def __bool__(self) -> bool:
        return bool(self.fields or self.matches or self.issues)


NOTHING = Decided((), (), (), {})


def document_id(sha256: str, page_from: int) -> str:
    """The lasting name of a form: the same bytes and page give the same name in every store."""
    return f"{sha256[:24]}-p{page_from}"


def path_id(path: str) -> str:
    """The name of the row for a file whose bytes could not be read."""
    return f"path-{hashlib.sha256(path.encode()).hexdigest()[:24]}-p0"


def decided_on(connection: Connection, doc_id: str) -> Decided:
    """Everything that clerks decided on a document."""
    fields = rows_of(connection, t.extracted_field, doc_id)
    return Decided(
        [f for f in fields if f["decided_by"]],
        [m for m in rows_of(connection, t.match_decision, doc_id) if m["decided_by"]],
        [i for i in rows_of(connection, t.issue, doc_id) if i["decided_by"]],
        {f["path"]: (f["page"], f["bbox"]) for f in fields},
    )


def places_found(doc: Document, decided: Decided) -> dict[str, str] | None:
    """Old path to new path of every decided value and link; None if one has no place in the new reading."""
    found: dict[str, str] = {}
    for row in (*decided.fields, *decided.matches):
        page, bbox = decided.places.get(row["path"], (0, None))
        new = relocate(row["path"], page, bbox, doc.evidence)
        if new is None:
            return None
        found[row["path"]] = new
    return found


def write_document(
    connection: Connection,
    doc: Document,
    *,
    sha256: str,
    source: str,
    now: datetime,
    decided: Decided = NOTHING,
    places: Mapping[str, str] | None = None,
) -> str:
    """Write or replace the rows of one form; returns its ``document_id``.

    ``places`` maps the paths of ``decided`` to the new reading, see ``places_found``.
    """
    places = places or {}
    doc_id = document_id(sha256, doc.pages[0])
    record: dict[str, Any] = copy.deepcopy(dict(doc.record))
    fields = _field_rows(doc, doc_id, record)
    for old in decided.fields:
        _carry_field(fields, record, old, places[old["path"]], doc_id)

    row = {
        "sha256": sha256,
        "page_from": doc.pages[0],
        "page_to": doc.pages[-1],
        "pages": list(doc.pages),
        "doc_type": doc.doc_type,
        "doc_type_confidence": doc.doc_type_confidence,
        "mapping": doc.mapping,
        "status": doc.status.value,
        "outcome": (Outcome.UNKNOWN_FORM if doc.doc_type == "unknown" else Outcome.EXTRACTED).value,
        "decision": doc.decision.value,
        "record": record,
        "text": doc.text,
        "source_file": source,
        "updated_at": now,
        **head_of(record),
    }
    old_version = connection.scalar(sa.select(t.document.c.version).where(t.document.c.document_id == doc_id))
    if old_version is None:
        connection.execute(
            sa.insert(t.document).values(document_id=doc_id, created_at=now, version=1, withheld=False, **row)
        )
    else:
        connection.execute(
            sa.update(t.document)
            .where(t.document.c.document_id == doc_id)
            .values(version=old_version + 1, **row)
        )
        for table in (t.extracted_field, t.match_candidate, t.match_decision, t.issue):
            connection.execute(sa.delete(table).where(table.c.document_id == doc_id))
    insert_many(connection, t.extracted_field, list(fields.values()))
    # The machine's link belongs to the machine's reading: where a clerk reads otherwise it is void.
    renamed = {p for p, f in fields.items() if f["decided_by"] and f["value"] != f["machine_value"]}
    _write_matches(connection, doc, doc_id, decided.matches, places, renamed)
    _write_issues(connection, doc, doc_id, decided.issues)
    return doc_id


def _field_rows(doc: Document, doc_id: str, record: dict[str, Any]) -> dict[str, dict[str, Any]]:
    rows = {}
    for path, seen in doc.evidence.items():
        value = recordpath.get(record, path)
        rows[path] = {
            "document_id": doc_id,
            "path": path,
            "printed": seen.raw,
            "value": value,
            "machine_value": value,
            "page": seen.page,
            "bbox": seen.bbox.as_list(),
            "confidence": seen.confidence,
            "method": seen.method,
            "decision": seen.decision.value,
            "decided_by": None,
            "decided_at": None,
        }
    return rows


def _carry_field(
    fields: dict[str, dict[str, Any]], record: dict[str, Any], old: RowMapping, path: str, doc_id: str
) -> None:
    """Lay a decided value over the new reading, which stays beside it as ``machine_value``."""
    recordpath.put(record, path, old["value"])
    row = fields.setdefault(path, {**old, "document_id": doc_id, "path": path, "machine_value": None})
    row.update(
        value=old["value"],
        decision=Decision.ACCEPTED.value,
        confidence=1.0,
        decided_by=old["decided_by"],
        decided_at=old["decided_at"],
    )


def _write_matches(
    connection: Connection,
    doc: Document,
    doc_id: str,
    decided: Sequence[RowMapping],
    places: Mapping[str, str],
    renamed: set[str],
) -> None:
    links: dict[str, dict[str, Any]] = {}
    candidates: list[dict[str, Any]] = []
    for path, match in doc.matches.items():
        links[path] = {
            "document_id": doc_id,
            "path": path,
            "kind": match.kind,
            "decision": Decision.REVIEW.value if path in renamed else match.decision.value,
            "code": match.code,
            "name": match.name,
            "score": match.score,
            "margin": match.margin,
            "why": list(match.why),
            "decided_by": None,
            "decided_at": None,
        }
        candidates += candidate_rows(doc_id, path, match.kind, match.candidates)
    for old in decided:
        path = places[old["path"]]
        links[path] = {**old, "document_id": doc_id, "path": path}
    insert_many(connection, t.match_decision, list(links.values()))
    insert_many(connection, t.match_candidate, candidates)


def candidate_rows(doc_id: str, path: str, kind: str, candidates: Sequence[Any]) -> list[dict[str, Any]]:
    """Rows of ``match_candidate`` for the ``model.Candidate`` objects of one path; ranks count from 1."""
    return [
        {
            "document_id": doc_id,
            "path": path,
            "rank": rank,
            "kind": kind,
            "code": c.code,
            "name": c.name,
            "area_office": c.area_office,
            "score": c.score,
            "reason": list(c.why),
        }
        for rank, c in enumerate(candidates, start=1)
    ]


def _write_issues(connection: Connection, doc: Document, doc_id: str, decided: Sequence[RowMapping]) -> None:
    kept = {(i["rule_id"], i["path"]): i for i in decided}
    rows: dict[tuple[str, str], dict[str, Any]] = {}
    for found in doc.issues:
        key = (found.rule, found.path)
        old = kept.pop(key, None)
        rows[key] = issue_row(
            doc_id, found.rule, found.path, found.severity.value, found.message, found.message_th
        )
        if old is not None:
            rows[key].update(state=old["state"], decided_by=old["decided_by"], decided_at=old["decided_at"])
    for key, old in kept.items():
        rows[key] = {**{k: v for k, v in old.items() if k != "issue_id"}, "document_id": doc_id}
    insert_many(connection, t.issue, list(rows.values()))


def issue_row(
    doc_id: str, rule: str, path: str, severity: str, message: str, message_th: str
) -> dict[str, Any]:
    """An open row of ``issue``."""
    return {
        "document_id": doc_id,
        "path": path,
        "rule_id": rule,
        "severity": severity,
        "message": message,
        "message_th": message_th or message,
        "state": "open",
        "decided_by": None,
        "decided_at": None,
    }


def head_of(record: Mapping[str, Any]) -> dict[str, Any]:
    """The columns of ``document`` that repeat values of the record, for finding it."""
    year = recordpath.get(record, "fiscal_year_be")
    signed = None
    for path in ("signature.date", "made_date", "signed_date", "announced_date", "event_date", "visit_date"):
        signed = signed or as_date(recordpath.get(record, path))
    code = recordpath.get(record, "form_code")
    return {
        "form_code": code if isinstance(code, str) else None,
        "fiscal_year": year if isinstance(year, int) else None,
        "doc_date": signed,
    }


def as_date(value: Any) -> date | None:
    """A date from ISO text; None for anything else."""
    if not isinstance(value, str):
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None
