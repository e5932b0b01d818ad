"""The nightly flow: what lies in the inbox becomes rows and work for the clerks.

python -m flows.nightly run --inbox DIR     once, now, with a summary for people
python -m flows.nightly serve               every night at 01:00 from this process
python -m flows.deploy                      the same on a Prefect server, for its workers
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from prefect import flow, get_run_logger
from prefect.schedules import Cron

from flows.batches import BATCH_SIZE, count_outcomes, ingest_batch, show_counts, split
from formextract.config import Settings
from formextract.errors import UnreadableInput
from formextract.inbox import file_away, hold, list_inbox
from formextract.intake import Skipped

if TYPE_CHECKING:
    from formextract.ingest import FileResult

SCHEDULE = "0 1 * * *"
"""Each night at one, when the day's scans are in and before the clerks begin."""
DEPLOYMENT = "every-night"


@dataclass(frozen=True, slots=True)
class NightReport:
    """What one night gave."""

    results: tuple[FileResult, ...]
    """One for each file that was read, in order."""
    left: tuple[Skipped, ...]
    """What lies in the inbox still, and why."""
    unmoved: tuple[str, ...]
    """Files that are done but could not be moved; the next night finds them known."""

    @property
    def counts(self) -> dict[str, int]:
        """Files by outcome and documents by decision."""
        return count_outcomes(self.results)


@flow(name="nightly", persist_result=False, validate_parameters=True)
def nightly(inbox: str | None = None, batch_size: int = BATCH_SIZE) -> NightReport:
    """Reads all whole files of the inbox into the store and files them away.

    ``inbox`` is a folder, by default ``inbox`` under FORMEXTRACT_HOME.  A batch whose store
    stays away fails the run; its files lie in the inbox still.

    :raises FormextractError: ``no_inbox``, ``inbox_busy`` or what the last try of a batch raised.
    """
    settings = Settings()
    folder = Path(inbox) if inbox else settings.home / "inbox"
    day = datetime.now(ZoneInfo(settings.timezone)).date()
    log = get_run_logger()
    results: list[FileResult] = []
    unmoved: list[str] = []
    with hold(settings.home):
        listing = list_inbox(folder, stable_seconds=settings.stable_seconds)
        log.info("%d files to read, %d stay for now", len(listing.ready), len(listing.left))
        for number, batch in enumerate(split(listing.ready, batch_size), start=1):
            for path, result in zip(batch, ingest_batch(number, batch), strict=True):
                results.append(result)
                try:
                    file_away(path, result, inbox=folder, home=settings.home, day=day)
                except (OSError, UnreadableInput) as error:
                    unmoved.append(str(path))
                    log.error("a file could not be moved out of the inbox: %s", type(error).__name__)
    report = NightReport(tuple(results), listing.left, tuple(unmoved))
    show_counts("nightly", [{"what": what, "number": n} for what, n in report.counts.items()], "This night")
    return report


def main(arguments: list[str] | None = None) -> int:
    """The command line; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m flows.nightly", description=__doc__.split("\n")[0])
    commands = parser.add_subparsers(dest="command", required=True)
    run = commands.add_parser("run", help="once, now, with a summary for people")
    run.add_argument("--inbox", help="folder of scans; by default inbox under FORMEXTRACT_HOME")
    run.add_argument("--batch-size", type=int, default=BATCH_SIZE, help="files a task (default %(default)s)")
    run.add_argument("--log", type=Path, help="file for the log instead of the terminal")
    commands.add_parser("serve", help="every night at 01:00 from this process, until it is stopped")
    given = parser.parse_args(arguments)
    if given.command == "serve":
        settings = Settings()
        # Were it paused at every stop, a restarted machine would sleep through its nights.
        nightly.serve(
            name=DEPLOYMENT,
            schedule=Cron(SCHEDULE, timezone=settings.timezone),
            pause_on_shutdown=False,
            limit=1,
        )
        return 0
    from flows.console import run_nightly

    return run_nightly(given.inbox, given.batch_size, given.log)


if __name__ == "__main__":
    sys.exit(main())
