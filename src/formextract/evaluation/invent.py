"""Invented people, dates and sums of money, drawn from a seeded random source."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from random import Random

THAI_MONTHS = (
    "มกราคม", "กุมภาพันธ์", "มีนาคม", "เมษายน", "พฤษภาคม", "มิถุนายน",
    "กรกฎาคม", "สิงหาคม", "กันยายน", "ตุลาคม", "พฤศจิกายน", "ธันวาคม",
)  # fmt: skip
"""Month names, January first."""
SHORT_MONTHS = (
    "ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.", "ก.ค.", "ส.ค.", "ก.ย.", "ต.ค.", "พ.ย.", "ธ.ค.",
)  # fmt: skip
"""Month abbreviations, January first."""

_MALE_TITLES = ("นาย", "นาย", "นาย", "นาย", "ว่าที่ร้อยตรี", "ดร.")
_FEMALE_TITLES = ("นาง", "นาง", "นางสาว", "นางสาว", "ดร.", "ว่าที่ร้อยตรีหญิง")
_TITLE_LIKE = ("สาว", "นาย", "นาง", "หญิง", "คุณ")
"""Names that would make title and first name ambiguous (นาง + สาวตา)."""
_NAME = re.compile(r"[ก-ฮเ-ไ][ก-ฮะ-ูเ-์]{2,11}")


@dataclass(frozen=True, slots=True)
class Person:
    """An invented person."""

    title: str
    """Title, glued to the first name in print."""
    first: str
    """First name."""
    last: str
    """Family name."""

    @property
    def full(self) -> str:
        """Title, first and family name as under a signature."""
        return f"{self.title}{self.first} {self.last}"


@lru_cache(maxsize=1)
def _names() -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """Male, female and family names of the PyThaiNLP corpora that are plain Thai words."""
    from pythainlp.corpus import thai_family_names, thai_female_names, thai_male_names

    def plain(names: frozenset[str]) -> tuple[str, ...]:
        return tuple(sorted(n for n in names if _NAME.fullmatch(n) and not n.startswith(_TITLE_LIKE)))

    return plain(thai_male_names()), plain(thai_female_names()), plain(thai_family_names())


def invent_person(rng: Random) -> Person:
    """A person whose first and family name are combined at random."""
    male, female, family = _names()
    if rng.random() < 0.5:
        return Person(rng.choice(_MALE_TITLES), rng.choice(male), rng.choice(family))
    return Person(rng.choice(_FEMALE_TITLES), rng.choice(female), rng.choice(family))


SALARY_BANDS = {2: (16190, 41620), 3: (19860, 58390), 4: (24400, 69040), 5: (29980, 76800)}
"""Baht a month by salary rank คศ.N (salary law of 2558)."""
STANDINGS = {2: "ชำนาญการ", 3: "ชำนาญการพิเศษ", 4: "เชี่ยวชาญ", 5: "เชี่ยวชาญพิเศษ"}
"""Academic standing that goes with a rank."""


def invent_salary(rng: Random, rank: int) -> int:
    """Baht a month inside the band of the rank, a multiple of 10."""
    low, high = SALARY_BANDS[rank]
    return 10 * rng.randint((low + (high - low) // 3) // 10, high // 10)


def invent_date(rng: Random, first: date, last: date) -> date:
    """A day between two days, both included."""
    return date.fromordinal(rng.randint(first.toordinal(), last.toordinal()))
