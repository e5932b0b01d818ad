"""Schools and area offices for simulated forms: public facts, not invented."""

from __future__ import annotations

import csv
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib import resources
from pathlib import Path
from random import Random

SCHOOL = "โรงเรียน"
_LONG = {
    "สพป.": "สำนักงานเขตพื้นที่การศึกษาประถมศึกษา",
    "สพม.": "สำนักงานเขตพื้นที่การศึกษามัธยมศึกษา",
}


@dataclass(frozen=True, slots=True)
class Place:
    """A school with its area office."""

    school: str
    """Name with โรงเรียน in front."""
    office: str
    """The office's full name."""
    code: str | None = None
    """Ten-digit school code where the list carries one."""


def _long_office(name: str) -> str:
    for short, long in _LONG.items():
        if name.startswith(short):
            rest = name.removeprefix(short)
            return f"{long} {rest}" if rest.startswith("เขต") else long + rest
    return name


def read_places(text: str) -> tuple[Place, ...]:
    """Places from CSV text with at least the columns ``name_th`` and ``area_office``."""
    places = []
    for row in csv.DictReader(text.splitlines()):
        name, office = row["name_th"].strip(), row["area_office"].strip()
        if name and office:
            school = name if name.startswith(SCHOOL) else SCHOOL + name
            places.append(Place(school, _long_office(office), row.get("school_code") or None))
    return tuple(places)


@lru_cache(maxsize=4)
def load_places(path: Path | None = None) -> tuple[Place, ...]:
    """The places of a CSV file, or those that come with the package."""
    if path is not None:
        return read_places(path.read_text(encoding="utf-8-sig"))
    return read_places(resources.files(__package__).joinpath("schools.csv").read_text(encoding="utf-8"))


def add_codes(places: tuple[Place, ...], registry: tuple[Place, ...]) -> tuple[Place, ...]:
    """The places with the codes that a registry gives for exactly the same name and office."""
    codes = {(p.school.replace(" ", ""), p.office): p.code for p in registry}
    return tuple(replace(p, code=codes.get((p.school.replace(" ", ""), p.office), p.code)) for p in places)


def draw_network(rng: Random, places: tuple[Place, ...], n: int) -> tuple[Place, ...]:
    """``n`` different schools of one office; ValueError if no office has so many."""
    groups = group_by_office(places)
    offices = [o for o, members in groups.items() if len(members) >= n]
    if not offices:
        raise ValueError(f"no office with {n} schools")
    return tuple(rng.sample(groups[rng.choice(offices)], n))


def group_by_office(places: tuple[Place, ...]) -> dict[str, list[Place]]:
    """Schools by office, offices in the order of their names."""
    groups: dict[str, list[Place]] = {}
    for place in sorted(places, key=lambda p: (p.office, p.school)):
        groups.setdefault(place.office, []).append(place)
    return groups
