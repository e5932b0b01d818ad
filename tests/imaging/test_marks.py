"""Tick boxes are found and judged; letters, digits and table cells are none."""

from __future__ import annotations

import pytest

from formextract.imaging.brackets import bracket_state
from formextract.imaging.clean import clean_page
from formextract.imaging.marks import find_marks
from formextract.imaging.rules import find_rules
from formextract.model import Box, Raster
from tests.imaging.drawing import Sheet, grainy, turned


def form(shape: str) -> tuple[Sheet, list[bool]]:
    sheet = Sheet(300, 220)
    draw = sheet.box if shape == "square" else sheet.circle
    states = []
    for k, how in enumerate(["empty", "tick", "cross", "over", "pen", "empty", "fill"]):
        x, y = 30.0, 20.0 + 26 * k
        draw(x, y)
        if how == "tick":
            sheet.tick(x, y)
        elif how == "over":
            sheet.tick(x, y, over=4)
        elif how == "pen":
            sheet.tick(x, y, over=3, color="#2038b0")
        elif how == "cross":
            sheet.line(x + 2, y + 2, x + 7, y + 7, 1.2)
            sheet.line(x + 7, y + 2, x + 2, y + 7, 1.2)
        elif how == "fill":
            sheet.draw.rectangle(
                ((x + 2) * 4.17, (y + 2) * 4.17, (x + 7) * 4.17, (y + 7) * 4.17), fill="black"
            )
        sheet.text(46, y + 8, "ระดับประถมศึกษา ๐ ๑")
        states.append(how != "empty")
    return sheet, states


@pytest.mark.parametrize("shape", ["square", "circle"])
@pytest.mark.parametrize("kind", ["clean", "150dpi", "office"])
def test_every_box_and_its_state(shape: str, kind: str) -> None:
    sheet, states = form(shape)
    raster = sheet.raster(150 if kind == "150dpi" else 300)
    if kind == "office":
        raster = Raster(grainy(turned(sheet.array(), 1.2), 10), 300)
    marks = find_marks(clean_page(raster))
    assert [m.checked for m in marks] == states
    assert {m.kind for m in marks} == {shape}
    assert all(0.5 <= m.score <= 1 for m in marks)


@pytest.mark.parametrize("font", ["Garuda", "Norasi", "Loma"])
def test_letters_and_digits_are_no_boxes(font: str) -> None:
    sheet = Sheet(360, 220, font)
    for k, text in enumerate(
        ["อ อาคาร ด ๐ O ออก", "๐ ๑ ๒ ๓ ๔ ๕", "O 0 o ◌ D Q", "ดอกไม้ ตลาด คน", "๑. ข้อตกลง ๕. งาน"]
    ):
        sheet.text(20, 35 + 40 * k, text, 14 + 4 * (k % 3))
    assert find_marks(clean_page(sheet.raster())) == ()


def test_small_table_cells_are_no_boxes() -> None:
    sheet = Sheet(300, 120)
    for y in (20, 34, 48):
        sheet.line(20, y, 250, y)
    for x in (20, 34, 48, 250):
        sheet.line(x, 20, x, 48)
    sheet.text(60, 31, "โรงเรียน", 10)
    sheet.text(60, 45, "โรงเรียน", 10)
    page = clean_page(sheet.raster())
    assert find_marks(page, find_rules(page)) == ()


@pytest.mark.parametrize(
    ("inner", "tick", "expected"),
    [("(      )", False, False), ("(      )", True, True), ("( / )", False, True)],
)
def test_bracket_pairs(inner: str, tick: bool, expected: bool) -> None:
    sheet = Sheet(300, 60)
    end = sheet.text(20, 36, inner)
    if tick:
        sheet.tick((20 + end) / 2 - 4, 26, 8, color="#1030a0")
    sheet.text(end + 8, 36, "เห็นชอบให้เป็นข้อตกลง")
    checked, score = bracket_state(clean_page(sheet.raster()), Box(15, 22, end + 4, 42))
    assert checked is expected
    assert score >= 0.7


def test_no_brackets_no_verdict() -> None:
    sheet = Sheet(300, 60)
    sheet.text(20, 36, "เห็นชอบ")
    assert bracket_state(clean_page(sheet.raster()), Box(15, 22, 70, 42)) == (None, 0.0)
