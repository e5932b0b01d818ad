"""A run of lines as one text in which every character knows where on paper it stands.

Labels are looked for in the *squeezed* text (no blanks, no dots, Arabic digits), because
blanks, leaders and line breaks fall anywhere on real forms; values are taken from the text
as read.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from formextract.layout.leaders import leader_spans
from formextract.model import Box, Glyph, Method, TextLine, union_of
from formextract.thai.digits import to_arabic

_DROPPED = frozenset(" \n.…‥·_\u200b☐☑☒□■✓✔✗✘○●")


def squeeze_label(text: str) -> str:
    """A label as it is compared: Arabic digits, no blanks, dots, leaders or box signs.

    Each character stays or goes by itself, so that a place in the result is a place in the text;
    ``thai.text.squeeze`` and ``registry.squeeze`` also mend letters, which moves them.
    """
    return "".join(c for c in to_arabic(text) if c not in _DROPPED)


@dataclass(frozen=True, slots=True)
class PlacedLine:
    """A line and the page it stands on."""

    page: int
    """1-based page in the file."""
    line: TextLine
    """The line, upright frame of its page."""


@dataclass(frozen=True, slots=True)
class Span:
    """A piece ``[start, end)`` of a stream's text."""

    stream: Stream
    start: int
    """0-based index of the first character in ``stream.text``."""
    end: int
    """Index after the last character."""

    @property
    def raw(self) -> str:
        """The characters as read, line breaks as line feeds."""
        return self.stream.text[self.start : self.end]

    def __bool__(self) -> bool:
        return self.end > self.start

    def sub(self, start: int, end: int) -> Span:
        """A part, with indexes relative to this span."""
        return Span(self.stream, self.start + start, min(self.end, self.start + end))

    def glyphs(self) -> list[tuple[int, Glyph]]:
        """The glyphs touched, each with its line's index in the stream, each once."""
        seen: list[tuple[int, Glyph]] = []
        last = (-1, -1)
        for place in self.stream.places[self.start : self.end]:
            if place is None or place == last:
                continue
            last = place
            seen.append((place[0], self.stream.lines[place[0]].line.glyphs[place[1]]))
        return seen

    def trimmed(self, extra: str = ":;,") -> Span:
        """Without blanks, leaders and stray punctuation at both ends."""
        a, b = self.start, self.end
        text, lead = self.stream.text, self.stream.leader
        while a < b and (text[a] in " \n" or text[a] in extra or lead[a]):
            a += 1
        while b > a and (text[b - 1] in " \n" or text[b - 1] in extra or lead[b - 1]):
            b -= 1
        return Span(self.stream, a, b)

    def parts(self) -> list[str]:
        """The text of each line without leaders, empty lines left out."""
        out: list[str] = []
        piece: list[str] = []
        for i in range(self.start, self.end):
            c = self.stream.text[i]
            if c == "\n":
                out.append("".join(piece))
                piece = []
            elif self.stream.leader[i]:
                piece.append(" ")
            else:
                piece.append(c)
        out.append("".join(piece))
        return [" ".join(p.split()) for p in out if p.strip()]

    def joined(self) -> str:
        """The parts as one text: a blank at a break only where one was printed or must be.

        Thai breaks lines inside words and sentences alike.  A text layer shows whether a
        blank stood before the break; in a scan none is assumed between Thai letters.
        """
        text = ""
        for i in range(self.start, self.end):
            c = self.stream.text[i]
            if c == "\n":
                place = self._line_before(i)
                blank = self.stream.lines[place].line.wraps_with_blank if place is not None else None
                nxt = self.stream.text[i + 1] if i + 1 < self.end else ""
                prev = text.rstrip()[-1:]
                if blank or (blank is None and not (_thai(prev) and _thai(nxt))):
                    text += " "
            elif self.stream.leader[i]:
                text += " "
            else:
                text += c
        return " ".join(text.split())

    def blanks_known(self) -> bool:
        """Whether no break of the span hides if a blank was printed there."""
        for i in range(self.start, self.end):
            if self.stream.text[i] == "\n":
                n = self._line_before(i)
                if n is None or self.stream.lines[n].line.wraps_with_blank is None:
                    return False
        return True

    def _line_before(self, i: int) -> int | None:
        for j in range(i - 1, -1, -1):
            place = self.stream.places[j]
            if place is not None:
                return place[0]
        return None

    def page(self) -> int:
        """Page of the first character; the stream's first page for an empty span."""
        for place in self.stream.places[self.start : self.end]:
            if place is not None:
                return self.stream.lines[place[0]].page
        return self.stream.page_at(self.start)

    def box(self) -> Box:
        """Hull of the glyphs on the first page, leaders and blanks left out where possible."""
        page = self.page()
        boxes: list[Box] = []
        spare: list[Box] = []
        last = (-1, -1)
        for i in range(self.start, self.end):
            place = self.stream.places[i]
            if place is None or place == last or self.stream.lines[place[0]].page != page:
                continue
            last = place
            glyph = self.stream.lines[place[0]].line.glyphs[place[1]]
            (spare if glyph.text == " " or self.stream.leader[i] else boxes).append(glyph.box)
        return union_of(boxes or spare or [self.stream.box_at(self.start)])

    def method(self) -> Method:
        """How the first glyph was read."""
        for place in self.stream.places[self.start : self.end]:
            if place is not None:
                return self.stream.lines[place[0]].line.method
        return self.stream.lines[0].line.method if self.stream.lines else "ocr"

    def scores(self) -> list[float]:
        """Reader's scores of the glyphs that are neither blanks nor leaders."""
        return [g.confidence for g in self._ink()]

    def agreements(self) -> list[bool | None]:
        """Whether the second reader agreed, for the same glyphs as ``scores``."""
        return [g.agreed for g in self._ink()]

    def _ink(self) -> list[Glyph]:
        out: list[Glyph] = []
        last = (-1, -1)
        for i in range(self.start, self.end):
            place = self.stream.places[i]
            if place is None or place == last or self.stream.leader[i]:
                continue
            last = place
            glyph = self.stream.lines[place[0]].line.glyphs[place[1]]
            if glyph.text != " ":
                out.append(glyph)
        return out


def _thai(ch: str) -> bool:
    return "\u0e01" <= ch <= "\u0e4f"


class Stream:
    """Lines in reading order as one text; immutable after construction."""

    def __init__(self, lines: Iterable[PlacedLine]) -> None:
        self.lines: tuple[PlacedLine, ...] = tuple(lines)
        text: list[str] = []
        places: list[tuple[int, int] | None] = []
        leader: list[bool] = []
        starts: list[int] = []
        for n, placed in enumerate(self.lines):
            if n:
                text.append("\n")
                places.append(None)
                leader.append(False)
            starts.append(len(text))
            dotted: set[int] = set()
            for a, b in leader_spans(placed.line):
                dotted.update(range(a, b))
            for k, glyph in enumerate(placed.line.glyphs):
                for c in glyph.text:
                    text.append(c)
                    places.append((n, k))
                    leader.append(k in dotted)
        self.text = "".join(text)
        self.places: Sequence[tuple[int, int] | None] = places
        self.leader: Sequence[bool] = leader
        self.line_starts: tuple[int, ...] = tuple(starts)

    @cached_property
    def _squeezed(self) -> tuple[str, list[int]]:
        chars: list[str] = []
        index: list[int] = []
        for i, c in enumerate(to_arabic(self.text)):
            if c in _DROPPED or self.leader[i]:
                continue
            chars.append(c)
            index.append(i)
        return "".join(chars), index

    @property
    def squeezed(self) -> str:
        """The text for label search."""
        return self._squeezed[0]

    def unsqueeze(self, start: int, end: int) -> tuple[int, int]:
        """A range of ``squeezed`` as a range of ``text``."""
        index = self._squeezed[1]
        if start >= len(index):
            return len(self.text), len(self.text)
        if end <= start:
            return index[start], index[start]
        return index[start], index[end - 1] + 1

    def squeezed_at(self, i: int) -> int:
        """The first index of ``squeezed`` whose character stands at or after text index ``i``."""
        index = self._squeezed[1]
        lo, hi = 0, len(index)
        while lo < hi:
            mid = (lo + hi) // 2
            if index[mid] < i:
                lo = mid + 1
            else:
                hi = mid
        return lo

    def span(self, start: int, end: int) -> Span:
        """A piece of the text."""
        return Span(self, max(0, start), min(len(self.text), end))

    def whole(self) -> Span:
        """All of it."""
        return Span(self, 0, len(self.text))

    def line_of(self, i: int) -> int:
        """Index of the line that holds text index ``i`` (the line before, for a break)."""
        lo, hi = 0, len(self.line_starts)
        while hi - lo > 1:
            mid = (lo + hi) // 2
            if self.line_starts[mid] <= i:
                lo = mid
            else:
                hi = mid
        return lo

    def line_span(self, n: int) -> Span:
        """All of line ``n``."""
        end = self.line_starts[n + 1] - 1 if n + 1 < len(self.lines) else len(self.text)
        return Span(self, self.line_starts[n], end)

    def page_at(self, i: int) -> int:
        """Page of the line that holds text index ``i``; 1 for an empty stream."""
        return self.lines[self.line_of(i)].page if self.lines else 1

    def box_at(self, i: int) -> Box:
        """Box of the line that holds text index ``i``."""
        return self.lines[self.line_of(i)].line.box if self.lines else Box(0, 0, 0, 0)

    def at_token_start(self, i: int) -> bool:
        """Whether a blank, a break, a leader or the beginning stands before text index ``i``."""
        return i == 0 or self.text[i - 1] in " \n:()☐☑□" or self.leader[i - 1]

    def at_line_start(self, i: int) -> bool:
        """Whether nothing but blanks, box signs or numbering stands before ``i`` on its line."""
        head = self.text[self.line_starts[self.line_of(i)] : i]
        return not any(c.isalpha() for c in head) and len(head.strip()) <= 5
