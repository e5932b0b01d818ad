"""The text that a PDF page brings along: its lines, its rules, and how far to believe them."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

import pdfplumber
from pdfminer.pdfpage import PDFPage

from formextract.model import GrayImage, Rule, TextLine
from formextract.pages.content import PageObjects, TooComplex, read_objects
from formextract.pages.glyphs import build_clusters, drop_doubles, is_blank
from formextract.pages.rules import build_rules
from formextract.pages.textlines import build_lines
from formextract.pages.trust import TRUSTED, judge
from formextract.pages.visibility import patched_chars, unexplained_words, visible_chars, visible_rules
from formextract.pages.weight import mark_bold

__all__ = ["TRUSTED", "PageText", "PdfText", "read_text"]

logging.getLogger("pdfminer").setLevel(logging.ERROR)

_NO_TRAILING_BLANKS = ("Skia/PDF",)
"""Producers that draw no blank where a line breaks at one: its absence says nothing there."""


@dataclass(frozen=True, slots=True)
class PageText:
    """A page's text layer, in the source frame."""

    lines: tuple[TextLine, ...]
    """Visible lines, top to bottom, then left to right; parted at vertical rules."""
    rules: tuple[Rule, ...]
    """Drawn rules, pieces joined, tick boxes left out."""
    trust: float
    """0 to 1: how far the lines may be believed."""
    reasons: tuple[str, ...]
    """What was noticed, as stable words: ``invisible_text``, ``hidden_text``, ``ink_without_text``,
    ``font_without_mapping``, ``font_with_wrong_mapping``, ``rotten_text``, ``sideways_text``,
    ``text_painted_over``, ``form_values_not_drawn``, ``too_complex``, ``damaged_content``."""

    @property
    def trusted(self) -> bool:
        """Whether the page need not be read as an image."""
        return self.trust >= TRUSTED


class PdfText:
    """A PDF opened for its text; use as a context manager.  Pages that cannot be had give no text."""

    def __init__(self, path: Path, page_count: int) -> None:
        self._stream = path.open("rb")
        self._pages: list[PDFPage] = []
        self.trailing_known = True
        try:
            self._pdf = pdfplumber.open(self._stream)
            pages = [page.page_obj for page in self._pdf.pages]
            # Damaged files may look different to two parsers; then only the one that draws counts.
            self._pages = pages if len(pages) == page_count else []
            producer = str(self._pdf.metadata.get("Producer", ""))
            self.trailing_known = not producer.startswith(_NO_TRAILING_BLANKS)
        except Exception:  # pdfplumber and pdfminer raise nearly everything on damaged files
            self._pages = []

    def __enter__(self) -> PdfText:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stream.close()

    def objects(self, number: int) -> PageObjects | str | None:
        """What page ``number`` (1-based) draws; a reason word if that cannot be told; None without pages."""
        if not 1 <= number <= len(self._pages):
            return None
        try:
            return read_objects(self._pages[number - 1], self._pdf.rsrcmgr)
        except TooComplex:
            return "too_complex"
        except Exception:  # as above, and RecursionError
            return "damaged_content"


def read_text(
    objects: PageObjects, render: Callable[[], GrayImage], *, trailing_known: bool = True
) -> PageText | None:
    """The text layer of a page from what it draws; None if it draws no characters at all.

    ``render`` gives the page in grey at ``visibility.PROBE_DPI``, shape (height, width).
    """
    if not any(not is_blank(c.text) for c in objects.chars) and not objects.bare_values:
        return None
    image = render()
    shown = drop_doubles(visible_chars(objects, image))
    rules = tuple(visible_rules(build_rules(objects.paths), image))
    upright = [c for c in shown if c.upright]
    lines = build_lines(
        build_clusters(upright),
        [c for c in upright if is_blank(c.text)],
        rules,
        trailing_known=trailing_known,
    )
    lines = mark_bold(lines, image)
    verdict = judge(
        objects,
        shown,
        "\n".join(line.text for line in lines),
        patched=patched_chars(objects, shown),
        loose_words=unexplained_words(objects, shown, image),
    )
    return PageText(lines, rules, verdict.trust, verdict.reasons)
