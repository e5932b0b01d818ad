from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from formextract.pages.content import Path
from formextract.pages.rules import SHORTEST, build_rules


def stroke(
    *points: tuple[float, float], closed: bool = False, operation: int = 0, width: float = 1.0
) -> Path:
    return Path(tuple(points), False, closed, True, False, width, operation, operation)


def fill(x0: float, y0: float, x1: float, y1: float, operation: int = 0) -> Path:
    return Path(((x0, y0), (x1, y0), (x1, y1), (x0, y1)), False, True, False, True, 0, operation, operation)


def square(x: float, y: float, side: float) -> Path:
    return stroke((x, y), (x + side, y), (x + side, y + side), (x, y + side), closed=True)


def shape(paths: list[Path]) -> list[tuple[str, list[float]]]:
    return sorted(("h" if r.horizontal else "v", r.box.as_list()) for r in build_rules(paths))


def test_strokes_become_rules_of_their_width() -> None:
    assert shape([stroke((10, 20), (110, 20), width=2)]) == [("h", [10, 19, 110, 21])]
    assert shape([stroke((10, 20), (10, 120))]) == [("v", [9.5, 20, 10.5, 120])]


def test_diagonals_and_curves_are_no_rules() -> None:
    curve = Path(((0, 0), (50, 30), (100, 0)), True, False, True, False, 1, 0, 0)
    assert shape([stroke((0, 0), (100, 100)), curve]) == []


def test_outlined_rectangle_gives_four_rules() -> None:
    kinds = [k for k, _ in shape([square(10, 10, 100)])]
    assert kinds == ["h", "h", "v", "v"]


def test_thin_fills_are_rules_and_shades_are_not() -> None:
    assert shape([fill(10, 10, 200, 10.75)]) == [("h", [10, 10, 200, 10.8])]
    assert shape([fill(10, 10, 200, 60)]) == []


def test_frame_of_two_nested_rectangles() -> None:
    # browsers paint a cell's border as one shape with a hole
    rules = shape([fill(10, 10, 110, 60), fill(11, 11, 109, 59)])
    assert [k for k, _ in rules] == ["h", "h", "v", "v"]


def test_pieces_between_cells_are_joined() -> None:
    pieces = [fill(x, 50, x + 30, 50.75, operation=x) for x in range(10, 200, 31)]
    assert shape(pieces) == [("h", [10, 50, 226, 50.8])]


def test_chain_of_dots_is_one_line() -> None:
    dots = [fill(x / 2, 50, x / 2 + 0.75, 50.75, operation=x) for x in range(20, 400, 3)]
    rules = build_rules(dots)
    assert len(rules) == 1 and rules[0].horizontal


def test_parallel_lines_stay_apart() -> None:
    assert len(build_rules([stroke((0, 10), (100, 10)), stroke((0, 13), (100, 13), operation=1)])) == 2


def test_tick_boxes_are_left_out_however_drawn() -> None:
    four = [
        stroke((300, 300), (310, 300), operation=1),
        stroke((300, 310), (310, 310), operation=2),
        stroke((300, 300), (300, 310), operation=3),
        stroke((310, 300), (310, 310), operation=4),
    ]
    framed = [fill(400, 400, 410, 410, 9), fill(401, 401, 409, 409, 9)]
    assert shape([square(100, 100, 10), *four, *framed]) == []


def test_narrow_table_cell_is_no_tick_box() -> None:
    # a cell of 14 x 14 points in a table whose lines run on
    lines = [stroke((100, y), (300, y), operation=int(y)) for y in (100, 114, 128)]
    lines += [stroke((x, 100), (x, 128), operation=int(x) + 1000) for x in (100, 114, 300)]
    assert len(build_rules(lines)) == 6


@given(
    st.lists(
        st.tuples(*[st.floats(0, 600, allow_nan=False)] * 4, st.booleans(), st.booleans(), st.integers(0, 5)),
        max_size=25,
    )
)
def test_any_paths_give_straight_rules_of_some_length(
    raw: list[tuple[float, float, float, float, bool, bool, int]],
) -> None:
    paths = [
        Path(
            ((a, b), (c, b), (c, d), (a, d)) if boxy else ((a, b), (c, d)),
            False,
            boxy,
            not filled,
            filled,
            1,
            n,
            n,
        )
        for a, b, c, d, boxy, filled, n in raw
    ]
    for rule in build_rules(paths):
        length, thickness = (
            (rule.box.width, rule.box.height) if rule.horizontal else (rule.box.height, rule.box.width)
        )
        assert length >= SHORTEST and thickness <= 30
