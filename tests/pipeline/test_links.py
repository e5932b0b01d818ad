"""Names looked up in a registry made of the sample's rows."""

from functools import lru_cache
from pathlib import Path
from typing import Any

from formextract.mapping.found import Found
from formextract.model import Box, Decision
from formextract.pipeline.links import link
from formextract.registry.index import RegistryIndex
from formextract.registry.labels import offices_from_schools
from formextract.registry.load import read_schools
from tests.mapping.build import mapping

SCHOOLS = Path(__file__).parents[2] / "samples" / "registry" / "schools.csv"
BLOCK = {"block": "constant", "field": "variant", "value": "2p"}
PA1 = mapping(BLOCK, links={"school": "school", "office": "area_office"}, office="office")
ROWS = mapping(
    BLOCK,
    links={"rows[].office": "area_office", "rows[].lead": "school"},
    office="rows[].office",
)


@lru_cache(maxsize=1)
def index() -> RegistryIndex:
    schools = read_schools(SCHOOLS)
    return RegistryIndex.build(schools, offices_from_schools(schools))


@lru_cache(maxsize=1)
def sample() -> tuple[str, str, str]:
    """Name, office as printed and code of a school that is alone with its name in its office."""
    entries = read_schools(SCHOOLS)
    for school in entries:
        office = school.area_office
        same = [s for s in entries if s.name == school.name]
        if office and len(same) == 1 and len(school.name) >= 12 and " " not in school.name:
            return f"โรงเรียน{school.name}", office, school.code
    raise AssertionError("the sample holds no such school")


def found(path: str, value: str, kind: str, method: str = "text_layer", **more: Any) -> Found:
    flags = more.pop("flags", frozenset({"parsed", "blanks_known"}))
    return Found(path, value, kind, value, 1, Box(0, 0, 1, 1), method, flags=flags, **more)  # type: ignore[arg-type]


def test_an_exact_name_is_linked_within_its_office() -> None:
    name, office, code = sample()
    hits, matches = link(
        [found("school", name, "school"), found("office", office, "area_office")], PA1, index(), None
    )
    assert (matches["school"].decision, matches["school"].code) == (Decision.ACCEPTED, code)
    assert matches["office"].kind == "area_office"
    assert "registry" in hits[0].flags and hits[0].value == name


def test_what_a_text_layer_says_is_never_changed() -> None:
    name, office, _ = sample()
    typed = name[:-2] + name[-1]
    hits, _ = link(
        [found("school", typed, "school"), found("office", office, "area_office")], PA1, index(), None
    )
    assert hits[0].value == typed
    assert "corrected" not in hits[0].flags


def test_a_scans_name_is_put_right_only_with_an_accepted_match() -> None:
    name, office, _ = sample()
    for wrong in range(8, len(name)):
        read = name[:wrong] + "๊" + name[wrong:]
        hits, matches = link(
            [found("school", read, "school", "ocr", agreed=0.9), found("office", office, "area_office")],
            PA1,
            index(),
            None,
        )
        if hits[0].value != read:
            assert matches["school"].decision is Decision.ACCEPTED
            assert hits[0].value == name and "corrected" in hits[0].flags
        else:
            assert "corrected" not in hits[0].flags


def test_a_name_of_another_place_is_not_forced_on_the_office() -> None:
    _, office, _ = sample()
    stranger = "โรงเรียนที่ไม่มีในทะเบียนแห่งนี้วิทยาคาร"
    hits, matches = link(
        [found("school", stranger, "school", "ocr"), found("office", office, "area_office")],
        PA1,
        index(),
        None,
    )
    assert matches["school"].decision is not Decision.ACCEPTED
    assert hits[0].value == stranger


def test_each_row_has_its_own_office() -> None:
    name, office, code = sample()
    hits, matches = link(
        [
            found("rows[0].office", office, "area_office"),
            found("rows[0].lead", name, "school"),
            found("rows[1].lead", name, "school"),
        ],
        ROWS,
        index(),
        None,
    )
    assert matches["rows[0].lead"].code == code
    assert [f.path for f in hits] == ["rows[0].office", "rows[0].lead", "rows[1].lead"]
    assert set(matches) == {"rows[0].office", "rows[0].lead", "rows[1].lead"}


def test_without_a_registry_names_go_to_review() -> None:
    hits, matches = link([found("school", "โรงเรียนวัดไผ่", "school")], PA1, None, None)
    assert matches["school"].decision is Decision.REVIEW
    assert hits[0].value == "โรงเรียนวัดไผ่"


def test_nulls_are_not_looked_up() -> None:
    empty = Found("school", None, "school", "", 1, Box(0, 0, 1, 1), "ocr")
    assert link([empty], PA1, index(), None) == ([empty], {})
