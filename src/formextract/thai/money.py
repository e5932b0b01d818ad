"""Amounts in baht, and the salary bands of teachers and education staff."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from decimal import Decimal

from formextract.thai.digits import bare_figure
from formextract.thai.text import normalise

_UNIT = re.compile(r"(?:\s*(?:/\s*[-–—]|[.,]\s*[-–—]+|[-–—]+))?\s*(?:บาท|฿)?\s*(?:ถ้วน)?\s*[.…]*$")
_PLAIN = re.compile(r"(?P<baht>[1-9][0-9]{0,2}(?:,[0-9]{3})+|[1-9][0-9]*)(?:\.(?P<satang>[0-9]{1,2}))?")
# A blank or a point where the comma of the thousands belongs.
_SPACED = re.compile(r"[1-9][0-9]{0,2}(?: [0-9]{3})+|[1-9][0-9]{0,2}(?:\.[0-9]{3})+")
_TWO_FIGURES = re.compile(r"\d\s*(?:\.\s*\.|…)[\s.…]*\d")
_MAX_LENGTH = 60


def parse_baht(s: str) -> int | Decimal | None:
    """A positive amount: whole baht as int, with satang as Decimal; None for anything else.

    Taken are ``42,520``, ``๔๒,๕๒๐``, ``42.520``, ``42 520``, ``42,520.-``, ``42,520.50 บาท`` and figures in
    dotted leaders.  Groups that are not of three digits, leading zeros and letters are nonsense.
    """
    text = normalise(s) if len(s) <= 20 * _MAX_LENGTH else ""
    if _TWO_FIGURES.search(text):
        return None
    text = bare_figure(_UNIT.sub("", text)).removeprefix("฿").strip()
    text = re.sub(r"(?<=[0-9]) ?, ?(?=[0-9])", ",", text)
    if not text or len(text) > 18:
        return None
    if _SPACED.fullmatch(text):
        return int(re.sub("[ .]", "", text))
    match = _PLAIN.fullmatch(text)
    if not match:
        return None
    baht = int(match["baht"].replace(",", ""))
    satang = match["satang"]
    if not satang or int(satang) == 0:
        return baht
    return Decimal(f"{baht}.{satang}")


@dataclass(frozen=True, slots=True)
class SalaryBand:
    """Lowest and highest monthly salary of one rank during one time."""

    rank: int
    """0 ครูผู้ช่วย, 1 to 5 คศ.1 to คศ.5."""
    low: int
    """Baht a month."""
    high: int
    """Baht a month."""
    valid_from: dt.date
    """First day."""
    valid_to: dt.date | None
    """Last day; None while in force."""


_LAW_2558 = dt.date(2015, 1, 1)
# Salary act (no. 3) of 2558.  Starting pay rose on 1 May 2567 and 1 May 2568; the new minima lie above
# these, so these bands stay true as outer bounds.  The law's day is not known here, only its year.
SALARY_BANDS: tuple[SalaryBand, ...] = tuple(
    SalaryBand(rank, low, high, _LAW_2558, None)
    for rank, (low, high) in enumerate(
        (
            (15_050, 24_750),
            (15_440, 34_310),
            (16_190, 41_620),
            (19_860, 58_390),
            (24_400, 69_040),
            (29_980, 76_800),
        )
    )
)
"""Bands by rank; where two laws follow each other, each has its own rows."""


def band_of(rank: int, on: dt.date) -> SalaryBand | None:
    """The band of a rank on a day; None if none is known."""
    for band in SALARY_BANDS:
        if band.rank == rank and band.valid_from <= on and (band.valid_to is None or on <= band.valid_to):
            return band
    return None


def in_band(rank: int, baht: int, on: dt.date) -> bool | None:
    """Whether a salary lies in the rank's own band; None where no band is known.

    Only a sign: at the ceiling people are paid from the next rank's table.
    """
    band = band_of(rank, on)
    return None if band is None else band.low <= baht <= band.high
