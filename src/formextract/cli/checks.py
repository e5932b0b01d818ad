"""The checks of ``formextract doctor``: each looks at one thing and names the mend of its fault."""

from __future__ import annotations

import os
import platform
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from formextract.config import Settings
from formextract.errors import EXIT_MISSING, EXIT_STORE, FormextractError

State = Literal["ok", "warn", "fault"]

LIBRARIES = ("numpy", "cv2", "PIL", "pypdfium2", "pdfplumber", "rapidfuzz", "pythainlp", "sqlalchemy")
"""Imported in earnest: a wheel for another processor fails only then."""
LANGUAGES = ("tha", "eng", "Thai")
"""Language data that the two readings need; the last is a script."""
WARN_FREE_GB = 5.0
NEED_FREE_GB = 0.2
STALE_REGISTRY_DAYS = 400
"""Schools are listed anew each school year, in June; a list older than that has missed one."""
MEMORY_PER_WORKER_GB = 1.0
"""A 300 dpi page in all its steps; see MEMORY_LIMIT of pipeline.worker for the most."""


@dataclass(frozen=True, slots=True)
class Check:
    """What one check saw."""

    name: str
    """Stable word."""
    state: State
    """ok; warn: work goes on, with less; fault: work cannot go on."""
    message: str
    """One line for people."""
    mend: str = ""
    """What to do, empty when ok."""
    exit_code: int = field(default=EXIT_MISSING)
    """Exit code of a fault."""


def run_checks(settings: Settings, *, quick: bool = False) -> Iterator[Check]:
    """Every check in turn; ``quick`` leaves out those that no night of work changes."""
    checks: list[Callable[[Settings], Check]] = [check_tesseract, check_languages]
    if not quick:
        checks = [check_python, check_libraries, *checks, check_charset, check_fonts]
    checks += [check_mappings, check_home, check_disk, check_store]
    if not quick:
        checks += [check_registry, check_memory, check_locale]
    for check in [*checks, check_timezone]:
        yield check(settings)


def check_python(settings: Settings) -> Check:
    """Which Python runs; an older one than 3.11 does not get so far."""
    return Check("python", "ok", f"Python {platform.python_version()} on {platform.machine()}")


def check_libraries(settings: Settings) -> Check:
    """The compiled libraries load."""
    for name in LIBRARIES:
        try:
            import_module(name)
        except ImportError as e:
            return Check(
                "libraries", "fault", f"{name} cannot be loaded ({e})", "Install again with scripts/setup."
            )
    return Check("libraries", "ok", f"{len(LIBRARIES)} libraries load")


def check_tesseract(settings: Settings) -> Check:
    """The reader answers."""
    from formextract.reading.tesseract import probe_version

    try:
        version = probe_version(settings.tesseract_cmd)
    except FormextractError as e:
        return Check("tesseract", "fault", e.message, e.remedy)
    return Check("tesseract", "ok", f"Tesseract {version}")


def check_languages(settings: Settings) -> Check:
    """The language data of both readings is there."""
    from formextract.reading.tesseract import PACKAGES, missing_languages

    try:
        missing = missing_languages(LANGUAGES, settings.tesseract_cmd, settings.tessdata)
    except FormextractError as e:
        return Check("languages", "fault", e.message, e.remedy)
    if missing:
        packages = " ".join(PACKAGES[x] for x in missing)
        mend = f"Install it (Debian: apt-get install {packages}) or set FORMEXTRACT_TESSDATA."
        return Check("languages", "fault", f"no language data for {', '.join(missing)}", mend)
    return Check("languages", "ok", ", ".join(LANGUAGES))


def check_charset(settings: Settings) -> Check:
    """What the model cannot print however well it sees."""
    from formextract.reading.charset import cannot_print
    from formextract.reading.tesseract import primary_engine, second_engine

    lacking = cannot_print(primary_engine(settings)) & cannot_print(second_engine(settings))
    if not lacking:
        return Check("character set", "ok", "the model knows every character of the forms")
    return Check(
        "character set",
        "warn",
        f"the line reader cannot print {' '.join(sorted(lacking))}",
        "Nothing to install: numbers are read from their shapes too; unsure ones wait for a clerk.",
    )


def check_fonts(settings: Settings) -> Check:
    """A font with Thai letters, for the pictures of ``mapping draw``."""
    from formextract.evaluation.canvas import find_thai_font

    font = find_thai_font()
    if font is None:
        mend = "Install one (Debian: apt-get install fonts-thai-tlwg)."
        return Check("fonts", "warn", "no Thai font: drawn pictures show no Thai values", mend)
    return Check("fonts", "ok", font.stem)


def check_mappings(settings: Settings) -> Check:
    """All mapping files are right."""
    from formextract.mapping.load import load_mappings
    from formextract.pipeline.tools import mappings_folder

    try:
        mappings = load_mappings(mappings_folder(settings))
    except FormextractError as e:
        return Check("mappings", "fault", e.message, e.remedy)
    return Check(
        "mappings", "ok", f"{len(mappings)} mappings for {len({m.doc_type for m in mappings})} forms"
    )


def check_home(settings: Settings) -> Check:
    """The home can be written."""
    home = settings.home.absolute()
    try:
        home.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=home, prefix=".doctor-"):
            pass
    except OSError as e:
        mend = "Give this user the right to write there, or set FORMEXTRACT_HOME to another folder."
        return Check("home", "fault", f"{home} cannot be written ({e.strerror})", mend)
    return Check("home", "ok", str(home))


def check_disk(settings: Settings) -> Check:
    """Room for the archive of sources and for the reader's temporary files."""
    least: tuple[float, Path] | None = None
    for folder in (settings.home.absolute(), Path(tempfile.gettempdir())):
        there = next(p for p in (folder, *folder.parents) if p.exists())
        free = shutil.disk_usage(there).free / 1e9
        if least is None or free < least[0]:
            least = (free, there)
    assert least is not None
    free, there = least
    mend = "Free some room, or set FORMEXTRACT_HOME (or TMPDIR) to a larger disk."
    if free < NEED_FREE_GB:
        return Check("disk", "fault", f"{free:.1f} GB free at {there}", mend)
    if free < WARN_FREE_GB:
        return Check("disk", "warn", f"{free:.1f} GB free at {there}", mend)
    return Check("disk", "ok", f"{free:.0f} GB free at {there}")


def check_store(settings: Settings) -> Check:
    """The database answers, and its tables are of this version (they are made or migrated if not)."""
    from formextract.store.db import HEAD, Store

    begun = time.monotonic()
    try:
        store = Store.open(settings.store_url())
        url = store.url
        store.close()
    except FormextractError as e:
        return Check("store", "fault", e.message, e.remedy, EXIT_STORE)
    return Check("store", "ok", f"{url}, tables {HEAD}, {1000 * (time.monotonic() - begun):.0f} ms")


def check_registry(settings: Settings) -> Check:
    """A list of schools is loaded and not of long ago."""
    from formextract.store.db import Store
    from formextract.store.registry_store import registry_age

    try:
        store = Store.open(settings.store_url())
        try:
            age = registry_age(store)
        finally:
            store.close()
    except FormextractError as e:
        return Check("registry", "warn", "cannot be seen without the store", e.remedy)
    mend = "Load the newest list: formextract registry import FILE."
    if not age.schools or age.imported_at is None:
        return Check("registry", "warn", "no schools are loaded: every name waits for a clerk", mend)
    days = (datetime.now(UTC) - datetime.fromisoformat(age.imported_at)).days
    message = f"{age.schools} schools, {age.offices} offices, loaded {days} days ago"
    if days > STALE_REGISTRY_DAYS:
        return Check("registry", "warn", message, mend)
    return Check("registry", "ok", message)


def check_memory(settings: Settings) -> Check:
    """Each worker has room for a page."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9
    workers = settings.workers()
    message = f"{memory:.1f} GB for {workers} workers"
    if memory < workers * MEMORY_PER_WORKER_GB:
        return Check("memory", "warn", message, "Lower FORMEXTRACT_JOBS: large pages may end a worker.")
    return Check("memory", "ok", message)


def check_locale(settings: Settings) -> Check:
    """File names and output can be Thai."""
    encoding = sys.getfilesystemencoding()
    if encoding.lower().replace("-", "") != "utf8":
        return Check("locale", "warn", f"file names are {encoding}", "Set LC_ALL=C.UTF-8 and PYTHONUTF8=1.")
    return Check("locale", "ok", encoding)


def check_timezone(settings: Settings) -> Check:
    """The schedule's time zone is known."""
    try:
        here = datetime.now(ZoneInfo(settings.timezone))
    except (ZoneInfoNotFoundError, ValueError):
        mend = "Set FORMEXTRACT_TIMEZONE to a name like Asia/Bangkok; install tzdata if it is one."
        return Check("time zone", "fault", f"{settings.timezone!r} is not known", mend)
    return Check("time zone", "ok", f"{settings.timezone}, now {here:%Y-%m-%d %H:%M}")
