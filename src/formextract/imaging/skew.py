"""How far a page is turned from the horizontal."""

from __future__ import annotations

import math

import cv2
import numpy as np
import numpy.typing as npt

from formextract.model import GrayImage

MAX_SKEW = 5.0
"""Degrees either way that are searched; a sheet that lies worse is laid again by whoever scans."""
_MAX_POINTS = 60_000


def _sharpness(x: npt.NDArray[np.float32], y: npt.NDArray[np.float32], degrees: float) -> float:
    """How sharply the ink falls into rows when the page is turned by ``degrees``."""
    rows = y * math.cos(math.radians(degrees)) - x * math.sin(math.radians(degrees))
    counts = np.bincount((rows - rows.min()).astype(np.int32)).astype(np.float64)
    return float(np.sum(np.diff(counts) ** 2))


def estimate_skew(gray: GrayImage, dpi: float) -> float:
    """Degrees by which text and rules slope: positive where they fall towards the right.

    Projection profiles: the right angle is the one at which ink gathers most sharply in rows.
    Coarse to fine (0.5, 0.1, 0.02 degrees) on at most 60,000 ink points of a 150-dpi copy.
    Returns 0 for a page with too little ink to tell.
    """
    factor = min(1.0, 150.0 / dpi)
    small = cv2.resize(gray, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA) if factor < 1 else gray
    h, w = small.shape
    ink = small < min(170.0, 0.75 * float(np.percentile(small, 90)))
    # a dark edge of the scanner's lid has its own slope
    my, mx = h // 50, w // 50
    if h > 400 and w > 400:
        ink[:my], ink[-my:], ink[:, :mx], ink[:, -mx:] = False, False, False, False
    # only where ink begins: solid areas (photos, seals) would outweigh the text
    ink[1:] &= ~ink[:-1]
    ys, xs = np.nonzero(ink)
    if len(xs) < 200 or w < 80:
        return 0.0
    if len(xs) > _MAX_POINTS:
        pick = np.random.default_rng(0).choice(len(xs), _MAX_POINTS, replace=False)
        xs, ys = xs[pick], ys[pick]
    x, y = xs.astype(np.float32), ys.astype(np.float32)
    best, reach = 0.0, MAX_SKEW
    for step in (0.5, 0.1, 0.02):
        angles = np.arange(best - reach, best + reach + step / 2, step)
        scores = [_sharpness(x, y, float(a)) for a in angles]
        best, reach = float(angles[int(np.argmax(scores))]), step
    level = _sharpness(x, y, 0.0)
    # an angle that is hardly better than none is noise, and turning costs sharpness
    if _sharpness(x, y, best) < 1.03 * level:
        return 0.0
    return max(-MAX_SKEW, min(MAX_SKEW, best))
