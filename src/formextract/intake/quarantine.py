"""Putting a file that cannot be read out of the way, with the reason beside it.

State moves by rename.  While a move is under way a marker ``NAME.pending`` lies in the
quarantine folder; it holds the reason already and becomes ``NAME.reason.json`` when the file
has arrived.  What a crash leaves behind is put right by ``settle``.
"""

from __future__ import annotations

import errno
import json
import os
import shutil
from pathlib import Path

from formextract.intake.faults import fault
from formextract.intake.source import hash_file
from formextract.model import Problem

PENDING = ".pending"
REASON = ".reason.json"
_COPYING = ".part"


def quarantine(path: Path, folder: Path, problem: Problem, *, sha256: str | None = None) -> Path:
    """Moves a file into the folder (made if missing) and gives back where it lies now.

    Nothing there is overwritten: on a clash of names the hash's first 8 digits, then a number,
    are put before the ending.  Across file systems the file is copied, flushed and renamed
    before the original goes.  UnreadableInput ``quarantine_failed`` if it cannot be done; the
    original then lies where it was.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        target, marker = _reserve(path, folder, problem, sha256)
        try:
            _move(path, target)
        except OSError:
            marker.unlink(missing_ok=True)
            raise
        os.replace(marker, target.with_name(target.name + REASON))
        _sync(folder)
    except OSError:
        raise fault("quarantine_failed") from None
    return target


def settle(folder: Path) -> list[Path]:
    """Ends the moves that a crash left half done; gives back the files whose moves were ended.

    Call it only while nobody else moves files into the folder (at the start of the nightly flow).
    A marker whose file has arrived becomes its reason; one whose file has not is taken away,
    since the original still lies where it was.
    """
    ended: list[Path] = []
    for marker in sorted(folder.glob("*" + PENDING)):
        target = marker.with_name(marker.name.removesuffix(PENDING))
        if target.exists():
            os.replace(marker, target.with_name(target.name + REASON))
            ended.append(target)
        else:
            target.with_name(target.name + _COPYING).unlink(missing_ok=True)
            marker.unlink(missing_ok=True)
    return ended


def _reserve(path: Path, folder: Path, problem: Problem, sha256: str | None) -> tuple[Path, Path]:
    """A free name in the folder and the marker that keeps it; the marker is made exclusively."""
    names = [path.name]
    number = 1
    while True:
        for name in names:
            target, marker = folder / name, folder / (name + PENDING)
            if os.path.lexists(target) or os.path.lexists(folder / (name + REASON)):
                continue
            try:
                fd = os.open(marker, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            except FileExistsError:
                continue
            with os.fdopen(fd, "w", encoding="utf-8") as stream:
                reason = {"file": path.name, "sha256": sha256, **problem.as_json()}
                json.dump(reason, stream, ensure_ascii=False, indent=2)
                stream.flush()
                os.fsync(stream.fileno())
            if os.path.lexists(target):  # somebody finished between our look and our marker
                marker.unlink()
                continue
            return target, marker
        sha256 = sha256 or hash_file(path)
        number += 1
        suffix = sha256[:8] if number == 2 else f"{sha256[:8]}-{number - 1}"
        names = [f"{path.stem}.{suffix}{path.suffix}"]


def _move(source: Path, target: Path) -> None:
    try:
        os.rename(source, target)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        part = target.with_name(target.name + _COPYING)
        try:
            shutil.copy2(source, part)
            with part.open("rb") as stream:
                os.fsync(stream.fileno())
            os.rename(part, target)
        except OSError:
            part.unlink(missing_ok=True)
            raise
        source.unlink()


def _sync(folder: Path) -> None:
    """Makes the renames themselves durable."""
    fd = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)
