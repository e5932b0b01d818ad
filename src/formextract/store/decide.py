"""A clerk's decision: field, link or issue, record, audit and published row change in one transaction."""

from __future__ import annotations

import copy
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

import sqlalchemy as sa
from sqlalchemy.engine import Connection, RowMapping

from formextract import recordpath
from formextract.errors import FormextractError
from formextract.model import Decision, Match
from formextract.store import schema as t
from formextract.store.db import Store, now
from formextract.store.documents import candidate_rows
from formextract.store.registry_store import add_alias
from formextract.store.settle import PublishedDocument, settle
from formextract.store.sql import insert_if_new, insert_many
from formextract.store.values import BadDecision, parse_value

Action = Literal["accept", "correct", "choose", "reject", "cannot_read", "skip"]

ALLOWED: Mapping[str, tuple[Action, ...]] = {
    "value": ("accept", "correct", "cannot_read", "skip"),
    "match": ("accept", "correct", "choose", "reject", "skip"),
    "issue": ("accept", "correct", "reject", "skip"),
    "form": ("accept", "reject", "skip"),
}
"""What may be done with each kind of item."""

Rematch = Callable[[Mapping[Any, Any], str, str], Match | None]
"""From a document's row, a path and a corrected name to its new link: the registry's matcher."""


class ReviewConflict(FormextractError):
    """Somebody else decided first, or the question no longer stands; nothing was changed."""

    def __init__(self, by: str | None) -> None:
        super().__init__(
            "this item was decided meanwhile", code="review_conflict", remedy="Go on to the next item."
        )
        self.by = by


@dataclass(frozen=True, slots=True)
class DecisionResult:
    """What a decision did."""

    item_id: int
    """The item decided on."""
    closed: int
    """Items answered by it: the whole group; 0 for a skip."""
    document: PublishedDocument
    """How the document stands now."""


def apply_decision(
    store: Store,
    item_id: int,
    action: Action,
    value: str | None,
    by: str,
    version: int,
    *,
    rematch: Rematch | None = None,
) -> DecisionResult:
    """Carry out a clerk's decision on an item and all of its group.

    ``value`` is the typed text of a correction, or the chosen code; ``version`` is the item's version
    as shown to the clerk.  BadDecision if the action or value does not fit, ReviewConflict if the item
    changed meanwhile; in both cases nothing is written.
    """
    with store.write() as connection:
        item = _take(connection, item_id, version)
        if action not in ALLOWED[item["kind"]]:
            raise BadDecision(f"a {item['kind']} item knows no {action}", "ทำรายการนี้แบบนั้นไม่ได้")
        document = _document(connection, item["document_id"])
        if action == "skip":
            _audit(connection, item, action, by, None, None)
            _hand_back(connection, item)
            closed = 0
        else:
            group = _group(connection, item, action)
            for member in group:
                document = _decide_one(connection, document, member, action, value, by, rematch)
            closed = len(group)
        return DecisionResult(
            item_id, closed, settle(connection, item["document_id"], now(), revalidate=True)
        )


def reopen_field(store: Store, document_id: str, path: str, by: str) -> PublishedDocument:
    """Ask again about a value, also an accepted or decided one; KeyError if there is none.

    The document is taken back from other systems when the value is one that must be settled.
    """
    with store.write() as connection:
        f = t.extracted_field
        where = (f.c.document_id == document_id, f.c.path == path)
        field = connection.execute(sa.select(f).where(*where)).mappings().first()
        if field is None:
            raise KeyError(path)
        connection.execute(
            sa.update(f).where(*where).values(decision="review", decided_by=None, decided_at=None)
        )
        _audit(connection, {**field, "kind": "value", "item_id": None}, "reopen", by, field["value"], None)
        return settle(connection, document_id, now(), revalidate=True)


def reopen_match(store: Store, document_id: str, path: str, by: str) -> PublishedDocument:
    """Ask again about a link; KeyError if there is none."""
    with store.write() as connection:
        m = t.match_decision
        where = (m.c.document_id == document_id, m.c.path == path)
        link = connection.execute(sa.select(m).where(*where)).mappings().first()
        if link is None:
            raise KeyError(path)
        connection.execute(
            sa.update(m).where(*where).values(decision="review", decided_by=None, decided_at=None)
        )
        _audit(connection, {**link, "kind": "match", "item_id": None}, "reopen", by, link["code"], None)
        return settle(connection, document_id, now(), revalidate=True)


def _take(connection: Connection, item_id: int, version: int) -> RowMapping:
    """Raise the item's version if it is still the one that the clerk saw."""
    i = t.review_item
    taken = (
        connection.execute(
            sa.update(i)
            .where(i.c.item_id == item_id, i.c.version == version, i.c.state == "open")
            .values(version=version + 1)
            .returning(*i.c)
        )
        .mappings()
        .first()
    )
    if taken is None:
        now_there = connection.execute(sa.select(i.c.closed_by).where(i.c.item_id == item_id)).first()
        raise ReviewConflict(now_there[0] if now_there else None)
    return taken


def _group(connection: Connection, item: RowMapping, action: Action) -> list[RowMapping]:
    i = t.review_item
    statement = sa.select(i).where(
        i.c.document_id == item["document_id"], i.c.group_key == item["group_key"], i.c.state == "open"
    )
    if action == "correct":
        # The clerk saw one printed cell; another cell with the same reading may really say that.
        statement = statement.where(i.c.page == item["page"], i.c.y == item["y"], i.c.x == item["x"])
    return list(connection.execute(statement.order_by(i.c.item_id)).mappings())


def _decide_one(
    connection: Connection,
    document: RowMapping,
    item: RowMapping,
    action: Action,
    value: str | None,
    by: str,
    rematch: Rematch | None,
) -> RowMapping:
    kind, path = item["kind"], item["path"]
    if action == "correct":
        if not path:
            raise BadDecision("there is no value to correct", "ไม่มีค่าให้แก้")
        current = recordpath.get(document["record"], path)
        document = _set_value(connection, document, item, parse_value(path, value or "", current), action, by)
        if kind in ("value", "match") and recordpath.get(document["record"], path) != current:
            _rematch(connection, document, path, rematch)
        if kind == "match":
            # The name is settled; whether it needs another look is for the new link to say.
            return document
    elif kind == "value":
        current = None if action == "cannot_read" else recordpath.get(document["record"], path)
        document = _set_value(connection, document, item, current, action, by)
    elif kind == "match":
        if _set_link(connection, document, item, action, value, by):
            document = _confirm_reading(connection, document, item, by)
    if kind in ("issue", "form"):
        _set_issue(connection, item, action, by)
    _close(connection, item, by)
    return document


def _set_value(
    connection: Connection, document: RowMapping, item: RowMapping, value: Any, action: Action, by: str
) -> RowMapping:
    doc_id, path = document["document_id"], item["path"]
    record = copy.deepcopy(document["record"])
    before = recordpath.get(record, path)
    if not recordpath.put(record, path, value):
        raise BadDecision(f"the record has no place {path}", "ไม่พบช่องนี้ในเอกสาร")
    settled = {
        "value": value,
        "decision": "accepted",
        "confidence": 1.0,
        "decided_by": by,
        "decided_at": now(),
    }
    new = {
        "document_id": doc_id,
        "path": path,
        "printed": "",
        "machine_value": None,
        "page": document["page_from"],
        "bbox": None,
        "method": "clerk",
    }
    if not insert_if_new(connection, t.extracted_field, new | settled):
        f = t.extracted_field.c
        connection.execute(
            sa.update(t.extracted_field).where(f.document_id == doc_id, f.path == path).values(**settled)
        )
    connection.execute(
        sa.update(t.document)
        .where(t.document.c.document_id == doc_id)
        .values(record=record, version=document["version"] + 1)
    )
    _audit(connection, item, action, by, before, value)
    return _document(connection, doc_id)


def _rematch(connection: Connection, document: RowMapping, path: str, rematch: Rematch | None) -> None:
    """A corrected name is a new question to the registry; the link of the misread one is void."""
    doc_id, printed = document["document_id"], recordpath.get(document["record"], path)
    m, c = t.match_decision, t.match_candidate
    link = (
        connection.execute(sa.select(m).where(m.c.document_id == doc_id, m.c.path == path)).mappings().first()
    )
    if link is None:
        return
    found = rematch(document, path, printed) if rematch is not None and isinstance(printed, str) else None
    fresh: dict[str, Any] = {"decision": Decision.REVIEW.value, "decided_by": None, "decided_at": None}
    if found is not None:
        fresh.update(
            decision=found.decision.value,
            code=found.code,
            name=found.name,
            score=found.score,
            margin=found.margin,
            why=list(found.why),
        )
        connection.execute(sa.delete(c).where(c.c.document_id == doc_id, c.c.path == path))
        insert_many(connection, c, candidate_rows(doc_id, path, found.kind, found.candidates))
    connection.execute(sa.update(m).where(m.c.document_id == doc_id, m.c.path == path).values(**fresh))


def _set_link(
    connection: Connection, document: RowMapping, item: RowMapping, action: Action, value: str | None, by: str
) -> bool:
    """Settle a link; whether the chosen name is, letter for letter, the one that was read."""
    doc_id, path = document["document_id"], item["path"]
    m = t.match_decision
    where = (m.c.document_id == doc_id, m.c.path == path)
    link = connection.execute(sa.select(m).where(*where)).mappings().one()
    settled: dict[str, Any] = {"decided_by": by, "decided_at": now()}
    same = False
    if action == "reject":
        settled.update(decision="none", code=None, name=None)
    else:
        code = link["code"] if action == "accept" else (value or "").strip()
        if not code:
            raise BadDecision("there is no candidate to take", "ไม่มีรายชื่อให้เลือก")
        name = _name_of(connection, doc_id, path, link["kind"], code)
        settled.update(decision="accepted", code=code, name=name)
        printed = recordpath.get(document["record"], path)
        same = printed in (name, f"โรงเรียน{name}")
        if link["kind"] == "school" and isinstance(printed, str) and not same:
            add_alias(connection, code, printed, kind="review", source_doc=doc_id, by=by)
    connection.execute(sa.update(m).where(*where).values(**settled))
    _audit(connection, item, action, by, link["code"], settled["code"])
    return same


def _confirm_reading(connection: Connection, document: RowMapping, item: RowMapping, by: str) -> RowMapping:
    """Who chose the very name that was read has also confirmed the reading, where that was asked too."""
    i = t.review_item.c
    asked = (
        connection.execute(
            sa.select(t.review_item).where(
                i.document_id == item["document_id"],
                i.path == item["path"],
                i.kind == "value",
                i.state == "open",
            )
        )
        .mappings()
        .first()
    )
    if asked is None:
        return document
    current = recordpath.get(document["record"], item["path"])
    document = _set_value(connection, document, asked, current, "accept", by)
    _close(connection, asked, by)
    return document


def _name_of(connection: Connection, doc_id: str, path: str, kind: str, code: str) -> str:
    """The registry's spelling of a candidate, or of any school or office that the store knows."""
    c = t.match_candidate.c
    name = connection.scalar(sa.select(c.name).where(c.document_id == doc_id, c.path == path, c.code == code))
    if name is None and kind == "school":
        s = t.school.c
        found = connection.scalar(
            sa.select(s.name).where(s.code10 == code).order_by(s.school_id.desc()).limit(1)
        )
        name = f"โรงเรียน{found}" if found else None
    elif name is None:
        o = t.area_office.c
        name = connection.scalar(
            sa.select(o.name).where(o.code == code).order_by(o.office_id.desc()).limit(1)
        )
    if name is None:
        raise BadDecision("this code is not in the registry", "ไม่พบรหัสนี้ในทะเบียน")
    return str(name)


def _set_issue(connection: Connection, item: RowMapping, action: Action, by: str) -> None:
    state = {"accept": "stands", "reject": "withheld", "correct": "fixed"}[action]
    i = t.issue.c
    connection.execute(
        sa.update(t.issue)
        .where(i.document_id == item["document_id"], i.rule_id == item["rule_id"], i.path == item["path"])
        .values(state=state, decided_by=by, decided_at=now())
    )
    if action == "reject":
        this = t.document.c.document_id == item["document_id"]
        connection.execute(sa.update(t.document).where(this).values(withheld=True))
    if action != "correct":
        _audit(connection, item, action, by, "open", state)


def _close(connection: Connection, item: RowMapping, by: str) -> None:
    i = t.review_item.c
    connection.execute(
        sa.update(t.review_item)
        .where(i.item_id == item["item_id"])
        .values(state="done", closed_by=by, closed_at=now(), assigned_to=None, assigned_until=None)
    )


def _hand_back(connection: Connection, item: RowMapping) -> None:
    i = t.review_item.c
    connection.execute(
        sa.update(t.review_item)
        .where(i.document_id == item["document_id"], i.group_key == item["group_key"], i.state == "open")
        .values(assigned_to=None, assigned_until=None)
    )


def _audit(
    connection: Connection, item: Mapping[Any, Any], action: str, by: str, before: Any, after: Any
) -> None:
    connection.execute(
        sa.insert(t.review_action).values(
            item_id=item["item_id"],
            document_id=item["document_id"],
            kind=item["kind"],
            path=item["path"],
            action=action,
            by=by,
            at=now(),
            before=before,
            after=after,
        )
    )


def _document(connection: Connection, doc_id: str) -> RowMapping:
    return (
        connection.execute(sa.select(t.document).where(t.document.c.document_id == doc_id)).mappings().one()
    )
