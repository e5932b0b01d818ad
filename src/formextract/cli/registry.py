"""``formextract registry``: the schools' registry."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import click

from formextract.cli.common import db_option, index_for, progress_bar, registry_option, settings_for
from formextract.errors import EXIT_INPUT, UsageError

DECISIONS = ("accepted", "review", "none")


@click.group("registry")
def command() -> None:
    """The registry of schools and area offices that printed names are matched against.

    \b
    Example:
      formextract registry import schools.csv
    """


@command.command("import")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@db_option
@click.option("--valid-from", metavar="DATE", help="From which day the list holds, as YYYY-MM-DD.")
def import_(file: Path, db: str | None, valid_from: str | None) -> None:
    """Loads schools or area offices from FILE (CSV or XLSX); what changed is kept as history.

    Columns are found by their names, English or Thai; which of both lists it is shows from them.

    \b
    Example:
      formextract registry import schools.csv --valid-from 2025-05-16
    """
    from formextract.intake import hash_file
    from formextract.registry.load import RowFault, detect_kind, read_offices, read_schools
    from formextract.store.db import Store
    from formextract.store.registry_store import import_offices, import_schools

    settings = settings_for(db)
    day = _day(valid_from)
    faults: list[RowFault] = []
    sha256 = hash_file(file)
    store = Store.open(settings.store_url())
    try:
        if detect_kind(file) == "schools":
            what = "schools"
            report = import_schools(
                store, read_schools(file, faults), file_name=file.name, sha256=sha256, valid_from=day
            )
        else:
            what = "area offices"
            report = import_offices(
                store, read_offices(file, faults), file_name=file.name, sha256=sha256, valid_from=day
            )
    finally:
        store.close()
    click.echo(f"{report.rows} {what}: {report.added} new, {report.changed} changed, {report.closed} closed.")
    for fault in faults:
        click.echo(f"! {file.name}:{fault.line}: {fault.message}", err=True)
    if faults:
        raise SystemExit(EXIT_INPUT)


def _day(text: str | None) -> date | None:
    if text is None:
        return None
    try:
        return datetime.strptime(text, "%Y-%m-%d").date()
    except ValueError as e:
        raise UsageError(f"{text!r} is no date", code="bad_date", remedy="Write it as YYYY-MM-DD.") from e


@command.command("match")
@click.argument("infile", type=click.Path(path_type=Path, exists=True, dir_okay=False), metavar="IN.csv")
@click.argument("outfile", type=click.Path(path_type=Path, dir_okay=False), metavar="OUT.csv")
@registry_option
@db_option
def match(infile: Path, outfile: Path, registry: Path | None, db: str | None) -> None:
    """Matches the names of IN.csv and writes OUT.csv, row for row.

    Columns read: name[,area_office,province,district,date].  Columns added: school_code,
    matched_name, score, decision (accepted, review or none) and candidates.

    \b
    Example:
      formextract registry match names.csv matched.csv --registry schools.csv
    """
    from formextract.registry.batch import match_file

    settings = settings_for(db)
    index = index_for(registry, db, settings)
    if index is None:
        raise UsageError(
            "no registry is loaded",
            code="no_registry",
            remedy="Name one with --registry CSV, or load it with: formextract registry import FILE.",
        )
    with progress_bar(None, "rows") as bar:
        counts = match_file(infile, outfile, index, progress=bar.update)
    click.echo(f"{sum(counts.values())} names: " + ", ".join(f"{counts.get(d, 0)} {d}" for d in DECISIONS))
