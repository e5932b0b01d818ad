"""Running an extractor over samples and printing how right, how sure and how silently wrong it is."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TextIO

from formextract.errors import UsageError
from formextract.evaluation.metrics import FileScore, Leaf, score
from formextract.evaluation.truth import read_truth

SUFFIXES = frozenset({".pdf", ".tif", ".tiff", ".jpg", ".jpeg", ".png"})
RULES = (
    "A value is right if it equals the truth after one spelling of code points, Arabic digits and single "
    "blanks; free prose may differ by 2 % of its letters and in its blanks. Words that every such form "
    "prints are not scored. Silently wrong: accepted and not right."
)


def find_samples(folder: Path) -> list[tuple[Path, Path]]:
    """All files below ``folder`` with a truth file beside them, as pairs in the order of their paths.

    A ``.json`` beside a sample that is no truth file is left alone.
    """
    pairs = []
    for path in sorted(folder.rglob("*")):
        beside = path.with_suffix(".json")
        if path.suffix.lower() in SUFFIXES and beside.is_file():
            pairs.append((path, beside))
    return pairs


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts over a group of scores."""

    files: int
    values: int
    right: int
    wrong: int
    missing: int
    extra: int
    accepted: int
    silently_wrong: int

    @property
    def to_review(self) -> int:
        """Values that were read but not accepted, and those that were not read."""
        return self.values - self.accepted

    def as_json(self) -> dict[str, Any]:
        """Counts and shares."""
        names = ("files", "values", "right", "wrong", "missing", "extra", "accepted", "silently_wrong")
        out: dict[str, Any] = {name: getattr(self, name) for name in names}
        out["to_review"] = self.to_review
        for name in ("right", "accepted", "to_review"):
            out[f"{name}_share"] = round(out[name] / self.values, 4) if self.values else None
        out["silently_wrong_share"] = round(self.silently_wrong / self.accepted, 5) if self.accepted else None
        return out


def tally(scores: Iterable[FileScore]) -> Tally:
    """Counts over scores."""
    scores = list(scores)
    leaves = [leaf for s in scores for leaf in s.leaves]
    states = [leaf.state for leaf in leaves]
    return Tally(
        len({s.path for s in scores}), len(leaves), states.count("right"), states.count("wrong"),
        states.count("missing"), states.count("extra"), sum(leaf.accepted for leaf in leaves),
        sum(leaf.silently_wrong for leaf in leaves),
    )  # fmt: skip


@dataclass(slots=True)
class Report:
    """The scores of a folder."""

    scores: list[FileScore] = field(default_factory=list)
    """One a true form."""
    unreadable: list[str] = field(default_factory=list)
    """Files that gave no form at all for a fault of the input."""

    def groups(self, key: Callable[[FileScore], str]) -> dict[str, Tally]:
        """Tallies by a property of the forms, in the order of its values."""
        names = sorted({key(s) for s in self.scores})
        return {name: tally(s for s in self.scores if key(s) == name) for name in names}

    def silently_wrong(self) -> list[tuple[FileScore, Leaf]]:
        """All silently wrong leaves."""
        return [(s, leaf) for s in self.scores for leaf in s.leaves if leaf.silently_wrong]

    def reliability(self) -> list[dict[str, Any]]:
        """For each tenth of confidence: how many values, how sure on average, how many right."""
        bins: list[list[Leaf]] = [[] for _ in range(10)]
        for s in self.scores:
            for leaf in s.leaves:
                if leaf.confidence is not None:
                    bins[min(9, int(leaf.confidence * 10))].append(leaf)
        return [
            {
                "from": i / 10,
                "to": (i + 1) / 10,
                "values": len(leaves),
                "mean_confidence": round(sum(x.confidence or 0 for x in leaves) / len(leaves), 4),
                "right_share": round(sum(x.state == "right" for x in leaves) / len(leaves), 4),
            }
            for i, leaves in enumerate(bins)
            if leaves
        ]

    def links(self) -> dict[str, int]:
        """Links scored: accepted and right, accepted and wrong, left to review, without a candidate."""
        links = [link for s in self.scores for link in s.links]
        taken = [link for link in links if link.decision == "accepted"]
        return {
            "scored": len(links),
            "accepted_right": sum(link.got == link.want for link in taken),
            "accepted_wrong": sum(link.got != link.want for link in taken),
            "review": sum(link.decision == "review" for link in links),
            "none": sum(link.decision == "none" for link in links),
        }

    def boxes(self) -> dict[str, int]:
        """Boxes scored and how many point at the true place."""
        known = [leaf.box_right for s in self.scores for leaf in s.leaves if leaf.box_right is not None]
        return {"scored": len(known), "right": sum(known)}

    def as_json(self) -> dict[str, Any]:
        """Everything, for machines."""
        return {
            "rules": RULES,
            "total": tally(self.scores).as_json(),
            "by_form": {k: t.as_json() for k, t in self.groups(lambda s: s.doc_type).items()},
            "by_scan": {k: t.as_json() for k, t in self.groups(lambda s: s.scan).items()},
            "by_file": {k: t.as_json() for k, t in self.groups(lambda s: s.path).items()},
            "forms_not_found": [{"file": s.path, "doc_type": s.doc_type} for s in self.scores if not s.found],
            "status_wrong": [s.path for s in self.scores if s.found and not s.status_right],
            "unreadable": self.unreadable,
            "links": self.links(),
            "boxes": self.boxes(),
            "reliability": self.reliability(),
            "silently_wrong": [
                {"file": s.path, "path": x.path, "want": x.want, "got": x.got, "confidence": x.confidence}
                for s, x in self.silently_wrong()
            ],
            "not_right": [
                {
                    "file": s.path,
                    "path": x.path,
                    "state": x.state,
                    "want": x.want,
                    "got": x.got,
                    "accepted": x.accepted,
                }
                for s in self.scores
                for x in s.leaves
                if x.state != "right"
            ],
        }


def evaluate(folder: Path, extract: Callable[[list[Path]], Iterable[Mapping[str, Any]]]) -> Report:
    """Scores everything below ``folder`` that has its truth beside it.

    ``extract`` takes paths and gives the objects of ``formextract extract`` in the same order.
    Raises UsageError if there is nothing to score or a truth file is none.
    """
    pairs = find_samples(folder)
    if not pairs:
        raise UsageError(
            "The folder holds no file with its true record beside it.", code="nothing_to_score",
            remedy="Put NAME.json with the true record beside NAME.pdf.",
        )  # fmt: skip
    truths = []
    for _, beside in pairs:
        try:
            truths.append(read_truth(beside))
        except ValueError as exc:
            raise UsageError(
                str(exc), code="bad_truth", remedy="See samples/README.md for the shape."
            ) from exc
    report = Report()
    results = extract([path for path, _ in pairs])
    for (path, _), truth, result in zip(pairs, truths, results, strict=True):
        name = path.relative_to(folder).as_posix()
        if result.get("outcome") == "unreadable":
            report.unreadable.append(name)
        report.scores += score(result, truth, name)
    return report


def run(
    folder: Path, *, extract: Callable[[list[Path]], Iterable[Mapping[str, Any]]], as_json: bool, out: TextIO
) -> int:
    """Evaluates a folder and prints the report; returns the exit code 0."""
    report = evaluate(folder, extract)
    if as_json:
        json.dump(report.as_json(), out, ensure_ascii=False, indent=1)
        out.write("\n")
    else:
        out.write(format_report(report))
    return 0


def format_report(report: Report) -> str:
    """The report as tables of aligned columns."""
    head = (
        "",
        "files",
        "values",
        "right %",
        "accepted %",
        "silently wrong",
        "% of accepted",
        "review %",
        "missing",
    )
    rows: list[Sequence[str]] = [head]
    for title, key in (("by form", lambda s: s.doc_type), ("by scan", lambda s: s.scan)):
        rows.append((title,))
        rows += [_row(f"  {name}", t) for name, t in report.groups(key).items()]
    rows.append(_row("all", tally(report.scores)))
    lines = _align(rows)
    links, boxes = report.links(), report.boxes()
    lines.append("")
    lines.append(
        f"links to the registry: {links['scored']} scored, {links['accepted_right']} accepted and right, "
        f"{links['accepted_wrong']} accepted and WRONG, {links['review']} to review, "
        f"{links['none']} without candidate"
    )
    lines.append(f"places on the page: {boxes['right']} of {boxes['scored']} right")
    lost = [f"{s.path} ({s.doc_type})" for s in report.scores if not s.found]
    lines.append("forms not found or not there: " + (", ".join(lost) if lost else "none"))
    if report.unreadable:
        lines.append("unreadable: " + ", ".join(report.unreadable))
    lines += ["", "confidence     values  mean  right"]
    for b in report.reliability():
        lines.append(
            f"{b['from']:.1f} to {b['to']:.1f}  {b['values']:>9}  {b['mean_confidence']:.3f}"
            f"  {b['right_share']:.3f}"
        )
    silent = report.silently_wrong()
    lines += ["", f"silently wrong: {len(silent)}"]
    for s, leaf in silent:
        lines.append(f"  {s.path}  {leaf.path}\n    want {_short(leaf.want)}\n    got  {_short(leaf.got)}")
    return "\n".join([*lines, "", RULES, ""])


def _row(name: str, t: Tally) -> tuple[str, ...]:
    def share(n: int, of: int) -> str:
        return f"{100 * n / of:.1f}" if of else "-"

    return (
        name,
        str(t.files),
        str(t.values),
        share(t.right, t.values),
        share(t.accepted, t.values),
        str(t.silently_wrong),
        f"{100 * t.silently_wrong / t.accepted:.2f}" if t.accepted else "-",
        share(t.to_review, t.values),
        str(t.missing),
    )


def _align(rows: Sequence[Sequence[str]]) -> list[str]:
    widths = [max(len(r[i]) for r in rows if i < len(r)) for i in range(max(map(len, rows)))]
    return [
        "  ".join(
            c.ljust(w) if i == 0 else c.rjust(w) for i, (c, w) in enumerate(zip(r, widths, strict=False))
        )
        for r in rows
    ]


def _short(value: Any, limit: int = 110) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= limit else text[: limit - 1] + "…"
