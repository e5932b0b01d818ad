from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formextract.model import Decision
from formextract.registry.entries import Office, School
from formextract.registry.index import RegistryIndex
from formextract.registry.match import match_school
from formextract.registry.names import split_name

from .conftest import SHARED


def school(code: int, name: str, office: str = "สพป.ตาก เขต 1", **more: object) -> School:
    parts = split_name(name)
    entry = School(f"10{code:08d}", name, parts.core, parts.suffix, office, "ตาก", "เมืองตาก")
    return replace(entry, **more)  # type: ignore[arg-type]


def build(*schools: School) -> RegistryIndex:
    return RegistryIndex.build(schools, [])


@pytest.fixture(scope="module")
def small() -> RegistryIndex:
    return build(
        school(1, "บ้านบก"),
        school(2, "บ้านบาก"),
        school(3, "บ้านหนองจิก (บริษัทข้าวไทยสงเคราะห์ 1)"),
        school(4, "ไทยรัฐวิทยา 46 (ดอกคำ)"),
        school(5, "ไทยรัฐวิทยา 48 (บ้านทุ่ง)"),
        school(6, "วัดโบสถ์", district="บ้านตาก"),
        school(7, "วัดโบสถ์", district="สามเงา"),
        school(8, "บ้านโนนสูง"),
        school(9, "บ้านโนนสุง"),
        school(10, "บ้านวังนกแก้วแอ่นฟ้า"),
        school(11, "บ้านนาเดิม"),
        school(12, "บ้านนาเดิม (ประชาสรรค์)"),
        school(13, "วัดใหม่"),
        school(14, "ทีปังกรวิทยา (วัดตัวอย่าง) ในพระราชูปถัมภ์ฯ"),
        school(15, "วัดวังวน", "สพป.ตาก เขต 2"),
        school(16, "บ้านบาง", "สพป.ตาก เขต 2"),
        school(17, "บ้านปิดแล้วนานมาก", valid_to=date(2019, 3, 31)),
        school(18, "บ้านโพธิ์ตะวันออก"),
        school(19, "บ้านชื่อใหม่เอี่ยม", aliases=("บ้านชื่อเดิมโบราณ",)),
    )


@pytest.mark.parametrize(
    ("printed", "code"),
    [
        ("โรงเรียนบ้านวังนกแก้วแอ่นฟ้า", 10),
        ("ร.ร.บ้านวังบกแก้วแอ่นฟา", 10),
        ("โรงเรยนบานวงนกแกวแอนฟา", 10),
        ("โรงเรียนบา้ นวงั นกแกว้ แอน่ ฟา้", 10),
        ("รร.บ้านหนองจิก", 3),
        ("โรงเรียนบ้านหนองจิก(บริษัทข้าวไทยฯ ๑)", 3),
        ("โรงเรียนบ้านหนองจิก (บริษัทข้าวไทย สงเคราะห์ l)", 3),
        ("ไทยรัฐวิทยา๔๖", 4),
        ("โรงเรียนทีปังกรวิทยา (วัดตัวอย่าง)", 14),
        ("โรงเรียนบ้านชื่อเดิมโบราณ", 19),
        ("โรงเรียนบ้านนาเดิม (ประชาสรรค์)", 12),
    ],
)
def test_accepted_in_the_printed_office(small: RegistryIndex, printed: str, code: int) -> None:
    match = match_school(printed, small, area_office="สพป.ตาก เขต 1", noise="ocr")
    assert (match.decision, match.code) == (Decision.ACCEPTED, f"10{code:08d}"), match.why
    assert match.score > 0.85
    assert match.name is not None and match.name.startswith("โรงเรียน")


@pytest.mark.parametrize(
    ("printed", "clause"),
    [
        ("โรงเรียนบ้านบิก", "too many letters differ"),
        ("โรงเรียนบ้านโนนสง", "2 schools fit equally"),
        ("โรงเรียนไทยรัฐวิทยา 47 (ดอกคำ)", "a number differs"),
        ("โรงเรียนไทยรัฐวิทยา", "a number differs"),
        ("โรงเรียนวัดโบสถ์", "2 schools fit equally"),
        ("โรงเรียนบ้านนาเดิม", "too near"),
        ("โรงเรียนวัดใหญ่", "is registered"),
        ("โรงเรียนบ้านโพธิ์ตะวันตก", "is registered"),
        ("โรงเรียนวัดวังวน", "exact name in another office"),
        ("โรงเรียนบ้านบาง", "exact name in another office"),
        ("โรงเรียนบ้านวังนกแก้วแอ่นฟ้า (อื่น)", "a printed part"),
        ("โรงเรียนบ้านวังนกแก้วแอ่นฟ้าใต้", "a word is printed in addition"),
    ],
)
def test_doubtful_names_go_to_review(small: RegistryIndex, printed: str, clause: str) -> None:
    match = match_school(printed, small, area_office="สพป.ตาก เขต 1", noise="ocr")
    reasons = [*match.why, *(w for c in match.candidates for w in c.why)]
    assert match.decision is Decision.REVIEW, match.why
    assert any(clause in why for why in reasons), reasons


def test_one_mark_apart_is_accepted_when_typed_and_reviewed_when_read(small: RegistryIndex) -> None:
    typed = match_school("โรงเรียนบ้านโนนสูง", small, area_office="สพป.ตาก เขต 1", noise="typed")
    read = match_school("โรงเรียนบ้านโนนสูง", small, area_office="สพป.ตาก เขต 1", noise="ocr")
    assert (typed.decision, typed.code) == (Decision.ACCEPTED, "1000000008")
    assert (read.decision, read.code) == (Decision.REVIEW, "1000000008")


def test_district_decides_among_homonyms(small: RegistryIndex) -> None:
    match = match_school("วัดโบสถ์", small, area_office="สพป.ตาก เขต 1", district="อ.สามเงา")
    assert (match.decision, match.code) == (Decision.ACCEPTED, "1000000007")
    other = match_school("บ้านวังนกแก้วแอ่นฟ้า", small, area_office="สพป.ตาก เขต 1", district="แม่สอด")
    assert other.decision is Decision.REVIEW


def test_without_an_office_only_exact_and_unique_is_accepted(small: RegistryIndex) -> None:
    assert match_school("บ้านวังนกแก้วแอ่นฟ้า", small).decision is Decision.ACCEPTED
    assert match_school("บ้านวังนกแก้วแอ่นฟา", small).decision is Decision.REVIEW
    assert match_school("วัดโบสถ์", small).decision is Decision.REVIEW
    assert match_school("บ้านบก", small).decision is Decision.REVIEW, "too short to stand alone"
    assert match_school("บ้านวังนกแก้วแอ่นฟ้า", small, province="จังหวัดตาก").decision is Decision.ACCEPTED


def test_an_office_outside_the_registry_is_never_accepted(small: RegistryIndex) -> None:
    match = match_school("บ้านวังนกแก้วแอ่นฟ้า", small, area_office="เทศบาลเมืองตัวอย่าง")
    assert match.decision is Decision.REVIEW
    assert match.code == "1000000010"


def test_province_against_the_school_goes_to_review(small: RegistryIndex) -> None:
    match = match_school("บ้านวังนกแก้วแอ่นฟ้า", small, area_office="สพป.ตาก เขต 1", province="น่าน")
    assert match.decision is Decision.REVIEW


def test_validity_on_the_documents_day(small: RegistryIndex) -> None:
    name = "บ้านปิดแล้วนานมาก"
    then = match_school(name, small, area_office="สพป.ตาก เขต 1", on=date(2018, 1, 1))
    now = match_school(name, small, area_office="สพป.ตาก เขต 1", on=date(2023, 1, 1))
    assert (then.decision, now.decision) == (Decision.ACCEPTED, Decision.REVIEW)


@pytest.mark.parametrize("printed", ["", "   ", "โรงเรียน", "....", "ก" * 300, "hello world"])
def test_no_name(small: RegistryIndex, printed: str) -> None:
    match = match_school(printed, small, area_office="สพป.ตาก เขต 1")
    assert (match.decision, match.code, match.score) == (Decision.NONE, None, 0.0)


def test_old_and_new_office_find_the_same_school() -> None:
    office = "สพม.อุทัยธานี ชัยนาท"
    index = RegistryIndex.build(
        [school(1, "หันคาตัวอย่าง", office, former_offices=("สพม.เขต 5",), province="ชัยนาท")],
        [
            Office("a", "สำนักงานเขตพื้นที่การศึกษามัธยมศึกษา เขต 5", "สพม.เขต 5", "secondary"),
            Office("b", "สำนักงานเขตพื้นที่การศึกษามัธยมศึกษาอุทัยธานี ชัยนาท", office, "secondary"),
        ],
    )
    for printed in ("สพม.5", "สำนักงานเขตพื้นที่การศึกษามัธยมศึกษา เขต 5", "สพม.ชัยนาท อุทัยธานี"):
        assert match_school("โรงเรียนหันคาตัวอย่าง", index, area_office=printed).decision is Decision.ACCEPTED


@given(st.text(max_size=60), st.none() | st.text(max_size=30))
def test_any_text_gets_an_answer(small: RegistryIndex, text: str, office: str | None) -> None:
    match = match_school(text, small, area_office=office)
    assert 0.0 <= match.score <= 1.0
    assert len(match.candidates) <= 5
    assert (match.code is None) == (match.decision is Decision.NONE)


def test_known_corruptions_are_never_accepted_wrongly(country: RegistryIndex) -> None:
    """Of the list of real damage none may be linked to another school, and most must be linked."""
    cases = json.loads((SHARED / "domain" / "CORRUPTIONS.json").read_text("utf-8"))["positive"]
    accepted = 0
    for case in cases:
        truth = match_school(case["canonical"], country, area_office=case["area_office"])
        match = match_school(case["corrupted"], country, area_office=case["area_office"], noise="ocr")
        if match.decision is Decision.ACCEPTED:
            assert match.code == truth.code, case
            accepted += 1
    assert accepted >= 0.85 * len(cases)


def test_hard_negatives_are_never_linked_to_each_other(country: RegistryIndex) -> None:
    cases = json.loads((SHARED / "domain" / "CORRUPTIONS.json").read_text("utf-8"))["hard_negatives"]
    for case in cases:
        a, b = (case[side].partition("@")[0].strip() for side in "ab")
        if a == b:
            continue
        for printed, other in ((a, b), (b, a)):
            owners = country.by_key.get(split_name(other).key, ())
            for at in owners:
                match = match_school(
                    printed, country, area_office=country.schools[at].area_office, noise="ocr"
                )
                linked = match.decision is Decision.ACCEPTED and match.code == country.schools[at].code
                assert not linked, (printed, other, match.why)
