"""Rules are found through breaks and slope, and lifted without eating letters."""

from __future__ import annotations

import numpy as np
import pytest

from formextract.imaging.clean import clean_page
from formextract.imaging.rules import find_rules, remove_rules
from formextract.model import Raster
from tests.imaging.drawing import Sheet, turned


def table() -> Sheet:
    sheet = Sheet(360, 200)
    for y in (30, 80, 130):
        sheet.line(30, y, 330, y)
    for x in (30, 150, 330):
        sheet.line(x, 30, x, 130)
    sheet.text(40, 60, "โรงเรียนบ้านหนองแค", 13)
    sheet.text(160, 110, "ปฏิบัติการสอน ๓ ชั่วโมง", 13)
    return sheet


@pytest.mark.parametrize("degrees", [0.0, 0.15])
def test_grid_is_found(degrees: float) -> None:
    page = clean_page(Raster(turned(table().array(), degrees), 300), deskew=False)
    rules = find_rules(page)
    across = sorted(r.box.cy for r in rules if r.horizontal)
    upright = sorted(r.box.cx for r in rules if not r.horizontal)
    assert across == pytest.approx([30, 80, 130], abs=0.8)
    assert upright == pytest.approx([30, 150, 330], abs=0.8)
    assert all(r.box.width > 295 for r in rules if r.horizontal)


def test_a_broken_rule_is_one() -> None:
    sheet = table()
    for x in (70, 120, 250):
        sheet.draw.rectangle((x * 4.1667, 78 * 4.1667, (x + 3) * 4.1667, 82 * 4.1667), fill="white")
    rules = [r for r in find_rules(clean_page(sheet.raster())) if r.horizontal]
    assert len(rules) == 3


def test_text_alone_has_no_rules() -> None:
    sheet = Sheet(360, 120)
    sheet.text(20, 40, "ประเมินผลสัมฤทธิ์ทางการเรียน — 2567", 20)
    sheet.text(20, 90, "สำนักงานคณะกรรมการ (ICT) llll 1111", 24)
    assert find_rules(clean_page(sheet.raster())) == ()


def test_letters_that_cross_a_rule_survive_its_removal() -> None:
    sheet = Sheet(300, 80)
    sheet.text(20, 45, "ครูผู้รู้อยู่ฎีกา", 16)
    bare = clean_page(sheet.raster()).gray
    sheet.line(10, 49, 290, 49)
    page = clean_page(sheet.raster())
    rules = find_rules(page)
    assert len(rules) == 1
    lifted = remove_rules(page.gray, rules, page.scale)
    lost = (bare < 128) & (lifted >= 160)
    added = (bare > 200) & (lifted < 128)
    # feet that stand on the rule lose what lies within it
    assert lost.sum() < 0.08 * (bare < 128).sum()
    assert added.sum() < 0.02 * (bare < 128).sum()
    assert np.shares_memory(lifted, page.gray) is False
