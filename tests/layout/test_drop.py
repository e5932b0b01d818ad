"""Page marks, catchwords and repeated heads are no data."""

from __future__ import annotations

import pytest

from formextract.layout.drop import catchword, furniture, is_header_row
from formextract.layout.tables import build_tables, find_grids
from formextract.model import PageContent, TextLine
from tests.layout.build import hrule, line, vrule

W, H = 595.0, 842.0


def page(number: int, lines: list[TextLine]) -> PageContent:
    return PageContent(number, W, H, "text_layer", tuple(lines))


@pytest.mark.parametrize("mark", ["-2-", "- ๒ -", "๒", "หน้า 2", "หน้าที่ ๒ จาก ๔", "12"])
def test_page_marks_at_the_edge(mark: str) -> None:
    head = page(1, [line(mark, 280, 40), line("ประกาศ", 250, 80), line("ข้อความ", 80, 400)])
    foot = page(2, [line("ข้อความ", 80, 400), line(mark, 280, 820)])
    assert furniture([head, foot]) == {1: {0}, 2: {1}}


@pytest.mark.parametrize("value", ["42,520", "2564", "1 ฉบับ", "......"])
def test_values_at_the_edge_stay(value: str) -> None:
    assert furniture([page(1, [line("ข้อความ", 80, 400), line(value, 280, 820)])]) == {1: set()}


def test_a_figure_in_the_middle_of_the_page_stays() -> None:
    assert furniture([page(1, [line("2", 280, 400)])]) == {1: set()}


def test_catchword_with_stroke_and_dots() -> None:
    """Salary MOU: the stroke and the dots are proof, whatever was read of the next page."""
    one = page(1, [line("ข้อความ", 80, 700), line("/2.2 องค์ประกอบที่ 2...", 400, 770), line("-1-", 280, 820)])
    assert furniture([one, page(2, [line("อื่น", 80, 80)])])[1] == {1, 2}


def test_catchword_with_dots_only_must_come_again() -> None:
    one = page(1, [line("ข้อความ", 80, 700), line("2. โรงเรียน…", 400, 770)])
    same = page(2, [line("-2-", 280, 40), line("2. โรงเรียนบ้านนาทดลอง", 300, 100)])
    other = page(2, [line("ด้วยสำนักงานเขตพื้นที่การศึกษา", 80, 100)])
    assert furniture([one, same]) == {1: {1}, 2: {0}}
    assert furniture([one, other]) == {1: set(), 2: set()}
    assert furniture([one]) == {1: set()}


def test_catchword_announces_a_row_of_the_next_page_s_table() -> None:
    """Roster: number and office are two cells, and the head is repeated above them."""
    ys, xs = [100.0, 130.0, 160.0], [60.0, 100.0, 300.0, 540.0]
    rules = [hrule(60, 540, y) for y in ys] + [vrule(x, 100, 160) for x in xs]
    cells = [
        line("ลำดับ", 62, 120),
        line("สังกัด", 110, 120),
        line("3", 70, 150),
        line("สำนักงานเขตพื้นที่", 110, 150),
    ]
    tables, rest = build_tables(find_grids(rules, W, H), cells)
    two = PageContent(2, W, H, "text_layer", rest, tables)
    one = page(1, [line("ข้อความ", 80, 700), line("3 สำนักงาน…", 400, 770)])
    assert furniture([one, two])[1] == {1}


def test_date_to_fill_in_at_the_foot_is_no_catchword() -> None:
    one = page(1, [line("ลงชื่อ.......", 80, 750), line("/ ตุลาคม / ........", 80, 780)])
    assert furniture([one, page(2, [line("ก", 80, 100)])])[1] == set()


def test_continuation_marks() -> None:
    assert furniture([page(1, [line("(ต่อ)", 280, 60), line("ต่อไปนี้", 80, 400)])]) == {1: {0}}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("/2.2 องค์ประกอบที่ 2...", "2.2 องค์ประกอบที่ 2"),
        ("3 สำนักงาน…", "3 สำนักงาน"),
        ("......", None),
        ("จบ.", None),
    ],
)
def test_words_of_a_catchword(text: str, words: str | None) -> None:
    assert catchword(text) == words


HEAD = ["ลำดับ", "สังกัด", "สถานศึกษาแกนนำ", "สถานศึกษาร่วมพัฒนา"]


@pytest.mark.parametrize(
    "row",
    [
        HEAD,
        ["ลําดับ", "สังกัด", "สถานศึกษาแกนน่า", "สถานศึกษาร่วมพัฒนา"],
        ["ลำดับ", "สังกัด", "สถานศึกษา\nแกนนำ", "สถานศึกษาร่วมพัฒนา2. โรงเรียน…"],
        ["", "สังกัด", "สถานศึกษาแกนนำ (ต่อ)", ""],
    ],
)
def test_repeated_head(row: list[str]) -> None:
    assert is_header_row(row, HEAD)


@pytest.mark.parametrize(
    "row",
    [
        ["3", "สำนักงานเขตพื้นที่การศึกษา", "1. โรงเรียนวัดใหม่", "1. โรงเรียนบ้านนา"],
        ["", "", "", "2. โรงเรียนบ้านนา"],
        ["", "", "", "สถานศึกษาร่วมพัฒนา"],
        ["", "", "", ""],
    ],
)
def test_rows_of_data_are_no_head(row: list[str]) -> None:
    assert not is_header_row(row, HEAD)


def test_no_labels_no_head() -> None:
    assert not is_header_row(HEAD, []) and is_header_row(["ลำดับ"], ["ลำดับ"])
