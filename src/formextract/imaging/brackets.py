"""Bracket pairs ``(   )`` printed to be ticked, and what stands between them."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from formextract.imaging.clean import CleanPage
from formextract.imaging.components import Components, find_components
from formextract.model import Box

_EMPTY_AT, _TICKED_AT = 0.012, 0.05
"""Ink between the brackets as a share of the bracket's height squared: empty below, ticked above."""
_WIDEST = 6.0
"""Distance of the two brackets in bracket heights at most."""


def bracket_state(page: CleanPage, box: Box) -> tuple[bool | None, float]:
    """(checked, score) of the bracket pair that stands within ``box`` (points, upright frame).

    ``box`` is the region left of a label, one line high.  ``checked`` is None where no pair is seen
    or where what stands between is too little for a tick and too much for paper; score 0 means that
    no pair was found.  Blue ink counts.  A tick that touches a bracket counts as a tick.
    """
    s = page.scale
    x0, y0 = max(0, int(box.x0 * s)), max(0, int((box.y0 - 2) * s))
    patch = page.ink[y0 : round((box.y1 + 2) * s), x0 : round(box.x1 * s)]
    if min(patch.shape) < 8:
        return None, 0.0
    c = find_components(patch, 160)
    tall = [i for i in range(1, len(c)) if c.h[i] >= 5.0 * s and c.h[i] <= 24 * s]
    opening = [i for i in tall if _bulge(c, i, left=True)]
    closing = [i for i in tall if _bulge(c, i, left=False)]
    for a in sorted(opening, key=lambda i: int(c.x0[i]), reverse=True):
        for b in sorted(closing, key=lambda i: int(c.x1[i])):
            if a == b:
                if c.w[a] > 0.5 * c.h[a]:
                    # one piece of ink from bracket to bracket: the tick joins them
                    return True, 0.7
                continue
            h = (float(c.h[a]) + float(c.h[b])) / 2
            gap = float(c.x0[b] - c.x1[a])
            same = min(c.y1[a], c.y1[b]) - max(c.y0[a], c.y0[b]) >= 0.6 * h
            slim = c.w[a] <= 0.5 * h and c.w[b] <= 0.5 * h
            if not same or c.x1[b] <= c.x0[a] or gap > _WIDEST * h:
                continue
            if not slim:
                return True, 0.7
            if gap >= 0.25 * h:
                return _judge(c, a, b, h)
    return None, 0.0


def _judge(c: Components, a: int, b: int, h: float) -> tuple[bool | None, float]:
    """State of the field between two slim brackets."""
    y0, y1 = int(min(c.y0[a], c.y0[b])), int(max(c.y1[a], c.y1[b]))
    field = c.labels[max(0, y0 - int(0.2 * h)) : y1, c.x1[a] : c.x0[b]]
    share = float(np.count_nonzero((field > 0) & (field != a) & (field != b))) / (h * h)
    if share >= _TICKED_AT:
        return True, min(1.0, 0.75 + (share - _TICKED_AT) * 2)
    if share <= _EMPTY_AT:
        return False, min(1.0, 0.75 + (_EMPTY_AT - share) / _EMPTY_AT * 0.25)
    return None, 0.4


def _bulge(c: Components, i: int, *, left: bool) -> bool:
    """Whether a component's left (right) side is bent like an opening (closing) bracket."""
    m = c.labels[c.y0[i] : c.y1[i], c.x0[i] : c.x1[i]] == i
    m = m if left else m[:, ::-1]
    h, w = m.shape
    edge = _edge(m)
    middle = float(np.median(edge[int(0.35 * h) : int(0.65 * h) + 1]))
    top = float(np.median(edge[: max(1, int(0.12 * h))]))
    bottom = float(np.median(edge[h - max(1, int(0.12 * h)) :]))
    bent = 0.06 * h
    # the bracket's own stroke ends a quarter of its height further in, a letter's side much less often
    return bool(middle <= 0.12 * h and top - middle >= bent and bottom - middle >= bent and w >= 0.1 * h)


def _edge(m: npt.NDArray[np.bool_]) -> npt.NDArray[np.int_]:
    """Column of the first ink in each row; the width where a row has none."""
    out: npt.NDArray[np.int_] = np.where(m.any(axis=1), m.argmax(axis=1), m.shape[1])
    return out
