"""Lines find their cells."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from formextract.layout.tables import build_tables, cell_boxes, find_grids
from formextract.model import Table
from tests.layout.build import hrule, joined, lattice, line, texts, vrule

W, H = 595.0, 842.0
XS = [60.0, 100.0, 250.0, 400.0, 540.0]
YS = [100.0, 130.0, 160.0, 190.0]


def cell_at(table: Table, row: int, col: int) -> str:
    [cell] = [c for c in table.cells if (c.row, c.col) == (row, col)]
    return cell.text


def test_lines_go_to_the_cell_that_holds_them() -> None:
    grids = find_grids(lattice(XS, YS), W, H)
    lines = [line("ลำดับ", 65, 120), line("สังกัด", 110, 120), line("ท้ายตาราง", 60, 220), line("๑", 70, 150)]
    [table], rest = build_tables(grids, lines)
    assert (table.n_rows, table.n_cols) == (3, 4)
    assert cell_at(table, 0, 0) == "ลำดับ"
    assert cell_at(table, 0, 1) == "สังกัด"
    assert cell_at(table, 1, 0) == "๑"
    assert texts(rest) == ["ท้ายตาราง"]


def test_wrapped_cell_keeps_its_lines_in_order() -> None:
    rules = [vrule(x, YS[0], YS[-1]) for x in XS] + [hrule(60, 540, y) for y in (YS[0], YS[-1])]
    lines = [line("เขต 1", 110, 150), line("สำนักงานเขตพื้นที่", 110, 128)]
    [table], _ = build_tables(find_grids(rules, W, H), lines)
    assert cell_at(table, 0, 1) == "สำนักงานเขตพื้นที่\nเขต 1"


def test_line_of_a_text_layer_that_crosses_rules_is_cut_at_them() -> None:
    """Some producers give a table's row as one line: number, office and lead in one."""
    words = {70: "๓", 110: "สำนักงานเขต", 255: "โรงเรียนวัดใหม่", 405: "1. โรงเรียนบ้านนา"}
    row = joined(*(line(text, x, 150) for x, text in words.items()))
    [table], rest = build_tables(find_grids(lattice(XS, YS), W, H), [row])
    assert [cell_at(table, 1, c) for c in range(4)] == list(words.values())
    assert rest == ()


def test_print_that_leans_over_a_rule_is_not_cut() -> None:
    text = line("สถานศึกษาแกนนำ", 250 - 2, 120)
    [table], _ = build_tables(find_grids(lattice(XS, YS), W, H), [text])
    assert cell_at(table, 0, 2) == text.text


def test_row_beside_the_table_is_cut_at_its_border() -> None:
    text = joined(line("หมายเหตุ", 5, 120), line("ลำดับ", 65, 120))
    [table], rest = build_tables(find_grids(lattice(XS, YS), W, H), [text])
    assert texts(rest) == ["หมายเหตุ"]
    assert cell_at(table, 0, 0) == "ลำดับ"


def test_lines_in_a_single_box_stay_free() -> None:
    grids = find_grids(lattice([480, 550], [40, 60]), W, H)
    code = line("PA 1/บส", 490, 55)
    assert build_tables(grids, [code]) == ((), (code,))
    [table], rest = build_tables(grids, [code], frames_free=False)
    assert cell_at(table, 0, 0) == "PA 1/บส" and rest == ()
    assert cell_boxes(grids) == [] and len(cell_boxes(grids, frames=True)) == 1


def test_table_in_a_page_frame() -> None:
    grids = find_grids([*lattice([30, 565], [30, 812]), *lattice(XS, YS)], W, H)
    tables, rest = build_tables(grids, [line("๑", 70, 120), line("ประกาศ", 250, 60)])
    assert len(tables) == 1 and cell_at(tables[0], 0, 0) == "๑"
    assert texts(rest) == ["ประกาศ"]
    assert len(cell_boxes(grids)) == 12


def test_open_last_row_ends_with_the_text() -> None:
    rules = [hrule(60, 540, 100), hrule(60, 540, 130)] + [vrule(x, 100, 800) for x in XS]
    lines = [line("1. โรงเรียนบ้านนา", 410, 150), line("ต่อกันไป", 410, 172)]
    [table], rest = build_tables(find_grids(rules, W, H), lines)
    assert cell_at(table, 1, 3) == "1. โรงเรียนบ้านนา\nต่อกันไป"
    assert table.box.y1 == pytest.approx(174) and rest == ()


def test_open_last_row_without_text_is_no_row() -> None:
    rules = [hrule(60, 540, y) for y in YS] + [vrule(x, 100, 220) for x in XS]
    [table], _ = build_tables(find_grids(rules, W, H), [line("๑", 70, 120)])
    assert table.n_rows == 3 and len(table.cells) == 12


def test_open_first_row_without_text_is_no_row() -> None:
    rules = [hrule(60, 540, y) for y in YS] + [vrule(x, 70, 190) for x in XS]
    [table], _ = build_tables(find_grids(rules, W, H), [line("๑", 70, 120)])
    assert table.n_rows == 3 and cell_at(table, 0, 0) == "๑"
    assert table.box.y0 == pytest.approx(100)


def test_boxes_for_the_line_finder_lie_apart_round_a_table_in_a_cell() -> None:
    grids = find_grids(
        [*lattice([40, 300, 560], [50, 400, 700]), *lattice([60, 120, 280], [80, 120, 160])], W, H
    )
    boxes = cell_boxes(grids)
    assert len(boxes) == 3 + 4
    assert all(a.intersection(b) is None for i, a in enumerate(boxes) for b in boxes[i + 1 :])


_words = st.sampled_from(["ลำดับ", "สังกัด", "โรงเรียนบ้านนา", "๑๒", "1. โรงเรียน  2. วัด", " "])


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(_words, st.floats(5, 560), st.floats(20, 830)), max_size=12))
def test_no_letter_is_lost_or_doubled(places: list[tuple[str, float, float]]) -> None:
    lines = [line(text, x, y) for text, x, y in places]
    tables, rest = build_tables(find_grids(lattice(XS, YS), W, H), lines)
    kept = [ln for t in tables for c in t.cells for ln in c.lines] + list(rest)
    letters = sorted(g.text for ln in kept for g in ln.glyphs if g.text != " ")
    assert letters == sorted(g.text for ln in lines for g in ln.glyphs if g.text != " ")
