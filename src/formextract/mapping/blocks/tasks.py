"""The PA1 tasks table: standard domains, their tasks, and the outcomes and indicators of each task.

As a rule one physical row holds a whole domain, and tasks, outcomes and indicators stand
side by side, aligned by blank lines only (FIELDS §5.4); some offices rule a row a task.
Where rows do not tell, the outcomes' and indicators' lines are shared out among the tasks so
that each share begins as nearly as can be at its task's height, and at a gap, a restarted
number or a restarted row of audiences.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from rapidfuzz.distance import Levenshtein

from formextract.mapping.anchors import find_sequence
from formextract.mapping.blocks.grid import Place, column_cells, likeness, table_parts
from formextract.mapping.blocks.lists import prose
from formextract.mapping.form import Form
from formextract.mapping.found import Found, from_span
from formextract.mapping.numbering import Item, read_first_level, read_second_level, split_items
from formextract.mapping.schema import Audience, Column, TasksBlock
from formextract.mapping.stream import PlacedLine, Span, Stream, squeeze_label
from formextract.model import TextLine
from formextract.thai.digits import to_arabic

ROLES = ("domain", "tasks", "outcomes", "indicators")
_PERCENT = re.compile(r"ร้อยละ\s*(\d{1,3}(?:\.\d+)?)|(\d{1,3}(?:\.\d+)?)\s*(?:%|เปอร์เซ็นต์)")


@dataclass(frozen=True, slots=True)
class TableLine:
    """A line of one column, placed on one long strip of all parts of the table."""

    page: int
    """1-based page."""
    row: int
    """Number of the physical row, counted over all parts."""
    y: float
    """Top of the line in points from the beginning of the table, page breaks taken out."""
    line: TextLine
    """The line."""


@dataclass(frozen=True, slots=True)
class Task:
    """Where a task begins."""

    start: int
    """Index of its first line in the tasks' column of its domain."""
    length: int
    """Characters its code takes on that line."""
    code: str | None
    """Canonical code, ``1.3``; None for a domain filled as one text."""
    certain: bool
    """Whether the code's digits were read."""


def fill_tasks(block: TasksBlock, form: Form) -> list[Found]:
    """All domains that were found, each with its tasks."""
    columns = [Column(header=block.columns[role], field=role) for role in ROLES if role in block.columns]
    strips = collect_columns(form, columns)
    if not strips["domain"]:
        return []
    found: list[Found] = []
    rows = domain_rows(block, strips["domain"])
    for k, (no, name_found, first, end) in enumerate(rows):
        base = f"{block.field}[{k}]"
        found.append(replace(name_found, path=f"{base}.no", value=no, kind="number", method="derived"))
        found.append(replace(name_found, path=f"{base}.name", value=_name(block, no)))
        part = {
            role: [x for x in lines if first <= x.row < end]
            for role, lines in strips.items()
            if role != "domain"
        }
        found.extend(fill_domain(block, base, no, part))
    return found


def _name(block: TasksBlock, no: int) -> str:
    return next(d.name for d in block.domains if d.number == no)


def collect_columns(form: Form, columns: Sequence[Column]) -> dict[str, list[TableLine]]:
    """Every column's lines in printed order over all parts of the table, headers left out."""
    strips: dict[str, list[TableLine]] = {role: [] for role in ROLES}
    offset, rows_before = 0.0, 0
    for page, table, places, skip in table_parts(form, columns):
        top = min((c.box.y0 for c in table.cells if c.row >= skip), default=table.box.y0)
        for place in places:
            for cell in column_cells(table, place):
                if cell.row < skip or _is_header(cell.text, place):
                    continue
                for line in cell.lines:
                    strips[str(place.column.field)].append(
                        TableLine(page, rows_before + cell.row, offset + line.box.y0 - top, line)
                    )
        offset += table.box.y1 - top
        rows_before += table.n_rows
    for lines in strips.values():
        lines.sort(key=lambda x: (x.row, x.y))
    return strips


def _is_header(text: str, place: Place) -> bool:
    return likeness(text, place.column.header) >= 0.6


def domain_rows(block: TasksBlock, lines: Sequence[TableLine]) -> list[tuple[int, Found, int, int]]:
    """The domains in printed order: number, evidence of the name, first physical row, row after the last."""
    stream = Stream(PlacedLine(x.page, x.line) for x in lines)
    anchors = find_sequence(stream.whole(), [[d.name] for d in block.domains])
    hits: list[tuple[int, Found, int]] = []
    for domain, anchor in zip(block.domains, anchors, strict=True):
        if anchor is None:
            continue
        span = Span(stream, anchor.start, anchor.end)
        flags = frozenset({"parsed", "exact" if anchor.similarity == 1 else "known"})
        hit = from_span("", domain.name, "label", span, likeness=anchor.similarity, flags=flags)
        hits.append((domain.number, hit, lines[stream.line_of(anchor.start)].row))
    out: list[tuple[int, Found, int, int]] = []
    for k, (no, hit, row) in enumerate(hits):
        end = hits[k + 1][2] if k + 1 < len(hits) else 10**9
        out.append((no, hit, row if k else 0, max(end, row + 1)))
    return out


def find_tasks(lines: Sequence[TableLine], no: int) -> list[Task]:
    """The tasks of a domain by their codes; one without a code if the cell is filled as one text."""
    tasks: list[Task] = []
    expected = 1
    for i, x in enumerate(lines):
        number = read_second_level(x.line.text, str(no), expected)
        if number is None or number.value is None or number.value < expected:
            continue
        tasks.append(Task(i, number.length, f"{no}.{number.value}", number.certain))
        expected = number.value + 1
    if not tasks and lines:
        tasks.append(Task(0, 0, None, True))
    return tasks


def fill_domain(block: TasksBlock, base: str, no: int, part: dict[str, list[TableLine]]) -> list[Found]:
    """The tasks of one domain with their outcomes and indicators."""
    lines = part.get("tasks", [])
    tasks = find_tasks(lines, no)
    shares = {
        role: share_out(lines, tasks, part.get(role, []), block.audiences if role == "indicators" else ())
        for role in ("outcomes", "indicators")
    }
    found: list[Found] = []
    for t, task in enumerate(tasks):
        path = f"{base}.tasks[{t}]"
        end = tasks[t + 1].start if t + 1 < len(tasks) else len(lines)
        stream = Stream(PlacedLine(x.page, x.line) for x in lines[task.start : end])
        head, text = stream.span(0, task.length), stream.span(task.length, len(stream.text)).trimmed()
        if task.code is not None:
            flags = frozenset({"parsed"} if task.certain else {"doubt"})
            found.append(
                from_span(f"{path}.code", task.code, "number", head.trimmed(".") or head, flags=flags)
            )
        found.append(prose(f"{path}.text", text))
        for role in ("outcomes", "indicators"):
            own, clear = shares[role][t]
            span = Stream(PlacedLine(x.page, x.line) for x in own).whole().trimmed()
            if not span:
                continue
            hits = (
                _outcomes(f"{path}.outcomes", span)
                if role == "outcomes"
                else _indicators(f"{path}.indicators", span, block.audiences)
            )
            found.extend(hits if clear else [replace(h, flags=h.flags | {"doubt"}) for h in hits])
    return found


def share_out(
    task_lines: Sequence[TableLine],
    tasks: Sequence[Task],
    lines: Sequence[TableLine],
    audiences: Sequence[Audience],
) -> list[tuple[list[TableLine], bool]]:
    """A column's lines shared out among the tasks, in order, and whether each share is clear."""
    if len(tasks) <= 1:
        return [(list(lines), True) for _ in tasks]
    starts = [task_lines[t.start] for t in tasks]
    if len({s.row for s in starts}) == len(starts):
        # a ruled row a task: the rows tell
        bounds = [s.row for s in starts[1:]] + [10**9]
        firsts = [-1] + [s.row for s in starts[1:]]
        return [([x for x in lines if lo <= x.row < hi], True) for lo, hi in zip(firsts, bounds, strict=True)]
    return _align(starts, lines, audiences)


def _align(
    starts: Sequence[TableLine], lines: Sequence[TableLine], audiences: Sequence[Audience]
) -> list[tuple[list[TableLine], bool]]:
    """The cheapest cut of the lines into as many shares as tasks (dynamic programming)."""
    n, count = len(lines), len(starts)
    if not n:
        return [([], False) for _ in starts]
    pitch = _pitch(lines)
    plausible = [_break_cost(lines, i, pitch, audiences) for i in range(n)]
    inf = float("inf")

    def cost(t: int, i: int) -> float:
        if i >= n:
            return 6.0
        away = abs(lines[i].y - starts[t].y) / pitch
        return min(away, 12.0) * 0.6 + (plausible[i] if t else 0.0)

    best = [[inf] * (n + 1) for _ in range(count)]
    back = [[0] * (n + 1) for _ in range(count)]
    best[0][0] = cost(0, 0)
    for t in range(1, count):
        for i in range(n + 1):
            for j in range(i + 1):
                if best[t - 1][j] == inf:
                    continue
                price = best[t - 1][j] + cost(t, i) + (3.0 if i == j else 0.0)
                if price < best[t][i]:
                    best[t][i], back[t][i] = price, j
    cuts = [min(range(n + 1), key=lambda i: best[count - 1][i])]
    for t in range(count - 1, 0, -1):
        cuts.append(back[t][cuts[-1]])
    cuts.reverse()
    out: list[tuple[list[TableLine], bool]] = []
    for t in range(count):
        end = cuts[t + 1] if t + 1 < count else n
        clear = cuts[t] < end and (t == 0 or plausible[cuts[t]] <= -1.0)
        clear = clear and (end == n or plausible[end] <= -1.0)
        out.append((list(lines[cuts[t] : end]), clear))
    return out


def _pitch(lines: Sequence[TableLine]) -> float:
    steps = [b.y - a.y for a, b in pairwise(lines) if b.y > a.y]
    if not steps:
        return max(8.0, lines[0].line.box.height)
    steps.sort()
    return max(6.0, median(steps[: max(1, (len(steps) * 3) // 4)]))


def _break_cost(lines: Sequence[TableLine], i: int, pitch: float, audiences: Sequence[Audience]) -> float:
    """How unlikely it is that a new task's share begins at line ``i``; negative: likely."""
    if i == 0:
        return 0.0
    gap = (lines[i].y - lines[i - 1].y) / pitch
    price = 3.0 - min(max(gap - 1.0, 0.0), 3.0) * 2.0
    if lines[i].page != lines[i - 1].page:
        price -= 1.0
    text = lines[i].line.text
    if audiences:
        rank = _audience_rank(text, audiences)
        if rank is None:
            price += 2.0
        else:
            before = [r for x in lines[:i] if (r := _audience_rank(x.line.text, audiences)) is not None]
            price += -3.0 if before and rank <= before[-1] else 2.0
    else:
        number = read_first_level(text, 1)
        if number is not None and number.value == 1 and number.certain:
            price -= 1.5
        elif number is not None:
            price += 2.0
    return price


def _audience_rank(text: str, audiences: Sequence[Audience]) -> int | None:
    hit = read_audience(text, audiences)
    return None if hit is None else [a.code for a in audiences].index(hit[0])


def read_audience(text: str, audiences: Sequence[Audience]) -> tuple[str, int] | None:
    """The audience heading at the head of a line: its code and the characters it takes, or None.

    The heading may be followed by the first indicator on the same line.
    """
    squeezed: list[str] = []
    ends: list[int] = []
    for i, c in enumerate(text):
        if squeeze_label(c):
            squeezed.append(c)
            ends.append(i + 1)
    joined = "".join(squeezed)
    best: tuple[float, int, str] | None = None
    for audience in audiences:
        for label in audience.label:
            want = squeeze_label(label)
            for extra in (0, -1, 1):
                n = len(want) + extra
                if n < 3 or n > len(joined):
                    continue
                like = Levenshtein.normalized_similarity(joined[:n], want)
                if like >= 0.82 and (best is None or (like, n) > (best[0], best[1])):
                    best = (like, n, audience.code)
    if best is None:
        return None
    return best[2], ends[best[1] - 1]


def _outcomes(path: str, span: Span) -> list[Found]:
    return [prose(f"{path}[{k}]", item.span) for k, item in enumerate(x for x in split_items(span) if x.span)]


def _indicators(path: str, span: Span, audiences: Sequence[Audience]) -> list[Found]:
    """Indicators under their audiences' headings; numbers restart under each."""
    stream = span.stream
    groups: list[tuple[str | None, Span | None, Span]] = []
    audience: str | None = None
    heading: Span | None = None
    begin = span.start
    for n in range(stream.line_of(span.start), stream.line_of(max(span.start, span.end - 1)) + 1):
        line = stream.line_span(n)
        start = max(line.start, span.start)
        hit = read_audience(stream.text[start : min(line.end, span.end)], audiences)
        if hit is None:
            continue
        groups.append((audience, heading, Span(stream, begin, start).trimmed()))
        audience, begin = hit[0], start + hit[1]
        heading = Span(stream, start, begin)
    groups.append((audience, heading, Span(stream, begin, span.end).trimmed()))
    out: list[Found] = []
    k = 0
    for code, head, text in groups:
        for item in split_items(text):
            if item.span:
                out.extend(_indicator(f"{path}[{k}]", code, head, item))
                k += 1
    return out


def _indicator(path: str, code: str | None, head: Span | None, item: Item) -> list[Found]:
    out: list[Found] = []
    if code is not None and head is not None:
        out.append(from_span(f"{path}.audience", code, "label", head, flags=frozenset({"parsed", "known"})))
    out.append(prose(f"{path}.text", item.span))
    text = to_arabic(item.span.joined())
    m = _PERCENT.search(text)
    if m:
        number = float(m.group(1) or m.group(2))
        value = int(number) if number == int(number) else number
        flags = frozenset({"parsed"} if 0 <= number <= 100 else {"doubt"})
        out.append(
            from_span(
                f"{path}.target_percent", value, "integer", _percent_span(item.span, m.group(0)), flags=flags
            )
        )
    return out


def _percent_span(span: Span, printed: str) -> Span:
    """The place of the percentage within an indicator, the whole indicator if it wraps."""
    at = to_arabic(span.raw).find(printed)
    return span.sub(at, at + len(printed)) if at >= 0 else span
