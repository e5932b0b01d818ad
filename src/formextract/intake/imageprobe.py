"""Looking at an image file without decoding its pixels: frames, sizes, and whether it is whole."""

from __future__ import annotations

import os
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from PIL import Image

from formextract.errors import UnreadableInput
from formextract.intake.faults import fault

# Our own limit is checked on the header, before any pixel is decoded; Pillow's would warn and
# raise at numbers that no setting of ours can move.
Image.MAX_IMAGE_PIXELS = None

JPEG_DRAFT = 8
"""libjpeg decodes at 1/8 of either side without ever holding the whole image."""

_STRIP_OFFSETS, _STRIP_COUNTS, _TILE_OFFSETS, _TILE_COUNTS, _SUBFILE = 273, 279, 324, 325, 254


_SELF_MEASURED = {"image/png", "image/webp"}
"""Formats that state their length, so that a cut can be told from damage."""


@dataclass(frozen=True)
class ImageProbe:
    """What the header of an image file says."""

    pages: int
    """Full-size frames; the pictures of an animation count as one."""


def probe_image(path: Path, media_type: str, max_pages: int, max_megapixels: int) -> ImageProbe:
    """Reads the headers of all frames.

    UnreadableInput: ``image_too_large``, ``too_many_pages``, ``truncated``, ``damaged``, ``no_pages``.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(path) as image:
                pages = _check_frames(path, image, media_type, max_pages, max_megapixels)
    except UnreadableInput:
        raise
    except Exception as error:  # Pillow's readers raise of nearly every kind on damaged headers
        if media_type in _SELF_MEASURED and not _is_whole(path, media_type):
            raise fault("truncated") from None
        raise fault("damaged", what=f"its header cannot be read ({type(error).__name__})") from None
    if pages == 0:
        raise fault("no_pages")
    if not _is_whole(path, media_type):
        raise fault("truncated")
    return ImageProbe(pages)


def page_frames(image: Image.Image) -> Iterator[int]:
    """0-based indexes of the frames of a TIFF that are pages: thumbnails and masks are left out.

    Tag 254 NewSubfileType: bit 0 is a reduced image, bit 2 a transparency mask (TIFF 6.0, p. 36).
    The image is left standing at the frame that was yielded last.
    """
    index = 0
    while True:
        try:
            image.seek(index)
        except EOFError:
            return
        tags = getattr(image, "tag_v2", {})
        if not int(tags.get(_SUBFILE, 0)) & 0b101:
            yield index
        index += 1


def _check_frames(
    path: Path, image: Image.Image, media_type: str, max_pages: int, max_megapixels: int
) -> int:
    """Number of pages, after the size of each was held against the limit."""
    if media_type != "image/tiff":
        _check_size(image, 1, max_megapixels)
        return 1
    size = os.path.getsize(path)
    count = 0
    for _ in page_frames(image):
        count += 1
        if count > max_pages:
            raise fault("too_many_pages", pages=f"more than {max_pages}", limit=max_pages)
        _check_size(image, count, max_megapixels)
        if not _strips_inside(image, size):
            raise fault("truncated")
    return count


def _check_size(image: Image.Image, page: int, max_megapixels: int) -> None:
    width, height = image.size
    if width < 1 or height < 1:
        raise fault("damaged", what="an image without width or height")
    pixels = width * height
    if image.format in ("JPEG", "MPO") and image.mode in ("L", "RGB"):
        pixels //= JPEG_DRAFT**2
    if pixels > max_megapixels * 1_000_000:
        raise fault("image_too_large", page=page, size=round(width * height / 1e6), limit=max_megapixels)


def _strips_inside(image: Image.Image, size: int) -> bool:
    """Whether all strips or tiles of the current TIFF frame end before the file does."""
    tags = getattr(image, "tag_v2", {})
    for offsets, counts in ((_STRIP_OFFSETS, _STRIP_COUNTS), (_TILE_OFFSETS, _TILE_COUNTS)):
        starts, lengths = tags.get(offsets), tags.get(counts)
        if starts and lengths and len(starts) == len(lengths):
            return all(start + length <= size for start, length in zip(starts, lengths, strict=True))
    return True  # odd but legal files without counts: decoding will tell


def _is_whole(path: Path, media_type: str) -> bool:
    """Whether the file's end is there, as far as its format lets one see it."""
    with path.open("rb") as stream:
        size = os.fstat(stream.fileno()).st_size
        if media_type == "image/png":
            return _png_ends(stream)
        if media_type == "image/webp":
            head = stream.read(8)
            return int.from_bytes(head[4:8], "little") + 8 <= size + 1
        if media_type == "image/jpeg":
            # Phones append their own data after the end marker: look far back, but not into the picture.
            stream.seek(max(0, size - (1 << 20)))
            return b"\xff\xd9" in stream.read()[-(1 << 20) :]
        if media_type == "image/gif":
            stream.seek(max(0, size - 1024))
            return b"\x3b" in stream.read()
    return True


def _png_ends(stream: BinaryIO) -> bool:
    """Walks the chunks of a PNG to its IEND."""
    stream.seek(8)
    end = os.fstat(stream.fileno()).st_size
    while True:
        head = stream.read(8)
        if len(head) < 8:
            return False
        if head[4:] == b"IEND":
            return True
        if stream.seek(int.from_bytes(head[:4], "big") + 4, os.SEEK_CUR) > end:
            return False
