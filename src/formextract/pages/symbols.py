"""Characters of symbol fonts, whose codes mean nothing outside the font."""

from __future__ import annotations

import re

SYMBOL_FONT = re.compile(r"wingdings|webdings|symbol|dingbats|marlett|awesome", re.IGNORECASE)

LOST = re.compile("[\ue000-\uf6ff\uf71b-\uf8ff\ufffd\x00-\x08\x0e-\x1f]")
"""Code points that name no character: private use (but for the Thai glyph codes of
``thai.text.normalise``), the replacement character, control codes."""

_WINGDINGS = {
    0x6C: "●", 0x6D: "❍", 0x6E: "■", 0x6F: "☐", 0x70: "☐", 0x71: "☐", 0x72: "☐", 0x75: "◆", 0x76: "❖",
    0x9E: "·", 0x9F: "•", 0xA1: "○", 0xA7: "▪", 0xA8: "☐", 0xB7: "•", 0xD8: "➢", 0xE0: "→", 0xF0: "→",
    0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑", 0x20: " ",
}  # fmt: skip
"""The codes that Thai office documents use for bullets and tick boxes (Microsoft Wingdings chart)."""
_WINGDINGS2 = {
    0x4F: "✗", 0x50: "✓", 0x51: "☒", 0x52: "☑", 0x53: "☒", 0x54: "☒", 0x97: "●", 0x99: "○", 0xA3: "☐",
    0x20: " ",
}  # fmt: skip
_SYMBOL = {0xB7: "•", 0xA8: "♦", 0x20: " ", 0xB0: "°", 0xB4: "×", 0xD6: "√"}


def is_symbol_font(name: str) -> bool:
    """Whether the font holds pictures instead of letters, going by its name."""
    return SYMBOL_FONT.search(name) is not None


def symbol_text(name: str, text: str, code: int) -> str | None:
    """The Unicode character for a glyph of a symbol font; None for fonts of letters and unknown glyphs.

    ``text`` is what the font's own mapping gives, ``code`` its character code; Word maps such
    glyphs to U+F000 plus the code.
    """
    if not is_symbol_font(name) or len(text) != 1:
        return None
    point = ord(text)
    if point >= 0x2000 and not 0xE000 <= point <= 0xF8FF and point != 0xFFFD:
        return text  # mapped to a real symbol
    key = point & 0xFF if 0xF000 <= point <= 0xF0FF else code
    flat = name.casefold().replace(" ", "").replace("-", "")
    table = _WINGDINGS2 if "wingdings2" in flat else _WINGDINGS if "dings" in flat else _SYMBOL
    return table.get(key)
