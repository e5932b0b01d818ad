"""From clean edges to grids: crossings, connected groups, open sides, finest grid, merged cells.

A grid is the finest net of row and column lines of one ruled table; where the piece of rule
between two places is missing, the places are one cell with a span (roster: ลำดับ, สังกัด and
สถานศึกษาแกนนำ are printed once for several rows).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

import numpy as np
import numpy.typing as npt

from formextract.layout.edges import Edge, GridSettings, cluster_edges, edges_of, mean_position
from formextract.model import Box, Cell, Rule


@dataclass(frozen=True, slots=True)
class Grid:
    """A ruled table before any text is put in."""

    xs: tuple[float, ...]
    """Column lines from left to right, one more than there are columns; points."""
    ys: tuple[float, ...]
    """Row lines from top to bottom, one more than there are rows; points."""
    cells: tuple[Cell, ...]
    """Without lines; every place of the net belongs to exactly one."""
    open_top: bool = False
    """Whether the upper border is missing (a table that began on the page before)."""
    open_bottom: bool = False
    """Whether the lower border is missing (a table that goes on on the next page)."""

    @property
    def box(self) -> Box:
        """Outer extent, to the middle of the outer strokes."""
        return Box(self.xs[0], self.ys[0], self.xs[-1], self.ys[-1])

    @property
    def n_rows(self) -> int:
        """Rows of the finest net."""
        return len(self.ys) - 1

    @property
    def n_cols(self) -> int:
        """Columns of the finest net."""
        return len(self.xs) - 1

    @property
    def is_frame(self) -> bool:
        """Whether it is a single box: a frame round the page or round the form code."""
        return len(self.cells) == 1


@dataclass(frozen=True, slots=True)
class _Line:
    """A row or column line of a net: its place, its stroke's rims, the stretches that are drawn."""

    pos: float
    near: float
    far: float
    drawn: tuple[tuple[float, float], ...]


def _meetings(hs: Sequence[Edge], vs: Sequence[Edge], reach: float) -> npt.NDArray[np.bool_]:
    """Which of the horizontal edges meet which of the vertical ones, shape ``(len(hs), len(vs))``."""
    h = np.array([(e.pos, e.lo, e.hi) for e in hs]).reshape(-1, 3)
    v = np.array([(e.pos, e.lo, e.hi) for e in vs]).reshape(-1, 3)
    meets: npt.NDArray[np.bool_] = (
        (v[None, :, 0] >= h[:, None, 1] - reach)
        & (v[None, :, 0] <= h[:, None, 2] + reach)
        & (h[:, None, 0] >= v[None, :, 1] - reach)
        & (h[:, None, 0] <= v[None, :, 2] + reach)
    )
    return meets


def find_crossings(edges: Sequence[Edge], reach: float) -> list[tuple[int, int]]:
    """Index pairs (horizontal, vertical) of edges that cross, or touch within ``reach`` points."""
    hs = [i for i, e in enumerate(edges) if e.horizontal]
    vs = [i for i, e in enumerate(edges) if not e.horizontal]
    meets = _meetings([edges[i] for i in hs], [edges[i] for i in vs], reach)
    return [(hs[a], vs[b]) for a, b in np.argwhere(meets).tolist()]


def connected_groups(n: int, pairs: Iterable[tuple[int, int]]) -> list[list[int]]:
    """Indexes 0..n-1 in groups joined by the pairs, each group in ascending order."""
    root = list(range(n))

    def top(i: int) -> int:
        while root[i] != i:
            root[i] = root[root[i]]
            i = root[i]
        return i

    for a, b in pairs:
        ra, rb = top(a), top(b)
        root[max(ra, rb)] = min(ra, rb)
    groups: dict[int, list[int]] = {}
    for i in range(n):
        groups.setdefault(top(i), []).append(i)
    return list(groups.values())


def prune_edges(edges: Sequence[Edge], settings: GridSettings) -> list[Edge]:
    """Only the edges that meet at least two others across them, at two places; strays fall away.

    Repeated until nothing falls: an underline that touches one column rule bounds no cell.
    """
    hs, vs = [e for e in edges if e.horizontal], [e for e in edges if not e.horizontal]
    meets = _meetings(hs, vs, settings.reach)
    while hs and vs:
        bounds_h = _spread(meets, np.array([e.pos for e in vs])) >= settings.min_cell
        bounds_v = _spread(meets.T, np.array([e.pos for e in hs])) >= settings.min_cell
        if bounds_h.all() and bounds_v.all():
            return hs + vs
        hs = [e for e, keep in zip(hs, bounds_h, strict=True) if keep]
        vs = [e for e, keep in zip(vs, bounds_v, strict=True) if keep]
        meets = meets[bounds_h][:, bounds_v]
    return []


def _spread(meets: npt.NDArray[np.bool_], places: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """For each row of ``meets`` the distance of the outermost places met; below 0 where none is."""
    first = np.where(meets, places, np.inf).min(axis=1)
    last = np.where(meets, places, -np.inf).max(axis=1)
    spread: npt.NDArray[np.float64] = last - first
    return spread


def closing_edge(edges: Sequence[Edge], horizontal: bool, after: bool, settings: GridSettings) -> Edge | None:
    """The border that is missing on one side of a group of edges, or None if there is none missing.

    ``horizontal`` and ``after``: (True, True) the lower border, (True, False) the upper one,
    (False, True) the right, (False, False) the left.  It is missing if at least two of the rules
    that reach the last crossing line, and at least half of them, run on beyond it and end together.
    """
    borders = [e.pos for e in edges if e.horizontal == horizontal]
    across = [e for e in edges if e.horizontal != horizontal]
    if not borders or len(across) < 2:
        return None
    sign = 1.0 if after else -1.0
    last = max(sign * p for p in borders)
    ends = [(sign * (e.hi if after else e.lo), e.pos) for e in across]
    reaching = [end for end in ends if end[0] >= last - settings.reach]
    running_on = [end for end in reaching if end[0] > last + settings.overhang]
    if len(running_on) < 2:
        return None
    middle = median(end for end, _ in running_on)
    agreeing = [end for end in running_on if abs(end[0] - middle) <= settings.agree]
    if len(agreeing) < 2 or 2 * len(agreeing) < len(reaching):
        return None
    pos = sign * max(end for end, _ in agreeing)
    places = [place for _, place in agreeing]
    return Edge(horizontal, pos, min(places), max(places), pos, pos)


def close_columns(edges: Sequence[Edge], page_height: float, settings: GridSettings) -> list[Edge]:
    """Upper and lower borders for column rules that no horizontal rule meets; empty if there are none.

    A row that is longer than a page leaves pages with nothing of the table but its column rules.
    At least three must begin and end together and run over half the page.
    """
    upright = [e for e in edges if not e.horizontal]
    level = [e for e in edges if e.horizontal]
    meets = _meetings(level, upright, settings.reach) if level and upright else None
    free = [
        e
        for i, e in enumerate(upright)
        if e.length >= page_height / 2 and (meets is None or not meets[:, i].any())
    ]
    together = [
        e
        for e in free
        if sum(abs(e.lo - o.lo) <= settings.agree and abs(e.hi - o.hi) <= settings.agree for o in free) >= 3
    ]
    if len(together) < 3:
        return []
    lo, hi = min(e.pos for e in together), max(e.pos for e in together)
    top, bottom = max(e.lo for e in together), min(e.hi for e in together)
    return [Edge(True, y, lo, hi, y, y) for y in (top, bottom)]


def _closing_edges(edges: Sequence[Edge], settings: GridSettings) -> list[Edge | None]:
    """The missing lower, upper, right and left border of a group, each None if it is not missing.

    With fewer than three crossings nothing is closed: two underlines and a pen stroke are no table.
    """
    if len(find_crossings(edges, settings.reach)) < 3:
        return [None] * 4
    return [
        closing_edge(edges, horizontal, after, settings)
        for horizontal in (True, False)
        for after in (True, False)
    ]


def _lines(edges: Sequence[Edge], settings: GridSettings) -> list[_Line]:
    """Parallel edges as the lines of a net, in order."""
    lines = []
    for group in cluster_edges(edges, settings.min_cell):
        stretches = tuple(sorted((e.lo - settings.reach, e.hi + settings.reach) for e in group))
        lines.append(
            _Line(mean_position(group), min(e.near for e in group), max(e.far for e in group), stretches)
        )
    return lines


def _share_drawn(line: _Line, start: float, end: float) -> float:
    """Which share of a line is drawn between two places, 0 to 1."""
    done, total = start, 0.0
    for lo, hi in line.drawn:
        lo, hi = max(lo, done), min(hi, end)
        if hi > lo:
            total += hi - lo
            done = hi
    return total / (end - start)


def _sides(lines: Sequence[_Line], across: Sequence[_Line], cover: float) -> list[list[bool]]:
    """For each inner line and each place along it whether a side is drawn there.

    Shape ``(len(lines) - 2, len(across) - 1)``.
    """
    spans = list(pairwise(across))
    return [[_share_drawn(line, a.pos, b.pos) >= cover for a, b in spans] for line in lines[1:-1]]


def _thin_out(
    columns: list[_Line], rows: list[_Line], cover: float
) -> tuple[list[_Line], list[_Line], list[list[bool]], list[list[bool]]]:
    """Drop inner lines that part no two cells; the rest with their drawn sides."""
    while True:
        upright, level = _sides(columns, rows, cover), _sides(rows, columns, cover)
        keep_x = [True, *(any(s) for s in upright), True]
        keep_y = [True, *(any(s) for s in level), True]
        if all(keep_x) and all(keep_y):
            return columns, rows, upright, level
        columns = [c for c, keep in zip(columns, keep_x, strict=True) if keep]
        rows = [r for r, keep in zip(rows, keep_y, strict=True) if keep]


def _rectangles(region: set[tuple[int, int]], down_first: bool) -> list[tuple[int, int, int, int]]:
    """A set of places cut into rectangles ``(row, col, rowspan, colspan)``, greedily."""
    left, out = set(region), []
    order = sorted(region, key=(lambda p: (p[1], p[0])) if down_first else None)
    for row, col in order:
        if (row, col) not in left:
            continue
        height = width = 1
        for grow_down in (down_first, not down_first):
            if grow_down:
                while all((row + height, c) in left for c in range(col, col + width)):
                    height += 1
            else:
                while all((r, col + width) in left for r in range(row, row + height)):
                    width += 1
        left -= {(r, c) for r in range(row, row + height) for c in range(col, col + width)}
        out.append((row, col, height, width))
    return out


def _merged_places(
    n_rows: int, n_cols: int, upright: list[list[bool]], level: list[list[bool]]
) -> list[tuple[int, int, int, int]]:
    """Places with no side between them, joined: ``(row, col, rowspan, colspan)`` in row order.

    A region that is no rectangle (a piece of rule lost in the scan) is cut into the fewest
    rectangles, upright ones first: in these forms cells are merged over rows, hardly over columns.
    """
    open_sides = [
        (r * n_cols + c, r * n_cols + c + 1)
        for c, side in enumerate(upright)
        for r, drawn in enumerate(side)
        if not drawn
    ] + [
        (r * n_cols + c, (r + 1) * n_cols + c)
        for r, side in enumerate(level)
        for c, drawn in enumerate(side)
        if not drawn
    ]
    out: list[tuple[int, int, int, int]] = []
    for group in connected_groups(n_rows * n_cols, open_sides):
        region = {divmod(i, n_cols) for i in group}
        tall, flat = _rectangles(region, True), _rectangles(region, False)
        out.extend(flat if len(flat) < len(tall) else tall)
    return sorted(out)


def _inner(before: _Line, after: _Line) -> tuple[float, float]:
    """The room between two lines clear of their strokes, never less than a fifth of the distance."""
    limit = 0.4 * (after.pos - before.pos)
    start = min(max(before.far, before.pos), before.pos + limit)
    return start, max(min(after.near, after.pos), after.pos - limit)


def _grid(edges: Sequence[Edge], open_top: bool, open_bottom: bool, settings: GridSettings) -> Grid | None:
    """The grid of one connected group of pruned edges, or None if it bounds nothing of use."""
    columns = _lines([e for e in edges if not e.horizontal], settings)
    rows = _lines([e for e in edges if e.horizontal], settings)
    if len(columns) < 2 or len(rows) < 2 or len(columns) * len(rows) > settings.max_cells:
        return None
    if columns[-1].pos - columns[0].pos < settings.min_width:
        return None
    if rows[-1].pos - rows[0].pos < settings.min_height:
        return None
    columns, rows, upright, level = _thin_out(columns, rows, settings.cover)
    cells = []
    for row, col, height, width in _merged_places(len(rows) - 1, len(columns) - 1, upright, level):
        x0, x1 = _inner(columns[col], columns[col + width])
        y0, y1 = _inner(rows[row], rows[row + height])
        cells.append(Cell(Box(x0, y0, x1, y1), row, col, height, width))
    xs, ys = tuple(c.pos for c in columns), tuple(r.pos for r in rows)
    return Grid(xs, ys, tuple(cells), open_top, open_bottom)


def find_grids(
    rules: Sequence[Rule], page_width: float, page_height: float, settings: GridSettings | None = None
) -> list[Grid]:
    """The ruled tables of a page, top to bottom, then left to right, single boxes included.

    ``page_width`` and ``page_height`` in points; rules may come from a drawing or from a scan
    (doubled, with gaps, up to 1.5 pt out of true).  Crossing strokes that bound no area are no grid.
    """
    settings = settings or GridSettings()
    edges = edges_of(rules, page_width, page_height, settings)
    closed = close_columns(edges, page_height, settings)
    edges = [*edges, *closed]
    grids = []
    for group in connected_groups(len(edges), find_crossings(edges, settings.reach)):
        if len(group) < 3:
            continue
        members = [edges[i] for i in group]
        bottom, top, right, left = _closing_edges(members, settings)
        members = prune_edges([*members, *(e for e in (bottom, top, right, left) if e)], settings)
        for part in connected_groups(len(members), find_crossings(members, settings.reach)):
            chosen = [members[i] for i in part]
            openings = {id(e) for e in (top, bottom, *closed) if e is not None}
            level = sorted((e for e in chosen if e.horizontal), key=lambda e: e.pos)
            grid = _grid(chosen, id(level[0]) in openings, id(level[-1]) in openings, settings)
            if grid is not None:
                grids.append(grid)
    return sorted(grids, key=lambda g: (g.ys[0], g.xs[0]))
