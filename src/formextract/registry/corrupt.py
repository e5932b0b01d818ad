"""Damaging Thai names the way scans, legacy fonts and people do, for measuring the matcher.

The lists here are of kinds of damage seen in print and are kept apart from the cost tables of
``distance``: one letter in ten is replaced by any letter at all.
"""

from __future__ import annotations

import random
import re

_PAIRS = (
    "คด ดค ดต ตด ถก กถ ภก กภ ผฝ ฝผ พฟ ฟพ พผ บป ปบ นม มน นบ ขช ชข ซช ลส สล "
    "ฎฏ ฏฎ ฆม ฮอ อฮ ฬพ ศค ธร ทห หท งว จว รธ ยบ เแ แเ ใไ ไใ โไ ำา าำ าว"
).split()
_MARK_PAIRS = "ิี ีิ ึิ ิึ ืี ีื ัิ ิั ่้ ้่ ๊้ ๋้ ็ี ุู ูุ ์็".split()
_MARKS = "ัิีึืฺุู็่้๊๋์"
_CONSONANTS = "กขคงจชซดตถทธนบปผพฟมยรลวศสหอ"
_SWAP: dict[str, list[str]] = {}
for _pair in (*_PAIRS, *_MARK_PAIRS):
    _SWAP.setdefault(_pair[0], []).append(_pair[1])
_BRACKET = re.compile(r"\s*\([^()]*\)")


def misread_letter(name: str, rng: random.Random) -> str:
    """The name with one letter misread, one mark lost, or one letter too few or too many; digits stay."""
    spots = [i for i, c in enumerate(name) if c in _SWAP or c in _MARKS or c in _CONSONANTS]
    if not spots:
        return name
    at = rng.choice(spots)
    letter, chance = name[at], rng.random()
    if letter in _MARKS and chance < 0.5:
        new = ""
    elif letter in _SWAP and chance < 0.85:
        new = rng.choice(_SWAP[letter])
    elif letter in _MARKS:
        new = rng.choice([m for m in _MARKS if m != letter])
    elif chance < 0.95:
        new = rng.choice([c for c in _CONSONANTS if c != letter])
    elif chance < 0.975:
        new = ""
    else:
        new = letter + rng.choice(_CONSONANTS)
    return name[:at] + new + name[at + 1 :]


def misread_name(name: str, rng: random.Random, edits: int) -> str:
    """``edits`` misread letters one after another."""
    for _ in range(edits):
        name = misread_letter(name, rng)
    return name


def drop_marks(name: str) -> str:
    """All signs above and below the letters lost, as in a legacy font."""
    return "".join(c for c in name if c not in _MARKS).replace("ำ", "า")


def drop_bracket(name: str) -> str:
    """Without the part in brackets; a branch (สาขา) is another school and keeps its own."""
    return name if "สาขา" in name else _BRACKET.sub("", name).strip()


def restyle_name(name: str, rng: random.Random) -> str:
    """The same name as another writer prints it: prefix, blanks, digits, quotes; nothing is lost."""
    if rng.random() < 0.3:
        name = name.translate(str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙"))
    if rng.random() < 0.3:
        name = re.sub(r"\s*\(\s*", " (", name)
    elif rng.random() < 0.3:
        name = re.sub(r"\s+", "", name)
    if rng.random() < 0.1 and " " not in name and len(name) > 8:
        at = rng.randrange(4, len(name) - 3)
        if name[at] in _CONSONANTS and name[at - 1] not in "เแโใไ":
            name = name[:at] + " " + name[at:]
    return rng.choice(["โรงเรียน"] * 6 + ["โรงเรียน ", "ร.ร.", "รร.", ""]) + name
