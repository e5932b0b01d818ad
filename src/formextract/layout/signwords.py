"""What a line of a signature block is: name in brackets, position, role, date."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from formextract.layout.leaders import strip_leader_glyphs
from formextract.model import TextLine
from formextract.thai.match import find_all

Part = Literal["name", "position", "role", "date", "end", "other"]
"""``end``: a line that begins something else; ``other``: cannot be told from the words alone."""


@dataclass(frozen=True, slots=True)
class SignatureWords:
    """Printed words of signature blocks, matched with few errors.

    The defaults stand in the PA 1 forms, the three MOU templates and announcements.
    """

    anchors: tuple[str, ...] = ("ลงชื่อ",)
    """Words in front of the line to sign on."""
    roles: tuple[str, ...] = (
        "ผู้ให้ข้อตกลง",
        "ผู้รับข้อตกลง",
        "ผู้จัดทำข้อตกลง",
        "ผู้บังคับบัญชา",
        "ผู้ประเมิน",
        "ผู้นิเทศ",
        "ผู้รับการนิเทศ",
        "ผู้รายงาน",
        "ผู้รับรอง",
        "พยาน",
        "สถานศึกษาแกนนำ",
        "สถานศึกษาร่วมพัฒนา",
    )
    """Beginnings of what somebody signs as."""
    positions: tuple[str, ...] = (
        "ตำแหน่ง",
        "ผู้อำนวยการ",
        "รองผู้อำนวยการ",
        "ผู้อำนวยสำนักงาน",
        "ผู้บริหารสถานศึกษา",
        "เลขาธิการ",
        "ศึกษานิเทศก์",
        "ศึกษาธิการ",
        "ปลัดกระทรวง",
        "รัฐมนตรี",
        "ประธาน",
        "รักษาการ",
        "รักษาราชการ",
        "ปฏิบัติหน้าที่",
        "ปฏิบัติราชการ",
        "หัวหน้า",
        "ครู",
    )
    """Beginnings of positions."""
    dates: tuple[str, ...] = ("วันที่", "ณ วันที่", "เมื่อวันที่", "วัน/เดือน/ปี")
    """Beginnings of dates."""
    ends: tuple[str, ...] = ("ความเห็น", "ส่วนที่", "หมายเหตุ", "บันทึกข้อตกลง", "(ร่าง)", "เอกสารหมายเลข", "ลงชื่อ")
    """Beginnings of what stands under a block without belonging to it."""


_BRACKETED = re.compile(r"^[(\[{][^()\[\]{}]*[)\]}]? *$")
_LOST_OPENING = re.compile(r"^[^()]+\)$")
_TITLE = re.compile(
    r"^[(\[{ ]*(?:นาย|นาง(?:สาว)?|น\. ?ส\.|ดร\.|ว่าที่|ผศ\.|รศ\.|ศ\.|ม\. ?[ลร]\.|"
    r"(?:พล|พัน|ร้อย|สิบ|จ่า)[ก-๎]{1,5}|[พรจส]\.[อทตส]\.)"
)
_SLASHED = re.compile(r"^[^/()]{0,25}/[^/()]{0,25}/[^/()]{0,25}$")
_DAY = re.compile(r"^[0-9๐-๙]{1,2} *[ก-๎.]{3,10} *(?:พ\.? ?ศ\.? *)?[0-9๐-๙]{2,4}$")
_ITEM = re.compile(r"^(?:[0-9๐-๙]{1,2} ?(?:[.)]|\.[0-9๐-๙])|\( *[/✓✔xX]? *\) *[^ )]|ข้อ ?[0-9๐-๙])")


def begins_with(text: str, words: Sequence[str]) -> bool:
    """Whether the text begins with one of the words, one edit in five letters allowed."""
    for word in words:
        if text.startswith(word):
            return True
        if len(word) >= 5 and any(h.start <= 1 for h in find_all(word, text[: len(word) + 3], 0.2)):
            return True
    return False


def first_word(text: str, words: Sequence[str], start: int) -> int | None:
    """Character index at or behind ``start`` where one of the words first occurs; None if nowhere."""
    hits = [hit.start for word in words for hit in find_all(word, text[start:], 0.2)]
    return start + min(hits) if hits else None


def is_name(text: str) -> bool:
    """Whether the text is a name in brackets, or the brackets of one to be filled in.

    ``(  ) เห็นชอบ`` is a choice to tick, not a name; a lost opening bracket is forgiven before a title.
    """
    text = text.strip()
    if _BRACKETED.match(text):
        inside = text.strip("([{)]} ")
        return not inside.isdigit() and inside not in ("ต่อ", "ร่าง", "ทุกสังกัด")
    return bool(_LOST_OPENING.match(text) and _TITLE.match(text))


def has_title(text: str) -> bool:
    """Whether the text begins with a title of a person, brackets apart."""
    return _TITLE.match(text.strip()) is not None


def part_named(line: TextLine, words: SignatureWords) -> Part:
    """Which part of a signature block the words of a line say it is."""
    text = line.text.strip()
    if is_name(text):
        return "name"
    bare_line = strip_leader_glyphs(line)
    bare = bare_line.text.strip() if bare_line else ""
    if _SLASHED.match(text) or _SLASHED.match(bare) or _DAY.match(bare) or begins_with(text, words.dates):
        return "date"
    if begins_with(text, words.ends) or _ITEM.match(text):
        return "end"
    if begins_with(text, words.positions):
        return "position"
    if begins_with(text, words.roles):
        return "role"
    return "other"
