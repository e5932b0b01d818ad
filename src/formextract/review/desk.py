"""What every page needs: store, pictures, templates, the clerk of the request."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, cast
from zoneinfo import ZoneInfo

from fastapi import Request, Response
from fastapi.templating import Jinja2Templates

from formextract.config import Settings
from formextract.review import present
from formextract.review.rematch import Rematcher
from formextract.review.session import COOKIE, AddressLimit, Session, Signer
from formextract.review.thai_reasons import problem_in
from formextract.review.words import Language, form_name, word
from formextract.store.clerks import Clerk, find_clerk
from formextract.store.db import Store
from formextract.store.objects import Objects

HERE = Path(__file__).parent
LANGUAGE_COOKIE = "language"


class LoginNeeded(Exception):
    """No valid session; the browser is sent to the login."""

    def __init__(self, expired: bool) -> None:
        super().__init__("login needed")
        self.expired = expired


class StaleForm(Exception):
    """A form came without the token of its session."""


@dataclass(frozen=True, slots=True)
class Visit:
    """One request of a logged-in clerk."""

    clerk: Clerk
    session: Session
    language: Language


class Desk:
    """The parts of one desk."""

    def __init__(self, store: Store, settings: Settings) -> None:
        self.store = store
        self.objects = Objects(settings.home)
        self.zone = ZoneInfo(settings.timezone)
        self.signer = Signer.of_home(settings.home)
        self.limit = AddressLimit()
        self.rematch = Rematcher(store)
        self.templates = Jinja2Templates(directory=HERE / "templates")
        self.templates.env.trim_blocks = self.templates.env.lstrip_blocks = True

    def visit(self, request: Request) -> Visit:
        """Who asks; LoginNeeded if nobody is logged in, the account is closed or its password changed."""
        cookie = request.cookies.get(COOKIE)
        session = self.signer.open(cookie)
        clerk = find_clerk(self.store, session.login) if session is not None else None
        if session is None or clerk is None or clerk.fingerprint != session.fingerprint:
            raise LoginNeeded(expired=bool(cookie))
        request.state.session = session
        return Visit(clerk, session, language_of(request))

    def check_token(self, visit: Visit, token: str) -> None:
        """StaleForm unless the form was made for this session."""
        if not self.signer.is_token(visit.session.sid, token):
            raise StaleForm

    def render(
        self,
        request: Request,
        template: str,
        visit: Visit | None = None,
        status: int = 200,
        **context: Any,
    ) -> Response:
        """A page or a part of one."""
        language = language_of(request)
        values = {
            "clerk": visit.clerk if visit else None,
            "csrf": self.signer.token(visit.session.sid) if visit else "",
            "language": language,
            "w": partial(word, language=language),
            "form_name": partial(form_name, language=language),
            "moment": partial(present.local_moment, zone=self.zone, language=language),
            "shown": partial(present.shown_value, language=language),
            "percent": present.percent_of,
            "problem_text": partial(problem_in, language=language),
            "path_here": request.url.path,
        }
        return self.templates.TemplateResponse(request, template, values | context, status_code=status)


def desk_of(request: Request) -> Desk:
    """The desk that the application was made with."""
    return cast(Desk, request.app.state.desk)


def language_of(request: Request) -> Language:
    """Thai unless the browser chose English here."""
    return "en" if request.cookies.get(LANGUAGE_COOKIE) == "en" else "th"


def is_htmx(request: Request) -> bool:
    """Whether a part of a page is asked for rather than a whole one."""
    return request.headers.get("HX-Request") == "true"


def set_session(response: Response, request: Request, signer: Signer, session: Session) -> None:
    """Put the session into the browser; it goes out of it with the browser's end."""
    response.set_cookie(
        COOKIE,
        signer.seal(session),
        httponly=True,
        samesite="strict",
        secure=request.url.scheme == "https",
        path="/",
    )
