from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formextract.pages.resolution import HIGHEST_DPI, LOWEST_DPI, credible_dpi, estimate_dpi


@pytest.mark.parametrize(
    ("size", "declared", "believed"),
    [
        ((2480, 3508), (300, 300), True),
        ((1728, 1078), (204, 98), True),
        ((595, 842), (72, 72), True),  # a page at screen resolution
        ((3000, 4000), (72, 72), False),  # a phone photo: 1.4 m tall
        ((900, 60), (96, 96), False),  # a line cut out by a program that knows nothing
        ((900, 60), (200, 200), True),
        ((2480, 3508), (1, 1), False),
        ((2480, 3508), (0, 0), False),
        ((2480, 3508), (99999, 99999), False),
        ((2480, 3508), (300, 30000), False),
    ],
)
def test_only_possible_resolutions_are_believed(
    size: tuple[int, int], declared: tuple[float, float], believed: bool
) -> None:
    assert (credible_dpi(*size, declared) is not None) == believed


def test_page_without_resolution_is_taken_for_a4() -> None:
    assert estimate_dpi(2480, 3508) == pytest.approx(300, abs=0.5)
    assert estimate_dpi(2339, 1654) == pytest.approx(200, abs=0.5)


def test_cut_out_line_or_cell_is_taken_for_an_office_scan() -> None:
    assert estimate_dpi(900, 60) == 200
    assert estimate_dpi(300, 400) == 200


@given(st.integers(1, 60_000), st.integers(1, 60_000))
def test_estimates_stay_in_range(width: int, height: int) -> None:
    assert LOWEST_DPI <= estimate_dpi(width, height) <= HIGHEST_DPI
