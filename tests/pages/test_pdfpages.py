from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest

from formextract.config import Settings
from formextract.errors import UnreadableInput
from formextract.intake import open_source
from formextract.model import SourceFile
from formextract.pages import open_pages
from tests.badinputs.pdfkit import BoxFont, Pdf, text_pdf

SETTINGS = Settings()


def scan_pdf(dpi: float, *, rotate: int = 0, size: tuple[int, int] = (595, 842)) -> bytes:
    width, height = round(size[0] / 72 * dpi), round(size[1] / 72 * dpi)
    pixels = np.full((height, width), 255, np.uint8)
    pixels[: height // 10, : width // 10] = 0  # a black corner, top left
    pdf = Pdf()
    image = pdf.image(width, height, pixels.tobytes())
    content = b"q %d 0 0 %d 0 0 cm /Im0 Do Q" % size
    pdf.page(
        content, size=size, resources=b"/XObject << /Im0 %d 0 R >>" % image, extra=b"/Rotate %d" % rotate
    )
    return pdf.build()


def open_one(
    tmp_path: Path, data: bytes, settings: Settings = SETTINGS
) -> tuple[float, np.ndarray, float, float]:
    path = tmp_path / "a.pdf"
    path.write_bytes(data)
    with open_pages(open_source(path, settings), settings) as pages:
        page = pages.page(1)
        raster = page.raster()
    return raster.dpi, raster.color, page.width, page.height


@pytest.mark.parametrize(("scanned", "rendered"), [(72, 150), (100, 150), (200, 200), (300, 300), (600, 300)])
def test_scans_are_rendered_at_about_their_own_resolution(
    tmp_path: Path, scanned: int, rendered: int
) -> None:
    dpi, color, width, height = open_one(tmp_path, scan_pdf(scanned))
    assert dpi == pytest.approx(rendered, abs=1)
    assert color.shape == (math.ceil(height / 72 * dpi), math.ceil(width / 72 * dpi), 3)
    assert color.dtype == np.uint8


def test_born_digital_pages_are_rendered_at_the_readers_resolution(tmp_path: Path) -> None:
    font = BoxFont()
    dpi, _, _, _ = open_one(tmp_path, text_pdf(font.show("กข", 100, 700), font=font), Settings(ocr_dpi=250))
    assert dpi == 250


@pytest.mark.parametrize(("rotate", "corner"), [(0, (0, 0)), (90, (0, -1)), (180, (-1, -1)), (270, (-1, 0))])
def test_turned_pages_come_as_a_viewer_shows_them(
    tmp_path: Path, rotate: int, corner: tuple[int, int]
) -> None:
    _, color, width, height = open_one(tmp_path, scan_pdf(150, rotate=rotate))
    assert (width < height) == (rotate in (0, 180))
    assert color[corner].max() < 60
    others = {(0, 0), (0, -1), (-1, 0), (-1, -1)} - {corner}
    assert all(color[other].min() > 200 for other in others)


def test_large_pages_come_out_coarser_within_the_limit(tmp_path: Path) -> None:
    pdf = Pdf()
    pdf.page(b"0 0 100 100 re f", size=(6000, 6000))
    dpi, color, _, _ = open_one(tmp_path, pdf.build(), Settings(max_page_megapixels=10))
    assert color.shape[0] * color.shape[1] <= 10_100_000
    assert dpi < 60


def test_drawn_field_values_are_rendered(tmp_path: Path) -> None:
    pdf = Pdf()
    look = pdf.stream(b"0 0 200 20 re f", b"/Type /XObject /Subtype /Form /BBox [0 0 200 20]")
    field = pdf.add(
        b"<< /Type /Annot /Subtype /Widget /FT /Tx /T (a) /V (x) "
        b"/Rect [100 500 300 520] /F 4 /AP << /N %d 0 R >> >>" % look
    )
    pdf.page(b"", extra=b"/Annots [%d 0 R]" % field)
    pdf.catalog_extra = b"/AcroForm << /Fields [%d 0 R] >>" % field
    dpi, color, _, height = open_one(tmp_path, pdf.build())
    assert color[int((height - 510) / 72 * dpi), int(200 / 72 * dpi)].max() < 100


def test_born_digital_and_scanned_pages_are_told_apart_page_by_page(tmp_path: Path) -> None:
    font, pdf = BoxFont(), Pdf()
    content = font.show("มานะ มานา ราชา", 100, 700)
    number = font.write(pdf)
    image = pdf.image(10, 10, bytes(50) + b"\xff" * 50)
    pdf.page(content, resources=b"/Font << /F1 %d 0 R >>" % number)
    pdf.page(b"q 595 0 0 842 0 0 cm /Im0 Do Q", resources=b"/XObject << /Im0 %d 0 R >>" % image)
    path = tmp_path / "a.pdf"
    path.write_bytes(pdf.build())
    with open_pages(open_source(path, SETTINGS), SETTINGS) as pages:
        assert len(pages) == 2
        assert [p.number for p in pages] == [1, 2]
        layers = [p.text() for p in pages]
        with pytest.raises(IndexError):
            pages.page(3)
    assert layers[0] is not None and layers[0].trusted
    assert layers[1] is None


def test_file_that_broke_since_its_check_is_unreadable(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(b"%PDF-1.4 broken")
    source = SourceFile(path, "0" * 64, "application/pdf", 10, 1)
    with pytest.raises(UnreadableInput) as caught, open_pages(source, SETTINGS):
        pass
    assert caught.value.code == "damaged" and caught.value.remedy
