from typing import Any

import pytest

from formextract.mapping.found import Found
from formextract.model import Box, Mark, PageContent
from tests.mapping.build import flags, found, mapping, page

CHOICE = mapping(
    {
        "block": "choice",
        "section": "all",
        "field": "full_time",
        "required": True,
        "items": [
            {"label": "เต็มเวลา", "value": True},
            {"label": ["ไม่เต็มเวลา เนื่องจาก", "ไม่เต็มเวลา"], "value": False},
        ],
    }
)
BOXES = mapping(
    {
        "block": "boxes",
        "section": "all",
        "field": "activities",
        "amount": {"before": "จำนวน", "after": "ชั่วโมง/สัปดาห์"},
        "items": [
            {"code": "teach", "label": "ปฏิบัติการสอนประจำวิชา"},
            {"code": "observe", "label": "สังเกตการสอนและสะท้อนผล"},
            {"code": "plc", "label": "เป็นผู้นำกิจกรรมแลกเปลี่ยนเรียนรู้"},
        ],
    }
)


def mark(row: int, checked: bool | None, x: float = 44) -> Mark:
    """A box left of the line ``row`` of ``build.page``."""
    foot = 60 + 20 * row
    return Mark(Box(x, foot - 12, x + 10, foot - 2), checked, 0.9)


def choice(content: PageContent) -> Found:
    return found(CHOICE, content)[0]


@pytest.mark.parametrize(
    ("states", "value", "doubt"),
    [
        ((True, False), True, False),
        ((False, True), False, False),
        ((False, False), None, False),
        ((True, True), None, True),
        ((None, True), None, True),
        ((True, None), None, True),
    ],
)
def test_exactly_one_of_two(states: tuple[Any, Any], value: Any, doubt: bool) -> None:
    """FIELDS §0: none is unanswered, both a conflict; เต็มเวลา is a part of ไม่เต็มเวลา."""
    hit = choice(page("เต็มเวลา", "ไม่เต็มเวลา เนื่องจาก.......", marks=[mark(0, states[0]), mark(1, states[1])]))
    assert hit.value is value
    assert ("doubt" in hit.flags) == doubt
    assert "required" in hit.flags


def test_the_boxes_as_signs_of_the_text() -> None:
    assert choice(page("☑ เต็มเวลา", "☐ ไม่เต็มเวลา เนื่องจาก.......")).value is True
    assert choice(page("☐ เต็มเวลา", "☑ ไม่เต็มเวลา เนื่องจาก ป่วย")).value is False


def test_sign_and_ink_that_disagree_are_a_doubt() -> None:
    hit = choice(page("☑ เต็มเวลา", "☐ ไม่เต็มเวลา", marks=[mark(0, False), mark(1, True)]))
    assert "doubt" in hit.flags


def test_an_alternative_that_is_not_found_leaves_the_choice_open() -> None:
    hit = choice(page("เต็มเวลา", "ข้อความอื่น", marks=[mark(0, True)]))
    assert hit.value is None and "doubt" in hit.flags


def test_no_box_is_unknown_not_unticked() -> None:
    hit = choice(page("เต็มเวลา", "ไม่เต็มเวลา"))
    assert hit.value is None and "doubt" in hit.flags


def values(hits: list[Found]) -> dict[str, Any]:
    return {f.path: f.value for f in hits}


def test_every_printed_box_with_its_hours() -> None:
    content = page(
        "ปฏิบัติการสอนประจำวิชา",
        "จำนวน.............ชั่วโมง/สัปดาห์",
        "สังเกตการสอนและสะท้อนผล จำนวน......5......ชั่วโมง/สัปดาห์",
        "เป็นผู้นำกิจกรรมแลกเปลี่ยนเรียนรู้",
        "จำนวน.....๒.....ชั่วโมง/สัปดาห์",
        marks=[mark(0, False), mark(2, True), mark(3, True)],
    )
    got = values(found(BOXES, content))
    rows = [[got[f"activities[{i}].{k}"] for k in ("code", "checked", "hours")] for i in range(3)]
    assert rows == [["teach", False, None], ["observe", True, 5], ["plc", True, 2]]


def test_a_box_one_line_off_belongs_to_no_label() -> None:
    """DOMAIN §7.6: drifting anchors; a box counts only on its label's own line."""
    content = page(
        "ปฏิบัติการสอนประจำวิชา",
        "จำนวน.......ชั่วโมง/สัปดาห์",
        "สังเกตการสอนและสะท้อนผล",
        "จำนวน...5...ชั่วโมง/สัปดาห์",
        "เป็นผู้นำกิจกรรมแลกเปลี่ยนเรียนรู้",
        "จำนวน...2...ชั่วโมง/สัปดาห์",
        marks=[mark(0, False), mark(3, True), mark(4, True)],
    )
    hits = found(BOXES, content)
    assert values(hits)["activities[1].checked"] is None
    assert "doubt" in flags(hits, "activities[1].checked")


def test_a_lost_label_is_listed_for_a_clerk() -> None:
    content = page("ปฏิบัติการสอนประจำวิชา", "เป็นผู้นำกิจกรรมแลกเปลี่ยนเรียนรู้", marks=[mark(0, True), mark(1, False)])
    hits = found(BOXES, content)
    assert values(hits)["activities[1].code"] == "observe"
    assert values(hits)["activities[1].checked"] is None
    assert "doubt" in flags(hits, "activities[1].checked")
    assert values(hits)["activities[2].checked"] is False


def test_a_form_without_the_boxes_has_none() -> None:
    assert found(BOXES, page("ข้อความอื่น")) == []
