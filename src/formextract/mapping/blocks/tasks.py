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
from dataclasses import replace
from itertools import pairwise

from rapidfuzz import fuzz

from formextract.layout.leaders import strip_leader_glyphs
from formextract.layout.lines import baseline
from formextract.mapping.anchors import find_sequence
from formextract.mapping.blocks.lists import prose
from formextract.mapping.blocks.shares import TableLine, Task, read_audience, share_out
from formextract.mapping.form import Form, columns_of
from formextract.mapping.found import Found, from_span
from formextract.mapping.numbering import Item, read_second_level, split_items
from formextract.mapping.rows import Place, column_cells, likeness, table_parts
from formextract.mapping.schema import TASK_ROLES, Audience, Column, Domain, TasksBlock
from formextract.mapping.stream import PlacedLine, Span, Stream, squeeze_label
from formextract.thai.digits import to_arabic

_CODE = re.compile(r"\s*([1-9])\s*[.,]\s*[1-9]")
_MAIMED = 0.6
"""Likeness of a row to a domain's name, with what else speaks for it, from which it is taken for it."""
_PERCENT = re.compile(r"ร้อยละ\s*(\d{1,3}(?:\.\d+)?)|(\d{1,3}(?:\.\d+)?)\s*(?:%|เปอร์เซ็นต์)")


def fill_tasks(block: TasksBlock, form: Form) -> list[Found]:
    """All domains that were found, each with its tasks."""
    strips = collect_columns(form, columns_of(block))
    if not strips["domain"]:
        return []
    found: list[Found] = []
    rows = domain_rows(block, strips["domain"], strips["tasks"])
    for k, (no, name_found, first, end) in enumerate(rows):
        base = f"{block.field}[{k}]"
        found.append(replace(name_found, path=f"{base}.no", value=no, kind="code", method="derived"))
        found.append(replace(name_found, path=f"{base}.name", value=_name(block, no)))
        part = {
            role: [x for x in lines if first <= x.row < end]
            for role, lines in strips.items()
            if role != "domain"
        }
        hits = fill_domain(block, base, no, part)
        after = rows[k + 1][0] if k + 1 < len(rows) else block.domains[-1].number + 1
        if after != no + 1 and name_found.method == "ocr":
            # a scan lost the next domain's name: its tasks may stand among these
            hits = [replace(h, flags=h.flags | {"doubt"}) for h in hits]
        found.extend(hits)
    return found


def _name(block: TasksBlock, no: int) -> str:
    return next(d.name for d in block.domains if d.number == no)


def collect_columns(form: Form, columns: Sequence[Column]) -> dict[str, list[TableLine]]:
    """Every column's lines in printed order over all parts of the table, headers left out."""
    strips: dict[str, list[TableLine]] = {role: [] for role in TASK_ROLES}
    offset, rows_before = 0.0, 0
    for part, (page, table, places, skip) in enumerate(table_parts(form.tables(), columns)):
        top = min((c.box.y0 for c in table.cells if c.row >= skip), default=table.box.y0)
        for place in places:
            for cell in column_cells(table, place):
                if cell.row < skip or _is_header(cell.text, place):
                    continue
                for line in cell.lines:
                    strips[str(place.column.field)].append(
                        TableLine(page, part, rows_before + cell.row, offset + baseline(line) - top, line)
                    )
        offset += table.box.y1 - top
        rows_before += table.n_rows
    for lines in strips.values():
        lines.sort(key=lambda x: (x.row, x.y))
    return strips


def _is_header(text: str, place: Place) -> bool:
    return likeness(text, place.column.header) >= 0.6


def domain_rows(
    block: TasksBlock, lines: Sequence[TableLine], tasks: Sequence[TableLine]
) -> list[tuple[int, Found, int, int]]:
    """The domains in printed order: number, evidence of the name, first physical row, row after the last.

    ``lines`` are those of the domains' column, ``tasks`` those of the tasks' beside it.  Names are
    set in bold, which scans read worst; a domain whose name was not found begins at the row that is
    likest it, or at the first task that bears its number.
    """
    stream = Stream(PlacedLine(x.page, x.line) for x in lines)
    anchors = find_sequence(stream.whole(), [[d.name] for d in block.domains])
    hits: dict[int, tuple[Found, int]] = {}
    for domain, anchor in zip(block.domains, anchors, strict=True):
        if anchor is None:
            continue
        span = Span(stream, anchor.start, anchor.end)
        flags = frozenset({"parsed", "exact" if anchor.similarity == 1 else "known"})
        hit = from_span("", domain.name, "label", span, likeness=anchor.similarity, flags=flags)
        hits[domain.number] = (hit, lines[stream.line_of(anchor.start)].row)
    for domain in block.domains:
        if domain.number not in hits:
            maimed = _maimed_domain(domain, hits, lines, tasks)
            if maimed is not None:
                hits[domain.number] = maimed
    out: list[tuple[int, Found, int, int]] = []
    order = sorted(hits)
    for k, no in enumerate(order):
        hit, row = hits[no]
        end = hits[order[k + 1]][1] if k + 1 < len(order) else 10**9
        first = 0 if no == block.domains[0].number else row
        out.append((no, hit, first, max(end, row + 1)))
    return out


def _maimed_domain(
    domain: Domain,
    hits: dict[int, tuple[Found, int]],
    lines: Sequence[TableLine],
    tasks: Sequence[TableLine],
) -> tuple[Found, int] | None:
    """A domain whose name a scan lost in part: the row between its neighbours that is likest it.

    Besides the name its number and the codes of the tasks beside it speak for a row.
    """
    low = max((row for no, (_, row) in hits.items() if no < domain.number), default=-1)
    high = min((row for no, (_, row) in hits.items() if no > domain.number), default=10**9)
    best: tuple[float, float, int] | None = None
    for row in sorted({x.row for x in lines if low < x.row < high}):
        text = squeeze_label("".join(x.line.text for x in lines if x.row == row))
        like = fuzz.ratio(text.lstrip("0123456789"), squeeze_label(domain.name)) / 100
        beside = [x for x in tasks if x.row == row and _CODE.match(to_arabic(x.line.text))]
        bonus = 0.2 * text.startswith(str(domain.number))
        bonus += 0.3 * (sum(_bears(x, domain.number) for x in beside) * 2 > len(beside))
        if like + bonus >= _MAIMED and (best is None or like + bonus > best[0]):
            best = like + bonus, like, row
    if best is not None:
        place, like, row = [x for x in lines if x.row == best[2]], best[1], best[2]
    else:
        taken = {row for _, row in hits.values()}
        place = [x for x in tasks if low < x.row < high and x.row not in taken and _bears(x, domain.number)][
            :1
        ]
        if not place:
            return None
        like, row = 0.0, place[0].row
    span = Stream(PlacedLine(x.page, x.line) for x in place).whole()
    flags = frozenset({"doubt"})
    return from_span("", domain.name, "label", span, likeness=like, flags=flags), row


def _bears(task: TableLine, number: int) -> bool:
    """Whether a task's line begins with a code of that domain."""
    m = _CODE.match(to_arabic(task.line.text))
    return m is not None and int(m.group(1)) == number


def find_tasks(lines: Sequence[TableLine], no: int) -> list[Task]:
    """The tasks of a domain by their codes; one without a code if the cell is filled as one text."""
    tasks: list[Task] = []
    expected = 1
    for i, x in enumerate(lines):
        number = read_second_level(x.line.text, str(no), expected, scanned=x.line.method == "ocr")
        if number is None or number.value is None or number.value < expected:
            continue
        tasks.append(Task(i, number.length, f"{no}.{number.value}", number.certain))
        expected = number.value + 1
    if any(strip_leader_glyphs(x.line) for x in lines[: tasks[0].start if tasks else len(lines)]):
        # text before the first code that was read: a cell filled as one text, or a code that was not read
        tasks.insert(0, Task(0, 0, None, not tasks))
    return tasks


def fill_domain(block: TasksBlock, base: str, no: int, part: dict[str, list[TableLine]]) -> list[Found]:
    """The tasks of one domain with their outcomes and indicators."""
    lines = part.get("tasks", [])
    tasks = find_tasks(lines, no)
    shares = {
        role: share_out(lines, tasks, part.get(role, []), block.audiences if role == "indicators" else ())
        for role in ("outcomes", "indicators")
    }
    if any(x.line.method == "ocr" for x in lines) and not _in_order(tasks):
        # a code that a scan hides moves what belongs to its task to a neighbour's
        shares = {role: [(own, False) for own, _ in shared] for role, shared in shares.items()}
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
        elif not task.certain:
            found.append(from_span(f"{path}.code", None, "number", text, flags=frozenset({"doubt"})))
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


def _in_order(tasks: Sequence[Task]) -> bool:
    """Whether the code of every task was read, and each is the next after the one before."""
    if not all(task.code is not None and task.certain for task in tasks):
        return False
    numbers = [int(str(task.code).rpartition(".")[2]) for task in tasks]
    return all(b == a + 1 for a, b in pairwise(numbers))


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
    elif "ร้อยละ" in text and item.span.method() == "ocr":
        # a figure stands there that was not read
        doubt = frozenset({"doubt"})
        out.append(from_span(f"{path}.target_percent", None, "integer", item.span, flags=doubt))
    return out


def _percent_span(span: Span, printed: str) -> Span:
    """The place of the percentage within an indicator, the whole indicator if it wraps."""
    at = to_arabic(span.raw).find(printed)
    return span.sub(at, at + len(printed)) if at >= 0 else span
