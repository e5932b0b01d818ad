from __future__ import annotations

import re
from pathlib import Path

import pytest

import formextract.review
from formextract.intake.faults import FAULTS
from formextract.review.labels import label_of
from formextract.review.present import percent_of, shown_value, thai_day, typed_value
from formextract.review.thai_reasons import problem_in, reason_in
from formextract.review.words import FORMS, WORDS
from formextract.store.required import BLOCKING
from formextract.store.schema.review import ACTIONS, ITEM_KINDS
from formextract.store.values import parse_value

TEMPLATES = sorted((Path(formextract.review.__file__).parent / "templates").glob("*.html"))


def test_every_word_that_a_template_asks_for_is_there_in_both_languages() -> None:
    asked = {w for path in TEMPLATES for w in re.findall(r'\bw\(["\'](\w+)["\']\)', path.read_text())}
    assert len(asked) > 60
    assert asked <= WORDS.keys()
    assert {f"act_{a}" for a in ACTIONS} | {f"kind_{k}" for k in ITEM_KINDS} | {
        f"q_{k}" for k in ITEM_KINDS
    } <= WORDS.keys()
    for thai, english in (*WORDS.values(), *FORMS.values()):
        assert thai and english


@pytest.mark.parametrize("shape", sorted({s for shapes in BLOCKING.values() for s in shapes}))
def test_every_field_that_holds_publication_back_has_a_label(shape: str) -> None:
    path = shape.replace("[]", "[3]")
    assert label_of(path, "th") != path
    assert label_of(path, "en") != path


def test_rows_count_from_one() -> None:
    assert label_of("rows[0].lead_school", "th") == "สถานศึกษาแกนนำ · แถว 1"
    assert label_of("some.new_field", "th") == "some.new_field"


@pytest.mark.parametrize(
    ("path", "value", "shown"),
    [
        ("maker.salary_baht", 42520, "42,520"),
        ("signature.date", "2024-10-01", "1 ต.ค. 2567"),
        ("school_types[0].checked", True, "ทำเครื่องหมาย"),
        ("superior.approved", False, "ไม่ใช่"),
        ("maker.school", None, "ว่าง"),
        ("signature.date", "odd", "odd"),
    ],
)
def test_values_in_peoples_words(path: str, value: object, shown: str) -> None:
    assert shown_value(value, path, "th") == shown


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("maker.salary_baht", 42520),
        ("signature.date", "2024-02-29"),
        ("workload.min_teaching_hours", 2.5),
        ("score", "4.88220"),
    ],
)
def test_what_stands_in_the_input_reads_back_as_the_value(path: str, value: object) -> None:
    assert parse_value(path, typed_value(value, path)) == value


def test_english_days_and_confidence() -> None:
    assert thai_day("2024-10-01", "en") == "1 Oct 2024"
    assert [percent_of(p) for p in (0.0, 0.719, 0.9999, 1.0)] == [0, 71, 99, 99]


def test_reasons_and_problems_in_thai() -> None:
    assert reason_in("1.5 edits from the name", "th") == "ต่างกัน 1.5 ตัวอักษร"
    assert reason_in("1.5 edits from the name", "en") == "1.5 edits from the name"
    assert reason_in("something new", "th") == "something new"
    assert problem_in("encrypted", "m", "r", "en") == "m r"
    assert problem_in("new_code", "m", "r", "th") == "m r"
    told = [code for code in FAULTS if problem_in(code, "x", "y", "th") != "x y"]
    assert len(told) >= len(FAULTS) * 0.75
