from typing import Any

import pytest

from formextract.records import RECORDS, complete_record, empty_record


@pytest.mark.parametrize("doc_type", sorted(RECORDS))
def test_an_empty_record_is_complete(doc_type: str) -> None:
    assert complete_record(doc_type, {}) == empty_record(doc_type)
    assert complete_record(doc_type, empty_record(doc_type)) == empty_record(doc_type)


def test_parts_of_lists_get_all_their_keys() -> None:
    record: dict[str, Any] = {
        "domains": [{"no": 1, "tasks": [{"code": "1.1", "indicators": [{"text": "ก"}]}]}]
    }
    domain = complete_record("pa1", record)["domains"][0]
    assert domain["name"] is None
    assert domain["tasks"][0]["outcomes"] == []
    assert domain["tasks"][0]["indicators"] == [{"audience": None, "text": "ก", "target_percent": None}]


def test_a_domain_without_tasks_has_an_empty_list() -> None:
    assert complete_record("pa1", {"domains": [{"no": 2, "name": "ข"}]})["domains"][0]["tasks"] == []


def test_false_and_zero_are_values() -> None:
    record = {"workload": {"full_time": False, "min_teaching_hours": 0}}
    workload = complete_record("pa1", record)["workload"]
    assert workload["full_time"] is False
    assert workload["min_teaching_hours"] == 0


def test_types_without_fields_stay_as_they_are() -> None:
    assert complete_record("unknown", {"a": 1}) == {"a": 1}
