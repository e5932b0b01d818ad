"""The backfill flow: a folder of past years, year by year.

    python -m flows.backfill PATH --years 2560-2568

May be stopped and started again at any point: what is in the store is not read again, and the
files of the past stay where they are.
"""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from prefect import flow, get_run_logger

from flows.batches import BATCH_SIZE, count_outcomes, ingest_batch, show_counts, split
from formextract.backfill import parse_years, plan_years
from formextract.config import Settings

if TYPE_CHECKING:
    from formextract.ingest import FileResult

COLUMNS = ("files", "extracted", "duplicate", "unknown_form", "unreadable", "documents", "accepted", "review")


@dataclass(frozen=True, slots=True)
class YearReport:
    """What one year gave."""

    year_be: int | None
    """Buddhist year, None for files whose path names none."""
    counts: dict[str, int]
    """Files by outcome and documents by decision, keyed as in ``COLUMNS``."""
    problems: dict[str, int]
    """Unreadable files by the code of their problem."""


@flow(name="backfill", persist_result=False)
def backfill(folder: str, years: str, batch_size: int = BATCH_SIZE) -> tuple[YearReport, ...]:
    """Reads the files of ``years`` (``2560-2568``) below ``folder``; files without a year come last.

    :raises UsageError: the folder or the years are none.
    """
    plan = plan_years(Path(folder), parse_years(years))
    log = get_run_logger()
    reports: list[YearReport] = []
    number = 0
    for part in plan:
        results: list[FileResult] = []
        for batch in split(part.files, batch_size):
            number += 1
            results += ingest_batch(number, batch)
        problems: dict[str, int] = {}
        for result in results:
            if result.problem_code:
                problems[result.problem_code] = problems.get(result.problem_code, 0) + 1
        reports.append(YearReport(part.year_be, count_outcomes(results), problems))
        log.info("year %s: %s", part.year_be or "unknown", reports[-1].counts or "no files")
        # Written after each year, so that a long backfill can be followed, and a dead one read.
        _write_report(reports, Settings().home)
    show_counts("backfill", [_row(report) for report in reports], f"Backfill of {years}")
    return tuple(reports)


def _row(report: YearReport) -> dict[str, object]:
    counts = {name: report.counts.get(name, 0) for name in COLUMNS}
    return {"year": report.year_be or "no year", **counts}


def _write_report(reports: list[YearReport], home: Path) -> None:
    """``reports/backfill.json`` under the home, replaced whole; it holds numbers and no names."""
    target = home / "reports" / "backfill.json"
    target.parent.mkdir(parents=True, exist_ok=True)
    written = {"written_at": datetime.now(UTC).isoformat(), "years": [asdict(report) for report in reports]}
    pending = target.with_suffix(".pending")
    pending.write_text(json.dumps(written, ensure_ascii=False, indent=2), encoding="utf-8")
    pending.replace(target)


def describe_backfill(reports: tuple[YearReport, ...]) -> str:
    """A line a year, for people."""
    lines = [f"{'year':>8}" + "".join(f"{name:>13}" for name in COLUMNS)]
    for report in reports:
        row = _row(report)
        lines.append(f"{row['year']!s:>8}" + "".join(f"{row[name]!s:>13}" for name in COLUMNS))
    return "\n".join(lines)


def main(arguments: list[str] | None = None) -> int:
    """The command line; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m flows.backfill", description=__doc__.split("\n")[0])
    parser.add_argument("folder", help="folder of past years")
    parser.add_argument("--years", required=True, help="Buddhist years, as 2560-2568")
    parser.add_argument(
        "--batch-size", type=int, default=BATCH_SIZE, help="files a task (default %(default)s)"
    )
    parser.add_argument("--log", type=Path, help="file for the log instead of the terminal")
    given = parser.parse_args(arguments)
    from flows.console import run_guarded

    return run_guarded(
        lambda: describe_backfill(backfill(given.folder, given.years, given.batch_size)), log=given.log
    )


if __name__ == "__main__":
    sys.exit(main())
