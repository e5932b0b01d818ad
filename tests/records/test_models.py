"""The record models against the contract."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from formextract.recordpath import leaves
from formextract.records import RECORDS, empty_record
from tests.records.invented import changed, network_mou, pa1, roster

CLEAN = {"pa1": pa1(), "network_mou": network_mou(), "roster_announcement": roster()}


@pytest.mark.parametrize("doc_type", RECORDS)
def test_a_record_comes_back_as_it_went_in(doc_type: str) -> None:
    assert RECORDS[doc_type].model_validate(CLEAN[doc_type]).model_dump(mode="json") == CLEAN[doc_type]


@pytest.mark.parametrize("doc_type", RECORDS)
def test_the_empty_record_has_all_keys_and_no_value(doc_type: str) -> None:
    empty = empty_record(doc_type)
    assert list(empty) == list(CLEAN[doc_type])
    assert all(value is None for _, value in leaves(empty))
    assert RECORDS[doc_type].model_validate(empty).model_dump(mode="json") == empty
    empty["title"] = "x"
    assert empty_record(doc_type) != empty


def test_unknown_forms_have_no_fields() -> None:
    assert empty_record("unknown") == {}


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("fiscal_year_be", "2568"),
        ("fiscal_year_be", 2025),
        ("period.start", "2567-10-1"),
        ("period.start", "2024-02-30"),
        ("maker.salary_baht", 42520.0),
        ("superior.approved", "true"),
        ("domains[0].tasks[0].indicators[0].audience", "นักเรียน"),
        ("workload.activities[0].checked", 1),
    ],
)
def test_wrong_types_are_refused(path: str, value: object) -> None:
    with pytest.raises(ValidationError):
        RECORDS["pa1"].model_validate(changed(pa1(), path, value))


def test_leaves_are_named_as_in_the_contract() -> None:
    paths = dict(leaves(roster()))
    assert paths["rows[3].lead_school"] == "โรงเรียนวัดสอง"
    assert "rows[0].carried_down" not in paths
