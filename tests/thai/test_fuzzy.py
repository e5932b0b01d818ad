"""The near word or none."""

from __future__ import annotations

from formextract.thai.fuzzy import nearest


def test_exact_near_and_ambiguous() -> None:
    known = ["เพชรบุรี", "เพชรบูรณ์", "ตาก"]
    assert nearest("เพชรบุรี", known) == ("เพชรบุรี", 0)
    assert nearest("เพชรบุร", known) == ("เพชรบุรี", 1)
    assert nearest("เพชรบูรี", known) is None
    assert nearest("ตาค", known) is None
    assert nearest("", []) is None
