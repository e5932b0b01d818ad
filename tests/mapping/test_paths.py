from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from formextract.mapping.paths import expand, grow
from formextract.recordpath import get

key = st.sampled_from(["a", "b", "rows", "school_types"])
path = st.lists(st.tuples(key, st.one_of(st.none(), st.integers(0, 3))), min_size=1, max_size=3).map(
    lambda parts: ".".join(k if i is None else f"{k}[{i}]" for k, i in parts)
)


@given(path, st.one_of(st.integers(), st.booleans(), st.text(max_size=3)))
def test_what_is_set_is_got(where: str, value: Any) -> None:
    record: dict[str, Any] = {}
    grow(record, where, value)
    assert get(record, where) == value


def test_a_null_object_is_replaced_and_neighbours_stay() -> None:
    record: dict[str, Any] = {"maker": None, "rows": [{"seq": 1}]}
    grow(record, "maker.school", "ก")
    grow(record, "rows[1].seq", 2)
    grow(record, "rows[0].lead", "ข")
    assert record == {"maker": {"school": "ก"}, "rows": [{"seq": 1, "lead": "ข"}, {"seq": 2}]}


def test_false_and_zero_are_got() -> None:
    assert get({"a": False, "b": [0]}, "a") is False
    assert get({"a": False, "b": [0]}, "b[0]") == 0
    assert get({"a": 1}, "a.b") is None and get({}, "a[2].b") is None


def test_patterns() -> None:
    paths = ["rows[0].lead", "rows[12].lead", "rows[0].leads", "lead"]
    assert expand("rows[].lead", paths) == ["rows[0].lead", "rows[12].lead"]
    assert expand("lead", paths) == ["lead"]
