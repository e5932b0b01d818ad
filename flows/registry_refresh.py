"""The registry flow: a new list of schools or area offices goes into the store, with history.

    python -m flows.registry_refresh FILE… [--valid-from YYYY-MM-DD]

On a Prefect server it is run by hand when the Ministry's new list is there.
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from prefect import flow, get_run_logger, task

from flows.batches import show_counts
from formextract.config import Settings


@dataclass(frozen=True, slots=True)
class ListReport:
    """What one list changed."""

    kind: str
    """``schools`` or ``area_offices``."""
    rows: int
    """Rows that were taken."""
    added: int
    """New ones."""
    changed: int
    """Known ones that are told differently now."""
    closed: int
    """Known ones that are gone."""
    faults: int
    """Rows that could not be taken."""


@task(name="import list", task_run_name="list {number}", persist_result=False)
def import_list(number: int, file: Path, valid_from: date | None) -> ListReport:
    """Loads one CSV or XLSX; the same list again changes nothing.

    :raises UsageError: its columns are those of neither list.
    """
    from formextract.intake import hash_file
    from formextract.registry.load import RowFault, detect_kind, read_offices, read_schools
    from formextract.store.db import Store
    from formextract.store.registry_store import import_offices, import_schools

    faults: list[RowFault] = []
    kind = detect_kind(file)
    sha256 = hash_file(file)
    store = Store.open(Settings().store_url())
    try:
        if kind == "schools":
            done = import_schools(
                store, read_schools(file, faults), file_name=file.name, sha256=sha256, valid_from=valid_from
            )
        else:
            done = import_offices(
                store, read_offices(file, faults), file_name=file.name, sha256=sha256, valid_from=valid_from
            )
    finally:
        store.close()
    for fault in faults:
        get_run_logger().warning("list %d, line %d: %s", number, fault.line, fault.message)
    return ListReport(kind, done.rows, done.added, done.changed, done.closed, len(faults))


@flow(name="registry refresh", persist_result=False)
def registry_refresh(files: list[str], valid_from: date | None = None) -> tuple[ListReport, ...]:
    """Loads the lists in the order given: area offices before the schools that name them."""
    reports = tuple(import_list(number, Path(file), valid_from) for number, file in enumerate(files, start=1))
    rows = [
        {
            "list": r.kind,
            "rows": r.rows,
            "new": r.added,
            "changed": r.changed,
            "closed": r.closed,
            "faults": r.faults,
        }
        for r in reports
    ]
    show_counts("registry", rows, "What the lists changed")
    return reports


def main(arguments: list[str] | None = None) -> int:
    """The command line; returns the exit code."""
    parser = argparse.ArgumentParser(
        prog="python -m flows.registry_refresh", description=__doc__.split("\n")[0]
    )
    parser.add_argument("files", nargs="+", metavar="FILE", help="CSV or XLSX, area offices first")
    parser.add_argument("--valid-from", type=date.fromisoformat, help="day from which the lists hold")
    parser.add_argument("--log", type=Path, help="file for the log instead of the terminal")
    given = parser.parse_args(arguments)
    from flows.console import run_guarded

    def work() -> str:
        return "\n".join(
            f"{r.kind}: {r.rows} rows, {r.added} new, {r.changed} changed, {r.closed} closed, "
            f"{r.faults} faults"
            for r in registry_refresh(given.files, given.valid_from)
        )

    return run_guarded(work, log=given.log, total=len(given.files), unit="list")


if __name__ == "__main__":
    sys.exit(main())
