"""Joining a name that is wrapped over lines: with or without a blank at each break.

A text layer shows whether a blank stands before the break; a scan does not.  Then the registry
decides: the blanks of the one name with these letters.  Where it knows none, the habits of print do.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from formextract.registry.index import RegistryIndex
from formextract.registry.match import find_office
from formextract.registry.names import key_of, strip_prefix
from formextract.registry.offices import key_of_match
from formextract.registry.squeeze import squeeze, tidy_name

_OFFICE_HEAD = re.compile("^(?:สำ?นัก|สพ|สศศ|เขตพื้นที่)")
_BLANK_BEFORE = re.compile(r"^(?:\(|“|\"|เขต\s*[0-9๐-๙]|มิตรภาพ\s*(?:ที่)?\s*[0-9๐-๙]|ใน\s*พระ|สาขา|[0-9๐-๙])")
"""What print sets a blank in front of: brackets, เขต N, มิตรภาพที่ N, ในพระราชูปถัมภ์, figures."""
_BLANK_AFTER = re.compile(r"(?:\)|”|[0-9๐-๙]|ฯ)$")
"""What print sets a blank behind."""


def choose_wrap(parts: Sequence[str], index: RegistryIndex, area_office: str | None = None) -> str:
    """One line made of the wrapped lines of a school's or office's name.

    A part that ends or begins with a blank keeps it.  Otherwise the registry's spelling says whether a
    blank belongs at the break, schools of ``area_office`` first; failing that a blank is set before a
    bracket, ``เขต N``, ``มิตรภาพที่ N``, a royal patronage and figures, and nowhere else.
    """
    parts = [p for p in parts if p.strip()]
    if not parts:
        return ""
    known = _known_breaks(parts, index, area_office)
    text = parts[0]
    for i, part in enumerate(parts[1:]):
        blank = text[-1].isspace() or part[0].isspace() or part.lstrip()[0] == "("
        if not blank:
            blank = known[i] if known is not None else _blank_by_habit(text, part)
        text = text.rstrip() + (" " if blank else "") + part.lstrip()
    return text.strip()


def _blank_by_habit(before: str, after: str) -> bool:
    return bool(_BLANK_BEFORE.match(after.strip()) or _BLANK_AFTER.search(before.strip()))


def _known_breaks(parts: Sequence[str], index: RegistryIndex, area_office: str | None) -> list[bool] | None:
    """For each break whether the registry has a blank there; None if it knows no or no single answer."""
    name = strip_prefix(tidy_name("".join(parts)))
    spellings = _spellings(name, index, area_office)
    if not spellings:
        return None
    total = len(squeeze(name))
    ends: list[int] = []
    after = total
    for part in reversed(parts[1:]):
        after -= len(squeeze(tidy_name(part)))
        ends.append(after)
    ends.reverse()
    if any(not 0 < end < total for end in ends):
        return None
    answers = {tuple(_has_blank(spelling, end) for end in ends) for spelling in spellings}
    return list(answers.pop()) if len(answers) == 1 else None


def _spellings(name: str, index: RegistryIndex, area_office: str | None) -> set[str]:
    """Registered spellings with these letters: of the office's schools, of any school, of an office."""
    found = index.by_key.get(key_of(name), ())
    if found and area_office:
        keys = key_of_match(find_office(area_office, index, None), index)
        here = [i for k in keys if k in index.blocks for i in index.blocks[k].members if i in found]
        found = tuple(here) or found
    spelled = _same_letters((index.schools[i].name for i in found), name)
    if spelled:
        return spelled
    if not _OFFICE_HEAD.match(name):
        return set()
    keys = key_of_match(find_office(name, index, None), index)
    offices = [o for k in keys for o in index.offices_by_key[k]]
    return _same_letters((label for o in offices for label in (o.name, o.short_name)), name)


def _same_letters(spellings: Iterable[str], name: str) -> set[str]:
    want = squeeze(name)
    return {s for s in map(tidy_name, spellings) if squeeze(s) == want}


def _has_blank(spelling: str, letters: int) -> bool:
    """Whether a blank follows the first ``letters`` squeezed letters of a spelling."""
    seen = 0
    for i, ch in enumerate(spelling):
        seen += len(squeeze(ch))
        if seen == letters:
            rest = spelling[i + 1 :]
            return bool(rest) and bool(re.match(r"[)”\"]*\s", rest))
    return False
