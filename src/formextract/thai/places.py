"""Provinces and the names of educational area offices (สพป., สพม.) and of the special bureau (สศศ.)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from formextract.thai.fuzzy import nearest
from formextract.thai.provinces import PROVINCES, Province
from formextract.thai.text import normalise, strip_leaders, to_arabic

__all__ = ["PROVINCES", "AreaOffice", "Province", "parse_area_office", "parse_province"]

Kind = Literal["สพป", "สพม", "สศศ"]
_FULL: dict[Kind, str] = {
    "สพป": "สำนักงานเขตพื้นที่การศึกษาประถมศึกษา",
    "สพม": "สำนักงานเขตพื้นที่การศึกษามัธยมศึกษา",
    "สศศ": "สำนักบริหารงานการศึกษาพิเศษ",
}
_BY_NAME = {p.name: p for p in PROVINCES}
_BY_INITIALS = {p.initials: p.name for p in PROVINCES}
_ALIASES = {
    "กทม": "กรุงเทพมหานคร",
    "กรุงเทพ": "กรุงเทพมหานคร",
    "กรุงเทพฯ": "กรุงเทพมหานคร",
    "กรุงเทพมหานครฯ": "กรุงเทพมหานคร",
    "อยุธยา": "พระนครศรีอยุธยา",
}
_MAX_LENGTH = 160


@dataclass(frozen=True, slots=True)
class AreaOffice:
    """One office by its name; whether it existed at a date is the registry's to say."""

    kind: Kind
    """สพป primary, สพม secondary, สศศ the bureau of special education."""
    provinces: tuple[str, ...]
    """Provinces in printed order; empty for สศศ and for numbered สพม of before 2564."""
    number: int | None
    """Its เขต number, None where none is printed."""

    @property
    def plausible(self) -> bool:
        """Whether an office can be called so: a number exactly where the province has several offices."""
        if self.kind == "สศศ":
            return True
        if self.kind == "สพม":
            if not self.provinces:
                return self.number is not None and 1 <= self.number <= 42
            bangkok = self.provinces == ("กรุงเทพมหานคร",)
            return self.number in (1, 2) if bangkok else self.number is None
        offices = _BY_NAME[self.provinces[0]].primary_offices if len(self.provinces) == 1 else 0
        return self.number is None if offices == 1 else self.number is not None and self.number <= offices

    def short(self) -> str:
        """``สพป.นครปฐม เขต 2``, ``สพม.เขต 39``, ``สพม.ลำปาง ลำพูน``, ``สศศ.``."""
        return f"{self.kind}." + self._place()

    def full(self) -> str:
        """``สำนักงานเขตพื้นที่การศึกษาประถมศึกษานครปฐม เขต 2``; the numbered สพม have a blank before เขต."""
        gap = "" if self.provinces or self.number is None else " "
        return _FULL[self.kind] + gap + self._place()

    def _place(self) -> str:
        district = [f"เขต {self.number}"] if self.number is not None else []
        return " ".join([*self.provinces, *district])


# Longest first; what stands between kind and place may be a blank, a point or nothing.
_ABBREVIATED = re.compile(r"(?:สนง\.?\s*)?(?:(?P<kind>สพป|สพม|สศศ)|ส\.\s*พ\.\s*(?P<spaced>[ปม]))\s*[.,]?\s*")
_LABEL = re.compile(r"^(?:สังกัด|ของ)\s*[:：]?\s*")
_NUMBER = re.compile(r"(?:(?P<word>เข[ตดค])\s*(?:ที่)?\s*\.?\s*)?(?P<number>[0-9]{1,2})?$")
_AND = re.compile(r"\s*(?:[-–—,/·]|และ)\s*|\s+")


def parse_province(s: str) -> str | None:
    """The province that the whole text names; a few wrong characters are mended unless two could be meant."""
    word = re.sub(r"\s", "", normalise(s)).removeprefix("จังหวัด").removeprefix("จ.")
    if word in _ALIASES:
        return _ALIASES[word]
    near = nearest(word, _BY_NAME, max_error=0.25)
    return near[0] if near else None


def parse_area_office(s: str) -> AreaOffice | None:
    """The office that the whole text names, in any printed form, or None.

    Forms: full name with or without สำนักงาน, ``สพป.นครปฐม เขต 2``, ``สพป.นครปฐม2``, ``สพป.นฐ.2`` (initials
    exactly), ``สพม.39``, ``สพม. เขต 39``, several provinces joined by blanks, hyphens or commas.  The fixed
    words and provinces may carry a few wrong characters, figures none.  เขต without its number gives None.
    """
    if len(s) > 20 * _MAX_LENGTH:
        return None
    text = _LABEL.sub("", to_arabic(strip_leaders(s).strip("()[] ")))
    if not text or len(text) > _MAX_LENGTH:
        return None
    match = _ABBREVIATED.match(text)
    if match:
        kind = match["kind"] or "สพ" + match["spaced"]
        return _office(kind, text[match.end() :])
    return _from_full(text)


def _from_full(text: str) -> AreaOffice | None:
    """The best reading over all kinds and all places where the fixed words can end."""
    options: list[tuple[int, AreaOffice]] = []
    for kind, words in _FULL.items():
        heads = [words, words.removeprefix("สำนักงาน"), "สนง." + words.removeprefix("สำนักงาน")]
        for head in dict.fromkeys(heads):
            limit = max(2, len(head) // 8)
            for end, edits in _prefix_edits(head, text, limit):
                office = _office(kind, text[end:])
                if office:
                    # The province's own edits count too, so that a borrowed letter does not pay.
                    options.append((2 * edits + _place_edits(office, text[end:]), office))
    if not options:
        return None
    best = min(cost for cost, _ in options)
    readings = {office for cost, office in options if cost <= best + 1}
    kinds = {office.kind for cost, office in options if cost <= best + 4}
    return readings.pop() if len(readings) == 1 and len(kinds) == 1 else None


def _place_edits(office: AreaOffice, rest: str) -> int:
    return abs(len(re.sub(r"\s", "", rest)) - len(re.sub(r"\s", "", office.short().partition(".")[2])))


def _prefix_edits(head: str, text: str, limit: int) -> list[tuple[int, int]]:
    """Every end of a beginning of ``text`` that is ``head`` within ``limit`` edits; blanks are free."""
    row = list(range(len(head) + 1))
    out: list[tuple[int, int]] = []
    for i, ch in enumerate(text[: len(head) + limit + 12], 1):
        if ch != " ":
            before, row = row, [row[0] + 1]
            for j, want in enumerate(head, 1):
                row.append(min(before[j] + 1, row[-1] + 1, before[j - 1] + (want != ch)))
        if row[-1] <= limit:
            out.append((i, row[-1]))
    return out


def _office(kind: str, rest: str) -> AreaOffice | None:
    rest = rest.strip(" .")
    if kind == "สศศ":
        return AreaOffice("สศศ", (), None) if not rest else None
    known: Kind = "สพป" if kind == "สพป" else "สพม"
    match = _NUMBER.search(rest)
    if match is None or (match["word"] and match["number"] is None):
        return None
    number = int(match["number"]) if match["number"] else None
    place = rest[: match.start()].strip(" ,-–")
    if number == 0 or (number is not None and number > 42) or re.search("[0-9]", place):
        return None
    if not place:
        return AreaOffice(known, (), number) if known == "สพม" and number is not None else None
    provinces = _places(place)
    if provinces is None or (known == "สพป" and len(provinces) > 1):
        return None
    return AreaOffice(known, provinces, number)


def _places(s: str) -> tuple[str, ...] | None:
    """One to four provinces, or None.

    Anything but Thai letters gives None: the last may be a figure read as a letter (``นครปฐมl``).
    """
    initials = re.sub(r"[\s.]", "", s)
    if initials in _BY_INITIALS:
        return (_BY_INITIALS[initials],)
    s = s.rstrip(".")
    if not re.fullmatch(r"[ก-๎ฯ\s,/·–—-]+", s):
        return None
    single = parse_province(s) if not re.search("[-–—,/·]", s) else None
    parts = [p for p in _AND.split(s) if p]
    if single and (single == re.sub(r"\s", "", s) or len(parts) == 1):
        return (single,)
    several = [parse_province(p) for p in parts]
    if 2 <= len(parts) <= 4 and all(several) and len(set(several)) == len(several):
        return tuple(p for p in several if p)
    if single:
        return (single,)
    return _glued(re.sub(r"\s", "", s))


def _glued(s: str) -> tuple[str, ...] | None:
    """Exact province names without anything between them; None unless they can be cut in one way only."""
    ways: list[tuple[str, ...]] = []

    def cut(rest: str, taken: tuple[str, ...]) -> None:
        if not rest:
            ways.append(taken)
        elif len(taken) < 4:
            for name in _BY_NAME:
                if rest.startswith(name) and name not in taken:
                    cut(rest[len(name) :], (*taken, name))

    cut(s, ())
    return ways[0] if len(ways) == 1 else None
