"""Boxes and maps between frames of a page, in points (see ``model``)."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt


@dataclass(frozen=True, slots=True)
class Box:
    """An axis-parallel rectangle in points."""

    x0: float
    """Left edge."""
    y0: float
    """Top edge."""
    x1: float
    """Right edge, not smaller than ``x0``."""
    y1: float
    """Bottom edge, not smaller than ``y0``."""

    @property
    def width(self) -> float:
        """Width in points."""
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        """Height in points."""
        return self.y1 - self.y0

    @property
    def cx(self) -> float:
        """Horizontal middle."""
        return (self.x0 + self.x1) / 2

    @property
    def cy(self) -> float:
        """Vertical middle."""
        return (self.y0 + self.y1) / 2

    @property
    def area(self) -> float:
        """Area in square points."""
        return max(0.0, self.width) * max(0.0, self.height)

    def union(self, other: Box) -> Box:
        """The smallest box that holds both."""
        return Box(
            min(self.x0, other.x0), min(self.y0, other.y0), max(self.x1, other.x1), max(self.y1, other.y1)
        )

    def intersection(self, other: Box) -> Box | None:
        """The common part, or None where they only touch or are apart."""
        x0, y0 = max(self.x0, other.x0), max(self.y0, other.y0)
        x1, y1 = min(self.x1, other.x1), min(self.y1, other.y1)
        return Box(x0, y0, x1, y1) if x0 < x1 and y0 < y1 else None

    def overlap_x(self, other: Box) -> float:
        """Length of the common horizontal extent, 0 if none."""
        return max(0.0, min(self.x1, other.x1) - max(self.x0, other.x0))

    def overlap_y(self, other: Box) -> float:
        """Length of the common vertical extent, 0 if none."""
        return max(0.0, min(self.y1, other.y1) - max(self.y0, other.y0))

    def holds(self, x: float, y: float) -> bool:
        """Whether the point lies inside or on the edge."""
        return self.x0 <= x <= self.x1 and self.y0 <= y <= self.y1

    def grown(self, dx: float, dy: float | None = None) -> Box:
        """The box with ``dx`` added left and right, ``dy`` (default ``dx``) above and below."""
        dy = dx if dy is None else dy
        return Box(self.x0 - dx, self.y0 - dy, self.x1 + dx, self.y1 + dy)

    def as_list(self, digits: int = 1) -> list[float]:
        """``[x0, y0, x1, y1]`` rounded, as the contract prints it."""
        return [round(v, digits) for v in (self.x0, self.y0, self.x1, self.y1)]


def union_of(boxes: Iterable[Box]) -> Box:
    """The smallest box holding all of a non-empty iterable; ValueError if it is empty."""
    items = list(boxes)
    if not items:
        raise ValueError("no boxes")
    return Box(
        min(b.x0 for b in items), min(b.y0 for b in items), max(b.x1 for b in items), max(b.y1 for b in items)
    )


@dataclass(frozen=True, slots=True)
class Transform:
    """A plane homography, row by row, that maps points of one frame to another."""

    m: tuple[float, float, float, float, float, float, float, float, float] = (1, 0, 0, 0, 1, 0, 0, 0, 1)
    """The 3 x 3 matrix in row order; the last element is 1 for an affine map."""

    @classmethod
    def from_matrix(cls, matrix: npt.ArrayLike) -> Transform:
        """From a 2 x 3 or 3 x 3 array."""
        a = np.asarray(matrix, dtype=float)
        if a.shape == (2, 3):
            a = np.vstack([a, [0.0, 0.0, 1.0]])
        v = [float(x) for x in a.reshape(9)]
        return cls((v[0], v[1], v[2], v[3], v[4], v[5], v[6], v[7], v[8]))

    def matrix(self) -> npt.NDArray[np.float64]:
        """The 3 x 3 array."""
        return np.array(self.m, dtype=float).reshape(3, 3)

    def inverse(self) -> Transform:
        """The map back; numpy.linalg.LinAlgError if there is none."""
        return Transform.from_matrix(np.linalg.inv(self.matrix()))

    def then(self, other: Transform) -> Transform:
        """First this map, then ``other``."""
        return Transform.from_matrix(other.matrix() @ self.matrix())

    def point(self, x: float, y: float) -> tuple[float, float]:
        """The image of one point."""
        a, b, c, d, e, f, g, h, i = self.m
        w = g * x + h * y + i
        w = w if abs(w) > 1e-12 else math.copysign(1e-12, w)
        return (a * x + b * y + c) / w, (d * x + e * y + f) / w

    def box(self, box: Box) -> Box:
        """The axis-parallel hull of the image of a box."""
        pts = [self.point(x, y) for x in (box.x0, box.x1) for y in (box.y0, box.y1)]
        xs, ys = [p[0] for p in pts], [p[1] for p in pts]
        return Box(min(xs), min(ys), max(xs), max(ys))
