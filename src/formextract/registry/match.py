"""Linking a printed school name to the registry.

Blocks first: the printed area office, then the rest of the province, then the country.  A link is
accepted only if the name can hardly mean another school:

* inside the printed office: few edits for the length of the name, the same figures, and a clear
  margin to the next school of that office; no other school anywhere has exactly the printed name
  unless the linked one has it too;
* with the province alone, or with an office that is not certain: exact and unique there;
* with neither: exact and unique in the country, and three letters or more beyond the type word.

Everything else goes to a clerk with up to five candidates.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from formextract.model import Candidate, Decision, Match
from formextract.registry.distance import Noise, measure_distance
from formextract.registry.index import Block, RegistryIndex
from formextract.registry.names import (
    DROPPED_SUFFIX,
    Form,
    SplitName,
    numbers_of,
    qualifier_of,
    split_name,
    type_word_of,
)
from formextract.registry.offices import key_of_match, match_office
from formextract.registry.squeeze import ABBREVIATION, count_letters, skeleton, squeeze, tidy_name
from formextract.registry.weigh import EXTRA_PART, Weighed, likeness, weigh_name
from formextract.thai.places import parse_province

MAX_CANDIDATES = 5
MAX_LENGTH = 200
"""Longer texts are no school name."""
NONE_BELOW = 0.55
"""Best score under which no candidate is near."""
MARGIN = 0.75
"""Edits by which the second school must be farther off when the first is not exact."""
MARGIN_EXACT = {"ocr": 0.55, "typed": 0.05}
"""The same where every letter agrees: a reader that loses a tone mark makes one name of two."""
LETTERS_ALONE = 3
"""Letters beyond the type word that a name needs to stand without an office."""

_ALLOWED = ((2, 0.3), (4, 0.8), (7, 1.1), (11, 1.6), (17, 2.0), (200, 2.6))
"""Letters of a name beyond its type word, and the edits up to which it may be accepted: a stray
letter in a short name makes a name that some school outside the registry may well have."""

HEAD_BEYOND = 3.0
"""If no school is nearer, those whose name the printed one begins with are shown too."""
MAX_LENGTH_DIFFERENCE = 1
"""Letters on the line by which an accepted name may be longer or shorter: two make a word like ใต้."""

Tier = Literal["office", "offices", "province", "country", "foreign"]
_FACTOR: dict[Tier, float] = {
    "office": 1.0,
    "offices": 0.97,
    "province": 0.97,
    "country": 0.95,
    "foreign": 0.8,
}
_ELSEWHERE = 0.8
"""Factor on the score of schools outside the printed office."""


@dataclass(slots=True)
class _Search:
    """Where to look and what was found out about the places printed beside the name."""

    tier: Tier
    blocks: list[Block]
    province: str | None
    district: str
    notes: list[str] = field(default_factory=list)
    """Said in any case."""
    doubts: list[str] = field(default_factory=list)
    """Each stands against acceptance."""


def match_school(
    text: str,
    index: RegistryIndex,
    *,
    area_office: str | None = None,
    province: str | None = None,
    district: str | None = None,
    on: date | None = None,
    noise: Noise = "typed",
) -> Match:
    """The school that a printed name means, with the places printed beside it (None or empty: unknown).

    ``on`` is the document's day; ``noise`` says whether the name was read by a machine (``ocr``: an
    exact hit still needs a margin to names that look alike) or typed by people.
    """
    if len(text) > MAX_LENGTH:
        return _nothing("the text is too long for a school name")
    printed = split_name(text)
    if not printed.key or printed.key == "โรงเรียน" or not count_letters(printed.key):
        return _nothing("no school name is printed")
    search = _plan(index, area_office, province, district, on)
    ranked = _rank(printed, search, index, noise)
    chosen, doubts = _judge(printed, ranked, search, index, noise, on)
    return _result(printed, chosen, ranked, search, doubts, index, noise)


def _nothing(*why: str) -> Match:
    return Match(Decision.NONE, None, None, 0.0, 0.0, why)


def _plan(
    index: RegistryIndex, area_office: str | None, province: str | None, district: str | None, on: date | None
) -> _Search:
    """Chooses the blocks from what is printed beside the name."""
    named = parse_province(province) or tidy_name(province) if province and province.strip() else None
    place = index.province_blocks.get(squeeze(named)) if named else None
    search = _Search("country", [], named, _district_key(district, named))
    if area_office and area_office.strip():
        office = find_office(area_office, index, on)
        keys = key_of_match(office, index) if office.candidates else []
        blocks = [index.blocks[k] for k in keys if k in index.blocks]
        if office.decision is Decision.ACCEPTED and blocks:
            search.tier, search.blocks = "office", blocks
            search.notes.append(f"looked up in {office.candidates[0].area_office}")
        elif office.decision is Decision.REVIEW and blocks:
            search.tier, search.blocks = "offices", blocks
            search.notes.append("the printed office is not certain: " + "; ".join(office.why))
        else:
            search.tier = "foreign"
            search.doubts.append("the printed office is not in the registry")
    elif place is not None:
        search.tier, search.blocks = "province", [place]
        search.notes.append("looked up in the province")
    elif named:
        search.tier = "foreign"
        search.doubts.append("the printed province is not in the registry")
    return search


def find_office(text: str, index: RegistryIndex, on: date | None) -> Match:
    """:func:`match_office` with the index's own memory, since lists repeat one office many times."""
    memory = index.office_memory
    known = memory.get((text, on))
    if known is None:
        if len(memory) > 4096:
            memory.clear()
        known = memory[text, on] = match_office(text, index, on=on)
    return known


def _district_key(district: str | None, province: str | None) -> str:
    key = squeeze(tidy_name(district or "")).removeprefix("อำเภอ").removeprefix("เขต")
    return "เมือง" + squeeze(province) if key == "เมือง" and province else key


def _rank(printed: SplitName, search: _Search, index: RegistryIndex, noise: Noise) -> list[Weighed]:
    """Schools of the blocks near the printed name, nearest first; the whole country if there is no block."""
    found: dict[str, Weighed] = {}
    for at in _positions(printed, search, index):
        weighed = weigh_name(printed, index.names[at], at, noise)
        if weighed is not None:
            code = index.schools[at].code
            if code not in found or weighed.cost < found[code].cost:
                found[code] = weighed
    if all(w.cost > HEAD_BEYOND for w in found.values()):
        found |= {index.schools[w.at].code: w for w in _heads(printed, search, index)}
    return sorted(found.values(), key=lambda w: (w.cost, index.schools[w.at].code))


def _heads(printed: SplitName, search: _Search, index: RegistryIndex) -> list[Weighed]:
    """Schools whose whole name is the head of the printed one: shown to the clerk, never accepted."""
    return [
        Weighed(
            at,
            EXTRA_PART,
            0.0,
            EXTRA_PART,
            Form(key, 0.0),
            numbers_of(key) == numbers_of(printed.key),
            ("the printed name begins with this name",),
        )
        for block in search.blocks
        for key, at in zip(block.keys, block.owners, strict=True)
        if printed.key.startswith(key) and count_letters(key[len(type_word_of(key)) :]) >= LETTERS_ALONE
    ]


def _positions(printed: SplitName, search: _Search, index: RegistryIndex) -> list[int]:
    at: dict[int, None] = {}
    for block in search.blocks:
        at |= dict.fromkeys(index.shortlist(printed.key, block))
        if printed.core_key != printed.key:
            at |= dict.fromkeys(index.shortlist(printed.core_key, block, 6))
    if not search.blocks:
        for form in printed.forms:
            at |= dict.fromkeys(index.by_form.get(form.key, ()))
        at |= dict.fromkeys(index.near(printed.key))
    return list(at)


def _judge(
    printed: SplitName,
    ranked: Sequence[Weighed],
    search: _Search,
    index: RegistryIndex,
    noise: Noise,
    on: date | None,
) -> tuple[Weighed | None, list[str]]:
    """The best school and what stands against accepting it."""
    if not ranked:
        return None, ["no school near this name there"]
    best, rivals, doubts = _choose(ranked, search, index, noise)
    doubts += search.doubts
    school = index.schools[best.at]
    if not best.same_numbers:
        doubts.append("a number differs: another school")
    if best.penalty >= 1.0:
        doubts.append("a printed part is not in the registered name")
    if search.tier == "office":
        doubts += _doubt_letters(printed, best, index, noise)
    elif not best.exact:
        doubts.append("without a certain office only an exact name is accepted")
    if best.edits > 0.0:
        doubts += _better_elsewhere(printed, best, index)
    if search.tier == "country":
        doubts += _doubt_standing_alone(printed, index, noise)
    if not school.is_valid(on):
        doubts.append("the school is not valid on the document's day")
    if search.province and school.province and squeeze(search.province) != squeeze(school.province):
        doubts.append("the printed province is not the school's")
    if search.district and school.district and not _same_district(search.district, index, best):
        doubts.append("the printed district is not the school's")
    if rivals:
        doubts.append(_rival_clause(rivals, best, index))
    return best, doubts


def _allowed(key: str) -> float:
    letters = count_letters(key[len(type_word_of(key)) :])
    return next((cost for length, cost in _ALLOWED if letters <= length), _ALLOWED[-1][1])


def _doubt_letters(printed: SplitName, best: Weighed, index: RegistryIndex, noise: Noise) -> list[str]:
    """Whether too many letters differ in the whole name or in its core, or a whole word (ใต้, เหนือ, ใหม่ …)."""
    if best.edits == 0.0:
        return []
    names = index.names[best.at]
    words = qualifier_of(printed.core_key), qualifier_of(names.core_key)
    if all(words) and words[0] != words[1]:
        return [f"{words[0]} is printed, {words[1]} is registered"]
    if best.edits > _allowed(printed.key):
        return ["too many letters differ"]
    if printed.core_key != printed.key and names.core_key != names.key:
        if measure_distance(printed.core_key, names.core_key, noise) > _allowed(printed.core_key):
            return ["too many letters differ before the part in brackets"]
    if ABBREVIATION not in printed.key + best.form.key:
        difference = abs(count_letters(printed.key) - count_letters(best.form.key))
        if difference > MAX_LENGTH_DIFFERENCE and best.penalty < 1.0:
            return ["a word is printed in addition or left out"]
    return []


def _choose(
    ranked: Sequence[Weighed], search: _Search, index: RegistryIndex, noise: Noise
) -> tuple[Weighed, list[Weighed], list[str]]:
    """The nearest school and those too near beside it; a printed district decides among them."""
    best = ranked[0]
    need = MARGIN_EXACT[noise] if best.edits == 0.0 else MARGIN
    rivals = [w for w in ranked[1:] if _too_near(best, w, need, index)]
    if rivals and search.district:
        there = [w for w in (best, *rivals) if _same_district(search.district, index, w)]
        placed = all(index.schools[w.at].district for w in (best, *rivals))
        if len(there) == 1 and placed and there[0].cost <= best.cost + 0.05:
            search.notes.append("the printed district decides among schools of this name")
            return there[0], [], []
    return best, rivals, []


def _too_near(best: Weighed, other: Weighed, need: float, index: RegistryIndex) -> bool:
    """Whether the printed name may as well mean the other school.

    Beyond the margin in edits: a core printed bare may be that of any school that adds something to it.
    """
    if other.cost - best.cost < need:
        return True
    dropped = DROPPED_SUFFIX in (best.form.dropped, other.form.dropped)
    return dropped and best.edits == 0.0 == other.edits and other.penalty < 1.0


def _rival_clause(rivals: Sequence[Weighed], best: Weighed, index: RegistryIndex) -> str:
    if all(w.cost == best.cost for w in rivals):
        return f"{len(rivals) + 1} schools fit equally"
    names = ", ".join(index.schools[w.at].name for w in rivals[:2])
    return f"too near to another school ({names})"


def _better_elsewhere(printed: SplitName, best: Weighed, index: RegistryIndex) -> list[str]:
    """Schools of exactly the printed name in other places: then the place may be what is misread."""
    code = index.schools[best.at].code
    others = [i for i in index.by_key.get(printed.key, ()) if index.schools[i].code != code]
    if others:
        return [f"exact name in another office ({index.schools[others[0]].area_office})"]
    return []


def _doubt_standing_alone(printed: SplitName, index: RegistryIndex, noise: Noise) -> list[str]:
    """What stands against a name without any place beside it."""
    doubts: list[str] = []
    if count_letters(printed.core_key[len(type_word_of(printed.core_key)) :]) < LETTERS_ALONE:
        doubts.append("the name is too short to stand without an office")
    owners = {index.schools[i].code for i in index.by_form.get(printed.key, ())}
    if len(owners) > 1:
        doubts.append(f"{len(owners)} schools of the country have this name")
    if noise == "ocr" and len(index.by_skeleton.get(skeleton(printed.key), ())) > 1:
        doubts.append("another name of the country looks much like it")
    return doubts


def _same_district(district: str, index: RegistryIndex, weighed: Weighed) -> bool:
    known = squeeze(tidy_name(index.schools[weighed.at].district)).removeprefix("เขต")
    return bool(known) and (known == district or measure_distance(district, known, "ocr", 0, 2.0) <= 1.0)


def _result(
    printed: SplitName,
    best: Weighed | None,
    ranked: Sequence[Weighed],
    search: _Search,
    doubts: list[str],
    index: RegistryIndex,
    noise: Noise,
) -> Match:
    """Puts decision, candidates and reasons together."""
    factor = _FACTOR[search.tier]
    ordered = sorted(ranked, key=lambda w: (w is not best, w.cost))
    candidates = [
        _candidate(w, likeness(w.cost, printed.key) * factor, w.why, index) for w in ordered[:MAX_CANDIDATES]
    ]
    if doubts and search.blocks:
        candidates = _add_elsewhere(printed, candidates, index, noise)
    candidates = [c for c in candidates if c.score > 0.0][:MAX_CANDIDATES]
    if not candidates or candidates[0].score < NONE_BELOW:
        why = (*search.notes, *search.doubts, "no school of the registry is near this name")
        return Match(Decision.NONE, None, None, 0.0, 0.0, why, tuple(candidates))
    first = candidates[0]
    margin = first.score - candidates[1].score if len(candidates) > 1 else first.score
    decision = Decision.REVIEW if doubts else Decision.ACCEPTED
    why = (*first.why, *search.notes, *dict.fromkeys(doubts))
    return Match(decision, first.code, first.name, first.score, max(0.0, margin), why, tuple(candidates))


def _candidate(weighed: Weighed, score: float, why: Iterable[str], index: RegistryIndex) -> Candidate:
    school = index.schools[weighed.at]
    return Candidate(school.code, school.full_name, score, school.area_office or None, tuple(why))


def _add_elsewhere(
    printed: SplitName, candidates: list[Candidate], index: RegistryIndex, noise: Noise
) -> list[Candidate]:
    """Adds schools outside the block: those of exactly this name, or the nearest if nothing fits inside."""
    positions = list(index.by_form.get(printed.key, ()))[:20]
    if not positions and (not candidates or candidates[0].score < 0.7):
        positions = index.near(printed.key, 5)
    known = {c.code for c in candidates}
    more: dict[str, Candidate] = {}
    for at in positions:
        weighed = weigh_name(printed, index.names[at], at, noise)
        school = index.schools[at]
        if weighed is None or school.code in known:
            continue
        clause = "in another office" if not weighed.exact else "exact name in another office"
        score = likeness(weighed.cost, printed.key) * _ELSEWHERE
        more[school.code] = _candidate(weighed, score, (*weighed.why[1:], clause), index)
    return sorted([*candidates, *more.values()], key=lambda c: -c.score)
