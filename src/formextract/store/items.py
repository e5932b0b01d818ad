"""Which values, links, broken rules and forms wait for a clerk."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, RowMapping

from formextract import recordpath
from formextract.store import schema as t
from formextract.store.required import blocks
from formextract.store.sql import digest, insert_many, rows_of

FORM_RULES = ("unknown_form", "form_uncertain")
"""Rules of the store itself that ask about a form as a whole."""

PRIORITY_BLOCKING = 10
PRIORITY_FORM = 30
PRIORITY_OTHER = 50

Key = tuple[str, str, str]


def wanted_items(document: RowMapping, connection: Connection) -> dict[Key, dict[str, Any]]:
    """What a clerk has to look at in a document, by (kind, path, rule)."""
    doc_id, doc_type = document["document_id"], document["doc_type"]
    fields = {f["path"]: f for f in rows_of(connection, t.extracted_field, doc_id)}
    links = rows_of(connection, t.match_decision, doc_id)
    wanted: dict[Key, dict[str, Any]] = {}

    def add(kind: str, path: str, rule: str, *, blocking: bool, priority: int, group: str) -> None:
        seen = fields.get(path)
        box = seen["bbox"] if seen is not None and seen["bbox"] else [0.0, 0.0, 0.0, 0.0]
        wanted[kind, path, rule] = {
            "document_id": doc_id,
            "kind": kind,
            "path": path,
            "rule_id": rule,
            "group_key": group,
            "blocking": blocking,
            "priority": priority,
            "page": seen["page"] if seen is not None else document["page_from"],
            "y": box[1],
            "x": box[0],
        }

    for path, seen in fields.items():
        if seen["decision"] == "review" and not seen["decided_by"]:
            hold = blocks(doc_type, path)
            # One printed cell that fills many rows (carried down) is one question.
            group = digest("value", recordpath.shape(path), seen["page"], seen["bbox"] or path)
            priority = PRIORITY_BLOCKING if hold else PRIORITY_OTHER
            add("value", path, "", blocking=hold, priority=priority, group=group)
    for link in links:
        if link["decision"] != "accepted" and not link["decided_by"]:
            hold = blocks(doc_type, link["path"])
            printed = recordpath.get(document["record"], link["path"])
            # The same name printed again in the same column is the same school.
            group = digest("match", recordpath.shape(link["path"]), printed, link["code"])
            priority = PRIORITY_BLOCKING if hold else PRIORITY_OTHER
            add("match", link["path"], "", blocking=hold, priority=priority, group=group)
    for found in rows_of(connection, t.issue, doc_id):
        if found["severity"] == "error" and found["state"] == "open":
            rule = found["rule_id"]
            kind = "form" if rule in FORM_RULES else "issue"
            priority = PRIORITY_FORM if kind == "form" else PRIORITY_BLOCKING
            add(
                kind, found["path"], rule, blocking=True, priority=priority, group=digest(rule, found["path"])
            )
    return wanted


def sync_items(connection: Connection, document: RowMapping, now: datetime) -> list[RowMapping]:
    """Bring ``review_item`` in line with the document; returns the open items.

    An item that a clerk has on the screen keeps its id and version as long as its question stands.
    """
    doc_id = document["document_id"]
    wanted = wanted_items(document, connection)
    for item in rows_of(connection, t.review_item, doc_id):
        key = (item["kind"], item["path"], item["rule_id"])
        fresh = wanted.pop(key, None)
        if fresh is None:
            if item["state"] == "open":
                _update(connection, item, state="withdrawn", version=item["version"] + 1)
        elif item["state"] != "open":
            _update(
                connection,
                item,
                state="open",
                version=item["version"] + 1,
                closed_by=None,
                closed_at=None,
                **_moving(fresh),
            )
        elif any(item[k] != v for k, v in _moving(fresh).items()):
            _update(connection, item, **_moving(fresh))
    new = [{**row, "state": "open", "version": 1, "created_at": now} for row in wanted.values()]
    insert_many(connection, t.review_item, new)
    return [i for i in rows_of(connection, t.review_item, doc_id) if i["state"] == "open"]


def _moving(row: Mapping[str, Any]) -> dict[str, Any]:
    return {k: row[k] for k in ("group_key", "blocking", "priority", "page", "y", "x")}


def _update(connection: Connection, item: RowMapping, **values: Any) -> None:
    connection.execute(
        sa.update(t.review_item).where(t.review_item.c.item_id == item["item_id"]).values(**values)
    )
