"""The roster announcement: lead schools and their co-development schools."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from formextract.records.base import IsoDate, Part

CarriedKey = Literal["seq", "area_office", "lead_no", "lead_school"]


class RosterRow(Part):
    """One co-development school; what stands in merged cells is repeated in each row."""

    seq: int | None = None
    """ลำดับ of the office."""
    area_office: str | None = None
    """สังกัด."""
    lead_no: int | None = None
    """Number before the lead's name; None if the office has one lead."""
    lead_school: str | None = None
    """สถานศึกษาแกนนำ."""
    codev_no: int | None = None
    """Number before the co-development school's name."""
    codev_school: str | None = None
    """สถานศึกษาร่วมพัฒนา."""
    carried_down: list[CarriedKey] = Field(default_factory=list)
    """Keys whose value stands in a row above."""
    uncertain: bool | None = None
    """Whether a parent or the cell itself may be cut off."""


class RosterAnnouncement(Part):
    """The whole announcement."""

    issuer: str | None = None
    """Who announces."""
    title: str | None = None
    """เรื่อง …."""
    announced_date: IsoDate | None = None
    """ประกาศ ณ วันที่."""
    signer: str | None = None
    """Name with title."""
    rows: list[RosterRow] = Field(default_factory=list)
    """In printed order."""
