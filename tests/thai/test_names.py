"""Names of people (all invented) and schools."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formextract.thai.names import (
    TITLES,
    Person,
    core_name,
    split_person,
    strip_school_prefix,
    suffix,
    with_school_prefix,
)


@pytest.mark.parametrize(
    ("printed", "person"),
    [
        ("นายมานะ ใจดี", Person("นาย", "มานะ", "ใจดี")),
        ("(นางสาวปรานี  ดีเลิศ)", Person("นางสาว", "ปรานี", "ดีเลิศ")),
        ("น.ส. ปรานี ดีเลิศ", Person("น.ส.", "ปรานี", "ดีเลิศ")),
        ("......นางสมศรี ดีใจ......", Person("นาง", "สมศรี", "ดีใจ")),
        ("ว่าที่ร้อยตรี ดร.สมปอง ทองดี", Person("ว่าที่ร้อยตรี ดร.", "สมปอง", "ทองดี")),
        ("ว่าที่ ร.ต.หญิง สมใจ ณ บางกอก", Person("ว่าที่ ร.ต.หญิง", "สมใจ", "ณ บางกอก")),
        ("ว่าที่ร้อยตรีหญิงสมใจ ใจดี", Person("ว่าที่ร้อยตรีหญิง", "สมใจ", "ใจดี")),
        ("ผศ.ดร.กล้า หาญชัย", Person("ผศ.ดร.", "กล้า", "หาญชัย")),
        ("ดร.สุรชัย ทองแท้", Person("ดร.", "สุรชัย", "ทองแท้")),
        ("ดรุณี สีสวย", Person(None, "ดรุณี", "สีสวย")),
        ("นายิกา ใจดี", Person(None, "นายิกา", "ใจดี")),
        ("พ.อ.อ.มานะ ใจดี", Person("พ.อ.อ.", "มานะ", "ใจดี")),
        ("ชื่อ นายมานะ นามสกุล ใจดี", Person("นาย", "มานะ", "ใจดี")),
        ("นายหลี่ แซ่ ตั้ง", Person("นาย", "หลี่", "แซ่ ตั้ง")),
        ("นางสาวสมศรี", Person("นางสาว", "สมศรี", None)),
    ],
)
def test_split_person(printed: str, person: Person) -> None:
    assert split_person(printed) == person


@pytest.mark.parametrize(
    "s", ["", "(........)", "นาย", "นาย ก ข", "นายเอก123 ดี", "นายสมชาย ใจดี มานะ อดทน", "-"]
)
def test_no_person(s: str) -> None:
    assert split_person(s) is None


@given(st.sampled_from(TITLES), st.sampled_from(["", " "]))
def test_every_title_comes_off_whole(title: str, gap: str) -> None:
    assert split_person(f"{title}{gap}สมหมาย ใจดี") == Person(title, "สมหมาย", "ใจดี")


@given(st.text(alphabet="นายนางสาวดร.ว่าที่ ร้อยตรีณ()กขเ…", max_size=40) | st.text(max_size=60))
def test_any_text_gives_a_person_or_none(s: str) -> None:
    person = split_person(s)
    assert person is None or (
        len(person.first_name) >= 2 and not any(ch.isdigit() for ch in person.first_name)
    )


@given(st.text(alphabet="โรงเรียนร.บ้าน (มิตรภาพที่12)", max_size=30) | st.text(max_size=40))
def test_core_and_suffix_are_the_whole_name(s: str) -> None:
    core, _ = strip_school_prefix(s)
    assert (core_name(s) + suffix(s)).replace(" ", "") == core.replace(" ", "")
    assert with_school_prefix(s).removeprefix("โรงเรียน") == core


@pytest.mark.parametrize(
    ("printed", "full", "core", "tail"),
    [
        ("โรงเรียนบ้านดอน(ประชาอุทิศ)", "โรงเรียนบ้านดอน(ประชาอุทิศ)", "บ้านดอน", "(ประชาอุทิศ)"),
        ("ร.ร.วัดใหม่ มิตรภาพที่ 75", "โรงเรียนวัดใหม่ มิตรภาพที่ 75", "วัดใหม่", "มิตรภาพที่ 75"),
        ("รร.บ้านนา", "โรงเรียนบ้านนา", "บ้านนา", ""),
        ("โรงเรยนบ้านนา", "โรงเรียนบ้านนา", "บ้านนา", ""),
        ("อนุบาลเมือง ในพระราชูปถัมภ์ฯ", "โรงเรียนอนุบาลเมือง ในพระราชูปถัมภ์ฯ", "อนุบาลเมือง", "ในพระราชูปถัมภ์ฯ"),
        ("มิตรภาพที่ 12", "โรงเรียนมิตรภาพที่ 12", "มิตรภาพที่ 12", ""),
        ("โรงสีวิทยา", "โรงเรียนโรงสีวิทยา", "โรงสีวิทยา", ""),
        ("โรงเรียน", "", "", ""),
    ],
)
def test_school_names(printed: str, full: str, core: str, tail: str) -> None:
    assert (with_school_prefix(printed), core_name(printed), suffix(printed)) == (full, core, tail)
