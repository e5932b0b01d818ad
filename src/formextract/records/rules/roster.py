"""Roster announcement: numbers that betray lost rows, repeated schools, the order of offices."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby, pairwise

from formextract.model import Issue
from formextract.records.roster_announcement import RosterAnnouncement, RosterRow
from formextract.records.rules.catalogue import issue
from formextract.records.rules.schools import school_key
from formextract.thai.places import parse_area_office
from formextract.thai.text import squeeze

_CODEV = 3
_Row = tuple[int, RosterRow]


def check(record: RosterAnnouncement) -> Iterator[Issue]:
    """All rules."""
    yield from (issue("missing_expected", key) for key in ("issuer", "title") if not getattr(record, key))
    yield from (
        issue("missing_expected", key) for key in ("announced_date", "signer") if not getattr(record, key)
    )
    if not record.rows:
        yield issue("missing_required", "rows")
    for i, row in enumerate(record.rows):
        if row.uncertain is not False:
            yield issue("row_uncertain", f"rows[{i}]")
            continue
        for key in ("area_office", "lead_school", "codev_school"):
            if getattr(row, key) is None:
                yield issue("missing_required", f"rows[{i}].{key}")
    groups = [list(group) for _, group in groupby(enumerate(record.rows), key=lambda r: _office(r[1]))]
    yield from _sequence(groups)
    for group in groups:
        yield from _leads(group)
    yield from _order(groups)
    yield from _repeats(record.rows)


def _office(row: RosterRow) -> str:
    return squeeze(row.area_office or "")


def _sequence(groups: list[list[_Row]]) -> Iterator[Issue]:
    """One number an office, rising by one; where a number is unread the next starts afresh."""
    before: int | None = None
    for group in groups:
        numbers = [row.seq for _, row in group]
        first = group[0][0]
        for (i, row), (_, above) in zip(group[1:], group, strict=False):
            if row.seq is not None and above.seq is not None and row.seq != above.seq:
                yield issue("seq_against_office", f"rows[{i}].seq")
        seq = numbers[0]
        if seq is not None and before is not None and seq == before:
            yield issue("seq_against_office", f"rows[{first}].seq")
        elif seq is not None and before is not None and seq != before + 1:
            yield issue("seq_not_ascending", f"rows[{first}].seq", seq=seq, before=before)
        before = numbers[-1]


def _leads(group: list[_Row]) -> Iterator[Issue]:
    """Leads are numbered from 1 where an office has several, and not numbered where it has one."""
    if not _office(group[0][1]):
        return
    leads = [
        list(rows)
        for _, rows in groupby(group, key=lambda r: (r[1].lead_no, squeeze(r[1].lead_school or "")))
    ]
    found = [rows[0][1].lead_no for rows in leads]
    wanted: list[int | None] = [None] if len(leads) == 1 else [*range(1, len(leads) + 1)]
    if found != wanted:
        at = next(i for i, pair in enumerate(zip(found, wanted, strict=True)) if pair[0] != pair[1])
        yield issue(
            "lead_numbers",
            f"rows[{leads[at][0][0]}].lead_no",
            found=_figures(found),
            count=len(leads),
            wanted=_figures(wanted),
        )
    for rows in leads:
        yield from _codevs(rows)


def _figures(numbers: list[int | None]) -> str:
    return ", ".join("–" if n is None else str(n) for n in numbers)


def _codevs(rows: list[_Row]) -> Iterator[Issue]:
    before = 0
    for i, row in rows:
        if row.codev_no is not None:
            if row.codev_no != before + 1:
                yield issue("codev_numbers", f"rows[{i}].codev_no", no=row.codev_no, before=before)
            before = row.codev_no
        else:
            before += 1
    first, lead = rows[0][0], rows[0][1].lead_school
    if lead is None:
        return
    if len(rows) < _CODEV:
        yield issue("few_codev", f"rows[{first}].lead_school", found=len(rows))
    seen: set[str] = set()
    for i, row in rows:
        if row.codev_school is None:
            continue
        key = school_key(row.codev_school)
        if key == school_key(lead):
            yield issue("codev_is_lead", f"rows[{i}].codev_school", school=row.codev_school)
        if key in seen:
            yield issue("codev_repeated", f"rows[{i}].codev_school", school=row.codev_school)
        seen.add(key)


def _repeats(rows: list[RosterRow]) -> Iterator[Issue]:
    """One school in two networks of one office; in two offices the name may be another school's."""
    home: dict[tuple[str, str], str] = {}
    for i, row in enumerate(rows):
        lead = school_key(row.lead_school or "")
        if row.codev_school is None or row.area_office is None or not lead:
            continue
        key = (_office(row), school_key(row.codev_school))
        if home.setdefault(key, lead) != lead:
            yield issue("school_repeated", f"rows[{i}].codev_school", school=row.codev_school)


def thai_key(word: str) -> tuple[str, str]:
    """Sorting key of the Thai dictionary: consonant before leading vowel, marks only to break ties."""
    swapped = re.sub("([เแโใไ])([ก-ฮ])", r"\2\1", word)
    return re.sub("[็-๎]", "", swapped), swapped


def office_key(name: str) -> tuple[str, tuple[str, str], int] | None:
    """Order of offices in a roster: primary, then secondary; by the Thai alphabet; by number."""
    office = parse_area_office(name)
    if office is None or not office.plausible:
        return None
    kind = {"สพป": "0", "สพม": "1", "สศศ": "2"}[office.kind]
    return kind, thai_key(" ".join(office.provinces)), office.number or 0


def _order(groups: list[list[_Row]]) -> Iterator[Issue]:
    keys = [(group[0][0], office_key(group[0][1].area_office or "")) for group in groups]
    for (_, above), (i, key) in pairwise((i, key) for i, key in keys if key is not None):
        if above is not None and key is not None and key <= above:
            yield issue("office_order", f"rows[{i}].area_office")
