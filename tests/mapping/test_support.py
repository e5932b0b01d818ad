from typing import Any

import pytest

from formextract.mapping.found import Found
from formextract.mapping.schema import Support
from formextract.mapping.support import support
from formextract.model import Box


def found(path: str, value: Any, y: float, page: int = 1) -> Found:
    return Found(path, value, "text", str(value), page, Box(10, y, 90, y + 12), "ocr")


def flags(relation: str, *values: Any, y: list[float] | None = None) -> list[set[str]]:
    hits = [found(f"p{i}", v, (y or [20 * i for i in range(9)])[i]) for i, v in enumerate(values)]
    rule = Support.model_validate({"relation": relation, "paths": [h.path for h in hits]})
    return [set(h.flags) for h in support(hits, [rule])]


@pytest.mark.parametrize(
    ("relation", "values", "flag"),
    [
        ("equal", ("ชำนาญการพิเศษ", "ชำนาญการ พิเศษ"), "twice"),
        ("equal", ("ชำนาญการพิเศษ", "ชำนาญการ"), "doubt"),
        ("equal", (3, 3), "twice"),
        ("equal", (3, 2), "doubt"),
        ("names", ("นายสมปอง ใจดี", "นาย", "สมปอง", "ใจดี"), "twice"),
        ("names", ("นายสมปอง ใจดีมาก", "นาย", "สมปอง", "ใจดี"), "doubt"),
        ("contains", ("ผู้อำนวยการโรงเรียนบ้านไผ่", "โรงเรียนบ้านไผ่"), "twice"),
        ("contains", ("ผู้อำนวยการโรงเรียนบ้านไผ่", "โรงเรียนบ้านตาล"), ""),
        ("fiscal_year", (2568, "2024-10-01", "2025-09-30"), "twice"),
        ("fiscal_year", (2568, "2024-11-16", "2025-09-30"), ""),
        ("fiscal_year", (2568, "2023-10-01", "2024-09-30"), "doubt"),
        ("fiscal_year", (2568, "2025-09-30", "2024-10-01"), "doubt"),
    ],
)
def test_relations(relation: str, values: tuple[Any, ...], flag: str) -> None:
    assert flags(relation, *values) == [{flag} if flag else set()] * len(values)


def test_one_reading_does_not_support_itself() -> None:
    assert flags("equal", "ก", "ก", y=[20, 21]) == [set(), set()]


def test_nulls_and_missing_partners_say_nothing() -> None:
    assert flags("equal", "ก", None) == [set(), set()]
    rule = Support.model_validate({"relation": "equal", "paths": ["a", "gone"]})
    assert support([found("a", 1, 0)], [rule])[0].flags == frozenset()
