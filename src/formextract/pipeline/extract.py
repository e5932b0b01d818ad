"""One file from end to end: an ``Extraction``, whatever happens to it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from formextract.errors import EngineError, FormextractError, UnreadableInput
from formextract.intake.source import open_source
from formextract.mapping.fill import assemble, fill_form, fill_state
from formextract.mapping.found import Found
from formextract.mapping.recognise import Recognised, page_stream, split_forms
from formextract.model import (
    Decision,
    Document,
    Extraction,
    Issue,
    Match,
    Outcome,
    PageContent,
    Problem,
    SourceFile,
    Status,
)
from formextract.pipeline.content import read_pages
from formextract.pipeline.judge import decide_document, judge
from formextract.pipeline.links import link
from formextract.pipeline.tools import Tools
from formextract.records import complete_record, empty_record
from formextract.records.rules import validate

UNKNOWN = "unknown"


def extract_file(path: Path, tools: Tools) -> Extraction:
    """Reads one file through every stage; nothing is stored.

    An unreadable file is an ordinary outcome with its problem, never an exception; what is
    wrong with the machine (``MissingDependency``, ``MappingError``) is raised.
    """
    source: SourceFile | None = None
    try:
        source = open_source(path, tools.settings)
        contents = read_pages(source, tools)
    except (UnreadableInput, EngineError) as e:
        return _unreadable(path, source, e.problem())
    documents = tuple(build_document(r, tools) for r in split_forms(contents, tools.mappings))
    known = any(d.doc_type != UNKNOWN for d in documents)
    return Extraction(
        path=str(path),
        sha256=source.sha256,
        media_type=source.media_type,
        page_count=source.page_count,
        outcome=Outcome.EXTRACTED if known else Outcome.UNKNOWN_FORM,
        documents=documents,
        contents=contents,
    )


def _unreadable(path: Path, source: SourceFile | None, problem: Problem) -> Extraction:
    return Extraction(
        path=str(path),
        sha256=source.sha256 if source else None,
        media_type=source.media_type if source else None,
        page_count=source.page_count if source else None,
        outcome=Outcome.UNREADABLE,
        problem=problem,
    )


def problem_of(error: BaseException) -> Problem:
    """What to tell people of an error that ended a file's reading."""
    if isinstance(error, FormextractError):
        return error.problem()
    if isinstance(error, MemoryError):
        return Problem(
            "out_of_memory",
            "reading this file takes more memory than a worker may have",
            "Split the file or scan it at a lower resolution.",
        )
    return Problem(
        "internal",
        f"reading stopped at an unexpected fault ({type(error).__name__})",
        "Keep the file and report the fault with the log of this run.",
    )


def build_document(recognised: Recognised, tools: Tools) -> Document:
    """One form: filled, linked, validated and judged."""
    numbers = tuple(p.number for p in recognised.pages)
    if recognised.mapping is None:
        return Document(
            doc_type=UNKNOWN,
            doc_type_confidence=round(1 - recognised.score, 4),
            mapping=None,
            pages=numbers,
            status=Status.PARTIAL,
            record={},
            evidence={},
            matches={},
            issues=(),
            decision=Decision.REVIEW,
            text=page_stream(recognised.pages).text,
        )
    mapping = recognised.mapping
    form, found = fill_form(recognised.pages, mapping)
    status = fill_state(form, found)
    matches: dict[str, Match] = {}
    if status is not Status.BLANK_TEMPLATE:
        found, matches = link(found, mapping, tools.index, _document_date(found))
    record = complete_record(mapping.doc_type, assemble(found, empty_record(mapping.doc_type)))
    issues: tuple[Issue, ...] = ()
    if status is not Status.BLANK_TEMPLATE:
        issues = tuple(validate(mapping.doc_type, record, document_date=_document_date(found)))
    evidence = judge(found, recognised.pages, tools.calibration, tools.settings.accept_at)
    return Document(
        doc_type=mapping.doc_type,
        doc_type_confidence=_type_confidence(recognised),
        mapping=mapping.key,
        pages=numbers,
        status=status,
        record=record,
        evidence=evidence,
        matches=matches,
        issues=issues,
        decision=decide_document(
            status,
            evidence,
            matches,
            issues,
            scanned=any(p.method == "ocr" for p in recognised.pages),
            type_confidence=_type_confidence(recognised),
        ),
    )


def _type_confidence(r: Recognised) -> float:
    """Half its cues found and no rival is near certainty; a rival close by halves it."""
    own = min(1.0, r.score / 0.6)
    apart = min(1.0, max(0.0, r.margin) / 0.3)
    return round(min(0.999, 0.5 + 0.5 * own * (0.5 + 0.5 * apart)), 4)


def _document_date(found: Sequence[Found]) -> date | None:
    """The day from which names in the document are understood; None if none was read."""
    wanted = ("signature.date", "period.start", "made_date", "announced_date")
    values = {f.path: f.value for f in found if f.path in wanted and isinstance(f.value, str)}
    for path in wanted:
        if path in values:
            return date.fromisoformat(values[path])
    return None


def contents_of(path: Path, tools: Tools) -> tuple[SourceFile, list[PageContent]]:
    """The pages of a file as read, without any form; raises UnreadableInput."""
    source = open_source(path, tools.settings)
    return source, list(read_pages(source, tools))
