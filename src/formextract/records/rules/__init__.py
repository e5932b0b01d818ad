"""The rules that records are held to."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from formextract.model import Issue
from formextract.records import RECORDS
from formextract.records.network_mou import NetworkMou
from formextract.records.pa1 import Pa1
from formextract.records.roster_announcement import RosterAnnouncement
from formextract.records.rules import network_mou, pa1_body, pa1_head, roster
from formextract.records.rules.catalogue import RULES, issue

__all__ = ["RULES", "validate"]


def validate(
    doc_type: str, record: Mapping[str, Any], *, document_date: dt.date | None = None
) -> list[Issue]:
    """All rules that a record breaks, in the order of the form; none for types without rules.

    ``document_date`` is the day to judge salaries by where the record holds no period of its own.
    A record that does not fit its model gives ``record_shape`` alone.  A blank template breaks the
    rules on required fields: it is for the caller not to ask.
    """
    model = RECORDS.get(doc_type)
    if model is None:
        return []
    try:
        typed = model.model_validate(dict(record))
    except ValidationError as error:
        # The input is left out of the message: it may be personal.
        return [
            issue("record_shape", _path(fault["loc"]), why=fault["type"].replace("_", " "))
            for fault in error.errors(include_input=False, include_url=False, include_context=False)
        ]
    if isinstance(typed, Pa1):
        return [*pa1_head.check(typed, document_date), *pa1_body.check(typed)]
    if isinstance(typed, NetworkMou):
        return list(network_mou.check(typed))
    if isinstance(typed, RosterAnnouncement):
        return list(roster.check(typed))
    return []


def _path(parts: tuple[int | str, ...]) -> str:
    """A record path; names of union members, which pydantic adds at the end, are left out."""
    out = ""
    for part in parts:
        if isinstance(part, int):
            out += f"[{part}]"
        elif part.isidentifier() and part not in ("int", "float", "str"):
            out += f".{part}" if out else part
    return out
