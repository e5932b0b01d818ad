"""What a field is called on the desk: the label printed on the form, not the path in the record."""

from __future__ import annotations

import re

from formextract.recordpath import shape
from formextract.review.words import Language

_LABELS: dict[str, tuple[str, str]] = {
    "": ("ทั้งฉบับ", "Whole document"),
    "form_code": ("รหัสแบบ", "Form code"),
    "position": ("ตำแหน่งในหัวแบบ", "Position in the heading"),
    "standing": ("วิทยฐานะในหัวแบบ", "Standing in the heading"),
    "fiscal_year_be": ("ปีงบประมาณ พ.ศ.", "Fiscal year (BE)"),
    "period.start": ("ระหว่างวันที่", "Period from"),
    "period.end": ("ถึงวันที่", "Period to"),
    "maker.title": ("คำนำหน้า", "Title"),
    "maker.first_name": ("ชื่อ", "First name"),
    "maker.last_name": ("นามสกุล", "Last name"),
    "maker.position": ("ตำแหน่ง", "Position"),
    "maker.standing": ("วิทยฐานะ", "Standing"),
    "maker.school": ("สถานศึกษา", "School"),
    "maker.area_office": ("สังกัด", "Area office"),
    "maker.salary_rank": ("รับเงินเดือนในอันดับ", "Salary rank"),
    "maker.salary_baht": ("อัตราเงินเดือน (บาท)", "Salary (baht)"),
    "school_types[].checked": ("ประเภทสถานศึกษา", "Kind of school"),
    "workload.full_time": ("ภาระงานเต็มเวลา", "Full time"),
    "workload.not_full_time_reason": ("ไม่เต็มเวลา เนื่องจาก", "Reason if not full time"),
    "workload.min_teaching_hours": ("ปฏิบัติการสอนไม่ต่ำกว่า (ชั่วโมง/สัปดาห์)", "Minimum teaching hours a week"),
    "workload.activities[].checked": ("กิจกรรมการสอน", "Teaching activity"),
    "workload.activities[].hours": ("ชั่วโมง/สัปดาห์ ของกิจกรรม", "Hours a week of the activity"),
    "domains[].name": ("ชื่อด้าน", "Domain"),
    "domains[].tasks[].text": ("งาน (Tasks)", "Task"),
    "domains[].tasks[].outcomes[]": ("ผลลัพธ์ (Outcomes)", "Outcome"),
    "domains[].tasks[].indicators[].text": ("ตัวชี้วัด (Indicators)", "Indicator"),
    "domains[].tasks[].indicators[].target_percent": ("ร้อยละของตัวชี้วัด", "Percent of the indicator"),
    "challenge.title": ("ประเด็นท้าทาย เรื่อง", "Challenge"),
    "challenge.problem": ("สภาพปัญหา", "Problem"),
    "challenge.method[]": ("วิธีการดำเนินการ", "Method"),
    "challenge.quantitative[]": ("ผลลัพธ์เชิงปริมาณ", "Quantitative result"),
    "challenge.qualitative[]": ("ผลลัพธ์เชิงคุณภาพ", "Qualitative result"),
    "signature.name_printed": ("ชื่อใต้ลายเซ็น", "Name under the signature"),
    "signature.position_printed": ("ตำแหน่งใต้ลายเซ็น", "Position under the signature"),
    "signature.date": ("วันที่ลงนาม", "Date of signature"),
    "superior.approved": ("ผู้บังคับบัญชาเห็นชอบ", "Approved by the superior"),
    "superior.comments": ("ข้อเสนอแนะของผู้บังคับบัญชา", "Superior's comments"),
    "superior.name": ("ชื่อผู้บังคับบัญชา", "Superior"),
    "superior.position": ("ตำแหน่งผู้บังคับบัญชา", "Superior's position"),
    "superior.date": ("วันที่ผู้บังคับบัญชาลงนาม", "Superior's date"),
    "variant": ("รูปแบบข้อตกลง", "Variant"),
    "title": ("ชื่อเรื่อง", "Title"),
    "issuer": ("ผู้ประกาศ", "Issuer"),
    "purpose": ("วัตถุประสงค์", "Purpose"),
    "made_at": ("จัดทำขึ้น ณ", "Made at"),
    "made_date": ("เมื่อวันที่", "Made on"),
    "announced_date": ("ประกาศ ณ วันที่", "Announced on"),
    "signed_date": ("ลงนามวันที่", "Signed on"),
    "signer": ("ผู้ลงนามประกาศ", "Signer"),
    "area_office": ("สำนักงานเขตพื้นที่การศึกษา", "Area office"),
    "lead_school": ("สถานศึกษาแกนนำ", "Lead school"),
    "codev_schools[]": ("สถานศึกษาร่วมพัฒนา", "Co-development school"),
    "schools[]": ("สถานศึกษา", "School"),
    "n_parties": ("จำนวนฝ่าย", "Number of parties"),
    "period_start_be": ("ตั้งแต่ปี พ.ศ.", "From the year (BE)"),
    "period_end_be": ("ถึงปี พ.ศ.", "To the year (BE)"),
    "change_notice_days": ("แจ้งเปลี่ยนแปลงล่วงหน้า (วัน)", "Notice of change (days)"),
    "termination_notice_days": ("แจ้งยกเลิกล่วงหน้า (วัน)", "Notice of termination (days)"),
    "copies": ("จำนวนฉบับ", "Copies"),
    "objectives[].text": ("วัตถุประสงค์", "Objective"),
    "agreements[].text": ("ข้อตกลง", "Agreement"),
    "clauses[].text": ("ข้อ", "Clause"),
    "rounds[].round_no": ("ครั้งที่", "Round"),
    "rounds[].effective_date": ("เลื่อนเงินเดือน ณ วันที่", "Effective on"),
    "signatures[].name_printed": ("ชื่อผู้ลงนาม", "Signer"),
    "signatures[].position_printed": ("ตำแหน่งผู้ลงนาม", "Signer's position"),
    "signatures[].role": ("ฐานะผู้ลงนาม", "Signer's role"),
    "witnesses[]": ("พยาน", "Witness"),
    "rows[].seq": ("ลำดับ", "No."),
    "rows[].area_office": ("สังกัด", "Area office"),
    "rows[].lead_no": ("เลขที่แกนนำ", "Lead no."),
    "rows[].lead_school": ("สถานศึกษาแกนนำ", "Lead school"),
    "rows[].codev_no": ("เลขที่ร่วมพัฒนา", "Co-development no."),
    "rows[].codev_school": ("สถานศึกษาร่วมพัฒนา", "Co-development school"),
}
_NUMBERS = re.compile(r"\[(\d+)\]")


def label_of(path: str, language: Language) -> str:
    """The label of a path; the places in lists count from 1, as on paper.  The path itself if unknown."""
    known = _LABELS.get(shape(path))
    if known is None:
        return path
    places = [int(n) + 1 for n in _NUMBERS.findall(path)]
    name = known[0 if language == "th" else 1]
    if not places:
        return name
    if path.startswith("rows["):
        return f"{name} · {'แถว' if language == 'th' else 'row'} {places[0]}"
    return f"{name} · {'.'.join(str(p) for p in places)}"
