"""Scoring what ``extract`` printed against the true record.

Each leaf of a record is ``right``, ``wrong``, ``missing`` (true value, none read) or ``extra`` (none printed,
one read); null on both sides is nothing to score.  **Silently wrong** is a wrong or extra leaf whose
evidence says ``accepted``: the worst this software can do.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from formextract.evaluation.alignment import align_items
from formextract.evaluation.leaves import is_scored, same_value

State = Literal["right", "wrong", "missing", "extra"]


@dataclass(frozen=True, slots=True)
class Leaf:
    """One scored value."""

    path: str
    """Path in the true record (in the read one, in brackets ``+``, for extra items)."""
    want: Any
    """True value."""
    got: Any
    """Value read."""
    state: State
    """How it came out."""
    confidence: float | None
    """Its evidence's confidence; None without evidence."""
    accepted: bool
    """Whether nobody would look at it."""
    box_right: bool | None = None
    """Whether the evidence points at the true place; None where the truth holds no box."""
    got_path: str = ""
    """Path in the record that was read; other than ``path`` where list items were lost or added."""

    @property
    def silently_wrong(self) -> bool:
        """Accepted and not right."""
        return self.accepted and self.state in ("wrong", "extra")


@dataclass(frozen=True, slots=True)
class Link:
    """One scored link to the registry."""

    path: str
    """Path in the true record."""
    want: str
    """True school code."""
    got: str | None
    """Best candidate's code."""
    decision: str
    """``accepted``, ``review`` or ``none``."""


@dataclass(slots=True)
class FileScore:
    """The score of one true form."""

    path: str
    """The file."""
    doc_type: str
    """True type."""
    scan: str
    """Kind of scan, from the truth's meta."""
    found: bool = True
    """Whether a form of the true type was found on these pages."""
    status_right: bool = True
    """Whether ``status`` agrees."""
    document_accepted: bool = False
    """Whether the whole form was accepted."""
    leaves: list[Leaf] = field(default_factory=list)
    """All scored leaves."""
    links: list[Link] = field(default_factory=list)
    """All scored links."""


def score(result: Mapping[str, Any], truth: Mapping[str, Any], path: str = "") -> list[FileScore]:
    """Scores one object of ``extract``: a score for each true form and for each that is not there.

    ``truth`` holds one form (``doc_type``, ``record``, …) or several under ``documents``.
    """
    forms = list(truth.get("documents") or [truth])
    documents = [d for d in result.get("documents", []) if d["doc_type"] != "unknown"]
    scan = str(truth.get("meta", forms[0].get("meta", {})).get("scan", "unknown"))
    scores = []
    for form in forms:
        partner = _take_partner(documents, form)
        out = FileScore(path, form["doc_type"], scan)
        if partner is None:
            out.found = out.status_right = False
            partner = {"record": {}, "evidence": {}, "matches": {}, "decision": "review"}
        else:
            out.status_right = partner.get("status") == form.get("status", "filled")
            out.document_accepted = partner["decision"] == "accepted"
        out.leaves = list(_walk(form["record"], partner["record"], "", "", _Sides(form, partner)))
        out.links = list(_score_links(form, partner, out.leaves))
        scores.append(out)
    for stray in documents:
        out = FileScore(path, stray["doc_type"], scan, found=False, status_right=False)
        out.leaves = list(_walk({}, stray["record"], "", "", _Sides({}, stray), known=False))
        scores.append(out)
    return scores


def _take_partner(documents: list[dict[str, Any]], form: Mapping[str, Any]) -> dict[str, Any] | None:
    pages = set(form.get("pages", []))
    same = [d for d in documents if d["doc_type"] == form["doc_type"]]
    if not same:
        return None
    best = max(same, key=lambda d: len(pages & set(d.get("pages", []))))
    documents.remove(best)
    return best


@dataclass(slots=True)
class _Sides:
    truth: Mapping[str, Any]
    document: Mapping[str, Any]
    paths: dict[str, str] = field(default_factory=dict)


def _walk(want: Any, got: Any, path: str, got_path: str, sides: _Sides, known: bool = True) -> Iterator[Leaf]:
    """All leaves below two aligned nodes; ``known`` False where the truth has no such item at all."""
    if isinstance(want, Mapping) or isinstance(got, Mapping):
        a = want if isinstance(want, Mapping) else {}
        b = got if isinstance(got, Mapping) else {}
        for key in a if known else b:
            dot = "." if path else ""
            yield from _walk(
                a.get(key),
                b.get(key),
                f"{path}{dot}{key}",
                f"{got_path}{'.' if got_path else ''}{key}",
                sides,
                known,
            )
    elif isinstance(want, list) or isinstance(got, list):
        wants, gots = (want if isinstance(want, list) else []), (got if isinstance(got, list) else [])
        for i, j in align_items(wants, gots):
            left = f"{path}[{i}]" if i is not None else f"{path}[+{j}]"
            right = f"{got_path}[{j}]" if j is not None else ""
            yield from _walk(
                wants[i] if i is not None else None,
                gots[j] if j is not None else None,
                left,
                right,
                sides,
                i is not None,
            )
    elif is_scored(path.replace("+", "")):
        leaf = _judge(want, got, path, got_path, sides)
        if leaf is not None:
            yield leaf


def _judge(want: Any, got: Any, path: str, got_path: str, sides: _Sides) -> Leaf | None:
    if want is None and got is None:
        return None
    state: State = (
        "extra"
        if want is None
        else "missing"
        if got is None
        else "right"
        if same_value(want, got, path)
        else "wrong"
    )
    evidence = sides.document.get("evidence", {}).get(got_path) if got is not None else None
    accepted = evidence is not None and evidence["decision"] == "accepted"
    sides.paths[path] = got_path
    box = sides.truth.get("boxes", {}).get(path)
    box_right = _box_right(box, evidence) if box and evidence and state == "right" else None
    return Leaf(
        path, want, got, state, evidence["confidence"] if evidence else None, accepted, box_right, got_path
    )


def _box_right(want: Mapping[str, Any], evidence: Mapping[str, Any]) -> bool:
    """Same page, and half of the smaller box lies in the other."""
    if want["page"] != evidence["page"]:
        return False
    a, b = want["bbox"], evidence["bbox"]
    width, height = min(a[2], b[2]) - max(a[0], b[0]), min(a[3], b[3]) - max(a[1], b[1])
    least = min((a[2] - a[0]) * (a[3] - a[1]), (b[2] - b[0]) * (b[3] - b[1]))
    return bool(width > 0 and height > 0 and width * height >= 0.5 * least)


def _score_links(form: Mapping[str, Any], document: Mapping[str, Any], leaves: list[Leaf]) -> Iterator[Link]:
    got_paths = {leaf.path: leaf for leaf in leaves}
    matches = document.get("matches", {})
    sides = _Sides(form, document)
    list(_walk(form["record"], document["record"], "", "", sides))
    for path, code in form.get("codes", {}).items():
        if path in got_paths and got_paths[path].state != "missing":
            match = matches.get(sides.paths.get(path, path))
            if match is not None:
                yield Link(path, code, match.get("school_code"), match["decision"])
