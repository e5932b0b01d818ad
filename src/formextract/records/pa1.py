"""PA1, แบบข้อตกลงในการพัฒนางาน: the yearly performance agreement (circulars ว 9 to ว 12/2564)."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from formextract.records.base import ExactDecimal, IsoDate, Number, Part, YearBe

Audience = Literal["learner", "teacher", "school", "administrator", "parent", "other"]
"""Whom an indicator speaks of: ด้านผู้เรียน, ด้านครู, ด้านสถานศึกษา, ด้านผู้บริหาร, ด้านผู้ปกครอง, anything else."""


class Period(Part):
    """The round of assessment."""

    start: IsoDate | None = None
    """First day."""
    end: IsoDate | None = None
    """Last day."""


class Maker(Part):
    """Who makes the agreement."""

    title: str | None = None
    """All titles before the name, as printed."""
    first_name: str | None = None
    """Given name without title."""
    last_name: str | None = None
    """Family name."""
    position: str | None = None
    """Position, or the class of positions (ผู้บริหารสถานศึกษา)."""
    standing: str | None = None
    """วิทยฐานะ in the printed Thai word."""
    school: str | None = None
    """Printed name with โรงเรียน."""
    area_office: str | None = None
    """Printed name of the area office."""
    salary_rank: str | None = None
    """``คศ.1`` to ``คศ.5``."""
    salary_baht: int | ExactDecimal | None = None
    """Monthly salary."""


class Choice(Part):
    """One tick box of a list."""

    code: str | None = None
    """Stable English code."""
    label: str | None = None
    """Printed label."""
    checked: bool | None = None
    """None where it cannot be told."""


class Activity(Choice):
    """One activity of the workload."""

    hours: Number | None = None
    """Hours a week; None if blank."""


class Workload(Part):
    """ภาระงาน."""

    full_time: bool | None = None
    """เต็มเวลา; None if neither or both are ticked."""
    not_full_time_reason: str | None = None
    """What follows เนื่องจาก."""
    min_teaching_hours: Number | None = None
    """ไม่ต่ำกว่า … ชั่วโมง/สัปดาห์."""
    activities: list[Activity] = Field(default_factory=list)
    """All printed activities in order."""


class Indicator(Part):
    """ตัวชี้วัด."""

    audience: Audience | None = None
    """From the heading above it."""
    text: str | None = None
    """Wording."""
    target_percent: Number | ExactDecimal | None = None
    """The figure after ร้อยละ; None without one."""


class Task(Part):
    """One task with what is paired with it."""

    code: str | None = None
    """``1.1`` …; None where a domain is filled as one text."""
    text: str | None = None
    """Wording."""
    outcomes: list[str | None] = Field(default_factory=list)
    """ผลลัพธ์, item by item."""
    indicators: list[Indicator] = Field(default_factory=list)
    """ตัวชี้วัด, item by item."""


class Domain(Part):
    """One row of the task table."""

    no: int | None = None
    """1-based number."""
    name: str | None = None
    """ด้าน…."""
    tasks: list[Task] = Field(default_factory=list)
    """In printed order."""


class Challenge(Part):
    """ประเด็นท้าทาย."""

    title: str | None = None
    """เรื่อง …."""
    problem: str | None = None
    """สภาพปัญหา."""
    method: list[str | None] = Field(default_factory=list)
    """วิธีการดำเนินการ, step by step."""
    quantitative: list[str | None] = Field(default_factory=list)
    """เชิงปริมาณ."""
    qualitative: list[str | None] = Field(default_factory=list)
    """เชิงคุณภาพ."""


class Signature(Part):
    """The maker's signature block."""

    name_printed: str | None = None
    """Name in brackets, with title."""
    position_printed: str | None = None
    """Position below it."""
    date: IsoDate | None = None
    """Day of signing."""


class Superior(Part):
    """The superior's opinion."""

    approved: bool | None = None
    """True or False if exactly that box is ticked."""
    comments: str | None = None
    """ข้อเสนอแนะ."""
    name: str | None = None
    """Name in brackets, with title."""
    position: str | None = None
    """Position."""
    date: IsoDate | None = None
    """Day of signing."""


class Pa1(Part):
    """The whole agreement."""

    form_code: str | None = None
    """``PA 1/บส`` and the like."""
    position: str | None = None
    """Position in the heading."""
    standing: str | None = None
    """Standing in the heading."""
    fiscal_year_be: YearBe | None = None
    """ปีงบประมาณ."""
    period: Period = Period()
    """Round of assessment."""
    maker: Maker = Maker()
    """Who makes it."""
    school_types: list[Choice] = Field(default_factory=list)
    """All printed kinds of school in order."""
    workload: Workload = Workload()
    """Hours."""
    domains: list[Domain] = Field(default_factory=list)
    """Task table."""
    challenge: Challenge = Challenge()
    """Part 2."""
    signature: Signature = Signature()
    """Maker's block."""
    superior: Superior = Superior()
    """Superior's block."""
