"""From rows of the store to what a page of the desk shows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from urllib.parse import quote
from zoneinfo import ZoneInfo

from formextract import recordpath
from formextract.model import Box
from formextract.review.labels import label_of
from formextract.review.thai_reasons import reason_in
from formextract.review.words import Language, word
from formextract.store.browse import DocumentView
from formextract.store.objects import MissingPicture, Objects, PagePicture
from formextract.store.queue import QueueItem
from formextract.store.values import WANTED_TH, ValueKind, kind_of
from formextract.thai.dates import MONTH_ABBREVIATIONS

_EN_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@dataclass(frozen=True, slots=True)
class PageFrame:
    """A page picture with one value outlined."""

    number: int
    """1-based page."""
    url: str
    """Of the picture."""
    width: int
    """Pixels."""
    height: int
    """Pixels."""
    outline: Box | None
    """Where the value stands, in pixels; None if it has no place."""


@dataclass(frozen=True, slots=True)
class CandidateView:
    """A school or office that may be chosen."""

    code: str
    name: str
    office: str
    percent: int
    """Likeness, 0 to 100."""
    why: Sequence[str]


@dataclass(frozen=True, slots=True)
class IssueView:
    """A remark on the value or form."""

    severity: str
    text: str
    field: str
    """Label of the field, empty for the whole."""
    state: str


@dataclass(frozen=True, slots=True)
class ItemView:
    """One question as the desk puts it."""

    item: QueueItem
    label: str
    """The field's label as printed on the form."""
    shown: str
    """The value in people's words."""
    typed: str
    """The value as a clerk would type it, for the input."""
    value_kind: ValueKind
    printed: str
    """What the machine saw."""
    percent: int | None
    """The machine's confidence, 0 to 100."""
    hint: str
    """How to type a value of this kind."""
    crop_url: str | None
    frame: PageFrame | None
    candidates: Sequence[CandidateView]
    issues: Sequence[IssueView]


def item_view(item: QueueItem, view: DocumentView, objects: Objects, language: Language) -> ItemView:
    """All that the item page shows of a question."""
    field = view.field(item.path)
    value = recordpath.get(view.document["record"], item.path) if item.path else None
    page = field["page"] if field is not None else max(1, view.document["page_from"])
    bbox = field["bbox"] if field is not None else None
    frame = page_frame(objects, view.document["sha256"], page, bbox)
    crop = None
    if frame is not None and bbox and item.path:
        crop = f"/documents/{item.document_id}/crop.png?path={quote(item.path, safe='')}"
    about = [
        issue_view(i, language)
        for i in view.issues
        if i["path"] == item.path and (not item.rule_id or i["rule_id"] == item.rule_id)
    ]
    return ItemView(
        item,
        field_label(view, item.path, language),
        shown_value(value, item.path, language),
        typed_value(value, item.path),
        kind_of(item.path, value),
        field["printed"] if field is not None and not isinstance(value, bool) else "",
        percent_of(field["confidence"]) if field is not None and not field["decided_by"] else None,
        WANTED_TH[kind_of(item.path, value)] if language == "th" else "",
        crop,
        frame,
        [candidate_view(c, language) for c in view.candidates.get(item.path, ())]
        if item.kind == "match"
        else [],
        about,
    )


def field_label(view: DocumentView, path: str, language: Language) -> str:
    """The label of a field, with the words of the choice that a box or figure belongs to."""
    label = label_of(path, language)
    parent, _, leaf = path.rpartition(".")
    if leaf in ("checked", "hours") and parent.endswith("]"):
        choice = recordpath.get(view.document["record"], f"{parent}.label")
        if isinstance(choice, str) and choice:
            return f"{label.partition(' · ')[0]}: {choice}"
    return label


def candidate_view(row: Mapping[Any, Any], language: Language) -> CandidateView:
    """A candidate of the matcher."""
    return CandidateView(
        row["code"],
        row["name"],
        row["area_office"] or "",
        percent_of(row["score"]),
        _reasons(row, language),
    )


def _reasons(row: Mapping[Any, Any], language: Language) -> list[str]:
    # Where it was looked up is the office that stands beside it already.
    told = [r for r in row["reason"] or () if r != f"looked up in {row['area_office']}"]
    return [reason_in(r, language) for r in told]


def issue_view(row: Mapping[Any, Any], language: Language) -> IssueView:
    """An issue in the clerk's language."""
    text = row["message_th"] if language == "th" else row["message"]
    return IssueView(
        row["severity"], text, label_of(row["path"], language) if row["path"] else "", row["state"]
    )


def percent_of(probability: float) -> int:
    """0 to 99: a machine is never wholly sure, and 0.997 must not read as 100."""
    return min(99, int(probability * 100))


def page_frame(
    objects: Objects, sha256: str | None, page: int, bbox: Sequence[float] | None
) -> PageFrame | None:
    """A page with an outline; None without a picture."""
    picture = find_picture(objects, sha256, page)
    if picture is None:
        return None
    outline = picture.pixels_of(bbox).grown(4, 3) if bbox else None
    return PageFrame(page, f"/pages/{sha256}/{page}.jpg", picture.width, picture.height, outline)


def find_picture(objects: Objects, sha256: str | None, page: int) -> PagePicture | None:
    """A page's picture; None if there is none."""
    if sha256 is None:
        return None
    try:
        return objects.page(sha256, page)
    except (MissingPicture, ValueError):
        return None


def shown_value(value: Any, path: str, language: Language) -> str:
    """A value in people's words: Thai dates, commas in money, words for boxes."""
    if value is None or value == "":
        return word("nothing", language)
    kind = kind_of(path, value)
    if isinstance(value, bool):
        if path.endswith("checked"):
            return word("ticked" if value else "empty_box", language)
        return word("yes" if value else "no", language)
    if kind == "baht" and isinstance(value, int):
        return f"{value:,}"
    if kind == "date" and isinstance(value, str):
        return thai_day(value, language)
    return str(value)


def typed_value(value: Any, path: str) -> str:
    """A value as text that reads back as the same value."""
    if value is None or isinstance(value, bool | list | dict):
        return ""
    if kind_of(path, value) == "date" and isinstance(value, str):
        return thai_day(value, "th")
    return str(value)


def thai_day(iso: str, language: Language) -> str:
    """``2024-10-01`` as ``1 ต.ค. 2567``; the text itself if it is no date."""
    try:
        day = date.fromisoformat(iso)
    except ValueError:
        return iso
    if language == "en":
        return f"{day.day} {_EN_MONTHS[day.month - 1]} {day.year}"
    return f"{day.day} {MONTH_ABBREVIATIONS[day.month - 1]} {day.year + 543}"


def local_moment(moment: datetime | None, zone: ZoneInfo, language: Language) -> str:
    """A moment on the clerks' wall clock."""
    if moment is None:
        return ""
    here = moment.astimezone(zone)
    return f"{thai_day(here.date().isoformat(), language)} {here:%H:%M}"
