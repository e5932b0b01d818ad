"""One way to the pages of a file, whatever its format."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Protocol

from formextract.config import Settings
from formextract.model import Raster, SourceFile
from formextract.pages.imagepages import ImageFile
from formextract.pages.pdfpages import PdfFile
from formextract.pages.textlayer import PageText

PDF = "application/pdf"


class _File(Protocol):
    def size_points(self, number: int) -> tuple[float, float]: ...

    def raster(self, number: int, dpi: int | None = None) -> Raster: ...


@dataclass(frozen=True)
class Page:
    """A page of an open file; its methods work only while ``open_pages`` is."""

    number: int
    """1-based."""
    width: float
    """Points, as a viewer shows the page (the source frame)."""
    height: float
    """Points, as a viewer shows the page."""
    has_text: bool
    """Whether there are characters in it, visible or not; images never have any."""
    _file: _File = field(repr=False, compare=False)

    def raster(self, dpi: int | None = None) -> Raster:
        """Its pixels in source orientation, RGB.

        Without ``dpi`` at the resolution that suits reading: ``settings.ocr_dpi``, or that of the scan
        if it is lower (PDF: not below 150).  Never more pixels than ``settings.max_page_megapixels``.
        UnreadableInput if it cannot be decoded.
        """
        return self._file.raster(self.number, dpi)

    def text(self) -> PageText | None:
        """Its text layer in the source frame; None for images and PDF pages without characters.

        Use its lines only if ``trusted``; else read ``raster()``.
        """
        if not self.has_text or not isinstance(self._file, PdfFile):
            return None
        return self._file.text(self.number)


class Pages:
    """The pages of an open file, in order; made as they are asked for."""

    def __init__(self, file: _File, count: int) -> None:
        self._file = file
        self._count = count

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[Page]:
        return (self.page(number) for number in range(1, self._count + 1))

    def page(self, number: int) -> Page:
        """Page ``number``, 1-based; IndexError outside the file, UnreadableInput if it is damaged."""
        if not 1 <= number <= self._count:
            raise IndexError(f"no page {number}")
        width, height = self._file.size_points(number)
        has_text = isinstance(self._file, PdfFile) and self._file.has_text(number)
        return Page(number, width, height, has_text, self._file)


@contextmanager
def open_pages(source: SourceFile, settings: Settings) -> Iterator[Pages]:
    """Opens a checked file for its pages; UnreadableInput if it is damaged or has changed since.

    with open_pages(source, settings) as pages:
        for page in pages:
            layer = page.text()
    """
    if source.media_type == PDF:
        with PdfFile(source.path, source.page_count, settings) as pdf:
            yield Pages(pdf, source.page_count)
    else:
        yield Pages(ImageFile(source.path, source.media_type, settings), source.page_count)
