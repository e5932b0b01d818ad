from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from formextract.model import Box, Decision, Evidence
from formextract.store import paths
from formextract.store.merge import relocate

names = st.sampled_from(["maker", "rows", "school", "a_b"])
json_leaf = st.none() | st.booleans() | st.integers() | st.text(max_size=5)
records = st.dictionaries(
    names,
    st.recursive(
        json_leaf, lambda x: st.lists(x, max_size=3) | st.dictionaries(names, x, max_size=3), max_leaves=12
    ),
    max_size=4,
)


@given(records)
def test_every_leaf_is_found_and_set_by_its_path(record: dict[str, Any]) -> None:
    for path, value in list(paths.leaves(record)):
        assert paths.get(record, path) is value
        assert paths.put(record, path, "new")
        assert paths.get(record, path) == "new"


def test_paths_that_lead_nowhere() -> None:
    record: dict[str, Any] = {"rows": [{"a": 1}], "x": 5}
    for path in ("rows[1].a", "rows[0].a.b", "x[0]", "y.z", "rows.a"):
        assert paths.get(record, path) is None
    assert not paths.put(record, "rows[1].a", 1)
    assert not paths.put(record, "x[0]", 1)
    assert not paths.put(record, "x.y", 1)
    assert not paths.put(record, "", 1)
    assert paths.put(record, "superior.name", "n") and record["superior"] == {"name": "n"}


def test_shapes() -> None:
    assert paths.shape("domains[0].tasks[12].outcomes[3]") == "domains[].tasks[].outcomes[]"
    assert paths.steps("rows[12].lead_school") == ("rows", 12, "lead_school")


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
