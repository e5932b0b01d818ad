"""Dotted leaders go, what stands on or near them stays."""

from __future__ import annotations

import pytest

from formextract.imaging.clean import clean_page
from formextract.imaging.leaders import find_leaders, remove_leaders
from tests.imaging.drawing import Sheet


@pytest.mark.parametrize("dpi", [150, 300])
def test_leaders_on_both_sides_of_a_value(dpi: float) -> None:
    sheet = Sheet(360, 60)
    sheet.text(20, 35, "ไม่ต่ำกว่า.......๑๒.........ชั่วโมง")
    page = clean_page(sheet.raster(dpi))
    leaders = find_leaders(page)
    assert len(leaders) == 2
    assert all(30 < b.cy < 37 for b in leaders)
    clean = Sheet(360, 60)
    end = clean.text(20, 35, "ไม่ต่ำกว่า")
    assert leaders[0].x0 == pytest.approx(end, abs=3)
    lifted = remove_leaders(page.gray, leaders, page.scale)
    b = leaders[0]
    x0, x1 = round(b.x0 * page.scale), round(b.x1 * page.scale)
    assert (lifted[round(31 * page.scale) : round(37 * page.scale), x0:x1] < 150).sum() == 0


@pytest.mark.parametrize(
    "text", ["พ.ศ. ๒๕๖๗ ร.ร. ส.พ.ป. ดร. ผอ.", "ที่นี่ที่นี่ที่นี่ที่นี่ที่นี่ที่นี่", "12,450.50 บาท ... 3.14", "๐๐๐๐๐๐ ๐ ๐ ๐ ๐ ๐"]
)
def test_what_is_no_leader(text: str) -> None:
    sheet = Sheet(360, 60)
    sheet.text(20, 35, text)
    assert find_leaders(clean_page(sheet.raster())) == ()


def test_dots_below_a_value_go_and_the_value_stays() -> None:
    sheet = Sheet(360, 60)
    sheet.text(60, 33, "นายเกษม ทองดี")
    bare = clean_page(sheet.raster()).gray
    for k in range(60):
        x = 30 + 4 * k
        sheet.draw.ellipse((x * 4.1667, 38.5 * 4.1667, (x + 1.1) * 4.1667, 39.6 * 4.1667), fill="black")
    page = clean_page(sheet.raster())
    lifted = remove_leaders(page.gray, find_leaders(page), page.scale)
    assert abs(int((lifted < 128).sum()) - int((bare < 128).sum())) < 0.03 * (bare < 128).sum()
