"""Carrying a clerk's decisions over to a new reading of the same form.

A list may shift between two readings (one more row found), so a decided value is carried to where
the same print stands now, not blindly to the same path.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from formextract import recordpath
from formextract.model import Box, Evidence

_SAME_PLACE = 0.3
"""Share of common area (intersection over union) from which two boxes are the same print: the boxes of two
readings differ by trimming, those of neighbouring rows share nothing."""


def relocate(
    path: str, page: int, bbox: Iterable[float] | None, evidence: Mapping[str, Evidence]
) -> str | None:
    """Where a decided value belongs in a new reading; None if its place cannot be found any more.

    ``page`` (1-based) and ``bbox`` (source frame, points) are the old reading's.  A path without an
    index names one printed place on the form and stays.
    """
    if "[" not in path:
        return path
    if bbox is None:
        return None
    box = Box(*bbox)
    here = evidence.get(path)
    if here is not None and here.page == page and _overlap(box, here.bbox) >= _SAME_PLACE:
        return path
    shape = recordpath.shape(path)
    near = [
        (_overlap(box, found.bbox), other)
        for other, found in evidence.items()
        if found.page == page and recordpath.shape(other) == shape
    ]
    score, best = max(near, default=(0.0, None))
    return best if score >= _SAME_PLACE else None


def _overlap(a: Box, b: Box) -> float:
    common = a.intersection(b)
    if common is None:
        return 1.0 if a == b else 0.0
    return common.area / (a.area + b.area - common.area)


def same_value(a: Any, b: Any) -> bool:
    """Equality of JSON values in which true is not 1."""
    return type(a) is type(b) and bool(a == b)
