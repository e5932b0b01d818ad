"""Taking a school name apart: prefix, core, the part that writers drop, and its number.

Registry names and printed names go through the same function, so that both sides are compared in
the same forms.  The rules are those of the forms themselves: a part in brackets or quotes, a
royal patronage and ``มิตรภาพที่ N`` are left out freely; a branch (``สาขา``) and a number are not.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from formextract.registry.squeeze import squeeze, tidy_name

PREFIX = "โรงเรียน"
MAX_PREFIX_EDITS = 2
"""Letters of โรงเรียน that may be misread; no registered name is so near to it."""
TYPE_WORDS = (
    "ชุมชนวัด",
    "ชุมชนบ้าน",
    "อนุบาล",
    "ชุมชน",
    "มัธยม",
    "สุเหร่า",
    "นิคม",
    "ตลาด",
    "วัดบ้าน",
    "บ้าน",
    "วัด",
)
"""Words at the head of a name that tell one school of a place from another."""

QUALIFIERS = ("ตะวันออก", "ตะวันตก", "เหนือ", "ใต้", "ใหม่", "ใหญ่", "เก่า", "น้อย", "กลาง", "บน", "ล่าง", "นอก", "ใน")
"""Words at the end of a name by which neighbouring villages are told apart; some are one letter apart."""

_LIST_NUMBER = re.compile(r"^[*•\-–]?\s*(?:\(?\d{1,3}[.)]\s*)?(?=\S)")
_PREFIX = re.compile(
    r"^(?:โรง\s*เร[\u0e34-\u0e37]?\s*ย\s*น|ร\s*\.\s*ร\s*\.?|รร\s*\.?(?=\s|[\u0e01-\u0e2e\u0e40-\u0e44]))\s*"
)
_ROYAL = re.compile(
    r"(?:ใน|ไน)\s*(?:สมเด็จ)?พระ(?:บรม)?"
    r"(?:ราชูปถัมภ|ราชินูปถัมภ|อุปถัมภ|สังฆราชูปถัมภ|ราชานุเคราะห|ราชานุกูล|บรมราชานุ)[์]?.*$"
)
_FRIENDSHIP = re.compile(r"มิตรภาพ\s*(?:ที่)?\s*(\d+)")
_PARENS = re.compile(r"\(([^()]*)(?:\)|$)")
_QUOTED = re.compile(r"[\"“”„]([^\"“”„]{2,})[\"“”„]|''([^']{2,})''|'([^']{2,})'")
_LOOSE_ABBREVIATION = re.compile(r"ฯ(?![^()]*\))")
"""ฯ outside brackets only says that a longer name exists; inside it stands for the letters left out."""
_NUMBER = re.compile(r"\d+")

DROPPED_ROYAL = "royal patronage left out"
DROPPED_SUFFIX = "the part in brackets or after the core is left out"


@dataclass(frozen=True, slots=True)
class Form:
    """One way in which a name may be written."""

    key: str
    """Squeezed letters."""
    penalty: float
    """Cost of what is left out in this form, in edits."""
    dropped: str = ""
    """What is left out, for the reasons; empty for the full name."""


@dataclass(frozen=True, slots=True)
class SplitName:
    """A name taken apart.  Keys are squeezed and hold no blanks."""

    core: str
    """The name without prefix and without the parts that writers drop, blanks kept."""
    suffix: str
    """Those parts, joined by one blank; empty if there are none."""
    key: str
    """The whole name without its prefix."""
    core_key: str
    """The core alone."""
    forms: tuple[Form, ...]
    """The full form first, then shorter ones."""


def numbers_of(key: str) -> tuple[str, ...]:
    """The numbers in a squeezed key in order, without leading zeros; they are identity."""
    return tuple(n.lstrip("0") or "0" for n in _NUMBER.findall(key))


def type_word_of(key: str) -> str:
    """The type word at the head of a squeezed key, or an empty string."""
    return next((w for w in TYPE_WORDS if key.startswith(w)), "")


def qualifier_of(key: str) -> str:
    """The word at the end of a squeezed core that parts neighbouring places (เหนือ, ใต้ …), or nothing."""
    return next((w for w in QUALIFIERS if key.endswith(w)), "")


def strip_prefix(text: str) -> str:
    """A tidied name without list number and without โรงเรียน, ร.ร. or รร. at its head.

    Inside a name the word stays (``สาขาโรงเรียนวัดชากกอไผ่``).
    """
    text = _LIST_NUMBER.sub("", text, count=1)
    bare = _PREFIX.sub("", text, count=1)
    if len(bare) == len(text):
        bare = text[_misread_prefix(text) :]
    return bare if bare.strip() else text


def _misread_prefix(text: str) -> int:
    """Length of a โรงเรียน with up to two letters misread at the head of a text, 0 if there is none."""
    if text[:1] not in ("โ", "ไ", "ใ", "เ") or len(text) < len(PREFIX) + 2:
        return 0
    edits = {n: Levenshtein.distance(text[:n], PREFIX) for n in range(len(PREFIX) - 2, len(PREFIX) + 3)}
    best = min(edits, key=lambda n: (edits[n], abs(n - len(PREFIX))))
    return best if edits[best] <= MAX_PREFIX_EDITS else 0


def split_name(text: str) -> SplitName:
    """Takes a printed or registered school name apart; never fails, an empty text gives empty parts."""
    name = strip_prefix(tidy_name(text)).strip()
    name = _FRIENDSHIP.sub(r" มิตรภาพที่ \1", name).replace("( มิตรภาพ", "(มิตรภาพ")
    name = _LOOSE_ABBREVIATION.sub(" ", name)
    royal = ""
    hit = _ROYAL.search(name)
    if hit and hit.start() > 0:
        royal, name = hit.group().strip(), name[: hit.start()].strip(" (-")
    parts: list[str] = []

    def take(m: re.Match[str]) -> str:
        inner = next((g for g in m.groups() if g is not None), "").strip()
        if not inner or "สาขา" in inner:
            return m.group()
        parts.append(inner)
        return " "

    core = _QUOTED.sub(take, _PARENS.sub(take, name))
    rest = _FRIENDSHIP.search(core)
    if rest and squeeze(core[: rest.start()]) and not squeeze(core[rest.end() :]):
        parts.append(rest.group())
        core = core[: rest.start()]
    core = re.sub(r"\s+", " ", core).strip(" .")
    if not squeeze(core):
        core, parts = name, []
    suffix = " ".join([*parts, royal] if royal else parts)
    whole = key_of(name + royal)
    return SplitName(
        core, suffix, whole, key_of(core), _forms(whole, key_of(name), key_of(core), bool(royal), parts)
    )


def key_of(text: str) -> str:
    """The squeezed key of a tidied name or a part of one; ``มิตรภาพที่ 75`` and ``มิตรภาพ75`` are one."""
    return _FRIENDSHIP.sub(r"มิตรภาพ\1", squeeze(text))


def _forms(whole: str, unroyal: str, core: str, royal: bool, parts: list[str]) -> tuple[Form, ...]:
    """The full form and the shorter ones that writers use."""
    forms = [Form(whole, 0.0)]
    if royal:
        forms.append(Form(unroyal, 0.1, DROPPED_ROYAL))
    if parts and core != unroyal:
        forms.append(Form(core, 0.3, DROPPED_SUFFIX))
        if len(parts) > 1:
            forms += [Form(core + key_of(p), 0.3, DROPPED_SUFFIX) for p in parts]
    return tuple(forms)
