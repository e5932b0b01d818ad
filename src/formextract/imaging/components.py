"""Connected pieces of ink."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from formextract.model import GrayImage

IntArray = npt.NDArray[np.int32]


@dataclass
class Components:
    """Connected ink of an image; row ``i`` of each array is component ``i``, 0 being the paper.

    Coordinates are pixels, ``x1`` and ``y1`` exclusive.
    """

    labels: IntArray
    """Component number of each pixel, shape (height, width)."""
    x0: IntArray
    y0: IntArray
    x1: IntArray
    y1: IntArray
    area: IntArray
    """Ink pixels."""

    @property
    def w(self) -> IntArray:
        """Widths."""
        return self.x1 - self.x0

    @property
    def h(self) -> IntArray:
        """Heights."""
        return self.y1 - self.y0

    def __len__(self) -> int:
        return len(self.area)


def ink_level(gray: GrayImage) -> int:
    """Threshold between ink and paper of an evenly lit image: Otsu's, kept between 110 and 185."""
    probe = gray[::2, ::2] if gray.size > 500_000 else gray
    dark = probe[probe < 245]
    if dark.size < 50:
        return 150
    level, _ = cv2.threshold(dark.reshape(1, -1), 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    return int(min(185, max(110, level)))


def find_components(gray: GrayImage, level: int | None = None) -> Components:
    """8-connected pieces of the pixels darker than ``level`` (by default ``ink_level``)."""
    mask = (gray < (ink_level(gray) if level is None else level)).astype(np.uint8)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8, ltype=cv2.CV_32S)
    st = stats.astype(np.int32)
    return Components(
        np.asarray(labels, dtype=np.int32),
        st[:, 0].copy(),
        st[:, 1].copy(),
        st[:, 0] + st[:, 2],
        st[:, 1] + st[:, 3],
        st[:, 4].copy(),
    )


def split_component(c: Components, label: int, row: int) -> int:
    """Give the part of a component from pixel row ``row`` downward a number of its own; returns it."""
    x0, x1, y0, y1 = int(c.x0[label]), int(c.x1[label]), int(c.y0[label]), int(c.y1[label])
    view = c.labels[row:y1, x0:x1]
    lower = view == label
    new = len(c)
    view[lower] = new
    upper = c.labels[y0:row, x0:x1] == label
    for name, value in zip(("x0", "y0", "x1", "y1", "area"), _extent(lower, x0, row), strict=True):
        setattr(c, name, np.append(getattr(c, name), np.int32(value)))
    for name, value in zip(("x0", "y0", "x1", "y1", "area"), _extent(upper, x0, y0), strict=True):
        getattr(c, name)[label] = value
    return new


def _extent(mask: npt.NDArray[np.bool_], x: int, y: int) -> tuple[int, int, int, int, int]:
    rows, cols = np.nonzero(mask.any(axis=1))[0], np.nonzero(mask.any(axis=0))[0]
    if not len(rows):
        return x, y, x, y, 0
    return x + int(cols[0]), y + int(rows[0]), x + int(cols[-1]) + 1, y + int(rows[-1]) + 1, int(mask.sum())


def grow_faint(gray: GrayImage, c: Components, scale: float, pale: int = 215) -> npt.NDArray[np.bool_]:
    """Give small pieces the extent and area that they have at a paler threshold, in place.

    Returns which pieces hang together with a larger one there: they are print, not dust.

    A tone mark is one thin stroke: at 150 dpi and on faxes only its core is dark enough, and by
    that core it could not be told from dust.  Pieces that run into a larger one stay as they are.
    """
    small = np.nonzero((c.area < 1.2 * scale * scale) & (c.area >= 2))[0]
    small = small[small > 0]
    attached = np.zeros(len(c), dtype=bool)
    if not len(small):
        return attached
    _, labels, stats, _ = cv2.connectedComponentsWithStats((gray < pale).astype(np.uint8), connectivity=8)
    for i in small:
        y, x0, x1 = int(c.y0[i]), int(c.x0[i]), int(c.x1[i])
        row = c.labels[y, x0:x1] == i
        pale_one = int(labels[y, x0 + int(row.argmax())])
        px, py, w, h, area = (int(v) for v in stats[pale_one])
        if pale_one == 0:
            continue
        if area <= 4.0 * scale * scale and max(w, h) <= 3.5 * scale:
            c.x0[i], c.y0[i], c.x1[i], c.y1[i], c.area[i] = px, py, px + w, py + h, area
        else:
            attached[i] = area <= 120 * scale * scale and c.area[i] >= 3
    return attached
