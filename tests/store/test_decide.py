from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa

from formextract.model import Decision, Match
from formextract.records.rules import validate
from formextract.store import schema as t
from formextract.store.browse import document_view, history
from formextract.store.db import Store
from formextract.store.decide import (
    Action,
    DecisionResult,
    ReviewConflict,
    apply_decision,
    reopen_field,
    reopen_match,
)
from formextract.store.publish import publish
from formextract.store.registry_store import import_schools, load_schools
from formextract.store.values import BadDecision
from tests.store import make
from tests.store.registry_make import school


def waiting(store: Store) -> list[Any]:
    with store.read() as connection:
        i = t.review_item.c
        return list(
            connection.execute(
                sa.select(t.review_item).where(i.state == "open").order_by(i.item_id)
            ).mappings()
        )


def decide(store: Store, action: Action, value: str | None = None, **kwargs: Any) -> DecisionResult:
    item = waiting(store)[0]
    return apply_decision(store, item["item_id"], action, value, "dao", item["version"], **kwargs)


def scalar(store: Store, column: Any) -> Any:
    with store.read() as connection:
        return connection.scalar(sa.select(column))


def test_a_correction_reaches_the_published_row_and_the_audit(store: Store) -> None:
    publish(store, make.extraction(make.pa1(doubtful=("maker.salary_baht",))))
    result = decide(store, "correct", "๔๒,๕๒๐")
    assert (result.closed, result.document.published, result.document.decision) == (1, True, "accepted")
    assert scalar(store, t.pa_agreement.c.salary_baht) == 42520
    (action,) = history(store, document_id=result.document.document_id)
    assert (action["action"], action["by"], action["before"], action["after"]) == (
        "correct",
        "dao",
        41230,
        42520,
    )
    view = document_view(store, result.document.document_id)
    assert view is not None
    field = view.field("maker.salary_baht")
    assert field is not None
    assert (field["value"], field["machine_value"], field["decided_by"]) == (42520, 41230, "dao")
    assert view.document["record"]["maker"]["salary_baht"] == 42520


@pytest.mark.parametrize("typed", ["สี่หมื่น", "42,52", "-5"])
def test_a_value_of_the_wrong_kind_is_refused_and_nothing_changes(store: Store, typed: str) -> None:
    publish(store, make.extraction(make.pa1(doubtful=("maker.salary_baht",))))
    with pytest.raises(BadDecision) as caught:
        decide(store, "correct", typed)
    assert caught.value.message_th
    assert waiting(store)[0]["version"] == 1
    assert history(store) == []


def test_two_clerks_at_the_same_item(store: Store) -> None:
    publish(store, make.extraction(make.pa1(doubtful=("maker.salary_baht",))))
    item = waiting(store)[0]
    apply_decision(store, item["item_id"], "accept", None, "dao", item["version"])
    with pytest.raises(ReviewConflict) as caught:
        apply_decision(store, item["item_id"], "correct", "1", "fah", item["version"])
    assert caught.value.by == "dao"
    assert scalar(store, t.pa_agreement.c.salary_baht) == 41230


def test_what_cannot_be_read_is_empty_and_must_stand_as_such_where_it_is_required(store: Store) -> None:
    publish(store, make.extraction(make.pa1(doubtful=("maker.salary_baht",))))
    assert not decide(store, "cannot_read").document.published
    (item,) = waiting(store)
    assert (item["kind"], item["rule_id"]) == ("issue", "missing_required")
    assert decide(store, "accept").document.published
    assert scalar(store, t.pa_agreement.c.salary_baht) is None


def test_choosing_another_school_keeps_both_names_and_teaches_an_alias(store: Store) -> None:
    import_schools(store, [school(make.OTHER_CODE, "บ้านทดลองใหม่")], file_name="x.csv", sha256="0" * 64)
    publish(store, make.extraction(make.pa1(school=Decision.REVIEW)))
    assert decide(store, "choose", make.OTHER_CODE).document.published
    with store.read() as connection:
        pa = connection.execute(sa.select(t.pa_agreement)).mappings().one()
    assert (pa["school_printed"], pa["school_code"], pa["school_name"]) == (
        make.SCHOOL,
        make.OTHER_CODE,
        "โรงเรียนบ้านทดลองใหม่",
    )
    assert pa["school_id"] is not None
    assert load_schools(store)[0].aliases == (make.SCHOOL,)


def test_a_school_outside_the_candidates_may_be_chosen_if_the_registry_has_it(store: Store) -> None:
    publish(store, make.extraction(make.pa1(school=Decision.REVIEW)))
    with pytest.raises(BadDecision):
        decide(store, "choose", "1099999999")
    import_schools(store, [school("1099999999", "วัดไกล")], file_name="x.csv", sha256="0" * 64)
    assert decide(store, "choose", "1099999999").document.published
    assert scalar(store, t.pa_agreement.c.school_name) == "โรงเรียนวัดไกล"


def test_a_school_outside_the_registry(store: Store) -> None:
    publish(store, make.extraction(make.pa1(school=Decision.NONE)))
    assert decide(store, "reject").document.published
    assert scalar(store, t.pa_agreement.c.school_printed) == make.SCHOOL
    assert scalar(store, t.pa_agreement.c.school_code) is None


def test_a_corrected_name_asks_the_registry_again(store: Store) -> None:
    publish(store, make.extraction(make.pa1(doubtful=("maker.school",))))
    found = Match(Decision.ACCEPTED, make.OTHER_CODE, "โรงเรียนบ้านทดลองใหม่", 0.99, 0.4)
    asked = []

    def rematch(document: Any, path: str, name: str) -> Match:
        asked.append((document["doc_type"], path, name))
        return found

    result = decide(store, "correct", "โรงเรียนบ้านทดลองใหม่", rematch=rematch)
    assert asked == [("pa1", "maker.school", "โรงเรียนบ้านทดลองใหม่")]
    assert result.document.published
    assert scalar(store, t.pa_agreement.c.school_code) == make.OTHER_CODE


def test_a_corrected_name_without_a_matcher_leaves_the_link_open(store: Store) -> None:
    publish(store, make.extraction(make.pa1(doubtful=("maker.school",))))
    assert not decide(store, "correct", "โรงเรียนบ้านอื่น").document.published
    (item,) = waiting(store)
    assert item["kind"] == "match"
    assert decide(store, "accept").document.published


def test_one_printed_cell_is_one_question(store: Store) -> None:
    doubtful = tuple(f"rows[{i}].area_office" for i in range(4))
    publish(store, make.extraction(make.roster(doubtful=doubtful)))
    assert len(waiting(store)) == 4
    result = decide(store, "correct", "สำนักงานเขตพื้นที่การศึกษาประถมศึกษาพิจิตร เขต 1")
    assert (result.closed, result.document.published) == (4, True)
    with store.read() as connection:
        offices = set(connection.scalars(sa.select(t.roster_row.c.office_printed)))
    assert offices == {"สำนักงานเขตพื้นที่การศึกษาประถมศึกษาพิจิตร เขต 1"}
    assert len(history(store)) == 4


def test_the_same_printed_name_is_one_link(store: Store) -> None:
    publish(store, make.extraction(make.roster(links=Decision.REVIEW)))
    assert len(waiting(store)) == 4
    assert decide(store, "accept").closed == 2
    assert decide(store, "accept").document.published


def test_a_skip_answers_nothing(store: Store) -> None:
    publish(store, make.extraction(make.pa1(doubtful=("maker.salary_baht",))))
    assert decide(store, "skip").closed == 0
    assert len(waiting(store)) == 1
    assert history(store)[0]["action"] == "skip"


@pytest.mark.parametrize(
    ("kind", "action"), [("value", "choose"), ("match", "cannot_read"), ("value", "reject")]
)
def test_actions_that_do_not_fit_are_refused(store: Store, kind: str, action: Action) -> None:
    document = (
        make.pa1(doubtful=("maker.salary_baht",)) if kind == "value" else make.pa1(school=Decision.REVIEW)
    )
    publish(store, make.extraction(document))
    with pytest.raises(BadDecision):
        decide(store, action, "x")
    assert waiting(store)[0]["version"] == 1


def test_a_wrong_accepted_value_is_taken_back_and_mended(store: Store) -> None:
    (document,) = publish(store, make.extraction(make.pa1())).documents
    assert not reopen_field(store, document.document_id, "maker.salary_baht", "dao").published
    assert scalar(store, sa.func.count(t.pa_agreement.c.pa_id)) == 0
    assert decide(store, "correct", "41,320").document.published
    assert scalar(store, t.pa_agreement.c.salary_baht) == 41320
    assert not reopen_match(store, document.document_id, "maker.school", "dao").published
    assert decide(store, "choose", make.OTHER_CODE).document.published
    assert [a["action"] for a in history(store)] == ["choose", "reopen", "correct", "reopen"]


def test_reopening_what_is_not_there(store: Store) -> None:
    with pytest.raises(KeyError):
        reopen_field(store, "none", "x", "dao")
    with pytest.raises(KeyError):
        reopen_match(store, "none", "x", "dao")


def test_a_correction_that_mends_a_contradiction_closes_its_issue(store: Store) -> None:
    record = make.pa1_record()
    record["fiscal_year_be"] = 2567
    broken = tuple(i for i in validate("pa1", record) if i.rule == "fiscal_year_against_period")
    assert broken
    publish(store, make.extraction(make.pa1(doubtful=("fiscal_year_be",), record=record, issues=broken)))
    item = next(i for i in waiting(store) if i["kind"] == "value")
    result = apply_decision(store, item["item_id"], "correct", "๒๕๖๘", "dao", item["version"])
    assert (result.document.open_items, result.document.published) == (0, True)
    with store.read() as connection:
        i = t.issue.c
        states = connection.scalars(sa.select(i.state).where(i.rule_id == "fiscal_year_against_period")).all()
    assert states == ["fixed"]


def test_choosing_the_very_name_that_was_read_confirms_the_reading(store: Store) -> None:
    publish(store, make.extraction(make.pa1(doubtful=("maker.school",), school=Decision.REVIEW)))
    item = next(i for i in waiting(store) if i["kind"] == "match")
    result = apply_decision(store, item["item_id"], "accept", None, "dao", item["version"])
    assert result.document.published
    assert {(a["kind"], a["action"]) for a in history(store)} == {("match", "accept"), ("value", "accept")}


def test_choosing_another_name_leaves_the_reading_to_be_confirmed(store: Store) -> None:
    publish(store, make.extraction(make.pa1(doubtful=("maker.school",), school=Decision.REVIEW)))
    item = next(i for i in waiting(store) if i["kind"] == "match")
    apply_decision(store, item["item_id"], "choose", make.OTHER_CODE, "dao", item["version"])
    assert [i["kind"] for i in waiting(store)] == ["value"]
