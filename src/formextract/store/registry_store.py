"""The registry in the store: taken in with its history, given out as lists for matching.

A school or office that changes keeps its old row, closed with the last day it held.  Taking in the
same list again changes nothing; an older list fills in the past.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy.engine import Connection, RowMapping

from formextract.registry.entries import Office, OfficeKind, School
from formextract.registry.succession import successor_of
from formextract.store import schema as t
from formextract.store.db import Store, now
from formextract.store.sql import insert_if_new, insert_many

SUCCESSION_2021 = date(2021, 1, 28)
"""Ministry of Education announcement of 28 January 2564: 62 named secondary offices."""

_WHOLE_LIST = 0.8
"""A list with fewer of the schools in force than this share is taken for an excerpt: it closes nothing."""
_NUMBERED = re.compile(r"^สพม\.?\s*(?:เขต)?\s*(\d+)$")
_DAY = timedelta(days=1)
_SCHOOL_FACTS = (
    "name",
    "core_name",
    "suffix",
    "area_office",
    "former_offices",
    "tambon",
    "amphoe",
    "province",
)
_OFFICE_FACTS = ("kind", "name", "district_no", "former_name", "valid_from", "valid_to")


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What a registry file changed."""

    rows: int
    """Entries in the file."""
    added: int
    """Codes that were not known."""
    changed: int
    """Codes whose facts changed; the former row is kept and closed."""
    closed: int
    """Schools in force that the file no longer names."""
    missing: int
    """Schools in force that the file does not name, left as they are because it is an excerpt."""


@dataclass(frozen=True, slots=True)
class RegistryAge:
    """How much the store's registry holds."""

    schools: int
    """Schools in force."""
    offices: int
    """Offices in force."""
    imported_at: str | None
    """ISO moment of the last import; None if there was none."""


def import_schools(
    store: Store,
    schools: Sequence[School],
    *,
    file_name: str,
    sha256: str,
    valid_from: date | None = None,
) -> ImportReport:
    """Take in a list of schools as it held from a day on.

    Without ``valid_from`` the first list holds since ever, a later one from today; a row's own
    ``valid_from`` goes before both.  One transaction.
    """
    with store.write() as connection:
        import_id = _open_import(connection, "school", file_name, sha256, valid_from, len(schools))
        spans = defaultdict(list)
        for row in connection.execute(sa.select(t.school).order_by(t.school.c.school_id)).mappings():
            spans[row["code10"]].append(row)
        start = valid_from or (now().date() if spans else None)
        offices = _office_ids(connection)
        added = changed = 0
        new: list[dict[str, Any]] = []
        for entry in schools:
            facts = _school_facts(entry)
            change = _place(
                connection, spans.get(entry.code, ()), facts, entry.valid_from or start, entry.valid_to
            )
            if change is None:
                continue
            first, last = change
            added += entry.code not in spans
            changed += entry.code in spans
            new.append(
                {
                    "code10": entry.code,
                    **facts,
                    "office_id": offices.get(entry.area_office),
                    "status": "closed" if entry.valid_to else "open",
                    "valid_from": first,
                    "valid_to": last,
                    "import_id": import_id,
                }
            )
        insert_many(connection, t.school, new)
        closed, missing = _close_missing(connection, {s.code for s in schools}, spans, start)
        for entry in schools:
            for alias in entry.aliases:
                add_alias(connection, entry.code, alias, kind="registry", source_doc=None, by=None)
        _count(connection, import_id, added, changed, closed)
    return ImportReport(len(schools), added, changed, closed, missing)


def import_offices(
    store: Store,
    offices: Sequence[Office],
    *,
    file_name: str,
    sha256: str,
    valid_from: date | None = None,
) -> ImportReport:
    """Take in area offices with their own periods; link schools and successors.  One transaction."""
    with store.write() as connection:
        import_id = _open_import(connection, "area_office", file_name, sha256, valid_from, len(offices))
        known = {(r["code"], r["abbr"]): r for r in connection.execute(sa.select(t.area_office)).mappings()}
        start = valid_from or (now().date() if known else None)
        added = changed = closed = 0
        for entry in offices:
            facts = _office_facts(entry)
            old = known.get((entry.code, entry.short_name))
            if old is None:
                closed += _close_renamed(connection, entry, known.values(), entry.valid_from or start)
                facts["valid_from"] = entry.valid_from or start
                row = {"code": entry.code, "abbr": entry.short_name, **facts, "import_id": import_id}
                result = connection.execute(sa.insert(t.area_office).values(**row))
                office_id = cast(Any, result.inserted_primary_key)[0]
                added += 1
            else:
                office_id = old["office_id"]
                facts = {k: v for k, v in facts.items() if v is not None and old[k] != v}
                if facts:
                    this = t.area_office.c.office_id == office_id
                    connection.execute(sa.update(t.area_office).where(this).values(**facts))
                    changed += 1
            for province in entry.provinces:
                insert_if_new(
                    connection, t.area_office_province, {"office_id": office_id, "province": province}
                )
        _link_schools(connection)
        _link_successors(connection)
        _count(connection, import_id, added, changed, closed)
    return ImportReport(len(offices), added, changed, closed, 0)


def load_schools(store: Store) -> list[School]:
    """All schools in all their periods, with every alias."""
    with store.read() as connection:
        aliases = defaultdict(list)
        for code, alias in connection.execute(
            sa.select(t.school_alias.c.code10, t.school_alias.c.alias).order_by(t.school_alias.c.alias_id)
        ):
            aliases[code].append(alias)
        rows = connection.execute(sa.select(t.school).order_by(t.school.c.school_id)).mappings()
        return [_school(row, aliases.get(row["code10"], ())) for row in rows]


def load_offices(store: Store) -> list[Office]:
    """All area offices in all their periods."""
    with store.read() as connection:
        provinces = defaultdict(list)
        p = t.area_office_province.c
        for office_id, province in connection.execute(sa.select(p.office_id, p.province)):
            provinces[office_id].append(province)
        rows = connection.execute(sa.select(t.area_office).order_by(t.area_office.c.office_id)).mappings()
        return [
            Office(
                row["code"],
                row["name"],
                row["abbr"],
                cast(OfficeKind, row["kind"]),
                tuple(provinces.get(row["office_id"], ())),
                row["valid_from"],
                row["valid_to"],
                row["former_name"] or "",
            )
            for row in rows
        ]


def registry_age(store: Store) -> RegistryAge:
    """How many entries are in force and when the last list was taken in."""
    with store.read() as connection:
        n_schools, n_offices = (
            connection.scalar(sa.select(sa.func.count()).select_from(table).where(table.c.valid_to.is_(None)))
            or 0
            for table in (t.school, t.area_office)
        )
        last = connection.scalar(sa.select(sa.func.max(t.registry_import.c.imported_at)))
    return RegistryAge(n_schools, n_offices, last.isoformat() if last else None)


def search_schools(store: Store, words: str, *, limit: int = 10) -> list[School]:
    """Schools in force whose name, office or place holds every word; exact core names first.

    For a clerk who looks for a school that is not among the candidates.
    """
    parts = [p for p in re.split(r"\s+", words.strip()) if p][:6]
    if not parts:
        return []
    c = t.school.c
    where: list[Any] = [c.valid_to.is_(None)]
    for part in parts:
        like = "%" + re.sub(r"([%_\\])", r"\\\1", part.removeprefix("โรงเรียน") or part) + "%"
        where.append(
            sa.or_(
                *(column.like(like, escape="\\") for column in (c.name, c.area_office, c.amphoe, c.code10))
            )
        )
    exact = sa.case((c.core_name == parts[0].removeprefix("โรงเรียน"), 0), else_=1)
    statement = (
        sa.select(t.school).where(*where).order_by(exact, sa.func.length(c.name), c.code10).limit(limit)
    )
    with store.read() as connection:
        return [_school(row, ()) for row in connection.execute(statement).mappings()]


def search_offices(store: Store, words: str, *, limit: int = 10) -> list[Office]:
    """Area offices, in force first, whose full or short name holds every word."""
    parts = [p for p in re.split(r"\s+", words.strip()) if p][:6]
    found = [o for o in load_offices(store) if all(p in o.name or p in o.short_name for p in parts)]
    found.sort(key=lambda o: (o.valid_to is not None, len(o.name), o.code))
    return found[:limit] if parts else []


def add_alias(
    connection: Connection, code: str, alias: str, *, kind: str, source_doc: str | None, by: str | None
) -> bool:
    """Keep another spelling of a school with its source; False if it was known."""
    return insert_if_new(
        connection,
        t.school_alias,
        {
            "code10": code,
            "school_id": newest_school_id(connection, code),
            "alias": alias[:300],
            "kind": kind,
            "source_doc": source_doc,
            "created_by": by,
            "created_at": now(),
        },
    )


def newest_school_id(connection: Connection, code: str) -> int | None:
    """The row of a school in force or, failing that, its last."""
    c = t.school.c
    statement = sa.select(c.school_id).where(c.code10 == code)
    return connection.scalar(statement.order_by(c.valid_to.is_(None).desc(), c.school_id.desc()).limit(1))


def _school(row: RowMapping, aliases: Iterable[str]) -> School:
    return School(
        row["code10"],
        row["name"],
        row["core_name"],
        row["suffix"] or "",
        row["area_office"] or "",
        row["province"] or "",
        row["amphoe"] or "",
        row["tambon"] or "",
        row["valid_from"],
        row["valid_to"],
        tuple(aliases),
        tuple(row["former_offices"]),
    )


def _school_facts(entry: School) -> dict[str, Any]:
    return {
        "name": entry.name,
        "core_name": entry.core_name,
        "suffix": entry.suffix,
        "area_office": entry.area_office,
        "former_offices": list(entry.former_offices),
        "tambon": entry.subdistrict,
        "amphoe": entry.district,
        "province": entry.province,
    }


def _office_facts(entry: Office) -> dict[str, Any]:
    number = re.search(r"(\d+)\s*$", entry.short_name)
    return {
        "kind": entry.kind,
        "name": entry.name,
        "district_no": int(number[1]) if number else None,
        "former_name": entry.former_name or None,
        "valid_from": entry.valid_from,
        "valid_to": entry.valid_to,
    }


def _place(
    connection: Connection,
    spans: Sequence[RowMapping],
    facts: dict[str, Any],
    start: date | None,
    end: date | None,
) -> tuple[date | None, date | None] | None:
    """Where facts that hold from ``start`` go among a code's periods; closes the one that they end.

    The period (first day, last day) of the row to insert, or None if nothing is new.
    """
    first = start or date.min
    holding = next(
        (s for s in spans if (s["valid_from"] or date.min) <= first and (s["valid_to"] or date.max) >= first),
        None,
    )
    if holding is not None:
        if all(holding[k] == facts[k] for k in _SCHOOL_FACTS):
            if end is not None and holding["valid_to"] is None:
                _set_span(connection, holding, valid_to=end, status="closed")
            return None
        last = holding["valid_to"]
        if (holding["valid_from"] or date.min) == first:
            # The same day twice: the later list corrects the earlier one.
            connection.execute(
                sa.update(t.school).where(t.school.c.school_id == holding["school_id"]).values(**facts)
            )
            return None
        _set_span(connection, holding, valid_to=first - _DAY)
        return start, end or last
    later = [s for s in spans if (s["valid_from"] or date.min) > first]
    if not later:
        return start, end
    following = min(later, key=lambda s: s["valid_from"])
    if all(following[k] == facts[k] for k in _SCHOOL_FACTS):
        _set_span(connection, following, valid_from=start)
        return None
    return start, following["valid_from"] - _DAY


def _set_span(connection: Connection, row: RowMapping, **values: Any) -> None:
    connection.execute(sa.update(t.school).where(t.school.c.school_id == row["school_id"]).values(**values))


def _close_missing(
    connection: Connection, named: set[str], spans: dict[str, list[RowMapping]], start: date | None
) -> tuple[int, int]:
    """Close the schools in force that a whole list no longer names; (closed, left alone)."""
    in_force = [s for rows in spans.values() for s in rows if s["valid_to"] is None]
    gone = [
        s for s in in_force if s["code10"] not in named and start and (s["valid_from"] or date.min) < start
    ]
    if not gone or start is None:
        return 0, 0
    if len(in_force) - len(gone) < _WHOLE_LIST * len(in_force):
        return 0, len(gone)
    for row in gone:
        _set_span(connection, row, valid_to=start - _DAY, status="closed")
    return len(gone), 0


def _close_renamed(
    connection: Connection, entry: Office, known: Iterable[RowMapping], start: date | None
) -> int:
    """An office code that goes on under another name: its former row ends the day before."""
    closed = 0
    if start is None or entry.valid_to is not None:
        return 0
    for old in known:
        if old["code"] == entry.code and old["valid_to"] is None and (old["valid_from"] or date.min) < start:
            this = t.area_office.c.office_id == old["office_id"]
            connection.execute(sa.update(t.area_office).where(this).values(valid_to=start - _DAY))
            closed += 1
    return closed


def _office_ids(connection: Connection) -> dict[str, int]:
    """Office by short name; of several periods the newest."""
    c = t.area_office.c
    rows = connection.execute(sa.select(c.abbr, c.office_id).order_by(c.valid_to.is_(None), c.office_id))
    return {row.abbr: row.office_id for row in rows}


def _link_schools(connection: Connection) -> None:
    ids = _office_ids(connection)
    c = t.school.c
    unlinked = connection.scalars(sa.select(c.area_office).where(c.office_id.is_(None)).distinct()).all()
    for abbr in unlinked:
        if abbr in ids:
            connection.execute(
                sa.update(t.school)
                .where(c.area_office == abbr, c.office_id.is_(None))
                .values(office_id=ids[abbr])
            )


def _link_successors(connection: Connection) -> None:
    ids = _office_ids(connection)
    c, p = t.area_office.c, t.area_office_province.c
    statement = sa.select(c.office_id, c.abbr, p.province).join(
        t.area_office_province, p.office_id == c.office_id
    )
    for office_id, abbr, province in connection.execute(statement).all():
        numbered = _NUMBERED.match(abbr)
        successor = successor_of(int(numbered[1]), province) if numbered else None
        if successor in ids:
            row = {"old_id": office_id, "new_id": ids[successor], "province": province}
            insert_if_new(connection, t.area_office_succession, row | {"effective_date": SUCCESSION_2021})


def _open_import(
    connection: Connection, kind: str, file_name: str, sha256: str, valid_from: date | None, n_rows: int
) -> int:
    result = connection.execute(
        sa.insert(t.registry_import).values(
            kind=kind,
            file_name=file_name,
            sha256=sha256,
            valid_from=valid_from,
            n_rows=n_rows,
            n_added=0,
            n_changed=0,
            n_closed=0,
            imported_at=now(),
        )
    )
    return int(cast(Any, result.inserted_primary_key)[0])


def _count(connection: Connection, import_id: int, added: int, changed: int, closed: int) -> None:
    connection.execute(
        sa.update(t.registry_import)
        .where(t.registry_import.c.import_id == import_id)
        .values(n_added=added, n_changed=changed, n_closed=closed)
    )
