"""Matching a list: the work of ``formextract registry match IN.csv OUT.csv``.

The input's own columns and their order are kept, row for row; five columns are set beside them.
"""

from __future__ import annotations

import csv
import json
import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path

from formextract.model import Match
from formextract.registry.distance import Noise
from formextract.registry.index import RegistryIndex
from formextract.registry.load import parse_day
from formextract.registry.match import match_school
from formextract.registry.tables import RegistryFileError, read_table
from formextract.thai.dates import parse_date

RESULT_COLUMNS = ("school_code", "matched_name", "score", "decision", "candidates")
"""Columns that a match adds."""
_HEADINGS = {
    "name": ("name", "school", "school_name", "ชื่อโรงเรียน", "โรงเรียน", "ชื่อสถานศึกษา", "สถานศึกษา"),
    "area_office": ("area_office", "office", "เขตพื้นที่", "เขตพื้นที่การศึกษา", "สังกัด"),
    "province": ("province", "จังหวัด"),
    "district": ("district", "อำเภอ"),
    "date": ("date", "on", "วันที่"),
}


def match_rows(
    rows: Iterable[Mapping[str, str]], index: RegistryIndex, *, noise: Noise = "ocr"
) -> Iterator[dict[str, str]]:
    """Each row with the five result columns set, in order; one row out for one row in.

    Columns ``name[,area_office,province,district,date]`` are read; an empty cell or a missing column
    means unknown.  ``noise`` is ``ocr`` by default, the careful choice for lists of unknown origin: an
    exact name is not accepted where another of the office looks much like it.
    """
    memory: dict[tuple[str, ...], dict[str, str]] = {}
    columns: dict[str, str | None] | None = None
    for row in rows:
        if columns is None:
            columns = {field: _heading(row, field) for field in _HEADINGS}
        asked = tuple((row.get(column) or "").strip() if column else "" for column in columns.values())
        answer = memory.get(asked)
        if answer is None:
            name, office, province, district, day = asked
            match = match_school(
                name,
                index,
                area_office=office or None,
                province=province or None,
                district=district or None,
                on=_day(day),
                noise=noise,
            )
            answer = result_cells(match)
            if len(memory) < 100_000:
                memory[asked] = answer
        yield {**row, **answer}


def match_file(
    source: Path,
    target: Path,
    index: RegistryIndex,
    *,
    noise: Noise = "ocr",
    progress: Callable[[], object] | None = None,
) -> dict[str, int]:
    """Matches a CSV or XLSX list into a CSV (UTF-8) that appears whole or not at all; rows by decision.

    ``progress`` is called each row.  RegistryFileError if the list cannot be read or has no column ``name``.
    """
    header, cells = read_table(source)
    rows = ({h: c[i] if i < len(c) else "" for i, h in enumerate(header)} for _, c in cells)
    if _heading(dict.fromkeys(header, ""), "name") is None:
        raise RegistryFileError(
            f"{source.name} has no column name",
            code="registry_columns",
            remedy="Give a list whose header is name[,area_office,province,district,date].",
        )
    fields = [*header, *(c for c in RESULT_COLUMNS if c not in header)]
    counts: Counter[str] = Counter()
    partial = target.with_name(target.name + ".part")
    try:
        with partial.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, fields, lineterminator="\n")
            writer.writeheader()
            for row in match_rows(rows, index, noise=noise):
                counts[row["decision"]] += 1
                writer.writerow(row)
                if progress is not None:
                    progress()
        os.replace(partial, target)
    finally:
        partial.unlink(missing_ok=True)
    return dict(counts)


def result_cells(match: Match) -> dict[str, str]:
    """A match as the five cells; ``candidates`` is a JSON list, best first."""
    candidates = [
        {"school_code": c.code, "name": c.name, "area_office": c.area_office, "score": round(c.score, 4)}
        for c in match.candidates
    ]
    return {
        "school_code": match.code or "",
        "matched_name": match.name or "",
        "score": f"{match.score:.4f}",
        "decision": match.decision.value,
        "candidates": json.dumps(candidates, ensure_ascii=False),
    }


def _heading(row: Mapping[str, str], field: str) -> str | None:
    plain = {h.strip().lower(): h for h in row if h}
    return next((plain[h] for h in _HEADINGS[field] if h in plain), None)


def _day(value: str) -> date | None:
    if not value:
        return None
    day = parse_day(value)
    if day is None and (thai := parse_date(value)) is not None:
        day = thai.date()
    return day
