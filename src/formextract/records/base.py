"""What all records share."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field


class Part(BaseModel):
    """A record or a part of one: unknown keys are refused, so that a mapping's slip shows at once."""

    model_config = ConfigDict(extra="forbid", strict=True)


def _iso(value: str) -> str:
    if dt.date.fromisoformat(value).isoformat() != value:
        raise ValueError("not YYYY-MM-DD")
    return value


IsoDate = Annotated[str, AfterValidator(_iso)]
"""``YYYY-MM-DD`` in CE."""
YearBe = Annotated[int, Field(ge=2400, le=2700)]
"""Buddhist year of four digits."""
Number = int | float
"""A JSON number."""
ExactDecimal = Annotated[str, Field(pattern=r"^\d+\.\d+$")]
"""A decimal whose zeros matter, as a string."""


class Clause(Part):
    """A numbered clause."""

    no: str | None = None
    """Its number in Arabic digits, such as ``3.2``."""
    text: str | None = None
    """Its wording without the number."""
