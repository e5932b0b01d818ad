"""From a path to a SourceFile that the stages may trust: all checks, in the order of their cost."""

from __future__ import annotations

import errno
import hashlib
import os
import stat
import time
from pathlib import Path

from formextract.config import Settings
from formextract.intake.faults import fault
from formextract.intake.guard import run_guarded
from formextract.intake.imageprobe import probe_image
from formextract.intake.pdfprobe import probe_pdf
from formextract.intake.sniff import PDF, sniff
from formextract.model import SourceFile

PROBE_SECONDS = 60.0
"""Time that reading a file's structure may take; ordinary files take hundredths of a second."""
PROBE_MEMORY_MB = 1536
"""Memory that reading a file's structure may take beside what the process has already."""

_CHUNK = 1 << 20


def open_source(
    path: Path, settings: Settings, *, root: Path | None = None, require_stable: bool = False
) -> SourceFile:
    """Checks a file and describes it; nothing is decoded, moved or altered.

    With ``root`` a path that leads out of that folder through links is refused; with
    ``require_stable`` a file that changes within ``settings.stable_seconds`` is not taken yet.
    Every refusal is an UnreadableInput (NotReadyInput, LimitExceeded) with a code of ``faults.FAULTS``.
    """
    try:
        before = check_kind(path, root)
        if before.st_size == 0:
            # A copy that has just begun is empty too.
            raise (
                fault("not_ready")
                if require_stable and not stable(path, settings.stable_seconds)
                else fault("empty_file")
            )
        limit = settings.max_file_mb * 1_000_000
        if before.st_size > limit:
            raise fault("too_large", size=round(before.st_size / 1e6), limit=settings.max_file_mb)
        if require_stable and not stable(path, settings.stable_seconds):
            raise fault("not_ready")
        media_type = sniff(path)
        pages = _count_pages(path, media_type, settings)
        sha256 = hash_file(path)
        after = path.stat()
    except OSError as error:
        raise _disk_fault(error) from None
    if (after.st_size, after.st_mtime_ns) != (before.st_size, before.st_mtime_ns):
        raise fault("not_ready")
    return SourceFile(path=path, sha256=sha256, media_type=media_type, size=after.st_size, page_count=pages)


def check_kind(path: Path, root: Path | None = None) -> os.stat_result:
    """The state of a regular, readable file, links followed; it is not opened.

    UnreadableInput: ``not_found``, ``dangling_link``, ``link_outside``, ``is_directory``,
    ``not_a_file``, ``no_permission``.
    """
    link = False
    try:
        link = stat.S_ISLNK(path.lstat().st_mode)
        state = path.stat()
    except OSError as error:
        if link and error.errno in (errno.ENOENT, errno.ELOOP, errno.ENOTDIR):
            raise fault("dangling_link") from None
        raise _disk_fault(error) from None
    if root is not None and not path.resolve().is_relative_to(root.resolve()):
        raise fault("link_outside")
    if stat.S_ISDIR(state.st_mode):
        raise fault("is_directory")
    if not stat.S_ISREG(state.st_mode):
        raise fault("not_a_file", what=_name_of_kind(state.st_mode))
    if not os.access(path, os.R_OK):
        raise fault("no_permission")
    return state


def stable(path: Path, seconds: float) -> bool:
    """Whether size and mtime of a file stay as they are for so many seconds.

    A file whose last change is longer ago than that is stable at once; clocks that run ahead
    (network shares) cost one wait.  False too if the file goes away meanwhile.
    """
    try:
        first = path.stat()
        age = time.time() - first.st_mtime
        if age > max(seconds, 0.0):
            return True
        time.sleep(seconds)
        second = path.stat()
    except OSError:
        return False
    return (first.st_size, first.st_mtime_ns, first.st_ino) == (
        second.st_size,
        second.st_mtime_ns,
        second.st_ino,
    )


def hash_file(path: Path) -> str:
    """SHA-256 of the file's bytes, 64 lower-case hex digits, read in chunks; OSError as the disk gives it."""
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def _count_pages(path: Path, media_type: str, settings: Settings) -> int:
    if media_type == PDF:
        return run_guarded(
            probe_pdf,
            path,
            settings.max_pages,
            settings.max_page_mm,
            settings.max_page_megapixels,
            timeout_s=min(PROBE_SECONDS, settings.file_timeout_s),
            memory_mb=PROBE_MEMORY_MB,
        ).pages
    return probe_image(path, media_type, settings.max_pages, settings.max_page_megapixels).pages


def _disk_fault(error: OSError) -> Exception:
    """The typed error for what the operating system said; paths stay out of the message."""
    if error.errno in (errno.ENOENT, errno.ENOTDIR, errno.ENAMETOOLONG):
        return fault("not_found")
    if error.errno in (errno.EACCES, errno.EPERM):
        return fault("no_permission")
    if error.errno == errno.ELOOP:
        return fault("dangling_link")
    if error.errno == errno.ENXIO:
        return fault("not_a_file", what="socket")
    return fault("io_error")


def _name_of_kind(mode: int) -> str:
    for test, name in (
        (stat.S_ISFIFO, "pipe"),
        (stat.S_ISSOCK, "socket"),
        (stat.S_ISBLK, "device"),
        (stat.S_ISCHR, "device"),
    ):
        if test(mode):
            return name
    return "special file"
