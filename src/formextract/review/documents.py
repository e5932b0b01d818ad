"""Documents with all their values and evidence, pictures, history."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, HTTPException, Request, Response
from fastapi.responses import FileResponse, RedirectResponse

from formextract.model import Box
from formextract.review.desk import desk_of
from formextract.review.labels import label_of
from formextract.review.present import field_label, find_picture, issue_view, page_frame
from formextract.store.browse import DocumentView, document_view, history, list_documents
from formextract.store.decide import reopen_field, reopen_match
from formextract.store.objects import MissingPicture, Objects, PagePicture

routes = APIRouter()
_PER_PAGE = 40


@routes.get("/documents")
def show_documents(request: Request, state: str = "", page: int = 1) -> Response:
    """All documents, newest first."""
    desk = desk_of(request)
    visit = desk.visit(request)
    page = max(1, min(page, 10_000))
    waiting = {"waiting": True, "done": False}.get(state)
    outcome = "unreadable" if state == "unreadable" else None
    rows, total = list_documents(
        desk.store, waiting=waiting, outcome=outcome, limit=_PER_PAGE, offset=(page - 1) * _PER_PAGE
    )
    more = page * _PER_PAGE < total
    return desk.render(
        request, "documents.html", visit, rows=rows, total=total, state=state, page=page, more=more
    )


@routes.get("/documents/{document_id}")
def show_document(request: Request, document_id: str, reopened: int = 0) -> Response:
    """One document: values with evidence, remarks, state."""
    desk = desk_of(request)
    visit = desk.visit(request)
    view = _view(request, document_id)
    frames = {
        n: frame
        for n in view.document["pages"] or []
        if (frame := page_frame(desk.objects, view.document["sha256"], n, None))
    }
    places = _places(desk.objects, view)
    return desk.render(
        request,
        "document.html",
        visit,
        view=view,
        document=view.document,
        labels={f["path"]: field_label(view, f["path"], visit.language) for f in view.fields},
        issues=[issue_view(i, visit.language) for i in view.issues],
        frames=list(frames.values()),
        places=places,
        waiting={i["path"] for i in view.open_items},
        actions=history(desk.store, document_id=document_id, limit=50),
        action_label=lambda path: label_of(path, visit.language),
        notice="reopened" if reopened else None,
    )


@routes.post("/documents/{document_id}/reopen")
def reopen(
    request: Request,
    document_id: str,
    path: Annotated[str, Form(max_length=300)],
    kind: Annotated[str, Form(max_length=10)] = "value",
    csrf: Annotated[str, Form(max_length=100)] = "",
) -> Response:
    """Put a value or a link back into the queue."""
    desk = desk_of(request)
    visit = desk.visit(request)
    desk.check_token(visit, csrf)
    ask_again = reopen_match if kind == "match" else reopen_field
    try:
        ask_again(desk.store, document_id, path, visit.clerk.login)
    except KeyError:
        raise HTTPException(404) from None
    return RedirectResponse(f"/documents/{document_id}?reopened=1", status_code=303)


@routes.get("/documents/{document_id}/crop.png")
def show_crop(request: Request, document_id: str, path: str) -> Response:
    """The print of one value."""
    desk = desk_of(request)
    desk.visit(request)
    view = _view(request, document_id)
    field = view.field(path)
    if field is None or not field["bbox"] or view.document["sha256"] is None:
        raise HTTPException(404)
    try:
        png = desk.objects.crop(view.document["sha256"], field["page"], field["bbox"])
    except MissingPicture:
        raise HTTPException(404) from None
    return Response(png, media_type="image/png")


@routes.get("/pages/{sha256}/{number}.jpg")
def show_page(request: Request, sha256: str, number: int) -> Response:
    """The picture of a page."""
    desk = desk_of(request)
    desk.visit(request)
    try:
        picture = desk.objects.page(sha256, number)
    except (MissingPicture, ValueError):
        raise HTTPException(404) from None
    return FileResponse(picture.path, media_type="image/jpeg")


@routes.get("/history")
def show_history(request: Request, mine: int = 0) -> Response:
    """Who decided what and when."""
    desk = desk_of(request)
    visit = desk.visit(request)
    actions = history(desk.store, by=visit.clerk.login if mine else None, limit=200)
    return desk.render(
        request,
        "history.html",
        visit,
        actions=actions,
        mine=mine,
        action_label=lambda path: label_of(path, visit.language),
    )


def _view(request: Request, document_id: str) -> DocumentView:
    view = document_view(desk_of(request).store, document_id)
    if view is None:
        raise HTTPException(404)
    return view


def _places(objects: Objects, view: DocumentView) -> dict[str, Box]:
    """Where each value stands, in pixels of its page's picture; each page's facts are read once."""
    pictures: dict[int, PagePicture | None] = {}
    places: dict[str, Box] = {}
    for field in view.fields:
        number = field["page"]
        if number not in pictures:
            pictures[number] = find_picture(objects, view.document["sha256"], number)
        picture = pictures[number]
        if picture is not None and field["bbox"]:
            places[field["path"]] = picture.pixels_of(field["bbox"]).grown(4, 3)
    return places
