"""Linking a printed area office to the registry.

Every printed form of one office gives one key (kind, provinces, number); the registry says whether
such an office exists and on which days.  The number is exact: another digit is another office.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from formextract.model import Candidate, Decision, Match
from formextract.registry.distance import measure_distance
from formextract.registry.entries import Office, OfficeKind
from formextract.registry.index import RegistryIndex
from formextract.registry.labels import OfficeKey, office_key
from formextract.registry.names import numbers_of
from formextract.registry.squeeze import squeeze, tidy_name
from formextract.registry.succession import successors_of
from formextract.thai.places import parse_area_office

MAX_CANDIDATES = 5
_KINDS: dict[str, OfficeKind] = {"สพป": "primary", "สพม": "secondary", "สศศ": "special"}
_BEFORE_2010 = re.compile(r"^(?:สพท\s*\.?|สำนักงานเขตพื้นที่การศึกษา(?!\s*(?:ประถม|มัธยม)))\s*")
_FUZZY_MAX = 2.0
"""Edits in the whole name up to which a form that cannot be parsed may still be accepted."""
_FUZZY_MARGIN = 1.0
"""How many edits farther the second office must be."""
_FUZZY_NONE = 0.45
"""Share of letters wrong beyond which an office is no candidate."""
_MAX_LENGTH = 200


def match_office(text: str, index: RegistryIndex, *, on: date | None = None) -> Match:
    """The office that a printed text names, whole and alone.

    ``on`` is the document's day: a name is accepted only if the office stood on it.  Accepted are
    exactly understood forms and misprints that can mean one office only; a province with several
    offices and no เขต printed, and a name of before 2010, go to review.
    """
    if len(text) > _MAX_LENGTH or not squeeze(text):
        return _nothing("no office is printed" if not squeeze(text) else "the text is too long for an office")
    tidy = tidy_name(text)
    key = office_key(tidy)
    if key is None or key not in index.offices_by_key:
        parsed = parse_area_office(text)
        if parsed is not None:
            key = OfficeKey(_KINDS[parsed.kind], frozenset(parsed.provinces), parsed.number)
    if key is not None:
        known = index.offices_by_key.get(key)
        if known:
            return _from_known(known, tidy, key, index, on)
        near = _same_place(key, index)
        if near:
            return _review(near, 0.8 if key.number is None else 0.6, _missing_number(key, near))
    old = _BEFORE_2010.match(tidy)
    if old:
        found = _of_before_2010(tidy[old.end() :], index)
        if found:
            return _review(found, 0.7, "a name of before 2010; shown is the primary office that followed")
    return _match_fuzzily(squeeze(tidy), index, on)


def key_of_match(match: Match, index: RegistryIndex) -> list[OfficeKey]:
    """Keys of the offices a match may mean: one if accepted, else those of its candidates."""
    codes = [c.code for c in match.candidates[: 1 if match.decision is Decision.ACCEPTED else None]]
    keys: dict[OfficeKey, None] = {}
    for office in index.offices:
        if office.code in codes:
            key = office_key(office.short_name) or office_key(office.name)
            if key is not None:
                keys[key] = None
    return list(keys)


def _nothing(why: str) -> Match:
    return Match(Decision.NONE, None, None, 0.0, 0.0, (why,), (), "area_office")


def _candidate(office: Office, score: float, why: str = "") -> Candidate:
    return Candidate(office.code, office.name, score, office.short_name, (why,) if why else ())


def _result(decision: Decision, candidates: Sequence[Candidate], why: Iterable[str]) -> Match:
    best = candidates[0]
    margin = best.score - candidates[1].score if len(candidates) > 1 else best.score
    return Match(
        decision,
        best.code,
        best.name,
        best.score,
        margin,
        tuple(why),
        tuple(candidates[:MAX_CANDIDATES]),
        "area_office",
    )


def _review(offices: Iterable[Office], score: float, why: str) -> Match:
    return _result(Decision.REVIEW, [_candidate(o, score) for o in offices], [why])


def _from_known(
    known: Sequence[Office], tidy: str, key: OfficeKey, index: RegistryIndex, on: date | None
) -> Match:
    printed = squeeze(tidy)
    exact = any(printed in (squeeze(tidy_name(o.name)), squeeze(tidy_name(o.short_name))) for o in known)
    score, why = (1.0, "exact name") if exact else (0.98, f"understood as {known[-1].short_name}")
    valid = [o for o in known if o.is_valid(on)]
    if len(valid) == 1 or (on is None and len({o.code for o in valid}) == 1):
        clauses = [why]
        if on is None and valid[-1].valid_to is not None:
            clauses.append(f"the office stood until {valid[-1].valid_to.year}")
        return _result(Decision.ACCEPTED, [_candidate(valid[-1], score, why)], clauses)
    if valid:
        return _review(valid, score, "several entries of the registry have this name")
    clause = f"no such office on {on.isoformat()}" if on else "no such office"
    heirs = _successors(key, index)
    followed = [_candidate(o, 0.8 * score, "successor or predecessor") for o in heirs if o not in known]
    return _result(Decision.REVIEW, [_candidate(known[-1], score, why), *followed], [why, clause])


def _successors(key: OfficeKey, index: RegistryIndex) -> list[Office]:
    """Named offices that followed a numbered สพม., or the numbered ones a named one came from."""
    if key.kind != "secondary":
        return []
    if not key.provinces and key.number is not None:
        keys = [office_key(label) for label in successors_of(key.number)]
    else:
        keys = [
            office_key(label)
            for office in index.offices_by_key.get(key, ())
            for label in office.former_name.split(";")
            if label
        ]
    return [o for k in keys if k is not None for o in index.offices_by_key.get(k, ())]


def _same_place(key: OfficeKey, index: RegistryIndex) -> list[Office]:
    """Offices of the same kind for the same provinces, whatever their number."""
    if not key.provinces:
        return []
    kin = [(k, found) for k, found in index.offices_by_key.items() if k.kind == key.kind]
    same = [o for k, found in kin if k.provinces == key.provinces for o in found]
    return same or [o for k, found in kin if key.provinces < k.provinces for o in found]


def _missing_number(key: OfficeKey, near: Sequence[Office]) -> str:
    if key.number is None:
        several = f"no เขต is printed, but there are {len(near)} such offices"
        return several if len(near) > 1 else "not the office's whole name"
    return f"there is no เขต {key.number} there"


def _of_before_2010(rest: str, index: RegistryIndex) -> list[Office]:
    key = office_key("สพป." + rest)
    if key is None or key not in index.offices_by_key:
        parsed = parse_area_office("สพป." + rest)
        key = OfficeKey("primary", frozenset(parsed.provinces), parsed.number) if parsed else None
    if key is None:
        return []
    return list(index.offices_by_key.get(key, ())) or _same_place(key, index)


def _match_fuzzily(printed: str, index: RegistryIndex, on: date | None) -> Match:
    """By likeness to the registry's full and short names; figures must be the same."""
    keys: list[str] = []
    owners: list[Office] = []
    for office in index.offices:
        for label in dict.fromkeys((office.name, office.short_name)):
            keys.append(squeeze(tidy_name(label)))
            owners.append(office)
    found = process.extract(printed, keys, scorer=Levenshtein.normalized_similarity, limit=20)
    weighed: dict[str, tuple[float, Office, str]] = {}
    for known, likeness, at in found:
        cost = measure_distance(printed, known, "ocr", 0, 12.0)
        office = owners[at]
        if likeness >= 1 - _FUZZY_NONE and cost <= _FUZZY_NONE * len(known):
            if office.code not in weighed or cost < weighed[office.code][0]:
                weighed[office.code] = (cost, office, known)
    ranked = sorted(weighed.values(), key=lambda w: (w[0], w[1].code))
    if not ranked:
        return _nothing("no office of the registry is written like this")
    candidates = [
        _candidate(o, max(0.0, 1 - c / max(8, len(k) / 2)), f"{c:.1f} edits away") for c, o, k in ranked
    ]
    cost, best, known = ranked[0]
    clear = len(ranked) == 1 or ranked[1][0] - cost >= _FUZZY_MARGIN
    same_figures = numbers_of(printed) == numbers_of(known)
    why = [f"{cost:.1f} edits from {best.short_name}"]
    if not clear:
        why.append("another office is nearly as like")
    if not same_figures:
        why.append("the figures differ")
    if not best.is_valid(on):
        why.append("no such office on the document's day")
    accepted = cost <= _FUZZY_MAX and clear and same_figures and best.is_valid(on)
    return _result(Decision.ACCEPTED if accepted else Decision.REVIEW, candidates, why)
