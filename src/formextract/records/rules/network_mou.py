"""Network MOU: parties, years, clauses and signatures (facts of the three templates)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from formextract.model import Issue
from formextract.records.base import Clause
from formextract.records.network_mou import NetworkMou
from formextract.records.rules.catalogue import issue
from formextract.records.rules.schools import same_school, school_key

_PARTIES = {"3p_obec": 3, "3p_area": 3, "2p": 2}
_PLAN_YEARS, _CODEV = 3, 3
_CHANGE_DAYS, _TERMINATION_DAYS = 30, 15
_REQUIRED = ("variant", "lead_school", "period_start_be", "period_end_be", "n_parties")
_EXPECTED = ("made_at", "made_date", "copies", "signatures", "witnesses", "objectives", "agreements")


def check(record: NetworkMou) -> Iterator[Issue]:
    """All rules."""
    yield from (issue("missing_required", key) for key in _REQUIRED if getattr(record, key) is None)
    if record.variant in ("3p_obec", "3p_area") and not record.area_office:
        yield issue("missing_required", "area_office")
    yield from (issue("missing_expected", key) for key in _EXPECTED if not getattr(record, key))
    yield from _parties(record)
    yield from _years(record)
    yield from _schools(record)
    yield from clause_numbers("objectives", record.objectives)
    yield from clause_numbers("agreements", record.agreements)
    for key, usual in (("change_notice_days", _CHANGE_DAYS), ("termination_notice_days", _TERMINATION_DAYS)):
        days = getattr(record, key)
        if days is not None and days != usual:
            yield issue("notice_unusual", key, days=days, usual=usual)
    yield from _signatures(record)


def _parties(record: NetworkMou) -> Iterator[Issue]:
    wanted = _PARTIES.get(record.variant or "")
    if wanted and record.n_parties is not None and record.n_parties != wanted:
        yield issue("parties_against_variant", "n_parties", found=record.n_parties, wanted=wanted)
    if record.copies is not None and record.n_parties is not None and record.copies != record.n_parties:
        yield issue("copies_against_parties", "copies", copies=record.copies, parties=record.n_parties)


def _years(record: NetworkMou) -> Iterator[Issue]:
    start, end = record.period_start_be, record.period_end_be
    if start is None or end is None:
        return
    if end < start:
        yield issue("period_order", "period_end_be")
        return
    years = end - start + 1
    if years != _PLAN_YEARS:
        yield issue("plan_years_unusual", "period_end_be", years=years)
    if record.made_date:
        made = int(record.made_date[:4]) + 543
        # Agreements are often signed in the year before they begin.
        if not start - 1 <= made <= end:
            yield issue("made_outside_period", "made_date", year=made)


def _schools(record: NetworkMou) -> Iterator[Issue]:
    if not record.codev_schools:
        yield issue("no_codev", "codev_schools")
    elif len(record.codev_schools) < _CODEV:
        yield issue("few_codev", "codev_schools", found=len(record.codev_schools))
    lead = school_key(record.lead_school) if record.lead_school else None
    seen: set[str] = set()
    for i, school in enumerate(record.codev_schools):
        if school is None:
            yield issue("missing_required", f"codev_schools[{i}]")
            continue
        key = school_key(school)
        if key == lead:
            yield issue("codev_is_lead", f"codev_schools[{i}]", school=school)
        if key in seen:
            yield issue("codev_repeated", f"codev_schools[{i}]", school=school)
        seen.add(key)


def clause_numbers(path: str, clauses: Sequence[Clause]) -> Iterator[Issue]:
    """Numbers ascend and none stands twice; clauses without a number are passed over."""
    before: str | None = None
    for i, clause in enumerate(clauses):
        if clause.no is None:
            continue
        if before is not None and _number(clause.no) <= _number(before):
            yield issue("clause_numbers", f"{path}[{i}].no", no=clause.no, before=before)
        before = clause.no


def _number(no: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall("[0-9]+", no))


def _signatures(record: NetworkMou) -> Iterator[Issue]:
    found = len(record.signatures)
    if found and record.n_parties is not None and found < record.n_parties:
        path = "signatures"
        yield issue("signatures_fewer_than_parties", path, found=found, parties=record.n_parties)
    parties = [school for school in (record.lead_school, *record.codev_schools) if school]
    for i, signature in enumerate(record.signatures):
        school = re.search("โรงเรียน.+", signature.position_printed or "")
        if school and parties and not any(same_school(school[0], party) for party in parties):
            path = f"signatures[{i}].position_printed"
            yield issue("signer_of_other_school", path, printed=school[0])
