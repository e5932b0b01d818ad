"""``formextract ingest``: the main job."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

from formextract.cli.common import db_option, jobs_option, progress_bar, settings_for
from formextract.errors import EXIT_INPUT, EXIT_OK, EXIT_REVIEW

if TYPE_CHECKING:
    from formextract.ingest import FileResult, IngestSummary


@click.command("ingest", short_help="Read files and folders into the store.")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="PATH...")
@db_option
@jobs_option
@click.option("--strict", is_flag=True, help="Exit with 6 if anything waits for review.")
def command(paths: tuple[Path, ...], db: str | None, jobs: int, strict: bool) -> None:
    """Reads PATH... (files, and folders with all below them) into the store.

    Safe to repeat, to kill and to run twice at once; the inputs are neither moved nor altered.

    \b
    Example:
      formextract ingest /srv/scans --db postgresql+psycopg://formextract@db/formextract
    """
    from formextract.ingest import ingest_paths

    settings = settings_for(db, jobs)
    with progress_bar(None, "files") as bar:

        def step(_: FileResult) -> None:
            bar.update()

        summary = ingest_paths(
            paths,
            db_url=settings.store_url(),
            jobs=settings.workers(),
            progress=step,
            settings=settings,
        )
    show_summary(summary)
    raise SystemExit(exit_code(summary, strict))


def exit_code(summary: IngestSummary, strict: bool) -> int:
    """4 if a file could not be read, 6 if items wait and ``strict``, else 0."""
    if any(r.outcome == "unreadable" for r in summary.results):
        return EXIT_INPUT
    if strict and any(r.review for r in summary.results):
        return EXIT_REVIEW
    return EXIT_OK


def show_summary(summary: IngestSummary) -> None:
    """A table by outcome, then each file that needs somebody."""
    results = summary.results
    if summary.passed_over:
        click.echo(f"{len(summary.passed_over)} other files in the folders are no documents: passed over.")
    if not results:
        click.echo("No documents found there.")
        return
    known = sum(r.known for r in results)
    if known == len(results):
        click.echo(f"Nothing new: all {known} files were read before.")
        return
    counts = Counter(r.outcome for r in results)
    click.echo(f"{len(results)} files:")
    for outcome, text in (
        ("extracted", "read into the store"),
        ("duplicate", f"known before ({known} of them the same files as last time)"),
        ("unknown_form", "of no known form: kept, a clerk looks"),
        ("unreadable", "could not be read; each with its remedy below"),
    ):
        if counts[outcome]:
            click.echo(f"  {counts[outcome]:>6}  {outcome:<13} {text}")
    forms = sum(r.documents for r in results)
    waiting = sum(r.review for r in results)
    published = sum(r.published for r in results)
    click.echo(
        f"{forms} forms: {published} published, {waiting} with something for a clerk "
        "(formextract review serve)."
    )
    for r in results:
        if r.outcome == "unreadable":
            _show_problem(r)


def _show_problem(r: FileResult) -> None:
    click.echo(f"! {r.path}: {r.problem_message}")
    if r.remedy:
        click.echo(f"    {r.remedy}")
