from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formextract.model import Decision
from formextract.registry.index import RegistryIndex
from formextract.registry.offices import match_office
from formextract.registry.succession import successor_of, successors_of


@pytest.mark.parametrize(
    "printed",
    [
        "สพป.นครปฐม เขต 1",
        "สพป.นฐ.1",
        "สพป.นครปฐม1",
        "สพป.นครปฐม เขต ๑",
        "สำนักงานเขตพื้นที่การศึกษาประถมศึกษานครปฐม เขต 1",
        "เขตพื้นที่การศึกษาประถมศึกษานครปฐม เขต 1",
        "สำนักงาเขตพื้นที่การศึกษาประถมศึกษานครปฐม เขต 1",
        "สานกงานเขตพนทการศกษาประถมศกษานครปฐม เขต 1",
        "สำนกังานเขตพื้นที่การศึกษาประถมศกึษานครปฐม เขต 1",
    ],
)
def test_every_printed_form_of_one_office(index: RegistryIndex, printed: str) -> None:
    match = match_office(printed, index)
    assert (match.decision, match.code, match.kind) == (Decision.ACCEPTED, "7301", "area_office")


@pytest.mark.parametrize(
    ("printed", "clause"),
    [
        ("สำนักงานเขตพื้นที่การศึกษาประถมศึกษามหาสารคาม", "no เขต is printed"),
        ("สพป.นครปฐม เขต 9", "there is no เขต 9"),
        ("สพป.อ่างทอง เขต 1", "there is no เขต 1"),
        ("สพท.นครปฐม เขต 2", "before 2010"),
    ],
)
def test_doubtful_forms_go_to_review(index: RegistryIndex, printed: str, clause: str) -> None:
    match = match_office(printed, index)
    assert match.decision is Decision.REVIEW
    assert any(clause in why for why in match.why)
    assert match.candidates


@pytest.mark.parametrize("printed", ["", "เทศบาลเมืองตัวอย่าง", "โรงเรียนบ้านบก", "ก" * 500])
def test_no_office(index: RegistryIndex, printed: str) -> None:
    assert match_office(printed, index).decision is Decision.NONE


def test_old_numbers_hold_until_2021(index: RegistryIndex) -> None:
    before = match_office("สพม.39", index, on=date(2020, 6, 1))
    assert (before.decision, before.code) == (Decision.ACCEPTED, "101739")
    after = match_office("สพม.9", index, on=date(2023, 6, 1))
    assert after.decision is Decision.REVIEW
    assert {c.area_office for c in after.candidates} >= {"สพม.เขต 9", "สพม.สุพรรณบุรี", "สพม.นครปฐม"}


def test_a_new_office_did_not_stand_before(index: RegistryIndex) -> None:
    early = match_office("สพม.พิษณุโลก อุตรดิตถ์", index, on=date(2019, 6, 1))
    assert early.decision is Decision.REVIEW
    assert early.candidates[1].area_office == "สพม.เขต 39"


def test_successor_depends_on_the_province() -> None:
    assert successor_of(5, "ชัยนาท") == "สพม.อุทัยธานี ชัยนาท"
    assert successor_of(5, "อ่างทอง") == "สพม.สิงห์บุรี อ่างทอง"
    assert successor_of(5, "ตาก") is None
    assert successors_of(9) == ["สพม.สุพรรณบุรี", "สพม.นครปฐม"]
    assert sum(len(successors_of(n)) > 1 for n in range(1, 43)) == 18


def test_twins_of_print_are_kept_apart(country: RegistryIndex) -> None:
    for short in ("สพป.พบ.1", "สพป.เพชรบุรี เขต 1"):
        assert match_office(short, country).name == "สำนักงานเขตพื้นที่การศึกษาประถมศึกษาเพชรบุรี เขต 1"
    assert match_office("สพป.พช.1", country).name == "สำนักงานเขตพื้นที่การศึกษาประถมศึกษาเพชรบูรณ์ เขต 1"


def test_every_registered_office_is_found_by_both_names(country: RegistryIndex) -> None:
    for office in country.offices:
        for label in (office.name, office.short_name):
            match = match_office(label, country)
            assert (match.decision, match.code) == (Decision.ACCEPTED, office.code)


@given(st.text(max_size=60))
def test_any_text_gets_an_answer(index: RegistryIndex, text: str) -> None:
    match = match_office(text, index)
    assert 0.0 <= match.score <= 1.0
    assert len(match.candidates) <= 5
