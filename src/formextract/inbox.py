"""The nightly inbox: which files may be taken, and where they lie once they are done.

Scanners and people copy files into the inbox at any time.  A file is taken only when it has
been looked at twice and did not change in between; it leaves the inbox only after the store
knows what came of it, so a crash at any point loses nothing: what is still in the inbox is read
again the next night, and found to be known already.

    inbox/…   --extracted, duplicate, unknown_form-->  home/archive/YYYY-MM-DD/…
              --unreadable------------------------->  home/quarantine/… with its reason beside it

Moves are atomic renames.  A hidden marker ``.NAME.pending`` beside the target reserves its name
while it comes to be, so that no file is ever overwritten.
"""

from __future__ import annotations

import errno
import fcntl
import filecmp
import os
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Protocol

from formextract.errors import FormextractError, UsageError
from formextract.intake import Skipped, discover, quarantine, settle
from formextract.model import Problem

ARCHIVE = "archive"
QUARANTINE = "quarantine"

DONE = frozenset({"extracted", "duplicate", "unreadable", "unknown_form"})
"""Ordinary ends of a file; with any other it stays in the inbox."""
PASSING = frozenset({"not_ready", "not_found", "io_error", "no_permission"})
"""Problems of the moment or of the drive, not of the file: it stays and is tried again."""


class Result(Protocol):
    """What :func:`file_away` wants to know of a file; ``ingest.FileResult`` has it."""

    @property
    def outcome(self) -> str:
        """One of :data:`DONE`, or another word for a file that is not done."""

    @property
    def problem_code(self) -> str | None:
        """Stable code of the problem, None if there was none."""

    @property
    def problem_message(self) -> str | None:
        """The problem in a sentence without personal data."""

    @property
    def remedy(self) -> str | None:
        """What a person can do about it."""

    @property
    def sha256(self) -> str | None:
        """Of the bytes, None if they could not be read."""

    @property
    def final(self) -> bool:
        """False if the reader broke, not the file: the next run tries again."""


@dataclass(frozen=True, slots=True)
class Listing:
    """The inbox as two looks at it found it."""

    ready: tuple[Path, ...]
    """Documents that did not change, in the order of discovery."""
    left: tuple[Skipped, ...]
    """What stays for now, and why."""


def list_inbox(inbox: Path, *, stable_seconds: float, sleep: Callable[[float], None] = time.sleep) -> Listing:
    """Looks at all files below ``inbox`` twice, ``stable_seconds`` apart.

    One wait serves all files.  Times alone are not trusted: clocks of scanners and network
    drives differ from ours.  Links are not followed; one could name any file of the machine.

    :raises UsageError: the inbox is no folder; a lost network drive must not look like a quiet night.
    """
    if not inbox.is_dir():
        raise UsageError(
            f"the inbox is not a folder: {inbox}",
            code="no_inbox",
            remedy="Name the folder into which scans are put, and look whether its drive is mounted.",
        )
    left: list[Skipped] = []
    first: dict[Path, tuple[int, int, int] | None] = {}
    for found in discover([inbox], root=inbox):
        if isinstance(found, Skipped):
            left.append(found)
        else:
            first[found] = _fingerprint(found)
    if first and stable_seconds > 0:
        sleep(stable_seconds)
    ready: list[Path] = []
    for path, before in first.items():
        if before is not None and before == _fingerprint(path):
            ready.append(path)
        else:
            left.append(
                Skipped(
                    path,
                    Problem(
                        "not_ready",
                        "The file changed between two looks at it.",
                        "Nothing to do: it is looked at again in the next run.",
                    ),
                )
            )
    return Listing(tuple(ready), tuple(left))


@contextmanager
def hold(home: Path) -> Iterator[None]:
    """Makes sure that one run at a time moves files; ends what a crashed run left half done.

    The lock is the kernel's: it is free again at once when its holder dies.

    :raises FormextractError: ``inbox_busy``, another run is at work.
    """
    home.mkdir(parents=True, exist_ok=True)
    with (home / ".inbox.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise FormextractError(
                "another run over the inbox is at work",
                code="inbox_busy",
                remedy="Wait until it is done, then start this one again.",
            ) from None
        settle(home / QUARANTINE)
        for marker in (home / ARCHIVE).rglob(".*.pending"):
            # Its file has either arrived whole, or is in the inbox still.
            marker.unlink(missing_ok=True)
        yield


def file_away(path: Path, result: Result, *, inbox: Path, home: Path, day: date) -> Path | None:
    """Moves a file that is done out of the inbox; returns its new place, None if it stays.

    In the archive the folders of the inbox are kept.  A name that is taken gets a number,
    unless the very same bytes lie there already: then the copy in the inbox is dropped.
    To be called within :func:`hold`.

    :raises OSError: it cannot be moved; it is still in the inbox then, whole.
    :raises UnreadableInput: the same for the quarantine.
    """
    if not result.final or result.outcome not in DONE or result.problem_code in PASSING:
        return None
    if result.outcome == "unreadable":
        problem = Problem(
            result.problem_code or "unreadable",
            result.problem_message or "The file could not be read.",
            result.remedy or "Look at the file, mend it and put it into the inbox again.",
        )
        return quarantine(path, home / QUARANTINE, problem, sha256=result.sha256)
    return _archive(path, home / ARCHIVE / day.isoformat() / path.relative_to(inbox).parent)


def _fingerprint(path: Path) -> tuple[int, int, int] | None:
    """What changes when a file is written to or put in another's place; None if it is gone."""
    try:
        seen = path.lstat()
    except OSError:
        return None
    return seen.st_size, seen.st_mtime_ns, seen.st_ino


def _numbered(name: str) -> Iterator[str]:
    """``a.pdf``, ``a.2.pdf``, ``a.3.pdf`` …"""
    yield name
    stem, suffix = os.path.splitext(name)
    for number in range(2, 1_000_000):
        yield f"{stem}.{number}{suffix}"


def _archive(source: Path, folder: Path) -> Path:
    """Renames ``source`` into ``folder`` under a free name."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in _numbered(source.name):
        target = folder / name
        marker = folder / f".{name}.pending"
        try:
            os.close(os.open(marker, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        except FileExistsError:
            continue
        try:
            if not os.path.lexists(target):
                _rename(source, target, marker)
                return target
            if target.is_file() and filecmp.cmp(source, target, shallow=False):
                source.unlink()
                return target
        finally:
            marker.unlink(missing_ok=True)
    raise FileExistsError(errno.EEXIST, "no free name", str(folder / source.name))


def _rename(source: Path, target: Path, marker: Path) -> None:
    """Renames; onto another file system by way of the marker, which then becomes the target."""
    try:
        source.rename(target)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        shutil.copy2(source, marker)
        with marker.open("rb") as copied:
            os.fsync(copied.fileno())
        marker.rename(target)
        source.unlink()
