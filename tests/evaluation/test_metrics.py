from __future__ import annotations

import copy
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from formextract.evaluation.alignment import align_items
from formextract.evaluation.leaves import same_value
from formextract.evaluation.metrics import FileScore, score

TRUTH: dict[str, Any] = {
    "doc_type": "network_mou",
    "status": "filled",
    "pages": [1, 2],
    "record": {
        "lead_school": "โรงเรียนบ้านสมมุติ",
        "area_office": None,
        "copies": 2,
        "codev_schools": ["โรงเรียนวัดหนึ่ง", "โรงเรียนบ้านสองพี่น้อง", "โรงเรียนชุมชนสาม"],
        "agreements": [{"no": "3.1", "text": "จัดทำแผนร่วมกันปีละสองครั้งตามที่ตกลงไว้ในข้อตกลงฉบับนี้และรายงานผล"}],
    },
    "codes": {"lead_school": "1010000001"},
    "boxes": {"lead_school": {"page": 1, "bbox": [100, 100, 200, 120]}},
    "meta": {"scan": "office"},
}


def _document(record: dict[str, Any], accepted: bool = True, **changes: Any) -> dict[str, Any]:
    evidence: dict[str, Any] = {}

    def note(node: Any, path: str) -> None:
        if isinstance(node, dict):
            for key, value in node.items():
                note(value, f"{path}.{key}" if path else key)
        elif isinstance(node, list):
            for i, value in enumerate(node):
                note(value, f"{path}[{i}]")
        elif node is not None:
            evidence[path] = {
                "confidence": 0.995,
                "decision": "accepted" if accepted else "review",
                "page": 1,
                "bbox": [110, 102, 190, 118],
            }

    note(record, "")
    return {
        "doc_type": "network_mou",
        "status": "filled",
        "pages": [1, 2],
        "record": record,
        "evidence": evidence,
        "matches": {"lead_school": {"decision": "accepted", "school_code": "1010000001"}},
        "decision": "accepted",
    } | changes


def _score(record: dict[str, Any], **changes: Any) -> FileScore:
    (result,) = score({"documents": [_document(record, **changes)]}, TRUTH)
    return result


def test_truth_scores_all_right() -> None:
    result = _score(TRUTH["record"])
    assert {leaf.state for leaf in result.leaves} == {"right"}
    assert len(result.leaves) == 7
    assert not any(leaf.silently_wrong for leaf in result.leaves)


def test_accepted_wrong_value_is_silently_wrong_and_reviewed_one_is_not() -> None:
    record = copy.deepcopy(TRUTH["record"]) | {"copies": 3}
    wrong = [leaf for leaf in _score(record).leaves if leaf.silently_wrong]
    assert [(leaf.path, leaf.want, leaf.got) for leaf in wrong] == [("copies", 2, 3)]
    assert not any(leaf.silently_wrong for leaf in _score(record, accepted=False).leaves)


def test_value_where_nothing_is_printed_is_silently_wrong() -> None:
    record = copy.deepcopy(TRUTH["record"]) | {"area_office": "สพป.สมมุติ เขต 1"}
    wrong = [leaf for leaf in _score(record).leaves if leaf.silently_wrong]
    assert [(leaf.path, leaf.state) for leaf in wrong] == [("area_office", "extra")]


def test_lost_list_item_does_not_spoil_the_later_ones() -> None:
    record = copy.deepcopy(TRUTH["record"])
    del record["codev_schools"][0]
    states = {leaf.path: leaf.state for leaf in _score(record).leaves}
    assert states["codev_schools[0]"] == "missing"
    assert states["codev_schools[1]"] == states["codev_schools[2]"] == "right"


def test_inserted_list_item_is_the_only_fault() -> None:
    record = copy.deepcopy(TRUTH["record"])
    record["codev_schools"].insert(1, "เรียกว่า สถานศึกษาร่วมพัฒนา")
    faults = [leaf for leaf in _score(record).leaves if leaf.state != "right"]
    assert [leaf.state for leaf in faults] == ["extra"]


def test_evidence_is_taken_from_the_path_that_was_read() -> None:
    record = copy.deepcopy(TRUTH["record"])
    del record["codev_schools"][0]
    document = _document(record)
    document["evidence"]["codev_schools[0]"]["confidence"] = 0.25
    (result,) = score({"documents": [document]}, TRUTH)
    assert {leaf.path: leaf.confidence for leaf in result.leaves}["codev_schools[1]"] == 0.25


def test_wrong_form_type_makes_everything_missing_and_the_stray_form_counts() -> None:
    stray = _document({"copies": 2}, doc_type="salary_mou")
    true, extra = score({"documents": [stray]}, TRUTH)
    assert not true.found
    assert {leaf.state for leaf in true.leaves} == {"missing"}
    assert [leaf.state for leaf in extra.leaves] == ["extra"]
    assert extra.leaves[0].silently_wrong


def test_link_and_place_are_scored() -> None:
    result = _score(TRUTH["record"])
    assert [(link.want, link.got, link.decision) for link in result.links] == [
        ("1010000001", "1010000001", "accepted")
    ]
    assert {leaf.path: leaf.box_right for leaf in result.leaves}["lead_school"] is True


def test_two_true_forms_in_a_file_find_their_own() -> None:
    second = copy.deepcopy(TRUTH) | {"pages": [3]}
    second["record"]["copies"] = 5
    pack = {"documents": [TRUTH, second], "meta": {"scan": "office"}}
    got = {"documents": [_document(second["record"], pages=[3]), _document(TRUTH["record"])]}
    assert all(leaf.state == "right" for s in score(got, pack) for leaf in s.leaves)


def test_prose_allows_two_percent_and_names_none() -> None:
    text = "ก" * 100
    assert same_value(text, "ก" * 98, "agreements[0].text")
    assert not same_value(text, "ก" * 97, "agreements[0].text")
    assert same_value("ก ข ค ง", "กข คง", "challenge.method[0]")
    assert not same_value("โรงเรียนบ้านบก", "โรงเรียนบ้านบาก", "lead_school")


def test_digits_and_code_points_are_one_form() -> None:
    assert same_value("เขต 2", "เขต  ๒", "area_office")
    assert same_value("ตำบล", "ตําบล", "made_at")
    assert same_value(6, 6.0, "workload.min_teaching_hours")
    assert not same_value(True, 1, "workload.full_time")
    assert same_value("เรื่อง รายชื่อสถานศึกษา", "ประกาศสำนักงาน เรื่อง รายชื่อสถานศึกษา", "title")


@given(st.lists(st.text("กขคงจ", min_size=1), max_size=7), st.lists(st.text("กขคงจ", min_size=1), max_size=7))
def test_alignment_uses_each_item_once_and_keeps_the_order(a: list[str], b: list[str]) -> None:
    pairs = align_items(a, b)
    left = [i for i, _ in pairs if i is not None]
    right = [j for _, j in pairs if j is not None]
    assert sorted(left) == list(range(len(a)))
    assert sorted(right) == list(range(len(b)))
    both = [(i, j) for i, j in pairs if i is not None and j is not None]
    assert both == sorted(both, key=lambda p: p[0])
    assert [j for _, j in both] == sorted(j for _, j in both)


@given(st.lists(st.text("กขคงจ", min_size=1), max_size=7))
def test_equal_lists_pair_one_to_one(a: list[str]) -> None:
    assert align_items(a, a) == [(i, i) for i in range(len(a))]
