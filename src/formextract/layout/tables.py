"""Putting lines into the cells of ruled tables."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from formextract.layout.edges import GridSettings
from formextract.layout.grids import Grid, find_grids
from formextract.layout.lines import cut_at
from formextract.layout.order import visual_rows
from formextract.model import Box, Cell, Table, TextLine

__all__ = ["Grid", "GridSettings", "build_tables", "cell_boxes", "find_grids"]

_SLACK = 3.0
"""Points a line may stick out of its cell before it is looked at glyph by glyph: italic and skewed print."""

_Place = tuple[int, int]
"""Index of the grid and index of the cell in it."""


class _Finder:
    """Which cell of which grid a point lies in; of nested grids the smallest."""

    def __init__(self, grids: Sequence[Grid], frames_free: bool) -> None:
        self.grids = grids
        self.order = sorted(
            (i for i, g in enumerate(grids) if not (frames_free and g.is_frame)),
            key=lambda i: grids[i].box.area,
        )
        self.owner = [
            {
                (r, c): k
                for k, cell in enumerate(g.cells)
                for r in range(cell.row, cell.row + cell.rowspan)
                for c in range(cell.col, cell.col + cell.colspan)
            }
            for g in grids
        ]

    def at(self, x: float, y: float) -> _Place | None:
        """The cell holding a point; points on a stroke belong to the cell right of or below it."""
        for i in self.order:
            grid = self.grids[i]
            if grid.box.holds(x, y):
                row = min(bisect_right(grid.ys, y), grid.n_rows) - 1
                col = min(bisect_right(grid.xs, x), grid.n_cols) - 1
                return i, self.owner[i][row, col]
        return None

    def cell(self, place: _Place) -> Cell:
        """The cell at a place."""
        return self.grids[place[0]].cells[place[1]]


def cell_boxes(grids: Sequence[Grid], *, frames: bool = False) -> list[Box]:
    """Inner boxes of all cells, for cutting a scanned page before its lines are read.

    No two boxes overlap: a cell that holds another table is left out, so that what stands around
    the inner table is read with the free lines.  Single boxes only with ``frames``.
    """
    chosen = [g for g in grids if frames or not g.is_frame]
    out: list[Box] = []
    for grid in chosen:
        others = [g.box for g in chosen if g is not grid and g.box.area < grid.box.area]
        out.extend(c.box for c in grid.cells if not any(c.box.intersection(b) for b in others))
    return out


def _split_at_rules(line: TextLine, finder: _Finder) -> list[tuple[_Place | None, TextLine]]:
    """A line, or its parts if it crosses rules, each with the cell its middle lies in."""
    b = line.box
    place = finder.at(b.cx, b.cy)
    touched = {finder.at(x, b.cy) for x in (b.x0, b.x1)}
    if touched == {place}:
        return [(place, line)]
    if place is not None:
        inner = finder.cell(place).box
        if inner.x0 - _SLACK <= b.x0 and b.x1 <= inner.x1 + _SLACK:
            return [(place, line)]
    printed = [(i, g.box.cx) for i, g in enumerate(line.glyphs) if not g.text.isspace()]
    runs = [
        (where, [i for i, _ in members])
        for where, members in groupby(printed, key=lambda p: finder.at(p[1], b.cy))
    ]
    if len(runs) < 2:
        return [(place, line)]
    parts = cut_at(line, [members[0] for _, members in runs])
    return [(where, part) for (where, _), part in zip(runs, parts, strict=True)]


def _trimmed(grid: Grid, cells: Sequence[Cell]) -> Table:
    """The table of a grid; an open last (or first) row ends with the text, or falls away if empty."""
    ys, kept = list(grid.ys), list(cells)
    if grid.open_bottom:
        feet = [ln.box.y1 for c in kept for ln in c.lines if ln.box.cy > ys[-2]]
        if feet:
            ys[-1] = max(feet) + 2.0
        elif len(ys) > 2:
            last = len(ys) - 2
            kept = [replace(c, rowspan=min(c.rowspan, last - c.row)) for c in kept if c.row < last]
            ys.pop()
    if grid.open_top and len(ys) > 2 and not any(ln.box.cy < ys[1] for c in kept for ln in c.lines):
        kept = [
            replace(c, row=max(0, c.row - 1), rowspan=c.rowspan - (c.row == 0))
            for c in kept
            if c.row + c.rowspan > 1
        ]
        ys.pop(0)
    box = Box(grid.xs[0], ys[0], grid.xs[-1], ys[-1])
    kept = [
        replace(c, box=Box(c.box.x0, max(c.box.y0, box.y0), c.box.x1, max(min(c.box.y1, box.y1), c.box.y0)))
        for c in kept
    ]
    return Table(box, len(ys) - 1, grid.n_cols, tuple(kept))


def build_tables(
    grids: Sequence[Grid], lines: Sequence[TextLine], *, frames_free: bool = True
) -> tuple[tuple[Table, ...], tuple[TextLine, ...]]:
    """Tables with their cells' lines, and the lines that stand in none, both top to bottom.

    A line goes to the cell holding its middle; one that runs across rules is cut there, glyph by
    glyph.  With ``frames_free`` the lines inside a single box (a frame round the page, the box round
    the form code) stay free and the box is no table.
    """
    finder = _Finder(grids, frames_free)
    held: dict[_Place, list[TextLine]] = {}
    rest: list[TextLine] = []
    for line in lines:
        for place, part in _split_at_rules(line, finder):
            if place is None:
                rest.append(part)
            else:
                held.setdefault(place, []).append(part)
    tables = []
    for i in sorted(finder.order):
        cells = [
            replace(cell, lines=tuple(ln for row in visual_rows(held.get((i, k), [])) for ln in row))
            for k, cell in enumerate(grids[i].cells)
        ]
        tables.append(_trimmed(grids[i], cells))
    free = [ln for row in visual_rows(rest) for ln in row]
    return tuple(sorted(tables, key=lambda t: (t.box.y0, t.box.x0))), tuple(free)
