"""PA1: the task table and the challenge."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rapidfuzz.fuzz import ratio

from formextract.model import Issue
from formextract.recordpath import leaves
from formextract.records.pa1 import Domain, Pa1
from formextract.records.rules.catalogue import issue
from formextract.records.rules.schools import mentions
from formextract.thai.text import squeeze, strip_leaders

# Domains of the school administrator's form with their standard tasks, circular ว 10/2564.
_STANDARD = (
    ("ด้านการบริหารวิชาการและความเป็นผู้นำทางวิชาการ", 6),
    ("ด้านการบริหารจัดการสถานศึกษา", 3),
    ("ด้านการบริหารการเปลี่ยนแปลงเชิงกลยุทธ์และนวัตกรรม", 2),
    ("ด้านการบริหารงานชุมชนและเครือข่าย", 2),
    ("ด้านการพัฒนาตนเองและวิชาชีพ", 2),
)
_COPY = 90.0
"""Likeness, 0 to 100, from which a text is a copy of another."""
_OPEN_ENDS = "อย่างน้อย|ไม่น้อยกว่า|ไม่ต่ำกว่า|ร้อยละ|จำนวน|และ|หรือ|ได้แก่|เพื่อให้|โดยใช้|เพื่อ|ให้กับ|เสริมสร้าง|เช่น"
_BREAKS_OFF = re.compile(rf"(?:{_OPEN_ENDS})$")
_HAS_NUMBER = re.compile(r"\d|หนึ่ง|สอง|สาม|สี่|ห้า|หก|เจ็ด|แปด|เก้า|สิบ|ร้อยละ|ทุกคน|ครบทุก|ทั้งหมด")


def check(record: Pa1) -> Iterator[Issue]:
    """Rules on tasks, outcomes, indicators, challenge, and on schools named in their texts."""
    if "ผู้บริหารสถานศึกษา" in squeeze(f"{record.position or ''}{record.maker.position or ''}"):
        yield from _standard(record)
    for i, domain in enumerate(record.domains):
        yield from _codes(domain, f"domains[{i}]")
        yield from _indicators(domain, f"domains[{i}]")
    yield from _copies(record)
    yield from _texts(record)
    for i, text in enumerate(record.challenge.quantitative):
        if text and not _HAS_NUMBER.search(text):
            yield issue("quantitative_without_number", f"challenge.quantitative[{i}]")


def _standard(record: Pa1) -> Iterator[Issue]:
    by_no = {domain.no: (i, domain) for i, domain in enumerate(record.domains)}
    for no, (name, count) in enumerate(_STANDARD, 1):
        i, domain = by_no.get(no, (None, Domain()))
        codes = {task.code for task in domain.tasks}
        # A domain may be filled as one text without codes.
        if None not in codes or len(codes) > 1:
            path = "domains" if i is None else f"domains[{i}].tasks"
            for code in (f"{no}.{k}" for k in range(1, count + 1)):
                if code not in codes:
                    yield issue("missing_standard_task", path, code=code)
        if domain.name and squeeze(domain.name).removesuffix("ของผู้บริหารสถานศึกษา") != name:
            yield issue("domain_name_unusual", f"domains[{i}].name", domain=no, standard=name)


def _number(code: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall("[0-9]+", code))


def _codes(domain: Domain, path: str) -> Iterator[Issue]:
    before: str | None = None
    for j, task in enumerate(domain.tasks):
        if task.code is None:
            continue
        at = f"{path}.tasks[{j}].code"
        if domain.no is not None and _number(task.code)[:1] != (domain.no,):
            yield issue("task_code_against_domain", at, code=task.code, domain=domain.no)
        if before is not None and _number(task.code) <= _number(before):
            yield issue("task_codes_not_ascending", at, code=task.code, before=before)
        before = task.code


def _indicators(domain: Domain, path: str) -> Iterator[Issue]:
    seen: list[tuple[str | None, str]] = []
    for j, task in enumerate(domain.tasks):
        for k, indicator in enumerate(task.indicators):
            at = f"{path}.tasks[{j}].indicators[{k}]"
            percent = indicator.target_percent
            if percent is not None and not 0 <= float(percent) <= 100:
                yield issue("percent_out_of_range", f"{at}.target_percent")
            text = squeeze(indicator.text or "")
            if len(text) >= 20 and any(
                who == indicator.audience and ratio(text, other, score_cutoff=_COPY) for who, other in seen
            ):
                yield issue("indicator_repeated", f"{at}.text")
            seen.append((indicator.audience, text))


def _copies(record: Pa1) -> Iterator[Issue]:
    before = ""
    for i, domain in enumerate(record.domains):
        for j, task in enumerate(domain.tasks):
            text = squeeze(" ".join(text or "" for text in task.outcomes))
            if len(text) >= 30 and len(before) >= 30 and ratio(text, before, score_cutoff=_COPY):
                yield issue("outcome_copied", f"domains[{i}].tasks[{j}].outcomes")
            before = text


def _texts(record: Pa1) -> Iterator[Issue]:
    data = {"domains": record.model_dump()["domains"], "challenge": record.model_dump()["challenge"]}
    own = record.maker.school
    for path, text in leaves(data):
        if not isinstance(text, str) or len(text) < 8:
            continue
        seen: set[str] = set()
        for printed, likeness in mentions(text, own) if own else ():
            if likeness != "same" and printed not in seen:
                rule = "other_school_in_body" if likeness == "other" else "school_misspelt_in_body"
                yield issue(rule, path, printed=printed)
                seen.add(printed)
        broken = _BREAKS_OFF.search(strip_leaders(text))
        if broken:
            yield issue("sentence_breaks_off", path, printed=broken[0])
