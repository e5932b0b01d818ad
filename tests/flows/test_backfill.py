"""The backfill flow: year by year, and again without reading anything twice."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from flows.backfill import backfill, describe_backfill
from tests.flows.conftest import FakeIngest

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("prefect"), pytest.mark.usefixtures("prefect_server")]


def test_years_in_order_then_what_has_none_and_resumed(home: Path, ingest: FakeIngest) -> None:
    past = home / "past"
    for name, content in {
        "2566/c.pdf": b"c",
        "2565/a.pdf": b"a",
        "2565/b.pdf": b"",
        "loose.pdf": b"d",
    }.items():
        (past / name).parent.mkdir(parents=True, exist_ok=True)
        (past / name).write_bytes(content)
    reports = backfill(str(past), "2564-2566", batch_size=1)
    assert ingest.batches == [["a.pdf"], ["b.pdf"], ["c.pdf"], ["loose.pdf"]]
    assert [(r.year_be, r.counts.get("files", 0), r.problems) for r in reports] == [
        (2564, 0, {}),
        (2565, 2, {"empty_file": 1}),
        (2566, 1, {}),
        (None, 1, {}),
    ]
    assert (past / "2565" / "a.pdf").exists(), "the files of the past stay where they are"
    written = json.loads((home / "reports" / "backfill.json").read_text(encoding="utf-8"))
    assert [year["year_be"] for year in written["years"]] == [2564, 2565, 2566, None]
    again = backfill(str(past), "2564-2566")
    assert sum(r.counts.get("duplicate", 0) for r in again) == 4
    lines = describe_backfill(again).splitlines()
    assert len(lines) == 1 + 4
    assert lines[-1].split()[:2] == ["no", "year"]
