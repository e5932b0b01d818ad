"""Values whose digits the figure reader wrote are a class of evidence of their own."""

from __future__ import annotations

from formextract.confidence import evidence_class
from formextract.mapping.found import Found, from_span
from formextract.mapping.stream import PlacedLine, Stream
from formextract.model import Box, Glyph, TextLine


def _found(text: str, by_shape: str, flags: frozenset[str] = frozenset()) -> Found:
    glyphs = tuple(
        Glyph(c, Box(10 * k, 0, 10 * k + 9, 12), 0.95, True, "figures" if c in by_shape else "")
        for k, c in enumerate(text)
    )
    stream = Stream([PlacedLine(1, TextLine(glyphs, Box(0, 0, 10 * len(text), 12), "ocr"))])
    return from_span("x", text, "integer", stream.whole(), flags=flags)


def test_all_digits_by_shape_lift_the_warning() -> None:
    f = _found("๔๙ บาท", "๔๙", frozenset({"thai_digits", "parsed"}))
    assert "figures" in f.flags and "thai_digits" not in f.flags
    assert evidence_class(f.kind, f.method, f.agreed, f.flags) == "ocr|digits|figures_agreed"
    assert evidence_class(f.kind, f.method, 0.5, f.flags) == "ocr|digits|figures"


def test_one_digit_of_the_line_reader_keeps_it() -> None:
    f = _found("๔๙ บาท", "๔", frozenset({"thai_digits", "parsed"}))
    assert "figures" not in f.flags
    assert evidence_class(f.kind, f.method, f.agreed, f.flags) == "ocr|digits|thai"


def test_no_digits_no_figures() -> None:
    assert "figures" not in _found("บาท", "").flags
