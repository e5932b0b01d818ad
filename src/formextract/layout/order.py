"""Reading order of lines that stand in no table: visual rows, and columns side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from formextract.model import TextLine

_LOOK_BACK = 4
"""Rows still open for a line: lines come in the order of their middles, so a row's lines are near."""


def _same_row(row: Sequence[TextLine], line: TextLine) -> bool:
    """Whether a line stands beside the row's lines rather than under them."""
    near = min(row, key=lambda m: max(m.box.x0, line.box.x0) - min(m.box.x1, line.box.x1))
    low = min(near.box.height, line.box.height)
    if near.box.overlap_y(line.box) < 0.5 * low:
        return False
    return all(
        m.box.overlap_x(line.box) <= 0.3 * min(m.box.width, line.box.width) for m in row
    )  # an ascender may lie over the neighbour's edge, a line under the other may not


def visual_rows(lines: Sequence[TextLine]) -> list[tuple[TextLine, ...]]:
    """Lines on one height as one row, left to right; rows from top to bottom.

    Two lines share a row when they overlap by half the lower one's height and stand side by side.
    """
    rows: list[list[TextLine]] = []
    for line in sorted(lines, key=lambda ln: (ln.box.cy, ln.box.x0)):
        for row in reversed(rows[-_LOOK_BACK:]):
            if _same_row(row, line):
                row.append(line)
                break
        else:
            rows.append([line])
    rows.sort(key=lambda row: sum(ln.box.cy for ln in row) / len(row))
    return [tuple(sorted(row, key=lambda ln: ln.box.x0)) for row in rows]


@dataclass(frozen=True, slots=True)
class Region:
    """Consecutive rows of a page that are set in the same columns."""

    columns: tuple[tuple[TextLine, ...], ...]
    """Left to right; the lines of each in reading order."""

    @property
    def lines(self) -> tuple[TextLine, ...]:
        """Column after column."""
        return tuple(line for column in self.columns for line in column)


def _gutters(row: Sequence[TextLine], min_gutter: float) -> list[tuple[float, float]]:
    """Blank stretches between the lines of a row."""
    return [(a.box.x1, b.box.x0) for a, b in pairwise(row) if b.box.x0 - a.box.x1 >= min_gutter]


def _crosses(row: Sequence[TextLine], gutter: tuple[float, float]) -> bool:
    return any(ln.box.x0 < gutter[0] - 0.5 and ln.box.x1 > gutter[1] + 0.5 for ln in row) or any(
        gutter[0] + 0.5 < x < gutter[1] - 0.5 for ln in row for x in (ln.box.x0, ln.box.x1)
    )


def _narrowed(
    rows: Sequence[tuple[TextLine, ...]], start: int, gutter: tuple[float, float], min_gutter: float
) -> tuple[int, tuple[float, float]]:
    """How far down from ``start`` a common gutter runs: (row after the last, the gutter left over)."""
    end = start + 1
    while end < len(rows):
        lo, hi = gutter
        for line in rows[end]:
            if line.box.cx <= (lo + hi) / 2:
                lo = max(lo, line.box.x1)
            else:
                hi = min(hi, line.box.x0)
        if hi - lo < min_gutter:
            break
        gutter = (lo, hi)
        end += 1
    return end, gutter


def split_columns(lines: Sequence[TextLine], *, min_gutter: float = 24.0, min_rows: int = 3) -> list[Region]:
    """The page's lines in regions of one or two columns, top to bottom.

    Two columns (signature blocks side by side) need a common blank stretch of at least
    ``min_gutter`` points over ``min_rows`` rows, in at least two of which both sides are printed;
    label and value pairs on a single row are no columns.
    """
    rows = visual_rows(lines)
    regions: list[Region] = []
    single: list[TextLine] = []
    i = 0
    while i < len(rows):
        best: tuple[int, tuple[float, float]] | None = None
        for gutter in _gutters(rows[i], min_gutter):
            if len(rows[i]) != 2 or _crosses(rows[i], gutter):
                continue
            end, narrowed = _narrowed(rows, i, gutter, min_gutter)
            both = sum(len(row) == 2 for row in rows[i:end])
            if end - i >= min_rows and both >= 2 and (best is None or end > best[0]):
                best = end, narrowed
        if best is None:
            single.extend(rows[i])
            i += 1
            continue
        if single:
            regions.append(Region((tuple(single),)))
            single = []
        end, (lo, hi) = best
        # Rows at the foot with one side only may be the next paragraph: they belong to the single column
        # unless they clearly stand under one of the two.
        while end > i and len(rows[end - 1]) == 1 and _follows_neither(rows[i:end], (lo, hi)):
            end -= 1
        middle = (lo + hi) / 2
        block = [ln for row in rows[i:end] for ln in row]
        left = tuple(ln for ln in block if ln.box.cx <= middle)
        right = tuple(ln for ln in block if ln.box.cx > middle)
        regions.append(Region((left, right)))
        i = end
    if single:
        regions.append(Region((tuple(single),)))
    return regions


def _follows_neither(rows: Sequence[tuple[TextLine, ...]], gutter: tuple[float, float]) -> bool:
    """Whether the last row's single line reaches out of the column above it."""
    line, middle = rows[-1][0], sum(gutter) / 2
    above = [ln for row in rows[:-1] for ln in row if (ln.box.cx <= middle) == (line.box.cx <= middle)]
    if not above:
        return True
    x0, x1 = min(ln.box.x0 for ln in above), max(ln.box.x1 for ln in above)
    slack = 0.25 * (x1 - x0)
    return line.box.x0 < x0 - slack or line.box.x1 > x1 + slack


def reading_order(lines: Sequence[TextLine]) -> list[TextLine]:
    """Free lines as a person reads them: row by row, columns side by side one after the other."""
    return [line for region in split_columns(lines) for line in region.lines]
