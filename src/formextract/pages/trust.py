"""How far a page's text layer may be believed.

A page is believed whole or not at all: where its text layer falls short anywhere, the page is
read as an image.  That holds for pages with vector text beside pictures too: small emblems and
signatures change nothing, but as soon as a few word-like things are in no text box (a scan with
typed additions, a table pasted as a picture, outlined text) the image is the better witness,
since it shows both.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from formextract.pages.content import Char, PageObjects
from formextract.pages.glyphs import is_blank
from formextract.pages.symbols import LOST, is_symbol_font
from formextract.thai.text import rot_score

TRUSTED = 0.9
"""Text layers with this trust or more are used."""

ROTTEN_AT = 0.15
"""The ``rot_score`` from which the image should be read (see there)."""
MOST_WORDS_WITHOUT_TEXT = 2
"""Word-like things outside all text boxes that are let pass: a signature, an emblem's legend."""

_FOREIGN = re.compile("[\u00c0-\u02ff]")
_THAI = re.compile("[\u0e01-\u0e5b]")


@dataclass(frozen=True, slots=True)
class Verdict:
    """The trust and what lowered it."""

    trust: float
    """0 to 1."""
    reasons: tuple[str, ...]
    """Stable words, the gravest first."""


def judge(
    objects: PageObjects, shown: Sequence[Char], text: str, *, patched: int, loose_words: int
) -> Verdict:
    """Weighs a page's text layer.

    ``shown`` are its visible characters, ``text`` the lines made of them, ``patched`` the number
    of characters with something painted over, ``loose_words`` the word-like things without text.
    The trust is that of the worst sign; reasons without weight are listed as well.
    """
    signs: list[tuple[float, str]] = []
    solid = [c for c in objects.chars if not is_blank(c.text)]
    seen = [c for c in shown if not is_blank(c.text)]
    if solid and not seen:
        return Verdict(0.0, ("invisible_text",))
    if len(seen) < len(solid):
        # What is hidden was left out; the page shows no less for it.
        signs.append((1.0, "hidden_text"))
    if objects.bare_values:
        signs.append((0.0, "form_values_not_drawn"))
    if patched:
        signs.append((0.2, "text_painted_over"))
    sideways = sum(not c.upright for c in seen)
    if sideways:
        signs.append((0.0 if sideways > 0.1 * len(seen) else 1.0, "sideways_text"))
    lost = [c for c in seen if LOST.search(c.text) and not is_symbol_font(c.font)]
    lost += [c for c in shown if _is_lost_mark(c)]
    if lost:
        signs.append((max(0.0, 0.8 - 2 * len(lost) / len(seen)), "font_without_mapping"))
    if _has_foreign_font(seen):
        signs.append((0.2, "font_with_wrong_mapping"))
    rot = rot_score(text)
    if rot > 0:
        signs.append((max(0.0, 1.0 - rot * (1.0 - TRUSTED) / ROTTEN_AT), "rotten_text"))
    if loose_words:
        grave = loose_words > MOST_WORDS_WITHOUT_TEXT
        signs.append((0.3 if grave else 1.0, "ink_without_text"))
    signs = [s for s in signs if s[1] != "rotten_text" or s[0] < 0.99]
    signs.sort(key=lambda s: s[0])
    return Verdict(round(min((s[0] for s in signs), default=1.0), 3), tuple(s[1] for s in signs))


def _is_lost_mark(char: Char) -> bool:
    """Whether a 'blank' is really a mark: some producers map every mark they cannot name to U+0020.

    A blank's glyph has a width in its font, even where it is drawn for nothing; a mark's has none.
    """
    return char.text in (" ", "\u00a0") and char.advance < 0.02 * char.size


def _has_foreign_font(seen: Sequence[Char]) -> bool:
    """Whether some font gives mostly accented Latin letters on a Thai page.

    Thai fonts of the Windows-874 days map their letters to Latin-1; a value typed in one of them
    is too small a part of the page for the page's own score to show it.
    """
    if not any(_THAI.search(c.text) for c in seen):
        return False
    by_font: dict[str, list[Char]] = {}
    for char in seen:
        by_font.setdefault(char.font, []).append(char)
    for font, chars in by_font.items():
        foreign = sum(1 for c in chars if _FOREIGN.search(c.text))
        if foreign >= 2 and foreign > 0.3 * len(chars) and not is_symbol_font(font):
            return True
    return False
