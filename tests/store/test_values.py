from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formextract.store.values import BadDecision, kind_of, parse_value


@pytest.mark.parametrize(
    ("path", "typed", "value"),
    [
        ("maker.salary_baht", "๔๒,๕๒๐", 42520),
        ("maker.salary_baht", "42.520", 42520),
        ("maker.salary_rank", "๓", "คศ.3"),
        ("maker.salary_rank", "ค.ศ. 3", "คศ.3"),
        ("period.start", "1 ต.ค. 2567", "2024-10-01"),
        ("signature.date", "1/10/2567", "2024-10-01"),
        ("rounds[1].effective_date", "2022-10-01", "2022-10-01"),
        ("fiscal_year_be", "๒๕๖๘", 2568),
        ("workload.activities[3].hours", "2.5", 2.5),
        ("workload.min_teaching_hours", "๖", 6),
        ("school_types[0].checked", "ใช่", True),
        ("superior.approved", "no", False),
        ("copies", "สามฉบับ", 3),
        ("score", "4.88220", "4.88220"),
        ("domains[0].tasks[0].indicators[0].target_percent", "80%", 80),
        ("maker.school", "  โรงเรียน  บ้านํา  ", "โรงเรียน บ้านำ"),
        ("maker.salary_baht", "  ", None),
    ],
)
def test_what_clerks_type(path: str, typed: str, value: Any) -> None:
    found = parse_value(path, typed)
    assert found == value and type(found) is type(value)


@pytest.mark.parametrize(
    ("path", "typed"),
    [
        ("maker.salary_baht", "หมื่น"),
        ("period.start", "31 ก.พ. 2567"),
        ("fiscal_year_be", "68x"),
        ("superior.approved", "อาจจะ"),
        ("maker.salary_rank", "คศ.9"),
        ("copies", "1.5"),
        ("maker.school", "ก" * 9000),
    ],
)
def test_what_is_no_such_value(path: str, typed: str) -> None:
    with pytest.raises(BadDecision) as caught:
        parse_value(path, typed)
    assert caught.value.message_th


def test_kinds_without_a_known_name_follow_the_value() -> None:
    assert [kind_of("x", v) for v in (True, 3, 0.5, "a", None)] == [
        "yes_no",
        "integer",
        "decimal",
        "text",
        "text",
    ]


@given(
    st.sampled_from(
        [
            "maker.salary_baht",
            "period.end",
            "fiscal_year_be",
            "copies",
            "score",
            "x.checked",
            "maker.salary_rank",
            "a",
        ]
    ),
    st.text(max_size=60),
)
def test_any_text_is_a_value_or_a_reason(path: str, typed: str) -> None:
    try:
        parse_value(path, typed)
    except BadDecision as error:
        assert error.message_th
