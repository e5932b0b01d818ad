"""A page's picture to draw on, in points: upright, with margins, see-through colours and small type."""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFont, features
from PIL.ImageFont import FreeTypeFont
from PIL.ImageFont import ImageFont as BitmapFont

from formextract.model import Box, PageContent, Raster

Colour = tuple[int, int, int]

WHITE: Colour = (255, 255, 255)
INK: Colour = (40, 44, 52)
FAINT: Colour = (128, 134, 145)
GREEN: Colour = (34, 139, 87)
AMBER: Colour = (217, 119, 6)
RED: Colour = (200, 38, 38)
BLUE: Colour = (43, 108, 196)
VIOLET: Colour = (126, 58, 168)
ORANGE: Colour = (234, 88, 12)
BARS: tuple[Colour, ...] = (
    (43, 108, 196),
    (15, 139, 141),
    (126, 58, 168),
    (190, 90, 40),
    (70, 120, 50),
    (170, 50, 110),
)
"""Colours of neighbours."""

DPI = 110
"""Resolution of drawn pages: an A4 page and its notes fit a screen's width, tone marks stay legible."""

_FAMILIES = (
    "Loma",
    "Laksaman",
    "Garuda",
    "Waree",
    "Sarabun",
    "THSarabun",
    "NotoSansThai",
    "Norasi",
    "Kinnari",
)
"""Families with Thai letters, the most legible at small sizes first (Debian: fonts-thai-tlwg)."""


def font_folders() -> list[Path]:
    """Where a Debian machine and its users keep fonts."""
    data = os.environ.get("XDG_DATA_HOME", "~/.local/share")
    places = ("~/.fonts", f"{data}/fonts", "/usr/local/share/fonts", "/usr/share/fonts")
    return [Path(p).expanduser() for p in places]


@lru_cache(maxsize=1)
def find_thai_font() -> Path | None:
    """A font file with Thai letters, None if the machine has none of the families known here."""
    files: dict[str, Path] = {}
    for folder in font_folders():
        for path in sorted(folder.rglob("*.[to]tf")) if folder.is_dir() else ():
            files.setdefault(path.stem, path)
    for family in _FAMILIES:
        for stem in (family, f"{family}-Regular", f"{family}New-Regular"):
            if stem in files:
                return files[stem]
    return None


@lru_cache(maxsize=16)
def pick_font(size: int) -> FreeTypeFont | BitmapFont:
    """A font of that many pixels: with Thai letters if there is one, else Pillow's own."""
    path = find_thai_font()
    if path is None:
        return ImageFont.load_default(size)
    # Raqm puts marks above marks; the basic layout lets them overlap
    layout = ImageFont.Layout.RAQM if features.check("raqm") else ImageFont.Layout.BASIC
    return ImageFont.truetype(str(path), size, layout_engine=layout)


def upright_picture(raster: Raster, content: PageContent, dpi: float = DPI) -> Image.Image:
    """The page's pixels in the upright frame, in which everything on it was measured.

    Turned, deskewed and dewarped pages come out as the reader saw them.
    """
    size = (max(1, round(content.width * dpi / 72)), max(1, round(content.height * dpi / 72)))
    image = Image.fromarray(np.ascontiguousarray(raster.color))
    shrink = dpi / raster.dpi
    # a plain warp to fewer pixels would skip thin strokes: shrink first, then warp
    image = image.resize(
        (max(1, round(image.width * shrink)), max(1, round(image.height * shrink))), Image.Resampling.LANCZOS
    )
    a, b, c, d, e, f, g, h, _ = content.to_source.m
    if (a, b, c, d, e, f, g, h) == (1, 0, 0, 0, 1, 0, 0, 0):
        return image.resize(size, Image.Resampling.LANCZOS) if image.size != size else image
    k = dpi / 72
    # Pillow asks for the map from the new picture to the old one: upright to source, in pixels
    coefficients = (a, b, c * k, d, e, f * k, g / k, h / k)
    return image.transform(
        size, Image.Transform.PERSPECTIVE, coefficients, Image.Resampling.BICUBIC, fillcolor=WHITE
    )


class Canvas:
    """A picture with the page in it; boxes are given in the page's points, texts in pixels."""

    def __init__(
        self,
        page: Image.Image,
        *,
        left: int = 0,
        top: int = 0,
        right: int = 0,
        bottom: int = 0,
        dpi: float = DPI,
    ) -> None:
        self.scale = dpi / 72
        """Pixels per point."""
        self.left, self.top = left, top
        self.page_right = left + page.width
        """Pixel column where the page ends."""
        self.page_bottom = top + page.height
        """Pixel row where the page ends."""
        self.width = self.page_right + right
        self.height = self.page_bottom + bottom
        base = Image.new("RGB", (self.width, self.height), (246, 247, 249))
        base.paste(page.convert("RGB"), (left, top))
        ImageDraw.Draw(base).rectangle(
            (left - 1, top - 1, self.page_right, self.page_bottom), outline=(205, 208, 214)
        )
        self._base = base.convert("RGBA")
        self._over = Image.new("RGBA", base.size, (0, 0, 0, 0))
        self._draw = ImageDraw.Draw(self._over)

    def pixels(self, box: Box) -> tuple[float, float, float, float]:
        """A box of the page as pixels of the picture."""
        k = self.scale
        return (
            self.left + box.x0 * k,
            self.top + box.y0 * k,
            self.left + box.x1 * k,
            self.top + box.y1 * k,
        )

    def box(self, box: Box, colour: Colour, *, width: int = 1, fill: int = 0, grow: float = 0.0) -> None:
        """An outline, and a tint of strength ``fill`` (0 to 255), ``grow`` points larger than the box."""
        x0, y0, x1, y1 = self.pixels(box.grown(grow))
        tint = (*colour, fill) if fill else None
        self._draw.rectangle(
            (x0, y0, max(x0, x1), max(y0, y1)), fill=tint, outline=(*colour, 255), width=width
        )

    def line(
        self, points: Sequence[tuple[float, float]], colour: Colour, *, width: int = 1, alpha: int = 255
    ) -> None:
        """A line through pixel points."""
        self._draw.line(list(points), fill=(*colour, alpha), width=width, joint="curve")

    def underline(self, box: Box, colour: Colour, *, dotted: bool = False) -> None:
        """A stroke along a box's lower edge."""
        x0, _, x1, y1 = self.pixels(box)
        if not dotted:
            self.line([(x0, y1), (x1, y1)], colour, width=2, alpha=200)
            return
        x = x0
        while x < x1:
            self.line([(x, y1), (min(x + 2, x1), y1)], colour)
            x += 5

    def bar(self, x0: float, y0: float, x1: float, y1: float, colour: Colour, alpha: int = 255) -> None:
        """A filled rectangle in pixels."""
        self._draw.rectangle((x0, y0, max(x0, x1), max(y0, y1)), fill=(*colour, alpha))

    def dot(self, x: float, y: float, radius: float, colour: Colour) -> None:
        """A filled circle in pixels."""
        self._draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=(*colour, 255))

    def text(
        self,
        x: float,
        y: float,
        text: str,
        colour: Colour = INK,
        *,
        size: int = 12,
        width: float | None = None,
    ) -> float:
        """Text from ``x``, its middle at ``y``, cut to ``width`` pixels; the pixel where it ends."""
        font = pick_font(size)
        shown = fit_text(text, size, width)
        self._draw.text(
            (x, y), shown, font=font, fill=(*colour, 255), anchor="lm" if _scalable(font) else None
        )
        return x + font.getlength(shown)

    def chip(self, x: float, y: float, text: str, colour: Colour, *, size: int = 11) -> float:
        """White text on a coloured plate from ``x``, its middle at ``y``; the pixel where it ends."""
        wide = pick_font(size).getlength(text)
        half = size * 0.72
        self._draw.rounded_rectangle((x, y - half, x + wide + 8, y + half), 3, fill=(*colour, 255))
        self.text(x + 4, y, text, WHITE, size=size)
        return x + wide + 8

    def picture(self) -> Image.Image:
        """The finished picture, RGB."""
        return Image.alpha_composite(self._base, self._over).convert("RGB")


def _scalable(font: FreeTypeFont | BitmapFont) -> bool:
    return isinstance(font, FreeTypeFont)


def fit_text(text: str, size: int, width: float | None, *, keep_end: bool = False) -> str:
    """The text, with an ellipsis at its end (or its beginning) where it is wider than ``width`` pixels."""
    if find_thai_font() is None:
        # Pillow's own font has no Thai letters: an honest gap instead of rows of empty boxes
        text = "".join(c if c < "\u0e00" else "·" for c in text)
    font = pick_font(size)
    if width is None or font.getlength(text) <= width:
        return text
    low, high = 0, len(text)
    while low < high:
        mid = (low + high + 1) // 2
        if font.getlength(_cut(text, mid, keep_end)) <= width:
            low = mid
        else:
            high = mid - 1
    return _cut(text, low, keep_end)


def _cut(text: str, count: int, keep_end: bool) -> str:
    return "…" + text[len(text) - count :] if keep_end else text[:count] + "…"


def shrink_palette(image: Image.Image, colours: int = 48) -> Image.Image:
    """The picture with few colours, for small PNG files; those that are drawn with stay as they are."""
    own = image.quantize(colours, method=Image.Quantize.MEDIANCUT).getpalette() or []
    drawn = {*BARS, WHITE, INK, FAINT, GREEN, AMBER, RED, BLUE, VIOLET, ORANGE}
    for colour in sorted(drawn):
        own += colour
        # as tints of white paper, under letters and at letters' edges
        for share in (0.12, 0.25, 0.55):
            own += (round(255 + (c - 255) * share) for c in colour)
    palette = Image.new("P", (1, 1))
    palette.putpalette(own)
    return image.quantize(palette=palette, dither=Image.Dither.NONE)
