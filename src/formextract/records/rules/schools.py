"""Comparing printed school names and finding them in running text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from rapidfuzz.distance import Levenshtein

from formextract.thai.names import core_name, suffix
from formextract.thai.text import squeeze

# A school's name begins with one of these or ends with one of those; โรงเรียน alone is a common noun.
_BEGINS = (
    "บ้าน|วัด(?!ผล|และ|ความ|ประเมิน|ระดับ)|อนุบาล|ชุมชนวัด|ชุมชนบ้าน|มัธยมวัด|สุเหร่า|นิคม(?!ศึกษา)|ไทยรัฐวิทยา|บรรหารแจ่มใส"
)
_ENDS = "วิทยาคม|พิทยาคม|วิทยาคาร|พิทยาคาร|วิทยาลัย|วิทยานุกูล|วิทยา|พิทยา|ราษฎร์|อุปถัมภ์|สงเคราะห์|นุสรณ์|นุกูล"
_COMMON = (
    "มี|ได้|เป็น|จัด|และ|หรือ|โดย|ที่|ให้|ใน|ของ|ร่วม|ต้อง|สามารถ|ทุก|เพื่อ|กับ|จะ|ดำเนิน|พัฒนา|ส่งเสริม|สนับสนุน|นำ|ใช้|ผ่าน|"
    "คุณภาพ|ต้นแบบ|ขนาด|แกนนำ|ร่วมพัฒนา|เครือข่าย|การ|ไม่|ซึ่ง|ทั้ง|ตาม|อย่าง|ด้วย|จึง|อยู่|สู่|ถึง|จาก|ปลอด|สีขาว|วิถี"
)
_LETTERS = "[ก-ฮะ-ฺเ-์]"
_MENTION = re.compile(
    f"โรงเรียน(?P<name>(?:{_BEGINS}){_LETTERS}{{2,40}}|(?!{_COMMON}){_LETTERS}{{2,24}}?(?:{_ENDS}))"
)
_VERB = re.compile("(?:มี|ได้|เป็น|จัด|และ|โดย|ที่|ให้|ดำเนิน|พัฒนา|ส่งเสริม|ร่วม)")

Likeness = Literal["same", "near", "other"]


def same_school(a: str, b: str) -> bool:
    """Whether two printed names can mean one school: the same core, and suffixes equal or one left out."""
    if squeeze(core_name(a)) != squeeze(core_name(b)):
        return False
    tail_a, tail_b = (re.sub("[^0-9ก-๎]", "", squeeze(suffix(s))) for s in (a, b))
    return tail_a == tail_b or not tail_a or not tail_b


def school_key(name: str) -> str:
    """For telling equal printed names: squeezed, without prefix; quotes do not count."""
    return re.sub("[“”\"']", "", squeeze(core_name(name) + suffix(name)))


def mentions(text: str, own: str) -> Iterator[tuple[str, Likeness]]:
    """Every school named in running text with its likeness to ``own``.

    Names are followed by verbs without a blank, so only as many characters as ``own`` has are compared;
    what is given for another school may hold some letters too many.
    """
    core = squeeze(core_name(own))
    body = squeeze(text)
    if not core:
        return
    for match in re.finditer("โรงเรียน", body):
        rest = body[match.end() :]
        if rest.startswith(core):
            yield "โรงเรียน" + core, "same"
            continue
        limit = max(1, len(core) // 6) if len(core) >= 6 else 0
        sizes = range(len(core) - limit, min(len(core) + limit, len(rest)) + 1)
        heads = [(Levenshtein.distance(rest[:n], core), abs(n - len(core)), n) for n in sizes]
        edits, _, length = min(heads, default=(limit + 1, 0, 0))
        if edits <= limit:
            yield "โรงเรียน" + rest[:length], "near"
            continue
        named = _MENTION.match(body, match.start())
        if named:
            # The verb after the name is glued to it; only for showing.
            verb = _VERB.search(named[0], len("โรงเรียน") + 5)
            yield named[0][: verb.start() if verb else None], "other"
