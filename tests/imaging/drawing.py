"""Small pages drawn with Pillow for the tests of imaging and reading."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt
import pytest
from PIL import Image, ImageDraw, ImageFont, features

from formextract.model import Raster

FONTS = Path("/usr/share/fonts/truetype/tlwg")
DPI = 300
PT = DPI / 72


class Sheet:
    """A white page to draw on; all measures in points, text placed by its baseline."""

    def __init__(self, width: float = 360, height: float = 200, font: str = "Garuda") -> None:
        if not features.check("raqm"):
            pytest.skip("Pillow without Raqm misplaces Thai marks")
        if not (FONTS / f"{font}.ttf").exists():
            pytest.skip("fonts-thai-tlwg is not installed")
        self.font = font
        self.image = Image.new("RGB", (round(width * PT), round(height * PT)), "white")
        self.draw = ImageDraw.Draw(self.image)

    def text(self, x: float, y: float, s: str, size: float = 14, color: str = "black") -> float:
        """Draw; returns the x where the text ends."""
        font = ImageFont.truetype(
            str(FONTS / f"{self.font}.ttf"), round(size * PT), layout_engine=ImageFont.Layout.RAQM
        )
        self.draw.text((x * PT, y * PT), s, font=font, fill=color, anchor="ls")
        return x + font.getlength(s) / PT

    def line(
        self, x0: float, y0: float, x1: float, y1: float, width: float = 0.7, color: str = "black"
    ) -> None:
        self.draw.line((x0 * PT, y0 * PT, x1 * PT, y1 * PT), fill=color, width=max(1, round(width * PT)))

    def box(self, x: float, y: float, side: float = 9) -> None:
        self.draw.rectangle((x * PT, y * PT, (x + side) * PT, (y + side) * PT), outline="black", width=3)

    def circle(self, x: float, y: float, side: float = 10) -> None:
        self.draw.ellipse((x * PT, y * PT, (x + side) * PT, (y + side) * PT), outline="black", width=4)

    def tick(self, x: float, y: float, side: float = 9, over: float = 0, color: str = "black") -> None:
        pts = [
            (x + 0.15 * side, y + 0.5 * side),
            (x + 0.4 * side, y + 0.85 * side),
            (x + side * 0.9 + over, y + 0.1 * side - over),
        ]
        self.draw.line([(a * PT, b * PT) for a, b in pts], fill=color, width=5)

    def array(self) -> npt.NDArray[np.uint8]:
        return np.array(self.image)

    def raster(self, dpi: float = DPI) -> Raster:
        """The page at ``dpi``."""
        a = self.array()
        if dpi != DPI:
            a = cv2.resize(a, None, fx=dpi / DPI, fy=dpi / DPI, interpolation=cv2.INTER_AREA)
        return Raster(a, dpi)


def turned(a: npt.NDArray[np.uint8], degrees: float) -> npt.NDArray[np.uint8]:
    """The image turned about its middle, positive counter-clockwise."""
    h, w = a.shape[:2]
    m = cv2.getRotationMatrix2D((w / 2, h / 2), degrees, 1.0)
    return cv2.warpAffine(a, m, (w, h), flags=cv2.INTER_CUBIC, borderValue=(255, 255, 255))


def grainy(a: npt.NDArray[np.uint8], sigma: float) -> npt.NDArray[np.uint8]:
    """The image with grain."""
    noise = np.random.default_rng(1).normal(0, sigma, a.shape[:2])[..., None]
    return np.clip(a * 0.92 + noise, 0, 255).astype(np.uint8)
