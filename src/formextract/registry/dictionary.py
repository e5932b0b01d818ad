"""The registry as a dictionary: a school's name at the head of running text.

Thai sets no blank between a name and the verb behind it (``โรงเรียนบ้านหนองพระมีโครงสร้าง``), so the
longest registered name that the text begins with is taken.
"""

from __future__ import annotations

from formextract.registry.index import RegistryIndex
from formextract.registry.match import find_office
from formextract.registry.names import key_of, strip_prefix
from formextract.registry.offices import key_of_match
from formextract.registry.squeeze import tidy_name
from formextract.thai.text import MARKS, normalise, to_arabic

MAX_NAME = 130
"""No registered name is longer."""
_CLOSING = ')]”"'


def find_school_prefix(text: str, index: RegistryIndex, area_office: str | None = None) -> str | None:
    """The registered name that a running text begins with, as printed there, or None.

    The longest name of the printed area office wins; only if none of its schools fits, the longest of
    the country.  โรงเรียน in front, as printed, is part of the answer.  No letter may differ.
    """
    printed = normalise(text[: 4 * MAX_NAME])
    bare = strip_prefix(printed)
    start = len(printed) - len(bare)
    here = _members(index, area_office)
    longest: dict[bool, int] = {}
    for end in range(1, min(len(bare), MAX_NAME) + 1):
        if end < len(bare) and (bare[end] in MARKS or bare[end] == "ำ"):
            continue
        owners = index.by_form.get(key_of(to_arabic(tidy_name(bare[:end]))))
        if owners and not (end < len(bare) and bare[end].isdigit() and bare[end - 1].isdigit()):
            longest[any(i in here for i in owners)] = end
    end = longest.get(True) or longest.get(False) or 0
    if not end:
        return None
    while end < len(bare) and bare[end] in _CLOSING and "(" in bare[:end]:
        end += 1
    return printed[: start + end].strip()


def _members(index: RegistryIndex, area_office: str | None) -> frozenset[int]:
    if not area_office or not area_office.strip():
        return frozenset()
    keys = key_of_match(find_office(area_office, index, None), index)
    return frozenset(i for k in keys if k in index.blocks for i in index.blocks[k].members)
