from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest

from formextract.errors import UsageError
from formextract.registry.load import RowFault, detect_kind, parse_day, read_offices, read_schools
from formextract.registry.tables import RegistryFileError

from .conftest import SAMPLE


def write(path: Path, text: str, encoding: str = "utf-8-sig") -> Path:
    path.write_text(text, encoding=encoding)
    return path


def test_samples_are_read_whole() -> None:
    faults: list[RowFault] = []
    schools = read_schools(SAMPLE / "schools.csv", faults)
    assert len(schools) == 388
    assert not [f for f in faults if f.dropped]
    offices = read_offices(SAMPLE / "area_offices.csv")
    assert len(offices) == 120
    assert len({o.code for o in offices}) == 120


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp874"])
def test_thai_headings_digits_and_character_sets(tmp_path: Path, encoding: str) -> None:
    text = "ลำดับ;ชื่อโรงเรียน;รหัสโรงเรียน;สังกัด;อำเภอ\n"
    text += "๑;โรงเรียนบ้านตัวอย่าง (ทดสอบ);๐๐๑๐๔๗๐๓๐๒;สพป.สกลนคร เขต ๒;อำเภอเมือง\n"
    (school,) = read_schools(write(tmp_path / "a.csv", text, encoding))
    assert school.code == "0010470302"
    assert school.name == "บ้านตัวอย่าง (ทดสอบ)"
    assert (school.core_name, school.suffix) == ("บ้านตัวอย่าง", "ทดสอบ")
    assert school.full_name.startswith("โรงเรียนบ้าน")
    assert school.district == "เมือง"


def test_former_office_is_kept_beside_the_current_one(tmp_path: Path) -> None:
    text = (
        "school_code,name_th,area_office,area_office_current\n"
        "1033530911,ตัวอย่างวิทยา,สพม.เขต 28(ศรีสะเกษ-ยโสธร),สพม.ศรีสะเกษ ยโสธร\n"
    )
    (school,) = read_schools(write(tmp_path / "a.csv", text))
    assert school.area_office == "สพม.ศรีสะเกษ ยโสธร"
    assert school.former_offices == ("สพม.เขต 28",)


def test_bad_rows_are_named_by_line_and_do_not_stop_the_file(tmp_path: Path) -> None:
    text = (
        "school_code,name_th,area_office\n1010000001,ก ข,สพป.ตาก เขต 1\n,ไม่มีรหัส,x\nABC,รหัสผิด,x\n\n"
        "1010000001,ซ้ำ,x\n101000002,สั้น,สพป.ตาก เขต 1\n"
    )
    faults: list[RowFault] = []
    schools = read_schools(write(tmp_path / "a.csv", text), faults)
    assert [s.code for s in schools] == ["1010000001", "101000002"]
    assert [f.line for f in faults if f.dropped] == [3, 4, 6]
    assert [f.line for f in faults if not f.dropped] == [7]


def test_name_in_a_wrong_character_set_is_mended(tmp_path: Path) -> None:
    broken = "วัดหนองหว้า".encode().decode("cp1252", errors="surrogateescape")
    broken = "".join(chr(ord(c) - 0xDC00) if 0xDC80 <= ord(c) <= 0xDCFF else c for c in broken)
    faults: list[RowFault] = []
    (school,) = read_schools(
        write(tmp_path / "a.csv", f"school_code,name_th,area_office\n1019600286,{broken},สพป.สระบุรี เขต 1\n"),
        faults,
    )
    assert school.name == "วัดหนองหว้า"
    assert len(faults) == 1


def test_workbook_keeps_codes_and_days(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["school_code", "name_th", "area_office", "valid_from"])
    sheet.append([1010470302.0, "ทุ่งตัวอย่าง", "สพป.สกลนคร เขต 2", datetime(2020, 5, 16)])
    sheet.append(["0000000007", "ศูนย์นำ", "สพป.สกลนคร เขต 2", None])
    book.save(tmp_path / "a.xlsx")
    first, second = read_schools(tmp_path / "a.xlsx")
    assert (first.code, first.valid_from) == ("1010470302", date(2020, 5, 16))
    assert second.code == "0000000007"


def test_offices_without_code_go_by_their_short_name() -> None:
    offices = {o.short_name: o for o in read_offices(SAMPLE / "area_offices.csv")}
    tak = next(o for o in offices.values() if o.kind == "secondary" and o.valid_from == date(2021, 1, 1))
    assert tak.code == tak.short_name
    old = next(o for o in offices.values() if o.valid_to is not None)
    assert old.valid_to == date(2021, 12, 31)


def test_kind_is_told_from_the_header(tmp_path: Path) -> None:
    assert detect_kind(SAMPLE / "schools.csv") == "schools"
    assert detect_kind(SAMPLE / "area_offices.csv") == "area_offices"
    with pytest.raises(RegistryFileError, match="no columns"):
        detect_kind(write(tmp_path / "x.csv", "a,b\n1,2\n"))


@pytest.mark.parametrize("content", [b"", b"\x89PNG\r\n\x1a\n\x00\x00", b"PK\x03\x04broken", b"name\nx\n"])
def test_unusable_files_are_refused_with_a_remedy(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(content)
    with pytest.raises(UsageError) as error:
        read_schools(path)
    assert error.value.remedy
    with pytest.raises(UsageError):
        read_offices(tmp_path / "missing.csv")


@pytest.mark.parametrize(
    ("value", "last", "day"),
    [
        ("2021", False, date(2021, 1, 1)),
        ("๒๕๖๔", True, date(2021, 12, 31)),
        ("2021-02-23", True, date(2021, 2, 23)),
        ("2021-02-30", False, None),
        ("soon", False, None),
    ],
)
def test_days(value: str, last: bool, day: date | None) -> None:
    assert parse_day(value, last=last) == day
