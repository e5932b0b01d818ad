from __future__ import annotations

import errno
import json
import os
import shutil
from pathlib import Path

import pytest

from formextract.errors import UnreadableInput
from formextract.intake.quarantine import quarantine, settle
from formextract.model import Problem
from tests.badinputs.inputs import put

PROBLEM = Problem("truncated", "The file is cut off.", "Copy it again.")


def test_file_and_reason_lie_side_by_side(tmp_path: Path) -> None:
    path = put(tmp_path, "a.pdf", b"one")
    target = quarantine(path, tmp_path / "q", PROBLEM, sha256="ab" * 32)
    assert target.read_bytes() == b"one" and not path.exists()
    reason = json.loads((tmp_path / "q" / "a.pdf.reason.json").read_text())
    assert reason == {"file": "a.pdf", "sha256": "ab" * 32, **PROBLEM.as_json()}
    assert sorted(p.name for p in (tmp_path / "q").iterdir()) == ["a.pdf", "a.pdf.reason.json"]


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    contents = [b"one", b"two", b"two", b"two"]
    targets = [quarantine(put(tmp_path, "a.pdf", c), tmp_path / "q", PROBLEM) for c in contents]
    assert len(set(targets)) == 4
    assert [t.read_bytes() for t in targets] == contents
    assert targets[1].name.startswith("a.") and targets[1].suffix == ".pdf" and len(targets[1].stem) == 10


def test_across_file_systems_the_file_is_copied_then_renamed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = put(tmp_path, "a.pdf", b"one")
    real = os.rename

    def rename(source: Path, target: Path) -> None:
        if Path(source).parent != Path(target).parent:
            raise OSError(errno.EXDEV, "cross-device")
        real(source, target)

    monkeypatch.setattr(os, "rename", rename)
    assert quarantine(path, tmp_path / "q", PROBLEM).read_bytes() == b"one"
    assert not path.exists()
    assert not list((tmp_path / "q").glob("*.part"))


def test_full_disk_leaves_the_original_where_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = put(tmp_path, "a.pdf", b"one")

    def rename(source: Path, target: Path) -> None:
        raise OSError(errno.EXDEV, "cross-device")

    def copy(source: Path, target: Path) -> None:
        Path(target).write_bytes(b"o")
        raise OSError(errno.ENOSPC, "no space")

    monkeypatch.setattr(os, "rename", rename)
    monkeypatch.setattr(shutil, "copy2", copy)
    with pytest.raises(UnreadableInput) as caught:
        quarantine(path, tmp_path / "q", PROBLEM)
    assert caught.value.code == "quarantine_failed" and caught.value.remedy
    assert path.read_bytes() == b"one"
    assert list((tmp_path / "q").iterdir()) == []


def test_moves_that_a_crash_broke_off_are_settled(tmp_path: Path) -> None:
    folder = tmp_path / "q"
    folder.mkdir()
    put(folder, "arrived.pdf", b"one")
    put(folder, "arrived.pdf.pending", b'{"code": "x"}')
    put(folder, "lost.pdf.pending", b"{}")
    put(folder, "lost.pdf.part", b"o")
    assert settle(folder) == [folder / "arrived.pdf"]
    assert sorted(p.name for p in folder.iterdir()) == ["arrived.pdf", "arrived.pdf.reason.json"]
    assert settle(folder) == []


def test_name_kept_by_a_move_under_way_is_not_taken(tmp_path: Path) -> None:
    (tmp_path / "q").mkdir()
    put(tmp_path / "q", "a.pdf.pending", b"{}")
    target = quarantine(put(tmp_path, "a.pdf", b"one"), tmp_path / "q", PROBLEM)
    assert target.name != "a.pdf"
