"""What kind of value stands at a path, and reading what a clerk types for it."""

from __future__ import annotations

import re
from typing import Any, Literal

from formextract.errors import UsageError
from formextract.recordpath import shape
from formextract.thai.dates import parse_date, parse_year_be
from formextract.thai.digits import number_word, parse_decimal, parse_hours, parse_int
from formextract.thai.money import parse_baht
from formextract.thai.text import normalise, to_arabic

ValueKind = Literal["text", "integer", "hours", "baht", "decimal", "date", "year", "yes_no", "rank"]

_BY_LEAF: dict[str, ValueKind] = {
    "checked": "yes_no",
    "approved": "yes_no",
    "full_time": "yes_no",
    "legal_binding": "yes_no",
    "uncertain": "yes_no",
    "hours": "hours",
    "min_teaching_hours": "hours",
    "salary_baht": "baht",
    "budget_baht": "baht",
    "salary_rank": "rank",
    "score": "decimal",
    "target_percent": "decimal",
    "seq": "integer",
    "lead_no": "integer",
    "codev_no": "integer",
    "round_no": "integer",
    "copies": "integer",
    "rank": "integer",
}
_RANK = re.compile(r"(?:อันดับ)?(?:ค\.?ศ\.?)?([1-5])")
_YES = {"ใช่", "จริง", "ทำเครื่องหมาย", "yes", "y", "true", "1", "✓", "/"}
_NO = {"ไม่ใช่", "ไม่", "ว่าง", "no", "n", "false", "0", "-"}
_MAX_TEXT = 8000


class BadDecision(UsageError):
    """What a clerk asked for cannot be done; ``message_th`` says why in Thai."""

    def __init__(self, message: str, message_th: str, *, code: str = "bad_decision") -> None:
        super().__init__(message, code=code)
        self.message_th = message_th


def kind_of(path: str, value: Any = None) -> ValueKind:
    """The kind of value at a path; ``value``, where there is one, tells numbers from text."""
    plain = shape(path)
    leaf = plain.rpartition(".")[2]
    if leaf in _BY_LEAF:
        return _BY_LEAF[leaf]
    if leaf.endswith("_be"):
        return "year"
    if leaf == "date" or leaf.endswith("_date") or plain in ("period.start", "period.end"):
        return "date"
    if leaf.endswith("_days") or leaf.startswith("n_"):
        return "integer"
    if isinstance(value, bool):
        return "yes_no"
    if isinstance(value, int):
        return "integer"
    return "decimal" if isinstance(value, float) else "text"


def parse_value(path: str, typed: str, current: Any = None) -> Any:
    """The record's value for what a clerk typed; None for an empty entry (nothing is printed).

    Thai digits, Thai dates and BE or CE years are taken; BadDecision if the text is no such value.
    ``current`` is the value so far, see ``kind_of``.
    """
    text = normalise(typed)
    if len(text) > _MAX_TEXT:
        raise BadDecision("the text is too long", "ข้อความยาวเกินไป", code="bad_value")
    if not text:
        return None
    kind = kind_of(path, current)
    if kind == "text":
        return text
    if kind in ("integer", "hours", "baht", "decimal") and text[0] in "-−–":
        # Forms fill leaders with dashes and the readers of figures drop them; a clerk's minus is a slip.
        raise BadDecision(f"this is no {kind}", WANTED_TH[kind], code="bad_value")
    value: Any = None
    if kind == "integer":
        value = parse_int(text)
        value = number_word(text) if value is None else value
    elif kind == "hours":
        value = parse_hours(text)
    elif kind == "baht":
        baht = parse_baht(text)
        value = baht if isinstance(baht, int) else None if baht is None else str(baht)
    elif kind == "decimal":
        number = parse_decimal(text.removesuffix("%"))
        if number is not None:
            # Exact decimals are strings in a record; a percentage that was a number stays one.
            as_number = shape(path).endswith("target_percent")
            value = (int(number) if number % 1 == 0 else float(number)) if as_number else str(number)
    elif kind == "date":
        day = parse_date(text)
        value = day.iso() if day is not None else None
    elif kind == "year":
        value = parse_year_be(text)
    elif kind == "yes_no":
        word = to_arabic(text).lower()
        value = True if word in _YES else False if word in _NO else None
    elif kind == "rank":
        rank = _RANK.fullmatch(to_arabic(text).replace(" ", ""))
        value = f"คศ.{rank[1]}" if rank else None
    if value is None:
        raise BadDecision(f"this is no {kind}", WANTED_TH[kind], code="bad_value")
    return value


WANTED_TH: dict[ValueKind, str] = {
    "text": "พิมพ์ข้อความตามที่เห็น",
    "integer": "พิมพ์เป็นจำนวนเต็ม เช่น 3",
    "hours": "พิมพ์เป็นชั่วโมง เช่น 6 หรือ 6.5",
    "baht": "พิมพ์เป็นจำนวนเงิน เช่น 42,520",
    "decimal": "พิมพ์เป็นตัวเลข เช่น 80 หรือ 4.88220",
    "date": "พิมพ์เป็นวันที่ เช่น 1 ต.ค. 2567 หรือ 1/10/2567",
    "year": "พิมพ์ปี พ.ศ. สี่หลัก เช่น 2568",
    "yes_no": "ตอบ ใช่ หรือ ไม่ใช่",
    "rank": "พิมพ์อันดับ เช่น คศ.3",
}
"""What to type, by kind."""
