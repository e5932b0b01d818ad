"""Which new สพม. took over from a numbered one in 2021.

Ministry of Education announcement of 28 January 2564 (2021): 42 numbered secondary area offices
became 62 named after provinces.  18 were split, so the school's province decides, not the old number.
"""

from __future__ import annotations

import csv
from functools import lru_cache
from importlib.resources import files


@lru_cache(maxsize=1)
def _table() -> dict[tuple[int, str], str]:
    text = files("formextract.registry").joinpath("data/secondary_succession.csv").read_text("utf-8")
    return {
        (int(row["old_number"]), row["province"]): row["new_short_name"]
        for row in csv.DictReader(text.splitlines())
    }


def successor_of(old_number: int, province: str) -> str | None:
    """Short name of the สพม. that a school of old ``สพม.เขต N`` in a province belongs to since 2021, or None.

    Each old number and province name one successor.
    """
    return _table().get((old_number, province))


def successors_of(old_number: int) -> list[str]:
    """Short names of all offices that came out of ``สพม.เขต N``, in the order of the announcement's table."""
    return list(dict.fromkeys(new for (number, _), new in _table().items() if number == old_number))
