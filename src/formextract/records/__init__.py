"""The typed record of each form, and the rules it must keep.

Keys and types are those of the contract; every field may be null, since a value that cannot be read
is null and never made up.
"""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel

from formextract.records.complete import complete
from formextract.records.network_mou import NetworkMou
from formextract.records.pa1 import Pa1
from formextract.records.roster_announcement import RosterAnnouncement

RECORDS: dict[str, type[BaseModel]] = {
    "pa1": Pa1,
    "network_mou": NetworkMou,
    "roster_announcement": RosterAnnouncement,
}
"""The record model of each ``doc_type`` that is filled field by field."""


def empty_record(doc_type: str) -> dict[str, Any]:
    """A record with every key, nulls and empty lists; ``{}`` for types without fields such as ``unknown``."""
    model = RECORDS.get(doc_type)
    return model().model_dump(mode="json") if model else {}


def complete_record(doc_type: str, record: dict[str, Any]) -> dict[str, Any]:
    """The record with every key its type knows, in lists too; as it stands for types without fields."""
    model = RECORDS.get(doc_type)
    return complete(model, record) if model else record


__all__ = ["RECORDS", "NetworkMou", "Pa1", "RosterAnnouncement", "complete_record", "empty_record"]
