"""Printed names of schools and offices looked up in the registry.

Offices come first, since a school is looked for within its office.  A scan's misread letters
are put right where the registry leaves no doubt; what a text layer says is never changed
(contract: the printed spelling is kept, the registry's stands in the match).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Literal

from rapidfuzz.distance import Levenshtein

from formextract.mapping.found import Found
from formextract.mapping.paths import expand
from formextract.mapping.schema import MappingFile
from formextract.mapping.stream import squeeze_label
from formextract.mapping.values import canonical
from formextract.model import Decision, Match
from formextract.registry.distance import measure_distance
from formextract.registry.index import RegistryIndex
from formextract.registry.join import choose_wrap
from formextract.registry.match import match_school
from formextract.registry.offices import match_office
from formextract.thai.names import with_school_prefix

NEAR = 0.8
"""Likeness to the registry's spelling below which a reading is not put right but kept."""


def link(
    found: Sequence[Found], mapping: MappingFile, index: RegistryIndex | None, on: date | None
) -> tuple[list[Found], dict[str, Match]]:
    """The findings, put right and supported by the registry, and the matches by path."""
    by_path = {f.path: f for f in found}
    matches: dict[str, Match] = {}
    cache: dict[tuple[str, str, str, str], Match] = {}
    for wanted in ("area_office", "school"):
        for pattern, kind in mapping.links.items():
            if kind != wanted:
                continue
            for path in expand(pattern, list(by_path)):
                f = by_path[path]
                if f.value is None:
                    continue
                if index is None:
                    matches[path] = _unlinked(kind)
                    continue
                office = _office_of(path, mapping, by_path, matches) if kind == "school" else None
                text = _best_wrap(f, index, office) if kind == "school" else str(f.value)
                key = (kind, text, office or "", f.method)
                if key not in cache:
                    cache[key] = (
                        match_school(text, index, area_office=office, on=on, noise=_noise(f))
                        if kind == "school"
                        else match_office(text, index, on=on)
                    )
                matches[path] = cache[key]
                by_path[path] = settle(replace(f, value=text), cache[key], index)
    return [by_path[f.path] for f in found], matches


def _noise(found: Found) -> Literal["ocr", "typed"]:
    return "typed" if found.method == "text_layer" else "ocr"


def _unlinked(kind: Literal["school", "area_office"]) -> Match:
    return Match(Decision.REVIEW, None, None, 0.0, 0.0, ("no registry is loaded",), (), kind)


def _office_of(
    path: str, mapping: MappingFile, by_path: dict[str, Found], matches: dict[str, Match]
) -> str | None:
    """The office of the same row or document: the registry's short name if it is sure, else as printed."""
    if mapping.office is None:
        return None
    at = re.search(r"\[(\d+)\]", path)
    office = mapping.office.replace("[]", f"[{at.group(1)}]") if at else mapping.office
    match = matches.get(office)
    if match is not None and match.decision is Decision.ACCEPTED and match.name:
        return match.name
    f = by_path.get(office)
    return str(f.value) if f is not None and f.value else None


def _best_wrap(f: Found, index: RegistryIndex, office: str | None) -> str:
    """The value; where a line broke and nothing shows a blank there, with the registry's blanks."""
    if len(f.parts) < 2 or "blanks_known" in f.flags:
        return str(f.value)
    return with_school_prefix(canonical(choose_wrap([canonical(p) for p in f.parts], index, office)))


def settle(f: Found, match: Match, index: RegistryIndex) -> Found:
    """A finding in the light of its match.

    An exact hit supports it.  A scan's reading that only noise divides from an accepted
    match takes the registry's spelling, in the printed form (full or short) of the name.
    """
    if match.decision is not Decision.ACCEPTED or match.name is None:
        return f
    spelled = keep_printed_blanks(_spelling(str(f.value), match, index), str(f.value))
    if squeeze_label(spelled) == squeeze_label(str(f.value)):
        flags = (f.flags - {"doubt"}) | {"registry"}
        if f.method != "text_layer" and _CLOSED.search(spelled):
            flags |= {"joint"}
        # inside a name the registry decides on blanks, which scans show badly
        value = spelled if f.method != "text_layer" else f.value
        return replace(f, value=value, flags=flags)
    if f.method == "text_layer":
        return f
    likeness = Levenshtein.normalized_similarity(squeeze_label(spelled), squeeze_label(str(f.value)))
    if likeness < NEAR:
        return replace(f, flags=f.flags | {"doubt"})
    if (
        f.agreed == 1.0
        and measure_distance(squeeze_label(str(f.value)), squeeze_label(spelled), "ocr") >= 1.0
    ):
        # both readers saw it so, and the letters do not look alike: it is printed otherwise
        return replace(f, flags=f.flags | {"doubt"})
    return replace(f, value=spelled, flags=(f.flags - {"doubt"}) | {"corrected"})


_JOINTS = re.compile(r"\s*(\()|(\))\s*(?=\S)|(?<=[^\d\s(])\s*(?=\d|มิตรภาพ|ในพระ|สาขา)")
"""Where print sets a blank or not as the writer likes: round brackets, before numbers and additions."""
_CLOSED = re.compile(r"[^\s(]\(|\)[^\s)]|[^\s]มิตรภาพที่|[^\s]ในพระราชูปถัมภ์")
"""A joint without a blank: rare in print, and narrow blanks are lost in scans."""


def keep_printed_blanks(spelled: str, printed: str) -> str:
    """The registry's spelling with the blanks at its joints as they were printed.

    Nothing is changed where the two have not the same joints.
    """
    own, theirs = list(_JOINTS.finditer(spelled)), list(_JOINTS.finditer(printed))
    if [m.lastgroup or m.group().strip() for m in own] != [m.lastgroup or m.group().strip() for m in theirs]:
        return spelled
    out, at = [], 0
    for a, b in zip(own, theirs, strict=True):
        out += [spelled[at : a.start()], b.group()]
        at = a.end()
    return " ".join("".join([*out, spelled[at:]]).split())


def _spelling(printed: str, match: Match, index: RegistryIndex) -> str:
    """The registry's spelling nearest to the printed form of the name."""
    assert match.name is not None
    forms = [match.name]
    if match.kind == "area_office":
        for office in index.offices:
            if office.code == match.code:
                forms = [office.name, office.short_name]
    want = squeeze_label(printed)
    return max(forms, key=lambda x: Levenshtein.normalized_similarity(want, squeeze_label(x)))
