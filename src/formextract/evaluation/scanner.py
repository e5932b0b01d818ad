"""The simulated paper, scanner, fax and phone: a page's pixels in, worse pixels out.

Pure functions on RGB uint8 arrays of shape (height, width, 3).  A ``Recipe`` names how strong each
fault is; ``scan_page`` applies paper, geometry, optics and sensor in the order of the real thing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt
import pypdfium2 as pdfium

from formextract.model import ColorImage


@dataclass(frozen=True, slots=True)
class Recipe:
    """How strong the faults of one kind of scan are."""

    kind: str
    """Name in reports: ``office``, ``office_150``, ``fax``, ``phone``, …"""
    dpi: int = 200
    """Pixels an inch of the resulting image."""
    mode: str = "gray"
    """``gray``, ``color`` or ``bilevel``."""
    skew: float = 1.0
    """Largest skew in degrees, either way."""
    blur: float = 0.6
    """Standard deviation of the optics' blur, pixels."""
    grain: float = 6.0
    """Standard deviation of the sensor's noise, grey levels."""
    shading: float = 0.04
    """Unevenness of the light, as a part of white."""
    fade: float = 0.1
    """How grey the ink is, 0 black to 1 white."""
    specks: float = 0.0
    """Dark and light specks a square inch."""
    perspective: float = 0.0
    """Largest shift of a corner as a part of the page's width; above 0 a desk shows around the page."""
    cast: float = 0.0
    """Strength of a colour cast, 0 to 1."""
    white: float = 1.0
    """Gain that office machines apply so that paper comes out white; 1 leaves the paper's grain."""
    turn: int = 0
    """Quarter turns counter-clockwise: the page lies on its side or head."""
    quality: int = 70
    """JPEG quality."""


RECIPES = {
    "office": Recipe("office", 200, skew=1.2, blur=0.6, grain=5, white=1.08, quality=44),
    "office_300": Recipe("office_300", 300, skew=1.0, blur=0.9, grain=5, white=1.08, quality=36),
    "office_bw": Recipe("office_bw", 300, "bilevel", skew=1.0, blur=0.9, grain=12, fade=0.1, specks=1.0),
    "office_color": Recipe(
        "office_color", 200, "color", skew=1.5, grain=5, cast=0.03, white=1.07, quality=50
    ),
    "office_150": Recipe("office_150", 150, skew=2.0, blur=0.7, grain=8, shading=0.08, fade=0.2, quality=34),
    "skewed": Recipe("skewed", 200, skew=5.0, blur=0.6, grain=6, white=1.07, quality=50),
    "fax": Recipe("fax", 204, "bilevel", skew=0.8, blur=0.9, grain=26, fade=0.12, specks=3.0),
    "phone": Recipe(
        "phone", 180, "color", skew=2.5, blur=1.0, grain=5, shading=0.28, fade=0.15,
        perspective=0.03, cast=0.08, quality=44,
    ),
}  # fmt: skip
"""The kinds of scan used for samples, by name."""


def render_pages(pdf: bytes, dpi: float) -> list[ColorImage]:
    """The pages of a PDF as RGB arrays at ``dpi`` pixels an inch."""
    document = pdfium.PdfDocument(pdf)
    try:
        shots = [page.render(scale=dpi / 72).to_numpy() for page in document]
        return [np.ascontiguousarray(shot[..., 2::-1]) for shot in shots]
    finally:
        document.close()


def scan_page(page: ColorImage, recipe: Recipe, rng: np.random.Generator) -> ColorImage:
    """The page as the device of the recipe delivers it; bilevel images hold 0 and 255 only."""
    image = fade_ink(page, recipe.fade)
    if recipe.perspective > 0:
        image = photograph(image, rng, recipe.perspective, recipe.skew)
    else:
        image = skew(image, float(rng.uniform(-recipe.skew, recipe.skew)))
    image = shade(image, rng, recipe.shading)
    if recipe.cast:
        image = cast(image, rng, recipe.cast)
    image = blur(image, recipe.blur * float(rng.uniform(0.7, 1.2)))
    if recipe.mode != "color":
        image = np.repeat(cv2.cvtColor(image, cv2.COLOR_RGB2GRAY)[..., None], 3, axis=2)
    image = grain(image, rng, recipe.grain, recipe.mode == "color")
    if recipe.white > 1:
        image = np.clip(image.astype(np.float32) * recipe.white, 0, 255).astype(np.uint8)
    if recipe.mode == "bilevel":
        image = threshold(image, float(rng.uniform(140, 175)))
    if recipe.specks:
        image = speckle(image, rng, recipe.specks, recipe.dpi)
    return np.ascontiguousarray(np.rot90(image, recipe.turn)) if recipe.turn else image


def _to_bytes(values: npt.NDArray[Any]) -> ColorImage:
    pixels: ColorImage = np.clip(values, 0, 255).astype(np.uint8)
    return pixels


def fade_ink(image: ColorImage, amount: float) -> ColorImage:
    """Lifts black towards white by ``amount`` (0 to 1)."""
    return (255 - (255 - image.astype(np.float32)) * (1 - amount)).astype(np.uint8)


def skew(image: ColorImage, degrees: float) -> ColorImage:
    """Turned counter-clockwise about the middle, same size, paper white around."""
    h, w = image.shape[:2]
    matrix = cv2.getRotationMatrix2D((w / 2, h / 2), degrees, 1.0)
    turned = cv2.warpAffine(image, matrix, (w, h), flags=cv2.INTER_AREA, borderValue=(252, 252, 252))
    return turned.astype(np.uint8)


def photograph(image: ColorImage, rng: np.random.Generator, shift: float, degrees: float) -> ColorImage:
    """The page lying on a desk, seen by a hand-held camera: perspective, slight turn, desk around it."""
    h, w = image.shape[:2]
    pad = round(0.05 * w)
    size = (w + 2 * pad, h + 2 * pad)
    corners = np.array([[0, 0], [w, 0], [w, h], [0, h]], dtype=np.float32)
    target = corners + pad + rng.uniform(-shift, shift, (4, 2)).astype(np.float32) * w
    angle = np.deg2rad(rng.uniform(-degrees, degrees))
    middle = target.mean(axis=0)
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]], dtype=np.float32)
    target = ((target - middle) @ turn.T * 0.985 + middle).astype(np.float32)
    matrix = cv2.getPerspectiveTransform(corners, target)
    desk = rng.integers(60, 120, 3).astype(np.float32)
    wood = cv2.resize(rng.normal(0, 8, (40, 6)).astype(np.float32), size, interpolation=cv2.INTER_CUBIC)
    ground = np.clip(desk + wood[..., None], 0, 255)
    page = cv2.warpPerspective(image, matrix, size, flags=cv2.INTER_AREA).astype(np.float32)
    sheet = cv2.warpPerspective(np.full((h, w), 255, np.uint8), matrix, size)
    mask = sheet.astype(np.float32)[..., None] / 255
    shadow = cv2.GaussianBlur(mask, (0, 0), w * 0.008)[..., None]
    return _to_bytes(page * mask + ground * (1 - 0.35 * shadow) * (1 - mask))


def shade(image: ColorImage, rng: np.random.Generator, amount: float) -> ColorImage:
    """Uneven light: a smooth field between 1 and 1 - 2 x ``amount``."""
    h, w = image.shape[:2]
    field = cv2.resize(rng.uniform(0, 1, (3, 3)).astype(np.float32), (w, h), interpolation=cv2.INTER_CUBIC)
    light = 1 - amount * np.clip(field, 0, 2)
    return _to_bytes(image.astype(np.float32) * light[..., None])


def cast(image: ColorImage, rng: np.random.Generator, amount: float) -> ColorImage:
    """A colour cast: each channel darker by up to ``amount``."""
    gain = (1 - amount * rng.uniform(0, 1, 3)).astype(np.float32)
    return _to_bytes(image.astype(np.float32) * gain)


def blur(image: ColorImage, sigma: float) -> ColorImage:
    """Optical blur of ``sigma`` pixels."""
    return cv2.GaussianBlur(image, (0, 0), sigma).astype(np.uint8) if sigma > 0.15 else image


def grain(image: ColorImage, rng: np.random.Generator, sigma: float, colored: bool) -> ColorImage:
    """Sensor noise, slightly correlated between neighbours as in real scans."""
    h, w = image.shape[:2]
    noise = rng.standard_normal((h, w, 3 if colored else 1), dtype=np.float32) * sigma * 1.4
    smooth = cv2.GaussianBlur(noise, (0, 0), 0.6).reshape(h, w, -1)
    return _to_bytes(image.astype(np.float32) + smooth)


def threshold(image: ColorImage, level: float) -> ColorImage:
    """Black below ``level``, white above."""
    return np.where(image < level, 0, 255).astype(np.uint8)


def speckle(image: ColorImage, rng: np.random.Generator, density: float, dpi: float) -> ColorImage:
    """Dust: ``density`` specks a square inch, three dark ones to one light one, one or two pixels wide."""
    out = image.copy()
    h, w = image.shape[:2]
    for _ in range(int(density * h * w / dpi**2)):
        level = 0 if rng.random() < 0.75 else 255
        point = (int(rng.integers(0, w)), int(rng.integers(0, h)))
        cv2.circle(out, point, int(rng.integers(0, 2)), (level, level, level), -1)
    return out
