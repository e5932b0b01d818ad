"""Printed tick boxes and bracket pairs, and whether they are ticked."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
import numpy.typing as npt

from formextract.imaging.arrays import as_bytes
from formextract.imaging.clean import CleanPage
from formextract.imaging.components import Components, find_components
from formextract.model import Box, Mark, Rule

_SMALLEST, _LARGEST = 5.5, 17.0
"""Side of a printed tick box in points."""
_ROOM_LEFT = 8.0
"""Points of blank paper left of a box."""
_EMPTY_AT, _TICKED_AT = 0.02, 0.055
"""Share of a box's inner field that is inked: below the first it is empty, above the second ticked."""


def find_marks(page: CleanPage, rules: Sequence[Rule] = ()) -> tuple[Mark, ...]:
    """Printed squares and circles of 6 to 16 points that stand before text, and their state.

    Letters (อ, ๐, ด, O), table cells and pictures are told apart: a box is a closed outline of even
    stroke, about as high as wide, larger than the letters about it or square-cornered, with blank
    paper left of it and text right of it, and of about the size of the page's other boxes.
    Sorted top to bottom, then left to right.
    """
    s = page.scale
    outline = find_components(page.gray)
    both = find_components(page.ink)
    letter = _letter_height(outline, s)
    found: list[tuple[Box, str, float]] = []
    for c in (outline, both) if page.ink is not page.gray else (outline,):
        for i in _candidates(c, s):
            hull = Box(c.x0[i] / s, c.y0[i] / s, c.x1[i] / s, c.y1[i] / s)
            # cheap and telling, so first: nearly all letters have a letter close to their left
            if not _stands_before_text(c, hull, s, loose=True):
                continue
            shape = _outline_shape(c, int(i), s)
            if shape is None:
                continue
            x0, y0, x1, y1, kind, quality = shape
            box = Box(x0 / s, y0 / s, x1 / s, y1 / s)
            if kind == "circle" and box.height < max(1.15 * letter, 1.15 * _letters_beside(outline, box, s)):
                continue
            if any(box.intersection(b) is not None for b, _, _ in found):
                continue
            if _is_cell(box, rules) or not _stands_before_text(outline, box, s):
                continue
            found.append((box, kind, quality))
    found = _of_one_size(found)
    marks = [_judge(page, box, kind) for box, kind, _ in found]
    return tuple(sorted(marks, key=lambda m: (m.box.cy, m.box.x0)))


def _letter_height(c: Components, s: float) -> float:
    """Usual letter height in points; wide letters outweigh marks, which are as many but small."""
    keep = (c.h >= 2.5 * s) & (c.h <= 20 * s)
    keep[0] = False
    if not keep.any():
        return 0.0
    h, w = c.h[keep].astype(float), c.w[keep].astype(float)
    order = np.argsort(h)
    weight = (np.minimum(w, 3 * h) * h)[order]
    return float(h[order][np.searchsorted(np.cumsum(weight), weight.sum() / 2)]) / s


def _letters_beside(c: Components, box: Box, s: float) -> float:
    """Median height in points of what stands right of a box, marks left out; 0 if nothing does."""
    beside = (c.x0 >= box.x1 * s) & (c.x0 <= (box.x1 + 70) * s) & (c.h >= 3 * s) & (c.h <= 40 * s)
    beside &= (c.y0 < box.y1 * s) & (c.y1 > box.cy * s)
    beside[0] = False
    return float(np.median(c.h[beside])) / s if beside.any() else 0.0


def _candidates(c: Components, s: float) -> npt.NDArray[np.intp]:
    w, h = c.w / s, c.h / s
    # a tick may reach out of its box by as much again
    ok = (w >= _SMALLEST) & (h >= _SMALLEST) & (w <= 2.4 * _LARGEST) & (h <= 2.4 * _LARGEST)
    ok[0] = False
    return np.nonzero(ok)[0]


def _outline_shape(c: Components, i: int, s: float) -> tuple[float, float, float, float, str, float] | None:
    """(x0, y0, x1, y1, kind, quality) in pixels if component ``i`` holds a box's outline."""
    x0, y0, x1, y1 = int(c.x0[i]), int(c.y0[i]), int(c.x1[i]), int(c.y1[i])
    m = (c.labels[y0:y1, x0:x1] == i).astype(np.uint8)
    square, circle = _find_square(m, s), _find_circle(m, s)
    # strokes inside a ticked circle can pass for a square, which is then much smaller than the circle
    if square is not None and (circle is None or _size(square) > 0.9 * _size(circle)):
        a, b, d, e, q = square
        return x0 + a, y0 + b, x0 + d, y0 + e, "square", q
    if circle is not None:
        a, b, d, e, q = circle
        return x0 + a, y0 + b, x0 + d, y0 + e, "circle", q
    return None


def _size(found: tuple[int, int, int, int, float]) -> int:
    return (found[2] - found[0]) + (found[3] - found[1])


def _runs(profile: npt.NDArray[np.bool_]) -> list[tuple[int, int]]:
    """Half-open ranges where the profile is true."""
    on = np.concatenate([[False], profile, [False]])
    step = np.flatnonzero(on[1:] != on[:-1])
    return [(int(a), int(b)) for a, b in zip(step[::2], step[1::2], strict=True)]


def _find_square(m: npt.NDArray[np.uint8], s: float) -> tuple[int, int, int, int, float] | None:
    """The outline of a square in a component's mask, also with a tick across it."""
    side = max(6, round(0.75 * _SMALLEST * s))
    # one pixel of slack, as for rules: boxes of scans are a little turned
    wide, high = cv2.dilate(m, np.ones((3, 1), np.uint8)), cv2.dilate(m, np.ones((1, 3), np.uint8))
    across = as_bytes(cv2.morphologyEx(wide, cv2.MORPH_OPEN, np.ones((1, side), np.uint8)))
    upright = as_bytes(cv2.morphologyEx(high, cv2.MORPH_OPEN, np.ones((side, 1), np.uint8)))
    rows, cols = _runs(across.max(axis=1) > 0), _runs(upright.max(axis=0) > 0)
    best: tuple[int, int, int, int, float] | None = None
    # an overshooting tick adds runs of its own: every pair of sides is tried
    for y0, y1 in ((a, d) for a, _ in rows for _, d in rows):
        for x0, x1 in ((a, d) for a, _ in cols for _, d in cols):
            bw, bh = (x1 - x0) / s, (y1 - y0) / s
            if not (_SMALLEST <= bw <= _LARGEST and _SMALLEST <= bh <= _LARGEST and 0.8 <= bw / bh <= 1.25):
                continue
            quality = _square_quality(m, across, upright, (x0, y0, x1, y1), s)
            area = (x1 - x0) * (y1 - y0)
            # strokes inside can make a smaller square: the outline is the largest
            if quality is not None and (best is None or area > (best[2] - best[0]) * (best[3] - best[1])):
                best = (x0, y0, x1, y1, quality)
    return best


def _square_quality(
    m: npt.NDArray[np.uint8],
    across: npt.NDArray[np.uint8],
    upright: npt.NDArray[np.uint8],
    at: tuple[int, int, int, int],
    s: float,
) -> float | None:
    """Share of the worst side that is inked if the sides are straight and the corners sharp, else None."""
    x0, y0, x1, y1 = at
    t = max(2, round(1.6 * s))
    box = m[y0:y1, x0:x1]
    sides = [
        box[:t].any(axis=0).mean(),
        box[-t:].any(axis=0).mean(),
        box[:, :t].any(axis=1).mean(),
        box[:, -t:].any(axis=1).mean(),
    ]
    # round letters fill their rim as well: each side must hold a straight stroke of most of its length
    long_x, long_y = max(3, round(0.75 * (x1 - x0))), max(3, round(0.75 * (y1 - y0)))
    flat = cv2.morphologyEx(across[y0:y1, x0:x1], cv2.MORPH_OPEN, np.ones((1, long_x), np.uint8))
    steep = cv2.morphologyEx(upright[y0:y1, x0:x1], cv2.MORPH_OPEN, np.ones((long_y, 1), np.uint8))
    straight = min(
        flat[:t].any(axis=0).mean(),
        flat[-t:].any(axis=0).mean(),
        steep[:, :t].any(axis=1).mean(),
        steep[:, -t:].any(axis=1).mean(),
    )
    # and its corners are sharp: a circle's nearest ink is 0.15 of its width away from them
    k = max(2, round(0.08 * (x1 - x0))) + 1
    sharp = box[:k, :k].any() and box[:k, -k:].any() and box[-k:, :k].any() and box[-k:, -k:].any()
    if min(sides) < 0.85 or straight < 0.7 or not sharp:
        return None
    return float(min(sides))


def _find_circle(m: npt.NDArray[np.uint8], s: float) -> tuple[int, int, int, int, float] | None:
    """The outline of an open or ticked circle in a component's mask."""
    h, w = m.shape
    if not (_SMALLEST * s <= h <= 1.8 * _LARGEST * s and _SMALLEST * s <= w <= 1.8 * _LARGEST * s):
        return None
    best: tuple[int, int, int, int, float] | None = None
    ys, xs = np.nonzero(m)
    trials = [(w / 2.0, h / 2.0, (w + h) / 4.0)]
    if w > _SMALLEST * 1.3 * s or h > _SMALLEST * 1.3 * s:
        trials += _circle_through_outline(m, s)
    for cx, cy, r in trials:
        if not (_SMALLEST / 2 * s <= r <= _LARGEST / 2 * s):
            continue
        dist = np.hypot(xs + 0.5 - cx, ys + 0.5 - cy)
        filled = _rim_share(xs, ys, cx, cy, r - 0.45 * s, 0.75 * s)
        outside = float(np.mean(dist > r + 0.8 * s))
        if filled < 0.95 or outside > 0.35:
            continue
        # letters such as อ and ๐ have a loop or an opening; a printed circle's rim is even all round
        if (best is None or filled > best[4]) and _even_rim(m, cx, cy, r, s):
            x0, y0, x1, y1 = round(cx - r), round(cy - r), round(cx + r), round(cy + r)
            best = (max(0, x0), max(0, y0), min(w, x1), min(h, y1), filled)
    return best


def _rim_share(
    xs: npt.NDArray[np.intp], ys: npt.NDArray[np.intp], cx: float, cy: float, r: float, slack: float
) -> float:
    """Share of 48 directions in which ink lies within ``slack`` of the circle."""
    rim = np.abs(np.hypot(xs + 0.5 - cx, ys + 0.5 - cy) - r) <= slack
    angle = np.arctan2(ys[rim] + 0.5 - cy, xs[rim] + 0.5 - cx)
    return len(np.unique(((angle + np.pi) / (2 * np.pi) * 48).astype(int) % 48)) / 48


def _circle_through_outline(m: npt.NDArray[np.uint8], s: float) -> list[tuple[float, float, float]]:
    """The circle on which most of a component's outer outline lies (random triples, fixed seed)."""
    contours, _ = cv2.findContours(m, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    pts = max(contours, key=len).reshape(-1, 2).astype(float) + 0.5
    if len(pts) < 24:
        return []
    pick = np.random.default_rng(0).integers(0, len(pts), (160, 3))
    a, b, c = pts[pick[:, 0]], pts[pick[:, 1]], pts[pick[:, 2]]
    d = 2 * (a[:, 0] * (b - c)[:, 1] + b[:, 0] * (c - a)[:, 1] + c[:, 0] * (a - b)[:, 1])
    good = np.abs(d) > 1e-6
    a, b, c, d = a[good], b[good], c[good], d[good]
    qa, qb, qc = (np.sum(v * v, axis=1) for v in (a, b, c))
    ux = (qa * (b - c)[:, 1] + qb * (c - a)[:, 1] + qc * (a - b)[:, 1]) / d
    uy = (qa * (c - b)[:, 0] + qb * (a - c)[:, 0] + qc * (b - a)[:, 0]) / d
    r = np.hypot(ux - a[:, 0], uy - a[:, 1])
    fit = (r >= _SMALLEST / 2 * s) & (r <= _LARGEST / 2 * s)
    if not fit.any():
        return []
    ux, uy, r = ux[fit], uy[fit], r[fit]
    far = np.abs(np.hypot(pts[:, 0][None] - ux[:, None], pts[:, 1][None] - uy[:, None]) - r[:, None])
    best = int(np.argmax((far <= 1.2).sum(axis=1)))
    on = pts[far[best] <= 1.5]
    # least squares on the points that lie on it
    sol = np.linalg.lstsq(np.c_[2 * on, np.ones(len(on))], np.sum(on * on, axis=1), rcond=None)[0]
    cx, cy = float(sol[0]), float(sol[1])
    return [(cx, cy, float(np.sqrt(max(1.0, sol[2] + cx * cx + cy * cy))) + 0.5)]


def _even_rim(m: npt.NDArray[np.uint8], cx: float, cy: float, r: float, s: float) -> bool:
    """Whether the outermost ink lies at one distance in nearly all directions."""
    ys, xs = np.nonzero(m)
    angle = ((np.arctan2(ys + 0.5 - cy, xs + 0.5 - cx) + np.pi) / (2 * np.pi) * 36).astype(int) % 36
    dist = np.hypot(xs + 0.5 - cx, ys + 0.5 - cy)
    # what lies outside is an overshooting tick
    inside = dist <= r + 0.9 * s
    reach = np.zeros(36)
    np.maximum.at(reach, angle[inside], dist[inside])
    crossed = np.zeros(36, dtype=bool)
    crossed[angle[~inside]] = True
    reach = reach[~crossed]
    if len(reach) < 24:
        return False
    return bool(np.std(reach[reach > 0]) <= 0.06 * r + 0.12 * s and (reach > 0.85 * r).mean() > 0.94)


def _is_cell(box: Box, rules: Sequence[Rule]) -> bool:
    """Whether the box's sides are pieces of longer rules: a small table cell."""
    near = box.grown(1.5)
    long = [r for r in rules if max(r.box.width, r.box.height) > 1.6 * box.width and near.intersection(r.box)]
    return len(long) >= 2


def _stands_before_text(c: Components, box: Box, s: float, loose: bool = False) -> bool:
    """Blank paper left of the box, and ink of letter size on its right within 20 points.

    ``loose``: the box's right part may be an overshooting tick, so text may begin before its edge.
    """
    top, bottom = (box.y0 + 0.2 * box.height) * s, (box.y1 - 0.2 * box.height) * s
    h = c.y1 - c.y0
    row = np.nonzero((c.y0 < bottom) & (c.y1 > top) & (h >= 2.0 * s) & (h < 40 * s))[0]
    row = row[row > 0]
    # a blank between words is 3 to 6 points wide; boxes stand farther off
    left = (c.x1[row] > (box.x0 - _ROOM_LEFT) * s) & (c.x1[row] <= (box.x0 + 0.3) * s)
    begin = box.x0 + 5.0 if loose else box.x1 - 0.3
    right = (c.x0[row] >= begin * s) & (c.x0[row] <= (box.x1 + 20) * s)
    return bool(not left.any() and right.any())


def _of_one_size(found: list[tuple[Box, str, float]]) -> list[tuple[Box, str, float]]:
    """Boxes of the page's usual size; a lone odd one among several is a letter or a drawing."""
    if len(found) < 3:
        return found
    usual = float(np.median([(b.width + b.height) / 2 for b, _, _ in found]))
    return [f for f in found if abs((f[0].width + f[0].height) / 2 - usual) <= 0.3 * usual]


def _judge(page: CleanPage, box: Box, kind: str) -> Mark:
    """Ink inside the outline, at twice the outline's stroke away from it."""
    s = page.scale
    side = (box.width + box.height) / 2
    inset = 0.2 * side if kind == "square" else 0.24 * side
    f = box.grown(-inset)
    x0, y0, x1, y1 = (round(v * s) for v in (f.x0, f.y0, f.x1, f.y1))
    field = page.ink[max(0, y0) : y1, max(0, x0) : x1]
    if not field.size:
        return Mark(box, None, 0.0, "circle" if kind == "circle" else "square")
    share = float(np.mean(field < 160))
    return Mark(box, *judge_share(share), "circle" if kind == "circle" else "square")


def judge_share(share: float) -> tuple[bool | None, float]:
    """(checked, score) of a field of which ``share`` is inked; None between empty and ticked."""
    if share >= _TICKED_AT:
        return True, min(1.0, 0.7 + 0.3 * (share - _TICKED_AT) / 0.08)
    if share <= _EMPTY_AT:
        return False, min(1.0, 0.7 + 0.3 * (_EMPTY_AT - share) / _EMPTY_AT)
    return None, 0.5
