"""Ingest: repeated, killed, at once, with duplicates and bad files among good ones."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from formextract.config import Settings
from formextract.errors import MissingDependency
from formextract.ingest import FileResult, IngestSummary, ingest_paths
from formextract.pipeline import pool
from formextract.store.db import Store
from formextract.store.queue import store_counts

FAKE = Path(__file__).parent / "pipeline" / "fake_worker.py"


@pytest.fixture(autouse=True)
def fake(monkeypatch: pytest.MonkeyPatch) -> None:
    """Workers that do what the files say."""
    monkeypatch.setattr(pool, "PROGRAM", (sys.executable, str(FAKE)))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "in"
    path.mkdir()
    return path


def write(folder: Path, name: str, order: str) -> Path:
    path = folder / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(b"%PDF-1.4\n%%" + order.encode())
    return path


@pytest.fixture
def ingest(tmp_path: Path) -> Callable[..., IngestSummary]:
    def run(*paths: Path, timeout: int = 60, told: list[FileResult] | None = None) -> IngestSummary:
        settings = Settings(home=tmp_path / "home", file_timeout_s=timeout)
        return ingest_paths(
            paths,
            db_url=settings.store_url(),
            jobs=2,
            settings=settings,
            progress=told.append if told is not None else None,
        )

    return run


def counts(tmp_path: Path) -> tuple[dict[str, int], int]:
    store = Store.open(Settings(home=tmp_path / "home").store_url())
    try:
        found = store_counts(store)
        return found.by_outcome, found.files
    finally:
        store.close()


def outcomes(summary: IngestSummary) -> list[str]:
    return [r.outcome for r in summary.results]


def test_twice_is_nothing_new(folder: Path, tmp_path: Path, ingest: Callable[..., IngestSummary]) -> None:
    for i in range(3):
        write(folder, f"sub{i % 2}/{i}.pdf", f"n{i}")
    before = {p: p.read_bytes() for p in folder.rglob("*.pdf")}
    told: list[FileResult] = []
    first = ingest(folder, told=told)
    assert outcomes(first) == ["extracted"] * 3
    assert sorted(r.path for r in told) == sorted(r.path for r in first.results)
    once = counts(tmp_path)
    assert once == ({"extracted": 3}, 3)
    second = ingest(folder)
    assert [(r.outcome, r.known) for r in second.results] == [("duplicate", True)] * 3
    assert counts(tmp_path) == once
    assert {p: p.read_bytes() for p in folder.rglob("*.pdf")} == before


def test_the_same_bytes_under_another_name(
    folder: Path, tmp_path: Path, ingest: Callable[..., IngestSummary]
) -> None:
    a = write(folder, "a.pdf", "slow 1")
    b = folder / "b.pdf"
    shutil.copy(a, b)
    both = ingest(a, b)
    assert sorted(outcomes(both)) == ["duplicate", "extracted"]
    c = folder / "c.pdf"
    shutil.copy(a, c)
    later = ingest(c)
    assert [(r.outcome, r.known) for r in later.results] == [("duplicate", False)]
    assert counts(tmp_path) == ({"extracted": 1}, 1)


def test_unreadable_files_among_good_ones(
    folder: Path, tmp_path: Path, ingest: Callable[..., IngestSummary]
) -> None:
    paths = [
        write(folder, "a.pdf", "fine"),
        write(folder, "b.pdf", "bad"),
        folder / "missing.pdf",
        write(folder, "c.pdf", "fine too"),
    ]
    summary = ingest(*paths)
    assert outcomes(summary) == ["extracted", "unreadable", "unreadable", "extracted"]
    assert [r.path for r in summary.results] == [str(p) for p in paths]
    bad = summary.results[1]
    assert bad.problem_code and bad.remedy and bad.final
    assert counts(tmp_path)[0] == {"extracted": 2, "unreadable": 2}
    again = ingest(*paths)
    assert outcomes(again)[2] == "unreadable"
    assert counts(tmp_path)[0] == {"extracted": 2, "unreadable": 2}


def test_what_breaks_the_worker_is_tried_three_times(
    folder: Path, tmp_path: Path, ingest: Callable[..., IngestSummary]
) -> None:
    summary = ingest(write(folder, "a.pdf", "breaks 2"), write(folder, "b.pdf", "breaks 9"))
    assert outcomes(summary) == ["extracted", "unreadable"]
    assert summary.results[1].problem_code == "worker_crashed"
    assert [(folder / f".{n}.pdf.tries").read_text() for n in "ab"] == ["3", "3"]
    assert outcomes(ingest(folder)) == ["duplicate", "duplicate"]


def test_a_file_that_hangs_is_final_in_the_end(
    folder: Path, tmp_path: Path, ingest: Callable[..., IngestSummary]
) -> None:
    summary = ingest(write(folder, "a.pdf", "hang"), timeout=3)
    assert summary.results[0].problem_code == "file_timeout"
    assert counts(tmp_path)[0] == {"unreadable": 1}


def test_a_file_that_changes_while_it_is_read(
    folder: Path, tmp_path: Path, ingest: Callable[..., IngestSummary]
) -> None:
    path = write(folder, "a.pdf", "grows on")
    summary = ingest(path)
    assert (summary.results[0].problem_code, summary.results[0].final) == ("not_ready", False)
    assert counts(tmp_path)[0] == {}
    path.write_bytes(b"%PDF-1.4\n%%fine")
    assert outcomes(ingest(path)) == ["extracted"]


def test_a_fault_of_the_machine_gives_the_work_back(
    folder: Path, tmp_path: Path, ingest: Callable[..., IngestSummary]
) -> None:
    path = write(folder, "a.pdf", "program")
    with pytest.raises(MissingDependency):
        ingest(path)
    path.write_bytes(b"%PDF-1.4\n%%fine")
    assert outcomes(ingest(path)) == ["extracted"]


def test_what_lies_beside_documents_is_passed_over(
    folder: Path, tmp_path: Path, ingest: Callable[..., IngestSummary]
) -> None:
    write(folder, "a.pdf", "fine")
    for name in (".hidden.pdf", "~$draft.pdf", "notes.txt", "b.pdf.part"):
        (folder / name).write_text("x")
    (folder / "dangling.pdf").symlink_to(folder / "nowhere.pdf")
    os.mkfifo(folder / "pipe.pdf")
    summary = ingest(folder)
    assert {Path(r.path).name: r.outcome for r in summary.results} == {
        "a.pdf": "extracted",
        "dangling.pdf": "unreadable",
    }
    assert {s.path.name for s in summary.passed_over} == {
        ".hidden.pdf",
        "~$draft.pdf",
        "notes.txt",
        "b.pdf.part",
        "pipe.pdf",
    }
    assert outcomes(ingest(folder / "pipe.pdf")) == ["unreadable"]


CODE = """
import sys
from pathlib import Path
from formextract.config import Settings
from formextract.ingest import ingest_paths
from formextract.pipeline import pool
pool.PROGRAM = (sys.executable, sys.argv[3])
settings = Settings(home=Path(sys.argv[2]))
summary = ingest_paths([Path(sys.argv[1])], db_url=settings.store_url(), jobs=2, settings=settings)
print(*(f"{r.outcome}" for r in summary.results))
"""


def start(folder: Path, home: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", CODE, str(folder), str(home), str(FAKE)],
        stdout=subprocess.PIPE,
        text=True,
    )


def test_killed_midway_the_next_run_takes_over_at_once(
    folder: Path, tmp_path: Path, ingest: Callable[..., IngestSummary]
) -> None:
    path = write(folder, "a.pdf", "hangs")
    write(folder, "b.pdf", "fine")
    first = start(folder, tmp_path / "home")
    deadline = time.monotonic() + 60
    while not (folder / ".a.pdf.tries").exists() and time.monotonic() < deadline:
        time.sleep(0.1)
    os.kill(first.pid, signal.SIGKILL)
    first.communicate()
    begun = time.monotonic()
    summary = ingest(folder, timeout=4)
    # the claim of the dead process was no reason to wait, and its tries count
    assert time.monotonic() - begun < 45
    assert {Path(r.path).name: r.outcome for r in summary.results}["a.pdf"] == "unreadable"
    assert (folder / ".a.pdf.tries").read_text() == "3"
    assert counts(tmp_path)[0] == {"extracted": 1, "unreadable": 1}
    assert path.exists()


def test_two_at_once_read_each_file_once(folder: Path, tmp_path: Path) -> None:
    for i in range(6):
        write(folder, f"{i}.pdf", f"slow 0.{i}")
    runs = [start(folder, tmp_path / "home") for _ in range(2)]
    printed = [run.communicate(timeout=120)[0].split() for run in runs]
    assert [run.returncode for run in runs] == [0, 0]
    assert [len(words) for words in printed] == [6, 6]
    assert sorted(printed[0] + printed[1]) == ["duplicate"] * 6 + ["extracted"] * 6
    assert counts(tmp_path) == ({"extracted": 6}, 6)
