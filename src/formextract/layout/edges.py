"""From drawn rules to clean edges: bring near parallels together, join pieces.

The first links of the chain rules -> edges -> crossings -> grids, each a function on small
frozen values, as in pdfplumber's table finder.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, replace
from itertools import groupby

from formextract.model import Rule


@dataclass(frozen=True, slots=True)
class GridSettings:
    """Tolerances in points.  ValueError for a value below zero or a contradiction.

    The defaults suit office print with rows of at least 10 pt and scans deskewed to 1.5 pt over a page.
    """

    snap: float = 3.0
    """Parallel rules closer than this are one (thick strokes seen twice, what is left of skew)."""
    join: float = 6.0
    """Pieces on one line with a smaller gap between them are one rule."""
    reach: float = 4.0
    """A rule that ends so close to another still touches it."""
    min_edge: float = 8.0
    """Shorter rules are specks, strokes of letters or tick boxes."""
    min_cell: float = 6.0
    """Grid lines closer than this are one: no text fits between."""
    min_width: float = 24.0
    """Narrower grids are tick boxes."""
    min_height: float = 10.0
    """Lower grids are double lines or underlined blanks."""
    overhang: float = 8.0
    """Rules running on so far beyond the last crossing rule leave an open row or column there."""
    agree: float = 6.0
    """Open ends that belong to one border differ by no more than this."""
    page_edge: float = 3.0
    """Rules so close to the paper's edge are shadows of the scanner's lid."""
    cover: float = 0.5
    """Share of a cell's side that must be drawn for the side to count as drawn."""
    max_edges: int = 3000
    """A page with more edges is a drawing; only the longest are looked at."""
    max_cells: int = 20_000
    """A grid with more places is squared paper or hatching."""

    def __post_init__(self) -> None:
        for f in fields(self):
            if getattr(self, f.name) < 0:
                raise ValueError(f"{f.name} must not be negative")
        if self.cover > 1:
            raise ValueError("cover is a share, at most 1")
        if self.min_cell < self.snap:
            raise ValueError("min_cell must not be below snap")


@dataclass(frozen=True, slots=True)
class Edge:
    """A rule reduced to a line: where it lies and from where to where it runs."""

    horizontal: bool
    """True for a horizontal edge."""
    pos: float
    """y of a horizontal edge, x of a vertical one."""
    lo: float
    """Left or upper end."""
    hi: float
    """Right or lower end."""
    near: float
    """Upper or left rim of its stroke, at most ``pos``."""
    far: float
    """Lower or right rim of its stroke, at least ``pos``."""

    @property
    def length(self) -> float:
        """Points from end to end."""
        return self.hi - self.lo


def edge_of(rule: Rule) -> Edge:
    """The edge along the middle of a rule's stroke."""
    b = rule.box
    if rule.horizontal:
        return Edge(True, b.cy, b.x0, b.x1, b.y0, b.y1)
    return Edge(False, b.cx, b.y0, b.y1, b.x0, b.x1)


def inside_page(edges: Iterable[Edge], width: float, height: float, margin: float) -> list[Edge]:
    """The edges that do not lie along, or beyond, the paper's edge."""
    out = []
    for edge in edges:
        room = height if edge.horizontal else width
        if margin <= edge.pos <= room - margin:
            out.append(edge)
    return out


def cluster_edges(edges: Iterable[Edge], gap: float) -> list[list[Edge]]:
    """Edges grouped: neighbours in ``pos`` order no more than ``gap`` apart, a group at most twice as wide.

    The limit keeps a hatching of close lines from collapsing into one.
    """
    groups: list[list[Edge]] = []
    for edge in sorted(edges, key=lambda e: e.pos):
        near = groups and edge.pos - groups[-1][-1].pos <= gap and edge.pos - groups[-1][0].pos <= 2 * gap
        if near:
            groups[-1].append(edge)
        else:
            groups.append([edge])
    return groups


def snap_edges(edges: Sequence[Edge], tolerance: float) -> list[Edge]:
    """Parallel edges closer than the tolerance get one position: their mean, weighted by length.

    The rims of the strokes stay where they are, so the cells between keep clear of the ink.
    """
    out: list[Edge] = []
    for horizontal in (True, False):
        kind = [e for e in edges if e.horizontal == horizontal]
        for group in cluster_edges(kind, tolerance):
            pos = mean_position(group)
            out.extend(replace(e, pos=pos) for e in group)
    return out


def mean_position(edges: Sequence[Edge]) -> float:
    """Mean ``pos`` weighted by length, so that a speck does not move a long rule."""
    weights = [max(e.length, 0.1) for e in edges]
    return sum(e.pos * w for e, w in zip(edges, weights, strict=True)) / sum(weights)


def join_edges(edges: Sequence[Edge], gap: float) -> list[Edge]:
    """Edges on one position that overlap or leave at most ``gap`` between them become one."""
    out: list[Edge] = []
    ordered = sorted(edges, key=lambda e: (e.horizontal, e.pos, e.lo))
    for _, same in groupby(ordered, key=lambda e: (e.horizontal, e.pos)):
        last: Edge | None = None
        for edge in same:
            if last is not None and edge.lo <= last.hi + gap:
                last = replace(
                    last,
                    hi=max(last.hi, edge.hi),
                    near=min(last.near, edge.near),
                    far=max(last.far, edge.far),
                )
                continue
            if last is not None:
                out.append(last)
            last = edge
        if last is not None:
            out.append(last)
    return out


def edges_of(rules: Iterable[Rule], width: float, height: float, settings: GridSettings) -> list[Edge]:
    """Clean edges of a page: no shadows, no doubles, no gaps, no specks; the longest ``max_edges``."""
    raw = inside_page((edge_of(r) for r in rules), width, height, settings.page_edge)
    joined = join_edges(snap_edges(raw, settings.snap), settings.join)
    long_enough = [e for e in joined if e.length >= settings.min_edge]
    return sorted(long_enough, key=lambda e: -e.length)[: settings.max_edges]
