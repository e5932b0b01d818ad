from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal as Exact
from typing import Any

import pytest
import sqlalchemy as sa

from formextract.model import Decision, Extraction, Outcome, Status
from formextract.store import schema as t
from formextract.store.db import Store
from formextract.store.decide import apply_decision
from formextract.store.publish import publish, republish
from formextract.store.queue import Filter, next_item
from tests.store import make


def rows(store: Store, table: sa.Table | str) -> list[dict[str, Any]]:
    with store.read() as connection:
        statement = sa.select(table) if isinstance(table, sa.Table) else sa.text(f"SELECT * FROM {table}")
        return [dict(r) for r in connection.execute(statement).mappings()]


def decide(store: Store, path: str, action: Any, value: str | None = None, by: str = "dao") -> None:
    with store.read() as connection:
        i = t.review_item.c
        item = connection.execute(
            sa.select(i.item_id, i.version).where(i.path == path, i.state == "open")
        ).one()
    apply_decision(store, item[0], action, value, by, item[1])


def test_an_accepted_agreement_is_published_with_all_its_parts(store: Store) -> None:
    result = publish(store, make.extraction(make.pa1()), size=1234, archived_path="objects/aa/x")
    (document,) = result.documents
    assert (document.decision, document.published, document.open_items) == ("accepted", True, 0)
    (pa,) = rows(store, t.pa_agreement)
    assert (pa["salary_baht"], pa["rank"], pa["fiscal_year"], pa["approved"]) == (41230, "คศ.3", 2568, None)
    assert (pa["period_start"], pa["min_hours"]) == (date(2024, 10, 1), Exact("6.0"))
    assert (pa["school_printed"], pa["school_code"], pa["school_name"]) == (
        make.SCHOOL,
        make.SCHOOL_CODE,
        make.SCHOOL,
    )
    assert [w["hours"] for w in rows(store, t.pa_workload)] == [None, Exact("2.5")]
    assert [s["code"] for s in rows(store, t.pa_school_type)] == ["basic"]
    assert [o["text"] for o in rows(store, t.pa_outcome)] == ["มีแผนงาน", "มีรายงาน"]
    assert rows(store, t.pa_indicator)[0]["target_value"] == 80
    assert len(rows(store, t.pa_challenge_step)) == 2
    (person,) = rows(store, "agreement_by_person")
    assert (person["first_name"], person["salary_baht"]) == ("สมมติ", 41230)
    (doc,) = rows(store, t.document)
    assert (doc["page_from"], doc["page_to"], doc["outcome"], doc["doc_date"]) == (
        1,
        2,
        "extracted",
        date(2024, 10, 1),
    )
    assert rows(store, t.source_file)[0]["size"] == 1234
    fields = {f["path"]: f for f in rows(store, t.extracted_field)}
    assert fields["maker.salary_baht"]["value"] == 41230
    assert fields["maker.salary_baht"]["bbox"][0] == 100.0


def test_publishing_twice_changes_nothing(store: Store) -> None:
    first = publish(store, make.extraction(make.pa1(), make.unknown()))
    before = {
        name: rows(store, name)
        for name in ("pa_agreement", "pa_task", "extracted_field", "issue", "review_item")
    }
    second = publish(store, make.extraction(make.pa1(), make.unknown()))
    assert first == second
    after = {name: rows(store, name) for name in before}
    for name in ("extracted_field", "review_item"):
        assert before[name] == after[name]
    assert {n: len(r) for n, r in before.items()} == {n: len(r) for n, r in after.items()}
    assert len(rows(store, "person")) == 1


def test_a_doubtful_salary_waits_and_nothing_of_the_form_is_seen(store: Store) -> None:
    (document,) = publish(store, make.extraction(make.pa1(doubtful=("maker.salary_baht",)))).documents
    assert (document.decision, document.published, document.open_items) == ("review", False, 1)
    assert rows(store, t.pa_agreement) == []
    assert rows(store, "published_document") == []
    decide(store, "maker.salary_baht", "accept")
    (pa,) = rows(store, t.pa_agreement)
    assert pa["salary_baht"] == 41230


def test_a_doubtful_side_value_is_published_empty_until_it_is_decided(store: Store) -> None:
    path = "challenge.title"
    (document,) = publish(store, make.extraction(make.pa1(doubtful=(path,)))).documents
    assert (document.decision, document.published) == ("review", True)
    assert rows(store, t.pa_challenge)[0]["title"] is None
    decide(store, path, "correct", "ห้องสมุดมีชีวิต")
    assert rows(store, t.pa_challenge)[0]["title"] == "ห้องสมุดมีชีวิต"


def test_an_undecided_school_holds_the_agreement_back(store: Store) -> None:
    for decision in (Decision.REVIEW, Decision.NONE):
        (document,) = publish(
            store, make.extraction(make.pa1(school=decision), word=decision.value)
        ).documents
        assert not document.published
    assert rows(store, t.pa_agreement) == []


def test_an_error_holds_back_and_a_warning_does_not(store: Store) -> None:
    (held,) = publish(store, make.extraction(make.pa1(issues=(make.ERROR,)), word="e")).documents
    assert not held.published
    record = make.pa1_record(first_name="อื่น")
    (free,) = publish(
        store, make.extraction(make.pa1(issues=(make.WARNING,), record=record), word="w")
    ).documents
    assert free.published
    decide(store, make.ERROR.path, "accept")
    assert len(rows(store, t.pa_agreement)) == 2


def test_a_missing_required_value_is_asked_for(store: Store) -> None:
    (document,) = publish(
        store, make.extraction(make.pa1(record=make.pa1_record(salary_baht=None)))
    ).documents
    assert (document.published, document.open_items) == (False, 1)
    decide(store, "maker.salary_baht", "correct", "๔๑,๒๓๐")
    (pa,) = rows(store, t.pa_agreement)
    assert pa["salary_baht"] == 41230
    (field,) = [f for f in rows(store, t.extracted_field) if f["path"] == "maker.salary_baht"]
    assert (field["method"], field["decided_by"]) == ("clerk", "dao")


def test_a_blank_template_is_kept_but_not_published(store: Store) -> None:
    blank = replace(make.pa1(), status=Status.BLANK_TEMPLATE, record={}, evidence={}, matches={})
    (document,) = publish(store, make.extraction(blank)).documents
    assert (document.published, document.open_items) == (False, 0)
    assert rows(store, t.pa_agreement) == []


def test_the_same_agreement_scanned_twice_is_asked_about(store: Store) -> None:
    publish(store, make.extraction(make.pa1(), word="scan one"))
    (second,) = publish(store, make.extraction(make.pa1(), word="scan two")).documents
    assert (second.published, second.open_items) == (False, 1)
    assert rows(store, t.issue)[0]["rule_id"] == "duplicate_document"
    decide(store, "", "reject")
    assert len(rows(store, t.pa_agreement)) == 1
    withheld = [d for d in rows(store, t.document) if d["withheld"]]
    assert [d["document_id"] for d in withheld] == [second.document_id]
    assert withheld[0]["decision"] == "accepted"


def test_unreadable_files_have_one_row_each(store: Store) -> None:
    for _ in range(2):
        publish(store, make.unreadable())
        publish(store, make.unreadable(None, "/in/locked.pdf"))
    found = rows(store, t.document)
    assert [(d["page_from"], d["outcome"], d["problem_code"]) for d in found] == [
        (0, "unreadable", "encrypted")
    ] * 2
    # Once it can be read, its forms take the place of the fault.
    publish(store, make.extraction(make.pa1(), word="bad", path="/in/bad.pdf"))
    publish(store, make.extraction(make.roster(), word="locked", path="/in/locked.pdf"))
    assert sorted(d["doc_type"] for d in rows(store, t.document)) == ["pa1", "roster_announcement"]


def test_a_failed_new_reading_takes_nothing_away(store: Store) -> None:
    publish(store, make.extraction(make.pa1(), word="x"))
    publish(store, make.unreadable("x"))
    assert len(rows(store, t.pa_agreement)) == 1


def test_the_same_bytes_elsewhere_are_a_duplicate_with_the_first_ones_documents(store: Store) -> None:
    first = publish(store, make.extraction(make.pa1()))
    again = Extraction("/in/copy.pdf", make.sha("a"), "application/pdf", 10, Outcome.DUPLICATE)
    assert publish(store, again).documents == first.documents
    assert {r["path"] for r in rows(store, t.source_path)} == {"/in/a.pdf", "/in/copy.pdf"}


def test_unknown_pages_are_kept_with_their_text_and_asked_about(store: Store) -> None:
    result = publish(store, make.extraction(make.pa1(), make.unknown()))
    assert [d.doc_type for d in result.documents] == ["pa1", "unknown"]
    (doc,) = [d for d in rows(store, t.document) if d["doc_type"] == "unknown"]
    assert (doc["outcome"], doc["text"], doc["published_at"]) == ("unknown_form", "ข้อความอื่น", None)
    item = next_item(store, "dao", Filter(doc_type="unknown"))
    assert item is not None and item.kind == "form"
    result2 = apply_decision(store, item.item_id, "accept", None, "dao", item.version)
    assert result2.document.decision == "accepted"
    # Not asked again after the next reading.
    assert publish(store, make.extraction(make.pa1(), make.unknown())).documents[1].open_items == 0


def test_a_document_in_review_without_a_question_asks_about_the_form(store: Store) -> None:
    doubtful = replace(make.pa1(), decision=Decision.REVIEW, doc_type_confidence=0.6)
    (document,) = publish(store, make.extraction(doubtful)).documents
    assert (document.open_items, document.published) == (1, False)


def test_roster_rows_and_networks(store: Store) -> None:
    publish(store, make.extraction(make.roster()))
    found = rows(store, t.roster_row)
    assert [r["row_no"] for r in found] == [1, 2, 3, 4]
    assert (found[3]["lead_no"], found[3]["codev_printed"]) == (2, "โรงเรียนบ้านร่วมพัฒนา 3")
    assert found[1]["carried"] == ["area_office"]
    assert [(n["seq"], n["lead_school_printed"]) for n in rows(store, t.network)] == [
        (1, "โรงเรียนวัดแกนนำหนึ่ง"),
        (2, "โรงเรียนวัดแกนนำสอง"),
    ]
    assert len(rows(store, "network_overview")) == 4


def test_memoranda(store: Store) -> None:
    publish(store, make.extraction(make.network_mou(), word="n"))
    publish(store, make.extraction(make.salary_mou(), word="s"))
    network, salary = rows(store, t.mou)
    assert (network["variant"], network["period_end"], network["change_days"]) == ("2p", 2566, 30)
    assert (salary["variant"], salary["made_date"]) == ("salary", date(2022, 3, 15))
    roles = [(p["role"], p["code"]) for p in rows(store, t.mou_party) if p["mou_id"] == network["mou_id"]]
    assert roles == [
        ("lead_school", make.SCHOOL_CODE),
        ("codev_school", make.OTHER_CODE),
        ("codev_school", None),
    ]
    assert [r["effective"] for r in rows(store, t.mou_round)] == [date(2022, 4, 1), date(2022, 10, 1)]
    assert [c["no_printed"] for c in rows(store, t.mou_clause)] == ["1.1", "3.1", "๑.", "๑.1"]
    assert [s["role"] for s in rows(store, t.signature)] == ["giver", "witness"]


# ---------------------------------------------------------------- a clerk's word stands


def test_a_decided_value_survives_a_new_reading(store: Store) -> None:
    publish(store, make.extraction(make.pa1(doubtful=("maker.salary_baht",))))
    decide(store, "maker.salary_baht", "correct", "41,280")
    publish(store, make.extraction(make.pa1(record=make.pa1_record(salary_baht=99990))))
    (pa,) = rows(store, t.pa_agreement)
    assert pa["salary_baht"] == 41280
    (field,) = [f for f in rows(store, t.extracted_field) if f["path"] == "maker.salary_baht"]
    assert (field["value"], field["machine_value"], field["decided_by"]) == (41280, 99990, "dao")
    assert rows(store, t.document)[0]["record"]["maker"]["salary_baht"] == 41280


def test_a_decided_value_survives_a_reading_that_lost_it(store: Store) -> None:
    publish(store, make.extraction(make.pa1(doubtful=("maker.salary_baht",))))
    decide(store, "maker.salary_baht", "accept")
    publish(store, make.extraction(make.pa1(record=make.pa1_record(salary_baht=None))))
    assert rows(store, t.pa_agreement)[0]["salary_baht"] == 41230


def test_a_decided_link_survives_a_new_reading(store: Store) -> None:
    publish(store, make.extraction(make.pa1(school=Decision.REVIEW)))
    decide(store, "maker.school", "choose", make.OTHER_CODE)
    publish(store, make.extraction(make.pa1(school=Decision.REVIEW)))
    assert rows(store, t.pa_agreement)[0]["school_code"] == make.OTHER_CODE


def test_decided_rows_follow_their_print_when_the_table_shifts(store: Store) -> None:
    publish(store, make.extraction(make.roster(doubtful=("rows[1].codev_school",))))
    decide(store, "rows[1].codev_school", "correct", "โรงเรียนบ้านที่ถูกต้อง")
    (document,) = publish(store, make.extraction(make.roster(shift=1))).documents
    # The machine's link was for the machine's reading.
    assert not document.published
    decide(store, "rows[2].codev_school", "choose", make.SCHOOL_CODE)
    assert [r["codev_printed"] for r in rows(store, t.roster_row)] == [
        "โรงเรียนบ้านร่วมพัฒนา -1",
        "โรงเรียนบ้านร่วมพัฒนา 0",
        "โรงเรียนบ้านที่ถูกต้อง",
        "โรงเรียนบ้านร่วมพัฒนา 2",
        "โรงเรียนบ้านร่วมพัฒนา 3",
    ]


def test_a_decided_row_that_a_new_reading_lost_keeps_the_whole_document(store: Store) -> None:
    publish(store, make.extraction(make.roster(doubtful=("rows[3].codev_school",))))
    decide(store, "rows[3].codev_school", "correct", "โรงเรียนบ้านที่ถูกต้อง")
    decide(store, "rows[3].codev_school", "reject")
    shorter = make.roster()
    record = {**shorter.record, "rows": shorter.record["rows"][:2]}
    evidence = {p: e for p, e in shorter.evidence.items() if not p.startswith(("rows[2]", "rows[3]"))}
    publish(store, make.extraction(replace(shorter, record=record, evidence=evidence, matches={})))
    found = rows(store, t.roster_row)
    assert len(found) == 4 and found[3]["codev_printed"] == "โรงเรียนบ้านที่ถูกต้อง"
    assert "reading_kept" in {i["rule_id"] for i in rows(store, t.issue)}


def test_a_new_split_of_the_file_leaves_decided_documents_alone(store: Store) -> None:
    publish(
        store, make.extraction(make.pa1(doubtful=("maker.salary_baht",), pages=(2, 3)), make.unknown((1,)))
    )
    decide(store, "maker.salary_baht", "accept")
    publish(store, make.extraction(make.pa1(pages=(1, 2, 3))))
    found = rows(store, t.document)
    assert {d["doc_type"]: d["pages"] for d in found} == {"unknown": [1], "pa1": [2, 3]}
    assert len(rows(store, t.pa_agreement)) == 1


def test_a_new_split_replaces_documents_nobody_decided(store: Store) -> None:
    publish(store, make.extraction(make.pa1(pages=(2, 3)), make.unknown((1,))))
    publish(store, make.extraction(make.pa1(pages=(1, 2, 3))))
    assert [(d["doc_type"], d["pages"]) for d in rows(store, t.document)] == [("pa1", [1, 2, 3])]
    assert len(rows(store, t.pa_agreement)) == 1


def test_republish_asks_for_a_known_document(store: Store) -> None:
    with pytest.raises(KeyError):
        republish(store, "none")
    (document,) = publish(store, make.extraction(make.pa1())).documents
    assert republish(store, document.document_id) == document


def test_a_fault_in_the_middle_leaves_nothing(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("formextract.store.forms.agreement._write_challenge", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        publish(store, make.extraction(make.pa1()))
    for table in (t.source_file, t.document, t.extracted_field, t.pa_agreement, t.person):
        assert rows(store, table) == []
