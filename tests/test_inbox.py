"""The inbox: only whole files are taken, and none is ever lost."""

from __future__ import annotations

import errno
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from formextract import inbox as inbox_module
from formextract.errors import FormextractError, UsageError
from formextract.inbox import file_away, hold, list_inbox

DAY = date(2024, 6, 1)


@dataclass(frozen=True)
class Result:
    outcome: str
    problem_code: str | None = None
    problem_message: str | None = None
    remedy: str | None = None
    sha256: str | None = None
    final: bool = True


ENCRYPTED = Result("unreadable", "encrypted", "The file wants a password.", "Save it without one.")


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "inbox"
    folder.mkdir()
    return folder


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_only_whole_regular_files_are_ready(inbox: Path, tmp_path: Path) -> None:
    (inbox / "b.pdf").write_bytes(b"b")
    (inbox / "sub").mkdir()
    (inbox / "sub" / "A.PDF").write_bytes(b"a")
    (inbox / "empty.pdf").write_bytes(b"")
    (inbox / ".c.pdf.x1").write_bytes(b"rsync")
    (inbox / "d.pdf.part").write_bytes(b"half")
    (inbox / "out.pdf").symlink_to(tmp_path / "elsewhere.pdf")
    (inbox / "outside").symlink_to(tmp_path)
    os.mkfifo(inbox / "pipe.pdf")
    listing = list_inbox(inbox, stable_seconds=0)
    assert [str(p.relative_to(inbox)) for p in listing.ready] == ["b.pdf", "empty.pdf", "sub/A.PDF"]
    left = {entry.path.name: entry.problem for entry in listing.left}
    assert sorted(left) == [".c.pdf.x1", "d.pdf.part", "out.pdf", "outside", "pipe.pdf"]
    assert all(problem.code and problem.remedy for problem in left.values())


def test_a_file_that_grows_or_vanishes_between_two_looks_waits(inbox: Path) -> None:
    for name in ("still.pdf", "grows.pdf", "gone.pdf"):
        (inbox / name).write_bytes(b"x")
    slept: list[float] = []

    def meanwhile(seconds: float) -> None:
        slept.append(seconds)
        with (inbox / "grows.pdf").open("ab") as file:
            file.write(b"more")
        (inbox / "gone.pdf").unlink()

    listing = list_inbox(inbox, stable_seconds=2.0, sleep=meanwhile)
    assert slept == [2.0]
    assert [p.name for p in listing.ready] == ["still.pdf"]
    assert [(e.path.name, e.problem.code) for e in listing.left] == [
        ("gone.pdf", "not_ready"),
        ("grows.pdf", "not_ready"),
    ]


def test_a_lost_drive_is_no_quiet_night(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as caught:
        list_inbox(tmp_path / "unmounted", stable_seconds=0)
    assert caught.value.remedy


@pytest.mark.parametrize("outcome", ["extracted", "duplicate", "unknown_form"])
def test_done_files_are_archived_by_day_with_their_folders(inbox: Path, tmp_path: Path, outcome: str) -> None:
    (inbox / "sub").mkdir()
    path = inbox / "sub" / "a.pdf"
    path.write_bytes(b"a")
    place = file_away(path, Result(outcome), inbox=inbox, home=tmp_path, day=DAY)
    assert place == tmp_path / "archive" / "2024-06-01" / "sub" / "a.pdf"
    assert place.read_bytes() == b"a"
    assert not path.exists()
    assert names(place.parent) == ["a.pdf"]


def test_unreadable_files_are_quarantined_with_the_reason(inbox: Path, tmp_path: Path) -> None:
    path = inbox / "a.pdf"
    path.write_bytes(b"a")
    place = file_away(path, ENCRYPTED, inbox=inbox, home=tmp_path, day=DAY)
    assert place == tmp_path / "quarantine" / "a.pdf"
    assert not path.exists()
    (beside,) = [entry for entry in place.parent.iterdir() if entry != place]
    reason = json.loads(beside.read_text(encoding="utf-8"))
    assert (reason["code"], reason["remedy"]) == ("encrypted", "Save it without one.")


@pytest.mark.parametrize(
    "result",
    [Result("failed"), Result("unreadable", "not_ready"), Result("unreadable", "engine_killed", final=False)],
)
def test_what_is_not_done_stays(inbox: Path, tmp_path: Path, result: Result) -> None:
    path = inbox / "a.pdf"
    path.write_bytes(b"a")
    assert file_away(path, result, inbox=inbox, home=tmp_path, day=DAY) is None
    assert path.exists()


def test_a_taken_name_gets_a_number_and_the_same_bytes_do_not_pile_up(inbox: Path, tmp_path: Path) -> None:
    places = []
    for content in (b"one", b"two", b"one", b"two", b"three"):
        (inbox / "a.pdf").write_bytes(content)
        place = file_away(inbox / "a.pdf", Result("extracted"), inbox=inbox, home=tmp_path, day=DAY)
        assert place is not None
        assert place.read_bytes() == content
        places.append(place.name)
    assert places == ["a.pdf", "a.2.pdf", "a.pdf", "a.2.pdf", "a.3.pdf"]
    assert names(inbox) == []


def test_a_reserved_name_is_not_used(inbox: Path, tmp_path: Path) -> None:
    folder = tmp_path / "archive" / DAY.isoformat()
    folder.mkdir(parents=True)
    (folder / ".a.pdf.pending").touch()
    (inbox / "a.pdf").write_bytes(b"a")
    place = file_away(inbox / "a.pdf", Result("extracted"), inbox=inbox, home=tmp_path, day=DAY)
    assert place == folder / "a.2.pdf"
    assert (folder / ".a.pdf.pending").exists()


def test_moving_to_another_file_system(inbox: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = inbox / "a.pdf"
    path.write_bytes(b"a")
    rename = Path.rename

    def across(self: Path, target: Path) -> Path:
        if self == path:
            raise OSError(errno.EXDEV, "cross-device link")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", across)
    place = file_away(path, Result("extracted"), inbox=inbox, home=tmp_path, day=DAY)
    assert place is not None
    assert place.read_bytes() == b"a"
    assert not path.exists()
    assert names(place.parent) == ["a.pdf"]


def test_a_move_that_fails_leaves_the_file_where_it_was(
    inbox: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = inbox / "a.pdf"
    path.write_bytes(b"a")

    def full(source: Path, target: Path, marker: Path) -> None:
        raise OSError(errno.ENOSPC, "no space left on device")

    monkeypatch.setattr(inbox_module, "_rename", full)
    with pytest.raises(OSError, match="no space"):
        file_away(path, Result("extracted"), inbox=inbox, home=tmp_path, day=DAY)
    assert path.read_bytes() == b"a"
    assert names(tmp_path / "archive" / DAY.isoformat()) == []


def test_what_a_crash_left_is_ended(tmp_path: Path) -> None:
    archive = tmp_path / "archive" / "2024-06-01" / "sub"
    archive.mkdir(parents=True)
    (archive / ".b.pdf.pending").write_bytes(b"half a cop")
    (archive / "a.pdf").write_bytes(b"a")
    with hold(tmp_path):
        assert names(archive) == ["a.pdf"]


def test_one_run_at_a_time_even_from_another_process(tmp_path: Path) -> None:
    code = (
        "import sys\nfrom pathlib import Path\nfrom formextract.inbox import hold\n"
        "with hold(Path(sys.argv[1])):\n    print('held', flush=True)\n    sys.stdin.read()\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, str(tmp_path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(p for p in sys.path if p)},
        text=True,
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        with pytest.raises(FormextractError) as caught, hold(tmp_path):
            raise AssertionError("two runs hold the inbox")
        assert caught.value.code == "inbox_busy"
        other.kill()
        other.wait(10)
        with hold(tmp_path):
            pass
