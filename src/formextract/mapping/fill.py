"""Filling one form with one mapping."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from formextract.layout.leaders import leader_share
from formextract.mapping.blocks import fill_block
from formextract.mapping.form import Form, prepare_form
from formextract.mapping.found import Found
from formextract.mapping.paths import grow
from formextract.mapping.schema import MappingFile
from formextract.mapping.support import support
from formextract.mapping.values import DIGIT_KINDS
from formextract.model import PageContent, Status
from formextract.thai.digits import has_thai_digits

PRINTED_KINDS = frozenset({"label", "code", "constant", "derived", "number", "gap"})
"""Kinds that the blank form prints itself, or that follow from it."""


def fill_form(pages: Sequence[PageContent], mapping: MappingFile) -> tuple[Form, list[Found]]:
    """All findings of a mapping's blocks, the first for each path, with mutual support noted."""
    form = prepare_form(pages, mapping)
    seen: dict[str, Found] = {}
    for block in mapping.blocks:
        for hit in fill_block(block, form):
            kept = seen.get(hit.path)
            if kept is None or (kept.value is None and hit.value is not None):
                seen[hit.path] = hit
    return form, support(_warn_of_thai_digits(form, list(seen.values())), mapping.supports)


def _warn_of_thai_digits(form: Form, found: list[Found]) -> list[Found]:
    """Marks every scanned value with figures in it, if the form uses Thai digits anywhere.

    Forms mix both scripts, and a reader that lacks some Thai digits prints others in their
    place with confidence (DOMAIN §1).  Values whose digits the figure reader read are not meant: it
    knows all digits of both scripts.
    """
    lines = [x.line for x in form.stream.lines] + [
        line for _, table in form.tables() for cell in table.cells for line in cell.lines
    ]
    if not any(line.method == "ocr" and has_thai_digits(line.text + (line.second or "")) for line in lines):
        return found
    return [
        replace(f, flags=f.flags | {"thai_digits"})
        if f.method in ("ocr", "carried_down")
        and "figures" not in f.flags
        and (f.kind in DIGIT_KINDS or any(c.isdigit() for c in f.raw))
        else f
        for f in found
    ]


def assemble(found: Sequence[Found], record: dict[str, Any]) -> dict[str, Any]:
    """Puts the findings into an empty record, which is changed and returned."""
    for f in found:
        grow(record, f.path, f.value)
    return record


def fill_state(form: Form, found: Sequence[Found]) -> Status:
    """How far the form is filled in.

    A blank template has no value of its own: all that was found is what the form prints.
    Dotted leaders alone do not tell, since many writers type over them.
    """
    own = [
        f
        for f in found
        if f.kind not in PRINTED_KINDS and f.kind not in ("prose", "mark") and "printed" not in f.flags
    ]
    filled = [f for f in own if f.value is not None]
    required = [f for f in own if "required" in f.flags]
    missing = [f for f in required if f.value is None]
    if own and not filled:
        return Status.BLANK_TEMPLATE
    # specks that a reader takes for letters do not fill a scanned template
    specks = all(f.method == "ocr" for f in filled)
    if required and len(missing) == len(required) and specks:
        if leader_share([x.line for x in form.stream.lines]) > 0.2:
            return Status.BLANK_TEMPLATE
    return Status.PARTIAL if len(missing) * 2 > len(required) else Status.FILLED
