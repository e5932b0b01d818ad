"""Rows of a performance agreement (PA1)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from formextract.store import schema as t
from formextract.store.forms.context import FormContext, decimal_of, int_of, text_of
from formextract.store.sql import insert_many


def write_agreement(form: FormContext) -> None:
    """``pa_agreement`` with all its children, ``employment`` and the signatures."""
    first, last = form.text("maker.first_name"), form.text("maker.last_name")
    school = form.name_columns("school", "maker.school")
    office = form.name_columns("office", "maker.area_office")
    person_id = None
    if first and last:
        at = school["school_code"] or school["school_printed"] or office["office_printed"]
        person_id = form.person(form.text("maker.title"), first, last, at)
    job = {
        "position": form.text("maker.position") or form.text("position"),
        "standing": form.text("maker.standing") or form.text("standing"),
        "rank": form.text("maker.salary_rank"),
        "salary_baht": form.integer("maker.salary_baht"),
    }
    pa_id = form.insert(
        t.pa_agreement,
        document_id=form.document_id,
        person_id=person_id,
        **school,
        **office,
        **job,
        form_code=form.text("form_code"),
        fiscal_year=form.integer("fiscal_year_be"),
        period_start=form.date("period.start"),
        period_end=form.date("period.end"),
        full_time=form.flag("workload.full_time"),
        not_full_time_reason=form.text("workload.not_full_time_reason"),
        min_hours=decimal_of(form.get("workload.min_teaching_hours")),
        signed_date=form.date("signature.date"),
        approved=form.flag("superior.approved"),
        approver_comments=form.text("superior.comments"),
        published_at=form.published_at,
    )
    if person_id is not None:
        form.insert(
            t.employment,
            document_id=form.document_id,
            person_id=person_id,
            school_id=school["school_id"],
            office_id=office["office_id"],
            as_of=form.date("signature.date") or form.date("period.start"),
            **job,
        )
    _write_choices(form, pa_id)
    _write_tasks(form, pa_id)
    _write_challenge(form, pa_id)
    _write_signatures(form, person_id)


def _write_choices(form: FormContext, pa_id: int) -> None:
    ticked: dict[str, dict[str, Any]] = {}
    for i, kind in enumerate(_objects(form.record.get("school_types"))):
        if kind.get("checked") is True:
            code = text_of(kind.get("code")) or str(i + 1)
            ticked[code] = {"pa_id": pa_id, "code": code, "label": text_of(kind.get("label"))}
    insert_many(form.connection, t.pa_school_type, list(ticked.values()))
    activities = [
        {
            "pa_id": pa_id,
            "seq": i,
            "code": text_of(activity.get("code")),
            "label": text_of(activity.get("label")),
            "checked": activity.get("checked"),
            "hours": decimal_of(activity.get("hours")),
        }
        for i, activity in enumerate(_objects(form.get("workload.activities")), start=1)
    ]
    insert_many(form.connection, t.pa_workload, activities)


def _write_tasks(form: FormContext, pa_id: int) -> None:
    seq = 0
    for domain in _objects(form.record.get("domains")):
        for task in _objects(domain.get("tasks")):
            seq += 1
            task_id = form.insert(
                t.pa_task,
                pa_id=pa_id,
                domain=int_of(domain.get("no")),
                domain_name=text_of(domain.get("name")),
                code=text_of(task.get("code")),
                seq=seq,
                text=text_of(task.get("text")),
            )
            outcomes = [
                {"task_id": task_id, "seq": i, "text": text_of(o)}
                for i, o in enumerate(task.get("outcomes") or (), start=1)
            ]
            insert_many(form.connection, t.pa_outcome, outcomes)
            indicators = [
                {
                    "task_id": task_id,
                    "seq": i,
                    "audience": text_of(indicator.get("audience")),
                    "text": text_of(indicator.get("text")),
                    "target_value": decimal_of(indicator.get("target_percent")),
                    "unit": "percent" if indicator.get("target_percent") is not None else None,
                }
                for i, indicator in enumerate(_objects(task.get("indicators")), start=1)
            ]
            insert_many(form.connection, t.pa_indicator, indicators)


def _write_challenge(form: FormContext, pa_id: int) -> None:
    if not isinstance(form.get("challenge"), Mapping):
        return
    form.insert(
        t.pa_challenge,
        pa_id=pa_id,
        title=form.text("challenge.title"),
        level=form.text("challenge.expected_level") or form.text("expected_level"),
        problem=form.text("challenge.problem"),
    )
    steps = [
        {"pa_id": pa_id, "seq": i, "text": text_of(step)}
        for i, step in enumerate(form.get("challenge.method") or (), start=1)
    ]
    insert_many(form.connection, t.pa_challenge_step, steps)
    for kind in ("quantitative", "qualitative"):
        results = [
            {"pa_id": pa_id, "kind": kind, "seq": i, "text": text_of(result)}
            for i, result in enumerate(form.get(f"challenge.{kind}") or (), start=1)
        ]
        insert_many(form.connection, t.pa_challenge_outcome, results)


def _write_signatures(form: FormContext, person_id: int | None) -> None:
    if form.text("signature.name_printed"):
        form.insert(
            t.signature,
            document_id=form.document_id,
            seq=1,
            role="maker",
            person_id=person_id,
            name_printed=form.text("signature.name_printed"),
            position_printed=form.text("signature.position_printed"),
            date=form.date("signature.date"),
        )
    if form.text("superior.name"):
        form.insert(
            t.signature,
            document_id=form.document_id,
            seq=2,
            role="superior",
            name_printed=form.text("superior.name"),
            position_printed=form.text("superior.position"),
            date=form.date("superior.date"),
        )


def _objects(value: Any) -> list[Mapping[str, Any]]:
    return [v for v in value if isinstance(v, Mapping)] if isinstance(value, list) else []
