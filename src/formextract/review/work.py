"""The queue: overview, the next question, the decision."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Annotated, cast
from urllib.parse import urlencode

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import RedirectResponse

from formextract.review.desk import Visit, desk_of, is_htmx
from formextract.review.present import item_view
from formextract.store.browse import document_view, list_documents
from formextract.store.db import now
from formextract.store.decide import Action, ReviewConflict, apply_decision
from formextract.store.queue import (
    Filter,
    QueueItem,
    counts,
    decided_since,
    item_by_id,
    next_item,
    skipped_by,
    store_counts,
)
from formextract.store.registry_store import search_offices, search_schools
from formextract.store.values import BadDecision

routes = APIRouter()
_ACTIONS = ("accept", "correct", "choose", "reject", "cannot_read", "skip")


@routes.get("/")
def overview(request: Request) -> Response:
    """What waits, by form and kind, and what could not be read."""
    desk = desk_of(request)
    visit = desk.visit(request)
    here = now().astimezone(desk.zone)
    midnight = here.replace(hour=0, minute=0, second=0, microsecond=0)
    waiting, n_waiting = list_documents(desk.store, waiting=True, limit=8)
    unreadable, n_unreadable = list_documents(desk.store, outcome="unreadable", limit=8)
    found = counts(desk.store)
    return desk.render(
        request,
        "overview.html",
        visit,
        counts=found,
        n_questions=sum(c.questions for c in found),
        totals=store_counts(desk.store),
        today=decided_since(desk.store, visit.clerk.login, midnight),
        hour=decided_since(desk.store, visit.clerk.login, now() - timedelta(hours=1)),
        waiting=waiting,
        n_waiting=n_waiting,
        unreadable=unreadable,
        n_unreadable=n_unreadable,
    )


@routes.get("/work")
def work(request: Request, form: str = "", kind: str = "", document: str = "", skipped: int = 0) -> Response:
    """The clerk's next question."""
    desk = desk_of(request)
    visit = desk.visit(request)
    only = Filter(form or None, kind or None, document or None)
    return _next(request, visit, only, bool(skipped))


@routes.post("/items/{item_id}/decide")
def decide(
    request: Request,
    item_id: int,
    action: Annotated[str, Form(max_length=20)],
    version: Annotated[int, Form()],
    value: Annotated[str, Form(max_length=10_000)] = "",
    csrf: Annotated[str, Form(max_length=100)] = "",
    form: Annotated[str, Form(max_length=60)] = "",
    kind: Annotated[str, Form(max_length=20)] = "",
    document: Annotated[str, Form(max_length=80)] = "",
    skipped: Annotated[int, Form()] = 0,
) -> Response:
    """Carry out a decision and go on to the next question."""
    desk = desk_of(request)
    visit = desk.visit(request)
    desk.check_token(visit, csrf)
    only = Filter(form or None, kind or None, document or None)
    try:
        if action not in _ACTIONS:
            raise BadDecision("no such action", "ไม่รู้จักคำสั่งนี้")
        result = apply_decision(
            desk.store,
            item_id,
            cast(Action, action),
            value,
            visit.clerk.login,
            version,
            rematch=desk.rematch,
        )
    except BadDecision as error:
        item = item_by_id(desk.store, item_id)
        if item is not None and item.version == version:
            return _show(request, visit, item, only, bool(skipped), problem=error, typed=value, status=422)
        return _next(request, visit, only, bool(skipped), notice="conflict", status=409)
    except ReviewConflict:
        return _next(request, visit, only, bool(skipped), notice="conflict", status=409)
    if result.closed == 0:
        notice = "skipped"
    else:
        done = result.document.published and result.document.open_items == 0
        notice = "saved_published" if done else "saved"
    if not is_htmx(request):
        return RedirectResponse(f"/work?{_query(only, bool(skipped))}", status_code=303)
    return _next(request, visit, only, bool(skipped), notice=notice)


@routes.get("/items/{item_id}/search")
def search(request: Request, item_id: int, q: str = "") -> Response:
    """Registry entries for a clerk who misses one among the candidates: schools, or offices for an office."""
    desk = desk_of(request)
    visit = desk.visit(request)
    item = item_by_id(desk.store, item_id)
    view = document_view(desk.store, item.document_id) if item is not None else None
    link = view.links.get(item.path) if item is not None and view is not None else None
    if link is not None and link["kind"] == "area_office":
        offices = search_offices(desk.store, q, limit=8)
        found = [(o.code, o.name, " ".join(o.provinces)) for o in offices]
    else:
        schools = search_schools(desk.store, q, limit=8)
        found = [(s.code, s.full_name, f"{s.area_office} · {s.district} {s.province}") for s in schools]
    return desk.render(request, "_found.html", visit, found=found, q=q)


def _next(
    request: Request,
    visit: Visit,
    only: Filter,
    skipped: bool,
    *,
    notice: str | None = None,
    status: int = 200,
) -> Response:
    desk = desk_of(request)
    item = next_item(desk.store, visit.clerk.login, only, include_skipped=skipped)
    if item is None and only.document_id is not None:
        # The document is done: go on with the queue it came from.
        only = replace(only, document_id=None)
        item = next_item(desk.store, visit.clerk.login, only, include_skipped=skipped)
    if item is None:
        return desk.render(
            request,
            "_empty.html" if is_htmx(request) else "empty.html",
            visit,
            status,
            notice=notice,
            n_skipped=skipped_by(desk.store, visit.clerk.login),
            n_left=sum(c.questions for c in counts(desk.store)),
        )
    return _show(request, visit, item, only, skipped, notice=notice, status=status)


def _show(
    request: Request,
    visit: Visit,
    item: QueueItem,
    only: Filter,
    skipped: bool,
    *,
    notice: str | None = None,
    problem: BadDecision | None = None,
    typed: str | None = None,
    status: int = 200,
) -> Response:
    desk = desk_of(request)
    view = document_view(desk.store, item.document_id)
    if view is None:
        return _next(request, visit, replace(only, document_id=None), skipped, notice="conflict", status=409)
    shown = item_view(item, view, desk.objects, visit.language)
    message = None
    if problem is not None:
        message = problem.message_th if visit.language == "th" else problem.message
    return desk.render(
        request,
        "_item.html" if is_htmx(request) else "item.html",
        visit,
        status,
        v=shown,
        item=item,
        document=view.document,
        typed=shown.typed if typed is None else typed,
        problem=message,
        notice=notice,
        only=only,
        skipped=skipped,
        pace=decided_since(desk.store, visit.clerk.login, now() - timedelta(hours=1)),
    )


def _query(only: Filter, skipped: bool) -> str:
    values = {
        "form": only.doc_type,
        "kind": only.kind,
        "document": only.document_id,
        "skipped": "1" if skipped else "",
    }
    return urlencode({k: v for k, v in values.items() if v})
