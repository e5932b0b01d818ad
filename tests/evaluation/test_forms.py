from __future__ import annotations

import json
import re
from html import unescape
from typing import Any
from urllib.parse import unquote

import pytest

from formextract.evaluation.forms import Sheet, make_mou, make_pa1, make_roster
from formextract.evaluation.leaves import is_prose
from formextract.evaluation.places import load_places
from formextract.evaluation.style import LINK, Style
from formextract.thai.text import to_arabic

PLACES = load_places()
MAKERS = {"pa1": make_pa1, "mou": make_mou, "roster": make_roster}


def _printed(sheet: Sheet) -> dict[str, str]:
    """Text of each link of the HTML by path; runs of one path joined by blanks."""
    found: dict[str, list[str]] = {}
    for path, inner in re.findall(rf'<a href="{LINK}([^"]+)">(.*?)</a>', sheet.body, re.S):
        found.setdefault(unquote(path), []).append(unescape(re.sub("<[^>]+>", "", inner)))
    return {path: to_arabic(" ".join(parts)) for path, parts in found.items()}


def _leaves(node: Any, path: str = "") -> dict[str, Any]:
    if isinstance(node, dict):
        return {p: v for k, x in node.items() for p, v in _leaves(x, f"{path}.{k}" if path else k).items()}
    if isinstance(node, list):
        return {p: v for i, x in enumerate(node) for p, v in _leaves(x, f"{path}[{i}]").items()}
    return {path: node}


@pytest.mark.parametrize("form", MAKERS)
@pytest.mark.parametrize("seed", range(6))
def test_every_prose_and_name_of_the_record_is_printed(form: str, seed: int) -> None:
    sheet = MAKERS[form](seed, PLACES)
    printed = _printed(sheet)
    for path, value in _leaves(sheet.record).items():
        if isinstance(value, str) and (
            is_prose(path) or path.endswith(("name_printed", "last_name", "codev_school"))
        ):
            assert printed[path] == value, path


@pytest.mark.parametrize("form", MAKERS)
def test_seed_fixes_content_and_layout(form: str) -> None:
    one, two = MAKERS[form](3, PLACES), MAKERS[form](3, PLACES)
    assert one.body == two.body
    assert one.record == two.record
    assert MAKERS[form](4, PLACES).record != one.record


def test_layout_seed_changes_print_not_content() -> None:
    one, two = make_mou(3, PLACES, layout=1), make_mou(3, PLACES, layout=2)
    assert one.record == two.record
    assert one.body != two.body


def test_blank_mou_has_leaders_and_nulls() -> None:
    sheet = make_mou(5, PLACES, blank=True, n_codev=3, style=Style(1, leader="dots"))
    assert sheet.status == "blank_template"
    assert sheet.record["lead_school"] is None
    assert sheet.record["codev_schools"] == []
    assert sheet.record["period_start_be"] is not None
    assert 'โรงเรียน<span class="dots">....' in sheet.body


def test_two_party_mou_has_no_office() -> None:
    record = make_mou(7, PLACES, variant="2p").record
    assert record["area_office"] is None
    assert record["n_parties"] == record["copies"] == 2
    assert {s["role"] for s in record["signatures"]} == {"ผู้ให้ข้อตกลง", "ผู้รับข้อตกลง"}


@pytest.mark.parametrize("seed", range(8))
def test_pa1_obeys_the_rules_of_the_form(seed: int) -> None:
    record = make_pa1(seed, PLACES).record
    assert len(record["school_types"]) == 14
    assert len(record["workload"]["activities"]) == 6
    for activity in record["workload"]["activities"]:
        assert activity["checked"] is (activity["hours"] is not None)
    assert record["maker"]["salary_baht"] % 10 == 0
    assert record["period"]["end"].startswith(str(record["fiscal_year_be"] - 543))
    for domain in record["domains"]:
        assert [t["code"] for t in domain["tasks"]] == [
            f"{domain['no']}.{k + 1}" for k in range(len(domain["tasks"]))
        ]
        for task in domain["tasks"]:
            for indicator in task["indicators"]:
                assert (indicator["target_percent"] is not None) == ("ร้อยละ" in indicator["text"])


@pytest.mark.parametrize("seed", range(6))
def test_roster_numbers_leads_only_where_there_are_two(seed: int) -> None:
    rows = make_roster(seed, PLACES, n_offices=9).record["rows"]
    for seq in {r["seq"] for r in rows}:
        of_office = [r for r in rows if r["seq"] == seq]
        leads = {r["lead_school"] for r in of_office}
        assert all((r["lead_no"] is not None) == (len(leads) > 1) for r in of_office)
        assert len({r["area_office"] for r in of_office}) == 1
    assert all(r["carried_down"] for r in rows if r["codev_no"] > 1)
    assert len({(r["area_office"], r["codev_school"]) for r in rows}) == len(rows)


def test_digits_of_the_style() -> None:
    assert Style(1, digits="thai").number("พ.ศ. 2567") == "พ.ศ. ๒๕๖๗"
    assert Style(1, digits="arabic").number("พ.ศ. 2567") == "พ.ศ. 2567"
    mixed = Style(1, digits="mixed").number(" ".join(["12"] * 40))
    assert "๑๒" in mixed
    assert "12" in mixed


def test_record_is_plain_json() -> None:
    record = make_pa1(1, PLACES).record
    assert json.loads(json.dumps(record)) == record
