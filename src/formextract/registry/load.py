"""Reading schools and area offices from CSV or XLSX.

Columns are found by name, English or Thai; order and further columns do not matter.  A bad row is
reported with its line and left out, it does not stop the file; a file that cannot be used at all
raises :class:`RegistryFileError`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Literal

from formextract.registry.entries import Office, OfficeKind, School
from formextract.registry.labels import full_label, office_key, short_label
from formextract.registry.names import split_name, strip_prefix
from formextract.registry.squeeze import tidy_name
from formextract.registry.tables import RegistryFileError, read_table
from formextract.thai.text import normalise, to_arabic

RegistryKind = Literal["schools", "area_offices"]

_SCHOOL_COLUMNS: dict[str, tuple[str, ...]] = {
    "code": (
        "schoolcode",
        "code10",
        "code",
        "รหัสโรงเรียน",
        "รหัสสถานศึกษา",
        "รหัสโรงเรียน10หลัก",
        "รหัส10หลัก",
        "รหัสกระทรวง",
        "schoolid",
    ),
    "name": ("nameth", "schoolname", "name", "ชื่อโรงเรียน", "ชื่อสถานศึกษา", "โรงเรียน", "สถานศึกษา"),
    "area_office": ("areaoffice", "office", "เขตพื้นที่", "เขตพื้นที่การศึกษา", "สำนักงานเขตพื้นที่การศึกษา", "สังกัด", "สพท"),
    "area_office_current": ("areaofficecurrent", "currentareaoffice", "เขตพื้นที่ปัจจุบัน", "สังกัดปัจจุบัน"),
    "province": ("province", "จังหวัด"),
    "district": ("district", "amphoe", "อำเภอ", "อำเภอ/เขต", "เขต/อำเภอ"),
    "subdistrict": ("subdistrict", "tambon", "ตำบล", "ตำบล/แขวง", "แขวง/ตำบล"),
    "valid_from": ("validfrom", "วันที่เริ่ม", "มีผลตั้งแต่"),
    "valid_to": ("validto", "วันที่สิ้นสุด", "มีผลถึง"),
    "aliases": ("aliases", "alias", "formername", "formernames", "ชื่ออื่น", "ชื่อเดิม"),
}
_OFFICE_COLUMNS: dict[str, tuple[str, ...]] = {
    "code": ("code", "areacode", "officecode", "รหัส", "รหัสเขต", "รหัสเขตพื้นที่"),
    "name": (
        "nameth",
        "name",
        "fullname",
        "officename",
        "ชื่อสำนักงานเขตพื้นที่การศึกษา",
        "ชื่อเขตพื้นที่การศึกษา",
        "ชื่อ",
        "ชื่อเต็ม",
    ),
    "short_name": ("shortname", "short", "ชื่อย่อ", "อักษรย่อ"),
    "kind": ("kind", "type", "ประเภท"),
    "provinces": ("provinces", "province", "จังหวัด"),
    "valid_from": ("validfrom", "วันที่เริ่ม", "มีผลตั้งแต่"),
    "valid_to": ("validto", "วันที่สิ้นสุด", "มีผลถึง"),
    "former_name": ("formername", "formernames", "ชื่อเดิม"),
}
_KINDS: dict[str, OfficeKind] = {
    "primary": "primary",
    "ประถมศึกษา": "primary",
    "สพป": "primary",
    "secondary": "secondary",
    "มัธยมศึกษา": "secondary",
    "สพม": "secondary",
    "special": "special",
    "สศศ": "special",
}


@dataclass(frozen=True, slots=True)
class RowFault:
    """What is wrong with one row."""

    line: int
    """Line in the file, the header being 1."""
    message: str
    """One English sentence."""
    dropped: bool
    """Whether the row was left out; False for a remark on a row that was taken."""


def detect_kind(path: Path | str) -> RegistryKind:
    """Whether a file holds schools or area offices, from its header; RegistryFileError if neither."""
    header, _ = read_table(Path(path))
    return _kind_of(header, Path(path))


def read_schools(path: Path | str, faults: list[RowFault] | None = None) -> list[School]:
    """The schools of a CSV or XLSX file, in its order.

    ``faults`` collects bad rows and remarks.  RegistryFileError if the file cannot be opened, has no
    usable header, or holds no single school.
    """
    path = Path(path)
    header, rows = read_table(path)
    if _kind_of(header, path) != "schools":
        raise _wrong_columns(path, "schools", "school_code, name_th and area_office")
    at = _map_columns(header, _SCHOOL_COLUMNS)
    notes: list[RowFault] = [] if faults is None else faults
    seen: dict[str, int] = {}
    schools: list[School] = []
    for line, row in rows:
        school = _school_of(line, {field: row[i] if i < len(row) else "" for field, i in at.items()}, notes)
        if school is None:
            continue
        if school.code in seen:
            notes.append(
                RowFault(line, f"code {school.code} stands already in line {seen[school.code]}", True)
            )
            continue
        seen[school.code] = line
        schools.append(school)
    if not schools:
        raise RegistryFileError(
            f"{path.name} holds no usable row",
            code="registry_empty",
            remedy="Check that rows follow the header.",
        )
    return schools


def read_offices(path: Path | str, faults: list[RowFault] | None = None) -> list[Office]:
    """The area offices of a CSV or XLSX file, in its order; errors as in :func:`read_schools`."""
    path = Path(path)
    header, rows = read_table(path)
    if _kind_of(header, path) != "area_offices":
        raise _wrong_columns(path, "area offices", "code, name_th and short_name")
    at = _map_columns(header, _OFFICE_COLUMNS)
    notes: list[RowFault] = [] if faults is None else faults
    offices: list[Office] = []
    for line, row in rows:
        office = _office_of(line, {field: row[i] if i < len(row) else "" for field, i in at.items()}, notes)
        if office is not None:
            offices.append(office)
    if not offices:
        raise RegistryFileError(
            f"{path.name} holds no usable row",
            code="registry_empty",
            remedy="Check that rows follow the header.",
        )
    return offices


def _wrong_columns(path: Path, what: str, wanted: str) -> RegistryFileError:
    return RegistryFileError(
        f"{path.name} has no columns of {what}",
        code="registry_columns",
        remedy=f"Give a file whose header names {wanted} (Thai headings are understood too).",
    )


def _plain(heading: str) -> str:
    return re.sub(r"[\s_.()\-]+", "", normalise(heading)).lower()


def _map_columns(header: Sequence[str], columns: dict[str, tuple[str, ...]]) -> dict[str, int]:
    """Field to column index; of several fitting columns the one whose heading is listed first."""
    plain = [_plain(h) for h in header]
    at: dict[str, int] = {}
    for field, headings in columns.items():
        found = next((plain.index(h) for h in headings if h in plain), None)
        if found is not None:
            at[field] = found
    return at


def _kind_of(header: Sequence[str], path: Path) -> RegistryKind:
    schools, offices = _map_columns(header, _SCHOOL_COLUMNS), _map_columns(header, _OFFICE_COLUMNS)
    if {"code", "name", "area_office"} <= schools.keys():
        return "schools"
    if "name" in offices and {"short_name", "kind"} & offices.keys():
        return "area_offices"
    if {"code", "name"} <= schools.keys():
        return "schools"
    raise _wrong_columns(path, "schools or area offices", "school_code, name_th and area_office")


def _mend_mojibake(text: str) -> str:
    """UTF-8 that was read as Windows-1252, read aright; other text unchanged."""
    if not re.search("à¸|à¹", text):
        return text
    raw = bytearray()
    for ch in text:
        try:
            raw += ch.encode("cp1252")
        except UnicodeEncodeError:
            if ord(ch) > 0xFF:
                return text
            raw.append(ord(ch))
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return text


def _code_of(value: str) -> str:
    """A code as text: Arabic digits, no blanks, no ``.0`` that a spreadsheet added."""
    return re.sub(r"\.0+$", "", re.sub(r"[\s\-']", "", to_arabic(value)))


def parse_day(value: str, *, last: bool = False) -> date | None:
    """``2021``, ``2564`` or ``2021-02-23`` as a day.

    A bare year is its first or, with ``last``, its last day.  Buddhist years
    (2400 and later) are turned to CE.  None for an empty or unusable value.
    """
    m = re.match(r"^\s*(\d{4})(?:-(\d{1,2})-(\d{1,2}))?(?:[ T].*)?$", to_arabic(value))
    if not m:
        return None
    year = int(m.group(1))
    year -= 543 if year >= 2400 else 0
    month, day = (int(m.group(2)), int(m.group(3))) if m.group(2) else (12, 31) if last else (1, 1)
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _day(cells: dict[str, str], field: str, line: int, notes: list[RowFault]) -> date | None:
    value = cells.get(field, "").strip()
    day = parse_day(value, last=field == "valid_to")
    if value and day is None:
        notes.append(RowFault(line, f"{field} is no date (want YYYY or YYYY-MM-DD); taken as unknown", False))
    return day


@lru_cache(maxsize=16384)
def _place_name(value: str) -> str:
    """A place without the word for its rank; many rows share one."""
    return re.sub(r"^(?:จังหวัด|จ\.|อำเภอ|อ\.|เขต|ตำบล|ต\.|แขวง)\s*", "", normalise(value))


def _school_of(line: int, cells: dict[str, str], notes: list[RowFault]) -> School | None:
    code = _code_of(cells["code"])
    printed = cells["name"]
    mended = _mend_mojibake(printed)
    name = strip_prefix(normalise(mended)).lstrip("*").strip()
    if not code or not name:
        notes.append(RowFault(line, "code or name is empty", True))
        return None
    if not code.isdigit():
        notes.append(RowFault(line, "code is no number", True))
        return None
    if len(code) != 10:
        notes.append(RowFault(line, f"code {code} has {len(code)} digits, not 10", False))
    if mended != printed:
        notes.append(RowFault(line, f"name of {code} was written in a wrong character set; mended", False))
    old, new = (short_label(cells.get(f, "")) for f in ("area_office", "area_office_current"))
    if not (old or new):
        notes.append(RowFault(line, f"school {code} has no area office", False))
    parts = split_name(name)
    former = (old,) if new and old and office_key(old) != office_key(new) else ()
    aliases = tuple(a for a in (x.strip() for x in re.split(r"[;|]", cells.get("aliases", ""))) if a)
    place = {f: _place_name(cells.get(f, "")) for f in ("province", "district", "subdistrict")}
    return School(
        code,
        name,
        parts.core,
        parts.suffix,
        new or old,
        place["province"],
        place["district"],
        place["subdistrict"],
        _day(cells, "valid_from", line, notes),
        _day(cells, "valid_to", line, notes),
        aliases,
        former,
    )


def _office_of(line: int, cells: dict[str, str], notes: list[RowFault]) -> Office | None:
    name, short = normalise(cells.get("name", "")), normalise(cells.get("short_name", ""))
    if not name and not short:
        notes.append(RowFault(line, "name is empty", True))
        return None
    short = short or short_label(name)
    key = office_key(short) or office_key(name)
    stated = _KINDS.get(_plain(cells.get("kind", "")))
    if key is None and stated is None:
        notes.append(RowFault(line, "kind of office is not known; taken as other", False))
    provinces = tuple(p for p in re.split(r"\s*[;,]\s*", tidy_name(cells.get("provinces", ""))) if p)
    return Office(
        _code_of(cells.get("code", "")) or short,
        name or full_label(short),
        short,
        stated or (key.kind if key else "other"),
        provinces or (tuple(sorted(key.provinces)) if key else ()),
        _day(cells, "valid_from", line, notes),
        _day(cells, "valid_to", line, notes),
        normalise(cells.get("former_name", "")),
    )
