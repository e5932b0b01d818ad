"""Pages drawn on: what was read on them, and what a mapping found there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PIL import Image

from formextract.config import Settings
from formextract.evaluation.callouts import (
    ShownValue,
    State,
    group_notes,
    line_boxes,
    place_notes,
    show_values,
)
from formextract.evaluation.canvas import (
    AMBER,
    BARS,
    BLUE,
    DPI,
    FAINT,
    GREEN,
    INK,
    ORANGE,
    RED,
    VIOLET,
    Canvas,
    Colour,
    fit_text,
    upright_picture,
)
from formextract.layout.leaders import leader_spans
from formextract.mapping.anchors import find_sequence
from formextract.mapping.fill import fill_form
from formextract.mapping.form import Form
from formextract.mapping.recognise import Recognised
from formextract.mapping.schema import BoxesBlock, ChoiceBlock, LabelsBlock
from formextract.mapping.stream import Span
from formextract.model import Box, Document, PageContent, SourceFile, union_of
from formextract.pages.page import open_pages

STATES: dict[State, tuple[Colour, str]] = {
    "accepted": (GREEN, "accepted"),
    "review": (AMBER, "for review"),
    "unread": (RED, "unread, for review"),
    "empty": (FAINT, "nothing printed"),
}
_DOUBTFUL = 0.8
"""Lines below this score are drawn in amber."""


def draw_pages(
    source: SourceFile, contents: Sequence[PageContent], settings: Settings
) -> Iterator[tuple[int, Image.Image]]:
    """Each page upright, with its lines, leaders, table cells and tick boxes drawn on it.

    Yields the 1-based page number and an RGB picture.
    """
    for content, picture in _pictures(source, contents, settings):
        canvas = Canvas(picture, top=26, bottom=0)
        for table in content.tables:
            for cell in table.cells:
                canvas.box(cell.box, BLUE, fill=14)
            canvas.box(table.box, BLUE, width=2)
        for line in content.all_lines():
            canvas.box(line.box, GREEN if line.confidence >= _DOUBTFUL else AMBER)
            for a, b in leader_spans(line):
                canvas.underline(union_of(g.box for g in line.glyphs[a:b]), FAINT, dotted=True)
        for mark in content.marks:
            canvas.box(mark.box, ORANGE, width=2, fill=130 if mark.checked else 0, grow=1.0)
            if mark.checked is None:
                x0, y0, x1, y1 = canvas.pixels(mark.box)
                canvas.text((x0 + x1) / 2 - 3, (y0 + y1) / 2, "?", ORANGE)
        notes = " · ".join((content.method.replace("_", " "), *content.notes))
        x = _legend(
            canvas,
            8,
            13,
            [
                (GREEN, "line"),
                (AMBER, "line, doubtful"),
                (BLUE, "cell"),
                (ORANGE, "tick box (filled: ticked)"),
            ],
        )
        canvas.text(x + 10, 13, f"page {content.number} · {notes}", FAINT, width=canvas.width - x - 16)
        yield content.number, canvas.picture()


def draw_mapping(
    source: SourceFile, recognised: Recognised, document: Document, settings: Settings
) -> Iterator[tuple[int, Image.Image]]:
    """What a mapping found on each page of one form.

    At the left the sections with their ids; labels underlined; each value boxed in the colour of its
    decision and named beside the page with the value that the record has.  Pages that no mapping
    claims are drawn as ``draw_pages`` does.
    """
    if recognised.mapping is None:
        yield from draw_pages(source, recognised.pages, settings)
        return
    form, found = fill_form(recognised.pages, recognised.mapping)
    values = show_values(found, document.record, document.evidence, form.stream)
    labels = find_labels(form, recognised)
    for content, picture in _pictures(source, recognised.pages, settings):
        canvas = Canvas(picture, left=104, top=40, right=460, bottom=10)
        own = [v for v in values if v.page == content.number]
        _draw_tables(canvas, content, own)
        _draw_sections(canvas, form, content.number)
        for span in labels:
            for box in line_boxes(span, content.number):
                canvas.underline(box, VIOLET)
        for value in own:
            for box in value.boxes if value.printed else ():
                canvas.box(box, STATES[value.state][0], fill=30, grow=1.0)
        _draw_notes(canvas, own)
        _draw_head(canvas, content, recognised, document)
        yield content.number, canvas.picture()


def find_labels(form: Form, recognised: Recognised) -> list[Span]:
    """The sections' first words and the labels that the mapping's blocks found."""
    assert recognised.mapping is not None
    spans = [
        Span(form.stream, span.start, form.first_words[name])
        for name, span in form.sections.items()
        if span is not None and form.first_words.get(name, 0) > span.start
    ]
    for block in recognised.mapping.blocks:
        if not isinstance(block, LabelsBlock | BoxesBlock | ChoiceBlock):
            continue
        section = form.section(block.section)
        if section is None:
            continue
        if isinstance(block, LabelsBlock):
            words, starts = [x.label for x in block.labels], [x.line_start for x in block.labels]
        else:
            words, starts = [x.label for x in block.items], [True] * len(block.items)
        spans.extend(Span(form.stream, a.start, a.end) for a in find_sequence(section, words, starts) if a)
    return spans


def _pictures(
    source: SourceFile, contents: Sequence[PageContent], settings: Settings
) -> Iterator[tuple[PageContent, Image.Image]]:
    with open_pages(source, settings) as pages:
        for content in contents:
            # twice the pixels, so that turning and shrinking lose nothing
            yield content, upright_picture(pages.page(content.number).raster(2 * DPI), content)


def _draw_sections(canvas: Canvas, form: Form, page: int) -> None:
    """A coloured bar beside the lines of each section, its id at the top."""
    last = 0.0
    for i, (name, span) in enumerate(form.sections.items()):
        boxes = line_boxes(span, page) if span is not None else []
        if not boxes:
            continue
        colour = BARS[i % len(BARS)]
        hull = union_of(boxes)
        _, y0, _, y1 = canvas.pixels(hull)
        x = canvas.left - 7
        canvas.bar(x, y0, x + 4, y1, colour)
        begins = span is not None and span.stream.page_at(span.start) == page
        middle = max(y0 + 7, last + 14)
        canvas.text(6, middle, name if begins else f"… {name}", colour, size=12, width=canvas.left - 16)
        last = middle


def _draw_tables(canvas: Canvas, content: PageContent, values: Sequence[ShownValue]) -> None:
    """The cells, and above a table of rows the key of each column."""
    for table in content.tables:
        for cell in table.cells:
            canvas.box(cell.box, BLUE)
        columns: dict[str, float] = {}
        for value in values:
            if "[" not in value.path or not value.printed or value.state == "empty":
                continue
            if table.box.holds(value.box.cx, value.box.cy):
                key = value.path.rsplit(".", 1)[-1].split("[")[0]
                columns[key] = min(columns.get(key, value.box.x0), value.box.x0)
        taken = canvas.left - 1.0
        for key, left in sorted(columns.items(), key=lambda column: column[1]):
            x, y, _, _ = canvas.pixels(Box(left, table.box.y0, left, table.box.y0))
            taken = canvas.chip(max(x, taken + 2), max(y - 9, canvas.top + 8), key, BLUE)


def _draw_notes(canvas: Canvas, values: Sequence[ShownValue]) -> None:
    """The path and value of each finding right of the page, a thin line from its box."""
    notes = group_notes(values)
    middles = [canvas.top + n.y * canvas.scale for n in notes]
    order = sorted(range(len(notes)), key=lambda i: middles[i])
    places = place_notes([middles[i] for i in order], 17, canvas.top, canvas.page_bottom)
    x = canvas.page_right + 22
    for i, y in zip(order, places, strict=True):
        note, colour = notes[i], STATES[notes[i].state][0]
        _, _, right, _ = canvas.pixels(note.box)
        edge = canvas.page_right
        canvas.line([(right + 1, middles[i]), (edge, middles[i])], colour, alpha=60)
        canvas.line([(edge, middles[i]), (x - 8, y)], colour, alpha=140)
        canvas.dot(x - 5, y, 3, colour)
        end = canvas.text(x + 2, y, fit_text(note.path, 12, 225, keep_end=True), colour)
        canvas.text(end + 7, y, note.text, INK, size=12, width=canvas.width - end - 13)


def _draw_head(canvas: Canvas, content: PageContent, recognised: Recognised, document: Document) -> None:
    mapping = recognised.mapping
    assert mapping is not None
    numbers = [p.number for p in recognised.pages]
    end = canvas.text(8, 13, mapping.key, INK, size=14)
    read = "text layer" if content.method == "text_layer" else "read from the image"
    where = f"page {content.number} of {numbers[0]}–{numbers[-1]}"
    facts = " · ".join((mapping.title, where, read, document.status.value))
    canvas.text(end + 12, 13, facts, FAINT, width=canvas.page_right - end - 20)
    _legend(canvas, 8, 30, [(VIOLET, "label"), (BLUE, "table"), *STATES.values()])


def _legend(canvas: Canvas, x: float, y: float, entries: Sequence[tuple[Colour, str]]) -> float:
    for colour, text in entries:
        canvas.bar(x, y - 4, x + 9, y + 5, colour)
        x = canvas.text(x + 14, y, text, FAINT, size=11) + 14
    return x
