"""Values between printed labels; whole sections as text; constants of a mapping."""

from __future__ import annotations

import re

from rapidfuzz.distance import Levenshtein

from formextract.mapping.anchors import Anchor, find_sequence, occurrences
from formextract.mapping.form import Form
from formextract.mapping.found import Found, from_span
from formextract.mapping.schema import ConstantBlock, Label, LabelsBlock, TextBlock
from formextract.mapping.stream import Span, squeeze_label
from formextract.mapping.values import PARSED, canonical, parse_value

_PLAIN = 4
"""Squeezed letters from which a label is no part of other words."""
_FULL = 0.06
"""Share of the text's width by which a full line may fall short of its right edge."""
_GLUE = re.compile(r"(?:และ|,|\s\(?[0-9๐-๙]{1,2}\s*[.)])\s*$")


def join_path(field: str, sub: str) -> str:
    """``maker`` and ``title`` give ``maker.title``; an empty sub-path the field itself."""
    return f"{field}.{sub}" if sub else field


def fill_labels(block: LabelsBlock, form: Form) -> list[Found]:
    """The values that stand after each label and before the next label that was found.

    A label that is not found leaves a doubtful null where the form must have it, or where a scan
    may hide it.
    """
    section = form.section(block.section)
    labels = block.labels
    if section is None:
        return [hit for label in labels if label.required for hit in _unread(label, form.stream.whole())]
    anchors = find_sequence(
        section,
        [x.label for x in labels],
        [x.line_start for x in labels],
        [x.optional for x in labels],
    )
    moved = _out_of_order(section, labels, anchors)
    found: list[Found] = []
    for i, (label, anchor) in enumerate(zip(labels, anchors, strict=True)):
        if anchor is None:
            if label.required or (section.method() == "ocr" and not label.optional):
                found.extend(_unread(label, section))
            continue
        if label.field is None:
            continue
        span, bounded = _value_span(section, labels, anchors, i)
        bounded = bounded and not moved
        if label.kind == "schools":
            found.extend(_split_schools(label, span, anchor))
            continue
        flags = set() if bounded else {"unbounded"}
        if label.required:
            flags.add("required")
        if label.printed:
            flags.add("printed")
        for leaf in parse_value(label.kind, span, label.choices):
            found.append(
                from_span(
                    join_path(label.field, leaf.sub),
                    leaf.value,
                    label.kind,
                    span,
                    likeness=anchor.similarity,
                    flags=leaf.flags | flags,
                )
            )
    return found


def _out_of_order(section: Span, labels: list[Label], anchors: list[Anchor | None]) -> bool:
    """Adds labels that an office prints in another order; whether there are any.

    Only what cannot be mistaken counts: one place, letter-perfect, at the beginning of a word,
    outside the labels found in order.
    """
    moved = False
    for i, label in enumerate(labels):
        if anchors[i] is not None or label.field is None or label.optional:
            continue
        places = [
            a
            for a in occurrences(section.stream, label.label, section.start, section.end, i)
            if a.similarity == 1.0
            and a.length >= _PLAIN
            and section.stream.at_token_start(a.start)
            and all(b is None or a.end <= b.start or b.end <= a.start for b in anchors)
        ]
        if len({a.start for a in places}) == 1:
            anchors[i] = max(places, key=lambda a: a.length)
            moved = True
    return moved


def _unread(label: Label, place: Span) -> list[Found]:
    """Doubtful nulls for a label that was not found; none for lists, which may be empty."""
    if label.field is None or label.kind == "schools":
        return []
    flags = frozenset({"doubt", *(["required"] if label.required else [])})
    nowhere = Span(place.stream, place.start, place.start)
    return [
        from_span(join_path(label.field, leaf.sub), None, label.kind, nowhere, likeness=0.0, flags=flags)
        for leaf in parse_value(label.kind, nowhere, label.choices)
    ]


def _value_span(
    section: Span, labels: list[Label], anchors: list[Anchor | None], i: int
) -> tuple[Span, bool]:
    """The value's span and whether the very next printed label bounds it."""
    anchor = anchors[i]
    assert anchor is not None
    end, bounded = section.end, i + 1 == len(labels)
    behind = [(a.start, j) for j, a in enumerate(anchors) if a is not None and a.start >= anchor.end]
    if behind:
        end, j = min(behind)
        bounded = j > i and all(x.optional for x in labels[i + 1 : j])
    if labels[i].until_line_end:
        stop = section.stream.text.find("\n", anchor.end, end)
        if stop >= 0:
            end, bounded = stop, True
    begin = anchor.start if labels[i].keep else anchor.end
    return Span(section.stream, begin, end).trimmed(), bounded


def _split_schools(label: Label, span: Span, anchor: Anchor) -> list[Found]:
    """Several names side by side: each begins with the word โรงเรียน."""
    assert label.field is not None
    starts = sorted(
        {a.start for a in occurrences(span.stream, ["โรงเรียน"], span.start, span.end) if a.end <= span.end}
    )
    if not starts:
        starts = [span.start] if span else []
    elif any(c.isalpha() for c in span.stream.text[span.start : starts[0]].replace("และ", "")):
        # the label itself may end with the first โรงเรียน
        starts.insert(0, span.start)
    out: list[Found] = []
    for k, start in enumerate(starts):
        end = starts[k + 1] if k + 1 < len(starts) else span.end
        piece = _without_glue(Span(span.stream, start, end).trimmed())
        if squeeze_label(piece.raw) in ("", "โรงเรียน"):
            continue
        for leaf in parse_value("school", piece):
            out.append(
                from_span(
                    f"{label.field}[{len(out)}]",
                    leaf.value,
                    "school",
                    piece,
                    likeness=anchor.similarity,
                    flags=leaf.flags
                    | (frozenset({"required"}) if label.required and not out else frozenset()),
                )
            )
    return out


def _without_glue(span: Span) -> Span:
    """Without a closing ``และ``, comma or number of the next name, which are not the name's."""
    while span:
        text = span.raw
        m = _GLUE.search(text)
        if m is None or m.start() == 0 or (m.group(0).endswith(")") and _inside_brackets(text[: m.start()])):
            break
        span = Span(span.stream, span.start, span.start + m.start()).trimmed()
    return span


def _inside_brackets(text: str) -> bool:
    """Whether a bracket is open at the end: the number of มิตรภาพที่ 12) is the name's own."""
    return text.count("(") > text.count(")")


def fill_text(block: TextBlock, form: Form) -> list[Found]:
    """A section's running text as one value, without its first words and the lines to drop."""
    section = form.section(block.section)
    if section is None:
        return []
    start = section.start
    if not block.keep_start:
        start = form.first_words.get(block.section, section.start)
    span = Span(section.stream, start, section.end).trimmed()
    for dropped in block.drop_lines:
        span = _drop_leading_line(span, dropped)
    flags = frozenset({"required"}) if block.required else frozenset()
    text = canonical(_joined_heading(span) if block.heading else span.joined())
    return [from_span(block.field, text or None, "prose", span, flags=PARSED | flags)]


def _joined_heading(span: Span) -> str:
    """Lines of a heading, a blank between them unless a line is full and so runs on in the next."""
    if not span:
        return ""
    stream = span.stream
    first, last = stream.line_of(span.start), stream.line_of(span.end - 1)
    boxes = [placed.line.box for placed in stream.lines if placed.page == stream.lines[first].page]
    left, right = min(b.x0 for b in boxes), max(b.x1 for b in boxes)
    out: list[str] = []
    start = span.start
    for n in range(first, last + 1):
        full = stream.lines[n].line.box.x1 >= right - _FULL * (right - left)
        if n == last or not full:
            end = span.end if n == last else stream.line_span(n).end
            out.append(Span(stream, start, end).joined())
            start = end + 1
    return " ".join(out)


def _drop_leading_line(span: Span, dropped: str) -> Span:
    """Without the line at the head (or foot) that reads like ``dropped``."""
    want = squeeze_label(dropped)
    stream = span.stream
    while span:
        n = stream.line_of(span.start)
        line = stream.line_span(n)
        text = squeeze_label(line.raw)
        if text and Levenshtein.normalized_similarity(text, want) >= 0.75:
            span = Span(stream, min(span.end, line.end + 1), span.end).trimmed()
            continue
        if text.startswith(want):
            a, b = stream.unsqueeze(
                stream.squeezed_at(line.start), stream.squeezed_at(line.start) + len(want)
            )
            span = Span(stream, max(a, b), span.end).trimmed()
        break
    return span


def fill_constant(block: ConstantBlock, form: Form) -> list[Found]:
    """The value that the choice of the mapping implies; its evidence is the form's first line."""
    line = form.stream.line_span(0) if form.stream.lines else form.stream.whole()
    return [
        Found(
            path=block.field,
            value=block.value,
            kind="constant",
            raw=" ".join(line.raw.split()),
            page=line.page() if form.stream.lines else form.pages[0].number,
            box=line.box(),
            method="derived",
            flags=frozenset({"parsed", "exact"}),
        )
    ]
