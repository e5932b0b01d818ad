"""Which characters a stock model can print, and what follows for digits."""

from __future__ import annotations

import re

from formextract.reading.engine import ReadingEngine

THAI_DIGITS = frozenset("๐๑๒๓๔๕๖๗๘๙")
WANTED = frozenset(
    {chr(c) for c in range(0x0E01, 0x0E3B)} | {chr(c) for c in range(0x0E3F, 0x0E4D)} | THAI_DIGITS | {"✓"}
)
"""What Thai forms print and a reader should be able to."""

# Measured on Debian's data, 'fast' and 'best' alike (they are one network): the unicharset of
# neither Thai model holds these.
_THAI_LACKS = frozenset("๔๖๗๘๙ฌ✓")
_LATIN = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")
_COMMON = frozenset("0123456789.,-/()“”\"':;%+&*=?![]")


def charset_of(lang: str) -> frozenset[str]:
    """Characters that Tesseract's stock models named by ``lang`` (``tha+eng``) can print."""
    parts = lang.split("+")
    out = set(_COMMON)
    if "tha" in parts or "Thai" in parts:
        out |= WANTED - _THAI_LACKS
    if "eng" in parts or "Thai" in parts:
        out |= _LATIN
    return frozenset(out)


def cannot_print(engine: ReadingEngine) -> frozenset[str]:
    """Characters of Thai forms that the engine's model does not know: ``๔๖๗๘๙ฌ✓`` for the stock data.

    Where such a character is printed, the engine gives another one, often with high confidence.
    """
    return WANTED - engine.charset


_FIGURE = re.compile(r"[0-9๐-๙]")
# What the stock models give for Thai digits that they lack, besides other digits.
_STAND_IN = re.compile(r"(?<![ก-๎])(?:[ดคตฅบนธชฑฌ๓๒๕](?![ก-๎])|[๐-๙])")


def digits_suspect(text: str, charset: frozenset[str]) -> bool:
    """Whether a line may hold Thai digits that an engine with this ``charset`` cannot print.

    True where any Thai digit was read (the others of the number may be wrong), or where a letter
    stands alone beside a figure, as the letters do that are given for digits.
    """
    if not THAI_DIGITS - charset:
        return False
    if any(ch in THAI_DIGITS for ch in text):
        return True
    return bool(_STAND_IN.search(text) and _FIGURE.search(text))
