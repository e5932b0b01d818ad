"""Printed numbers at the head of paragraphs: ``1.``, ``๓.๒``, ``2)``, ``-``, and their misreadings.

Forms mix Thai and Arabic digits inside one number (DOMAIN §1), and the stock reader cannot
print five of the ten Thai digits, so a number that cannot be read but stands where the next
one is due is taken for that, and marked.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from formextract.mapping.stream import Span
from formextract.thai.digits import has_thai_digits, to_arabic

_LEVEL_TWO = re.compile(r"^\s*(?:ข้อ\s*)?(\d{1,2})\s*[.,]\s*(\d{1,2})(?!\d)\s*[.)]?\s*")
_LEVEL_ONE = re.compile(r"^\s*(?:ข้อ\s*)?\(?(\d{1,2})\s*[.)](?!\s*\d{1,2}\s*[.)]?\s)\s*")
_BULLET = re.compile(r"^\s*[-–—•●▪*]\s+(?=\S)")
# one or two signs that are no ordinary Thai word, a dot, one or two more, then a blank
_NOISY_TWO = re.compile(r"^\s*(\S{1,2})\s?[.,]\s?(\S{1,2})\s+(?=\S)")
# what is given for a Thai figure the reader does not know is no Thai letter, so no blank is needed
_NOISY_ONE = re.compile(r"^\s*([^\sก-ฮ0-9(.]{1,2})\s?[.)]\s*(?=\S)")


@dataclass(frozen=True, slots=True)
class Number:
    """A number read at the head of a line."""

    value: int | None
    """Last part of the number as read; None if it could not be read or is a bullet."""
    length: int
    """Characters of the line that it takes, blanks included."""
    certain: bool
    """Whether its digits were read."""


def read_second_level(text: str, prefix: str, expected: int, *, scanned: bool = False) -> Number | None:
    """``3.๒`` and the like at the head of a line; None if there is no such number.

    ``prefix`` is the first part in Arabic digits, ``expected`` the second part that is due.
    A readable number counts if its first part is right or its second is the one due.  Of a
    ``scanned`` number with Thai digits only the place is believed, and what cannot be read at
    all but stands like a number counts as the one due.
    """
    arabic = to_arabic(text)
    m = _LEVEL_TWO.match(arabic)
    if m:
        if scanned and has_thai_digits(text[: m.end()]):
            return Number(expected, m.end(), int(m.group(2)) == expected and m.group(1) == prefix)
        if m.group(1) == prefix:
            return Number(int(m.group(2)), m.end(), True)
        # another number that can be read begins a wrapped line of running text
        return Number(expected, m.end(), False) if int(m.group(2)) == expected else None
    m = re.match(rf"\s*{prefix}{expected}\s+(?=\D)", arabic) if scanned else None
    if m:
        # the point between the two was not seen
        return Number(expected, m.end(), False)
    m = _NOISY_TWO.match(arabic) if scanned else None
    if m and _is_noise(m.group(1), m.group(2)):
        return Number(expected, m.end(), False)
    return None


def read_first_level(text: str, expected: int, *, scanned: bool = False) -> Number | None:
    """``1.``, ``๒)`` or a bullet at the head of a line; None if there is none.

    Of a ``scanned`` number with Thai digits only the place is believed; see ``read_second_level``.
    """
    arabic = to_arabic(text)
    m = _LEVEL_ONE.match(arabic)
    if m:
        value = int(m.group(1))
        if scanned and value != 1 and has_thai_digits(text[: m.end()]):
            return Number(expected, m.end(), value == expected)
        if value in (expected, 1) or value == expected + 1:
            return Number(value, m.end(), True)
        return None
    m = _BULLET.match(arabic)
    if m:
        return Number(None, m.end(), True)
    m = _NOISY_ONE.match(arabic) if scanned else None
    if m and _is_noise(m.group(1)):
        return Number(expected, m.end(), False)
    return None


def _is_noise(*tokens: str) -> bool:
    """Whether short tokens can only be misread digits.

    Each is a single letter, or holds a figure or no consonant; and not all are mere letters,
    which would be an abbreviation.
    """
    plain = [any(c.isdigit() for c in t) or not any("ก" <= c <= "ฮ" for c in t) for t in tokens]
    return any(plain) and all(ok or len(t) == 1 for ok, t in zip(plain, tokens, strict=True))


@dataclass(frozen=True, slots=True)
class Item:
    """A numbered paragraph."""

    number: Number | None
    """Its number; None for text before the first number."""
    span: Span
    """Its text without the number."""


def split_items(span: Span, prefix: str | None = None) -> list[Item]:
    """A span cut where a line begins with the next number; text before the first comes first.

    With ``prefix`` the numbers are of the second level (``3.1``), else of the first.
    """
    stream = span.stream
    scanned = bool(span) and span.method() == "ocr"
    cuts: list[tuple[int, int, Number]] = []
    expected = 1
    if span:
        for n in range(stream.line_of(span.start), stream.line_of(max(span.start, span.end - 1)) + 1):
            line = stream.line_span(n)
            start = max(line.start, span.start)
            text = stream.text[start : min(line.end, span.end)]
            number = (
                read_second_level(text, prefix, expected, scanned=scanned)
                if prefix
                else read_first_level(text, expected, scanned=scanned)
            )
            if number is None:
                continue
            cuts.append((start, start + number.length, number))
            expected = (number.value if number.value is not None else expected) + 1
    items: list[Item] = []
    first = cuts[0][0] if cuts else span.end
    head = Span(stream, span.start, first).trimmed()
    if head:
        items.append(Item(None, head))
    for k, (_, after, number) in enumerate(cuts):
        end = cuts[k + 1][0] if k + 1 < len(cuts) else span.end
        items.append(Item(number, Span(stream, after, max(after, end)).trimmed()))
    return items


def ascending(numbers: Sequence[int | None]) -> bool:
    """Whether the numbers that were read ascend by one from 1."""
    known = [n for n in numbers if n is not None]
    return known == list(range(1, len(known) + 1))
