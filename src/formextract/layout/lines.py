"""Cutting one text line into parts, glyph by glyph."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median

from formextract.model import Box, Glyph, TextLine, union_of


def line_of(glyphs: Sequence[Glyph], like: TextLine, *, ends_line: bool = False) -> TextLine | None:
    """A line of some of another line's glyphs, blanks at both ends dropped; None if nothing is left.

    ``second`` is lost, since the other reader's text cannot be cut at a glyph of this one (what the
    two agreed on stays in ``Glyph.agreed``); ``wraps_with_blank`` is kept only with ``ends_line``,
    for a part that ends where the whole line ended.
    """
    start, end = 0, len(glyphs)
    while start < end and glyphs[start].text.isspace():
        start += 1
    while end > start and glyphs[end - 1].text.isspace():
        end -= 1
    if start == end:
        return None
    kept = tuple(glyphs[start:end])
    if kept == like.glyphs:
        return like
    return replace(
        like,
        glyphs=kept,
        box=union_of(g.box for g in kept),
        wraps_with_blank=like.wraps_with_blank if ends_line else None,
        second=None,
    )


def part_of(line: TextLine, start: int, end: int) -> TextLine | None:
    """The part of a line from glyph ``start`` up to, not including, ``end``; None if it is blank."""
    return line_of(line.glyphs[start:end], line, ends_line=end >= len(line.glyphs))


def cut_at(line: TextLine, places: Iterable[int]) -> tuple[TextLine, ...]:
    """The line cut in front of each glyph index given; parts that are blank are left out."""
    n = len(line.glyphs)
    marks = [0, *sorted({p for p in places if 0 < p < n}), n]
    parts = (part_of(line, a, b) for a, b in pairwise(marks))
    return tuple(p for p in parts if p is not None)


def wide_gaps(line: TextLine, min_gap: float) -> list[tuple[int, float, float]]:
    """Blank stretches of at least ``min_gap`` points between two printed glyphs.

    Each is ``(index of the first printed glyph after it, left edge, right edge)``.  The stretch is
    measured between printed glyphs, because producers of text layers give blanks any width.
    """
    out: list[tuple[int, float, float]] = []
    last: Glyph | None = None
    for i, glyph in enumerate(line.glyphs):
        if glyph.text.isspace():
            continue
        if last is not None and glyph.box.x0 - last.box.x1 >= min_gap:
            out.append((i, last.box.x1, glyph.box.x0))
        last = glyph
    return out


def split_wide(line: TextLine, min_gap: float) -> tuple[TextLine, ...]:
    """The line cut at every blank stretch of at least ``min_gap`` points."""
    return cut_at(line, (i for i, _, _ in wide_gaps(line, min_gap)))


def glyph_of_char(line: TextLine) -> list[int]:
    """For each character of ``line.text`` the index of the glyph that holds it."""
    return [i for i, glyph in enumerate(line.glyphs) for _ in glyph.text]


def baseline(line: TextLine) -> float:
    """Height of the line's foot in points: the middle value of its glyphs' lower edges.

    The hull's lower edge would do for a text layer, but on scans one lower vowel moves it.
    """
    return median(g.box.y1 for g in line.glyphs if not g.text.isspace() or len(line.glyphs) == 1)


def merge_lines(parts: Sequence[TextLine]) -> TextLine:
    """Lines that stand side by side as one line, a blank glyph over each gap; ValueError for none."""
    ordered = sorted(parts, key=lambda ln: ln.box.x0)
    if not ordered:
        raise ValueError("no lines")
    if len(ordered) == 1:
        return ordered[0]
    glyphs: list[Glyph] = []
    for part in ordered:
        if glyphs and not (glyphs[-1].text.isspace() or part.glyphs[0].text.isspace()):
            last = glyphs[-1].box
            gap = Box(last.x1, last.y0, max(last.x1, part.box.x0), last.y1)
            glyphs.append(Glyph(" ", gap))
        glyphs.extend(part.glyphs)
    seconds = [part.second for part in ordered]
    return replace(
        ordered[0],
        glyphs=tuple(glyphs),
        box=union_of(part.box for part in ordered),
        wraps_with_blank=ordered[-1].wraps_with_blank,
        second=" ".join(s for s in seconds if s) if all(s is not None for s in seconds) else None,
    )
