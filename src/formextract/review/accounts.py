"""Login, logout, language, passwords and accounts."""

from __future__ import annotations

import secrets
from typing import Annotated
from urllib.parse import urlsplit

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import RedirectResponse

from formextract.errors import UsageError
from formextract.review.desk import LANGUAGE_COOKIE, StaleForm, Visit, desk_of, set_session
from formextract.review.session import COOKIE
from formextract.store.clerks import (
    Clerk,
    create_clerk,
    find_clerk,
    list_clerks,
    log_in,
    new_password,
    set_active,
    set_password,
)
from formextract.store.queue import give_back

routes = APIRouter()
LOGIN_COOKIE = "desk_login"

Text = Annotated[str, Form(max_length=300)]


@routes.get("/login")
def show_login(request: Request, expired: int = 0, next: str = "") -> Response:
    """The login form."""
    return _login_page(request, "expired" if expired else None, next)


@routes.post("/login")
def try_login(
    request: Request,
    user: Text = "",
    password: Text = "",
    csrf: Text = "",
    next: Text = "",
) -> Response:
    """Begin a session, or say why not."""
    desk = desk_of(request)
    nonce = request.cookies.get(LOGIN_COOKIE, "")
    # Without this, another site could log the browser in to an account of its own.
    if not nonce or not desk.signer.is_token(nonce, csrf):
        return _login_page(request, "stale_form", next, 403)
    address = request.client.host if request.client else ""
    if desk.limit.is_over(address):
        return _login_page(request, "locked", next, 429)
    clerk = log_in(desk.store, user, password)
    if not isinstance(clerk, Clerk):
        desk.limit.note(address)
        if clerk == "locked":
            return _login_page(request, "locked", next, 429)
        return _login_page(request, "wrong_login", next, 401)
    response = RedirectResponse(_inside(next), status_code=303)
    set_session(response, request, desk.signer, desk.signer.begin(clerk.login, clerk.fingerprint))
    response.delete_cookie(LOGIN_COOKIE, path="/login")
    return response


@routes.post("/logout")
def log_out(request: Request, csrf: Text = "") -> Response:
    """End the session and free the documents in hand."""
    desk = desk_of(request)
    visit = desk.visit(request)
    desk.check_token(visit, csrf)
    give_back(desk.store, visit.clerk.login)
    request.state.session = None
    response = RedirectResponse("/login", status_code=303)
    response.delete_cookie(COOKIE, path="/")
    return response


@routes.get("/language/{code}")
def choose_language(request: Request, code: str, back: str = "/") -> Response:
    """Thai or English from now on."""
    response = RedirectResponse(_inside(back), status_code=303)
    response.set_cookie(
        LANGUAGE_COOKIE, "en" if code == "en" else "th", max_age=31_536_000, samesite="strict", httponly=True
    )
    return response


@routes.get("/account")
def show_account(request: Request) -> Response:
    """The clerk's own account and, for a lead, all accounts."""
    return _account_page(request, desk_of(request).visit(request))


@routes.post("/account/password")
def change_password(request: Request, old: Text = "", new: Text = "", csrf: Text = "") -> Response:
    """Give the own account a new password; other sessions of it end."""
    desk = desk_of(request)
    visit = desk.visit(request)
    desk.check_token(visit, csrf)
    if not isinstance(log_in(desk.store, visit.clerk.login, old), Clerk):
        return _account_page(request, visit, error="wrong_login", status=422)
    try:
        set_password(desk.store, visit.clerk.login, new)
    except UsageError:
        return _account_page(request, visit, error="new_password", status=422)
    clerk = find_clerk(desk.store, visit.clerk.login)
    assert clerk is not None, "the clerk of this very request"
    response = _account_page(request, visit, notice="password_changed")
    set_session(response, request, desk.signer, desk.signer.begin(clerk.login, clerk.fingerprint))
    return response


@routes.post("/account/clerks")
def add_clerk(
    request: Request,
    user: Text = "",
    name: Text = "",
    csrf: Text = "",
) -> Response:
    """A lead adds a clerk; the password is made here and shown once."""
    desk = desk_of(request)
    visit = _lead(request)
    desk.check_token(visit, csrf)
    password = new_password()
    try:
        clerk = create_clerk(desk.store, user, password, display_name=name)
    except UsageError as error:
        return _account_page(request, visit, problem=str(error), status=422)
    return _account_page(request, visit, made=(clerk.login, password))


@routes.post("/account/clerks/{login}/close")
def close_account(request: Request, login: str, csrf: Text = "") -> Response:
    """A lead closes another account; what its clerk decided stays."""
    desk = desk_of(request)
    visit = _lead(request)
    desk.check_token(visit, csrf)
    if login != visit.clerk.login:
        set_active(desk.store, login, False)
        give_back(desk.store, login)
    return RedirectResponse("/account", status_code=303)


def _lead(request: Request) -> Visit:
    visit = desk_of(request).visit(request)
    if visit.clerk.role != "lead":
        raise StaleForm
    return visit


def _account_page(
    request: Request,
    visit: Visit,
    *,
    notice: str | None = None,
    error: str | None = None,
    problem: str | None = None,
    made: tuple[str, str] | None = None,
    status: int = 200,
) -> Response:
    desk = desk_of(request)
    clerks = list_clerks(desk.store) if visit.clerk.role == "lead" else []
    return desk.render(
        request,
        "account.html",
        visit,
        status,
        clerks=clerks,
        notice=notice,
        error=error,
        problem=problem,
        made=made,
    )


def _login_page(request: Request, error: str | None, next: str, status: int = 200) -> Response:
    desk = desk_of(request)
    nonce = request.cookies.get(LOGIN_COOKIE) or secrets.token_urlsafe(16)
    response = desk.render(
        request, "login.html", status=status, error=error, next=_inside(next), token=desk.signer.token(nonce)
    )
    response.set_cookie(
        LOGIN_COOKIE,
        nonce,
        httponly=True,
        samesite="strict",
        secure=request.url.scheme == "https",
        path="/login",
        max_age=3600,
    )
    return response


def _inside(target: str) -> str:
    """The target if it is a path of this desk, else the overview."""
    parts = urlsplit(target)
    plain = target.startswith("/") and not target.startswith(("//", "/\\"))
    return target if plain and not parts.scheme and not parts.netloc else "/"
