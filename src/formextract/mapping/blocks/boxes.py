"""Tick boxes: lists of choices, and choices of which exactly one holds."""

from __future__ import annotations

from rapidfuzz.distance import Levenshtein

from formextract.mapping.anchors import Anchor, find_sequence
from formextract.mapping.form import Form
from formextract.mapping.found import Found, from_span
from formextract.mapping.schema import Amount, BoxesBlock, ChoiceBlock
from formextract.mapping.stream import Span, squeeze_label
from formextract.mapping.values import canonical, parse_value
from formextract.model import Box, Mark

_TICKED = "☑☒✓✔✗✘■●"
_EMPTY = "☐□○"


def fill_boxes(block: BoxesBlock, form: Form) -> list[Found]:
    """Every printed box with its code, label and state, and the number after it where one is wanted.

    A box whose label cannot be found although most are there is listed too, unread: the form
    prints it, and a clerk has to look.
    """
    section = form.section(block.section)
    if section is None:
        return []
    anchors = find_sequence(section, [x.label for x in block.items], [True] * len(block.items))
    if sum(a is not None for a in anchors) * 2 < len(block.items):
        return []
    found: list[Found] = []
    for i, (item, anchor) in enumerate(zip(block.items, anchors, strict=True)):
        base = f"{block.field}[{i}]"
        if anchor is None:
            near = next((a for a in reversed(anchors[:i]) if a), None) or next(a for a in anchors if a)
            span = Span(section.stream, near.start, near.end)
            lost = frozenset({"doubt"})
            found.append(_derived(f"{base}.code", item.code, "code", span, lost))
            found.append(_derived(f"{base}.label", item.label[0], "label", span, lost))
            found.append(_derived(f"{base}.checked", None, "mark", span, lost))
            if block.amount:
                found.append(_derived(f"{base}.{block.amount.field}", None, "hours", span, lost))
            continue
        span = Span(section.stream, anchor.start, anchor.end)
        if item.code is not None:
            found.append(_derived(f"{base}.code", item.code, "code", span, _known(anchor)))
        found.append(_label(f"{base}.label", item.label, span, anchor))
        found.append(_state(f"{base}.checked", form, span))
        if block.amount:
            end = next((a.start for a in anchors[i + 1 :] if a), section.end)
            found.extend(_amount(block.amount, base, section, anchor, end))
    return found


def _known(anchor: Anchor) -> frozenset[str]:
    return frozenset({"parsed", "exact"} if anchor.similarity == 1 else {"parsed", "known"})


def _derived(path: str, value: object, kind: str, span: Span, flags: frozenset[str]) -> Found:
    hit = from_span(path, value, kind, span, flags=flags)
    return Found(
        path, value, kind, hit.raw, hit.page, hit.box, "derived", hit.score, hit.weakest, hit.agreed, flags
    )


def _label(path: str, variants: list[str], span: Span, anchor: Anchor) -> Found:
    """The printed label: a text layer's own words, a scan's brought to the nearest known variant."""
    if span.method() == "text_layer":
        return from_span(path, canonical(span.joined()), "label", span, flags=_known(anchor))
    read = squeeze_label(span.raw)
    best = max(variants, key=lambda v: Levenshtein.normalized_similarity(read, squeeze_label(v)))
    return from_span(path, best, "label", span, likeness=anchor.similarity, flags=_known(anchor))


def _state(path: str, form: Form, span: Span) -> Found:
    """Whether the box left of a label is ticked; None if there is no box or it cannot be told."""
    mark = find_mark(form, span)
    glyph, text_says = _box_sign(span)
    if mark is None and text_says is None:
        hit = from_span(path, None, "mark", span, flags=frozenset({"doubt"}))
        return Found(path, None, "mark", "", hit.page, hit.box, "mark", 0.0, 0.0, None, hit.flags)
    if mark is None:
        hit = from_span(path, text_says, "mark", span)
        flags = frozenset({"parsed", "exact"})
        return Found(path, text_says, "mark", glyph, hit.page, hit.box, "mark", 1.0, 1.0, None, flags)
    checked, flags = mark.checked, frozenset({"parsed"} if mark.checked is not None else {"doubt"})
    if text_says is not None and checked is not None:
        # an empty sign with a pen stroke over it is a tick; a ticked sign without ink is odd
        flags = frozenset({"parsed", "exact"} if text_says == checked else {"doubt"})
    return Found(
        path, checked, "mark", glyph, span.page(), mark.box, "mark", mark.score, mark.score, None, flags
    )


def _box_sign(span: Span) -> tuple[str, bool | None]:
    """A box sign printed as text just before a label, and what it says."""
    text = span.stream.text
    i = span.start - 1
    while i >= 0 and text[i] == " ":
        i -= 1
    if i >= 0 and text[i] in _TICKED:
        return text[i], True
    if i >= 0 and text[i] in _EMPTY:
        return text[i], False
    return "", None


def find_mark(form: Form, span: Span, reach: float = 70.0) -> Mark | None:
    """The tick box that belongs to a label: on its line, left of it, nearest; None if there is none."""
    line = span.stream.box_at(span.start)
    label = Span(span.stream, span.start, min(span.end, span.start + 3)).box()
    best: Mark | None = None
    for mark in form.marks(span.page()):
        middle = mark.box.cy
        if not line.y0 - 0.25 * line.height <= middle <= line.y1 + 0.25 * line.height:
            continue
        if not label.x0 - reach <= mark.box.x1 <= label.x0 + 4:
            continue
        if best is None or mark.box.x1 > best.box.x1:
            best = mark
    return best


def _amount(amount: Amount, base: str, section: Span, anchor: Anchor, end: int) -> list[Found]:
    """The number between its words after a label and before the next label."""
    rest = Span(section.stream, anchor.end, end)
    before, after = find_sequence(rest, [amount.before, amount.after])
    path = f"{base}.{amount.field}"
    if before is None or after is None:
        return [from_span(path, None, "hours", rest, flags=frozenset({"doubt"}))]
    span = Span(section.stream, before.end, after.start).trimmed()
    return [
        from_span(
            path, leaf.value, "hours", span or Span(section.stream, before.end, after.start), flags=leaf.flags
        )
        for leaf in parse_value("hours", span)
    ]


def fill_choice(block: ChoiceBlock, form: Form) -> list[Found]:
    """The value of the one ticked alternative; null if none or several are ticked or one cannot be told."""
    section = form.section(block.section)
    if section is None:
        return []
    anchors = find_sequence(section, [x.label for x in block.items], [True] * len(block.items))
    states: list[tuple[Found, bool | str | None]] = []
    for item, anchor in zip(block.items, anchors, strict=True):
        if anchor is not None:
            span = Span(section.stream, anchor.start, anchor.end)
            states.append((_state(block.field, form, span), item.value))
    if not states:
        return []
    ticked = [(hit, value) for hit, value in states if hit.value is True]
    unsure = [hit for hit, _ in states if hit.value is None] or (
        [hit for hit, _ in states] if len(states) < len(block.items) else []
    )
    required = frozenset({"required"}) if block.required else frozenset()
    if len(ticked) == 1 and not unsure:
        hit, value = ticked[0]
        score = min(h.score for h, _ in states)
        return [
            Found(
                block.field,
                value,
                "mark",
                hit.raw,
                hit.page,
                hit.box,
                "mark",
                score,
                score,
                None,
                hit.flags | required,
            )
        ]
    first = states[0][0]
    box = first.box
    for hit, _ in states[1:]:
        if hit.page == first.page:
            box = Box.union(box, hit.box)
    flags = required | (frozenset({"doubt"}) if unsure or len(ticked) > 1 else frozenset())
    score = 0.0 if unsure else min(h.score for h, _ in states)
    return [Found(block.field, None, "mark", "", first.page, box, "mark", score, score, None, flags)]
