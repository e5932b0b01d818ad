"""The machine's English reasons and problems in Thai; what has no translation stays as it is."""

from __future__ import annotations

import re

from formextract.review.words import Language

_RESCAN = "สแกนใหม่ หรือขอแฟ้มจากผู้ส่งอีกครั้ง"

_PROBLEMS: dict[str, str] = {
    "not_found": "ไม่พบแฟ้ม อาจถูกย้ายหรือเปลี่ยนชื่อ",
    "no_permission": "ไม่มีสิทธิ์อ่านแฟ้มนี้ กรุณาให้สิทธิ์อ่าน",
    "io_error": "อ่านจากดิสก์ไม่ได้ ตรวจดิสก์หรือเครือข่ายแล้วลองใหม่",
    "empty_file": "แฟ้มว่างเปล่า คัดลอกหรือสแกนใหม่",
    "too_large": "แฟ้มใหญ่เกินไป สแกนที่ 300 dpi หรือแยกแฟ้ม",
    "not_ready": "แฟ้มยังคัดลอกไม่เสร็จ ระบบจะอ่านเองเมื่อเสร็จ",
    "unfinished_name": "เป็นแฟ้มชั่วคราวหรือยังดาวน์โหลดไม่เสร็จ",
    "not_a_document": "ไม่ใช่ PDF หรือภาพ บันทึกเป็น PDF ถ้าเป็นเอกสาร",
    "unknown_type": "ไม่ใช่ PDF หรือภาพที่รู้จัก บันทึกเป็น PDF",
    "office_document": "เป็นแฟ้มสำนักงาน (Word/Excel) บันทึกเป็น PDF",
    "archive": "เป็นแฟ้มบีบอัด แตกแฟ้มก่อน",
    "heic": "เป็นภาพ HEIC บันทึกเป็น JPEG หรือ PDF",
    "encrypted": "แฟ้มมีรหัสผ่าน บันทึกใหม่โดยไม่ใส่รหัสผ่าน",
    "unsupported_encryption": "แฟ้มเข้ารหัสแบบที่อ่านไม่ได้ บันทึกใหม่โดยไม่เข้ารหัส",
    "damaged": f"แฟ้มเสียหาย {_RESCAN}",
    "truncated": f"แฟ้มไม่ครบ ตอนท้ายขาด {_RESCAN}",
    "no_pages": "แฟ้มไม่มีหน้า",
    "too_many_pages": "มีหน้ามากเกินไป แยกแฟ้ม",
    "page_too_large": "หน้ากระดาษใหญ่เกินไป สแกนขนาดปกติ",
    "image_too_large": "ภาพใหญ่เกินไป สแกนที่ 300 dpi",
    "xfa_form": "เป็นแบบ XFA พิมพ์เป็น PDF ธรรมดาก่อน",
    "parser_crashed": f"อ่านแฟ้มไม่สำเร็จ {_RESCAN}",
    "parser_timeout": f"ใช้เวลานานเกินไป {_RESCAN}",
}

_REASONS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), thai)
    for pattern, thai in (
        (r"exact name", "ชื่อตรงกัน"),
        (r"(\d+(?:\.\d+)?) edits? (?:from the name|away|from .*)", r"ต่างกัน \1 ตัวอักษร"),
        (r"a number differs(?:: another school)?", "ตัวเลขในชื่อต่างกัน เป็นคนละโรงเรียน"),
        (r"the figures differ", "ตัวเลขต่างกัน"),
        (r"a printed part is not in the registered name", "มีส่วนที่พิมพ์ไว้แต่ไม่มีในทะเบียน"),
        (r"looked up in the province", "ค้นในจังหวัด"),
        (r"looked up in (.+)", r"ค้นใน \1"),
        (r"the printed office is not certain: (.+)", r"เขตพื้นที่ที่พิมพ์ไม่แน่ชัด"),
        (r"the printed office is not in the registry", "ไม่พบเขตพื้นที่นี้ในทะเบียน"),
        (r"the printed province is not in the registry", "ไม่พบจังหวัดนี้ในทะเบียน"),
        (r"without a certain office only an exact name is accepted", "ไม่ทราบเขตพื้นที่แน่ชัด ต้องชื่อตรงกันเท่านั้น"),
        (r"the school is not valid on the document's day", "โรงเรียนไม่มีอยู่ ณ วันที่ในเอกสาร"),
        (r"the printed province is not the school's", "จังหวัดที่พิมพ์ไม่ตรงกับโรงเรียน"),
        (r"the printed district is not the school's", "อำเภอที่พิมพ์ไม่ตรงกับโรงเรียน"),
        (r"(.+) is printed, (.+) is registered", r"พิมพ์ว่า \1 ในทะเบียนเป็น \2"),
        (r"the printed district decides among schools of this name", "เลือกตามอำเภอที่พิมพ์ไว้"),
        (r"(\d+) schools fit equally", r"มี \1 โรงเรียนที่ใกล้เคียงเท่ากัน"),
        (r"too near to another school \((.+)\)", r"ใกล้เคียงกับอีกโรงเรียน (\1)"),
        (r"exact name in another office \((.+)\)", r"มีชื่อตรงกันในเขตอื่น (\1)"),
        (r"the name is too short to stand without an office", "ชื่อสั้นเกินไป ต้องมีเขตพื้นที่ประกอบ"),
        (r"(\d+) schools of the country have this name", r"ทั้งประเทศมีชื่อนี้ \1 โรงเรียน"),
        (r"another name of the country looks much like it", "มีชื่ออื่นในประเทศที่คล้ายกันมาก"),
        (r"no school of the registry is near this name", "ไม่พบโรงเรียนที่ชื่อใกล้เคียง"),
        (r"understood as (.+)", r"เข้าใจว่าเป็น \1"),
        (r"another office is nearly as like", "มีเขตอื่นที่ใกล้เคียงพอกัน"),
        (r"no such office on the document's day", "ไม่มีเขตนี้ ณ วันที่ในเอกสาร"),
        (r"no office of the registry is written like this", "ไม่พบเขตพื้นที่ที่เขียนแบบนี้"),
        (r"the office stood until (\d{4})", r"เขตนี้มีถึงปี ค.ศ. \1"),
    )
)


def reason_in(text: str, language: Language) -> str:
    """A clause of the matcher in the clerk's language."""
    if language == "th":
        for pattern, thai in _REASONS:
            found = pattern.fullmatch(text)
            if found:
                return found.expand(thai)
    return text


def problem_in(code: str, message: str, remedy: str, language: Language) -> str:
    """Why a file could not be read and what to do."""
    if language == "th" and code in _PROBLEMS:
        return _PROBLEMS[code]
    return f"{message} {remedy}".strip()
