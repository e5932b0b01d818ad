"""Keys of area offices: one key for all the ways in which a registry writes the same office.

``สพม.เขต 28(ศรีสะเกษ-ยโสธร)``, ``สพม.เขต 28`` and ``สำนักงานเขตพื้นที่การศึกษามัธยมศึกษา เขต 28`` have one
key; ``สพม.ศรีสะเกษ ยโสธร``, its successor, has another.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from formextract.registry.entries import Office, OfficeKind, School
from formextract.registry.squeeze import tidy_name

_FULL = "สำนักงานเขตพื้นที่การศึกษา"
_HEADS: tuple[tuple[re.Pattern[str], OfficeKind], ...] = (
    (re.compile(r"^(?:สพป\.?|" + _FULL + r"ประถมศึกษา|สำนักงานเขตพื้นที่ประถมศึกษา)\s*"), "primary"),
    (re.compile(r"^(?:สพม\.?|" + _FULL + r"มัธยมศึกษา|สำนักงานเขตพื้นที่มัธยมศึกษา)\s*"), "secondary"),
    (re.compile(r"^(?:สศศ\.?|สำนักบริหารงานการศึกษาพิเศษ)\s*"), "special"),
)
_BRACKET = re.compile(r"\s*\([^()]*\)?\s*")
_NUMBER = re.compile(r"\s*(?:เขต)?\s*(?:ที่)?\s*(\d{1,2})$")
_SHORT = {"primary": "สพป.", "secondary": "สพม.", "special": "สศศ."}


@dataclass(frozen=True, slots=True)
class OfficeKey:
    """Identity of an office."""

    kind: OfficeKind
    """Kind of office."""
    provinces: frozenset[str]
    """Provinces in its name; empty for the numbered สพม. before 2021 and for the special bureau."""
    number: int | None
    """Number of the เขต, None if it has none."""


@lru_cache(maxsize=8192)
def office_key(label: str) -> OfficeKey | None:
    """Key of a registry's full or short office name, or None if it names no office of the three kinds."""
    text = tidy_name(label)
    hit = next(((m, kind) for head, kind in _HEADS if (m := head.match(text))), None)
    if hit is None:
        return None
    kind = hit[1]
    rest = _BRACKET.sub(" ", text[hit[0].end() :]).strip(" .")
    if kind == "special":
        return OfficeKey(kind, frozenset(), None) if not rest else None
    number: int | None = None
    tail = _NUMBER.search(rest)
    if tail:
        number, rest = int(tail.group(1)), rest[: tail.start()]
    provinces = frozenset(p for p in re.split(r"[\s,;/\-–]+", rest) if p)
    return OfficeKey(kind, provinces, number) if provinces or number is not None else None


@lru_cache(maxsize=8192)
def short_label(label: str) -> str:
    """The short name without the provinces that EMIS puts in brackets, as in ``สพม.เขต 1(กทม.)``."""
    key = office_key(label)
    if key is None:
        return label.strip()
    bare = _BRACKET.sub(" ", tidy_name(label)).strip()
    for head, kind in _HEADS:
        m = head.match(bare)
        if m:
            rest = re.sub(r"\s*[,\-–]\s*", " ", bare[m.end() :]).strip()
            return _SHORT[kind] + rest
    return bare


def full_label(label: str) -> str:
    """The full name of the office that a short one means, as circulars print it."""
    key = office_key(label)
    if key is None or key.kind == "special":
        return "สำนักบริหารงานการศึกษาพิเศษ" if key else label.strip()
    short = short_label(label)
    rest = short.partition(".")[2]
    middle = "ประถมศึกษา" if key.kind == "primary" else "มัธยมศึกษา"
    return _FULL + middle + ("" if key.provinces else " ") + rest


def offices_from_schools(schools: Iterable[School]) -> list[Office]:
    """The offices named in the schools' own columns, for a registry that comes as a schools file alone."""
    provinces: dict[OfficeKey, set[str]] = {}
    labels: dict[OfficeKey, str] = {}
    for school in schools:
        for label in (*school.former_offices, school.area_office):
            key = office_key(label)
            if key is None:
                continue
            labels.setdefault(key, short_label(label))
            served = provinces.setdefault(key, set(key.provinces))
            if not key.provinces and school.province:
                served.add(school.province)
    return [
        Office(label, full_label(label), label, key.kind, tuple(sorted(provinces[key])))
        for key, label in labels.items()
    ]
