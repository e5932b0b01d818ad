"""The desk's application: security headers, errors in the clerk's language, routes."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from urllib.parse import quote

from fastapi import FastAPI, Request, Response
from fastapi.responses import RedirectResponse
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException

from formextract.config import Settings
from formextract.errors import StoreUnavailable
from formextract.review import accounts, work
from formextract.review.desk import HERE, Desk, LoginNeeded, StaleForm, is_htmx, set_session
from formextract.review.documents import routes as documents
from formextract.store.db import Store

log = logging.getLogger(__name__)

_HEADERS = {
    # Everything comes from the desk itself; no inline script or style, no frame around it.
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
        "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}


def create_app(store: Store, settings: Settings) -> FastAPI:
    """The desk on a store; pictures and the signing key lie under ``settings.home``."""
    app = FastAPI(title="formextract", docs_url=None, redoc_url=None, openapi_url=None)
    desk = Desk(store, settings)
    app.state.desk = desk
    app.mount("/static", StaticFiles(directory=HERE / "static"), name="static")
    app.include_router(accounts.routes)
    app.include_router(work.routes)
    app.include_router(documents)

    @app.middleware("http")
    async def add_headers(request: Request, call_next: Callable[[Request], Awaitable[Response]]) -> Response:
        response = await call_next(request)
        response.headers.update(_HEADERS)
        if not request.url.path.startswith("/static/"):
            # Names and salaries stay out of the browser's cache.
            response.headers["Cache-Control"] = "no-store"
        session = getattr(request.state, "session", None)
        if session is not None and "set-cookie" not in response.headers:
            set_session(response, request, desk.signer, session)
        return response

    @app.exception_handler(LoginNeeded)
    def to_login(request: Request, error: LoginNeeded) -> Response:
        query = "?expired=1" if error.expired else ""
        if request.method == "GET" and not is_htmx(request) and request.url.path != "/":
            query += ("&" if query else "?") + "next=" + quote(request.url.path, safe="")
        if is_htmx(request):
            return Response(status_code=401, headers={"HX-Redirect": f"/login{query}"})
        return RedirectResponse(f"/login{query}", status_code=303)

    @app.exception_handler(StaleForm)
    def stale(request: Request, _error: StaleForm) -> Response:
        return desk.render(request, "error.html", status=403, message="stale_form")

    @app.exception_handler(HTTPException)
    def http_error(request: Request, error: HTTPException) -> Response:
        message = "not_found" if error.status_code in (404, 405) else "fault"
        return desk.render(request, "error.html", status=error.status_code, message=message)

    @app.exception_handler(StoreUnavailable)
    def store_away(request: Request, error: StoreUnavailable) -> Response:
        log.error("store unavailable: %s", error.code)
        return desk.render(request, "error.html", status=503, message="store_away")

    @app.exception_handler(Exception)
    def fault(request: Request, error: Exception) -> Response:
        log.error("fault on %s: %s", request.url.path, type(error).__name__)
        response = desk.render(request, "error.html", status=500, message="fault")
        # This answer is made outside the middleware.
        response.headers.update(_HEADERS)
        return response

    return app
