"""Normaliser, leaders, clusters and the rot score."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formextract.thai.text import MARKS, clusters, is_thai, normalise, rot_score, squeeze, strip_leaders

thai_noise = st.text(
    alphabet=st.one_of(
        st.characters(min_codepoint=0x0E01, max_codepoint=0x0E5B),
        st.sampled_from(" .…-_0123456789()/\u00a0\u200b\ufffd" + "".join(map(chr, range(0xF700, 0xF71B)))),
        st.characters(),
    ),
    max_size=60,
)


@pytest.mark.parametrize(
    ("printed", "wanted"),
    [
        ("กํากับ", "กำกับ"),
        ("น้ํา", "น้ำ"),
        ("นํ้า", "น้ำ"),
        ("กำ่", "ก่ำ"),
        ("เพ่ือ พ้ืนท่ี", "เพื่อ พื้นที่"),
        ("ความเห็็็่", "ความเห็่"),
        ("เเม่น้ำ", "แม่น้ำ"),
        ("ด าเนินงาน", "ดำเนินงาน"),
        ("ส านักงาน อ าเภอ", "สำนักงาน อำเภอ"),
        ("สถานศึกษาแกนน า", "สถานศึกษาแกนนำ"),
        ("ก ารศึกษา", "ก ารศึกษา"),
        ("ท างเดิน", "ท างเดิน"),
        ("ถ้ า", "ถ้ า"),
        ("ท ี่", "ที่"),
        ("ป\uf70aา \uf700าน", "ป่า ฐาน"),
        ("ก\u00a0ข\u200bค\tง\nจ", "ก ข ค ง จ"),
        ("  ๒๕๖๗  ", "๒๕๖๗"),
        ("สิทธิ์ พันธุ์ ศักดิ์", "สิทธิ์ พันธุ์ ศักดิ์"),
        ("“นิตยานุกูล” ฯ ๆ", "“นิตยานุกูล” ฯ ๆ"),
    ],
)
def test_normalise(printed: str, wanted: str) -> None:
    assert normalise(printed) == wanted


@given(thai_noise)
def test_normalise_is_idempotent_and_single_blanked(s: str) -> None:
    once = normalise(s)
    assert normalise(once) == once
    assert "  " not in once and once == once.strip(" ")
    assert "\u00a0" not in once and "เเ" not in once


@given(thai_noise)
def test_clusters_join_to_the_text(s: str) -> None:
    parts = clusters(s)
    assert "".join(parts) == s
    assert all(parts)


def test_clusters_hold_marks_and_sara_am() -> None:
    assert clusters("น้ำกำที่ เด็ก") == ["น้ำ", "กำ", "ที่", " ", "เ", "ด็", "ก"]
    assert clusters(" ้") == [" ", "้"]


@pytest.mark.parametrize(
    ("printed", "wanted"),
    [
        ("....-....", ""),
        (".......6.........", "6"),
        ("42.520", "42.520"),
        ("พ.ศ. 2567", "พ.ศ. 2567"),
        ("พ.ศ.......2567....", "พ.ศ. 2567"),
        ("พ.ศ....", "พ.ศ."),
        ("พ.ศ. ……2567", "พ.ศ. 2567"),
        ("1 ต.ค.", "1 ต.ค."),
        ("ร.ร.บ้านดอน....", "ร.ร.บ้านดอน"),
        ("ดร.", "ดร."),
        ("……สมชาย……", "สมชาย"),
        ("ชื่อ . . . . นาย", "ชื่อ นาย"),
        ("_____ก____", "ก"),
        ("1.1 - 1.6", "1.1 - 1.6"),
    ],
)
def test_strip_leaders(printed: str, wanted: str) -> None:
    assert strip_leaders(printed) == wanted


@given(thai_noise)
def test_strip_leaders_and_squeeze_are_idempotent(s: str) -> None:
    assert strip_leaders(strip_leaders(s)) == strip_leaders(s)
    assert squeeze(squeeze(s)) == squeeze(s)
    assert " " not in squeeze(s)


def test_squeeze_for_labels() -> None:
    assert squeeze("ประจำปีงบประมาณ  พ.ศ. ……๒๕๖๘……") == "ประจำปีงบประมาณพ.ศ.2568"


def test_is_thai() -> None:
    assert is_thai("ก") and is_thai("๙") and is_thai("่")
    assert not is_thai("a") and not is_thai(" ") and not is_thai("\uf700")


SOUND = "แบบข้อตกลงในการพัฒนางาน ผู้บริหารสถานศึกษา ประจำปีงบประมาณ พ.ศ. 2568 ตำแหน่ง ผู้อำนวยการโรงเรียน (PLC)"


def test_sound_text_is_not_rotten() -> None:
    assert rot_score(SOUND) == 0.0
    assert rot_score("Plain English, 42%.") == 0.0
    assert rot_score("") == 0.0


@pytest.mark.parametrize(
    "rotten",
    [
        SOUND.replace("ำ", " า"),
        SOUND.replace("า", "ำ"),
        "บนั ทกึ ขอ้ ความ",
        "ป˥งบประมาณ พื˕นที˒ ศ˞กษา",
        "`×aö úÿøÿî",
        "ค มู ือ ก า ร ป ฏ บิ ัต ิง า น",
        "".join(ch for ch in SOUND if ch not in MARKS),
        SOUND.replace("ร", "\ufffd"),
    ],
)
def test_rotten_text_scores_high(rotten: str) -> None:
    assert rot_score(rotten) > 0.3


@given(thai_noise)
def test_rot_score_is_a_share(s: str) -> None:
    assert 0.0 <= rot_score(s) <= 1.0


def test_joined_latin_letters_and_a_second_tone() -> None:
    """Browsers write smart oﬃce with one glyph, and print a mark twice where two fonts meet."""
    assert normalise("smart of\ufb01ce, \ufb02ow") == "smart office, flow"
    assert normalise("ดังนี้\u0e48") == "ดังนี้"
