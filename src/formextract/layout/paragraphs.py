"""Lines of one column or cell into paragraphs, and into blocks parted by blank lines."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from formextract.layout.lines import baseline
from formextract.layout.order import visual_rows
from formextract.model import TextLine

_Row = tuple[TextLine, ...]

_INDENT = 9.0
"""Points by which a first line must stand in; a blank of 16 pt print is about 4."""
_NUMBERED = re.compile(
    r"^(?:[(]?[0-9๐-๙]{1,2}(?:[.][0-9๐-๙]{1,2}){0,3}[.)]|[0-9๐-๙]{1,2}(?:[.][0-9๐-๙]{1,2}){1,3} "
    r"|ข้อ ?(?:ที่ ?)?[0-9๐-๙]{1,2}|[-–•●○▪*] |[☐☑☒□■◻✓✔])"
)
"""Begins like an item of a list or a choice to tick."""


def _foot(row: _Row) -> float:
    return median(baseline(line) for line in row)


def line_pitch(lines: Sequence[TextLine]) -> float | None:
    """Usual distance of one line's foot from the next one's in points; None for fewer than two rows.

    The median of the smaller half of the distances, since blank lines only make them larger; never
    more than 2.2 line heights, for a cell where a blank line parts all lines.
    """
    rows = visual_rows(lines)
    steps = sorted(_foot(b) - _foot(a) for a, b in pairwise(rows))
    steps = [s for s in steps if s > 0.5]
    if not steps:
        return None
    height = median(line.box.height for line in lines)
    return min(median(steps[: (len(steps) + 1) // 2]), 2.2 * height)


def blocks_by_gap(
    lines: Sequence[TextLine], factor: float = 1.6, *, pitch: float | None = None
) -> list[tuple[TextLine, ...]]:
    """Lines in groups parted by blank lines, top to bottom.

    A step from foot to foot larger than ``factor`` times the usual one begins a new group.  ``pitch``
    in points overrides the usual step found from these lines alone: pass the whole table's where a
    cell has few lines.  Used to pair tasks, outcomes and indicators of the PA 1 table, whose one row
    for each domain is aligned by blank lines only.
    """
    rows = visual_rows(lines)
    usual = pitch if pitch is not None else line_pitch(lines)
    blocks: list[list[_Row]] = []
    for row in rows:
        if blocks and (usual is None or _foot(row) - _foot(blocks[-1][-1]) <= factor * usual):
            blocks[-1].append(row)
        else:
            blocks.append([row])
    return [tuple(line for row in block for line in row) for block in blocks]


def _begins(row: _Row, before: _Row, left: float, right: float) -> bool:
    """Whether a row at the usual distance begins a new paragraph."""
    if _NUMBERED.match(row[0].text):
        return True
    x0, last_x0, last_x1 = row[0].box.x0, before[0].box.x0, before[-1].box.x1
    width = right - left
    # Ragged Thai lines end up to a long word early; only in wide columns does a short line mean an end.
    ended_early = width > 250 and last_x1 < right - 0.35 * width
    if ended_early:
        return True
    indented, last_indented = x0 > left + _INDENT, last_x0 > left + _INDENT
    if not indented:
        return False
    # Behind a number, lines that hang are deeper than the number and belong to it; but a numbered heading
    # with room left on its line is followed by a paragraph.
    heading = width > 250 and last_x1 < right - 0.15 * width
    hanging = _NUMBERED.match(before[0].text) is not None and not heading
    return not hanging and (not last_indented or x0 > last_x0 + _INDENT)


def paragraphs(
    lines: Sequence[TextLine], factor: float = 1.6, *, pitch: float | None = None
) -> list[tuple[TextLine, ...]]:
    """Lines of one column in paragraphs, by blank lines, first-line indents, list numbers and short lines."""
    if not lines:
        return []
    usual = pitch if pitch is not None else line_pitch(lines)
    left, right = min(ln.box.x0 for ln in lines), max(ln.box.x1 for ln in lines)
    out: list[tuple[TextLine, ...]] = []
    for block in blocks_by_gap(lines, factor, pitch=usual):
        current: list[_Row] = []
        for row in visual_rows(block):
            if current and _begins(row, current[-1], left, right):
                out.append(tuple(line for r in current for line in r))
                current = []
            current.append(row)
        out.append(tuple(line for r in current for line in r))
    return out
