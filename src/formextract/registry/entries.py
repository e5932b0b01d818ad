"""What the registry knows of a school and of an area office."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from formextract.registry.names import PREFIX

OfficeKind = Literal["primary", "secondary", "special", "other"]


def _is_valid(first: date | None, last: date | None, on: date | None) -> bool:
    return on is None or ((first is None or first <= on) and (last is None or on <= last))


@dataclass(frozen=True, slots=True)
class School:
    """One school in one span of validity."""

    code: str
    """The 10-digit code of the ministry, as text; leading zeros kept."""
    name: str
    """The registry's spelling without โรงเรียน in front."""
    core_name: str
    """The name without the part that writers drop (brackets, quotes, patronage, มิตรภาพที่ N)."""
    suffix: str
    """That part, empty if there is none."""
    area_office: str
    """Short name of the area office in force, empty if unknown."""
    province: str = ""
    """Province, empty if unknown."""
    district: str = ""
    """อำเภอ or, in Bangkok, เขต; empty if unknown."""
    subdistrict: str = ""
    """ตำบล or แขวง; empty if unknown."""
    valid_from: date | None = None
    """First day; None if not known."""
    valid_to: date | None = None
    """Last day; None if still valid or not known."""
    aliases: tuple[str, ...] = ()
    """Other spellings and former names, each with a source in the store."""
    former_offices: tuple[str, ...] = ()
    """Short names of offices it belonged to before, oldest first."""

    @property
    def full_name(self) -> str:
        """The name with โรงเรียน in front."""
        return PREFIX + self.name

    def is_valid(self, on: date | None) -> bool:
        """Whether the entry holds on a day; without a day every entry does."""
        return _is_valid(self.valid_from, self.valid_to, on)


@dataclass(frozen=True, slots=True)
class Office:
    """One area office in one span of validity."""

    code: str
    """Its code; offices that have none go by their short name."""
    name: str
    """Full name, such as สำนักงานเขตพื้นที่การศึกษาประถมศึกษานครปฐม เขต 2."""
    short_name: str
    """Short name, such as สพป.นครปฐม เขต 2."""
    kind: OfficeKind
    """primary (สพป.), secondary (สพม.), special (สศศ.) or other."""
    provinces: tuple[str, ...] = ()
    """Provinces it serves, as printed in its name or known."""
    valid_from: date | None = None
    """First day; where only a year is known, its first day."""
    valid_to: date | None = None
    """Last day; where only a year is known, its last day."""
    former_name: str = ""
    """The office's name before, several parted by a semicolon."""

    def is_valid(self, on: date | None) -> bool:
        """Whether the office stands on a day; without a day every office does."""
        return _is_valid(self.valid_from, self.valid_to, on)
