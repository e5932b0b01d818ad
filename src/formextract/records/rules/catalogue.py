"""Every rule by name: how bad its breach is, and what is said of it in English and Thai.

Error is kept for what must not be published unseen: a key field missing, or two readings of one
fact that contradict each other, so that one of them is misread.  Messages quote printed words of
forms and schools, never names of people or salaries.
"""

from __future__ import annotations

from dataclasses import dataclass

from formextract.model import Issue, Severity


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule."""

    severity: Severity
    """Of its breach."""
    english: str
    """Sentence with ``{fields}``."""
    thai: str
    """The same in Thai."""


_E, _W, _I = Severity.ERROR, Severity.WARNING, Severity.INFO

RULES: dict[str, Rule] = {
    # all forms
    "record_shape": Rule(_E, "The value does not fit its field: {why}.", "ค่าไม่ตรงกับชนิดของช่องข้อมูล: {why}"),
    "missing_required": Rule(_E, "A required field has no value.", "ช่องข้อมูลที่จำเป็นไม่มีค่า"),
    "missing_expected": Rule(_W, "A field that is usually filled has no value.", "ช่องข้อมูลที่ปกติต้องกรอกไม่มีค่า"),
    # pa1: head
    "fiscal_year_against_period": Rule(
        _E,
        "The period ends in fiscal year {found}, the head says {printed}.",
        "รอบการประเมินสิ้นสุดในปีงบประมาณ {found} แต่หัวแบบระบุ {printed}",
    ),
    "period_order": Rule(_E, "The period ends before it starts.", "วันสิ้นสุดอยู่ก่อนวันเริ่มต้น"),
    "period_end_unusual": Rule(
        _W, "The period does not end on 30 September.", "รอบการประเมินไม่ได้สิ้นสุดวันที่ 30 กันยายน"
    ),
    "period_start_late": Rule(
        _I,
        "The period does not start on 1 October; right only for a new appointment.",
        "รอบการประเมินไม่ได้เริ่มวันที่ 1 ตุลาคม ใช้ได้เฉพาะผู้ได้รับแต่งตั้งใหม่",
    ),
    "form_code_against_position": Rule(
        _W, "Form code “{code}” belongs to another position.", "รหัสแบบ “{code}” เป็นของตำแหน่งอื่น"
    ),
    "standing_differs": Rule(
        _E,
        "The heading says “{heading}”, the maker's line “{printed}”.",
        "หัวแบบระบุ “{heading}” แต่ผู้จัดทำระบุ “{printed}”",
    ),
    "standing_against_rank": Rule(
        _W,
        "Standing “{standing}” and salary rank {rank} do not usually go together.",
        "วิทยฐานะ “{standing}” กับอันดับเงินเดือน {rank} ไม่สอดคล้องกันตามปกติ",
    ),
    "salary_not_multiple_of_ten": Rule(
        _E, "A salary is always a multiple of 10 baht.", "เงินเดือนต้องหารด้วย 10 ลงตัว"
    ),
    "salary_outside_band": Rule(
        _W, "The salary lies outside the band of {rank}.", "เงินเดือนอยู่นอกช่วงของอันดับ {rank}"
    ),
    "salary_of_next_band": Rule(
        _I,
        "The salary lies above the band of {rank}, within the next rank's.",
        "เงินเดือนสูงกว่าช่วงของอันดับ {rank} แต่อยู่ในช่วงของอันดับถัดไป",
    ),
    # pa1: boxes and hours
    "no_school_type": Rule(_W, "No kind of school is ticked.", "ไม่ได้เลือกประเภทสถานศึกษา"),
    "parent_box_off": Rule(
        _W,
        "“{child}” is ticked, but not “{parent}” above it.",
        "เลือก “{child}” แต่ไม่ได้เลือก “{parent}” ซึ่งเป็นหัวข้อหลัก",
    ),
    "reason_with_full_time": Rule(
        _W, "A reason for part time stands beside full time.", "มีเหตุผลที่ไม่เต็มเวลาทั้งที่เลือกเต็มเวลา"
    ),
    "part_time_without_reason": Rule(_W, "Part time without a reason.", "ไม่เต็มเวลาแต่ไม่ระบุเหตุผล"),
    "hours_below_minimum": Rule(
        _W,
        "The activities sum to {total} hours a week, fewer than the {minimum} declared.",
        "ชั่วโมงรวมของกิจกรรม {total} ชั่วโมง/สัปดาห์ น้อยกว่าที่ระบุไว้ {minimum}",
    ),
    "declared_below_statutory": Rule(
        _W,
        "{declared} hours are declared, the form asks at least {minimum} for this position.",
        "ระบุ {declared} ชั่วโมง แต่แบบกำหนดไม่ต่ำกว่า {minimum} ชั่วโมงสำหรับตำแหน่งนี้",
    ),
    "checked_without_hours": Rule(
        _E, "The box is ticked, but no hours are given.", "เลือกช่องนี้แต่ไม่ระบุจำนวนชั่วโมง"
    ),
    "hours_without_check": Rule(
        _E, "Hours are given, but the box is not ticked.", "ระบุจำนวนชั่วโมงแต่ไม่ได้เลือกช่องนี้"
    ),
    # pa1: tasks and challenge
    "missing_standard_task": Rule(
        _W, "Task {code} of the standard form is missing.", "ไม่มีงานข้อ {code} ตามแบบมาตรฐาน"
    ),
    "task_code_against_domain": Rule(
        _W, "Task {code} stands in domain {domain}.", "งานข้อ {code} อยู่ในด้านที่ {domain}"
    ),
    "task_codes_not_ascending": Rule(_W, "Task {code} follows {before}.", "งานข้อ {code} อยู่หลังข้อ {before}"),
    "domain_name_unusual": Rule(
        _I, "The form calls domain {domain} “{standard}”.", "แบบเรียกด้านที่ {domain} ว่า “{standard}”"
    ),
    "percent_out_of_range": Rule(_E, "A percentage lies between 0 and 100.", "ร้อยละต้องอยู่ระหว่าง 0 ถึง 100"),
    "other_school_in_body": Rule(
        _W,
        "The text speaks of “{printed}”, another school than the maker's.",
        "ข้อความกล่าวถึง “{printed}” ซึ่งไม่ใช่โรงเรียนของผู้จัดทำ",
    ),
    "school_misspelt_in_body": Rule(
        _W,
        "The text prints “{printed}”, nearly the maker's school.",
        "ข้อความพิมพ์ “{printed}” คล้ายแต่ไม่ตรงกับชื่อโรงเรียนของผู้จัดทำ",
    ),
    "outcome_copied": Rule(_W, "The outcome repeats that of the task before.", "ผลลัพธ์ซ้ำกับผลลัพธ์ของงานก่อนหน้า"),
    "indicator_repeated": Rule(_I, "The indicator repeats one above it.", "ตัวชี้วัดซ้ำกับตัวชี้วัดก่อนหน้า"),
    "sentence_breaks_off": Rule(
        _W, "The text breaks off after “{printed}”.", "ข้อความขาดหายหลังคำว่า “{printed}”"
    ),
    "quantitative_without_number": Rule(
        _I, "A quantitative result carries no number.", "ผลลัพธ์เชิงปริมาณไม่มีตัวเลข"
    ),
    # pa1: signatures
    "signature_name_differs": Rule(
        _E, "The name under the signature is not the maker's.", "ชื่อใต้ลายเซ็นไม่ตรงกับชื่อผู้จัดทำ"
    ),
    "signature_school_differs": Rule(
        _E,
        "The position under the signature names “{printed}”, the head another school.",
        "ตำแหน่งใต้ลายเซ็นระบุ “{printed}” ซึ่งไม่ตรงกับสถานศึกษาของผู้จัดทำ",
    ),
    "signature_date_far": Rule(
        _W,
        "The agreement is dated {days} days from the start of the period.",
        "วันที่ลงนามห่างจากวันเริ่มรอบ {days} วัน",
    ),
    "superior_undecided": Rule(
        _W,
        "Neither or both of the superior's boxes are ticked: the agreement is not approved.",
        "ผู้บังคับบัญชาไม่ได้เลือกหรือเลือกทั้งสองช่อง ข้อตกลงยังไม่ได้รับความเห็นชอบ",
    ),
    "superior_date_missing": Rule(_W, "The superior's opinion has no date.", "ความเห็นของผู้บังคับบัญชาไม่มีวันที่"),
    "superior_before_signature": Rule(
        _W, "The superior's date lies before the maker's.", "วันที่ของผู้บังคับบัญชาอยู่ก่อนวันที่ของผู้จัดทำ"
    ),
    "rejection_without_comment": Rule(
        _W, "The agreement is rejected without a comment.", "ไม่เห็นชอบแต่ไม่มีข้อเสนอแนะ"
    ),
    # network_mou
    "parties_against_variant": Rule(
        _E,
        "{found} parties are printed, this variant has {wanted}.",
        "ระบุ {found} ฝ่าย แต่แบบนี้มี {wanted} ฝ่าย",
    ),
    "copies_against_parties": Rule(
        _W, "{copies} copies for {parties} parties.", "ทำขึ้น {copies} ฉบับ แต่มี {parties} ฝ่าย"
    ),
    "plan_years_unusual": Rule(
        _I, "The agreement runs for {years} years; the template has 3.", "ข้อตกลงมีระยะ {years} ปี แบบกำหนด 3 ปี"
    ),
    "made_outside_period": Rule(
        _W,
        "The memorandum is dated in {year}, outside its period.",
        "วันที่จัดทำอยู่ในปี พ.ศ. {year} ซึ่งอยู่นอกระยะเวลาความร่วมมือ",
    ),
    "no_codev": Rule(_E, "No co-development school is named.", "ไม่มีสถานศึกษาร่วมพัฒนา"),
    "few_codev": Rule(
        _W,
        "{found} co-development schools for one lead; the project wants at least 3.",
        "สถานศึกษาแกนนำมีสถานศึกษาร่วมพัฒนา {found} แห่ง โครงการกำหนดอย่างน้อย 3 แห่ง",
    ),
    "codev_repeated": Rule(
        _E, "“{school}” is a co-development school twice.", "“{school}” เป็นสถานศึกษาร่วมพัฒนาซ้ำ"
    ),
    "codev_is_lead": Rule(
        _E,
        "“{school}” is both lead and co-development school.",
        "“{school}” เป็นทั้งสถานศึกษาแกนนำและสถานศึกษาร่วมพัฒนา",
    ),
    "clause_numbers": Rule(_W, "Clause {no} follows {before}.", "ข้อ {no} อยู่หลังข้อ {before}"),
    "notice_unusual": Rule(_I, "{days} days; the template has {usual}.", "{days} วัน แบบกำหนด {usual} วัน"),
    "signatures_fewer_than_parties": Rule(
        _W, "{found} signatures for {parties} parties.", "มีผู้ลงนาม {found} คน แต่มี {parties} ฝ่าย"
    ),
    "signer_of_other_school": Rule(
        _W,
        "A signer's position names “{printed}”, which is no party.",
        "ตำแหน่งผู้ลงนามระบุ “{printed}” ซึ่งไม่ใช่คู่สัญญา",
    ),
    # roster_announcement
    "row_uncertain": Rule(
        _E,
        "Something may be cut off here: what was carried down is uncertain.",
        "อาจมีข้อมูลขาดหาย ค่าที่ยกลงมาจากแถวบนไม่แน่นอน",
    ),
    "seq_not_ascending": Rule(_E, "Number {seq} follows {before}.", "ลำดับที่ {seq} อยู่หลังลำดับที่ {before}"),
    "seq_against_office": Rule(
        _E,
        "Number and office do not change together.",
        "ลำดับที่กับสังกัดไม่เปลี่ยนพร้อมกัน",
    ),
    "lead_numbers": Rule(
        _E,
        "The office's leads are numbered {found}; {count} leads need {wanted}.",
        "สถานศึกษาแกนนำในสังกัดนี้มีเลขที่ {found} แต่มี {count} แห่ง ควรเป็น {wanted}",
    ),
    "codev_numbers": Rule(
        _E,
        "Co-development school {no} follows {before}.",
        "สถานศึกษาร่วมพัฒนาลำดับ {no} อยู่หลังลำดับ {before}",
    ),
    "school_repeated": Rule(
        _W,
        "“{school}” stands in the roster more than once under the same office.",
        "“{school}” ปรากฏในบัญชีมากกว่าหนึ่งครั้งในสังกัดเดียวกัน",
    ),
    "office_order": Rule(
        _W,
        "The offices do not stand in alphabetical order here.",
        "สังกัดไม่เรียงตามตัวอักษรที่จุดนี้",
    ),
}
"""By name; the names are stable."""


def issue(rule: str, path: str, /, **fields: object) -> Issue:
    """A breach of ``rule`` at ``path``; KeyError for a rule or a field that does not exist."""
    text = RULES[rule]
    return Issue(rule, text.severity, path, text.english.format(**fields), text.thai.format(**fields))
