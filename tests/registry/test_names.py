from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formextract.registry.names import numbers_of, qualifier_of, split_name, type_word_of


@pytest.mark.parametrize(
    ("printed", "core", "suffix"),
    [
        ("โรงเรียนอนุบาลลุมพุก (วันครู ๒๕๐๓)", "อนุบาลลุมพุก", "วันครู 2503"),
        ("ร.ร.วัดท่าโขลง(มิตรภาพที่ 135)", "วัดท่าโขลง", "มิตรภาพที่ 135"),
        ("บ้านโรงหม้อมิตรภาพ75", "บ้านโรงหม้อ", "มิตรภาพที่ 75"),
        ("โรงเรียนท่าเรือ “นิตยานุกูล”", "ท่าเรือ", "นิตยานุกูล"),
        ("1. โรงเรียนบ้านบก", "บ้านบก", ""),
        ("โรงเรยนวดเขาแกวมขดาราม", "วดเขาแกวมขดาราม", ""),
        ("โรงเรียนไทยรัฐวิทยา 80 (วังปริงเพ็ชรไพศาล", "ไทยรัฐวิทยา 80", "วังปริงเพ็ชรไพศาล"),
        ("โรงเรียนศรีอยุธยา ในพระอุปถัมภ์ฯ", "ศรีอยุธยา", "ในพระอุปถัมภ์"),
    ],
)
def test_split_name_parts_core_and_suffix(printed: str, core: str, suffix: str) -> None:
    parts = split_name(printed)
    assert (parts.core, parts.suffix) == (core, suffix)


def test_dress_makes_no_difference_to_the_key() -> None:
    keys = {
        split_name(n).key
        for n in ("วัดท่าโขลง มิตรภาพที่ 135", "โรงเรียนวัดท่าโขลง(มิตรภาพที่ ๑๓๕)", "รร. วัดท่าโขลง มิตรภาพ135")
    }
    assert len(keys) == 1


def test_a_branch_is_part_of_the_core() -> None:
    parts = split_name("บ้านกุดหวาย(สาขาบ้านแก่นเมธี)")
    assert parts.suffix == ""
    assert parts.core_key == "บ้านกุดหวายสาขาบ้านแก่นเมธี"


def test_the_word_for_school_stays_inside_a_name() -> None:
    assert "โรงเรียน" in split_name("วัดห้วงหิน สาขาโรงเรียนวัดชากกอไผ่").core


def test_numbers_lose_leading_zeros_only() -> None:
    assert numbers_of("ไทยรัฐวิทยา080ปี10") == ("80", "10")


def test_words_that_carry_identity() -> None:
    assert type_word_of("ชุมชนวัดท่าอิฐ") == "ชุมชนวัด"
    assert type_word_of("หนองบัว") == ""
    assert qualifier_of("วัดบ้านโพธิ์ตะวันออก") == "ตะวันออก"


@given(st.text(max_size=80))
def test_any_text_is_taken_apart(text: str) -> None:
    parts = split_name(text)
    assert parts.forms[0].key == parts.key
    assert all(form.penalty > 0 for form in parts.forms[1:])
