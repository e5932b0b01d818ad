"""What a file is, from its first bytes; its name is never asked."""

from __future__ import annotations

import os
import zipfile
from pathlib import Path

from formextract.intake.faults import fault

PDF = "application/pdf"
HEAD_BYTES = 4096

_PDF_WINDOW = 1024
"""Viewers accept ``%PDF-`` within the first kilobyte (ISO 32000-1, implementation note 13)."""

_HEIF_BRANDS = frozenset(b"heic heix hevc hevx heim heis hevm hevs mif1 msf1 avif".split())
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ARCHIVES = {b"Rar!\x1a\x07": "RAR", b"7z\xbc\xaf\x27\x1c": "7-Zip", b"\x1f\x8b": "gzip"}
_CONTAINERS = (*_ZIP, _OLE, *_ARCHIVES)


def sniff(path: Path) -> str:
    """The media type of a file that can be read: PDF, TIFF, JPEG, PNG, BMP, GIF or WebP.

    UnreadableInput for everything else, with codes ``empty_file``, ``heic``, ``office_document``,
    ``archive`` or ``unknown_type``; OSError if the file cannot be opened.
    """
    # O_NONBLOCK: a FIFO put in place of the file after the caller looked must not hang us.
    fd = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
    with os.fdopen(fd, "rb") as stream:
        head = stream.read(HEAD_BYTES)
    media_type = sniff_bytes(head)
    if media_type is not None:
        return media_type
    if not head:
        raise fault("empty_file")
    if head[4:8] == b"ftyp" and head[8:12] in _HEIF_BRANDS:
        raise fault("heic")
    if head.startswith(_ZIP):
        kind = _kind_of_zip(path)
        raise fault("archive", what="ZIP") if kind is None else fault("office_document", what=kind)
    if head.startswith(_OLE):
        raise fault("office_document", what="Microsoft Office")
    if head.startswith(b"{\\rtf"):
        raise fault("office_document", what="RTF")
    for magic, name in _ARCHIVES.items():
        if head.startswith(magic):
            raise fault("archive", what=name)
    raise fault("unknown_type")


def sniff_bytes(head: bytes) -> str | None:
    """The media type that the first bytes show, or None if it is none that can be read."""
    for magic, media_type in (
        (b"\x89PNG\r\n\x1a\n", "image/png"),
        (b"\xff\xd8\xff", "image/jpeg"),
        (b"II*\x00", "image/tiff"),
        (b"MM\x00*", "image/tiff"),
        (b"II+\x00", "image/tiff"),
        (b"MM\x00+", "image/tiff"),
        (b"GIF87a", "image/gif"),
        (b"GIF89a", "image/gif"),
    ):
        if head.startswith(magic):
            return media_type
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "image/webp"
    if head[:2] == b"BM" and len(head) >= 26 and head[6:10] == b"\0\0\0\0":
        return "image/bmp"
    # An archive's first kilobyte may hold the head of a PDF that was packed without compression.
    if not head.startswith(_CONTAINERS) and b"%PDF-" in head[: _PDF_WINDOW + 5]:
        return PDF
    return None


def _kind_of_zip(path: Path) -> str | None:
    """Word, Excel … for an office file in a ZIP; None for a plain archive."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()[:200]
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return None
    for prefix, kind in (("word/", "Word"), ("xl/", "Excel"), ("ppt/", "PowerPoint")):
        if any(name.startswith(prefix) for name in names):
            return kind
    return "OpenDocument" if "content.xml" in names and "mimetype" in names else None
