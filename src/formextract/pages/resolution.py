"""Pixels per inch of images: what they declare, if that can be true, else what a page would have."""

from __future__ import annotations

A4_INCHES = 11.69
"""Longer side of A4."""
LOWEST_DPI, HIGHEST_DPI = 70.0, 2400.0
"""What scanners, faxes and phones give; 72 and 96 are also what programs write when they know nothing."""
LARGEST_INCHES = 17.0
"""Longer side of A3, with a margin: a declared resolution that makes a page larger is not believed."""
CROP_DPI = 200.0
"""Assumed for images that have no page's proportions, such as a cut-out line: the usual office scan."""

_UNKNOWING = (72.0, 96.0)
_PAGE_RATIO = (1.2, 1.7)
_READABLE_DPI = 90.0


def credible_dpi(width: int, height: int, declared: tuple[float, float] | None) -> tuple[float, float] | None:
    """The declared resolution (x, y) of an image of so many pixels, or None if it cannot be true."""
    if declared is None:
        return None
    x, y = declared
    if not (LOWEST_DPI <= x <= HIGHEST_DPI and LOWEST_DPI <= y <= HIGHEST_DPI):
        return None
    if max(width / x, height / y) > LARGEST_INCHES:
        return None
    if not 0.25 <= x / y <= 4:
        return None
    if round(x) == round(y) and round(x) in _UNKNOWING and not _is_page(width, height):
        return None
    return x, y


def estimate_dpi(width: int, height: int) -> float:
    """Pixels per inch of an image that declares nothing credible: that of an A4 page of its length.

    Images that are no pages by their proportions, or too small to be read as one, count as cut out
    of an office scan.
    """
    as_page = max(width, height) / A4_INCHES
    if _is_page(width, height) and as_page >= _READABLE_DPI:
        return min(as_page, HIGHEST_DPI)
    return min(max(as_page, CROP_DPI), HIGHEST_DPI)


def _is_page(width: int, height: int) -> bool:
    ratio = max(width, height) / max(1, min(width, height))
    return _PAGE_RATIO[0] <= ratio <= _PAGE_RATIO[1]
