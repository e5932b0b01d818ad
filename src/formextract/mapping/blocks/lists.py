"""Clauses (``{no, text}``) and plain lists of texts."""

from __future__ import annotations

from formextract.mapping.form import Form
from formextract.mapping.found import Found, from_span
from formextract.mapping.numbering import split_items
from formextract.mapping.schema import ClausesBlock, ListBlock
from formextract.mapping.stream import Span
from formextract.mapping.values import canonical

PARSED = frozenset({"parsed"})


def body(form: Form, section: str) -> Span | None:
    """A section's text after its first words; None if the section is not there."""
    span = form.section(section)
    if span is None:
        return None
    return Span(span.stream, max(span.start, form.first_words.get(section, span.start)), span.end)


def prose(path: str, span: Span) -> Found:
    """A piece of running text as a value."""
    return from_span(path, canonical(span.joined()) or None, "prose", span, flags=PARSED)


def fill_clauses(block: ClausesBlock, form: Form) -> list[Found]:
    """Numbered paragraphs; what stands before the first number is the section's opening, no clause."""
    span = body(form, block.section)
    if span is None:
        return []
    found: list[Found] = []
    k = 0
    for item in split_items(span, block.prefix):
        if item.number is None:
            continue
        base = f"{block.field}[{k}]"
        value = f"{block.prefix}.{item.number.value}"
        head = Span(span.stream, max(span.start, item.span.start - item.number.length), item.span.start)
        flags = PARSED if item.number.certain else frozenset({"doubt"})
        found.append(from_span(f"{base}.no", value, "number", head, flags=flags))
        found.append(prose(f"{base}.text", item.span))
        k += 1
    return found


def fill_list(block: ListBlock, form: Form) -> list[Found]:
    """The texts of a list; unnumbered text is one item."""
    span = body(form, block.section)
    if span is None:
        return []
    items = [item.span for item in split_items(span.trimmed()) if item.span]
    return [prose(f"{block.field}[{k}]", item) for k, item in enumerate(items)]
