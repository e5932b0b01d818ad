from __future__ import annotations

import re
from typing import Any

import pytest

from formextract.review.session import COOKIE, IDLE_S, Signer
from formextract.store.clerks import set_active, set_password
from formextract.store.db import Store
from tests.review.conftest import PASSWORD, Browser

PAGES = ["/", "/work", "/documents", "/documents/x", "/history", "/account", "/pages/" + "a" * 64 + "/1.jpg"]


@pytest.mark.parametrize("path", PAGES)
def test_nothing_is_seen_without_a_login(stranger: Browser, path: str) -> None:
    answer = stranger.get(path)
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/login")


def test_login_leads_back_to_where_the_clerk_was_going(stranger: Browser) -> None:
    assert stranger.get("/documents").headers["location"] == "/login?next=%2Fdocuments"
    assert stranger.log_in(next="/documents").headers["location"] == "/documents"


@pytest.mark.parametrize(
    "target", ["//evil.test/", "https://evil.test/", "/\\evil.test", "javascript:alert(1)"]
)
def test_login_never_leads_to_another_site(stranger: Browser, target: str) -> None:
    assert stranger.log_in(next=target).headers["location"] == "/"


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(stranger: Browser) -> None:
    cookie = next(c for c in stranger.log_in().headers.get_list("set-cookie") if c.startswith(f"{COOKIE}="))
    assert "HttpOnly" in cookie and "samesite=strict" in cookie.lower()


def test_a_wrong_password_is_told_in_thai_and_not_explained(stranger: Browser) -> None:
    answers = [stranger.log_in(password="wrong"), stranger.log_in(user="nobody")]
    assert [a.status_code for a in answers] == [401, 401]
    assert all("ชื่อผู้ใช้หรือรหัสผ่านไม่ถูกต้อง" in a.text for a in answers)


def test_wrong_passwords_lock_the_account(stranger: Browser) -> None:
    for _ in range(5):
        stranger.log_in(password="wrong")
    answer = stranger.log_in()
    assert answer.status_code == 429
    assert "5 นาที" in answer.text


def test_many_failures_from_one_address_stop_for_all_accounts(stranger: Browser, monkeypatch: Any) -> None:
    monkeypatch.setattr("formextract.review.session._ATTEMPTS", 3)
    for n in range(3):
        stranger.log_in(user=f"nobody{n}")
    assert stranger.log_in().status_code == 429


def test_a_login_needs_the_forms_own_token(stranger: Browser) -> None:
    assert stranger.post("/login", "0" * 64, user="dao", password=PASSWORD).status_code == 403


@pytest.mark.parametrize(
    "change", [lambda c: c[:-1] + ("0" if c[-1] != "0" else "1"), lambda c: "x" + c, lambda _: "a.b"]
)
def test_a_forged_cookie_opens_nothing(clerk: Browser, change: Any) -> None:
    value = clerk.client.cookies[COOKIE]
    clerk.client.cookies.clear()
    clerk.client.cookies.set(COOKIE, change(value))
    assert clerk.get("/").status_code == 303


@pytest.mark.parametrize("cookie", ["a.ก", "ก.a", "a.\xe9", "", None])
def test_a_cookie_of_any_bytes_is_no_session(cookie: str | None) -> None:
    assert Signer(b"key").open(cookie) is None


def test_a_session_ends_when_nobody_uses_it(clerk: Browser, monkeypatch: Any) -> None:
    import time

    late = time.time() + IDLE_S + 1
    monkeypatch.setattr("formextract.review.session.time.time", lambda: late)
    answer = clerk.get("/work")
    assert answer.headers["location"] == "/login?expired=1&next=%2Fwork"
    assert "หมดเวลา" in clerk.get("/login?expired=1").text
    part = clerk.get("/work", headers={"HX-Request": "true"})
    assert (part.status_code, part.headers["HX-Redirect"]) == (401, "/login?expired=1")


def test_a_closed_account_or_new_password_ends_its_sessions(clerk: Browser, store: Store) -> None:
    assert clerk.get("/").status_code == 200
    set_password(store, "dao", "quite another one")
    assert clerk.get("/").status_code == 303
    assert clerk.log_in(password="quite another one").status_code == 303
    set_active(store, "dao", False)
    assert clerk.get("/").status_code == 303


def test_logging_out(clerk: Browser) -> None:
    assert clerk.post("/logout", "0" * 64).status_code == 403
    assert clerk.get("/").status_code == 200
    assert clerk.post("/logout", clerk.token("/")).status_code == 303
    assert clerk.get("/").status_code == 303


def test_a_clerk_changes_the_own_password(clerk: Browser, stranger: Browser) -> None:
    token = clerk.token("/account")
    assert clerk.post("/account/password", token, old="wrong", new="quite another one").status_code == 422
    assert clerk.post("/account/password", token, old=PASSWORD, new="short").status_code == 422
    assert clerk.post("/account/password", token, old=PASSWORD, new="quite another one").status_code == 200
    assert clerk.get("/").status_code == 200
    assert stranger.log_in().status_code == 401


def test_a_lead_adds_and_closes_accounts_and_a_clerk_does_not(
    clerk: Browser, stranger: Browser, new_browser: Any
) -> None:
    assert clerk.post("/account/clerks", clerk.token("/account"), user="mek").status_code == 403
    lead = stranger
    lead.log_in(user="fah")
    answer = lead.post("/account/clerks", lead.token("/account"), user="mek", name="เมฆ")
    password = re.search(r"<code>([a-z0-9-]+)</code>", answer.text)
    assert password
    new = new_browser()
    assert new.log_in(user="mek", password=password[1]).status_code == 303
    assert lead.post("/account/clerks", lead.token("/account"), user="mek").status_code == 422
    lead.post("/account/clerks/mek/close", lead.token("/account"))
    assert new.get("/").status_code == 303


def test_english_on_request(clerk: Browser) -> None:
    assert "ภาพรวม" in clerk.get("/").text
    assert clerk.get("/language/en?back=//evil.test").headers["location"] == "/"
    page = clerk.get("/").text
    assert "Overview" in page and 'lang="en"' in page


def test_every_answer_carries_the_security_headers(clerk: Browser, stranger: Browser) -> None:
    for answer in (
        clerk.get("/"),
        stranger.get("/login"),
        clerk.get("/static/desk.js"),
        clerk.get("/nowhere"),
    ):
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy and "unsafe" not in policy
        assert answer.headers["x-content-type-options"] == "nosniff"
    assert clerk.get("/").headers["cache-control"] == "no-store"


def test_the_signing_key_is_kept_and_private(tmp_path: Any) -> None:
    first, second = Signer.of_home(tmp_path / "h"), Signer.of_home(tmp_path / "h")
    assert second.open(first.seal(first.begin("dao", "f"))) is not None
    assert (tmp_path / "h" / "desk.key").stat().st_mode & 0o077 == 0
    assert Signer(b"other").open(first.seal(first.begin("dao", "f"))) is None
