from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formextract.registry.dictionary import find_school_prefix
from formextract.registry.index import RegistryIndex


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("โรงเรียนบ้านหนองพระมีโครงสร้างการบริหาร", "โรงเรียนบ้านหนองพระ"),
        ("โรงเรียนบ้านวังนกแอ่นจัดทำแผน", "โรงเรียนบ้านวังนกแอ่น"),
        ("โรงเรียนอนุบาลลุมพุก (วันครู ๒๕๐๓) จัดทำ", "โรงเรียนอนุบาลลุมพุก (วันครู ๒๕๐๓)"),
        ("โรงเรียนบรรหารแจ่มใสวิทยา 1 มีแผน", "โรงเรียนบรรหารแจ่มใสวิทยา 1"),
        ("โรงเรียนบรรหารแจ่มใสวิทยา 12 มีแผน", None),
        ("ครูจัดทำแผน", None),
        ("", None),
    ],
)
def test_longest_name_at_the_head(index: RegistryIndex, text: str, name: str | None) -> None:
    assert find_school_prefix(text, index) == name


def test_the_printed_office_comes_first(index: RegistryIndex) -> None:
    assert find_school_prefix("บ้านหนองม่วงมีแผน", index, "สพป.บุรีรัมย์ เขต 4") == "บ้านหนองม่วง"


@given(st.text(max_size=200))
def test_the_answer_is_the_head_of_the_text(index: RegistryIndex, text: str) -> None:
    found = find_school_prefix(text, index)
    assert found is None or found
