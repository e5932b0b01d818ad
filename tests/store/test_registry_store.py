from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from formextract.store import schema as t
from formextract.store.db import Store
from formextract.store.registry_store import (
    ImportReport,
    import_offices,
    import_schools,
    load_offices,
    load_schools,
    registry_age,
    search_offices,
    search_schools,
)
from tests.store.registry_make import office, school

DAY = timedelta(days=1)
Y2565, Y2567 = date(2022, 6, 1), date(2024, 6, 1)


def take(store: Store, *schools: Any, valid_from: date | None = None) -> ImportReport:
    return import_schools(store, schools, file_name="schools.csv", sha256="0" * 64, valid_from=valid_from)


def spans(store: Store, code: str) -> list[tuple[str, date | None, date | None]]:
    return [(s.name, s.valid_from, s.valid_to) for s in load_schools(store) if s.code == code]


def test_what_goes_in_comes_out(store: Store) -> None:
    given = [
        school("1065000001", "บ้านหนึ่ง", aliases=("ร.ร.บ้านหนึ่ง",), former_offices=("สพป.เก่า",)),
        school("1065000002", "บ้านสอง"),
    ]
    assert take(store, *given) == ImportReport(2, 2, 0, 0, 0)
    assert load_schools(store) == given
    age = registry_age(store)
    assert (age.schools, age.offices) == (2, 0)
    assert age.imported_at is not None


def test_the_same_list_again_changes_nothing(store: Store) -> None:
    for _ in range(2):
        take(store, school("1", "บ้านหนึ่ง"), valid_from=Y2565)
    assert take(store, school("1", "บ้านหนึ่ง")) == ImportReport(1, 0, 0, 0, 0)
    assert spans(store, "1") == [("บ้านหนึ่ง", Y2565, None)]


def test_a_renamed_school_keeps_its_past(store: Store) -> None:
    take(store, school("1", "บ้านเก่า"))
    assert take(store, school("1", "บ้านใหม่"), valid_from=Y2567).changed == 1
    assert spans(store, "1") == [("บ้านเก่า", None, Y2567 - DAY), ("บ้านใหม่", Y2567, None)]


def test_an_older_list_fills_in_the_past(store: Store) -> None:
    take(store, school("1", "บ้านใหม่"), school("2", "คงเดิม"), valid_from=Y2567)
    take(store, school("1", "บ้านเก่า"), school("2", "คงเดิม"), valid_from=Y2565)
    assert sorted(spans(store, "1"), key=str) == sorted(
        [("บ้านใหม่", Y2567, None), ("บ้านเก่า", Y2565, Y2567 - DAY)], key=str
    )
    assert spans(store, "2") == [("คงเดิม", Y2565, None)]


def test_a_corrected_list_of_the_same_day_corrects(store: Store) -> None:
    take(store, school("1", "บ้านพิมพ์ผิด"), valid_from=Y2567)
    take(store, school("1", "บ้านพิมพ์ถูก"), valid_from=Y2567)
    assert spans(store, "1") == [("บ้านพิมพ์ถูก", Y2567, None)]


def test_schools_that_a_whole_list_lacks_are_closed(store: Store) -> None:
    ten = [school(str(n), f"บ้าน {n}") for n in range(10)]
    take(store, *ten)
    assert take(store, *ten[:9], valid_from=Y2567).closed == 1
    assert spans(store, "9") == [("บ้าน 9", None, Y2567 - DAY)]
    assert registry_age(store).schools == 9


def test_an_excerpt_closes_nothing(store: Store) -> None:
    ten = [school(str(n), f"บ้าน {n}") for n in range(10)]
    take(store, *ten)
    report = take(store, *ten[:3], valid_from=Y2567)
    assert (report.closed, report.missing) == (0, 7)
    assert registry_age(store).schools == 10


def test_offices_link_schools_and_successors(store: Store) -> None:
    take(store, school("1", "บ้านหนึ่ง"), school("2", "วัดสอง", "สพม.สุพรรณบุรี"))
    given = [
        office("6502", "สพป.พิษณุโลก เขต 2", "พิษณุโลก"),
        office("9", "สพม.เขต 9", "สุพรรณบุรี", "นครปฐม", until=date(2021, 1, 27)),
        office("7201", "สพม.สุพรรณบุรี", "สุพรรณบุรี", since=date(2021, 1, 28)),
        office("7301", "สพม.นครปฐม", "นครปฐม", since=date(2021, 1, 28)),
    ]
    for expected in (4, 0):
        assert import_offices(store, given, file_name="o.csv", sha256="0" * 64).added == expected
    loaded = load_offices(store)
    assert [(o.code, o.short_name, o.valid_from, o.valid_to) for o in loaded] == [
        (o.code, o.short_name, o.valid_from, o.valid_to) for o in given
    ]
    assert set(loaded[1].provinces) == {"สุพรรณบุรี", "นครปฐม"}
    with store.read() as connection:
        linked = connection.scalars(sa.select(t.school.c.office_id).order_by(t.school.c.code10)).all()
        succession = connection.execute(
            sa.select(t.area_office_succession.c.province, t.area_office.c.abbr).join(
                t.area_office, t.area_office.c.office_id == t.area_office_succession.c.new_id
            )
        ).all()
    assert None not in linked
    assert {tuple(r) for r in succession} == {("สุพรรณบุรี", "สพม.สุพรรณบุรี"), ("นครปฐม", "สพม.นครปฐม")}


def test_an_office_that_goes_on_under_another_name(store: Store) -> None:
    import_offices(store, [office("1", "สพท.เดิม")], file_name="o.csv", sha256="0" * 64)
    report = import_offices(
        store, [office("1", "สพป.ใหม่")], file_name="o.csv", sha256="1" * 64, valid_from=Y2567
    )
    assert (report.added, report.closed) == (1, 1)
    assert [(o.short_name, o.valid_to) for o in load_offices(store)] == [
        ("สพท.เดิม", Y2567 - DAY),
        ("สพป.ใหม่", None),
    ]


def test_searching_for_an_office(store: Store) -> None:
    given = [office("7201", "สพม.สุพรรณบุรี", "สุพรรณบุรี"), office("7301", "สพม.นครปฐม", "นครปฐม")]
    import_offices(store, given, file_name="o.csv", sha256="0" * 64)
    assert [o.code for o in search_offices(store, "สพม. สุพรรณ")] == ["7201"]
    assert search_offices(store, " ") == []


@pytest.mark.parametrize(
    ("words", "codes"),
    [
        ("โรงเรียนบ้านหนอง", ["1", "2"]),
        ("บ้านหนอง วังทอง", ["1", "2"]),
        ("หนองบัว", ["2"]),
        ("50%", []),
        ("  ", []),
    ],
)
def test_searching_for_a_clerk(store: Store, words: str, codes: list[str]) -> None:
    take(store, school("2", "บ้านหนองบัว"), school("1", "บ้านหนอง"), school("3", "วัดไกล"))
    assert [s.code for s in search_schools(store, words)] == codes
