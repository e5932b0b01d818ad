"""Past years: which files of a folder belong to which year.

Schools keep their paper by year: ``2565/…``, ``ปีงบประมาณ ๒๕๖๖/…``, ``FY2022/…``.  The year of
a file is that of the nearest folder with a year in its name, else that of its own name.  It only
orders the work and the report; the years of a record are read from the form itself.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path

from formextract.errors import UsageError

FIRST_BE, LAST_BE = 2500, 2650
"""Buddhist years that are taken for years; other four-digit numbers are house or form numbers."""
_ARABIC = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
_YEAR = re.compile(r"(?<![0-9])([0-9]{4})(?![0-9])")
_RANGE = re.compile(r"([0-9]{4})(?:\s*[-–]\s*([0-9]{4}))?")


@dataclass(frozen=True, slots=True)
class YearPlan:
    """The files of one year."""

    year_be: int | None
    """Buddhist year, None for files whose path names no year."""
    files: tuple[Path, ...]
    """Regular files, sorted by path."""


def parse_years(text: str) -> range:
    """The years of ``2560-2568`` or ``2565``, both ends included; Thai digits are taken too.

    :raises UsageError: it is no such range, or the years are not Buddhist ones.
    """
    found = _RANGE.fullmatch(text.translate(_ARABIC).strip())
    if found:
        first = int(found[1])
        last = int(found[2] or found[1])
        if FIRST_BE <= first <= last <= LAST_BE:
            return range(first, last + 1)
    raise UsageError(
        f"These are no years: {text!r}",
        code="bad_years",
        remedy=f"Give Buddhist years from {FIRST_BE} to {LAST_BE}, the earlier one first: 2560-2568 or 2565.",
    )


def find_year(path: Path) -> int | None:
    """The Buddhist year that a relative path names: its nearest folder's, else its own."""
    for name in [*reversed(path.parts[:-1]), path.stem]:
        for digits in reversed(_YEAR.findall(name.translate(_ARABIC))):
            year = int(digits)
            if FIRST_BE <= year + 543 <= LAST_BE:
                return year + 543
            if FIRST_BE <= year <= LAST_BE:
                return year
    return None


def plan_years(folder: Path, years: range) -> tuple[YearPlan, ...]:
    """The work of a backfill: every year asked for, in order, then the files without a year.

    Files of other years are left out; files without a year are not, so that none is forgotten.
    A year without files is listed with none.

    :raises UsageError: ``folder`` is no folder.
    """
    if not folder.is_dir():
        raise UsageError(
            f"This is not a folder: {folder}",
            code="no_folder",
            remedy="Name the folder that holds the files of past years.",
        )
    plan: dict[int | None, list[Path]] = {year: [] for year in years}
    plan[None] = []
    for parent, folders, names in os.walk(folder, followlinks=False):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = Path(parent) / name
            if name.startswith(".") or path.is_symlink() or not path.is_file():
                continue
            year = find_year(path.relative_to(folder))
            if year in plan:
                plan[year].append(path)
    return tuple(YearPlan(year, tuple(files)) for year, files in plan.items() if files or year is not None)
