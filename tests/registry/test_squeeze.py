from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formextract.registry.squeeze import skeleton, squeeze, strip_marks, tidy_name

THAI = st.text(
    st.characters(min_codepoint=0x0E01, max_codepoint=0x0E5B) | st.sampled_from(" ()0123456789oOl."),
    max_size=40,
)


@pytest.mark.parametrize(
    ("printed", "tidy"),
    [
        ("โรงเรียนบ้านส าโรง", "โรงเรียนบ้านสำโรง"),
        ("บ้านลํ าพยา", "บ้านลำพยา"),
        ("บ้านเเม่อูคอ", "บ้านแม่อูคอ"),
        ("ไทยรัฐวิทยา 8o", "ไทยรัฐวิทยา 80"),
        ("สงเคราะห์ l", "สงเคราะห์ 1"),
        ("วันครู ๒๕๐๓", "วันครู 2503"),
        ("English School lot", "English School lot"),
    ],
)
def test_tidy_name_mends_only_what_cannot_be_thai(printed: str, tidy: str) -> None:
    assert tidy_name(printed) == tidy


def test_squeeze_takes_away_what_carries_no_identity() -> None:
    assert squeeze("ท่าเรือ “นิตยานุกูล” (ก.ข.)-1") == "ท่าเรือนิตยานุกูลกข1"


def test_skeleton_is_shared_by_names_that_are_misread_for_one_another() -> None:
    assert skeleton("บ้านโคกแมงเงา") == skeleton("บ้านโดกแมงเงา") == skeleton("บานโคกแมงเงา")
    assert skeleton("ไทยรัฐวิทยา46") != skeleton("ไทยรัฐวิทยา48")


@given(THAI)
def test_keys_are_stable(text: str) -> None:
    key = squeeze(tidy_name(text))
    assert squeeze(key) == key
    assert strip_marks(strip_marks(key)) == strip_marks(key)
    assert not any(c.isspace() for c in key)
