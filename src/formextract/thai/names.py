"""Names of people and of schools."""

from __future__ import annotations

import re
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from formextract.thai.text import CONSONANTS, MARKS, clusters, normalise, strip_leaders

_CIVIL = ("นางสาว", "น.ส.", "นาย", "นาง", "เด็กชาย", "เด็กหญิง", "ด.ช.", "ด.ญ.", "Mr.", "Mrs.", "Ms.", "Miss")
_RANKS = (
    "ว่าที่ร้อยตรี", "ว่าที่ร้อยโท", "ว่าที่ร้อยเอก", "ว่าที่พันตรี", "ว่าที่พันโท", "ว่าที่พันเอก",
    "ว่าที่เรือตรี", "ว่าที่เรืออากาศตรี",
    "ว่าที่ ร.ต.", "ว่าที่ ร.ท.", "ว่าที่ ร.อ.", "ว่าที่ พ.ต.",
    "พันจ่าอากาศเอก", "พันจ่าอากาศโท", "พันจ่าอากาศตรี", "จ่าอากาศเอก", "พันจ่าเอก",
    "จ่าสิบเอก", "จ่าสิบโท", "จ่าสิบตรี", "จ่าเอก",
    "สิบเอก", "สิบโท", "สิบตรี", "สิบตำรวจเอก", "สิบตำรวจโท", "สิบตำรวจตรี", "ดาบตำรวจ", "ร้อยตำรวจเอก", "ร้อยตำรวจโท",
    "ร้อยตำรวจตรี", "พันตำรวจเอก", "พันตำรวจโท", "พันตำรวจตรี", "ร้อยเอก", "ร้อยโท", "ร้อยตรี", "พันเอก", "พันโท", "พันตรี",
    "เรืออากาศเอก", "เรืออากาศโท", "เรืออากาศตรี",
    "นาวาอากาศเอก", "นาวาอากาศโท", "นาวาอากาศตรี", "เรือเอก", "เรือโท", "เรือตรี",
    "พ.อ.อ.", "พ.อ.ท.", "พ.อ.ต.", "พ.จ.อ.", "จ.ส.อ.", "จ.ส.ท.", "จ.ส.ต.", "ส.อ.", "ส.ท.", "ส.ต.",
    "จ.อ.", "จ.ท.",
    "ส.ต.อ.", "ส.ต.ท.", "ส.ต.ต.", "ด.ต.", "ร.ต.อ.", "ร.ต.ท.", "ร.ต.ต.", "พ.ต.อ.", "พ.ต.ท.", "พ.ต.ต.",
    "พล.อ.", "พล.ท.",
    "พล.ต.", "พ.อ.", "พ.ท.", "พ.ต.", "ร.อ.", "ร.ท.", "ร.ต.", "น.อ.", "น.ท.", "น.ต.",
)  # fmt: skip
_LEARNED = (
    "ศาสตราจารย์", "รองศาสตราจารย์", "ผู้ช่วยศาสตราจารย์", "ศ.", "รศ.", "ผศ.", "ดร.", "นพ.", "พญ.",
    "หม่อมราชวงศ์", "หม่อมหลวง", "ม.ร.ว.", "ม.ล.", "คุณหญิง", "ท่านผู้หญิง", "พระครู", "พระมหา",
)  # fmt: skip
TITLES: tuple[str, ...] = tuple(sorted({*_CIVIL, *_RANKS, *_LEARNED}, key=lambda t: (-len(t), t)))
"""All titles, longest first, so that นางสาว is tried before นาง."""


def _pattern(title: str) -> str:
    """The title with blanks printed or lost at its points; the last point may give way to a blank."""
    body = "".join(r"\s*" if ch == " " else r"\s*\.\s*" if ch == "." else re.escape(ch) for ch in title)
    if title.endswith("."):
        body = body.removesuffix(r"\s*\.\s*") + r"(?:\s*\.|(?=\s))"
    return body + (r"(?:\s*\(?หญิง\)?(?=[\s" + CONSONANTS + "เแโใไ]))?" if title in _RANKS else "")


_TITLE = re.compile("|".join(_pattern(t) for t in TITLES))
# After a first title only these: นาย and นาง can begin a given name.
_FURTHER = re.compile("|".join(_pattern(t) for t in TITLES if t not in _CIVIL))
_NAME = re.compile(rf"(?:[{CONSONANTS}{MARKS}ะาำเแโใไๆฯ.\-]+|[A-Za-z.'\-]+)")
_LETTER = re.compile(f"[{CONSONANTS}A-Za-z]")
_LABEL = re.compile(r"^(?:ชื่อ\s*-?\s*(?:สกุล|นามสกุล)?\s*[:：]?\s+)")
_MAX_LENGTH = 200


@dataclass(frozen=True, slots=True)
class Person:
    """A person's name as printed, in its parts."""

    title: str | None
    """All titles in a row, as printed; None without one."""
    first_name: str
    """Given name."""
    last_name: str | None
    """Family name, with ``ณ`` and what follows; None if only one name is printed."""


def split_person(s: str) -> Person | None:
    """Title, given name and family name of a printed name, or None if it is no name.

    Brackets and leaders around it are dropped.  A single title (``นาย``) is glued to the name or stands
    apart; several in a row are kept together.
    """
    if len(s) > 20 * _MAX_LENGTH:
        return None
    text = _LABEL.sub("", _inside_brackets(strip_leaders(s)))
    if not text or len(text) > _MAX_LENGTH:
        return None
    rest = text
    while match := (_TITLE if rest is text else _FURTHER).match(rest):
        after = rest[match.end() :].lstrip()
        if not after:
            return None
        if after[0] not in CONSONANTS + "เแโใไ" and not after[0].isascii():
            break
        rest = after
    title = text[: len(text) - len(rest)].strip()
    words = re.sub(r"(?:^|\s)นามสกุล\s*", " ", rest).split()
    if not words or not all(_NAME.fullmatch(w) or w == "ณ" for w in words):
        return None
    first, last = words[0], words[1:]
    if len(last) > 1 and "ณ" not in last and last[0] != "แซ่":
        return None
    if last and last[-1] == "ณ":
        return None
    if any(len(_LETTER.findall(part)) < 2 for part in (first, *((" ".join(last),) if last else ()))):
        return None
    return Person(title or None, first, " ".join(last) or None)


def _inside_brackets(s: str) -> str:
    return strip_leaders(s.strip("()[]{}（） "))


_PREFIX = re.compile(r"(?:โรงเรียน|ร\s*\.\s*ร\s*\.|รร\s*\.|รร(?=\s))\s*")


def strip_school_prefix(s: str) -> tuple[str, bool]:
    """A school's name without โรงเรียน, ร.ร. or รร. in front, and whether one of them was printed.

    One wrong character in โรงเรียน is taken for the reader's noise.  Within the name nothing is cut.
    """
    text = normalise(s)
    match = _PREFIX.match(text)
    if match:
        return text[match.end() :], True
    if text.startswith("โร"):
        for length in (8, 7, 9):
            head = text[:length]
            if len(text) > length + 1 and Levenshtein.distance(head, "โรงเรียน", score_cutoff=1) <= 1:
                rest = text[length:].lstrip()
                if clusters(rest) and rest[0] not in MARKS + "ะาำ":
                    return rest, True
    return text, False


def with_school_prefix(s: str) -> str:
    """The name with โรงเรียน in front, whatever prefix was printed; an empty name stays empty."""
    core, _ = strip_school_prefix(s)
    return f"โรงเรียน{core}" if core else ""


_SUFFIX = re.compile(
    r"\s*(?:\(|มิตรภาพ\s*ที่?\s*[0-9๐-๙]|มิตรภาพ\s*[0-9๐-๙]|ในพระบรมราชูปถัมภ์|ในพระราชูปถัมภ์|ในพระอุปถัมภ์"
    r"|ในพระราชินูปถัมภ์|ในทูลกระหม่อม)"
)


def _cut(s: str) -> int:
    match = _SUFFIX.search(s)
    return match.start() if match and match.start() > 0 else len(s)


def core_name(s: str) -> str:
    """A school's name without prefix and without what :func:`suffix` gives."""
    core, _ = strip_school_prefix(s)
    return core[: _cut(core)].rstrip()


def suffix(s: str) -> str:
    """The tail of a school's name: parenthesis, ``มิตรภาพที่ N`` or royal patronage; empty without one.

    A name that consists of such words alone has no suffix.
    """
    core, _ = strip_school_prefix(s)
    return core[_cut(core) :].strip()
