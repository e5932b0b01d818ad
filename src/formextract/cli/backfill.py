"""``formextract backfill``: past years, once."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from formextract.cli.common import db_option, jobs_option, progress_bar, settings_for
from formextract.errors import EXIT_INPUT, EXIT_OK

if TYPE_CHECKING:
    from formextract.backfill import YearPlan
    from formextract.config import Settings
    from formextract.ingest import FileResult


@click.command("backfill", short_help="Read past years into the store, year by year.")
@click.argument("path", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--years", required=True, metavar="2560-2568", help="Buddhist years, the earlier one first.")
@db_option
@jobs_option
def command(path: Path, years: str, db: str | None, jobs: int) -> None:
    """Reads the files of past YEARS below PATH into the store; goes on where it stopped.

    The year of a file is that of the nearest folder with a year in its name, else its own.

    \b
    Example:
      formextract backfill /srv/old-paper --years 2560-2568
    """
    from formextract.backfill import parse_years, plan_years

    settings = settings_for(db, jobs)
    plans = plan_years(path, parse_years(years))
    code = EXIT_OK
    click.echo(f"{'year':<8}{'files':>7}{'new':>7}{'known':>7}{'forms':>7}{'review':>8}{'unreadable':>12}")
    for plan in plans:
        results = _ingest(plan, settings)
        bad = [r for r in results if r.outcome == "unreadable"]
        known = sum(r.outcome == "duplicate" for r in results)
        click.echo(
            f"{plan.year_be or 'no year':<8}{len(results):>7}{len(results) - known - len(bad):>7}{known:>7}"
            f"{sum(r.documents for r in results):>7}{sum(r.review for r in results):>8}{len(bad):>12}"
        )
        for r in bad:
            click.echo(f"! {r.path}: {r.problem_message}\n    {r.remedy}", err=True)
            code = EXIT_INPUT
    raise SystemExit(code)


def _ingest(plan: YearPlan, settings: Settings) -> tuple[FileResult, ...]:
    from formextract.ingest import ingest_paths

    with progress_bar(len(plan.files), f"files of {plan.year_be or 'no year'}") as bar:

        def step(_: FileResult) -> None:
            bar.update()

        summary = ingest_paths(
            plan.files,
            db_url=settings.store_url(),
            jobs=settings.workers(),
            progress=step,
            settings=settings,
        )
    return summary.results
