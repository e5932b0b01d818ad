"""Pure functions on page images: cleaning, turning, ruled lines, leaders, tick boxes, text lines.

    Raster ── clean_page ──▶ CleanPage ─┬─ find_rules ──▶ Rule …
                                        ├─ find_marks ──▶ Mark …
                                        ├─ find_leaders ─▶ Box …
                                        └─ find_lines ──▶ LineCrop … (what a reading engine reads)

All geometry that leaves this room is in points of the upright frame.
"""

from formextract.imaging.clean import CleanPage, clean_page, measure_quality
from formextract.imaging.lines import LineCrop, find_lines
from formextract.imaging.rules import find_rules, remove_rules

__all__ = [
    "CleanPage",
    "LineCrop",
    "clean_page",
    "find_lines",
    "find_rules",
    "measure_quality",
    "remove_rules",
]
