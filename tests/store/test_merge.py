from __future__ import annotations

from formextract.model import Box, Decision, Evidence
from formextract.store.merge import relocate


def seen(page: int, y: float) -> Evidence:
    return Evidence("x", 1.0, Decision.ACCEPTED, page, Box(0, y, 50, y + 10), "ocr")


def test_decided_values_are_carried_to_where_their_print_stands() -> None:
    evidence = {
        "rows[0].a": seen(1, 0),
        "rows[1].a": seen(1, 20),
        "rows[1].b": seen(1, 0),
        "rows[2].a": seen(2, 0),
    }
    assert relocate("maker.x", 1, None, {}) == "maker.x"
    assert relocate("rows[1].a", 1, [0, 1, 50, 11], evidence) == "rows[0].a"
    assert relocate("rows[1].a", 1, [0, 21, 50, 31], evidence) == "rows[1].a"
    assert relocate("rows[1].a", 2, [0, 0, 50, 10], evidence) == "rows[2].a"
    assert relocate("rows[1].a", 1, [0, 50, 50, 60], evidence) is None
    assert relocate("rows[1].a", 1, None, evidence) is None
