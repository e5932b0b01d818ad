"""From the printed text of a value to the record's canonical value, by kind.

Each parser returns the leaves it found: a sub-path (empty for the field itself), the value,
and flags that say how well the text was understood (see ``found.Found.flags``).  Nothing is
guessed: what is not understood gives None with ``doubt``, or the text as it stands where the
record wants text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from rapidfuzz.distance import Levenshtein

from formextract.mapping.stream import Span, squeeze_label
from formextract.thai.dates import parse_date_detail, parse_year_be
from formextract.thai.digits import has_thai_digits, number_word, parse_hours, parse_int, to_arabic
from formextract.thai.money import parse_baht
from formextract.thai.names import split_person, with_school_prefix
from formextract.thai.places import parse_area_office
from formextract.thai.text import normalise, strip_leaders


@dataclass(frozen=True, slots=True)
class Leaf:
    """One parsed value."""

    sub: str
    """Path below the field, empty for the field itself."""
    value: Any
    """JSON value."""
    flags: frozenset[str] = frozenset()
    """How well it was understood."""


PARSED = frozenset({"parsed"})
DOUBT = frozenset({"doubt"})
EXACT = frozenset({"parsed", "exact"})
KNOWN = frozenset({"parsed", "known"})

_BARE_OFFICE = frozenset({"", "สำนักงานเขตพื้นที่การศึกษา", "เขต", "สพท", "สพป", "สพม"})
"""What blank forms print where an office is to be filled in (FIELDS §2: the leader is inside the name)."""
CANONICAL_BLANKS = re.compile(r"\s+")


def canonical(text: str) -> str:
    """Text as records hold it: normalised, Arabic digits, leaders out, single blanks."""
    last = None
    while text != last:
        last = text
        text = CANONICAL_BLANKS.sub(" ", to_arabic(strip_leaders(normalise(text)))).strip(" :;,-–|")
    return text


def closest(text: str, choices: Sequence[str]) -> tuple[str, float] | None:
    """The choice nearest to a text and its likeness 0 to 1; None for empty input.

    The whole words are compared, so that ชำนาญการ is never taken for ชำนาญการพิเศษ.
    """
    want = squeeze_label(text)
    if not want or not choices:
        return None
    best = max(choices, key=lambda c: Levenshtein.normalized_similarity(want, squeeze_label(c)))
    return best, Levenshtein.normalized_similarity(want, squeeze_label(best))


def parse_choice(span: Span, choices: Sequence[str]) -> list[Leaf]:
    """One of printed alternatives; likeness below 0.8 or a near second is no choice."""
    text = canonical(span.joined())
    hit = closest(text, choices)
    if hit is None:
        return [Leaf("", None)]
    choice, likeness = hit
    if likeness == 1.0:
        return [Leaf("", choice, EXACT)]
    others = [c for c in choices if c != choice]
    second = closest(text, others)
    # ชำนาญการ with a letter behind it may be what is left of ชำนาญการพิเศษ (DOMAIN §8)
    longer = len(squeeze_label(text)) > len(squeeze_label(choice))
    maimed = longer and any(c.startswith(choice) for c in others)
    if likeness >= 0.8 and not maimed and (second is None or likeness - second[1] >= 0.1):
        return [Leaf("", choice, KNOWN)]
    return [Leaf("", text or None, DOUBT)]


def _parse_text(span: Span) -> list[Leaf]:
    text = canonical(span.joined())
    return [Leaf("", text or None, PARSED)]


def _person_text(span: Span) -> str:
    # a wrap inside a name falls between its words: Thai names are not broken within
    return canonical(" ".join(span.parts())).strip("() ")


def _parse_person(span: Span) -> list[Leaf]:
    text = _person_text(span)
    if not text:
        return [Leaf("", None)]
    person = split_person(text)
    if person is None or not person.last_name:
        return [Leaf("", text, DOUBT)]
    blank = "" if person.title is None else person.title
    glue = " " if blank.endswith(".") and not text.startswith(f"{blank}{person.first_name}") else ""
    return [Leaf("", f"{blank}{glue}{person.first_name} {person.last_name}", PARSED)]


def _parse_given(span: Span) -> list[Leaf]:
    """Title and first name after ชื่อ; the surname has a label of its own."""
    text = _person_text(span)
    if not text:
        return [Leaf("title", None), Leaf("first_name", None)]
    person = split_person(text)
    if person is None:
        return [Leaf("title", None, DOUBT), Leaf("first_name", text, DOUBT)]
    leaves = [
        Leaf("title", person.title, EXACT if person.title else DOUBT),
        Leaf("first_name", person.first_name, PARSED),
    ]
    if person.last_name:
        leaves.append(Leaf("last_name", person.last_name, PARSED))
    return leaves


def _parse_surname(span: Span) -> list[Leaf]:
    text = _person_text(span)
    odd = any(c.isdigit() for c in text) or len(re.findall(r"[ก-ฮ]", text)) < 2
    return [Leaf("", text or None, DOUBT if text and odd else PARSED)]


def _parse_school(span: Span) -> list[Leaf]:
    name = with_school_prefix(canonical(span.joined()))
    if squeeze_label(name) in ("", "โรงเรียน"):
        return [Leaf("", None)]
    return [Leaf("", name, PARSED)]


def _parse_office(span: Span) -> list[Leaf]:
    text = canonical(span.joined())
    if squeeze_label(text) in _BARE_OFFICE:
        return [Leaf("", None)]
    office = parse_area_office(text)
    # a wrap or a leader leaves blanks where the name has none, and none before its number (DOMAIN §5)
    text = re.sub(r"(การศึกษา)\s+(?=ประถมศึกษา|มัธยมศึกษา)", r"\1", text)
    text = re.sub(r"(การศึกษา(?:ประถม|มัธยม)ศึกษา)\s+(?!เขต)", r"\1", text)
    text = re.sub(r"(?<=\S)\s*(เขต)\s*(?=\d)", r" \1 ", text)
    return [Leaf("", text, PARSED if office else DOUBT)]


def _parse_date(span: Span) -> list[Leaf]:
    text = normalise(" ".join(span.parts()))
    reading = parse_date_detail(strip_leaders(text))
    if reading is None:
        bare = re.sub(r"[\s/]|วันที่|เดือน|พ\.?ศ\.?", "", strip_leaders(text))
        return [Leaf("", None, DOUBT if bare else frozenset())]
    flags = set(PARSED)
    if not reading.month_exact or reading.weekday_agrees is False or reading.era == "CE":
        flags.add("doubt")
    if reading.weekday_agrees:
        flags.add("twice")
    return [Leaf("", reading.date.iso(), frozenset(flags))]


def _number(parse: Callable[[str], Any]) -> Callable[[Span], list[Leaf]]:
    def parse_number(span: Span) -> list[Leaf]:
        text = strip_leaders(normalise(" ".join(span.parts()))).strip(" -–")
        if not text:
            return [Leaf("", None)]
        value = parse(text)
        return [Leaf("", value, PARSED if value is not None else DOUBT)]

    return parse_number


def _rank(text: str) -> str | None:
    """``คศ.3`` from คศ.3, คศ. ๓, ค.ศ.3 or the digit alone (the form prints คศ. itself at times)."""
    m = re.fullmatch(r"(?:ค\s*\.?\s*ศ\s*\.?\s*)?([1-5])", to_arabic(text).strip())
    return f"คศ.{m.group(1)}" if m else None


def _copies(text: str) -> int | None:
    return number_word(text) or parse_int(text)


def _form_code(text: str) -> str | None:
    m = re.search(r"PA\s*([1-5])\s*/\s*([ก-ฮ]{1,2})(?![ก-ฮ])", to_arabic(text))
    return f"PA {m.group(1)}/{m.group(2)}" if m else None


def _positive(text: str) -> Any:
    value = parse_baht(text)
    if value is None or value <= 0:
        return None
    return int(value) if value == int(value) else str(value)


_PARSERS: dict[str, Callable[[Span], list[Leaf]]] = {
    "text": _parse_text,
    "person": _parse_person,
    "person_given": _parse_given,
    "surname": _parse_surname,
    "school": _parse_school,
    "area_office": _parse_office,
    "date": _parse_date,
    "year_be": _number(parse_year_be),
    "integer": _number(parse_int),
    "hours": _number(parse_hours),
    "baht": _number(_positive),
    "rank": _number(_rank),
    "copies": _number(_copies),
    "form_code": _number(_form_code),
}

DIGIT_KINDS = frozenset({"date", "year_be", "integer", "hours", "baht", "rank", "number"})
"""Kinds whose value is wrong if one digit is."""


def parse_value(kind: str, span: Span, choices: Sequence[str] = ()) -> list[Leaf]:
    """The leaves of a printed value.

    ``schools`` (several names side by side) is split by the block that uses it and is no
    kind here; KeyError for an unknown kind.
    """
    if kind == "choice":
        leaves = parse_choice(span, choices)
    else:
        leaves = _PARSERS[kind](span)
    if has_thai_digits(span.raw):
        leaves = [Leaf(x.sub, x.value, x.flags | {"thai_digits"}) for x in leaves]
    return leaves
