"""The simulated printer: HTML through Chromium to a born-digital PDF, with the box of each value.

Values are links (see ``style``); Chromium writes a link annotation for each line that a link
covers, so the true boxes come from the PDF itself.  The annotations are taken out again.
"""

from __future__ import annotations

import ctypes
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from formextract.errors import MissingDependency
from formextract.evaluation.style import LINK
from formextract.model import Box

CHROMIUM_ARGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip
_DATE = re.compile(rb"\(D:\d{14}([^)]*\))")
_FILE_ID = re.compile(rb"/ID\[<[0-9A-Fa-f]{32}><[0-9A-Fa-f]{32}>\]")
"""Dates and numbers of the file, made equal so that equal forms give equal files."""


@dataclass(frozen=True, slots=True)
class Printed:
    """A born-digital PDF."""

    pdf: bytes
    """The file."""
    page_count: int
    """Pages in it."""
    boxes: dict[str, tuple[int, Box]]
    """Path of the value -> 1-based page and hull of its lines there (first page only where it runs on)."""


class Printer:
    """One running browser; make it with ``open_printer``."""

    def __init__(self, browser: Any, folder: Path) -> None:
        self._browser = browser
        self._folder = folder
        self._count = 0

    def print(self, document: str, page_numbers: bool = False) -> Printed:
        """Prints an HTML document to PDF."""
        self._count += 1
        source = self._folder / f"{self._count}.html"
        source.write_text(document, encoding="utf-8")
        page = self._browser.new_page()
        try:
            page.goto(source.absolute().as_uri())
            page.evaluate("document.fonts.ready")
            options: dict[str, Any] = {"prefer_css_page_size": True, "print_background": True}
            if page_numbers:
                number = (
                    '<div style="width:100%;text-align:center;font:11pt Laksaman">'
                    '- <span class="pageNumber"></span> -</div>'
                )
                options |= {
                    "display_header_footer": True,
                    "header_template": number,
                    "footer_template": "<i></i>",
                }
            pdf = page.pdf(**options)
        finally:
            page.close()
        return _collect_boxes(pdf)


@contextmanager
def open_printer() -> Iterator[Printer]:
    """A printer for the time of a ``with`` block.

    Raises MissingDependency where Playwright or Chromium is not on the machine.
    """
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        raise MissingDependency(
            "Chromium is not installed.", code="chromium_missing", remedy="Install the package chromium."
        )
    try:
        from playwright.sync_api import sync_playwright
    except ImportError as exc:
        raise MissingDependency(
            "Playwright is not installed.", code="playwright_missing", remedy="pip install playwright"
        ) from exc
    with tempfile.TemporaryDirectory(prefix="formextract-print-") as folder, sync_playwright() as tool:
        browser = tool.chromium.launch(executable_path=program, args=list(CHROMIUM_ARGS))
        try:
            yield Printer(browser, Path(folder))
        finally:
            browser.close()


def _collect_boxes(pdf: bytes) -> Printed:
    document = pdfium.PdfDocument(pdf)
    boxes: dict[str, tuple[int, Box]] = {}
    for index in range(len(document)):
        page = document[index]
        height = page.get_height()
        for slot in reversed(range(raw.FPDFPage_GetAnnotCount(page.raw))):
            annotation = raw.FPDFPage_GetAnnot(page.raw, slot)
            path, rect = _link_path(document, annotation), raw.FS_RECTF()
            raw.FPDFAnnot_GetRect(annotation, ctypes.byref(rect))
            raw.FPDFPage_CloseAnnot(annotation)
            raw.FPDFPage_RemoveAnnot(page.raw, slot)
            if path is None:
                continue
            box = Box(rect.left, height - rect.top, rect.right, height - rect.bottom)
            known = boxes.get(path)
            if known is None:
                boxes[path] = (index + 1, box)
            elif known[0] == index + 1:
                boxes[path] = (index + 1, known[1].union(box))
    out = BytesIO()
    document.save(out)
    count = len(document)
    document.close()
    pdf = _DATE.sub(lambda m: b"(D:20240101000000" + m[1], out.getvalue())
    return Printed(
        _FILE_ID.sub(lambda m: b"/ID[" + b"<" + b"0" * 32 + b">" + b"<" + b"0" * 32 + b">]", pdf),
        count,
        boxes,
    )


def _link_path(document: Any, annotation: Any) -> str | None:
    link = raw.FPDFAnnot_GetLink(annotation)
    action = raw.FPDFLink_GetAction(link) if link else None
    if not action:
        return None
    size = raw.FPDFAction_GetURIPath(document.raw, action, None, 0)
    buffer = ctypes.create_string_buffer(size)
    raw.FPDFAction_GetURIPath(document.raw, action, buffer, size)
    address = unquote(buffer.value.decode("utf-8", "replace"))
    return address.removeprefix(LINK) if address.startswith(LINK) else None
