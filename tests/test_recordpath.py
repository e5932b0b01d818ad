from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from formextract import recordpath

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
    for path, value in list(recordpath.leaves(record)):
        assert recordpath.get(record, path) is value
        assert recordpath.put(record, path, "new")
        assert recordpath.get(record, path) == "new"


def test_paths_that_lead_nowhere() -> None:
    record: dict[str, Any] = {"rows": [{"a": 1}], "x": 5}
    for path in ("rows[1].a", "rows[0].a.b", "x[0]", "y.z", "rows.a"):
        assert recordpath.get(record, path) is None
    assert not recordpath.put(record, "rows[1].a", 1)
    assert not recordpath.put(record, "x[0]", 1)
    assert not recordpath.put(record, "x.y", 1)
    assert not recordpath.put(record, "", 1)
    assert recordpath.put(record, "superior.name", "n") and record["superior"] == {"name": "n"}


def test_shapes() -> None:
    assert recordpath.shape("domains[0].tasks[12].outcomes[3]") == "domains[].tasks[].outcomes[]"
    assert recordpath.steps("rows[12].lead_school") == ("rows", 12, "lead_school")
