"""Drawn straight lines: found, and lifted off the letters they touch."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
import numpy.typing as npt

from formextract.imaging.arrays import as_bytes
from formextract.imaging.clean import CleanPage
from formextract.model import Box, GrayImage, Rule

_INK = 150
"""Darker pixels are ink."""
_PALE = 205
"""Darker pixels belong to a stroke's soft edge."""
_MIN_ACROSS = 20.0
"""Shortest horizontal rule in points; Thai letters have no longer horizontal stroke below 60 pt type."""
_MIN_UPRIGHT = 15.0
"""Shortest vertical rule: higher than a letter, lower than a table row."""
_MAX_STROKE = 5.0
"""Thickest rule in points; thicker things are bars, photographs, seals."""
_BRIDGE = 5.0
"""Gaps up to this many points within a rule are breaks of the print, not ends."""
_MAX_TOUCHED = 0.25
"""Share of a rule's length on which other ink stands against it.  Measured on simulated scans: rules
of tables, boxes and underlines stay below 0.06; heads of bold letters run together, which look like
a rule, have letters hanging on at least 0.3 of them."""
_TOUCH = 1.6
"""Points above and below a rule in which ink is looked for."""


def find_rules(page: CleanPage) -> tuple[Rule, ...]:
    """All horizontal and vertical rules, top to bottom, then left to right.

    Works through breaks of up to 5 points, through letters that touch, and through what skew is
    left.  A vertical stroke shorter than 30 points counts only where it meets a horizontal rule.
    """
    s = page.scale
    ink = (page.gray < _INK).astype(np.uint8)
    across = [b for b in _long_strokes(ink, s, _MIN_ACROSS) if _touched(ink, b, s) <= _MAX_TOUCHED]
    upright = [_flip(b) for b in _long_strokes(np.ascontiguousarray(ink.T), s, _MIN_UPRIGHT)]
    kept = [
        v for v in upright if v.height >= 30 or any(b.grown(3).intersection(v) is not None for b in across)
    ]
    rules = [Rule(b, True) for b in across] + [Rule(b, False) for b in kept]
    return tuple(sorted(rules, key=lambda r: (r.box.y0, r.box.x0)))


def _touched(ink: npt.NDArray[np.uint8], b: Box, s: float) -> float:
    """Share of a horizontal stroke's length with ink just above or just below it.

    Measured in pieces of 10 points, so that a slope does not count as ink.
    """
    x0, x1 = int(b.x0 * s), int(b.x1 * s)
    reach = max(2, round(_TOUCH * s))
    touched = length = 0
    for left in range(x0, x1, max(8, round(10 * s))):
        right = min(x1, left + max(8, round(10 * s)))
        y0 = max(0, int(b.y0 * s) - 2)
        piece = ink[y0 : int(b.y1 * s) + 3, left:right]
        rows = np.nonzero(piece.mean(axis=1) > 0.5)[0] if piece.size else np.zeros(0, dtype=np.intp)
        if not len(rows):
            continue
        # one pixel next to the stroke is its own soft edge
        top, bottom = y0 + int(rows[0]) - 1, y0 + int(rows[-1]) + 2
        above = ink[max(0, top - reach) : max(0, top), left:right].any(axis=0)
        below = ink[bottom : bottom + reach, left:right].any(axis=0)
        touched += int(np.count_nonzero(above | below))
        length += right - left
    return touched / length if length else 1.0


def _flip(b: Box) -> Box:
    return Box(b.y0, b.x0, b.y1, b.x1)


def _long_strokes(ink: npt.NDArray[np.uint8], s: float, shortest: float) -> list[Box]:
    """Horizontal strokes of an ink mask (1 ink, 0 paper; ``s`` pixels per point) as boxes in points."""
    need = max(8, round(shortest * 0.6 * s))
    # one pixel of slack up and down lets a slightly sloping stroke pass the long flat kernel
    thick = cv2.dilate(ink, np.ones((3, 1), np.uint8))
    flat = as_bytes(cv2.morphologyEx(thick, cv2.MORPH_OPEN, np.ones((1, need), np.uint8))) & ink
    flat = as_bytes(cv2.morphologyEx(flat, cv2.MORPH_CLOSE, np.ones((1, max(3, round(1.5 * s))), np.uint8)))
    n, _, stats, _ = cv2.connectedComponentsWithStats(flat, connectivity=8)
    parts: list[tuple[int, int, int, int]] = []
    for x, y, w, h, area in stats[1:n]:
        stroke = area / max(1, w)
        level = h <= max(3 * stroke, 0.02 * w + 4)
        if stroke <= _MAX_STROKE * s and w >= max(4 * stroke, 0.5 * need) and level:
            parts.append((int(x), int(y), int(x + w), int(y + h)))
    out = []
    for x0, y0, x1, y1 in _join_collinear(parts, s):
        if x1 - x0 >= shortest * s:
            out.append(Box(x0 / s, y0 / s, x1 / s, y1 / s))
    return out


def _join_collinear(parts: list[tuple[int, int, int, int]], s: float) -> list[tuple[int, int, int, int]]:
    """Pieces on one line with small gaps become one."""
    todo = sorted(parts)
    out: list[list[int]] = []
    for x0, y0, x1, y1 in todo:
        for o in out:
            near = x0 - o[2] <= _BRIDGE * s and y0 <= o[5] + 1.2 * s and y1 >= o[4] - 1.2 * s
            if near and x0 >= o[0]:
                o[2] = max(o[2], x1)
                o[1], o[3] = min(o[1], y0), max(o[3], y1)
                if x1 >= o[2]:
                    o[4], o[5] = y0, y1
                break
        else:
            out.append([x0, y0, x1, y1, y0, y1])
    return [(o[0], o[1], o[2], o[3]) for o in out]


def remove_rules(gray: GrayImage, rules: Sequence[Rule], scale: float) -> GrayImage:
    """A copy with the rules painted white, save where a letter's stroke runs through.

    ``scale`` is pixels per point of ``gray``.  A column of a horizontal rule is kept where there
    is ink both just above and just below: that is a stroke crossing, not the rule.
    """
    out = gray.copy()
    turned = out.T
    for rule in rules:
        img = out if rule.horizontal else turned
        b = rule.box if rule.horizontal else _flip(rule.box)
        _lift(img, b, scale)
    return out


def _lift(img: GrayImage, b: Box, s: float) -> None:
    """Paint one horizontal rule white, tile by tile so that a slight slope does not matter."""
    h, w = img.shape
    x0, x1 = max(0, int(b.x0 * s) - 2), min(w, round(b.x1 * s) + 3)
    y0, y1 = max(0, int(b.y0 * s) - 2), min(h, round(b.y1 * s) + 3)
    step = max(8, round(40 * s))
    for left in range(x0, x1, step):
        right = min(x1, left + step)
        ink = img[y0:y1, left:right] < _PALE
        if not ink.size:
            continue
        rows = np.nonzero(ink.mean(axis=1) > 0.5)[0]
        if not len(rows):
            rows = np.nonzero(ink.mean(axis=1) > 0.2)[0]
            if not len(rows):
                continue
        top, bottom = max(0, y0 + int(rows[0]) - 1), min(h, y0 + int(rows[-1]) + 2)
        above, below = img[max(0, top - 2) : top, left:right], img[bottom : bottom + 2, left:right]
        band = img[top:bottom, left:right]
        if above.size and below.size:
            crossing = (above < _INK).any(axis=0) & (below < _INK).any(axis=0)
            band[:, ~crossing] = 255
        else:
            band[:] = 255
