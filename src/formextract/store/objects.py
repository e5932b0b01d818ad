"""Files beside the database: the archive of sources, and page pictures for the clerks' crops.

    <home>/objects/ab/<sha256>            a copy of the source bytes
    <home>/pages/<sha256>/<n>.jpg         page n (from 1), upright and deskewed, gray, about 150 dpi
    <home>/pages/<sha256>/<n>.json        its dpi, and the transform from upright points to source points

A copy, not a hard link: the source may later be edited in place, the archive may not.  Each file
appears by rename, whole.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw

from formextract.errors import FormextractError
from formextract.model import Box, GrayImage, Transform

PAGE_DPI = 150
"""Thai tone marks are still told apart on a screen; an A4 page takes about 250 kB."""
_SHA = re.compile(r"[0-9a-f]{64}")
_CHUNK = 1 << 20
_OUTLINE = (200, 60, 20)
_MIN_CROP = 330.0
"""Points; about two thirds of the print on an A4 page."""


class MissingPicture(FormextractError):
    """A page has no picture in the archive."""


@dataclass(frozen=True, slots=True)
class PagePicture:
    """A page as the desk shows it."""

    path: Path
    """The JPEG."""
    width: int
    """Pixels."""
    height: int
    """Pixels."""
    dpi: float
    """Pixels per inch."""
    to_source: Transform
    """Upright points to source points."""

    def pixels_of(self, bbox: Sequence[float]) -> Box:
        """A source box in points as pixels of this picture."""
        upright = self.to_source.inverse().box(Box(*bbox))
        k = self.dpi / 72
        return Box(upright.x0 * k, upright.y0 * k, upright.x1 * k, upright.y1 * k)


class Objects:
    """The folders under a home."""

    def __init__(self, home: Path) -> None:
        self.home = home

    def object_path(self, sha256: str) -> Path:
        """Where the bytes of that hash lie; ValueError if it is no hash."""
        _require_hash(sha256)
        return self.home / "objects" / sha256[:2] / sha256

    def archive(self, source: Path, sha256: str) -> Path:
        """Copy a source file into the archive unless it is there; its place.

        FormextractError if the bytes are not those of ``sha256``: the file changed since it was read.
        """
        target = self.object_path(sha256)
        if target.exists():
            return target
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        part = target.with_name(f".{sha256}.{secrets.token_hex(4)}")
        digest = hashlib.sha256()
        try:
            with source.open("rb") as given, _create(part) as taken:
                while chunk := given.read(_CHUNK):
                    digest.update(chunk)
                    taken.write(chunk)
                taken.flush()
                os.fsync(taken.fileno())
            if digest.hexdigest() != sha256:
                raise FormextractError(
                    "a file changed between reading and archiving",
                    code="changed_input",
                    remedy="Read the file again when nobody writes to it.",
                )
            part.replace(target)
        finally:
            part.unlink(missing_ok=True)
        return target

    def save_page(self, sha256: str, number: int, gray: GrayImage, dpi: float, to_source: Transform) -> Path:
        """Keep the picture of an upright page, shrunk to ``PAGE_DPI``.

        ``gray`` has shape (height, width); ``dpi`` is its resolution; ``number`` counts from 1.
        """
        target = self._page(sha256, number)
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        image = Image.fromarray(np.ascontiguousarray(gray))
        shrink = min(1.0, PAGE_DPI / dpi)
        if shrink < 1.0:
            size = (max(1, round(image.width * shrink)), max(1, round(image.height * shrink)))
            image = image.resize(size, Image.Resampling.LANCZOS)
        facts = {"dpi": dpi * shrink, "width": image.width, "height": image.height, "to_source": to_source.m}
        picture = io.BytesIO()
        image.save(picture, "JPEG", quality=72, optimize=True)
        _write(target.with_suffix(".json"), json.dumps(facts).encode())
        _write(target, picture.getvalue())
        return target

    def page(self, sha256: str, number: int) -> PagePicture:
        """A page's picture; MissingPicture if there is none."""
        target = self._page(sha256, number)
        try:
            facts = json.loads(target.with_suffix(".json").read_bytes())
            if target.exists():
                m = tuple(float(v) for v in facts["to_source"])
                transform = Transform.from_matrix(np.array(m).reshape(3, 3))
                return PagePicture(target, facts["width"], facts["height"], facts["dpi"], transform)
        except (OSError, ValueError, KeyError):
            pass
        raise MissingPicture(
            "there is no picture of this page",
            code="missing_picture",
            remedy="Read the file again, or look at the source file.",
        )

    def crop(self, sha256: str, page: int, bbox_source: Sequence[float], *, margin: float = 26.0) -> bytes:
        """PNG of a value with its surroundings, the value outlined.

        ``bbox_source`` in points of the source frame; ``margin`` in points, more to the sides than above
        and below, so that the label beside the value is seen.  MissingPicture if the page has none.
        """
        picture = self.page(sha256, page)
        box = picture.pixels_of(bbox_source)
        k = picture.dpi / 72
        frame = box.grown(margin * k * 3, margin * k)
        # A tick box alone says nothing: its words stand to the right of it.
        frame = Box(frame.x0, frame.y0, max(frame.x1, frame.x0 + _MIN_CROP * k), frame.y1)
        with Image.open(picture.path) as whole:
            x0, y0 = max(0, int(frame.x0)), max(0, int(frame.y0))
            x1, y1 = min(whole.width, int(frame.x1) + 1), min(whole.height, int(frame.y1) + 1)
            if x1 <= x0 or y1 <= y0:
                raise MissingPicture(
                    "the value lies outside its page", code="missing_picture", remedy="Look at the page."
                )
            part = whole.convert("RGB").crop((x0, y0, x1, y1))
        edge = box.grown(3, 2)
        shape = (
            max(0.0, edge.x0 - x0),
            max(0.0, edge.y0 - y0),
            min(part.width - 1.0, edge.x1 - x0),
            min(part.height - 1.0, edge.y1 - y0),
        )
        if shape[0] <= shape[2] and shape[1] <= shape[3]:
            ImageDraw.Draw(part).rectangle(shape, outline=_OUTLINE, width=2)
        out = io.BytesIO()
        part.save(out, "PNG")
        return out.getvalue()

    def _page(self, sha256: str, number: int) -> Path:
        _require_hash(sha256)
        return self.home / "pages" / sha256 / f"{int(number)}.jpg"


def _require_hash(sha256: str) -> None:
    if not _SHA.fullmatch(sha256):
        raise ValueError("not a sha256 in lower-case hex")


def _create(path: Path) -> io.BufferedWriter:
    # Forms hold names and salaries: only the owner reads them.
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")


def _write(target: Path, data: bytes) -> None:
    part = target.with_name(f".{target.name}.{secrets.token_hex(4)}")
    try:
        with _create(part) as file:
            file.write(data)
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
