"""``formextract evaluate``: how right, how sure, how often silently wrong."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from formextract.cli.common import db_option, index_for, jobs_option, progress_bar, settings_for


@click.command("evaluate", short_help="Score files against their true records.")
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False), metavar="DIR")
@click.option("--json", "as_json", is_flag=True, help="The whole report as JSON.")
@click.option(
    "--registry",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    metavar="CSV",
    help="Schools to match against; by default DIR/registry/schools.csv, else the store's.",
)
@db_option
@jobs_option
def command(folder: Path, as_json: bool, registry: Path | None, db: str | None, jobs: int) -> None:
    """Reads every document in DIR that has a true record (NAME.json) beside it and scores it.

    \b
    Example:
      formextract evaluate samples
    """
    from formextract.evaluation.report import run
    from formextract.evaluation.runner import extract_all

    settings = settings_for(db, jobs)
    bundled = folder / "registry" / "schools.csv"
    if registry is None and db is None and bundled.is_file():
        registry = bundled
    index = index_for(registry, db, settings)

    def extract(paths: list[Path]) -> list[dict[str, Any]]:
        with progress_bar(len(paths), "files") as bar:
            return extract_all(paths, settings, index, progress=bar.update)

    raise SystemExit(run(folder, extract=extract, as_json=as_json, out=sys.stdout))
