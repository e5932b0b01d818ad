"""Drawn straight lines: from paths of many kinds to merged rules.

Producers draw a table's lines as strokes, as outlined rectangles, as thin filled ones, as
frames of two nested rectangles, or as chains of dots.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby, pairwise

from formextract.model import Box, Rule
from formextract.pages.content import Path

THIN = 3.0
"""A filled shape no thicker than this is a line."""
SHORTEST = 5.0
"""Shorter rules are dashes, ticks or parts of signs."""
TICK_BOX = (5.0, 16.5)
"""Side of the squares that are printed to be ticked."""
_STRAIGHT = 0.6
_JOIN_ACROSS, _JOIN_ALONG = 1.0, 2.0


def build_rules(paths: Sequence[Path]) -> list[Rule]:
    """Horizontal and vertical rules of a page, pieces joined, tick boxes left out."""
    pieces: list[Rule] = []
    for _, group in groupby(paths, key=lambda p: p.operation):
        members = list(group)
        framed = _frames(members)
        for index, path in enumerate(members):
            if index in framed:
                if not _is_tick_box(path.box):
                    pieces += _edges(path.box, framed[index])
            else:
                pieces += _pieces(path)
    flat = _merge([r for r in pieces if r.horizontal])
    upright = _merge([r for r in pieces if not r.horizontal])
    return _without_tick_boxes([r for r in flat + upright if _length(r) >= SHORTEST])


def _pieces(path: Path) -> Iterable[Rule]:
    box = path.box
    if path.curved and min(box.width, box.height) > _STRAIGHT:
        return
    if path.filled and min(box.width, box.height) <= THIN:
        yield from _bar(box)
        return
    if not path.stroked:
        return
    points = list(path.points)
    if path.closed and len(points) == 4 and _is_tick_box(box):
        return
    if path.closed and len(points) > 2:
        points.append(points[0])
    half = max(path.line_width, 0.1) / 2
    for (ax, ay), (bx, by) in pairwise(points):
        x0, x1, y0, y1 = min(ax, bx), max(ax, bx), min(ay, by), max(ay, by)
        if y1 - y0 <= _STRAIGHT and x1 - x0 > y1 - y0:
            yield Rule(Box(x0, y0 - half, x1, y1 + half), True)
        elif x1 - x0 <= _STRAIGHT and y1 - y0 > x1 - x0:
            yield Rule(Box(x0 - half, y0, x1 + half, y1), False)


def _bar(box: Box) -> Iterable[Rule]:
    """A thin filled shape; a dot may be part of a line either way."""
    if box.width >= box.height or box.height <= THIN / 2:
        yield Rule(box, True)
    if box.height > box.width or (box.width <= THIN / 2 and box.height <= THIN / 2):
        yield Rule(box, False)


def _frames(members: Sequence[Path]) -> dict[int, float]:
    """Indexes of the outer rectangles of frames, with the width of the frame; inner ones with width 0.

    A frame is a filled rectangle with another one inside it, painted together.
    """
    out: dict[int, float] = {}
    rects = [(i, p.box) for i, p in enumerate(members) if p.filled and not p.curved and len(p.points) == 4]
    for (i, outer), (j, inner) in pairwise(rects):
        if outer.area < inner.area:
            i, j, outer, inner = j, i, inner, outer
        margins = (
            inner.x0 - outer.x0, inner.y0 - outer.y0, outer.x1 - inner.x1, outer.y1 - inner.y1
        )  # fmt: skip
        if i not in out and j not in out and min(margins) >= 0 and 0 < max(margins) <= THIN:
            out[i], out[j] = max(margins), 0.0
    return out


def _edges(box: Box, width: float) -> Iterable[Rule]:
    """The four sides of a frame; nothing for an inner rectangle (width 0)."""
    if width <= 0:
        return
    yield Rule(Box(box.x0, box.y0, box.x1, box.y0 + width), True)
    yield Rule(Box(box.x0, box.y1 - width, box.x1, box.y1), True)
    yield Rule(Box(box.x0, box.y0, box.x0 + width, box.y1), False)
    yield Rule(Box(box.x1 - width, box.y0, box.x1, box.y1), False)


def _merge(rules: list[Rule]) -> list[Rule]:
    """Joins collinear pieces that touch, overlap or nearly do."""
    if not rules:
        return []
    flat = rules[0].horizontal

    def across(b: Box) -> float:
        return b.cy if flat else b.cx

    def start(b: Box) -> float:
        return b.x0 if flat else b.y0

    def end(b: Box) -> float:
        return b.x1 if flat else b.y1

    boxes = sorted((r.box for r in rules), key=lambda b: (across(b), start(b)))
    bands: list[list[Box]] = []
    for box in boxes:
        if bands and across(box) - across(bands[-1][0]) <= _JOIN_ACROSS:
            bands[-1].append(box)
        else:
            bands.append([box])
    out: list[Box] = []
    for band in bands:
        band.sort(key=start)
        current = band[0]
        for box in band[1:]:
            if start(box) <= end(current) + _JOIN_ALONG:
                current = current.union(box)
            else:
                out.append(current)
                current = box
        out.append(current)
    return [Rule(box, flat) for box in out]


def _length(rule: Rule) -> float:
    return rule.box.width if rule.horizontal else rule.box.height


def _is_tick_box(box: Box) -> bool:
    low, high = TICK_BOX
    return low <= box.width <= high and low <= box.height <= high and 0.75 <= box.width / box.height <= 1.33


def _without_tick_boxes(rules: list[Rule]) -> list[Rule]:
    """Takes out squares that are drawn as four lines of their own."""
    short = [i for i, r in enumerate(rules) if _length(r) <= TICK_BOX[1] + 1.5]
    flats = [i for i in short if rules[i].horizontal]
    uprights = [i for i in short if not rules[i].horizontal]
    drop: set[int] = set()
    for n, i in enumerate(flats):
        for j in flats[n + 1 :]:
            hull = rules[i].box.union(rules[j].box)
            if not _is_tick_box(hull) or abs(rules[i].box.x0 - rules[j].box.x0) > 1.5:
                continue
            sides = [
                k
                for k in uprights
                if abs(rules[k].box.y0 - hull.y0) <= 2
                and abs(rules[k].box.y1 - hull.y1) <= 2
                and (abs(rules[k].box.cx - hull.x0) <= 2 or abs(rules[k].box.cx - hull.x1) <= 2)
            ]
            if len(sides) >= 2:
                drop.update([i, j, *sides])
    return [r for i, r in enumerate(rules) if i not in drop]
