from __future__ import annotations

import pytest

from formextract.registry.index import RegistryIndex
from formextract.registry.join import choose_wrap


@pytest.mark.parametrize(
    ("parts", "joined"),
    [
        (["โรงเรียนนวมินทราชินูทิศ", "สตรีวิทยา พุทธมณฑล"], "โรงเรียนนวมินทราชินูทิศ สตรีวิทยา พุทธมณฑล"),
        (["โรงเรียนบ้านวังนก", "แอ่น"], "โรงเรียนบ้านวังนกแอ่น"),
        (["โรงเรียนอนุบาลลุมพุก", "(วันครู 2503)"], "โรงเรียนอนุบาลลุมพุก (วันครู 2503)"),
        (["โรงเรียนไม่อยู่ในทะเบียน", "ใดเลย", "มิตรภาพที่ 7"], "โรงเรียนไม่อยู่ในทะเบียนใดเลย มิตรภาพที่ 7"),
        (["สำนักงานเขตพื้นที่การศึกษาประถมศึกษา", "นครปฐม เขต", "1"], "สำนักงานเขตพื้นที่การศึกษาประถมศึกษานครปฐม เขต 1"),
        (["สำนักงานเขตพื้นที่การศึกษามัธยมศึกษา", "เขต 39"], "สำนักงานเขตพื้นที่การศึกษามัธยมศึกษา เขต 39"),
        (["สำนักงานเขตพื้นที่การศึกษามัธยมศึกษาพิษณุโลก", "อุตรดิตถ์"], "สำนักงานเขตพื้นที่การศึกษามัธยมศึกษาพิษณุโลก อุตรดิตถ์"),
        (["โรงเรียนใดใด ", "ล้วน"], "โรงเรียนใดใด ล้วน"),
        (["โรงเรียน", "", "บ้านบก"], "โรงเรียนบ้านบก"),
        ([], ""),
    ],
)
def test_breaks(index: RegistryIndex, parts: list[str], joined: str) -> None:
    assert choose_wrap(parts, index) == joined


def test_every_break_of_every_sample_name_is_joined_back(index: RegistryIndex) -> None:
    for school in index.schools:
        name = school.full_name
        for at in range(9, len(name) - 1):
            before, after = name[:at].rstrip(), name[at:].lstrip()
            if before[-1] in '()“"' or after[0] in '()“"' or not before or not after:
                continue
            others = [
                index.schools[i].name for i in index.by_key[index.names[index.by_code[school.code]].key]
            ]
            if len(set(others)) == 1:
                assert choose_wrap([before, after], index, school.area_office) == name
