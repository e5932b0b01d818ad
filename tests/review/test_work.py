from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa

from formextract.model import Decision
from formextract.store import schema as t
from formextract.store.browse import history
from formextract.store.db import Store
from formextract.store.publish import publish
from formextract.store.registry_store import import_schools
from tests.review.conftest import Browser
from tests.store import make
from tests.store.registry_make import school


def salary(store: Store) -> Any:
    with store.read() as connection:
        return connection.execute(sa.select(t.pa_agreement.c.salary_baht)).scalar()


@pytest.fixture
def doubtful(store: Store) -> str:
    return publish(store, make.extraction(make.pa1(doubtful=("maker.salary_baht",)))).documents[0].document_id


def test_an_empty_desk_says_so(clerk: Browser) -> None:
    assert "ไม่มีรายการรอตรวจ" in clerk.get("/").text
    assert "ไม่มีรายการรอตรวจ" in clerk.get("/work").text


def test_the_overview_counts(clerk: Browser, store: Store, doubtful: str) -> None:
    publish(store, make.unreadable())
    page = clerk.get("/").text
    assert "ข้อตกลงในการพัฒนางาน (PA1)" in page and "ค่าที่อ่านไม่แน่ใจ" in page
    assert "แฟ้มมีรหัสผ่าน" in page and "bad.pdf" in page


def test_a_question_shows_print_guess_and_page(clerk: Browser, doubtful: str) -> None:
    item = clerk.item()
    assert item["label"] == "อัตราเงินเดือน (บาท)"
    page = item["page"]
    assert "41,230" in page and "60%" in page and '<rect class="outline"' in page
    crop = clerk.get(f"/documents/{doubtful}/crop.png?path=maker.salary_baht")
    assert (crop.status_code, crop.content[:4]) == (200, b"\x89PNG")
    picture = clerk.get(f"/pages/{make.sha('a')}/1.jpg")
    assert (picture.status_code, picture.content[:2]) == (200, b"\xff\xd8")


def test_accepting_publishes_and_goes_on(clerk: Browser, store: Store, doubtful: str) -> None:
    answer = clerk.decide(clerk.item(), "accept")
    assert answer.status_code == 200
    assert "เผยแพร่แล้ว" in answer.text and "ไม่มีรายการรอตรวจ" in answer.text
    assert "<html" not in answer.text
    assert salary(store) == 41230
    assert [(a["by"], a["action"]) for a in history(store)] == [("dao", "accept")]


def test_correcting_in_thai_digits(clerk: Browser, store: Store, doubtful: str) -> None:
    clerk.decide(clerk.item(), "correct", "๔๒,๕๒๐")
    assert salary(store) == 42520
    page = clerk.get("/history").text
    assert "42,520" in page and "41,230" in page and "dao" in page


def test_a_refused_entry_keeps_what_was_typed(clerk: Browser, store: Store, doubtful: str) -> None:
    answer = clerk.decide(clerk.item(), "correct", "สี่หมื่น<b>")
    assert answer.status_code == 422
    assert "พิมพ์เป็นจำนวนเงิน" in answer.text and "สี่หมื่น&lt;b&gt;" in answer.text
    assert salary(store) is None


def test_without_scripts_the_same_forms_work(clerk: Browser, store: Store, doubtful: str) -> None:
    answer = clerk.decide(clerk.item(), "accept", htmx=False, form="pa1")
    assert (answer.status_code, answer.headers["location"]) == (303, "/work?form=pa1")
    assert salary(store) == 41230


def test_a_decision_needs_the_token(clerk: Browser, store: Store, doubtful: str) -> None:
    item = clerk.item() | {"csrf": "0" * 64}
    assert clerk.decide(item, "accept").status_code == 403
    assert salary(store) is None


def test_an_unknown_action_changes_nothing(clerk: Browser, store: Store, doubtful: str) -> None:
    assert clerk.decide(clerk.item(), "drop").status_code == 422
    assert history(store) == []


def test_the_second_of_two_clerks_is_told(
    clerk: Browser, stranger: Browser, store: Store, doubtful: str
) -> None:
    item = clerk.item()
    stranger.log_in(user="fah")
    other = dict(item, csrf=stranger.token("/"))
    assert stranger.decide(other, "correct", "41,280").status_code == 200
    answer = clerk.decide(item, "accept")
    assert answer.status_code == 409
    assert "มีผู้ตัดสินไปแล้ว" in answer.text
    assert salary(store) == 41280


def test_two_clerks_do_not_get_the_same_document(clerk: Browser, stranger: Browser, doubtful: str) -> None:
    clerk.item()
    stranger.log_in(user="fah")
    assert "คนอื่นกำลังตรวจอยู่" in stranger.get("/work").text


def test_choosing_a_school(clerk: Browser, store: Store) -> None:
    publish(store, make.extraction(make.pa1(school=Decision.REVIEW)))
    item = clerk.item()
    assert make.OTHER_CODE in item["page"] and "สพป.พิษณุโลก เขต 2" in item["page"]
    clerk.decide(item, "choose", make.OTHER_CODE)
    with store.read() as connection:
        assert connection.scalar(sa.select(t.pa_agreement.c.school_code)) == make.OTHER_CODE


def test_searching_the_registry_for_a_school(clerk: Browser, store: Store) -> None:
    import_schools(store, [school("1065000077", "บ้านไกลมาก")], file_name="s.csv", sha256="0" * 64)
    publish(store, make.extraction(make.pa1(school=Decision.NONE)))
    item = clerk.item()
    assert "1065000077" in clerk.get(f"/items/{item['id']}/search?q=ไกลมาก").text
    assert "ไม่พบ" in clerk.get(f"/items/{item['id']}/search?q=ไม่มีจริง").text
    assert clerk.decide(item, "choose", "1065000077").status_code == 200
    with store.read() as connection:
        assert connection.scalar(sa.select(t.pa_agreement.c.school_name)) == "โรงเรียนบ้านไกลมาก"


def test_a_corrected_school_is_looked_up_again(clerk: Browser, store: Store) -> None:
    office = "สพป.พิษณุโลก เขต 2"
    import_schools(
        store,
        [school("1065000077", "บ้านแก้ไขถูก", office), school("1065000078", "วัดอื่นไกล", office)],
        file_name="s.csv",
        sha256="0" * 64,
    )
    publish(store, make.extraction(make.pa1(doubtful=("maker.school",))))
    clerk.decide(clerk.item(), "correct", "โรงเรียนบ้านแก้ไขถูก")
    with store.read() as connection:
        link = (
            connection.execute(sa.select(t.match_decision).where(t.match_decision.c.path == "maker.school"))
            .mappings()
            .one()
        )
    assert link["code"] == "1065000077"


def test_putting_aside_and_taking_up_again(clerk: Browser, doubtful: str) -> None:
    answer = clerk.decide(clerk.item(), "skip")
    assert "รายการที่คุณข้ามไว้" in answer.text
    item = clerk.item("/work?skipped=1")
    assert clerk.decide(item, "accept", skipped=1).status_code == 200


def test_the_end_of_one_document_leads_to_the_next(clerk: Browser, store: Store, doubtful: str) -> None:
    record = make.pa1_record(first_name="ถัดไป")
    publish(store, make.extraction(make.pa1(doubtful=("fiscal_year_be",), record=record), word="b"))
    answer = clerk.decide(clerk.item(f"/work?document={doubtful}"), "accept", document=doubtful)
    assert "ปีงบประมาณ พ.ศ." in answer.text


def test_boxes_are_answered_by_yes_or_no(clerk: Browser, store: Store) -> None:
    publish(store, make.extraction(make.pa1(doubtful=("school_types[1].checked",))))
    item = clerk.item()
    assert item["label"] == "ประเภทสถานศึกษา: สถานศึกษาที่จัดการศึกษาอาชีวศึกษา"
    assert 'data-digit="1"' in item["page"]
    clerk.decide(item, "correct", "yes")
    with store.read() as connection:
        assert connection.scalars(sa.select(t.pa_school_type.c.code)).all() == ["basic", "vocational"]


def test_an_issue_and_an_unknown_form(clerk: Browser, store: Store) -> None:
    publish(store, make.extraction(make.pa1(issues=(make.ERROR,)), make.unknown()))
    item = clerk.item("/work?kind=issue")
    assert "ชั่วโมงไม่ตรงกัน" in item["page"]
    clerk.decide(item, "accept")
    item = clerk.item("/work?kind=form")
    clerk.decide(item, "accept")
    assert "ไม่มีรายการรอตรวจ" in clerk.get("/").text


def test_without_a_picture_the_desk_says_so(clerk: Browser, store: Store) -> None:
    publish(store, make.extraction(make.pa1(doubtful=("maker.salary_baht",)), word="no picture"))
    assert "ไม่มีภาพของหน้านี้" in clerk.item()["page"]


def test_a_store_that_is_gone_is_told_in_thai(clerk: Browser, store: Store, monkeypatch: Any) -> None:
    from formextract.errors import StoreUnavailable

    def gone(*_: Any, **__: Any) -> None:
        raise StoreUnavailable("gone", code="store_unavailable")

    monkeypatch.setattr("formextract.review.work.counts", gone)
    answer = clerk.get("/")
    assert answer.status_code == 503
    assert "ฐานข้อมูลไม่ตอบสนอง" in answer.text


def test_a_fault_shows_no_traceback(clerk: Browser, monkeypatch: Any) -> None:
    monkeypatch.setattr("formextract.review.work.counts", lambda *_: 1 / 0)
    answer = clerk.get("/")
    assert answer.status_code == 500
    assert "เกิดข้อผิดพลาด" in answer.text and "ZeroDivision" not in answer.text
    assert answer.headers["content-security-policy"]
