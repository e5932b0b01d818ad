"""Squeezing a printed Thai name to the letters that tell it from another.

What is taken away never carries identity in the registry: blanks, quotation marks, brackets, full
stops, hyphens.  What is unified is the same letter in another dress: Thai and Arabic digits,
``เ`` + ``เ`` for ``แ``, a decomposed sara am, a mark printed twice.  No spelling is corrected:
official names look wrong often enough (วัดจรเข้ใหญ่, ฤทธิณรงค์รอน).
"""

from __future__ import annotations

import re

from formextract.thai.text import MARKS, normalise, to_arabic

ABBREVIATION = "ฯ"
"""Stands for letters left out, as many as there are."""
TONES = "\u0e48\u0e49\u0e4a\u0e4b"
"""่ ้ ๊ ๋"""

_LOOKALIKE = str.maketrans({"o": "0", "O": "0", "l": "1", "I": "1", "|": "1"})
_GONE = re.compile(r"[\s\"'“”„‟‘’´`″′().\[\]{}（）,:;*_\-\u2010-\u2015]+")
_BROKEN_AM = re.compile("(?<=[\u0e01-\u0e2e]) \u0e32")
_LATIN_DIGITS = re.compile(r"(?<![A-Za-z])[0-9oOlI|]+(?![A-Za-z])")
_MARKS_ONLY = re.compile(f"[{MARKS}]")


def tidy_name(text: str) -> str:
    """One printed name on one line with single blanks, Arabic digits and whole letters.

    Beyond ``thai.text.normalise`` it mends a sara am that lost its ring behind a blank (``ส าโรง``:
    no Thai word begins with า) and Latin o and l inside numbers (``8o``).
    """
    text = to_arabic(_BROKEN_AM.sub("\u0e33", normalise(text)))
    if any(c in text for c in "oOlI|"):
        text = _LATIN_DIGITS.sub(lambda m: m.group().translate(_LOOKALIKE), text)
    return text


def squeeze(text: str) -> str:
    """The letters and digits of a tidied name without blanks, quotes, brackets and points."""
    return _GONE.sub("", text)


def strip_marks(key: str) -> str:
    """A squeezed key without the signs above and below the letters; ำ counts as า."""
    return _MARKS_ONLY.sub("", key).replace("\u0e33", "\u0e32")


_CLASS = {
    member: group[0]
    for group in ("ดตคศ", "บปนมฆ", "ขชซ", "พฟผฝฬ", "ถภก", "ฎฏ", "ลส", "อฮ", "ธร", "ใไ", "เแ")
    for member in group
}
_TO_CLASS = str.maketrans(_CLASS)


def skeleton(key: str) -> str:
    """The key with marks off and letters of like print made one: names alike here are easily misread."""
    return strip_marks(key).translate(_TO_CLASS)


def mark_profile(key: str) -> str:
    """The marks of a key in sorted order; ำ counts as the mark ํ on า."""
    return "".join(sorted(_MARKS_ONLY.findall(key) + ["\u0e4d"] * key.count("\u0e33")))


def count_letters(key: str) -> int:
    """Letters of a squeezed key that stand on the line (base letters, vowels, digits)."""
    return len(strip_marks(key))
