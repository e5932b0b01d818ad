"""Pages of a PDF: rendered by PDFium, their text layer by way of pdfplumber."""

from __future__ import annotations

from pathlib import Path
from types import TracebackType

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as raw

from formextract.config import Settings
from formextract.errors import UnreadableInput
from formextract.model import GrayImage, Raster
from formextract.pages.textlayer import PageText, PdfText, read_text
from formextract.pages.visibility import PROBE_DPI

LOWEST_DPI = 150
"""Scans of lower resolution are rendered at this: below it the readers lose tone marks."""
_FULL_PAGE = 0.8
"""A picture that covers this share of the page is the page."""
_IMAGES_LOOKED_AT = 50


class PdfFile:
    """A PDF opened for rendering and for its text; use as a context manager."""

    def __init__(self, path: Path, page_count: int, settings: Settings) -> None:
        self._settings = settings
        try:
            self._pdf = pdfium.PdfDocument(path)
            if self._pdf.get_formtype() != raw.FORMTYPE_NONE:
                self._pdf.init_forms()  # else field values are not drawn
        except pdfium.PdfiumError:
            raise _damaged("The file cannot be opened as a PDF.") from None
        try:
            self._text = PdfText(path, page_count)
        except OSError:
            self._pdf.close()
            raise _damaged("The file cannot be read from the disk.") from None

    def __enter__(self) -> PdfFile:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._text.__exit__(kind, error, trace)
        self._pdf.close()

    def size_points(self, number: int) -> tuple[float, float]:
        """Width and height of page ``number`` (1-based) in points, ``/Rotate`` applied."""
        page = self._page(number)
        try:
            width, height = page.get_size()
            return float(width), float(height)
        finally:
            page.close()

    def raster(self, number: int, dpi: int | None = None) -> Raster:
        """A page in RGB with its annotations and field values, at ``dpi`` or the resolution that suits it.

        A page that is one picture is rendered at about that picture's own resolution, between
        LOWEST_DPI and ``settings.ocr_dpi``; any other at ``settings.ocr_dpi``.  Large pages come out
        coarser, within ``settings.max_page_megapixels``.  UnreadableInput if it cannot be rendered.
        """
        page = self._page(number)
        try:
            goal = float(dpi) if dpi else self._own_dpi(page)
            width, height = page.get_size()
            limit = self._settings.max_page_megapixels * 1_000_000
            pixels = width * height * (goal / 72) ** 2
            if pixels > limit:
                goal *= (limit / pixels) ** 0.5
            return Raster(_render(page, goal, number, grey=False), goal)
        finally:
            page.close()

    def text(self, number: int) -> PageText | None:
        """The text layer of a page; None where it has none at all."""
        objects = self._text.objects(number)
        if objects is None:
            return None
        if isinstance(objects, str):
            return PageText((), (), 0.0, (objects,))

        def render() -> GrayImage:
            page = self._page(number)
            try:
                width, height = page.get_size()
                if abs(width - objects.width) > 1 or abs(height - objects.height) > 1:
                    raise _Disagreement
                return _render(page, PROBE_DPI, number, grey=True)
            finally:
                page.close()

        try:
            return read_text(objects, render, trailing_known=self._text.trailing_known)
        except _Disagreement:
            # The two parsers see different pages: only the one that draws can be believed.
            return PageText((), (), 0.0, ("damaged_content",))

    def has_text(self, number: int) -> bool:
        """Whether a page has any characters, visible or not; quick."""
        page = self._page(number)
        try:
            text = page.get_textpage()
            try:
                return int(text.count_chars()) > 0
            finally:
                text.close()
        except pdfium.PdfiumError:
            return False
        finally:
            page.close()

    def _page(self, number: int) -> pdfium.PdfPage:
        try:
            return self._pdf[number - 1]
        except (pdfium.PdfiumError, IndexError):
            raise _damaged(f"Page {number} cannot be loaded.") from None

    def _own_dpi(self, page: pdfium.PdfPage) -> float:
        width, height = page.get_size()
        highest = float(self._settings.ocr_dpi)
        best = 0.0
        for count, item in enumerate(page.get_objects(filter=(raw.FPDF_PAGEOBJ_IMAGE,), max_depth=3)):
            if count >= _IMAGES_LOOKED_AT:
                break
            left, bottom, right, top = item.get_bounds()
            if (right - left) * (top - bottom) < _FULL_PAGE * width * height:
                continue
            # areas: a turned picture or page exchanges the sides, not their product
            pixels = item.get_px_size()
            area = max((right - left) * (top - bottom), 1.0) / 72**2
            best = max(best, (pixels[0] * pixels[1] / area) ** 0.5)
        if best == 0.0:
            return highest
        return min(max(round(best), LOWEST_DPI), highest)


class _Disagreement(Exception):
    """The two parsers give a page different sizes."""


def _render(page: pdfium.PdfPage, dpi: float, number: int, *, grey: bool) -> GrayImage:
    """Pixels of a page: shape (height, width) in grey, (height, width, 3) in RGB."""
    try:
        bitmap = page.render(
            scale=dpi / 72, draw_annots=True, may_draw_forms=True, grayscale=grey, rev_byteorder=True
        )
    except (pdfium.PdfiumError, MemoryError, ValueError):
        raise _damaged(f"Page {number} cannot be rendered.") from None
    array = np.array(bitmap.to_numpy(), dtype=np.uint8, copy=True)
    bitmap.close()
    if grey:
        return array[:, :, 0] if array.ndim == 3 else array
    if array.ndim == 2:
        return np.repeat(array[:, :, None], 3, axis=2)
    return np.ascontiguousarray(array[:, :, :3])


def _damaged(message: str) -> UnreadableInput:
    return UnreadableInput(
        message, code="damaged", remedy="Scan the paper again, or ask the sender for the file again."
    )
