"""Options and helpers that commands share."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click

from formextract.errors import UsageError

if TYPE_CHECKING:
    from pathlib import Path

    from tqdm import tqdm

    from formextract.config import Settings
    from formextract.registry.index import RegistryIndex

F = TypeVar("F", bound=Callable[..., Any])


def db_option(f: F) -> F:
    """``--db URL``: which store."""
    return click.option(
        "--db",
        metavar="URL",
        help="SQLAlchemy URL of the store; by default FORMEXTRACT_DB_URL or SQLite under FORMEXTRACT_HOME.",
    )(f)


def jobs_option(f: F) -> F:
    """``--jobs N``: how many processes."""
    return click.option(
        "--jobs", type=click.IntRange(0), default=0, metavar="N", help="Worker processes; 0: one a core."
    )(f)


def registry_option(f: F) -> F:
    """``--registry CSV``: the schools to match against, without a store."""
    from pathlib import Path

    return click.option(
        "--registry",
        type=click.Path(path_type=Path, dir_okay=False, exists=True),
        metavar="CSV",
        help="Schools to match names against, as CSV or XLSX; else the store's.",
    )(f)


def settings_for(db: str | None = None, jobs: int = 0) -> Settings:
    """The process's settings with the command's own on top; UsageError if one is wrong."""
    from pydantic import SecretStr, ValidationError

    from formextract.config import Settings

    try:
        base = Settings()
    except ValidationError as e:
        first = e.errors()[0]
        name = "FORMEXTRACT_" + "_".join(str(x) for x in first["loc"]).upper()
        raise UsageError(
            f"{name}: {first['msg']}", code="bad_setting", remedy="See docs/settings.md for what it may be."
        ) from e
    changes: dict[str, Any] = {}
    if db:
        changes["db_url"] = SecretStr(db)
    if jobs:
        changes["jobs"] = jobs
    return base.model_copy(update=changes)


def print_json(data: Any) -> None:
    """One object on one line of stdout, at once visible to a reader."""
    click.echo(json.dumps(data, ensure_ascii=False))


def progress_bar(total: int | None, unit: str) -> tqdm[Any]:
    """A bar on stderr, off when stderr is no terminal."""
    from tqdm import tqdm

    return tqdm(total=total, unit=f" {unit}", file=sys.stderr, disable=not sys.stderr.isatty(), leave=False)


def index_for(registry: Path | None, db: str | None, settings: Settings) -> RegistryIndex | None:
    """The registry of a CSV, or of the store if one is named or already there; else None."""
    from formextract.registry.index import RegistryIndex

    if registry is not None:
        from formextract.registry.labels import offices_from_schools
        from formextract.registry.load import read_schools

        schools = read_schools(registry)
        return RegistryIndex.build(schools, offices_from_schools(schools))
    if db is None and settings.db_url is None and not (settings.home / "formextract.db").is_file():
        return None
    from formextract.ingest import load_index
    from formextract.store.db import Store

    store = Store.open(settings.store_url())
    try:
        return load_index(store)
    finally:
        store.close()
