"""Provinces and area offices."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formextract.thai.places import PROVINCES, AreaOffice, Province, parse_area_office, parse_province

SHARED = Path(__file__).parents[2].parent / "shared"


@pytest.mark.parametrize(
    ("printed", "short"),
    [
        ("สพป.นครปฐม เขต 2", "สพป.นครปฐม เขต 2"),
        ("สพป.นฐ.2", "สพป.นครปฐม เขต 2"),
        ("สพป. นครปฐม ๒", "สพป.นครปฐม เขต 2"),
        ("สำนักงานเขตพื้นที่การศึกษาประถมศึกษานครปฐม เขต 2", "สพป.นครปฐม เขต 2"),
        ("สังกัด สำนักงานเขตพื้นที่การศึกษา ประถมศึกษา นครปฐม เขต2", "สพป.นครปฐม เขต 2"),
        ("สำนักงาเขตพื้นที่การศึกษาปรถมศึกษานครราชสิมา เขต 7", "สพป.นครราชสีมา เขต 7"),
        ("สพม.39", "สพม.เขต 39"),
        ("สพม. เขต 39", "สพม.เขต 39"),
        ("สำนักงานเขตพื้นที่การศึกษามัธยมศึกษา เขต ๓๙", "สพม.เขต 39"),
        ("สพม.ลำปาง-ลำพูน", "สพม.ลำปาง ลำพูน"),
        ("สพม.ลำปางลำพูน", "สพม.ลำปาง ลำพูน"),
        ("สพม.สิงห์บุรี, อ่างทอง", "สพม.สิงห์บุรี อ่างทอง"),
        ("สำนักงานเขตพื้นที่การศึกษามัธยมศึกษาระนครศรีอยุธยา", "สพม.พระนครศรีอยุธยา"),
        ("เขตพื้นที่การศึกษาประถมศึกษาสมุทรสาคร", "สพป.สมุทรสาคร"),
        ("สำนักบริหารงานการศึกษาพิเศษ", "สศศ."),
        ("สศศ.", "สศศ."),
    ],
)
def test_offices(printed: str, short: str) -> None:
    office = parse_area_office(printed)
    assert office is not None and office.short() == short and office.plausible
    assert parse_area_office(office.full()) == office


@pytest.mark.parametrize(
    "s",
    [
        "", "สพป.นครปฐมl", "สพป.นครปฐม เขต", "สพท.นครปฐม เขต 2", "สำนักงานเขตพื้นที่การศึกษา", "สพป.เพชรบูรี เขต 1",
        "สพป.", "สพป.เขต 2", "สพม.99", "สพป.ลำปาง ลำพูน", "สำนักงานเขตพื้นที่การศึกษานครปฐม เขต 2", "สพป.ตากเขต l",
    ],
)  # fmt: skip
def test_ambiguous_or_broken_is_none(s: str) -> None:
    assert parse_area_office(s) is None


def test_implausible_numbers_are_told() -> None:
    for s in ("สพป.มหาสารคาม", "สพป.ตาก เขต 9", "สพม.นครปฐม เขต 2"):
        office = parse_area_office(s)
        assert office is not None and not office.plausible, s


def test_initials_are_exact_and_unique() -> None:
    assert (
        len(PROVINCES) == 77 == len({p.initials for p in PROVINCES}) == len({p.moi_code for p in PROVINCES})
    )
    assert sum(p.primary_offices for p in PROVINCES) == 183
    for province in PROVINCES:
        assert parse_area_office(f"สพป.{province.initials}.1") == AreaOffice("สพป", (province.name,), 1)


HEADS = ["สพป.", "สำนักงานเขตพื้นที่การศึกษาประถมศึกษา"]


@given(st.sampled_from(PROVINCES), st.integers(1, 7), st.sampled_from(HEADS))
def test_round_trip(province: Province, number: int, head: str) -> None:
    name = province.name
    assert parse_area_office(f"{head}{name} เขต {number}") == AreaOffice("สพป", (name,), number)


@given(st.sampled_from(PROVINCES), st.integers(0, 20), st.sampled_from("กขรนาเ"))
def test_one_wrong_letter_never_gives_another_province(province: Province, at: int, letter: str) -> None:
    name = province.name
    noisy = name[: at % len(name)] + letter + name[at % len(name) + 1 :]
    names = {p.name for p in PROVINCES}
    if noisy not in names:
        assert parse_province(noisy) in (None, name)


@given(st.text(alphabet="สพปม. เขต123นครปฐมลำงู-ศึกษา", max_size=50) | st.text(max_size=60))
def test_any_text_gives_an_office_or_none(s: str) -> None:
    office = parse_area_office(s)
    assert office is None or parse_area_office(office.short()) == office


def test_every_office_of_the_registry_is_read() -> None:
    table = SHARED / "registry" / "area_offices.csv"
    if not table.exists():
        pytest.skip("needs ../shared/registry/area_offices.csv beside the repository")
    with table.open(encoding="utf-8-sig") as lines:
        for row in csv.DictReader(lines):
            full, short = parse_area_office(row["name_th"]), parse_area_office(row["short_name"])
            assert full is not None and full.full() == row["name_th"] and full.plausible
            assert short is not None and short.short() == row["short_name"]
