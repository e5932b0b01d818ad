"""Dotted leaders: the rows of dots that forms print for values to stand on."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from formextract.imaging.clean import CleanPage
from formextract.imaging.components import Components, find_components
from formextract.model import Box, GrayImage

_DOT_HEIGHT = 2.0
"""Points; a dot of 20-pt type is 1.6 high."""
_PIECE_WIDTH = 14.0
"""Points; blur runs neighbouring dots into dashes."""
_MAX_GAP = 7.0
"""Points between two dots of one leader."""
_SHORTEST = 9.0
"""Points from the first dot to the last."""
_FEWEST = 4
"""Dots that make a leader; three are an ellipsis, which the text normaliser knows."""


def find_leaders(page: CleanPage, components: Components | None = None) -> tuple[Box, ...]:
    """Runs of dots at regular distance on one baseline, as boxes just around the dots.

    Tone marks and periods of abbreviations look alike one by one; they are told apart by irregular
    distance, by letters close below (marks), and by letters between (abbreviations).
    """
    s = page.scale
    c = find_components(page.gray) if components is None else components
    small = np.nonzero(
        (c.h <= _DOT_HEIGHT * s) & (c.h >= 0.3 * s) & (c.w <= _PIECE_WIDTH * s) & (c.area >= 0.15 * s * s)
    )[0]
    small = small[(small > 0) & ((c.w[small] <= 2.4 * s) | (c.h[small] <= 1.5 * s))]
    order = small[np.lexsort((c.x0[small], c.y1[small]))]
    runs: list[list[int]] = []
    for row in _rows_of(c, order, s):
        runs += _regular_runs(c, row, s)
    out = []
    for run in runs:
        if _stands_on_letters(c, run, s) or c.x1[run].max() - c.x0[run].min() < _SHORTEST * s:
            continue
        out.append(
            Box(
                float(c.x0[run].min() / s),
                float(c.y0[run].min() / s),
                float(c.x1[run].max() / s),
                float(c.y1[run].max() / s),
            )
        )
    return tuple(sorted(out, key=lambda b: (b.y0, b.x0)))


def _rows_of(c: Components, order: np.ndarray, s: float) -> list[list[int]]:
    """Dots gathered by their bottom edge; a row may drift by half a point between neighbours."""
    cy = (c.y0 + c.y1) / 2.0
    rows: list[list[int]] = []
    used: set[int] = set()
    by_x = sorted((int(i) for i in order), key=lambda i: int(c.x0[i]))
    xs = np.array([c.x0[i] for i in by_x])
    ys = np.array([cy[i] for i in by_x])
    for k, i in enumerate(by_x):
        if i in used:
            continue
        row, at = [i], k
        used.add(i)
        while True:
            hi = int(np.searchsorted(xs, c.x1[by_x[at]] + _MAX_GAP * s, side="right"))
            near = [
                j
                for j in range(at + 1, hi)
                if abs(ys[j] - ys[at]) <= 0.5 * s and by_x[j] not in used and xs[j] >= c.x1[by_x[at]]
            ]
            if not near:
                break
            at = near[0]
            row.append(by_x[at])
            used.add(by_x[at])
        if len(row) >= _FEWEST:
            rows.append(row)
    return rows


def _regular_runs(c: Components, row: list[int], s: float) -> list[list[int]]:
    """Cut a row of dots where a gap is out of step, and keep runs that are regular."""
    gaps = np.array([c.x0[b] - c.x1[a] for a, b in pairwise(row)], dtype=float)
    usual = float(np.median(gaps))
    cut = [k + 1 for k, g in enumerate(gaps) if g > 1.7 * usual + 0.6 * s]
    out = []
    for a, b in zip([0, *cut], [*cut, len(row)], strict=True):
        run, own = row[a:b], gaps[a : b - 1]
        if len(run) < _FEWEST or not len(own):
            continue
        spread = float(np.std(own))
        heights = c.h[run].astype(float)
        even = heights.std() <= 0.25 * heights.mean() + 0.15 * s
        if spread <= 0.3 * float(own.mean()) + 0.25 * s and even:
            out.append(run)
    return out


def _stands_on_letters(c: Components, run: list[int], s: float) -> bool:
    """Whether most dots have ink close below, as tone marks have and leaders have not."""
    h = c.labels.shape[0]
    hits = 0
    for i in run:
        y0, y1 = int(c.y1[i]), min(h, int(c.y1[i] + 3.0 * s))
        below = c.labels[y0:y1, int(c.x0[i]) : int(c.x1[i])]
        hits += bool((below > 0).any())
    return hits > 0.3 * len(run)


def remove_leaders(gray: GrayImage, leaders: Sequence[Box], scale: float) -> GrayImage:
    """A copy with the leaders' dots painted white; ink that reaches out of a leader's row is kept."""
    out = gray.copy()
    h, w = gray.shape
    for b in leaders:
        x0, x1 = max(0, round(b.x0 * scale) - 3), min(w, round(b.x1 * scale) + 3)
        y0, y1 = max(0, round(b.y0 * scale) - 3), min(h, round(b.y1 * scale) + 3)
        patch = gray[y0:y1, x0:x1]
        c = find_components(patch, 200)
        inside = (c.y0 > 0) & (c.y1 < y1 - y0) & (c.h <= (_DOT_HEIGHT + 0.8) * scale)
        inside[0] = False
        out[y0:y1, x0:x1][inside[c.labels]] = 255
    return out
