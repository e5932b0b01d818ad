"""The normaliser for Thai text, and what else works on bare characters.

Unicode's own forms are of no use here: NFKC takes U+0E33 (sara am) apart, NFC leaves marks in
any order.  The damages mended are those seen in real files: sara am in two code points, glyph
codes of old Windows fonts, marks behind a stray blank, tone before vowel, doubled marks.
"""

from __future__ import annotations

import re
import unicodedata
from math import prod

CONSONANTS = "".join(chr(c) for c in range(0x0E01, 0x0E2F))
"""ก to ฮ, with ฤ and ฦ."""
MARKS = "".join(map(chr, (0x0E31, *range(0x0E34, 0x0E3B), *range(0x0E47, 0x0E4F))))
"""Marks that stand above or below a base letter."""
_TONES = "\u0e48-\u0e4b"
_AM, _AA, _NIKHAHIT = "\u0e33", "\u0e32", "\u0e4d"

# Glyph codes that Windows and Adobe Thai fonts of the TIS-620 days put into the private use area:
# the same marks, shifted left for tall letters or down where no vowel stands, and two letters without tail.
_GLYPH_MEANING = "ฐ\u0e34\u0e35\u0e36\u0e37" + "\u0e48\u0e49\u0e4a\u0e4b\u0e4c" * 2 + "ญ\u0e31\u0e4d\u0e47"
_GLYPH_MEANING += "\u0e48\u0e49\u0e4a\u0e4b\u0e4c\u0e38\u0e39\u0e3a"
_TABLE: dict[int, str | None] = {
    **{0xF700 + i: ch for i, ch in enumerate(_GLYPH_MEANING)},
    **dict.fromkeys([0x00AD, 0x200C, 0x200D, 0x2060], None),
    **dict.fromkeys([*range(0x20), *range(0x7F, 0xA1), 0x1680, *range(0x2000, 0x200C)], " "),
    # Latin letters that fonts join: ﬀ ﬁ ﬂ ﬃ ﬄ
    **dict(zip(range(0xFB00, 0xFB05), ("ff", "fi", "fl", "ffi", "ffl"), strict=True)),
    **dict.fromkeys([0x200E, 0x200F, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000, 0xFEFF], " "),
}

_TO_ARABIC = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")

_SPLIT_AM = re.compile(f"([{_TONES}]*){_NIKHAHIT}([{_TONES}]*) ?{_AA}")
_TONE_AFTER_AM = re.compile(f"{_AM}([{_TONES}{_AM}]+)")
_BLANK_BEFORE_MARK = re.compile(f"(?<=[{CONSONANTS}{MARKS}]) +(?=[{MARKS}{_AM}])")
_MARK_RUN = re.compile(f"[{MARKS}]{{2,}}")

# A blank before า is nearly always a sara am whose ring was lost, but a stray blank inside การ or
# ทาง looks alike.  Only stems that are no word with plain า are mended: (before, after) the blank and า.
_RINGLESS = (
    ("ด", "เนิน|รง|ริ"),
    ("ส", "นัก|เร็จ|คัญ|หรับ|เนา|รวจ|โรง|ราญ|รอง"),
    ("ก", "หนด|กับ|ลัง|แพง|ไร|เนิด|ชับ|จัด"),
    ("ต", "แหน่ง|บล|รวจ|รา"),
    ("จ", "นวน|เป็น|กัด|แนก|หน่าย|ลอง"),
    ("อ", "เภอ|นวย|นาจ"),
    ("ช", "นาญ|ระ|รุด"),
    ("ค", "สั่ง|นวณ|แนะน|ถาม|ตอบ|รับรอง|นิยาม|อธิบาย|เขื่อน"),
    ("ล", "ดับ|พูน|ปาง|ภู"),
    ("บ", "รุง|เพ็ญ|บัด|นาญ|เหน็จ"),
    ("ท", "ให้|เนียบ|หน้าที่|บุญ|ความ"),
    *((stem, "") for stem in ("แกนน", "แนะน", "ผู้น", "ประจ", "จัดท", "กระท", "น้", "ต่")),
)
_LOST_RING = re.compile("|".join(f"(?<={before}) {_AA}(?={after})" for before, after in _RINGLESS))
_RANK = {**dict.fromkeys("\u0e48\u0e49\u0e4a\u0e4b", 1), "\u0e4c": 2, "\u0e4e": 3}


def is_thai(ch: str) -> bool:
    """Whether the character belongs to the Thai block, digits and signs included."""
    return "\u0e01" <= ch <= "\u0e5b"


def to_arabic(s: str) -> str:
    """Thai digits to Arabic ones, character by character, since both mix inside one number."""
    return s.translate(_TO_ARABIC)


def normalise(s: str) -> str:
    """The text with one code point order and single blanks; spelling, digits and quotes stay as printed.

    Idempotent.  Line feeds, tabs, no-break and zero-width blanks become one blank; the ends are bare.
    """
    for _ in range(8):
        once = _normalise_once(s)
        if once == s:
            break
        s = once
    return s


def _normalise_once(s: str) -> str:
    s = re.sub(" {2,}", " ", s.translate(_TABLE)).strip(" ").replace("เเ", "แ")
    s = _BLANK_BEFORE_MARK.sub("", s)
    s = _SPLIT_AM.sub(rf"\1\2{_AM}", s)
    s = _TONE_AFTER_AM.sub(lambda m: m[1].replace(_AM, "") + _AM, s)
    s = _LOST_RING.sub(_AM, s)
    return _MARK_RUN.sub(lambda m: _order_marks(m[0]), s)


def _order_marks(run: str) -> str:
    """Marks of one letter in their order, each once; of two tones the first, since a syllable has but one."""
    out: list[str] = []
    for mark in dict.fromkeys(run):
        if _RANK.get(mark) != 1 or not any(_RANK.get(m) == 1 for m in out):
            out.append(mark)
    return "".join(sorted(out, key=lambda c: _RANK.get(c, 0)))


_LEADER = ".…‥·_•"
# After an abbreviation such as พ.ศ one dot of the run is its own.
_LEADER_RUN = re.compile(rf"(?P<abbr>(?<=\.[ก-ฮ])\. ?)?(?:[{_LEADER}](?: ?[{_LEADER}])+|[…‥])")
_ABBREVIATION = re.compile(r"(?:^|[ (])(?:เ?[ก-ฮ]{1,4}[ิี]?\.)+$")
_EDGE = " .…‥·_•-–—"


def strip_leaders(s: str) -> str:
    """The text without dotted leaders and the dashes that fill them; ``....-....`` gives an empty text.

    A single point inside a figure stays, and so do abbreviations (``พ.ศ.``, ``ต.ค.``, ``ดร.``).
    """
    s = _LEADER_RUN.sub(lambda m: ". " if m["abbr"] else " ", normalise(s))
    s = normalise(s).lstrip(_EDGE)
    while s and s[-1] in _EDGE and not _ABBREVIATION.search(s):
        s = s[:-1]
    return s


def squeeze(s: str) -> str:
    """For comparing labels: normalised, Arabic digits, no leaders (runs of dots) and no blanks at all."""
    s = _LEADER_RUN.sub(lambda m: "." if m["abbr"] else "", normalise(s))
    return to_arabic(normalise(s.replace(" ", ""))).replace(" ", "")


def clusters(s: str) -> list[str]:
    """Grapheme clusters: a base with its marks; sara am belongs to the base before it, as in ``กำ``.

    Joined they give ``s`` again.  A mark without a base stands alone.
    """
    out: list[str] = []
    for ch in s:
        joins = ch == _AM or ch in MARKS or unicodedata.category(ch) == "Mn"
        if joins and out and not out[-1].isspace() and out[-1][-1] not in "เแโใไ":
            out[-1] += ch
        else:
            out.append(ch)
    return out


_MARK = f"[{MARKS}]"
_THAI_LETTER = re.compile("[\u0e01-\u0e4e]")
_FOREIGN = re.compile("[\u00a1-\u00a8\u00aa\u00ac\u00ae-\u00b6\u00b8-\u02ff]")
_LOST = re.compile("[\ue000-\uf6ff\uf71b-\uf8ff\ufffd]")
_ORPHAN = re.compile(f"(?:^|[^{CONSONANTS}{MARKS}]){_MARK}")
_OPEN_A = re.compile(f"\u0e31{_MARK}*(?: |$)")
_LONE = re.compile(f"[{CONSONANTS}เแโใไะา]{_MARK}*")
_BLANK_AA = re.compile(f"(?<=[{CONSONANTS}{MARKS}]) +[าำะ]")


def rot_score(s: str) -> float:
    """0 for sound text to 1 for a text layer that says nothing; from about 0.15 the image should be read.

    Signs, each a share of the letters it could spoil: Latin-1 and phonetic letters, private-use codes
    and replacement characters, marks without a base, blanks before า and between single Thai letters,
    far too many or no sara am, no marks at all.  ASCII text alone scores 0.
    """
    letters = sum(1 for ch in s if not ch.isspace())
    if not letters:
        return 0.0
    thai = len(_THAI_LETTER.findall(s))
    shares = [4 * len(_FOREIGN.findall(s)) / letters, 10 * len(_LOST.findall(s)) / letters]
    if thai:
        shares += _thai_signs(s, thai)
    return 1.0 - prod(1.0 - min(1.0, max(0.0, share)) for share in shares)


def _thai_signs(s: str, thai: int) -> list[float]:
    tokens = [t for t in s.split() if _THAI_LETTER.search(t) and t not in ("ณ", "ๆ", "ฯ")]
    lone = sum(1 for t in tokens if _LONE.fullmatch(t))
    blank_aa, aa, am = len(_BLANK_AA.findall(s)), s.count("า"), s.count("ำ") + s.count("\u0e4d")
    marks = sum(1 for ch in s if ch in MARKS)
    return [
        # A typist's single slip is no rot.
        10 * max(0, len(_ORPHAN.findall(s)) - 1) / thai,
        # Mai han akat needs a consonant after it: at a word's end it slid behind its base (บนั ทกึ).
        10 * len(_OPEN_A.findall(s)) / thai,
        2 * (lone / len(tokens) - 0.1) if len(tokens) >= 5 else 0.0,
        blank_aa / (blank_aa + am) if blank_aa else 0.0,
        # In running text one า or ำ in seven is a sara am.
        1.0 if aa + am >= 5 and am > 0.7 * (aa + am) else 0.0,
        0.5 if aa >= 80 and not am else 0.0,
        1.0 if thai >= 40 and marks < 0.03 * thai else 0.0,
    ]
