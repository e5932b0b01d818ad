"""Pages of image files: frames, colour models, orientation, resolution."""

from __future__ import annotations

import struct
import warnings
from pathlib import Path

import numpy as np
from PIL import Image, ImageOps

from formextract.config import Settings
from formextract.errors import LimitExceeded, UnreadableInput
from formextract.model import Raster
from formextract.pages.resolution import credible_dpi, estimate_dpi

Image.MAX_IMAGE_PIXELS = None  # the limit of the settings is checked below, before decoding

_SUBFILE = 254
_EXIF_ORIENTATION = 274
_TURNED = {5, 6, 7, 8}


class ImageFile:
    """An image file as a row of pages; every call opens the file anew, nothing stays open."""

    def __init__(self, path: Path, media_type: str, settings: Settings) -> None:
        self._path = path
        self._settings = settings
        self._frames = _frames(path) if media_type == "image/tiff" else [0]

    def size_points(self, number: int) -> tuple[float, float]:
        """Width and height of page ``number`` (1-based) in points, as shown upright by a viewer."""
        with self._open(number) as image:
            (width, height), (x, y) = _shown_size(image)
            return width * 72 / x, height * 72 / y

    def raster(self, number: int, dpi: int | None = None) -> Raster:
        """The pixels of a page.

        At its own resolution, but not above ``settings.ocr_dpi``; at ``dpi`` exactly if given.
        Pixels are made square (faxes have none).  UnreadableInput ``truncated`` or ``damaged`` if
        the image cannot be decoded, LimitExceeded if it is larger than the settings allow.
        """
        with self._open(number) as image:
            (_, _), (x, y) = _shown_size(image)
            goal = float(dpi) if dpi else min(max(x, y), float(self._settings.ocr_dpi))
            self._shrink_early(image, goal / max(x, y))
            width, height = image.size
            if width * height > self._settings.max_page_megapixels * 1_000_000:
                raise LimitExceeded(
                    f"Page {number} is an image of {round(width * height / 1e6)} megapixels.",
                    code="image_too_large",
                    remedy="Scan again at 300 dpi, or raise FORMEXTRACT_MAX_PAGE_MEGAPIXELS.",
                )
            upright = self._decode(image)
        declared_width, declared_height = self.size_points(number)
        want = max(1, round(declared_width / 72 * goal)), max(1, round(declared_height / 72 * goal))
        limit = self._settings.max_page_megapixels * 1_000_000
        if want[0] * want[1] > limit:
            goal *= (limit / (want[0] * want[1])) ** 0.5
            want = max(1, int(declared_width / 72 * goal)), max(1, int(declared_height / 72 * goal))
        if want != upright.size:
            smaller = want[0] * want[1] < upright.size[0] * upright.size[1]
            upright = upright.resize(want, Image.Resampling.BOX if smaller else Image.Resampling.BICUBIC)
        return Raster(np.asarray(upright, dtype=np.uint8), goal)

    def _open(self, number: int) -> Image.Image:
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                image = Image.open(self._path)
                image.seek(self._frames[number - 1])
        except (OSError, ValueError, SyntaxError, EOFError, IndexError, struct.error) as error:
            raise _damaged(number, error) from None
        return image

    def _shrink_early(self, image: Image.Image, factor: float) -> None:
        """Lets libjpeg leave out what would be averaged away anyway; other formats are not touched."""
        if image.format in ("JPEG", "MPO") and image.mode in ("L", "RGB") and factor < 0.5:
            image.draft(image.mode, (round(image.width * factor), round(image.height * factor)))

    def _decode(self, image: Image.Image) -> Image.Image:
        number = 1 + self._frames.index(image.tell()) if image.tell() in self._frames else 1
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                image.load()
                return to_rgb(ImageOps.exif_transpose(image))
        except (OSError, ValueError, SyntaxError, EOFError, struct.error, IndexError, MemoryError) as error:
            raise _damaged(number, error) from None


def to_rgb(image: Image.Image) -> Image.Image:
    """Any colour model as RGB: transparency on white, 16 bits and floats scaled to 8, CMYK converted."""
    if image.mode in ("RGBA", "LA", "PA", "La", "RGBa") or "transparency" in image.info:
        rgba = image.convert("RGBA")
        ground = Image.new("RGBA", rgba.size, (255, 255, 255, 255))
        return Image.alpha_composite(ground, rgba).convert("RGB")
    if image.mode.startswith("I") or image.mode == "F":
        values = np.asarray(image).astype(np.float64)
        # 16-bit scans use the whole range or, from some drivers, 12 bits of it
        top = 65535.0 if values.max(initial=0) > 4095 or image.mode == "F" else 4095.0
        if image.mode == "F":
            top = max(1.0, float(values.max(initial=1)))
        elif values.max(initial=0) <= 255:
            top = 255.0
        return Image.fromarray((np.clip(values / top, 0, 1) * 255).astype(np.uint8), "L").convert("RGB")
    return image.convert("RGB")


def _shown_size(image: Image.Image) -> tuple[tuple[int, int], tuple[float, float]]:
    """Pixels and resolution, both (x, y), after the EXIF orientation is applied."""
    width, height = image.size
    declared = image.info.get("dpi")
    dpi: tuple[float, float] | None = None
    if isinstance(declared, tuple) and len(declared) == 2:
        try:
            dpi = credible_dpi(width, height, (float(declared[0]), float(declared[1])))
        except (TypeError, ValueError, ZeroDivisionError):
            dpi = None
    if dpi is None:
        guess = estimate_dpi(width, height)
        dpi = (guess, guess)
    try:
        orientation = image.getexif().get(_EXIF_ORIENTATION, 1)
    except Exception:  # a broken EXIF block is no reason to refuse the picture
        orientation = 1
    if orientation in _TURNED:
        return (height, width), (dpi[1], dpi[0])
    return (width, height), dpi


def _frames(path: Path) -> list[int]:
    """0-based frames of a TIFF that are pages; reduced images and masks are none (TIFF 6.0, tag 254)."""
    frames = []
    try:
        with Image.open(path) as image:
            index = 0
            while True:
                try:
                    image.seek(index)
                except EOFError:
                    break
                if not int(getattr(image, "tag_v2", {}).get(_SUBFILE, 0)) & 0b101:
                    frames.append(index)
                index += 1
    except (OSError, ValueError, SyntaxError, struct.error) as error:
        raise _damaged(1, error) from None
    return frames


def _damaged(number: int, error: Exception) -> UnreadableInput:
    cut = "truncated" in str(error)
    return UnreadableInput(
        f"The image of page {number} {'is cut off before its end' if cut else 'cannot be decoded'}.",
        code="truncated" if cut else "damaged",
        remedy="Scan the paper again, or ask the sender for the file again.",
    )
