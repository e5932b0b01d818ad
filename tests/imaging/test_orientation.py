"""Lines across or upright."""

from __future__ import annotations

import numpy as np
import pytest

from formextract.imaging.orientation import quarter_turns
from tests.imaging.drawing import Sheet, grainy


@pytest.mark.parametrize("spread", [20, 36])
def test_sideways_pages_are_told(spread: float) -> None:
    sheet = Sheet(400, 300)
    for k in range(int(260 / spread)):
        sheet.text(40, 30 + spread * k, "โรงเรียนบ้านทุ่งนา ปีการศึกษา 2567", 13)
    gray = np.ascontiguousarray(grainy(sheet.array(), 6)[:, :, 0])
    turns, confidence = quarter_turns(gray)
    assert turns == 0 and confidence > 0.4
    turns, confidence = quarter_turns(np.ascontiguousarray(np.rot90(gray)))
    assert turns == 1 and confidence > 0.4


def test_empty_page_gives_no_verdict() -> None:
    assert quarter_turns(np.full((800, 600), 255, np.uint8)) == (0, 0.0)
