"""The ledger: which content is being worked on, by whom, and what is done.

One row for each content (sha256).  A claim is one atomic statement on either database, so several
processes may ingest the same folder at once.  A claim names its process exactly (host, boot, pid
namespace, pid, start time); when that process is gone, the next one who asks takes the work over
at once.  The rows of a file and the word that it is done are written in one transaction: a process
killed in between leaves a claim, never half a file.
"""

from __future__ import annotations

import os
import secrets
import socket
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, RowMapping

from formextract.errors import FormextractError
from formextract.model import Extraction, Outcome
from formextract.store import schema as t
from formextract.store.db import Store, now
from formextract.store.publish import PublishedFile, publish_on
from formextract.store.sql import insert_if_new

MAX_AGE = timedelta(hours=2)
"""A claim older than this is taken over even from a living process; twice the longest file time limit
and more, and the only rule for claims of other machines, whose processes cannot be seen."""


class LostClaim(FormextractError):
    """The work was taken over by another process meanwhile; nothing was written."""

    transient = True


@dataclass(frozen=True, slots=True)
class Claim:
    """The right to work on one content."""

    sha256: str
    """The content."""
    path: str
    """Where it lies for this claim."""
    token: str
    """Proof of the claim."""
    attempts: int
    """1 for the first try; more after a crash or a repeat."""


@dataclass(frozen=True, slots=True)
class Already:
    """Somebody works on this content, or it is done."""

    sha256: str
    """The content."""
    done: bool
    """True: finished; False: a living process works on it now."""
    outcome: Outcome | None
    """How it ended; None while at work."""
    first_path: str
    """Where it was first found."""
    same_path: bool
    """Whether it was this path: a repeated run rather than a second copy."""


def claim(
    store: Store,
    sha256: str,
    path: str,
    *,
    version: str = "",
    redo: bool = False,
    max_age: timedelta = MAX_AGE,
) -> Claim | Already:
    """Take the work on a content, unless it is done or a living process has it.

    ``redo`` takes finished work again (another version of the program, a repair, a file that was
    unreadable); ``version`` is kept beside it.
    """
    token = secrets.token_hex(16)
    mine: dict[str, Any] = {
        "path": path,
        "state": "claimed",
        "token": token,
        "claimed_at": now(),
        "finished_at": None,
        "outcome": None,
        "version": version,
        **_self(),
    }
    with store.write() as connection:
        if insert_if_new(connection, t.work, {"sha256": sha256, "attempts": 1, **mine}):
            return Claim(sha256, path, token, 1)
        row = connection.execute(sa.select(t.work).where(t.work.c.sha256 == sha256)).mappings().one()
        first_path = row["path"]
        if row["state"] == "done" and not redo:
            return Already(sha256, True, Outcome(row["outcome"]), first_path, first_path == path)
        if row["state"] == "claimed" and row["claimed_at"] + max_age > now() and is_alive(row):
            return Already(sha256, False, None, first_path, first_path == path)
        taken = connection.execute(
            sa.update(t.work)
            .where(t.work.c.sha256 == sha256, t.work.c.token == row["token"], t.work.c.state == row["state"])
            .values(**(mine | {"path": first_path}), attempts=row["attempts"] + 1)
            .returning(t.work.c.attempts)
        ).scalar()
        if taken is None:
            # Another process was faster between our look and our update (PostgreSQL only).
            return Already(sha256, False, None, first_path, first_path == path)
        return Claim(sha256, path, token, taken)


def finish(
    store: Store,
    held: Claim,
    extraction: Extraction,
    *,
    size: int | None = None,
    archived_path: str | None = None,
) -> PublishedFile:
    """Write all rows of the file and mark the work done at once; LostClaim if it was taken over."""
    with store.write() as connection:
        _close(connection, held, "done", extraction.outcome)
        return publish_on(connection, extraction, size=size, archived_path=archived_path)


def release(store: Store, held: Claim) -> None:
    """Give unfinished work back, for instance when the run is interrupted; no error if it was taken over."""
    with store.write() as connection:
        connection.execute(
            sa.update(t.work)
            .where(t.work.c.sha256 == held.sha256, t.work.c.token == held.token, t.work.c.state == "claimed")
            .values(state="released")
        )


def note_duplicate(store: Store, sha256: str, path: str) -> None:
    """Keep that the same bytes also lie at another path; nothing before the first copy is published."""
    with store.write() as connection:
        known = connection.scalar(sa.select(t.source_file.c.sha256).where(t.source_file.c.sha256 == sha256))
        if known:
            insert_if_new(connection, t.source_path, {"sha256": sha256, "path": path, "seen_at": now()})


def is_alive(row: RowMapping) -> bool:
    """Whether the process of a claim still runs; True where that cannot be seen (another machine)."""
    if row["host"] != _host():
        return True
    return bool(_process_start(row["pid"]) == row["process_start"])


def _close(connection: Connection, held: Claim, state: str, outcome: Outcome) -> None:
    done = connection.execute(
        sa.update(t.work)
        .where(t.work.c.sha256 == held.sha256, t.work.c.token == held.token, t.work.c.state == "claimed")
        .values(state=state, outcome=outcome.value, finished_at=now())
        .returning(t.work.c.sha256)
    ).scalar()
    if done is None:
        raise LostClaim(
            "another process took this file over",
            code="lost_claim",
            remedy="Nothing needs doing; the other process finishes it.",
        )


def _self() -> dict[str, Any]:
    pid = os.getpid()
    return {"host": _host(), "pid": pid, "process_start": _process_start(pid) or ""}


@lru_cache(maxsize=1)
def _host() -> str:
    """This machine, boot and pid namespace: the reach in which a pid means something."""
    boot = _read("/proc/sys/kernel/random/boot_id")
    try:
        namespace = os.readlink("/proc/self/ns/pid")
    except OSError:
        namespace = ""
    return f"{socket.gethostname()}/{boot}/{namespace}"[:200]


def _process_start(pid: int) -> str | None:
    """When a process started, as the kernel counts; None if there is none.  A pid alone is reused."""
    stat = _read(f"/proc/{pid}/stat")
    if stat:
        fields = stat.rpartition(")")[2].split()
        # A zombie holds no work any more, though it still has its pid.
        return None if fields[0] in ("Z", "X") else fields[19]
    if Path("/proc/self/stat").exists():
        return None
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return None
    except PermissionError:
        pass
    return "running"


def _read(path: str) -> str:
    try:
        return Path(path).read_text(encoding="utf-8", errors="replace").strip()
    except OSError:
        return ""
