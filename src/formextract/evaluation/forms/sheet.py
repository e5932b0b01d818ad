"""A filled form before it is printed."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from formextract.evaluation.style import Style


@dataclass(frozen=True, slots=True)
class Sheet:
    """A form: its true record and how it looks."""

    doc_type: str
    """As in the contract."""
    record: dict[str, Any]
    """The true record, canonical values."""
    body: str
    """HTML of the body."""
    css: str
    """Rules beside those of the style."""
    style: Style
    """The layout."""
    status: str = "filled"
    """``filled``, ``partial`` or ``blank_template``."""
    codes: dict[str, str] = field(default_factory=dict)
    """True school code by path, where known."""
