"""The PA1 tasks table: FIELDS §5.4, DOMAIN §7.4 and 7.5."""

from collections.abc import Sequence
from typing import Any

from formextract.mapping.blocks.shares import read_audience
from formextract.mapping.fill import assemble
from formextract.mapping.found import Found
from formextract.mapping.schema import TasksBlock
from formextract.model import Method, Table
from tests.mapping.build import found, mapping, mappings, page, table

BLOCK = next(b for b in mappings()["pa1_administrator"].blocks if isinstance(b, TasksBlock))
TASKS = mapping(BLOCK.model_dump())
HEADER = ["ลักษณะงานที่ปฏิบัติตามมาตรฐานตำแหน่ง", "งาน (Tasks)", "ผลลัพธ์ (Outcomes)", "ตัวชี้วัด (Indicators)"]
WIDTHS = [120.0, 130.0, 110.0, 130.0]
TWO = "2. ด้านการบริหารจัดการสถานศึกษา"
ONE = "1. ด้านการบริหารวิชาการ\nและความเป็นผู้นำทางวิชาการ"


def ruled(*rows: Sequence[str], header: bool = True, y: float = 60, method: Method = "text_layer") -> Table:
    return table([*([HEADER] if header else []), *rows], widths=WIDTHS, y=y, method=method)


def filled(*tables: Table) -> tuple[list[dict[str, Any]], list[Found]]:
    hits = found(TASKS, *(page(number=i + 1, tables=[t]) for i, t in enumerate(tables)))
    return assemble(hits, {}).get("domains", []), hits


def texts(domain: dict[str, Any]) -> list[tuple[Any, Any, Any]]:
    """(code, outcomes, indicators' texts) of each task."""
    return [
        (t.get("code"), t.get("outcomes", []), [i["text"] for i in t.get("indicators", [])])
        for t in domain["tasks"]
    ]


def doubtful(hits: Sequence[Found], start: str) -> bool:
    return all("doubt" in f.flags for f in hits if f.path.startswith(start))


def test_tasks_outcomes_and_indicators_side_by_side() -> None:
    domains, hits = filled(
        ruled(
            [
                TWO,
                "2.1 จัดทำแผน\n\n\n2.๒ พัฒนาครู",
                "แผนดีขึ้น\n\n\nครูเก่งขึ้น",
                "ด้านครู\nครูร้อยละ 80\n\nด้านครู\nครูร้อยละ 90",
            ]
        )
    )
    assert [d["no"] for d in domains] == [2]
    assert domains[0]["name"] == "ด้านการบริหารจัดการสถานศึกษา"
    assert texts(domains[0]) == [
        ("2.1", ["แผนดีขึ้น"], ["ครูร้อยละ 80"]),
        ("2.2", ["ครูเก่งขึ้น"], ["ครูร้อยละ 90"]),
    ]
    assert not doubtful(hits, "domains[0].tasks[1].outcomes")


def test_lists_start_again_under_every_audience() -> None:
    domains, _ = filled(
        ruled(
            [
                TWO,
                "2.1 จัดทำแผน",
                "แผนดีขึ้น",
                "ด้านผู้เรียน\n1. นักเรียนร้อยละ 80\n2. นักเรียนสุขภาพดี\nด้านครู\n1. ครูร้อยละ ๙๐\nด้านสถานศึกษา\nมีคู่มือ",
            ]
        )
    )
    got = [(i["audience"], i["text"], i.get("target_percent")) for i in domains[0]["tasks"][0]["indicators"]]
    assert got == [
        ("learner", "นักเรียนร้อยละ 80", 80),
        ("learner", "นักเรียนสุขภาพดี", None),
        ("teacher", "ครูร้อยละ 90", 90),
        ("school", "มีคู่มือ", None),
    ]


def test_a_heading_with_text_behind_it() -> None:
    """DOMAIN §7.5: ด้านผู้บริหาร ร้อยละ 80 … on one line."""
    domains, _ = filled(ruled([TWO, "2.1 จัดทำแผน", "ดีขึ้น", "ด้านผู้บริหาร ร้อยละ 80 ของงานสำเร็จ"]))
    (one,) = domains[0]["tasks"][0]["indicators"]
    assert (one["audience"], one["text"], one["target_percent"]) == (
        "administrator",
        "ร้อยละ 80 ของงานสำเร็จ",
        80,
    )


def test_the_percentage_at_the_end_of_the_clause() -> None:
    domains, _ = filled(ruled([TWO, "2.1 จัดทำแผน", "ดีขึ้น", "ด้านครู\nได้รับการนิเทศ ร้อยละ 80\nและเป็นรูปธรรม"]))
    assert domains[0]["tasks"][0]["indicators"][0]["target_percent"] == 80


def test_a_domain_filled_as_one_text_has_no_code() -> None:
    domains, _ = filled(ruled([TWO, "จัดทำแผนและพัฒนาครู\nทั้งปี", "ดีขึ้น", "ด้านครู\nครูร้อยละ 80"]))
    (task,) = domains[0]["tasks"]
    assert task.get("code") is None
    assert task["text"].startswith("จัดทำแผน")


def test_a_missing_code_leaves_the_others() -> None:
    """Seed 003 lacks 5.2: what is not printed is not made up."""
    domains, _ = filled(ruled([TWO, "2.1 จัดทำแผน\n\n2.3 พัฒนาครู", "ก\n\nข", "ด้านครู\nค\n\nด้านครู\nง"]))
    assert [t["code"] for t in domains[0]["tasks"]] == ["2.1", "2.3"]


def test_a_ruled_row_a_task() -> None:
    domains, hits = filled(
        ruled(
            [TWO, "2.1 จัดทำแผน\nทั้งปี", "ดีขึ้น", "ด้านครู\n1. ครูร้อยละ 80\n2. ครูมีสุข"],
            ["", "2.2 พัฒนาครู", "1. เก่งขึ้น\n2. ดีขึ้น", "ด้านครู\nครูร้อยละ 90"],
        )
    )
    assert texts(domains[0]) == [
        ("2.1", ["ดีขึ้น"], ["ครูร้อยละ 80", "ครูมีสุข"]),
        ("2.2", ["เก่งขึ้น", "ดีขึ้น"], ["ครูร้อยละ 90"]),
    ]
    assert not doubtful(hits, "domains[0].tasks[1].outcomes")


def test_a_row_over_a_page_break_without_a_header() -> None:
    domains, _ = filled(
        ruled([ONE, "1.1 จัดทำหลักสูตร\n\n\n", "ดีขึ้น\n\n\n", "ด้านครู\nครูร้อยละ 80\n\n"]),
        ruled(["", "1.2 พัฒนาสื่อ", "สื่อดี", "ด้านครู\nครูร้อยละ 90"], header=False),
        ruled([TWO, "2.1 จัดทำแผน", "แผนดี", "ด้านครู\nมีแผน"]),
    )
    assert [d["no"] for d in domains] == [1, 2]
    assert [code for code, _, _ in texts(domains[0])] == ["1.1", "1.2"]
    assert [o for _, outcomes, _ in texts(domains[0]) for o in outcomes] == ["ดีขึ้น", "สื่อดี"]


def test_shares_that_cannot_be_told_apart_go_to_a_clerk() -> None:
    domains, hits = filled(
        ruled(
            [
                TWO,
                "2.1 จัดทำแผน\n2.2 พัฒนาครู\n2.3 ดูแล",
                "แผนดีขึ้น\nครูเก่งขึ้น\nโรงเรียนดีขึ้น\nชุมชนพอใจ",
                "มีแผน\nมีครู\nมีสุข\nมีผล",
            ]
        )
    )
    assert len(domains[0]["tasks"]) == 3
    assert doubtful(hits, "domains[0].tasks[0].outcomes") and doubtful(hits, "domains[0].tasks[0].indicators")
    assert not doubtful(hits, "domains[0].tasks[0].text")


def test_a_blank_table_has_domains_and_no_tasks() -> None:
    domains, _ = filled(ruled([ONE, "", "", ""], [TWO, "........\n........", "........", "........"]))
    assert [d["no"] for d in domains] == [1, 2]
    assert all("tasks" not in d for d in domains)


def test_no_table_no_domains() -> None:
    assert filled(table([["ก", "ข"], ["ค", "ง"]]))[0] == []


def test_audiences_are_told_by_their_words() -> None:
    audiences = BLOCK.audiences
    assert read_audience("ด้านผู้เรียน", audiences) == ("learner", len("ด้านผู้เรียน"))
    assert read_audience("ด้านผเรียน", audiences) is not None
    assert read_audience("ผู้เรียนร้อยละ 80", audiences) is None
    assert read_audience("", audiences) is None


def test_a_domain_whose_name_a_scan_maimed_keeps_its_tasks() -> None:
    domains, hits = filled(
        ruled(
            ["1.ดค้านการบริหาร\nวชากรรมละความเป็น", "1.1 จัดทำหลักสูตร", "ดี", "ด้านครู\nมีแผน"],
            [TWO, "2.1 จัดทำแผน", "ดี", "ด้านครู\nมีแผน"],
            ["", "3.1 สร้างกลยุทธ์", "ดี", "ด้านครู\nมีแผน"],
            method="ocr",
        )
    )
    assert [(d["no"], [t["code"] for t in d["tasks"]]) for d in domains] == [
        (1, ["1.1"]),
        (2, ["2.1"]),
        (3, ["3.1"]),
    ]
    assert doubtful(hits, "domains[0].name") and doubtful(hits, "domains[2].name")
    assert not doubtful(hits, "domains[1].name")


def test_a_percentage_that_was_not_read_is_a_doubtful_null() -> None:
    row = [TWO, "2.1 จัดทำแผน", "ดีขึ้น", "ด้านครู\nครูร้อยละ oe มีแผน"]
    _, hits = filled(ruled(row, method="ocr"))
    (unread,) = [f for f in hits if f.path.endswith("target_percent")]
    assert unread.value is None and "doubt" in unread.flags
    _, typed = filled(ruled(row))
    assert not [f for f in typed if f.path.endswith("target_percent")]
