"""Lines: marks stay with their letters, neighbours stay out, columns and cells come apart."""

from __future__ import annotations

import numpy as np
import pytest

from formextract.imaging.clean import clean_page
from formextract.imaging.lines import find_lines
from formextract.imaging.rules import find_rules
from formextract.model import LINE_BORDER, Box, Raster
from tests.imaging.drawing import PT, Sheet, grainy, turned

LINES = ["ผู้รู้ปฏิบัติที่บ้านปู่ญี่ปุ่น", "ฎีกาชี้แจงเรื่องที่ดินกู้ยืม", "อยู่ดีมีสุขทั้งหมู่บ้านฯ", "ปีที่ผ่านมาน้ำท่วมทุ่งนา"]


@pytest.mark.parametrize("leading", [17.0, 19.0, 30.0])
@pytest.mark.parametrize("font", ["Garuda", "Norasi"])
def test_tight_and_wide_leading(leading: float, font: str) -> None:
    size = 11.0
    sheet = Sheet(300, 160, font)
    alone = []
    for k, t in enumerate(LINES):
        sheet.text(30, 30 + leading * k, t, size)
        one = Sheet(300, 160, font)
        one.text(30, 30 + leading * k, t, size)
        alone.append(clean_page(one.raster()).gray)
    page = clean_page(sheet.raster())
    crops = find_lines(page)
    assert len(crops) == len(LINES)
    for crop, gray in zip(crops, alone, strict=True):
        ys, xs = np.nonzero(gray < 128)
        truth = Box(xs.min() / PT, ys.min() / PT, (xs.max() + 1) / PT, (ys.max() + 1) / PT)
        assert crop.box.x0 == pytest.approx(truth.x0, abs=1.0)
        assert crop.box.x1 == pytest.approx(truth.x1, abs=1.0)
        # all of the line's ink and nothing else's
        assert (crop.image < 128).sum() == pytest.approx((gray < 128).sum(), rel=0.03)


def test_slope_and_grain() -> None:
    sheet = Sheet(400, 160)
    for k, t in enumerate(LINES):
        sheet.text(30, 40 + 26 * k, f"{t} {LINES[(k + 1) % 4]}")
    crops = find_lines(clean_page(Raster(grainy(turned(sheet.array(), -2.0), 12), 300)))
    assert len(crops) == 4


def test_columns_of_signatures_come_apart() -> None:
    sheet = Sheet(500, 120)
    for x in (30, 300):
        sheet.text(x, 40, "(นายเกษม ทองดี)")
        sheet.text(x, 66, "ผู้อำนวยการโรงเรียน")
    crops = find_lines(clean_page(sheet.raster()))
    assert [(round(c.box.x0 / 270), c.cell) for c in crops] == [(0, None), (1, None)] * 2


def test_cells_are_regions_of_their_own() -> None:
    sheet = Sheet(360, 120)
    for y in (20, 90):
        sheet.line(20, y, 340, y)
    for x in (20, 110, 340):
        sheet.line(x, 20, x, 90)
    sheet.text(26, 45, "โรงเรียนบ้านนา")
    sheet.text(114, 45, "ร้อยละ ๘๐ ของผู้เรียน")
    sheet.text(114, 70, "๗")
    page = clean_page(sheet.raster())
    cells = [Box(20.5, 20.5, 109.5, 89.5), Box(110.5, 20.5, 339.5, 89.5)]
    crops = find_lines(page, rules=find_rules(page), cells=cells)
    assert [c.cell for c in crops] == [0, 1, 1]
    assert all(cells[c.cell].grown(1).holds(c.box.cx, c.box.cy) for c in crops if c.cell is not None)


@pytest.mark.parametrize("dpi", [150, 300])
def test_slivers_of_neighbours_are_no_lines(dpi: float) -> None:
    sheet = Sheet(220, 34)
    sheet.text(10, 22, "โรงเรียนบ้านหนองบัว", 13)
    sheet.text(10, 2, "ปู่ญี่ปุ่นกู้ยืม", 13)
    sheet.text(10, 44, "ที่นี่ชั้นปีน้ำ", 13)
    crops = find_lines(clean_page(sheet.raster(dpi)))
    assert len(crops) == 1
    assert 10 < crops[0].box.cy < 26


def test_crop_is_framed_in_white_and_knows_its_place() -> None:
    sheet = Sheet(200, 60)
    sheet.text(40, 35, "บาท")
    crop = find_lines(clean_page(sheet.raster()))[0]
    b = LINE_BORDER
    assert crop.image[:b].min() == 255 and crop.image[:, :b].min() == 255 and crop.image[-b:].min() == 255
    whole = crop.box_of(b, b, crop.image.shape[1] - b, crop.image.shape[0] - b)
    assert whole.as_list(3) == crop.box.as_list(3)


def test_blank_page_has_no_lines() -> None:
    assert find_lines(clean_page(Raster(np.full((900, 700, 3), 255, np.uint8), 150))) == []


def test_short_line_keeps_its_tone_mark() -> None:
    """A tone on a vowel stands one and a half letters high: it was once lost from ลงชื่อ."""
    sheet = Sheet(200, 60)
    sheet.text(40, 35, "ลงชื่อ")
    page = clean_page(sheet.raster())
    assert (find_lines(page)[0].image < 128).sum() == pytest.approx((page.gray < 128).sum(), rel=0.02)


def test_a_lone_letter_keeps_its_marks() -> None:
    """The column head ที่ was once cut into ท and a line of marks."""
    sheet = Sheet(200, 60)
    sheet.text(40, 35, "ที่")
    page = clean_page(sheet.raster())
    crops = find_lines(page)
    assert len(crops) == 1
    assert (crops[0].image < 128).sum() == pytest.approx((page.gray < 128).sum(), rel=0.02)
