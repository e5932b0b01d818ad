"""Dotted leaders, as printed and as readers of scans return them."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formextract.layout.leaders import leader_share, leader_spans, strip_leader_glyphs
from tests.layout.build import line


def bare(text: str) -> str | None:
    """The text without its leaders."""
    left = strip_leader_glyphs(line(text, 10, 50))
    return None if left is None else left.text


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("ไม่ต่ำกว่า.......6.........ชั่วโมง/สัปดาห์", "ไม่ต่ำกว่า 6 ชั่วโมง/สัปดาห์"),
        ("ลงชื่อ..................ผู้ให้ข้อตกลง", "ลงชื่อ ผู้ให้ข้อตกลง"),
        ("โรงเรียน………………และ", "โรงเรียน และ"),
        ("ชื่อ . . . . . . . นามสกุล _ _ _ _", "ชื่อ นามสกุล"),
        ("จำนวน..:..,...๕..`...ชั่วโมง", "จำนวน ๕ ชั่วโมง"),
        ("......../......../........", "/ /"),
        ("........................", None),
        ("พ.ศ............ ระหว่าง", "พ.ศ. ระหว่าง"),
        ("เดือน ................พ.ศ. ........", "เดือน พ.ศ."),
        ("1. ........... 2. ..........", "1. 2."),
        ("(...........)", "( )"),
        ("ชื่อ:...........", "ชื่อ:"),
        ("พ.ศ. ....๒๕๖๕.. ระหว่าง", "พ.ศ. ๒๕๖๕ ระหว่าง"),
        ("พ.ศ...๒๕๖๔.. ถึง", "พ.ศ. ๒๕๖๔ ถึง"),
    ],
)
def test_leaders_fall_and_values_stay(text: str, left: str | None) -> None:
    assert bare(text) == left


@pytest.mark.parametrize(
    "text",
    [
        "4.88220 คะแนน",
        "พ.ศ. 2567",
        "น.ส. มะลิ",
        "คศ.3",
        "1.1 ริเริ่ม",
        "ก.ค.ศ.",
        "42,520.-",
        "ฯลฯ",
        "-2-",
        "a - b",
    ],
)
def test_points_of_figures_and_abbreviations_are_no_leaders(text: str) -> None:
    assert leader_spans(line(text, 10, 50)) == []
    assert bare(text) == text


def test_a_value_of_specks_alone_is_no_leader() -> None:
    assert leader_spans(line("ค่า ,,,,;;;;:::: ", 10, 50)) == []


def test_spans_are_glyph_ranges() -> None:
    row = line("ที่....ก้", 10, 50)
    assert leader_spans(row) == [(1, 5)]
    stripped = strip_leader_glyphs(row)
    assert stripped is not None and stripped.box == row.box and stripped.text == "ที่ ก้"


def test_blank_template_has_many_leaders_and_a_filled_form_few() -> None:
    blank = [line("ชื่อ......................นามสกุล.....................", 10, 50)]
    filled = [line("ชื่อ นายสมพร นามสกุล ดอนไพร.....", 10, 50)]
    assert leader_share(blank) > 0.6 > 0.3 > leader_share(filled) > 0
    assert leader_share([]) == 0 and leader_share([line("   ", 0, 10)]) == 0


_text = st.text("ก1๕ .…:,_(/", min_size=1, max_size=30)


@given(_text)
def test_spans_are_apart_hold_dots_and_no_letter(text: str) -> None:
    row = line(text, 0, 20)
    spans = leader_spans(row)
    assert all(a[1] <= b[0] for a, b in pairwise(spans))
    for start, end in spans:
        inside = "".join(g.text for g in row.glyphs[start:end])
        assert inside == inside.strip() and not set(inside) & set("ก1๕(/")
        assert inside.count(".") + inside.count("_") + 3 * inside.count("…") >= 2


@given(_text)
def test_stripping_keeps_every_letter_and_figure(text: str) -> None:
    kept = [ch for ch in text if ch in "ก1๕(/"]
    assert [ch for ch in (bare(text) or "") if ch in "ก1๕(/"] == kept
