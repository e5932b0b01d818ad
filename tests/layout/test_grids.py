"""Rules of drawn and scanned tables become grids with spans."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from formextract.layout.edges import GridSettings
from formextract.layout.grids import Grid, find_grids
from formextract.model import Rule
from tests.layout.build import hrule, lattice, vrule

W, H = 595.0, 842.0
XS = [60.0, 100.0, 250.0, 400.0, 540.0]
YS = [100.0, 130.0, 160.0, 190.0]


def shape(grid: Grid) -> tuple[int, int, int]:
    return grid.n_rows, grid.n_cols, len(grid.cells)


def spans(grid: Grid) -> set[tuple[int, int, int, int]]:
    return {(c.row, c.col, c.rowspan, c.colspan) for c in grid.cells if (c.rowspan, c.colspan) != (1, 1)}


def assert_whole(grid: Grid) -> None:
    """Every place belongs to exactly one cell; boxes lie apart and inside the grid."""
    places = [
        (r, c)
        for cell in grid.cells
        for r in range(cell.row, cell.row + cell.rowspan)
        for c in range(cell.col, cell.col + cell.colspan)
    ]
    assert sorted(places) == [(r, c) for r in range(grid.n_rows) for c in range(grid.n_cols)]
    for i, cell in enumerate(grid.cells):
        assert cell.box.width > 0 and cell.box.height > 0
        assert grid.box.intersection(cell.box) == cell.box
        assert all(cell.box.intersection(other.box) is None for other in grid.cells[i + 1 :])


def test_full_table() -> None:
    [grid] = find_grids(lattice(XS, YS), W, H)
    assert shape(grid) == (3, 4, 12)
    assert grid.xs == pytest.approx(XS) and grid.ys == pytest.approx(YS)
    assert not (grid.open_top or grid.open_bottom)
    assert_whole(grid)


def test_roster_cells_merged_over_rows() -> None:
    """The area office spans two rows, its number and lead too; the co-development schools do not."""
    rules = [vrule(x, YS[0], YS[-1]) for x in XS]
    rules += [hrule(XS[0], XS[-1], y) for y in (YS[0], YS[1], YS[3])]
    rules.append(hrule(XS[3], XS[4], YS[2]))
    [grid] = find_grids(rules, W, H)
    assert spans(grid) == {(1, 0, 2, 1), (1, 1, 2, 1), (1, 2, 2, 1)}
    assert_whole(grid)


def test_head_merged_over_columns() -> None:
    rules = [*lattice(XS, YS[1:]), hrule(XS[0], XS[-1], YS[0])]
    rules += [vrule(x, YS[0], YS[1]) for x in (XS[0], XS[1], XS[-1])]
    [grid] = find_grids(rules, W, H)
    assert spans(grid) == {(0, 1, 1, 3)}


def test_scanned_rules_doubled_skewed_and_torn() -> None:
    """Both rims of thick strokes, gaps of 5 pt, 1.4 pt out of true, ends 3 pt short of the corner."""
    rules: list[Rule] = []
    for y in YS:
        rules += [hrule(63, 200, y), hrule(205, 420, y + 0.7), hrule(424, 537, y + 1.4)]
        rules.append(hrule(70, 530, y + 2.4))
    for x in XS:
        rules += [vrule(x, 102, 140), vrule(x + 0.8, 144, 188), vrule(x + 2.0, 110, 180)]
    [grid] = find_grids(rules, W, H)
    assert shape(grid) == (3, 4, 12)
    assert_whole(grid)


def test_cell_boxes_keep_clear_of_thick_strokes() -> None:
    rules = [hrule(60, 540, y, thick=4) for y in YS] + [vrule(x, 100, 190, thick=3) for x in XS]
    [grid] = find_grids(rules, W, H)
    first = grid.cells[0].box
    assert (first.x0, first.y0, first.x1, first.y1) == pytest.approx((61.5, 102, 98.5, 128))


def test_page_broken_table_without_bottom_rule() -> None:
    rules = [hrule(60, 540, 100), hrule(60, 540, 130)] + [vrule(x, 100, 800) for x in XS]
    [grid] = find_grids(rules, W, H)
    assert shape(grid) == (2, 4, 8)
    assert grid.open_bottom and not grid.open_top
    assert grid.ys[-1] == pytest.approx(800)


def test_page_broken_table_continued_without_top_rule() -> None:
    rules = [hrule(60, 540, 300), hrule(60, 540, 330)] + [vrule(x, 60, 330) for x in XS]
    [grid] = find_grids(rules, W, H)
    assert grid.open_top and shape(grid) == (2, 4, 8)


def test_last_printed_rule_stands_in_one_column_only() -> None:
    """A merged cell runs over the page's end: the last rule is drawn for the rightmost column alone."""
    rules = [hrule(60, 540, 100), hrule(60, 540, 130), hrule(400, 540, 160)]
    rules += [vrule(x, 100, 780) for x in XS]
    [grid] = find_grids(rules, W, H)
    assert grid.open_bottom
    assert spans(grid) == {(1, 0, 2, 1), (1, 1, 2, 1), (1, 2, 2, 1)}


def test_table_without_outer_side_rules() -> None:
    rules = [hrule(60, 540, y) for y in YS] + [vrule(x, 100, 190) for x in XS[1:-1]]
    [grid] = find_grids(rules, W, H)
    assert shape(grid) == (3, 4, 12)
    assert grid.xs == pytest.approx(XS)


def test_one_side_rule_missing() -> None:
    rules = [hrule(60, 540, y) for y in YS] + [vrule(x, 100, 190) for x in XS[:-1]]
    [grid] = find_grids(rules, W, H)
    assert shape(grid) == (3, 4, 12)


def test_page_frame_and_form_code_box_are_single_boxes() -> None:
    """A frame round the page, the box PA 1/บส at its top right and a table inside: three grids."""
    frame, code = lattice([30, 565], [30, 812]), lattice([480, 550], [40, 60])
    grids = find_grids([*frame, *code, *lattice(XS, YS)], W, H)
    assert [g.is_frame for g in grids] == [True, True, False]


@pytest.mark.parametrize(
    "rules",
    [
        [hrule(100, 300, 200), vrule(200, 150, 250)],
        [hrule(100, 300, 200), hrule(100, 300, 230), vrule(200, 190, 240)],
        [hrule(100, 300, y) for y in (100, 120, 140, 160)],
        [hrule(100, 300, 200), vrule(150, 180, 210), vrule(250, 100, 260)],
    ],
    ids=["cross", "two underlines and a stroke", "writing lines", "signature strokes"],
)
def test_stray_strokes_are_no_table(rules: list[Rule]) -> None:
    assert find_grids(rules, W, H) == []


def test_underline_in_a_cell_divides_nothing() -> None:
    rules = [*lattice(XS, YS), hrule(105, 180, 148), hrule(60, 85, 147), vrule(300, 135, 150)]
    [grid] = find_grids(rules, W, H)
    assert shape(grid) == (3, 4, 12)


def test_tick_box_and_scanner_shadow_are_no_grids() -> None:
    box, shadow = lattice([100, 110], [100, 110]), lattice([1, 594], [1, 841])
    assert find_grids([*box, *shadow], W, H) == []


def test_lost_piece_of_rule_leaves_the_merged_cell_whole() -> None:
    """Between lead (merged over three rows) and co-development school one piece of rule is lost."""
    ys = [100.0, 130.0, 160.0, 190.0]
    rules = [vrule(x, 100, 190) for x in (60, 100, 540)] + [vrule(300, 130, 190)]
    rules += [hrule(60, 540, 100), hrule(60, 540, 190), hrule(300, 540, 130), hrule(300, 540, 160)]
    [grid] = find_grids(rules, W, H)
    assert grid.ys == pytest.approx(ys)
    assert (0, 1, 3, 1) in {(c.row, c.col, c.rowspan, c.colspan) for c in grid.cells}
    assert_whole(grid)


@pytest.mark.timeout(20)
def test_hatching_ends_in_time() -> None:
    rules = [hrule(20, 575, 20 + i * 0.5) for i in range(1600)]
    rules += [vrule(20 + i * 0.5, 20, 820) for i in range(1100)]
    assert all(g.n_rows * g.n_cols <= GridSettings().max_cells for g in find_grids(rules, W, H))


@pytest.mark.parametrize("bad", [{"snap": -1.0}, {"cover": 1.5}, {"snap": 9.0}])
def test_contradictory_settings_are_refused(bad: dict[str, float]) -> None:
    with pytest.raises(ValueError):
        GridSettings(**bad)  # type: ignore[arg-type]


_place = st.integers(2, 38).map(lambda n: n * 14.5)
_jitter = st.floats(-1.5, 1.5)


@st.composite
def _rule(draw: st.DrawFn) -> Rule:
    a, b = sorted((draw(_place), draw(_place)))
    pos, thick = draw(_place) + draw(_jitter), draw(st.floats(0.1, 5))
    return hrule(a, b, pos, thick) if draw(st.booleans()) else vrule(pos, a, b, thick)


@settings(max_examples=200, deadline=None)
@given(st.lists(_rule(), max_size=40))
def test_any_rules_give_whole_grids(rules: list[Rule]) -> None:
    for grid in find_grids(rules, W, H):
        assert_whole(grid)
        assert grid.is_frame == (grid.n_rows == grid.n_cols == 1)


@settings(max_examples=100, deadline=None)
@given(
    st.lists(st.sampled_from(range(3, 37)), min_size=2, max_size=7, unique=True),
    st.lists(st.sampled_from(range(3, 50)), min_size=2, max_size=9, unique=True),
    st.data(),
)
def test_a_shaken_lattice_keeps_its_shape(cols: list[int], rows: list[int], data: st.DataObject) -> None:
    """Whatever the table, jitter of 1 pt and ends 3 pt short change no row, column or cell."""
    xs, ys = sorted(c * 15.0 for c in cols), sorted(r * 15.0 for r in rows)
    if xs[-1] - xs[0] < 30:
        xs[-1] += 30
    shake = st.floats(-1.0, 1.0)
    rules = [hrule(xs[0] + 3, xs[-1] - 3, y + data.draw(shake)) for y in ys]
    rules += [vrule(x + data.draw(shake), ys[0] + 3, ys[-1] - 3) for x in xs]
    [grid] = find_grids(rules, W, H)
    assert shape(grid) == (len(ys) - 1, len(xs) - 1, (len(ys) - 1) * (len(xs) - 1))
    assert_whole(grid)


def test_page_inside_a_long_row_has_column_rules_only() -> None:
    """A PA1 domain's row may fill pages of its own: nothing of the table but its column rules."""
    rules = [vrule(x, 71, 799) for x in (70, 176, 311, 427, 552)]
    (grid,) = find_grids(rules, 595, 842)
    assert shape(grid) == (1, 4, 4)
    assert grid.open_top and grid.open_bottom


@pytest.mark.parametrize(
    "rules", [[vrule(70, 71, 799), vrule(552, 71, 799)], [vrule(x, 71, 200) for x in (70, 176, 311)]]
)
def test_margins_and_short_strokes_are_no_columns(rules: list[Rule]) -> None:
    assert find_grids(rules, 595, 842) == []
