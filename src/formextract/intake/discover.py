"""Finding the documents under some paths, in an order that is the same on every machine."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from formextract.errors import UnreadableInput
from formextract.intake.faults import fault
from formextract.intake.sniff import HEAD_BYTES, sniff_bytes
from formextract.intake.source import check_kind, stable
from formextract.model import Problem

__all__ = ["DOCUMENT_SUFFIXES", "Skipped", "discover", "stable"]

DOCUMENT_SUFFIXES = frozenset(
    ".pdf .tif .tiff .jpg .jpeg .jpe .jfif .png .bmp .gif .webp".split()
    # recognised so that their senders are told what to do
    + ".heic .heif .doc .docx .odt .rtf .xls .xlsx .zip .rar .7z".split()
)
"""Lower-case endings of files that are handed on whatever is in them."""

_UNFINISHED = (
    ".part",
    ".partial",
    ".tmp",
    ".temp",
    ".crdownload",
    ".download",
    ".filepart",
    ".pending",
    ".swp",
)


@dataclass(frozen=True)
class Skipped:
    """A path in a folder that is no document to be read, and why."""

    path: Path
    """Where it lies."""
    problem: Problem
    """The reason, for the log."""


def discover(paths: Iterable[Path], *, root: Path | None = None) -> Iterator[Path | Skipped]:
    """Files as given, folders with all that is below them, sorted by name at each level.

    A file that is named itself always comes back as a path, even if it does not exist: whoever
    opens it reports it.  In folders, files count by their ending (upper or lower case) or, where
    that says nothing, by their first bytes; hidden, temporary and unfinished files, links,
    pipes and files of other kinds come back as ``Skipped``.  Links to folders are not followed,
    so there are no loops.  With ``root``, folders that lie outside it are skipped whole.
    """
    for path in paths:
        if path.is_dir():
            if root is not None and not path.resolve().is_relative_to(root.resolve()):
                yield _skip(path, fault("link_outside"))
            else:
                yield from _walk(path)
        else:
            yield path


def _walk(folder: Path) -> Iterator[Path | Skipped]:
    try:
        names = sorted(os.listdir(folder))
    except PermissionError:
        yield _skip(folder, fault("no_permission"))
        return
    except OSError:
        yield _skip(folder, fault("io_error"))
        return
    for name in names:
        path = folder / name
        if _is_unfinished(name):
            yield _skip(path, fault("unfinished_name"))
        elif path.is_symlink():
            yield _skip(path, _link_fault(path, folder))
        elif path.is_dir():
            yield from _walk(path)
        else:
            yield _take(path)


def _take(path: Path) -> Path | Skipped:
    try:
        check_kind(path)
        if path.suffix.casefold() in DOCUMENT_SUFFIXES or _looks_like_document(path):
            return path
    except UnreadableInput as error:
        # A document that may not be read is a fault to be reported, a pipe is none of ours.
        return path if error.code == "no_permission" else _skip(path, error)
    return _skip(path, fault("not_a_document"))


def _looks_like_document(path: Path) -> bool:
    try:
        with path.open("rb") as stream:
            return sniff_bytes(stream.read(HEAD_BYTES)) is not None
    except OSError:
        return False


def _is_unfinished(name: str) -> bool:
    return name.startswith((".", "~$")) or name.endswith("~") or name.casefold().endswith(_UNFINISHED)


def _link_fault(path: Path, folder: Path) -> UnreadableInput:
    try:
        target = path.resolve(strict=True)
    except (OSError, RuntimeError):
        return fault("dangling_link")
    return fault("link_skipped") if target.is_relative_to(folder.resolve()) else fault("link_outside")


def _skip(path: Path, error: UnreadableInput) -> Skipped:
    return Skipped(path, error.problem())
