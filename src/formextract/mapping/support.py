"""Values that are printed twice support each other: two separate readings rarely err alike.

Which paths belong together is data of the mapping (``supports``).  A value that agrees with
its partner gets the flag ``twice``; one that contradicts it gets ``doubt``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

from formextract.mapping.found import Found
from formextract.mapping.schema import Support
from formextract.mapping.stream import squeeze_label


def support(found: Sequence[Found], rules: Sequence[Support]) -> list[Found]:
    """The findings with ``twice`` or ``doubt`` added by the rules."""
    by_path = {f.path: i for i, f in enumerate(found)}
    flags: list[set[str]] = [set() for _ in found]
    for rule in rules:
        indexes = [by_path.get(p) for p in rule.paths]
        if any(i is None for i in indexes):
            continue
        group = [found[i] for i in indexes if i is not None]
        if any(f.value is None for f in group) or not _separate(group):
            continue
        verdict = _holds(rule.relation, [f.value for f in group])
        if verdict is None:
            continue
        for i in indexes:
            if i is not None:
                flags[i].add("twice" if verdict else "doubt")
    return [replace(f, flags=f.flags | own) if own else f for f, own in zip(found, flags, strict=True)]


def _separate(group: Sequence[Found]) -> bool:
    """Whether the values stand in different places: one reading cannot support itself."""
    for a, b in pairwise(group):
        overlap = a.box.intersection(b.box) if a.page == b.page else None
        if overlap is not None and overlap.area > 0.5 * min(a.box.area, b.box.area):
            return False
    return True


def _holds(relation: str, values: Sequence[Any]) -> bool | None:
    if relation == "equal":
        texts = {squeeze_label(str(v)) for v in values}
        return len(texts) == 1
    if relation == "contains":
        whole = squeeze_label(str(values[0]))
        inside = all(squeeze_label(str(v)) in whole for v in values[1:])
        # a longer printed form proves the shorter; its absence may be another wording
        return True if inside else None
    if relation == "names":
        whole = squeeze_label(str(values[0]))
        return whole == "".join(squeeze_label(str(v)) for v in values[1:])
    if relation == "fiscal_year":
        return _fiscal(values)
    return None


def _fiscal(values: Sequence[Any]) -> bool | None:
    """Fiscal year n runs from 1 October n-1 to 30 September n (DOMAIN §2).

    Values are the year (BE), the first day and the last day (ISO).  A later beginning is
    allowed by the form, so only full agreement supports and only an impossible one doubts.
    """
    try:
        year = int(values[0]) - 543
        start, end = str(values[1]), str(values[2])
    except (ValueError, IndexError):
        return None
    if start == f"{year - 1}-10-01" and end == f"{year}-09-30":
        return True
    return None if f"{year - 1}-10-01" <= start <= end <= f"{year}-09-30" else False
