"""``formextract registry``: the schools' registry."""

from __future__ import annotations

import csv
from datetime import date, datetime
from pathlib import Path

import click

from formextract.cli.common import db_option, index_for, progress_bar, settings_for
from formextract.errors import EXIT_INPUT, UsageError


@click.group("registry")
def command() -> None:
    """The registry of schools and area offices that printed names are matched against."""


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
    click.echo(
        f"{report.rows} {what}: {report.added} new, {report.changed} changed, {report.closed} closed."
    )
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
@click.option(
    "--registry", type=click.Path(path_type=Path, exists=True, dir_okay=False), metavar="CSV", help="Schools as CSV."
)
@db_option
def match(infile: Path, outfile: Path, registry: Path | None, db: str | None) -> None:
    """Matches the names of IN.csv and writes OUT.csv, row for row.

    Columns read: name[,area_office,province,district,date].  Columns added: school_code,
    matched_name, score, decision (accepted, review or none) and candidates.

    \b
    Example:
      formextract registry match names.csv matched.csv --registry schools.csv
    """
    from formextract.registry.batch import COLUMNS, match_rows

    settings = settings_for(db)
    index = index_for(registry, db, settings)
    if index is None:
        raise UsageError(
            "no registry is loaded",
            code="no_registry",
            remedy="Name one with --registry CSV, or load it with: formextract registry import FILE.",
        )
    with infile.open(encoding="utf-8-sig", newline="") as source:
        reader = csv.DictReader(source)
        if "name" not in (reader.fieldnames or []):
            raise UsageError(
                f"{infile.name} has no column 'name'", code="no_name_column", remedy="Head the names' column with: name"
            )
        own = [c for c in (reader.fieldnames or []) if c not in COLUMNS]
        with outfile.open("w", encoding="utf-8", newline="") as target, progress_bar(None, "rows") as bar:
            writer = csv.DictWriter(target, [*own, *COLUMNS], extrasaction="ignore")
            writer.writeheader()
            for row in match_rows(reader, index):
                writer.writerow(row)
                bar.update()
