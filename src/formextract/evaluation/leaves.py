"""What counts as the same value: one comparison for each kind of leaf of a record."""

from __future__ import annotations

import re
from typing import Any

from rapidfuzz.distance import Levenshtein

from formextract.thai.text import normalise, to_arabic

PROSE = frozenset(
    {
        "text", "outcomes", "problem", "method", "quantitative", "qualitative", "comments",
        "not_full_time_reason", "definition", "purpose",
    }
)  # fmt: skip
"""Last key of paths whose text is free prose; ``challenge.title`` is prose too."""
PROSE_TOLERANCE = 0.02
"""Edits without blanks, as a part of the truth's length, up to which prose is right."""
_UNSCORED = re.compile(
    r"\.(carried_down(\[\d+\])?|uncertain)$|^school_types\[\d+\]\.(code|label)$"
    r"|^workload\.activities\[\d+\]\.(code|label)$|^domains\[\d+\]\.(no|name)$|^legal_binding$"
)
_TITLE_LEAD = re.compile(r"^(\(ร่าง\) ?)?(ประกาศ.*?(?=เรื่อง ))?(เรื่อง )?")
_INDEX = re.compile(r"\[\d+\]$")


def is_scored(path: str) -> bool:
    """Whether the leaf is scored: notes on the reading and words that every such form prints are not."""
    return not _UNSCORED.search(path)


def is_prose(path: str) -> bool:
    """Whether the leaf is free prose."""
    key = _INDEX.sub("", path).rsplit(".", 1)[-1]
    return key in PROSE or path == "challenge.title"


def canonical(value: Any, path: str = "") -> Any:
    """The value in the form that is compared: normalised text, Arabic digits, whole floats as integers."""
    if isinstance(value, str):
        text = to_arabic(normalise(value))
        return _TITLE_LEAD.sub("", text, count=1) if path == "title" else text
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value


def same_value(want: Any, got: Any, path: str) -> bool:
    """Whether a leaf that was read says what the truth says.

    Prose may differ by 2 % of the truth's letters and in its blanks; all else must be equal after
    ``canonical``.  A headline may come with or without ประกาศ… เรื่อง in front.
    """
    a, b = canonical(want, path), canonical(got, path)
    if isinstance(a, bool) != isinstance(b, bool):
        return False
    if not (isinstance(a, str) and isinstance(b, str) and is_prose(path)):
        return bool(a == b)
    a, b = a.replace(" ", ""), b.replace(" ", "")
    limit = int(PROSE_TOLERANCE * len(a))
    return Levenshtein.distance(a, b, score_cutoff=limit) <= limit
