"""The network MOU, บันทึกข้อตกลงความร่วมมือ of เครือข่ายนวัตกรรมคุณภาพสถานศึกษา, in its three variants."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from formextract.records.base import Clause, IsoDate, Part, YearBe


class MouSignature(Part):
    """One signature slot that is no witness's."""

    role: str | None = None
    """The word after the leader: ผู้ให้ข้อตกลง, ผู้รับข้อตกลง."""
    name_printed: str | None = None
    """Name in brackets, with title."""
    position_printed: str | None = None
    """Position below it."""


class NetworkMou(Part):
    """The whole memorandum."""

    variant: Literal["3p_obec", "3p_area", "2p"] | None = None
    """OBEC – office – network, office – lead – co-development, lead – co-development."""
    title: str | None = None
    """Heading."""
    made_at: str | None = None
    """จัดทำขึ้น ณ."""
    made_date: IsoDate | None = None
    """เมื่อวันที่."""
    area_office: str | None = None
    """Printed office, or the bureau of special education."""
    lead_school: str | None = None
    """สถานศึกษาแกนนำ."""
    codev_schools: list[str | None] = Field(default_factory=list)
    """สถานศึกษาร่วมพัฒนา in printed order."""
    n_parties: int | None = None
    """ลงนามร่วม … ฝ่าย."""
    period_start_be: YearBe | None = None
    """First year."""
    period_end_be: YearBe | None = None
    """Last year."""
    objectives: list[Clause] = Field(default_factory=list)
    """ข้อ 1."""
    agreements: list[Clause] = Field(default_factory=list)
    """ข้อ 3."""
    change_notice_days: int | None = None
    """ข้อ 6, changes."""
    termination_notice_days: int | None = None
    """ข้อ 6, termination."""
    copies: int | None = None
    """ทำขึ้นเป็น … ฉบับ."""
    signatures: list[MouSignature] = Field(default_factory=list)
    """In printed order, without witnesses."""
    witnesses: list[str | None] = Field(default_factory=list)
    """Names with titles."""
