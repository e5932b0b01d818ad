"""What a person sees who runs a flow by hand: progress, a table, and where things lie now."""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from tqdm import tqdm

from flows.batches import watch
from formextract.config import Settings
from formextract.errors import EXIT_FAULT, EXIT_OK, FormextractError
from formextract.inbox import ARCHIVE, QUARANTINE, list_inbox

if TYPE_CHECKING:
    from flows.nightly import NightReport
    from formextract.ingest import FileResult


def turn_stderr(log: Path | None) -> TextIO:
    """Sends all that this process and its children will write to stderr into a file, to the end.

    Returns a stream to what was stderr before, for people.  Prefect logs from several threads, from
    a server process of its own and at exit, so the descriptor itself is turned, for good.
    """
    if log is None:
        return sys.stderr
    log.parent.mkdir(parents=True, exist_ok=True)
    sys.stderr.flush()
    people = os.fdopen(os.dup(2), "w", encoding="utf-8", errors="replace", buffering=1)
    with log.open("ab") as opened:
        os.dup2(opened.fileno(), 2)
    return people


def run_guarded(
    work: Callable[[], str], *, log: Path | None, total: int | None = None, unit: str = "file"
) -> int:
    """Runs a flow with a progress bar, prints what it says; returns the exit code.

    An error of ours is told in two sentences, any other by its kind and where the log is.
    """
    people = turn_stderr(log)
    with tqdm(total=total, unit=unit, file=people, disable=not people.isatty(), leave=False) as bar:
        watch(lambda _path: bar.update())
        try:
            text = work()
        except FormextractError as error:
            bar.close()
            people.write(f"{error.message}\n{error.remedy}\n")
            return error.exit_code
        except Exception as error:
            bar.close()
            if log is None:
                raise
            people.write(f"The run failed ({type(error).__name__}); the whole story is in {log}.\n")
            traceback.print_exc()
            return EXIT_FAULT
    print(text)
    return EXIT_OK


def run_nightly(inbox: str | None, batch_size: int, log: Path | None) -> int:
    """One night now; files that could not be read are an ordinary end, so the code is 0 then too."""
    from flows.nightly import nightly

    settings = Settings()
    folder = Path(inbox) if inbox else settings.home / "inbox"

    def work() -> str:
        report = nightly(str(folder), batch_size)
        return f"{describe_night(report, settings.home)}\n{describe_store(settings.store_url())}"

    total = len(list_inbox(folder, stable_seconds=0).ready) if folder.is_dir() else None
    return run_guarded(work, log=log, total=total)


def describe_night(report: NightReport, home: Path) -> str:
    """The night in a table: a line a file, then what was published, what waits, what stays."""
    counts = report.counts
    known = counts.get("duplicate", 0)
    fresh = [result for result in report.results if result.outcome != "duplicate"]
    lines: list[str] = []
    if not report.results:
        lines.append("Nothing is new: the inbox is empty.")
    elif not fresh:
        lines.append(f"Nothing is new: {_many(known, 'file')} in the inbox, known from before.")
    else:
        lines += _table(fresh)
        lines.append("")
        lines.append(
            f"{_many(len(fresh), 'new file')}, {_many(counts['documents'], 'form')}: "
            f"{counts['published']} published, {counts['review']} with something for a clerk."
        )
        if known:
            lines.append(f"{_many(known, 'file')} known from before.")
    if counts.get("unreadable"):
        lines.append(f"Unreadable files lie in {home / QUARANTINE}, each with its reason beside it.")
    if len(report.results) > counts.get("unreadable", 0):
        lines.append(f"The files that were read lie in {home / ARCHIVE} now.")
    lines += [
        f"Stays in the inbox: {skipped.path.name}: {skipped.problem.message}" for skipped in report.left
    ]
    lines += [f"Could not be moved out of the inbox: {Path(path).name}" for path in report.unmoved]
    return "\n".join(lines)


def describe_store(db_url: str) -> str:
    """What the store holds now, in a line."""
    from formextract.store.db import Store
    from formextract.store.queue import store_counts

    store = Store.open(db_url)
    try:
        counts = store_counts(store)
    finally:
        store.close()
    return (
        f"The store holds {_many(counts.files, 'file')}: {_many(counts.published, 'form')} published, "
        f"{counts.waiting_documents} waiting for review."
    )


def _table(results: list[FileResult]) -> list[str]:
    """One line a file; the names' column is as wide as the longest, within reason."""
    width = min(44, max(len("file"), *(len(Path(r.path).name) for r in results)))
    lines = [f"{'file':{width}}  {'outcome':12}  forms  published  review"]
    for result in results:
        name = Path(result.path).name
        name = name if len(name) <= width else name[: width - 1] + "…"
        line = f"{name:{width}}  {result.outcome:12}  "
        if result.outcome == "unreadable":
            lines.append(f"{line}{result.problem_message or ''} {result.remedy or ''}".rstrip())
        else:
            lines.append(f"{line}{result.documents:5}  {result.published:9}  {result.review:6}")
    return lines


def _many(count: int, what: str) -> str:
    """``1 file``, ``2 files``."""
    return f"{count} {what}" if count == 1 else f"{count} {what}s"
