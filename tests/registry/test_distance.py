from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formextract.registry.distance import measure_distance

KEY = st.text(st.sampled_from("กขคดตบปนมาิี่้เแ012ฯ"), max_size=14)


@pytest.mark.parametrize(
    ("printed", "known", "most"),
    [
        ("บ้านวังนกแอน", "บ้านวังนกแอ่น", 0.25),
        ("วัดคอลาด", "วัดดอลาด", 0.5),
        ("บ้านลาพยา", "บ้านลำพยา", 0.3),
        ("วดเขาแกวมขดาราม", "วัดเขาแก้วมุขดาราม", 0.6),
        ("บา้นทงุ่นอ้ย", "บ้านทุ่งน้อย", 0.3),
        ("บ้านท่าชุมประชาอุทิศฯ", "บ้านท่าชุมประชาอุทิศวิทยาคาร", 0.1),
    ],
)
def test_damage_of_print_is_cheap(printed: str, known: str, most: float) -> None:
    assert 0 < measure_distance(printed, known) <= most


@pytest.mark.parametrize(
    ("printed", "known", "least"),
    [
        ("ไทยรัฐวิทยา46", "ไทยรัฐวิทยา48", 2.0),
        ("บรรหารแจ่มใสวิทยา", "บรรหารแจ่มใสวิทยา1", 2.0),
        ("วัดบางบ่อ", "บ้านบางบ่อ", 2.0),
        ("วัดใหม่", "วัดใหญ่", 1.0),
    ],
)
def test_identity_is_dear(printed: str, known: str, least: float) -> None:
    assert measure_distance(printed, known) >= least


def test_type_word_is_dearer_than_the_rest() -> None:
    plain = measure_distance("วังนา", "วัดนา", "ocr", 0)
    assert measure_distance("วังนา", "วัดนา", "ocr", 3) > plain


def test_far_names_are_cut_off() -> None:
    assert measure_distance("ก" * 20, "ฮ" * 20, "ocr", 0, 3.0) == float("inf")


@given(KEY, KEY)
def test_distance_is_zero_only_for_equal_keys(a: str, b: str) -> None:
    d = measure_distance(a, b, "ocr", 0, 99.0)
    assert d >= 0
    assert measure_distance(a, a) == 0
    if "ฯ" not in a + b and a != b:
        assert d > 0
