"""Lining up the items of two lists, so that one item too many does not make all later ones wrong."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rapidfuzz import fuzz

from formextract.evaluation.leaves import canonical

_IDENTITY = ("codev_school", "text", "name_printed", "label", "code", "name", "no", "effective_date")
"""Keys by which an item is told from its neighbours, best first."""
_HELPER = {"codev_school": "lead_school", "text": "code"}
"""A second key that helps where the first is not unique."""
_LEAST = 0.4
"""Items less alike than this are no pair."""


def item_text(item: Any) -> str:
    """The text by which an item is recognised."""
    if isinstance(item, dict):
        for key in _IDENTITY:
            if item.get(key) not in (None, ""):
                rest = item.get(_HELPER.get(key, ""))
                return f"{canonical(item[key])} {canonical(rest) if rest else ''}".strip()
        return " ".join(str(canonical(v)) for v in item.values() if isinstance(v, str | int))
    return str(canonical(item))


def align_items(want: Sequence[Any], got: Sequence[Any]) -> list[tuple[int | None, int | None]]:
    """Pairs of indexes in order; None where one side has no partner.

    Global alignment (Needleman–Wunsch) that makes the sum of the pairs' likeness largest.  Items of
    equal length lists without any text (empty slots) pair by position.
    """
    n, m = len(want), len(got)
    a, b = [item_text(x) for x in want], [item_text(x) for x in got]
    like = [[_likeness(x, y, i == j) for j, y in enumerate(b)] for i, x in enumerate(a)]
    best = [[0.0] * (m + 1) for _ in range(n + 1)]
    for i in range(n - 1, -1, -1):
        for j in range(m - 1, -1, -1):
            pair = like[i][j] + best[i + 1][j + 1] if like[i][j] >= _LEAST else -1.0
            best[i][j] = max(pair, best[i + 1][j], best[i][j + 1])
    pairs: list[tuple[int | None, int | None]] = []
    i = j = 0
    while i < n and j < m:
        if like[i][j] >= _LEAST and best[i][j] == like[i][j] + best[i + 1][j + 1]:
            pairs.append((i, j))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            pairs.append((i, None))
            i += 1
        else:
            pairs.append((None, j))
            j += 1
    pairs += [(k, None) for k in range(i, n)] + [(None, k) for k in range(j, m)]
    return _join_gaps(pairs)


def _likeness(a: str, b: str, same_place: bool) -> float:
    if not a and not b:
        return 0.5 + 0.01 * same_place
    return float(fuzz.ratio(a, b)) / 100 + 0.01 * same_place


def _join_gaps(pairs: list[tuple[int | None, int | None]]) -> list[tuple[int | None, int | None]]:
    """In a run of unpaired items, equally many on both sides are one misread item each, not two faults."""
    out: list[tuple[int | None, int | None]] = []
    run_want: list[int] = []
    run_got: list[int] = []

    def flush() -> None:
        if len(run_want) == len(run_got):
            out.extend(zip(run_want, run_got, strict=True))
        else:
            out.extend((i, None) for i in run_want)
            out.extend((None, j) for j in run_got)
        run_want.clear()
        run_got.clear()

    for i, j in pairs:
        if i is not None and j is not None:
            flush()
            out.append((i, j))
        elif i is not None:
            run_want.append(i)
        elif j is not None:
            run_got.append(j)
    flush()
    return out
