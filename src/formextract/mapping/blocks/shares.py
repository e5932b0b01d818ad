"""Sharing out the lines of a table's column among the tasks beside which they stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from rapidfuzz.distance import Levenshtein

from formextract.mapping.numbering import read_first_level
from formextract.mapping.schema import Audience
from formextract.mapping.stream import squeeze_label
from formextract.model import TextLine


@dataclass(frozen=True, slots=True)
class TableLine:
    """A line of one column, placed on one long strip of all parts of the table."""

    page: int
    """1-based page."""
    part: int
    """0-based part of the table, one a page as a rule."""
    row: int
    """Number of the physical row, counted over all parts."""
    y: float
    """Baseline of the line in points from the beginning of the table, page breaks taken out."""
    line: TextLine
    """The line."""


@dataclass(frozen=True, slots=True)
class Task:
    """Where a task begins."""

    start: int
    """Index of its first line in the tasks' column of its domain."""
    length: int
    """Characters its code takes on that line."""
    code: str | None
    """Canonical code, ``1.3``; None for a domain filled as one text."""
    certain: bool
    """Whether the code's digits were read."""


_BLANK = 1.45
"""Steps, in usual line steps, from which a blank line lies between two lines."""
_LIKELY = -1.0
"""Price of a break at or below which it is a likely one by itself."""


def share_out(
    task_lines: Sequence[TableLine],
    tasks: Sequence[Task],
    lines: Sequence[TableLine],
    audiences: Sequence[Audience],
) -> list[tuple[list[TableLine], bool]]:
    """A column's lines shared out among the tasks, in order, and whether each share is clear."""
    if len(tasks) <= 1:
        # where a scan hides the code of a second task, its lists begin again all the same
        scanned = any(x.line.method == "ocr" for x in lines)
        whole = not (scanned and (_likely_breaks(lines, audiences) or _begins_again(lines, audiences)))
        return [(list(lines), whole) for _ in tasks]
    starts = [task_lines[t.start] for t in tasks]
    if _ruled(starts):
        bounds = [s.row for s in starts[1:]] + [10**9]
        firsts = [-1] + [s.row for s in starts[1:]]
        return [([x for x in lines if lo <= x.row < hi], True) for lo, hi in zip(firsts, bounds, strict=True)]
    n, count = len(lines), len(starts)
    if not n:
        return [([], False) for _ in starts]
    pitch = _pitch(lines)
    prices = [_break_price(lines, i, pitch, audiences) for i in range(n)]
    likely = _likely_breaks(lines, audiences)
    if len(likely) == count - 1:
        cuts = [0, *likely, n]
        return [(list(lines[a:b]), True) for a, b in pairwise(cuts)]
    cuts = [*_cheapest(starts, lines, prices, pitch), n]
    return [(list(lines[a:b]), False) for a, b in pairwise(cuts)]


def _likely_breaks(lines: Sequence[TableLine], audiences: Sequence[Audience]) -> list[int]:
    """The lines at which a new task's share begins, going by the lines alone."""
    pitch = _pitch(lines)
    return [i for i in range(1, len(lines)) if _break_price(lines, i, pitch, audiences) <= _LIKELY]


def _begins_again(lines: Sequence[TableLine], audiences: Sequence[Audience]) -> bool:
    """Whether an audience stands after one that is printed behind it within a task."""
    ranks = [r for x in lines if (r := _audience_rank(x.line.text, audiences)) is not None]
    return any(b < a for a, b in pairwise(ranks))


def _ruled(starts: Sequence[TableLine]) -> bool:
    """Whether each task has a ruled row of its own.

    Tasks in different parts of a table broken over pages stand in different rows anyway; only
    rows within one part tell.
    """
    return len({s.row for s in starts}) == len(starts) and any(a.part == b.part for a, b in pairwise(starts))


def _cheapest(
    starts: Sequence[TableLine], lines: Sequence[TableLine], prices: Sequence[float], pitch: float
) -> list[int]:
    """The cheapest first line of each share (dynamic programming over shares and lines).

    Heights count only where writers padded the tasks' column so that the columns stand level.
    """
    n, count = len(lines), len(starts)
    widest = max((b.y - a.y for a, b in pairwise(starts)), default=0.0)
    padded = widest > 0.6 * (lines[-1].y - lines[0].y) / count
    weight = 0.4 if padded else 0.05
    inf = float("inf")

    def cost(t: int, i: int) -> float:
        if i >= n:
            return 6.0
        away = abs(lines[i].y - starts[t].y) / pitch
        return min(away, 12.0) * weight + (prices[i] if t else 0.0)

    best = [[inf] * (n + 1) for _ in range(count)]
    back = [[0] * (n + 1) for _ in range(count)]
    best[0][0] = cost(0, 0)
    for t in range(1, count):
        for i in range(n + 1):
            for j in range(i + 1):
                if best[t - 1][j] == inf:
                    continue
                price = best[t - 1][j] + cost(t, i) + (3.0 if i == j else 0.0)
                if price < best[t][i]:
                    best[t][i], back[t][i] = price, j
    cuts = [min(range(n + 1), key=lambda i: best[count - 1][i])]
    for t in range(count - 1, 0, -1):
        cuts.append(back[t][cuts[-1]])
    cuts.reverse()
    return cuts


def _pitch(lines: Sequence[TableLine]) -> float:
    steps = [b.y - a.y for a, b in pairwise(lines) if b.y > a.y]
    if not steps:
        return max(8.0, lines[0].line.box.height)
    steps.sort()
    # in a short column every step may be a blank line: print is not led wider than its height again
    widest = 2.2 * median(x.line.box.height for x in lines)
    return max(6.0, min(widest, median(steps[: max(1, (len(steps) * 3) // 4)])))


def _break_price(lines: Sequence[TableLine], i: int, pitch: float, audiences: Sequence[Audience]) -> float:
    """How unlikely it is that a new task's share begins at line ``i``; negative: likely.

    A blank line, a list that begins again and audiences that begin again speak for it.  What
    stood between two pages cannot be seen, so a page's first line needs more than its place.
    """
    if i == 0:
        return 0.0
    if lines[i].part != lines[i - 1].part:
        price = 0.5
    else:
        price = -2.0 if (lines[i].y - lines[i - 1].y) / pitch >= _BLANK else 3.0
    text, scanned = lines[i].line.text, lines[i].line.method == "ocr"
    if any(_audience_rank(x.line.text, audiences) is not None for x in lines) if audiences else False:
        rank = _audience_rank(text, audiences)
        before = [r for x in lines[:i] if (r := _audience_rank(x.line.text, audiences)) is not None]
        if rank is None or not before:
            return price + 2.0
        return price + (-2.0 if rank <= before[-1] else 2.0)
    number = read_first_level(text, 1, scanned=scanned)
    if number is not None:
        price += -2.0 if number.value == 1 else 2.0
    return price


def _audience_rank(text: str, audiences: Sequence[Audience]) -> int | None:
    hit = read_audience(text, audiences)
    return None if hit is None else [a.code for a in audiences].index(hit[0])


def read_audience(text: str, audiences: Sequence[Audience]) -> tuple[str, int] | None:
    """The audience heading at the head of a line: its code and the characters it takes, or None.

    The heading may be followed by the first indicator on the same line.
    """
    squeezed: list[str] = []
    ends: list[int] = []
    for i, c in enumerate(text):
        if squeeze_label(c):
            squeezed.append(c)
            ends.append(i + 1)
    joined = "".join(squeezed)
    best: tuple[float, int, str] | None = None
    for audience in audiences:
        for label in audience.label:
            want = squeeze_label(label)
            for extra in (0, -1, 1, -2):
                n = len(want) + extra
                if n < 3 or n > len(joined):
                    continue
                like = Levenshtein.normalized_similarity(joined[:n], want)
                if like >= 0.82 and (best is None or (like, n) > (best[0], best[1])):
                    best = (like, n, audience.code)
    if best is None:
        return None
    return best[2], ends[best[1] - 1]
