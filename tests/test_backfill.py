"""Past years are found in paths as people write them."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formextract.backfill import FIRST_BE, LAST_BE, find_year, parse_years, plan_years
from formextract.errors import UsageError


@pytest.mark.parametrize(
    ("text", "years"),
    [("2560-2568", range(2560, 2569)), (" ๒๕๖๐–๒๕๖๑ ", range(2560, 2562)), ("2565", range(2565, 2566))],
)
def test_years_are_parsed(text: str, years: range) -> None:
    assert parse_years(text) == years


@pytest.mark.parametrize("text", ["2568-2560", "2017-2025", "", "all", "2560-", "2560-2568x", "99999"])
def test_other_words_are_refused_with_a_remedy(text: str) -> None:
    with pytest.raises(UsageError) as caught:
        parse_years(text)
    assert "2560-2568" in caught.value.remedy


@given(st.text())
def test_years_or_a_typed_error(text: str) -> None:
    try:
        years = parse_years(text)
    except UsageError:
        return
    assert FIRST_BE <= years.start < years.stop <= LAST_BE + 1


@pytest.mark.parametrize(
    ("path", "year"),
    [
        ("2565/a.pdf", 2565),
        ("ปีงบประมาณ ๒๕๖๖/สพม/a.pdf", 2566),
        ("FY2022/a.pdf", 2565),
        ("2564/แก้ไข 2565/a.pdf", 2565),
        ("2564/scan_2566.pdf", 2564),
        ("PA1-2567.pdf", 2567),
        ("12345678/a.pdf", None),
        ("1001/a.pdf", None),
        ("a.2565", None),
    ],
)
def test_year_of_a_path(path: str, year: int | None) -> None:
    assert find_year(Path(path)) == year


def test_plan_is_by_year_and_forgets_nothing(tmp_path: Path) -> None:
    for name in ["2566/b.pdf", "2565/a.pdf", "2565/x/c.pdf", "2559/old.pdf", "loose.pdf", ".hidden/2565.pdf"]:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(b"x")
    (tmp_path / "2565" / "link.pdf").symlink_to(tmp_path / "loose.pdf")
    plan = plan_years(tmp_path, range(2564, 2567))
    assert [(p.year_be, [str(f.relative_to(tmp_path)) for f in p.files]) for p in plan] == [
        (2564, []),
        (2565, ["2565/a.pdf", "2565/x/c.pdf"]),
        (2566, ["2566/b.pdf"]),
        (None, ["loose.pdf"]),
    ]


def test_plan_of_no_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        plan_years(tmp_path / "absent", range(2565, 2566))
