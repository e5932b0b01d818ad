"""Rows and columns of free lines."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from formextract.layout.order import reading_order, split_columns, visual_rows
from tests.layout.build import line, texts


def test_lines_on_one_height_are_a_row_from_left_to_right() -> None:
    lines = [line("สกุล", 200, 51), line("ชื่อ", 50, 50), line("ตำแหน่ง", 50, 72)]
    assert [texts(row) for row in visual_rows(lines)] == [["ชื่อ", "สกุล"], ["ตำแหน่ง"]]


def test_a_row_out_of_true_stays_one_row() -> None:
    lines = [line("กกกก", 50 + i * 100, 100 + i * 3.5) for i in range(5)]
    assert [len(row) for row in visual_rows(lines)] == [5]


def test_tightly_set_lines_are_two_rows() -> None:
    """Ascenders and lower vowels overlap by some points where lines are set tight."""
    assert len(visual_rows([line("บรรทัดบน", 50, 100, height=20), line("บรรทัดล่าง", 50, 112, height=20)])) == 2


def test_signatures_side_by_side_are_read_one_after_the_other() -> None:
    left = [line(t, 50, 300 + i * 20) for i, t in enumerate(["ลงชื่อ ก", "(นาย ก)", "ครู"])]
    right = [line(t, 320, 300 + i * 20) for i, t in enumerate(["ลงชื่อ ข", "(นาย ข)", "ครู ข"])]
    above = line("จึงได้ลงลายมือชื่อไว้เป็นสำคัญ และต่างยึดถือไว้ฝ่ายละหนึ่งฉบับ ตามนี้ทุกประการ", 50, 270)
    lines = [above, *left, *right]
    assert texts(reading_order(lines)) == texts([above, *left, *right])
    assert [len(region.columns) for region in split_columns(lines)] == [1, 2]


def test_label_and_value_rows_are_no_columns() -> None:
    lines = [line("ชื่อ นายสมพร", 50, 50), line("นามสกุล ดอนไพร", 260, 50), line("สังกัด สำนักงานเขต", 50, 71)]
    assert texts(reading_order(lines)) == ["ชื่อ นายสมพร", "นามสกุล ดอนไพร", "สังกัด สำนักงานเขต"]
    assert [len(region.columns) for region in split_columns(lines)] == [1]


def test_paragraph_under_columns_is_not_in_them() -> None:
    lines = [line("ก" * 20, x, 100 + i * 20) for i in range(4) for x in (50, 320)]
    wide = line("ข" * 60, 50, 200)
    assert texts(reading_order([*lines, wide]))[-1] == wide.text


@given(
    st.lists(
        st.tuples(st.sampled_from(["ก", "ขข ข", "คคคคคคคคคคคค"]), st.floats(0, 500), st.floats(20, 800)),
        max_size=25,
    )
)
def test_order_is_a_permutation(places: list[tuple[str, float, float]]) -> None:
    lines = [line(t, x, y) for t, x, y in places]
    assert sorted(map(id, reading_order(lines))) == sorted(map(id, lines))
    assert sorted(id(ln) for row in visual_rows(lines) for ln in row) == sorted(map(id, lines))
