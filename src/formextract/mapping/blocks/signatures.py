"""Signatures: one with its name, position and date, or all of a section with witnesses apart."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rapidfuzz.distance import Levenshtein

from formextract.layout.signatures import SignatureBlock as Printed
from formextract.layout.signatures import find_signature_blocks
from formextract.layout.signwords import has_title
from formextract.mapping.form import Form
from formextract.mapping.found import Found, from_span
from formextract.mapping.schema import SignatureBlock, SignaturesBlock
from formextract.mapping.stream import PlacedLine, Span, Stream, squeeze_label
from formextract.mapping.values import canonical, parse_value
from formextract.model import TextLine

_POSITION = re.compile(r"^\s*ตำแหน่ง\s*")


def blocks_of(form: Form, section: str, unsigned: bool = False) -> list[Printed]:
    """The signature blocks of a section, page by page, in printed order."""
    span = form.section(section)
    if span is None:
        return []
    first = span.stream.line_of(span.start)
    last = span.stream.line_of(max(span.start, span.end - 1))
    by_page: dict[int, list[TextLine]] = {}
    for placed in span.stream.lines[first : last + 1]:
        by_page.setdefault(placed.page, []).append(placed.line)
    return [
        block
        for page, lines in by_page.items()
        # a pen stroke may hide ลงชื่อ from a scan: then the name in brackets opens the block
        for block in find_signature_blocks(
            lines, page, unsigned=unsigned or any(line.method == "ocr" for line in lines)
        )
    ]


def _span(page: int, lines: Sequence[TextLine]) -> Span:
    return Stream(PlacedLine(page, line) for line in lines).whole().trimmed()


def _inside_brackets(span: Span) -> Span:
    text = span.raw
    a = len(text) - len(text.lstrip(" ([{\n"))
    b = len(text.rstrip(" )]}\n"))
    return Span(span.stream, span.start + a, max(span.start + a, span.start + b)).trimmed()


def read_name(path: str, block: Printed) -> list[Found]:
    """The printed name, in brackets under the leader or typed upon it; nothing if there are only leaders.

    What a scan shows upon the leader is a signature as a rule: such a name is doubtful.
    """
    typed = block.inner_line
    if not any(_inside_brackets(_span(block.page, [line])) for line in block.name_lines) and typed:
        span = _inside_brackets(_span(block.page, [typed]))
        doubt = frozenset({"doubt"}) if typed.method == "ocr" else frozenset()
        if has_title(typed.text):
            return [
                from_span(path, leaf.value, "person", span, flags=leaf.flags | doubt)
                for leaf in parse_value("person", span)
            ]
    for line in block.name_lines:
        span = _inside_brackets(_span(block.page, [line]))
        if not span:
            continue
        return [
            from_span(path, leaf.value, "person", span, flags=leaf.flags)
            for leaf in parse_value("person", span)
        ]
    return []


def read_position(path: str, block: Printed) -> list[Found]:
    """The printed position without the word ตำแหน่ง; nothing if there are only leaders."""
    span = _span(block.page, block.position_lines)
    m = _POSITION.match(span.raw)
    if m:
        span = Span(span.stream, span.start + m.end(), span.end).trimmed()
    text = canonical(span.joined())
    if not text:
        return []
    return [from_span(path, text, "text", span, flags=frozenset({"parsed"}))]


def read_date(path: str, block: Printed) -> list[Found]:
    """The date under a signature; nothing if there are only leaders."""
    span = _span(block.page, block.date_lines)
    if not span:
        return []
    return [
        from_span(path, leaf.value, "date", span, flags=leaf.flags)
        for leaf in parse_value("date", span)
        if leaf.value is not None or leaf.flags
    ]


def fill_signature(block: SignatureBlock, form: Form) -> list[Found]:
    """One signature of a section by its role words and its turn among those."""
    printed = blocks_of(form, block.section, block.unsigned)
    wanted = [b for b in printed if not block.roles or _role(b, block.roles) is not None]
    if block.nth >= len(wanted):
        return []
    chosen = wanted[block.nth]
    found: list[Found] = []
    if block.name:
        found += read_name(block.name, chosen)
    if block.position:
        found += read_position(block.position, chosen)
    if block.date:
        found += read_date(block.date, chosen)
    return found


def _role(block: Printed, roles: Sequence[str]) -> tuple[str, TextLine] | None:
    """Which of the role words a block bears, and where; the nearest, since they differ little."""
    best: tuple[float, str, TextLine] | None = None
    for line in block.role_lines:
        text = squeeze_label(line.text)
        for role in roles:
            want = squeeze_label(role)
            like = Levenshtein.normalized_similarity(text[: len(want)], want)
            if like >= 0.75 and (best is None or like > best[0]):
                best = (like, role, line)
    return (best[1], best[2]) if best else None


def fill_signatures(block: SignaturesBlock, form: Form) -> list[Found]:
    """All parties' signatures with role, name and position; the witnesses' names apart."""
    found: list[Found] = []
    n = w = 0
    for printed in blocks_of(form, block.section):
        role = _role(printed, block.roles)
        if role is None and _role(printed, block.witness_roles) is not None:
            if block.witnesses:
                name = read_name(f"{block.witnesses}[{w}]", printed)
                found += name
                w += bool(name)
            continue
        base = f"{block.field}[{n}]"
        parts = read_name(f"{base}.name_printed", printed) + read_position(
            f"{base}.position_printed", printed
        )
        if role is not None:
            span = _span(printed.page, [role[1]])
            exact = squeeze_label(role[1].text) == squeeze_label(role[0])
            parts.append(
                from_span(
                    f"{base}.role",
                    role[0],
                    "label",
                    span,
                    flags=frozenset({"parsed", "exact" if exact else "known"}),
                )
            )
        if parts:
            found += parts
            n += 1
    return found
