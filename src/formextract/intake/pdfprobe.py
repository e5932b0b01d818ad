"""Looking at a PDF before anybody works with it: locked, cut off, empty, endless, exploding.

Meant to run in the guarded child of ``guard.run_guarded``: it makes PDFium parse every page.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from formextract.intake.faults import fault

MM_PER_POINT = 25.4 / 72

CREDIBLE_DPI = 2450.0
"""Scanners reach 2,400 dpi; an embedded image that is finer than that hides a bomb."""
MAX_IMAGE_MEGAPIXELS = 1200
"""No single embedded image may have more, however large its page (A4 at 2,400 dpi has 557)."""

_TAIL = 64 * 1024
_EMPTY_TREE = re.compile(rb"<<[^<>]*/Count\s+0\b[^<>]*/Type\s*/Pages\b|/Type\s*/Pages\b[^<>]*/Count\s+0\b")
_FORM_DEPTH = 3
_MAX_OBJECTS = 5000
"""Objects of a page that are looked at for images; scans have one."""


@dataclass(frozen=True)
class PdfProbe:
    """What a PDF holds."""

    pages: int
    """Number of pages."""


def probe_pdf(path: Path, max_pages: int, max_page_mm: int, max_megapixels: int) -> PdfProbe:
    """Opens the PDF, loads every page and measures its images without decoding them.

    UnreadableInput: ``encrypted``, ``unsupported_encryption``, ``damaged``, ``truncated``,
    ``no_pages``, ``too_many_pages``, ``page_too_large``, ``image_too_large``, ``xfa_form``.
    A PDF that is only protected against copying or printing opens like any other.
    """
    whole = is_whole(path)
    try:
        pdf = pdfium.PdfDocument(path)
    except pdfium.PdfiumError as error:
        raise _opening_fault(path, getattr(error, "err_code", None), whole) from None
    try:
        count = len(pdf)
        if count > max_pages:
            raise fault("too_many_pages", pages=count, limit=max_pages)
        if not whole:
            # PDFium patches such a file up, with whatever pages it finds: lost pages would go unseen.
            raise fault("truncated")
        if count == 0:
            raise fault("no_pages")
        if pdf.get_formtype() == raw.FORMTYPE_XFA_FULL:
            raise fault("xfa_form")
        for index in range(count):
            _check_page(pdf, index, max_page_mm, max_megapixels)
    finally:
        pdf.close()
    return PdfProbe(count)


def is_whole(path: Path) -> bool:
    """Whether the end of the PDF is there: its end mark, and for web-optimised ones its stated length."""
    size = path.stat().st_size
    with path.open("rb") as stream:
        head = stream.read(2048)
        stream.seek(max(0, size - _TAIL))
        tail = stream.read()
    stated = re.search(rb"/Linearized\b[^>]{0,200}?/L\s+(\d{1,15})\b", head, re.DOTALL)
    if stated and int(stated.group(1)) > size:
        return False
    return b"%%EOF" in tail or re.search(rb"startxref\s+\d+\s*\Z", tail) is not None


def _opening_fault(path: Path, code: int | None, whole: bool) -> Exception:
    if code == raw.FPDF_ERR_PASSWORD:
        return fault("encrypted")
    if code == raw.FPDF_ERR_SECURITY:
        return fault("unsupported_encryption")
    if not whole:
        return fault("truncated")
    if _EMPTY_TREE.search(path.read_bytes()):
        return fault("no_pages")
    return fault("damaged", what="it cannot be opened as a PDF")


def _check_page(pdf: pdfium.PdfDocument, index: int, max_page_mm: int, max_megapixels: int) -> None:
    """Loads one page and holds its size and its images against the limits."""
    try:
        page = pdf[index]
    except pdfium.PdfiumError:
        raise fault("damaged", what=f"page {index + 1} cannot be loaded") from None
    try:
        width, height = page.get_size()
        if not (width > 1 and height > 1):
            raise fault("damaged", what=f"page {index + 1} has no size")
        longer = max(width, height) * MM_PER_POINT
        if longer > max_page_mm:
            raise fault("page_too_large", page=index + 1, size=round(longer), limit=max_page_mm)
        seen = 0
        for item in page.get_objects(filter=(raw.FPDF_PAGEOBJ_IMAGE,), max_depth=_FORM_DEPTH):
            _check_image(item, index + 1, max_megapixels)
            seen += 1
            if seen >= _MAX_OBJECTS:
                break
    finally:
        page.close()


def _check_image(item: pdfium.PdfImage, page: int, max_megapixels: int) -> None:
    """An image may be larger than the limit only as far as a fine scan of its place on the page is."""
    width, height = item.get_px_size()
    megapixels = width * height / 1e6
    if megapixels <= max_megapixels:
        return
    left, bottom, right, top = item.get_bounds()
    inches = max(right - left, 1e-6) / 72, max(top - bottom, 1e-6) / 72
    dpi = (width * height / (inches[0] * inches[1])) ** 0.5
    if megapixels > MAX_IMAGE_MEGAPIXELS or dpi > CREDIBLE_DPI:
        raise fault("image_too_large", page=page, size=round(megapixels), limit=max_megapixels)
