"""Rows of memoranda: network MOUs and salary MOUs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from formextract.store import schema as t
from formextract.store.documents import as_date
from formextract.store.forms.context import FormContext, int_of, text_of
from formextract.store.sql import insert_many


def write_network_mou(form: FormContext) -> None:
    """``mou`` with parties, clauses and signatures, and the ``network`` that it founds."""
    mou_id = _write_mou(form, form.text("variant"))
    members = range(len(form.record.get("codev_schools") or ()))
    parties = [("area_office", "area_office"), ("lead_school", "lead_school")]
    parties += [("codev_school", f"codev_schools[{i}]") for i in members]
    _write_parties(form, mou_id, parties)
    network_id = form.insert(
        t.network,
        document_id=form.document_id,
        seq=1,
        **form.name_columns("office", "area_office"),
        **form.name_columns("lead_school", "lead_school"),
        start_year=form.integer("period_start_be"),
        end_year=form.integer("period_end_be"),
        published_at=form.published_at,
    )
    for i in members:
        columns = form.name_columns("school", f"codev_schools[{i}]")
        form.insert(t.network_member, network_id=network_id, seq=i + 1, **columns)


def write_salary_mou(form: FormContext) -> None:
    """``mou`` of the variant ``salary`` with its rounds, parties, clauses and signatures."""
    mou_id = _write_mou(form, "salary")
    schools = range(len(form.record.get("schools") or ()))
    parties = [("area_office", "area_office")] + [("school", f"schools[{i}]") for i in schools]
    _write_parties(form, mou_id, parties)
    rounds = [
        {
            "mou_id": mou_id,
            "seq": i,
            "round": int_of(r.get("round_no")),
            "effective": as_date(r.get("effective_date")),
        }
        for i, r in enumerate(form.record.get("rounds") or (), start=1)
        if isinstance(r, Mapping)
    ]
    insert_many(form.connection, t.mou_round, rounds)


def _write_mou(form: FormContext, variant: str | None) -> int:
    mou_id: int = form.insert(
        t.mou,
        document_id=form.document_id,
        variant=variant,
        title=form.text("title"),
        **form.name_columns("office", "area_office"),
        purpose=form.text("purpose"),
        made_at=form.text("made_at"),
        made_date=form.date("made_date") or form.date("signed_date"),
        n_parties=form.integer("n_parties"),
        period_start=form.integer("period_start_be"),
        period_end=form.integer("period_end_be"),
        copies=form.integer("copies"),
        change_days=form.integer("change_notice_days"),
        termination_days=form.integer("termination_notice_days"),
        published_at=form.published_at,
    )
    clauses = [
        {"mou_id": mou_id, "seq": seq, "section": section, **clause}
        for seq, (section, clause) in enumerate(_clauses(form.record), start=1)
    ]
    insert_many(form.connection, t.mou_clause, clauses)
    form.write_signatures()
    return mou_id


def _write_parties(form: FormContext, mou_id: int, parties: list[tuple[str, str]]) -> None:
    seq = 0
    for role, path in parties:
        if form.text(path) is None and path not in form.links:
            continue
        seq += 1
        columns = form.name_columns("party", path)
        form.insert(
            t.mou_party,
            mou_id=mou_id,
            seq=seq,
            role=role,
            printed=columns["party_printed"],
            code=columns["party_code"],
            name=columns["party_name"],
            school_id=None if role == "area_office" else columns["party_id"],
            office_id=columns["party_id"] if role == "area_office" else None,
        )


def _clauses(record: Mapping[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for section, name in (("objective", "objectives"), ("agreement", "agreements"), ("clause", "clauses")):
        for clause in _flat(record.get(name)):
            yield section, clause


def _flat(clauses: Any) -> Iterator[dict[str, Any]]:
    """Clauses and their children, in printed order."""
    for clause in clauses if isinstance(clauses, list) else ():
        if not isinstance(clause, Mapping):
            yield {"path": None, "no_printed": None, "text": text_of(clause)}
            continue
        no = text_of(clause.get("no"))
        yield {"path": no, "no_printed": text_of(clause.get("no_printed")) or no, "text": text_of(clause)}
        yield from _flat(clause.get("children"))
