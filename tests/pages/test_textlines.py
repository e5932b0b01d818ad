"""Properties of line building: whatever order a producer draws in, the same text is read."""

from __future__ import annotations

import unicodedata

from hypothesis import given, settings
from hypothesis import strategies as st

from formextract.pages.content import Char
from formextract.pages.glyphs import build_clusters, drop_doubles, is_blank
from formextract.pages.symbols import symbol_text
from formextract.pages.textlines import build_lines
from formextract.thai.text import normalise

SIZE = 16.0

_cluster = st.builds(
    lambda base, vowel, tone, tail: base + vowel + tone + tail,
    st.sampled_from("กขคงจชดตนบปพมยรลวสหอ"),
    st.sampled_from(["", "ิ", "ี", "ึ", "ื", "ุ", "ู", "ั"]),
    st.sampled_from(["", "่", "้", "๊", "๋"]),
    st.sampled_from(["", "", "า"]),
)
_am = st.builds(lambda base, tone: base + tone + "ำ", st.sampled_from("กจทนส"), st.sampled_from(["", "้", "่"]))
_word = st.lists(st.one_of(_cluster, _am, st.sampled_from("เแโใไ๐๑๒๓๔๕๖๗๘๙")), min_size=1, max_size=8).map(
    "".join
)
_text = st.lists(_word, min_size=1, max_size=5).map(" ".join).map(normalise)


def _draw(text: str, *, split_am: bool, y: float = 100.0) -> list[Char]:
    """The text as a producer draws it: marks without width at the right edge of their letter."""
    chars: list[Char] = []
    x = 50.0
    for ch in text:
        parts = ("\u0e4d", "\u0e32") if ch == "ำ" and split_am else (ch,)
        for part in parts:
            width = 0.0 if unicodedata.category(part) == "Mn" else 4.0 if part == " " else 8.0
            chars.append(Char(part, x, y, width, SIZE, "F", len(chars), False, True, False))
            x += width
    return chars


def _read(chars: list[Char]) -> list[str]:
    chars = drop_doubles(chars)
    blanks = [c for c in chars if is_blank(c.text)]
    return [line.text for line in build_lines(build_clusters(chars), blanks, [], trailing_known=True)]


@given(_text, st.booleans())
@settings(deadline=None)
def test_drawn_text_is_read_back(text: str, split_am: bool) -> None:
    assert _read(_draw(text, split_am=split_am)) == [text]


@given(_text, st.randoms(use_true_random=False))
@settings(deadline=None)
def test_order_of_words_in_the_file_does_not_matter(text: str, random: object) -> None:
    words: list[list[Char]] = [[]]
    for char in _draw(text, split_am=False):
        if char.text == " ":
            words.append([])
        words[-1].append(char)
    random.shuffle(words)  # type: ignore[attr-defined]
    mixed = [c for word in words for c in word]
    renumbered = [
        Char(c.text, c.x, c.y, c.advance, c.size, c.font, i, False, True, False) for i, c in enumerate(mixed)
    ]
    assert _read(renumbered) == [text]


@given(
    st.lists(
        st.tuples(st.characters(), st.floats(0, 600), st.floats(0, 800), st.floats(0, 30), st.floats(3, 40)),
        max_size=30,
    )
)
@settings(deadline=None)
def test_any_characters_anywhere_give_lines_or_nothing(
    raw: list[tuple[str, float, float, float, float]],
) -> None:
    chars = [Char(t, x, y, w, s, "F", i, False, True, False) for i, (t, x, y, w, s) in enumerate(raw)]
    blanks = [c for c in chars if is_blank(c.text)]
    for line in build_lines(build_clusters(chars), blanks, [], trailing_known=False):
        assert line.glyphs and line.text == normalise(line.text)
        assert line.box.x0 <= line.box.x1


def test_wingdings_boxes_get_their_meaning() -> None:
    assert symbol_text("ABCDEF+Wingdings", "\uf0fe", 1) == "☑"
    assert symbol_text("Wingdings-Regular", "\uf0a8", 1) == "☐"
    assert symbol_text("Wingdings", "¨", 0xA8) == "☐"
    assert symbol_text("Wingdings2", "\uf052", 1) == "☑"
    assert symbol_text("Symbol", "\uf0b7", 1) == "•"
    assert symbol_text("THSarabunNew", "\uf0fe", 1) is None
