from __future__ import annotations

import re

import pytest
import sqlalchemy as sa

from formextract.store import schema as t
from formextract.store.db import Store
from formextract.store.publish import publish
from tests.review.conftest import Browser
from tests.store import make


@pytest.fixture
def document(store: Store) -> str:
    return publish(store, make.extraction(make.pa1(issues=(make.WARNING,)))).documents[0].document_id


def test_a_document_shows_values_evidence_remarks_and_state(clerk: Browser, document: str) -> None:
    page = clerk.get(f"/documents/{document}").text
    assert "เผยแพร่แล้ว" in page and "นอกช่วงเงินเดือน" in page
    assert "41,230" in page and "1 ต.ค. 2567" in page and make.SCHOOL_CODE in page
    assert re.search(r'data-at="1 [\d.]+ [\d.]+', page)


def test_a_wrong_published_value_is_put_back_into_the_queue(
    clerk: Browser, store: Store, document: str
) -> None:
    token = clerk.token(f"/documents/{document}")
    assert clerk.post(f"/documents/{document}/reopen", "0" * 64, path="maker.salary_baht").status_code == 403
    answer = clerk.post(f"/documents/{document}/reopen", token, path="maker.salary_baht")
    assert answer.headers["location"] == f"/documents/{document}?reopened=1"
    with store.read() as connection:
        assert connection.scalar(sa.select(sa.func.count()).select_from(t.pa_agreement)) == 0
    assert clerk.item()["label"] == "อัตราเงินเดือน (บาท)"
    assert clerk.post(f"/documents/{document}/reopen", token, path="none").status_code == 404
    assert (
        clerk.post(f"/documents/{document}/reopen", token, path="maker.school", kind="match").status_code
        == 303
    )


def test_lists(clerk: Browser, store: Store, document: str) -> None:
    publish(store, make.unreadable())
    publish(store, make.extraction(make.unknown(), word="u"))
    states = {"": 3, "waiting": 1, "done": 2, "unreadable": 1}
    for state, n in states.items():
        assert clerk.get(f"/documents?state={state}").text.count('<tr>\n      <td><a href="/documents/') == n
    assert clerk.get("/documents?page=0").status_code == 200
    assert clerk.get("/documents?page=9").status_code == 200


def test_unknown_pages_show_their_text(clerk: Browser, store: Store) -> None:
    (found,) = publish(store, make.extraction(make.unknown(), word="u")).documents
    assert "ข้อความอื่น" in clerk.get(f"/documents/{found.document_id}").text


@pytest.mark.parametrize(
    "path",
    [
        "/documents/none",
        "/documents/none/crop.png?path=x",
        "/pages/x/1.jpg",
        f"/pages/{'a' * 64}/1.jpg",
        "/nowhere",
    ],
)
def test_what_is_not_there(clerk: Browser, path: str) -> None:
    answer = clerk.get(path)
    assert answer.status_code == 404
    assert "ไม่พบหน้านี้" in answer.text


def test_history(clerk: Browser, document: str) -> None:
    assert "ยังไม่มีรายการ" in clerk.get("/history").text
    clerk.post(
        f"/documents/{document}/reopen", clerk.token("/documents/" + document), path="maker.salary_baht"
    )
    assert "ส่งตรวจใหม่" in clerk.get("/history?mine=1").text
    assert "ส่งตรวจใหม่" in clerk.get(f"/documents/{document}").text


def test_nothing_on_a_page_comes_from_elsewhere(clerk: Browser, document: str) -> None:
    for path in ("/", "/documents", f"/documents/{document}", "/history", "/account"):
        page = clerk.get(path).text
        assert "://" not in page
        assert not re.search(r"\son\w+=|style=|<script>", page)
