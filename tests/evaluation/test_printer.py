from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from rapidfuzz import fuzz

from formextract.evaluation.forms import make_mou, make_roster
from formextract.evaluation.places import load_places
from formextract.evaluation.printer import Printer, open_printer
from formextract.evaluation.scan_files import misplace_glyph_map
from formextract.evaluation.style import Style
from formextract.thai.text import rot_score, squeeze

_HAS_FONT = (
    shutil.which("fc-list") is not None
    and b"Norasi" in subprocess.run(["fc-list", "Norasi"], capture_output=True, check=False).stdout
)
pytestmark = pytest.mark.skipif(
    shutil.which("chromium") is None or not _HAS_FONT, reason="needs Debian's chromium and fonts-thai-tlwg"
)


@pytest.fixture(scope="module")
def printer() -> Iterator[Printer]:
    with open_printer() as opened:
        yield opened


def test_boxes_hold_the_printed_values(printer: Printer) -> None:
    sheet = make_roster(
        3, load_places(), n_offices=8, merged=True, style=Style(1, font="Norasi", digits="arabic")
    )
    printed = printer.print(sheet.style.page(sheet.body, Path("."), sheet.css))
    document = pdfium.PdfDocument(printed.pdf)
    assert len(document) == printed.page_count
    rows = sheet.record["rows"]
    for i, row in enumerate(rows):
        number, box = printed.boxes[f"rows[{i}].codev_school"]
        page = document[number - 1]
        height = page.get_height()
        text = page.get_textpage().get_text_bounded(
            box.x0 - 1, height - box.y1 - 1, box.x1 + 1, height - box.y0 + 1
        )
        # PDFium repeats a cluster of stacked marks now and then, so near enough is right here.
        assert fuzz.partial_ratio(squeeze(row["codev_school"]), squeeze(text)) > 85
    assert {page for page, _ in printed.boxes.values()} == set(range(1, printed.page_count + 1))


def test_same_form_gives_the_same_file(printer: Printer) -> None:
    sheet = make_mou(3, load_places(), variant="2p", style=Style(1, font="Norasi"))
    page = sheet.style.page(sheet.body, Path("."), sheet.css)
    assert printer.print(page).pdf == printer.print(page).pdf


def test_wrong_glyph_map_spoils_the_text_only(printer: Printer) -> None:
    sheet = make_mou(3, load_places(), variant="2p", style=Style(1, font="Norasi"))
    pdf = printer.print(sheet.style.page(sheet.body, Path("."), sheet.css)).pdf
    wrong = misplace_glyph_map(pdf, 1)
    texts = [pdfium.PdfDocument(x)[0].get_textpage().get_text_range() for x in (pdf, wrong)]
    assert "บันทึก" in texts[0]
    assert rot_score(texts[1]) > rot_score(texts[0])
    shots = [pdfium.PdfDocument(x)[0].render(scale=1).to_numpy() for x in (pdf, wrong)]
    assert (shots[0] == shots[1]).all()
