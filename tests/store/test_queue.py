from __future__ import annotations

from datetime import timedelta

from formextract.model import Decision
from formextract.store.db import Store, now
from formextract.store.decide import apply_decision
from formextract.store.publish import publish
from formextract.store.queue import (
    LEASE,
    Filter,
    counts,
    decided_since,
    give_back,
    item_by_id,
    next_item,
    skipped_by,
    store_counts,
)
from tests.store import make

DOUBTFUL = ("maker.salary_baht", "challenge.title", "fiscal_year_be")


def fill(store: Store, n: int = 2) -> None:
    for i in range(n):
        record = make.pa1_record(first_name=("กานดา", "วิชัย")[i])
        document = make.pa1(doubtful=DOUBTFUL, school=Decision.REVIEW, record=record)
        publish(store, make.extraction(document, word=str(i)))


def test_a_clerk_works_down_one_document_before_the_next(store: Store) -> None:
    fill(store)
    seen = []
    while (item := next_item(store, "dao")) is not None:
        seen.append((item.document_id, item.path))
        apply_decision(store, item.item_id, "accept", None, "dao", item.version)
    assert [path for _, path in seen[:4]] == [
        "fiscal_year_be",
        "maker.school",
        "maker.salary_baht",
        "challenge.title",
    ]
    assert len({d for d, _ in seen[:4]}) == 1
    assert len(seen) == 8
    assert decided_since(store, "dao", now() - timedelta(minutes=5)) == 8


def test_contradictions_come_after_the_values_that_may_cause_them(store: Store) -> None:
    document = make.pa1(
        doubtful=("maker.school", "challenge.title"), school=Decision.REVIEW, issues=(make.ERROR,)
    )
    publish(store, make.extraction(document))
    kinds = []
    while (item := next_item(store, "dao")) is not None:
        kinds.append((item.kind, item.path))
        apply_decision(store, item.item_id, "accept", None, "dao", item.version)
    assert kinds == [("match", "maker.school"), ("value", "challenge.title"), ("issue", make.ERROR.path)]


def test_two_clerks_get_different_documents(store: Store) -> None:
    fill(store)
    first, second = next_item(store, "dao"), next_item(store, "fah")
    assert first is not None and second is not None
    assert first.document_id != second.document_id
    assert next_item(store, "third") is None
    assert next_item(store, "dao") == first
    assert next_item(store, "third", moment=now() + LEASE + timedelta(seconds=1)) is not None


def test_a_clerk_who_leaves_gives_the_document_back(store: Store) -> None:
    fill(store, 1)
    assert next_item(store, "dao") is not None
    assert next_item(store, "fah") is None
    give_back(store, "dao")
    assert next_item(store, "fah") is not None


def test_filters(store: Store) -> None:
    fill(store, 1)
    publish(store, make.extraction(make.unknown(), word="u"))
    item = next_item(store, "dao", Filter(kind="match"))
    assert item is not None and item.path == "maker.school" and item.open_in_document == 4
    item = next_item(store, "dao", Filter(doc_type="unknown"))
    assert item is not None and item.kind == "form"
    assert next_item(store, "dao", Filter(document_id="none")) is None
    assert item_by_id(store, item.item_id) == item


def test_skipped_items_come_back_on_request_and_go_to_others(store: Store) -> None:
    fill(store, 1)
    item = next_item(store, "dao")
    assert item is not None
    apply_decision(store, item.item_id, "skip", None, "dao", item.version)
    following = next_item(store, "dao")
    assert following is not None and following.path != item.path
    assert skipped_by(store, "dao") == 1
    for _ in range(3):
        left = next_item(store, "dao")
        assert left is not None
        apply_decision(store, left.item_id, "accept", None, "dao", left.version)
    assert next_item(store, "dao") is None
    again = next_item(store, "dao", include_skipped=True)
    assert again is not None and again.path == item.path
    give_back(store, "dao")
    other = next_item(store, "fah")
    assert other is not None and other.path == item.path


def test_counts_are_of_questions(store: Store) -> None:
    fill(store, 1)
    publish(store, make.extraction(make.roster(links=Decision.REVIEW), word="r"))
    publish(store, make.unreadable())
    found = {(c.doc_type, c.kind): (c.questions, c.documents, c.blocking) for c in counts(store)}
    assert found == {
        ("pa1", "match"): (1, 1, 1),
        ("pa1", "value"): (3, 1, 2),
        ("roster_announcement", "match"): (2, 1, 2),
    }
    total = store_counts(store)
    assert total.by_outcome == {"extracted": 2, "unreadable": 1}
    assert (total.published, total.waiting_documents, total.files) == (0, 2, 3)
