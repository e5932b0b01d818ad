"""What people put on paper after printing: pen signatures, stamps, punch holes, the reverse side's print.

Images are RGB uint8 arrays of shape (height, width, 3); nothing is changed in place.  ``rng`` is a
``numpy.random.Generator``; lengths are pixels unless a ``dpi`` is given.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw, ImageFont

from formextract.model import ColorImage

BLUE, RED, BLACK = (30, 48, 150), (190, 30, 45), (25, 25, 30)
"""Ink colours."""


def _multiply(image: ColorImage, cover: npt.NDArray[Any], color: tuple[int, int, int]) -> ColorImage:
    """Ink of a colour where ``cover`` (0 to 1) says so; ink only ever darkens."""
    tint = 1.0 - cover[..., None] * (1.0 - np.asarray(color, dtype=np.float32) / 255.0)
    inked: ColorImage = np.clip(image.astype(np.float32) * tint, 0, 255).astype(np.uint8)
    return inked


def sign(
    image: ColorImage,
    rng: np.random.Generator,
    x: float,
    y: float,
    width: float,
    color: tuple[int, int, int] = BLUE,
) -> ColorImage:
    """A scribbled signature about ``width`` wide, its middle at (x, y)."""
    n = int(rng.integers(7, 12))
    t = np.linspace(0, 1, n)
    xs = x + (t - 0.5) * width + rng.normal(0, width * 0.05, n)
    ys = y + rng.normal(0, width * 0.11, n) * (1 - 0.6 * t)
    fine = np.linspace(0, n - 1, 60 * n)
    knots = np.arange(n)
    curve = np.stack([_smooth(fine, knots, xs), _smooth(fine, knots, ys)], axis=1)
    cover = np.zeros(image.shape[:2], dtype=np.uint8)
    thick = max(1, round(width / 75))
    cv2.polylines(cover, [np.round(curve * 8).astype(np.int32)], False, 255, thick, cv2.LINE_AA, 3)
    return _multiply(image, cover.astype(np.float32) / 255 * 0.9, color)


def _smooth(fine: npt.NDArray[Any], knots: npt.NDArray[Any], values: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """A Catmull-Rom spline through the values."""
    i = np.clip(fine.astype(int), 0, len(knots) - 2)
    u = fine - i
    p = np.concatenate([[values[0]], values, [values[-1]]])
    p0, p1, p2, p3 = p[i], p[i + 1], p[i + 2], p[i + 3]
    cubic = (2 * p0 - 5 * p1 + 4 * p2 - p3) * u**2 + (3 * p1 - p0 - 3 * p2 + p3) * u**3
    curve: npt.NDArray[np.float64] = 0.5 * (2 * p1 + (p2 - p0) * u + cubic)
    return curve


def stamp(
    image: ColorImage,
    rng: np.random.Generator,
    x: float,
    y: float,
    radius: float,
    words: tuple[str, str],
    font: Path,
    color: tuple[int, int, int] = RED,
) -> ColorImage:
    """A round office stamp, unevenly inked: ``words`` are the lines in its middle."""
    size = int(radius * 2.4)
    canvas = Image.new("L", (size, size), 0)
    draw = ImageDraw.Draw(canvas)
    mid = size / 2
    for r, width in ((radius, 0.035), (radius * 0.72, 0.02)):
        draw.ellipse((mid - r, mid - r, mid + r, mid + r), outline=255, width=max(1, round(radius * width)))
    face = ImageFont.truetype(str(font), max(8, round(radius * 0.36)))
    for line, dy in zip(words, (-0.22, 0.2), strict=True):
        draw.text((mid, mid + dy * radius), line, fill=255, font=face, anchor="mm")
    for k in range(48):
        a = 2 * np.pi * k / 48
        r = radius * 0.86
        px, py, s = mid + r * np.cos(a), mid + r * np.sin(a), radius * (0.04 if k % 3 else 0.07)
        draw.ellipse((px - s, py - s, px + s, py + s), fill=255)
    turned = canvas.rotate(float(rng.uniform(-20, 20)), resample=Image.Resampling.BICUBIC)
    cover = np.asarray(turned, dtype=np.float32) / 255
    patches = cv2.resize(
        rng.uniform(0.35, 1.0, (7, 7)).astype(np.float32), (size, size), interpolation=cv2.INTER_CUBIC
    )
    full = np.zeros(image.shape[:2], dtype=np.float32)
    x0, y0 = int(x - mid), int(y - mid)
    sx, sy = max(0, -x0), max(0, -y0)
    ex, ey = min(size, image.shape[1] - x0), min(size, image.shape[0] - y0)
    if ex > sx and ey > sy:
        full[y0 + sy : y0 + ey, x0 + sx : x0 + ex] = np.clip(cover * patches, 0, 1)[sy:ey, sx:ex]
    return _multiply(image, full * 0.75, color)


def bleed_through(image: ColorImage, reverse: ColorImage, strength: float = 0.14) -> ColorImage:
    """The print of the reverse page shining through, mirrored and blurred; ``strength`` 0 to 1."""
    back = cv2.resize(reverse[:, ::-1], (image.shape[1], image.shape[0]))
    back = cv2.GaussianBlur(back, (0, 0), 1.6)
    seen: ColorImage = np.clip(
        image.astype(np.float32) - strength * (255 - back.astype(np.float32)), 0, 255
    ).astype(np.uint8)
    return seen


def punch_holes(image: ColorImage, dpi: float, level: int = 40) -> ColorImage:
    """Two filing holes (6 mm wide, 80 mm apart, 12 mm from the left edge) as dark discs."""
    out = image.copy()
    mm = dpi / 25.4
    for offset in (-40, 40):
        centre = (round(12 * mm), round(image.shape[0] / 2 + offset * mm))
        cv2.circle(out, centre, round(3 * mm), (level, level, level), -1, cv2.LINE_AA)
    return out
