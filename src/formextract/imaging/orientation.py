"""Whether a page's lines run across or upright."""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

from formextract.imaging.arrays import as_bytes
from formextract.imaging.components import find_components
from formextract.imaging.tone import flatten_light
from formextract.model import GrayImage

_LONGER_SIDE = 1800
"""Pixels to which the page is reduced: about 150 dpi for A4."""
_FEWEST = 12


def quarter_turns(gray: GrayImage) -> tuple[int, float]:
    """(0 or 1, confidence 0 to 1): counter-clockwise quarter turns after which text lines run across.

    Whether a page is then upside down only its letters can tell (``reading.orientation``): 1 may mean
    3, and 0 may mean 2.  Letters stand close to the next letter of their line and far from the next
    line, so each letter votes for the direction in which a neighbour of its size stands near.
    Confidence 0 where the page holds too few letters.
    """
    k = max(1.0, max(gray.shape) / _LONGER_SIDE)
    small = gray
    if k > 1:
        small = as_bytes(cv2.resize(gray, None, fx=1 / k, fy=1 / k, interpolation=cv2.INTER_AREA))
    c = find_components(flatten_light(small), 170)
    size = np.maximum(c.w, c.h)
    letters = np.nonzero((size >= 5) & (size <= 70) & (np.minimum(c.w, c.h) >= 2) & (c.area >= 10))[0]
    letters = letters[letters > 0]
    if len(letters) < _FEWEST:
        return 0, 0.0
    usual = float(np.median(size[letters][size[letters] >= np.percentile(size[letters], 40)]))
    letters = letters[(size[letters] >= 0.7 * usual) & (size[letters] <= 2.0 * usual)]
    across = _near_neighbours(c.x0[letters], c.x1[letters], c.y0[letters], c.y1[letters], usual)
    upright = _near_neighbours(c.y0[letters], c.y1[letters], c.x0[letters], c.x1[letters], usual)
    if across + upright < _FEWEST:
        return 0, 0.0
    return (0 if across >= upright else 1), abs(across - upright) / (across + upright)


def _near_neighbours(
    a0: npt.NDArray[np.int32],
    a1: npt.NDArray[np.int32],
    b0: npt.NDArray[np.int32],
    b1: npt.NDArray[np.int32],
    usual: float,
) -> int:
    """How many letters have a next letter along axis a within 0.45 letter sizes, overlapping in b."""
    order = np.argsort(a0, kind="stable")
    a0, a1, b0, b1 = a0[order], a1[order], b0[order], b1[order]
    votes = 0
    for i in range(len(a0)):
        end = int(np.searchsorted(a0, a1[i] + 0.45 * usual, side="right"))
        j = slice(i + 1, end)
        common = np.minimum(b1[i], b1[j]) - np.maximum(b0[i], b0[j])
        beside = a0[j] >= a1[i] - 0.15 * usual
        votes += bool(np.any(beside & (common >= 0.6 * np.minimum(b1[i] - b0[i], b1[j] - b0[j]))))
    return votes
