"""Notes beside a page: which values share a note, and where the notes stand."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from formextract.mapping.found import Found
from formextract.mapping.stream import Span, Stream
from formextract.model import Box, Decision, Evidence, union_of
from formextract.recordpath import get

State = Literal["accepted", "review", "unread", "empty"]
_WORST: dict[State, int] = {"empty": 0, "accepted": 1, "review": 2, "unread": 3}
_PRINTED = frozenset({"code", "label", "no", "role", "audience"})
"""Leaves that the form prints itself: named in a note only if nothing else is in it."""


@dataclass(frozen=True, slots=True)
class ShownValue:
    """A value on a page."""

    path: str
    """Path in the record."""
    page: int
    """1-based."""
    boxes: tuple[Box, ...]
    """Upright frame, one a printed line, never empty."""
    state: State
    """What became of it."""
    value: Any
    """As the record has it."""
    printed: bool
    """Whether it stands here: not repeated from another place, nor worked out from others."""

    @property
    def box(self) -> Box:
        """Hull of its lines."""
        return union_of(self.boxes)


@dataclass(frozen=True, slots=True)
class Note:
    """One line beside the page, for one value or for several that stand together."""

    path: str
    """Path of the value, or of the item that holds them."""
    text: str
    """The values, for people."""
    state: State
    """The worst of its values' states."""
    box: Box
    """Hull of its values on this page, upright frame."""
    y: float
    """Middle of the highest of its values' first lines: where the eye begins to read, points."""


def show_values(
    found: Sequence[Found], record: Mapping[str, Any], evidence: Mapping[str, Evidence], stream: Stream
) -> list[ShownValue]:
    """The findings with what became of them: accepted, for review, unread, or an empty place."""
    out: list[ShownValue] = []
    for f in found:
        proof = evidence.get(f.path)
        state: State
        if proof is None:
            state = "empty"
        elif proof.decision is Decision.ACCEPTED:
            state = "accepted"
        else:
            state = "unread" if f.value is None else "review"
        boxes = tuple(find_lines(f, stream)) or (f.box,)
        printed = f.method != "carried_down" and f.kind not in ("derived", "constant")
        out.append(ShownValue(f.path, f.page, boxes, state, get(record, f.path), printed))
    return out


def find_lines(found: Found, stream: Stream) -> list[Box]:
    """The lines of a value that wraps, looked for by its text; empty if they cannot be told.

    A finding holds only its hull, which covers other values where it begins or ends amid a line.
    """
    if len(found.parts) < 2:
        return []
    chars = [(c, i) for i, c in enumerate(stream.text) if not c.isspace()]
    text = "".join(c for c, _ in chars)
    want = "".join(found.raw.split())
    at = text.find(want) if want else -1
    while at >= 0:
        span = Span(stream, chars[at][1], chars[at + len(want) - 1][1] + 1)
        boxes = line_boxes(span, found.page)
        if boxes and _alike(union_of(boxes), found.box):
            return boxes
        at = text.find(want, at + 1)
    return []


def _alike(a: Box, b: Box, within: float = 3.0) -> bool:
    return all(abs(x - y) <= within for x, y in zip(a.as_list(), b.as_list(), strict=True))


def line_boxes(span: Span, page: int) -> list[Box]:
    """The hull of a span's ink on each printed line of a page (1-based), leaders left out."""
    by_line: dict[int, list[Box]] = {}
    last = (-1, -1)
    for i in range(span.start, span.end):
        place = span.stream.places[i]
        if place is None or place == last or span.stream.leader[i]:
            continue
        last = place
        placed = span.stream.lines[place[0]]
        glyph = placed.line.glyphs[place[1]]
        if placed.page == page and glyph.text != " ":
            by_line.setdefault(place[0], []).append(glyph.box)
    return [union_of(boxes) for boxes in by_line.values()]


def group_notes(values: Sequence[ShownValue]) -> list[Note]:
    """One note a value; values of one list item that stand on one line share theirs."""
    groups: dict[tuple[str, int], list[ShownValue]] = {}
    for value in values:
        if not value.printed:
            continue
        parent = _parent(value.path)
        if parent is None:
            groups[(value.path, 0)] = [value]
            continue
        n = 0
        while (parent, n) in groups and not _beside(groups[(parent, n)], value):
            n += 1
        groups.setdefault((parent, n), []).append(value)
    notes = [_note(key[0], group) for key, group in groups.items()]
    return sorted(notes, key=lambda x: (x.box.y0, x.box.x0))


def _parent(path: str) -> str | None:
    """``rows[3]`` of ``rows[3].seq``; None where a value is no part of a list's item."""
    m = re.match(r"^(.*\[\d+\])\.\w+$", path)
    return m.group(1) if m else None


def _beside(group: Sequence[ShownValue], value: ShownValue) -> bool:
    return any(
        g.page == value.page and g.box.overlap_y(value.box) > 0.4 * min(g.box.height, value.box.height)
        for g in group
    )


def _note(path: str, group: Sequence[ShownValue]) -> Note:
    own = [v for v in group if _leaf(v.path) not in _PRINTED] or list(group)
    said = [v for v in own if v.value is not None or v.state == "unread"] or own
    if len(group) == 1:
        name, text = group[0].path, _show(group[0])
    elif len(said) == 1:
        name, text = said[0].path, _show(said[0])
    else:
        name = path
        text = " · ".join(f"{_leaf(v.path)} {_cut(_show(v))}" for v in said)
    worst = max((v.state for v in group), key=lambda s: _WORST[s])
    return Note(name, text, worst, union_of(v.box for v in group), min(v.boxes[0].cy for v in group))


def _leaf(path: str) -> str:
    return path.rsplit(".", 1)[-1]


def _show(shown: ShownValue) -> str:
    if isinstance(shown.value, bool):
        words = ("ticked", "not ticked") if _leaf(shown.path) == "checked" else ("true", "false")
        return words[0] if shown.value else words[1]
    if shown.value is None:
        return "?" if shown.state == "unread" else "–"
    return " ".join(str(shown.value).split())


def _cut(text: str, most: int = 24) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"


def place_notes(wanted: Sequence[float], pitch: float, top: float, bottom: float) -> list[float]:
    """Middles of notes as near to the ``wanted`` ones (ascending) as ``pitch`` between them allows.

    All stand between ``top`` and ``bottom``; where there are too many for that, they stand closer.
    """
    n = len(wanted)
    if not n:
        return []
    pitch = min(pitch, (bottom - top) / n)
    low, high = top + pitch / 2, bottom - pitch / 2
    # notes that touch form a block whose middle is the mean of what its notes want
    blocks: list[tuple[float, int]] = []
    for i, y in enumerate(wanted):
        blocks.append((y - i * pitch, 1))
        while len(blocks) > 1 and blocks[-2][0] > blocks[-1][0]:
            (a, m), (b, k) = blocks[-2], blocks[-1]
            blocks[-2:] = [((a * m + b * k) / (m + k), m + k)]
    out: list[float] = []
    for offset, count in blocks:
        for _ in range(count):
            out.append(min(max(offset, low), high - (n - 1) * pitch) + len(out) * pitch)
    return out
