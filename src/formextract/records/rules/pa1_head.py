"""PA1: heading, maker, boxes, hours and signatures."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from formextract.model import Issue
from formextract.records.pa1 import Pa1
from formextract.records.rules.catalogue import issue
from formextract.records.rules.schools import same_school
from formextract.thai.dates import fiscal_year_of
from formextract.thai.money import band_of
from formextract.thai.names import split_person
from formextract.thai.text import squeeze

# What must be there before an agreement can be filed under a person, a school and a year.
_REQUIRED = (
    "fiscal_year_be", "period.start", "period.end", "maker.first_name", "maker.last_name", "maker.school",
    "maker.area_office", "maker.salary_rank", "maker.salary_baht", "workload.full_time",
)  # fmt: skip
_EXPECTED = (
    "standing", "maker.position", "workload.min_teaching_hours", "challenge.title", "challenge.problem",
    "signature.name_printed", "signature.position_printed", "signature.date",
)  # fmt: skip
_CHILDREN = {
    "basic": ("early_childhood", "primary", "lower_secondary", "upper_secondary", "special_education"),
    "vocational": ("voc_cert", "voc_high_cert", "voc_short"),
    "non_formal": ("nfe_basic", "nfe_voc_cert", "continuing"),
}
# Usual pairs of standing and salary rank, circulars of the Teacher Civil Service Commission.
_RANKS = {"ชำนาญการ": (2,), "ชำนาญการพิเศษ": (3,), "เชี่ยวชาญ": (4,), "เชี่ยวชาญพิเศษ": (5,), "": (1, 2)}
# The letters after PA 1/ by a word of the position.
_CODES = {"ส": "ครู", "บส": "ผู้บริหารสถานศึกษา", "ศน": "ศึกษานิเทศก์", "น": "ศึกษานิเทศก์", "บก": "ผู้บริหารการศึกษา"}
_DIRECTOR_HOURS, _DEPUTY_HOURS = 5, 10
_SIGNING_DAYS = 60


def check(record: Pa1, document_date: dt.date | None) -> Iterator[Issue]:
    """Rules on everything but tasks and challenge."""
    yield from _present(record)
    yield from _dates(record)
    yield from _maker(record, document_date)
    yield from _boxes(record)
    yield from _hours(record)
    yield from _signature(record)
    yield from _superior(record)


def _get(record: Pa1, path: str) -> object:
    value: object = record
    for key in path.split("."):
        value = getattr(value, key)
    return value


def _present(record: Pa1) -> Iterator[Issue]:
    yield from (issue("missing_required", path) for path in _REQUIRED if _get(record, path) is None)
    yield from (issue("missing_expected", path) for path in _EXPECTED if not _get(record, path))


def _day(iso: str | None) -> dt.date | None:
    return dt.date.fromisoformat(iso) if iso else None


def _dates(record: Pa1) -> Iterator[Issue]:
    start, end, year = _day(record.period.start), _day(record.period.end), record.fiscal_year_be
    if start and end and end < start:
        yield issue("period_order", "period.end")
    if end and year and fiscal_year_of(end) != year:
        yield issue("fiscal_year_against_period", "fiscal_year_be", found=fiscal_year_of(end), printed=year)
    elif start and year and fiscal_year_of(start) != year:
        yield issue("fiscal_year_against_period", "period.start", found=fiscal_year_of(start), printed=year)
    if end and (end.month, end.day) != (9, 30):
        yield issue("period_end_unusual", "period.end")
    if start and (start.month, start.day) != (10, 1):
        yield issue("period_start_late", "period.start")


def _standing(printed: str | None) -> str | None:
    """The bare standing, empty for none; None where nothing is printed."""
    if printed is None:
        return None
    word = squeeze(printed).removeprefix("วิทยฐานะ").strip("()")
    return "" if "ไม่มี" in word or word == "-" else word


def _maker(record: Pa1, document_date: dt.date | None) -> Iterator[Issue]:
    maker = record.maker
    heading, own = _standing(record.standing), _standing(maker.standing)
    if heading is not None and own is not None and heading != own:
        yield issue("standing_differs", "maker.standing", heading=record.standing, printed=maker.standing)
    code = re.fullmatch(r"PA1/(\S+)", squeeze(record.form_code or ""))
    words = squeeze(f"{record.position or ''}{maker.position or ''}")
    if code and words and code[1] in _CODES and _CODES[code[1]] not in words and "ผู้อำนวยการ" not in words:
        yield issue("form_code_against_position", "form_code", code=record.form_code)
    rank = int(maker.salary_rank[-1]) if maker.salary_rank and maker.salary_rank[-1] in "12345" else None
    standing = own if own is not None else heading
    if rank and standing is not None and rank not in _RANKS.get(standing, (rank,)):
        name = maker.standing or record.standing
        yield issue("standing_against_rank", "maker.salary_rank", standing=name, rank=f"คศ.{rank}")
    baht = maker.salary_baht
    if baht is None:
        return
    if isinstance(baht, str) or baht % 10:
        yield issue("salary_not_multiple_of_ten", "maker.salary_baht")
        return
    on = _day(record.period.start) or document_date
    band = band_of(rank, on) if rank and on else None
    if rank and on and band and not band.low <= baht <= band.high:
        above = band_of(rank + 1, on)
        # At the ceiling people are paid from the next rank's table.
        near = above is not None and band.high < baht <= above.high
        rule = "salary_of_next_band" if near else "salary_outside_band"
        yield issue(rule, "maker.salary_baht", rank=f"คศ.{rank}")


def _boxes(record: Pa1) -> Iterator[Issue]:
    boxes = {box.code: (i, box) for i, box in enumerate(record.school_types) if box.code}
    if boxes and all(box.checked is False for _, box in boxes.values()):
        yield issue("no_school_type", "school_types")
    for parent, children in _CHILDREN.items():
        if parent not in boxes or boxes[parent][1].checked is not False:
            continue
        at, above = boxes[parent]
        for code in children:
            if code in boxes and boxes[code][1].checked:
                child = boxes[code][1].label or code
                path = f"school_types[{at}].checked"
                yield issue("parent_box_off", path, child=child, parent=above.label or parent)


def _hours(record: Pa1) -> Iterator[Issue]:
    work = record.workload
    if work.full_time is True and work.not_full_time_reason:
        yield issue("reason_with_full_time", "workload.not_full_time_reason")
    if work.full_time is False and not work.not_full_time_reason:
        yield issue("part_time_without_reason", "workload.not_full_time_reason")
    for i, activity in enumerate(work.activities):
        path = f"workload.activities[{i}]"
        if activity.checked is True and not activity.hours:
            yield issue("checked_without_hours", f"{path}.hours")
        if activity.checked is False and activity.hours:
            yield issue("hours_without_check", f"{path}.checked")
    declared = work.min_teaching_hours
    if declared is None:
        return
    total = sum(activity.hours or 0 for activity in work.activities)
    if work.activities and total < declared:
        yield issue("hours_below_minimum", "workload.min_teaching_hours", total=total, minimum=declared)
    titles = squeeze(f"{record.maker.position or ''}{record.signature.position_printed or ''}")
    minimum = _DEPUTY_HOURS if "รองผู้อำนวยการ" in titles or "รองผอ" in titles else _DIRECTOR_HOURS
    if declared < minimum and "ครู" not in squeeze(record.position or ""):
        path = "workload.min_teaching_hours"
        yield issue("declared_below_statutory", path, declared=declared, minimum=minimum)


def _signature(record: Pa1) -> Iterator[Issue]:
    maker, signature = record.maker, record.signature
    if signature.name_printed and maker.first_name and maker.last_name:
        person = split_person(signature.name_printed)
        names = (person.first_name, person.last_name) if person else None
        if names is None or tuple(squeeze(n or "") for n in names) != (
            squeeze(maker.first_name),
            squeeze(maker.last_name),
        ):
            yield issue("signature_name_differs", "signature.name_printed")
    school = re.search("โรงเรียน.+", signature.position_printed or "")
    if school and maker.school and not same_school(school[0], maker.school):
        yield issue("signature_school_differs", "signature.position_printed", printed=school[0])
    signed, start = _day(signature.date), _day(record.period.start)
    if signed and start and abs((signed - start).days) > _SIGNING_DAYS:
        yield issue("signature_date_far", "signature.date", days=abs((signed - start).days))


def _superior(record: Pa1) -> Iterator[Issue]:
    superior = record.superior
    if superior.approved is None:
        yield issue("superior_undecided", "superior.approved")
    elif superior.date is None:
        yield issue("superior_date_missing", "superior.date")
    if superior.approved is False and not superior.comments:
        yield issue("rejection_without_comment", "superior.comments")
    signed, opinion = _day(record.signature.date), _day(superior.date)
    if signed and opinion and opinion < signed:
        yield issue("superior_before_signature", "superior.date")
