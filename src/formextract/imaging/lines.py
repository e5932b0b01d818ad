"""Text lines: which ink belongs to which printed line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from formextract.imaging.clean import CleanPage
from formextract.imaging.components import Components, find_components, grow_faint, split_component
from formextract.imaging.crops import cut_line
from formextract.imaging.leaders import find_leaders, remove_leaders
from formextract.imaging.rules import remove_rules
from formextract.model import Box, LineImage, Mark, Rule

LineCrop = LineImage
"""What ``find_lines`` gives: the room's own name for ``model.LineImage``."""

_GAP = 7.0
"""Letter heights of blank paper that end a line; about 3 em of Thai print."""
_BODY = 0.62
"""Share of the usual letter height from which on a component counts as a letter and not as a mark."""


@dataclass
class _Line:
    """A line being built; pixels."""

    parts: list[int]
    """Component numbers."""
    height: float
    """Height of its letters without marks."""
    base: float
    """Baseline at x = 0."""
    slope: float
    """Baseline's fall for each pixel to the right."""
    x0: float
    x1: float
    region: int

    def bottom(self, x: float) -> float:
        return self.base + self.slope * x

    def top(self, x: float) -> float:
        return self.bottom(x) - self.height


def find_lines(
    page: CleanPage,
    *,
    rules: Sequence[Rule] = (),
    marks: Sequence[Mark] = (),
    cells: Sequence[Box] = (),
) -> list[LineCrop]:
    """Text lines of a page, top to bottom and left to right within each region.

    Each box of ``cells`` (points, inner extent) is a region of its own; the rest of the page is one
    more.  A line ends where blank paper is wider than about 3 em, so that columns, signature blocks
    and values on leaders come as pieces.  Rules, leaders, tick boxes and other lines' ink are not in
    the crops.  Slivers of lines cut by the image's edge are left out.
    """
    s = page.scale
    gray = remove_rules(page.gray, rules, s)
    gray = remove_leaders(gray, find_leaders(page), s)
    for m in marks:
        if m.kind != "brackets":
            b = m.box.grown(0.8)
            x0, y0, x1, y1 = (max(0, round(v * s)) for v in (b.x0, b.y0, b.x1, b.y1))
            gray[y0:y1, x0:x1] = 255
    c = find_components(gray)
    region = _regions(c, cells, s)
    attached = grow_faint(gray, c, s)
    usable = _usable(c, region, marks, cells, s, attached)
    if not usable.any():
        return []
    usual = _usual_height(c, usable, s)
    lines: list[_Line] = []
    for r in np.unique(region[usable]):
        own = np.nonzero(usable & (region == r))[0]
        lines += _lines_of_region(c, own, int(r), usual, s)
    lines = [ln for ln in lines if not _is_sliver(c, ln, usual)]
    lines.sort(key=lambda ln: (ln.region, round(ln.bottom(ln.x0) / (0.8 * usual)), ln.x0))
    owner = np.full(len(c), -1, dtype=np.int32)
    for k, ln in enumerate(lines):
        owner[ln.parts] = k
    crops = [cut_line(gray, c, owner, k, s, ln.region, page.noise) for k, ln in enumerate(lines)]
    return sorted(
        crops,
        key=lambda k: (-1 if k.cell is None else k.cell, k.box.y0 if k.cell is None else k.box.cy, k.box.x0),
    )


def _regions(c: Components, cells: Sequence[Box], s: float) -> npt.NDArray[np.int32]:
    """Cell index of each component by its middle, -1 outside cells."""
    out = np.full(len(c), -1, dtype=np.int32)
    cx, cy = (c.x0 + c.x1) / (2 * s), (c.y0 + c.y1) / (2 * s)
    for k, b in enumerate(cells):
        out[(cx >= b.x0) & (cx <= b.x1) & (cy >= b.y0) & (cy <= b.y1)] = k
    return out


def _usable(
    c: Components,
    region: npt.NDArray[np.int32],
    marks: Sequence[Mark],
    cells: Sequence[Box],
    s: float,
    attached: npt.NDArray[np.bool_],
) -> npt.NDArray[np.bool_]:
    """Components that can be print: no specks, no residue of rules, no pictures, no ticks."""
    w, h = c.w / s, c.h / s
    size = np.maximum(w, h)
    # a thin tone mark of a fax is a few pixels, but longer than dust
    ok = ((c.area >= 0.4 * s * s) & (size >= 0.6)) | ((c.area >= 0.2 * s * s) & (size >= 1.15)) | attached
    ok &= (h <= 45) & ~((w > 150) & (h > 25))
    # remains of rules: long and thin
    ok &= ~((w > 12) & (w > 9 * h)) & ~((h > 16) & (h > 9 * w))
    # pictures and seals are far denser or far larger than print
    ok &= ~((w > 60) & (h > 30))
    ok[0] = False
    x0, y0, x1, y1 = c.x0 / s, c.y0 / s, c.x1 / s, c.y1 / s
    for m in marks:
        if m.kind == "brackets":
            continue
        b = m.box.grown(1.2)
        # a tick that overshoots its box reaches a little to the right and up
        ok &= ~((x0 < b.x1) & (x1 > b.x0) & (y0 < b.y1) & (y1 > b.y0) & (x1 < b.x1 + 0.7 * b.width))
    for k, b in enumerate(cells):
        # the cell's own border, where some of it is left
        edge = (region == k) & ((x1 < b.x0 + 1.5) | (x0 > b.x1 - 1.5) | (y1 < b.y0 + 1.0) | (y0 > b.y1 - 1.0))
        ok &= ~(edge & (np.minimum(w, h) < 1.2))
    return ok


def _usual_height(c: Components, usable: npt.NDArray[np.bool_], s: float) -> float:
    """Height in pixels of the page's usual letter without marks."""
    h, w = c.h[usable].astype(float), c.w[usable].astype(float)
    keep = (h >= 2.2 * s) & (h <= 22 * s)
    if keep.sum() < 3:
        return float(max(2.5 * s, np.max(h)))
    # wide letters outweigh marks, which are as many but narrow and low
    weight = np.minimum(w, 3 * h)[keep] * h[keep]
    order = np.argsort(h[keep])
    return float(h[keep][order][np.searchsorted(np.cumsum(weight[order]), weight.sum() / 2)]) * 0.9


def _link(c: Components, parts: npt.NDArray[np.intp], reach: float, overlap: float = 0.5) -> list[list[int]]:
    """Components chained to their neighbours on the right with which they share most of their height."""
    order = parts[np.argsort(c.x0[parts], kind="stable")]
    x0, x1 = c.x0[order].astype(float), c.x1[order].astype(float)
    y0, y1 = c.y0[order].astype(float), c.y1[order].astype(float)
    h = y1 - y0
    parent = list(range(len(order)))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    for i in range(len(order)):
        end = int(np.searchsorted(x0, x1[i] + reach, side="right"))
        if end <= i + 1:
            continue
        j = slice(i + 1, end)
        common = np.minimum(y1[i], y1[j]) - np.maximum(y0[i], y0[j])
        good = np.nonzero(common >= overlap * np.maximum(h[i], h[j]))[0]
        for g in good[:3]:
            a, b = root(i), root(i + 1 + int(g))
            if a != b:
                parent[b] = a
    groups: dict[int, list[int]] = {}
    for i in range(len(order)):
        groups.setdefault(root(i), []).append(int(order[i]))
    return list(groups.values())


def _fit(c: Components, parts: list[int], region: int) -> _Line:
    """Baseline and letter height of a group of letters."""
    p = np.array(parts)
    h = c.h[p].astype(float)
    # letters whose marks touch them are higher: the lower third is bare letters
    height = float(np.percentile(h, 35))
    plain = p[(h < 1.35 * height) & (h > 0.7 * height)]
    plain = plain if len(plain) else p
    x, y = (c.x0[plain] + c.x1[plain]) / 2.0, c.y1[plain].astype(float)
    slope = 0.0
    if len(plain) >= 8 and np.ptp(x) > 12 * height:
        fit = np.polyfit(x, y, 1)
        rest = np.abs(y - np.polyval(fit, x))
        good = rest <= max(2.0, 2 * float(np.median(rest)))
        if good.sum() >= 6:
            fit = np.polyfit(x[good], y[good], 1)
        slope = float(fit[0]) if abs(fit[0]) < 0.06 else 0.0
    base = float(np.median(y - slope * x))
    return _Line(list(parts), height, base, slope, float(c.x0[p].min()), float(c.x1[p].max()), region)


def _lines_of_region(
    c: Components, own: npt.NDArray[np.intp], region: int, usual: float, s: float
) -> list[_Line]:
    body = own[(c.h[own] >= _BODY * usual)]
    lines = [_fit(c, g, region) for g in _link(c, body, _GAP * usual)] if len(body) else []
    lines = _absorb_mark_rows(c, lines)
    lines = _merge_rows(c, lines)
    extra = _split_tall(c, lines, region)
    taken = {i for ln in lines for i in ln.parts}
    rest = [int(i) for i in [*own, *extra] if int(i) not in taken]
    left = _assign(c, lines, rest)
    if left:
        # print too small to be letters here: footnotes, a lone dash that says nil
        p = np.array(left)
        p = p[(c.area[p] >= 1.2 * s * s) & (np.maximum(c.w[p], c.h[p]) >= 1.6 * s)]
        if len(p):
            small = [_fit(c, g, region) for g in _link(c, p, 3 * usual, 0.4)]
            lines += [ln for ln in small if ln.x1 - ln.x0 >= 1.8 * s]
            again = [i for i in left if i not in {j for ln in small for j in ln.parts}]
            _assign(c, lines, again)
    return lines


def _absorb_mark_rows(c: Components, lines: list[_Line]) -> list[_Line]:
    """Rows of vowels and tone marks close above or below a line are part of it.

    Even at the tightest leading in use (16 pt on 16-pt lines) two letter heights of room lie between
    the letters of one line and of the next, so what is nearer than 0.9 cannot be a line of its own.
    """
    kept: list[_Line] = []
    for ln in sorted(lines, key=lambda q: -float(c.w[q.parts].sum()) * min(q.height, 1e9)):
        for big in kept:
            # one stack of marks, or a few against a long line
            narrow = ln.x1 - ln.x0 <= 1.2 * big.height
            narrow |= float(c.w[ln.parts].sum()) <= 0.3 * float(c.w[big.parts].sum())
            if not (ln.height <= 0.75 * big.height or (narrow and ln.height <= 1.2 * big.height)):
                continue
            if ln.x1 < big.x0 - big.height or ln.x0 > big.x1 + big.height:
                continue
            xm = min(max((ln.x0 + ln.x1) / 2, big.x0), big.x1)
            above = big.top(xm) - ln.bottom(xm)
            below = ln.top(xm) - big.bottom(xm)
            if (-0.3 * big.height <= above <= 0.9 * big.height) or (
                -0.2 * big.height <= below <= 0.35 * big.height and ln.height <= 0.75 * big.height
            ):
                big.parts += ln.parts
                big.x0, big.x1 = min(big.x0, ln.x0), max(big.x1, ln.x1)
                break
        else:
            kept.append(ln)
    return kept


def _merge_rows(c: Components, lines: list[_Line]) -> list[_Line]:
    """Pieces of one row that chaining missed, such as a tall bracket beside low letters."""
    todo = sorted(lines, key=lambda q: q.x0)
    merged = True
    while merged:
        merged = False
        for i, a in enumerate(todo):
            for j in range(i + 1, len(todo)):
                b = todo[j]
                h = max(a.height, b.height)
                if b.x0 - a.x1 > _GAP * h:
                    continue
                x = min(max(b.x0, a.x0), a.x1)
                common = min(a.bottom(x), b.bottom(x)) - max(a.top(x), b.top(x))
                if common >= 0.55 * min(a.height, b.height) and max(a.height, b.height) < 2.6 * min(
                    a.height, b.height
                ):
                    big = a if len(a.parts) >= len(b.parts) else b
                    big.parts = a.parts + b.parts
                    big.x0, big.x1 = min(a.x0, b.x0), max(a.x1, b.x1)
                    todo = [q for q in todo if q is big or (q is not a and q is not b)]
                    merged = True
                    break
            if merged:
                break
    return todo


def _split_tall(c: Components, lines: list[_Line], region: int) -> list[int]:
    """Cut components that join two lines (a lower vowel touching a tone mark below it); new numbers.

    The parts are taken off their lines, to be assigned anew.
    """
    new: list[int] = []
    for ln in list(lines):
        for i in list(ln.parts):
            if c.h[i] < 2.2 * ln.height:
                continue
            x = (c.x0[i] + c.x1[i]) / 2.0
            hit = [
                q
                for q in lines
                if q.x0 - q.height <= x <= q.x1 + q.height
                and min(q.bottom(x), c.y1[i]) - max(q.top(x), c.y0[i]) >= 0.6 * q.height
            ]
            if len(hit) < 2:
                continue
            hit.sort(key=lambda q: q.bottom(x))
            a, b = hit[0], hit[1]
            lo, hi = int(a.bottom(x)) + 1, int(b.top(x))
            if (
                hi - lo < 2
                or (len(a.parts) == 1 and a.parts[0] == i)
                or (len(b.parts) == 1 and b.parts[0] == i)
            ):
                continue
            view = c.labels[lo:hi, c.x0[i] : c.x1[i]] == i
            row = lo + int(np.argmin(view.sum(axis=1)))
            ln.parts.remove(i)
            new += [i, split_component(c, i, row)]
    return [*new]


def _assign(c: Components, lines: list[_Line], rest: list[int]) -> list[int]:
    """Give marks and points to the line whose ink is nearest; returns what no line can own.

    Nearest first, so that a tone mark above a vowel follows the vowel to its letter.
    """
    if not lines:
        return rest
    boxes: list[tuple[float, float, float, float]] = []
    whose: list[int] = []
    for k, ln in enumerate(lines):
        for i in ln.parts:
            boxes.append((c.x0[i], c.y0[i], c.x1[i], c.y1[i]))
            whose.append(k)
    have, own = np.array(boxes, dtype=float), np.array(whose)
    todo = {i: _best_owner(c, i, have, own, lines) for i in rest}
    while todo:
        i = min(todo, key=lambda q: todo[q][0])
        cost, k = todo.pop(i)
        if cost == np.inf:
            return [i, *todo]
        lines[k].parts.append(i)
        lines[k].x0, lines[k].x1 = min(lines[k].x0, float(c.x0[i])), max(lines[k].x1, float(c.x1[i]))
        grown = np.array([[c.x0[i], c.y0[i], c.x1[i], c.y1[i]]], dtype=float)
        for j, (old, _) in todo.items():
            # only what stands near the newcomer can now be nearer to the line
            if abs(c.x0[j] - c.x0[i]) > 6 * lines[k].height or abs(c.y0[j] - c.y0[i]) > 3 * lines[k].height:
                continue
            cost_j, _ = _best_owner(c, j, grown, np.array([k]), lines)
            if cost_j < old:
                todo[j] = (cost_j, k)
    return []


def _best_owner(
    c: Components, i: int, have: npt.NDArray[np.float64], own: npt.NDArray[np.int_], lines: list[_Line]
) -> tuple[float, int]:
    """(cost, line) of the line nearest to a component; cost is infinite where none may own it."""
    x0, y0, x1, y1 = float(c.x0[i]), float(c.y0[i]), float(c.x1[i]), float(c.y1[i])
    dx = np.maximum(0.0, np.maximum(have[:, 0] - x1, x0 - have[:, 2]))
    dy = np.maximum(0.0, np.maximum(have[:, 1] - y1, y0 - have[:, 3]))
    near = np.nonzero((dx < 6 * max(ln.height for ln in lines)) & (dy < 2 * max(ln.height for ln in lines)))[
        0
    ]
    best: tuple[float, int] = (np.inf, -1)
    xm, ym = (x0 + x1) / 2, (y0 + y1) / 2
    for k in np.unique(own[near]):
        ln = lines[int(k)]
        mine = near[own[near] == k]
        top, bottom, h = ln.top(xm), ln.bottom(xm), ln.height
        # lower vowels end three quarters of a letter below the line; lower down stand the next line's tones
        if y1 - y0 > 3.0 * h or ym < top - 2.2 * h or ym > bottom + 0.72 * h:
            continue
        inside = top - 0.1 * h <= ym <= bottom + 0.25 * h
        gap_x, gap_y = dx[mine], dy[mine]
        if inside:
            cost = float(gap_x.min()) / h
            limit = 5.0
        else:
            # a mark stands over or under ink of its own line
            cost = float(np.min(gap_y + 2.5 * np.maximum(0.0, gap_x - 0.15 * h))) / h + 0.15
            limit = 1.2
        if cost <= limit and cost < best[0]:
            best = (cost, int(k))
    return best


def _is_sliver(c: Components, ln: _Line, usual: float) -> bool:
    """Whether the image's edge cut the line so that less than its letters is left."""
    h, _ = c.labels.shape
    p = np.array(ln.parts)
    top, bottom = int(c.y0[p].min()), int(c.y1[p].max())
    low = bottom - top < 0.75 * usual
    # marks of a line whose letters lie beyond the edge need not touch the edge themselves
    if low and (bottom >= h - 1.2 * usual or top <= 1.2 * usual):
        return True
    at_edge = (c.y0[p] <= 1) | (c.y1[p] >= h - 1)
    return bool(at_edge.mean() > 0.5 and ln.height < 0.8 * usual)
