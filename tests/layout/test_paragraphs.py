"""Paragraphs, and blocks parted by blank lines."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formextract.layout.paragraphs import blocks_by_gap, line_pitch, paragraphs
from formextract.model import TextLine
from tests.layout.build import line, texts

PITCH = 20.0


def column(rows: list[str], x: float = 100.0) -> list[TextLine]:
    """One line a pitch, blank ones for empty texts; a leading ``>`` stands 36 pt in."""
    return [
        line(text.lstrip(">"), x + 36 * text.startswith(">"), 100 + i * PITCH)
        for i, text in enumerate(rows)
        if text
    ]


def test_tasks_parted_by_blank_lines() -> None:
    """One row of the PA 1 table holds several tasks, parted by any number of blank lines."""
    rows = ["1.1 ริเริ่ม พัฒนา", "การจัดทำแผน", "", "", "", "1.2 จัดทำ", "หลักสูตร", "สถานศึกษา", "", "1.3 ริเริ่ม"]
    blocks = blocks_by_gap(column(rows))
    assert [texts(b) for b in blocks] == [rows[:2], rows[5:8], rows[9:]]


def test_scanned_lines_of_uneven_height_stay_together() -> None:
    """Hulls grow with marks above and below; the foot of the line does not."""
    lines = [
        line("ก" * 9, 100, 100 + i * PITCH + d, height=h)
        for i, (d, h) in enumerate([(0, 12), (2, 17), (-1, 14), (1, 18)])
    ]
    assert len(blocks_by_gap(lines)) == 1


def test_cell_with_a_blank_line_after_every_line() -> None:
    assert len(blocks_by_gap(column(["ก", "", "", "ข", "", "", "ค"]))) == 3


def test_pitch_of_the_whole_table_parts_two_lone_lines() -> None:
    two = [line("ก", 100, 100), line("ข", 100, 100 + 1.8 * PITCH)]
    assert len(blocks_by_gap(two, pitch=PITCH)) == 2


def test_pitch_is_not_moved_by_blank_lines() -> None:
    assert line_pitch(column(["ก", "ข", "ค", "", "ง", "", "", "จ"])) == pytest.approx(PITCH)
    assert line_pitch([line("ก", 0, 10)]) is None


def test_first_line_indent_begins_a_paragraph() -> None:
    wide = "ก" * 70
    rows = [">" + "ก" * 62, wide, "ก" * 66, ">" + "ข" * 62, wide]
    assert [len(p) for p in paragraphs(column(rows))] == [3, 2]


def test_list_numbers_begin_paragraphs_and_hanging_lines_do_not() -> None:
    rows = ["1. ผู้เรียนมีสมรรถนะ", ">ตามหลักสูตร", ">สถานศึกษา", "2. ครู", "๓.๒ สำนักงาน", "ข้อ 4 ผลผูกพัน"]
    assert [len(p) for p in paragraphs(column(rows))] == [3, 1, 1, 1]


def test_choices_to_tick_are_one_a_paragraph() -> None:
    assert [len(p) for p in paragraphs(column(["☑ เต็มเวลา", "☐ ไม่เต็มเวลา", "ต่อ"]))] == [1, 2]


def test_paragraph_under_a_numbered_heading() -> None:
    """Challenge of the PA 1 form: ``1. สภาพปัญหา…`` and the typed paragraph under it."""
    rows = ["1. " + "ก" * 40, ">" + "ข" * 62, "ข" * 70]
    assert [len(p) for p in paragraphs(column(rows))] == [1, 2]


def test_years_and_amounts_at_a_line_start_are_no_list_numbers() -> None:
    rows = ["อย่างน้อยทุก ๆ", "30 วัน และ", "2561 เป็นต้นไป"]
    assert [len(p) for p in paragraphs(column(rows))] == [3]


def test_short_line_of_a_wide_column_ends_a_paragraph() -> None:
    assert [len(p) for p in paragraphs(column(["ก" * 70, "ก" * 20, "ข" * 70]))] == [2, 1]


def test_nothing_gives_nothing() -> None:
    assert paragraphs([]) == [] and blocks_by_gap([]) == []


@given(st.lists(st.sampled_from(["", "ก", ">ก ข", "1. ก", "ก" * 60]), max_size=20))
def test_every_line_is_in_one_paragraph_in_order(rows: list[str]) -> None:
    lines = column(rows)
    for grouping in (paragraphs, blocks_by_gap):
        assert [ln for group in grouping(lines) for ln in group] == lines
