"""``formextract extract``: files in, one JSON object a file out; nothing is stored."""

from __future__ import annotations

from pathlib import Path

import click

from formextract.cli.common import (
    db_option,
    index_for,
    jobs_option,
    print_json,
    progress_bar,
    registry_option,
    settings_for,
)
from formextract.errors import EXIT_INPUT, EXIT_OK, EXIT_REVIEW


@click.command("extract", short_help="Read files and print their records.")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE...")
@registry_option
@db_option
@jobs_option
@click.option("--strict", is_flag=True, help="Exit with 6 if anything waits for review.")
def command(files: tuple[Path, ...], registry: Path | None, db: str | None, jobs: int, strict: bool) -> None:
    """Reads FILE... and prints one JSON object a file, in their order; nothing is stored.

    \b
    Example:
      formextract extract pa1.pdf mou.tif --registry schools.csv > records.ndjson
    """
    from formextract.model import Decision, Extraction, Outcome
    from formextract.pipeline.pool import Pool
    from formextract.pipeline.worker import Job, Setup

    settings = settings_for(db, jobs)
    setup = Setup(settings, index_for(registry, db, settings))
    code = EXIT_OK
    waits = False
    done: dict[int, Extraction] = {}
    nxt = 0
    with (
        progress_bar(len(files), "files") as bar,
        Pool(setup, min(settings.workers(), len(files)), settings.file_timeout_s) as pool,
    ):
        for i, result in pool.run(Job(f) for f in files):
            assert isinstance(result, Extraction)
            done[i] = result
            bar.update()
            while nxt in done:
                ready = done.pop(nxt)
                print_json(ready.as_json())
                nxt += 1
                if ready.outcome is Outcome.UNREADABLE:
                    code = EXIT_INPUT
                waits = waits or any(d.decision is not Decision.ACCEPTED for d in ready.documents)
    if code == EXIT_OK and strict and waits:
        code = EXIT_REVIEW
    raise SystemExit(code)
