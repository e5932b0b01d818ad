"""The nightly flow: every file is read once, filed once, and none is named to Prefect."""

from __future__ import annotations

import asyncio
import json
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from prefect.client.orchestration import get_client

from flows import batches
from flows.console import describe_night
from flows.nightly import NightReport, nightly
from formextract.errors import FormextractError, StoreUnavailable
from formextract.inbox import hold
from tests.flows.conftest import FakeIngest, FakeResult

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("prefect"), pytest.mark.usefixtures("prefect_server")]


def fill(folder: Path, **contents: bytes) -> None:
    for name, content in contents.items():
        (folder / f"{name}.pdf").write_bytes(content)


def below(folder: Path) -> list[str]:
    return sorted(str(p.relative_to(folder)) for p in folder.rglob("*") if p.is_file())


def test_a_night_reads_all_and_the_next_finds_nothing_new(home: Path, ingest: FakeIngest) -> None:
    fill(home / "inbox", a=b"a", b=b"b", c=b"c", empty=b"")
    seen: list[str] = []
    batches.watch(seen.append)
    report = nightly(batch_size=3)
    assert ingest.batches == [["a.pdf", "b.pdf", "c.pdf"], ["empty.pdf"]]
    assert report.counts == {
        "files": 4,
        "extracted": 3,
        "unreadable": 1,
        "documents": 6,
        "accepted": 3,
        "published": 3,
        "review": 3,
    }
    assert [Path(path).name for path in seen] == ["a.pdf", "b.pdf", "c.pdf", "empty.pdf"]
    assert below(home / "inbox") == []
    (day,) = (home / "archive").iterdir()
    assert below(day) == ["a.pdf", "b.pdf", "c.pdf"]
    assert (home / "quarantine" / "empty.pdf").exists()
    text = describe_night(report, home)
    assert "4 new files, 6 forms: 3 published, 3 with something for a clerk." in text
    assert "Scan it again." in text

    fill(home / "inbox", a=b"a", again=b"b")
    second = nightly()
    assert second.counts["duplicate"] == 2
    assert describe_night(second, home).startswith("Nothing is new: 2 files in the inbox, known from before.")
    assert below(day) == ["a.pdf", "again.pdf", "b.pdf", "c.pdf"]
    assert describe_night(nightly(), home) == "Nothing is new: the inbox is empty."


def test_a_store_that_comes_back_costs_nothing(
    home: Path, ingest: FakeIngest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batches.ingest_batch, "retry_delay_seconds", [0, 0, 0])
    fill(home / "inbox", a=b"a")
    ingest.store_away = 2
    assert nightly().counts["extracted"] == 1
    assert ingest.store_away == 0


def test_a_store_that_stays_away_fails_the_night_and_keeps_the_files(
    home: Path, ingest: FakeIngest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batches.ingest_batch, "retry_delay_seconds", [0, 0, 0])
    fill(home / "inbox", a=b"a")
    ingest.store_away = 99
    with pytest.raises(StoreUnavailable):
        nightly()
    assert ingest.store_away == 99 - 4, "one try and three more"
    assert below(home / "inbox") == ["a.pdf"]


def test_a_fault_of_ours_is_not_tried_again(
    home: Path, ingest: FakeIngest, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[int] = []

    def broken(path: Path) -> FakeResult:
        calls.append(1)
        raise FileNotFoundError(2, "gone", str(path))

    monkeypatch.setattr(ingest, "_read", broken)
    fill(home / "inbox", a=b"a")
    with pytest.raises(FormextractError) as caught:
        nightly()
    assert (caught.value.code, caught.value.message) == ("fault", "unexpected fault (FileNotFoundError)")
    # Prefect keeps error messages and what led to them; file names hold people's names.
    assert "a.pdf" not in "".join(traceback.format_exception(caught.value))
    assert len(calls) == 1
    assert below(home / "inbox") == ["a.pdf"]


def test_two_nights_at_once_are_refused(home: Path, ingest: FakeIngest) -> None:
    fill(home / "inbox", a=b"a")
    with hold(home), pytest.raises(FormextractError) as caught:
        nightly()
    assert caught.value.code == "inbox_busy"
    assert ingest.batches == []


def test_a_file_that_cannot_be_moved_is_told_and_known_the_next_night(
    home: Path, ingest: FakeIngest, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(home / "inbox", a=b"a", b=b"b")
    (home / "archive").write_bytes(b"a file where the folder should be")
    report: NightReport = nightly()
    assert sorted(Path(path).name for path in report.unmoved) == ["a.pdf", "b.pdf"]
    assert "Could not be moved out of the inbox: a.pdf" in describe_night(report, home)
    (home / "archive").unlink()
    assert nightly().counts["duplicate"] == 2
    assert below(home / "inbox") == []


def test_prefect_is_told_no_file_name(home: Path, ingest: FakeIngest) -> None:
    """People name scans after people; what Prefect stores is seen by whoever sees its pages."""
    secret = "somsri-jaidee"
    (home / "inbox" / f"{secret}.pdf").write_bytes(b"x")
    (home / "inbox" / f"{secret}-empty.pdf").write_bytes(b"")
    nightly()

    async def everything() -> list[Any]:
        async with get_client() as client:
            readers: list[Callable[..., Any]] = [
                client.read_flow_runs,
                client.read_task_runs,
                client.read_artifacts,
                client.read_logs,
            ]
            return [entry.model_dump(mode="json") for reader in readers for entry in await reader()]

    stored = json.dumps(asyncio.run(everything()))
    assert "ingest batch" in stored or "batch 1" in stored
    assert secret not in stored
