"""The registry arranged for look-ups: by office, by province, by squeezed name, by likeness.

Positions are indexes into ``RegistryIndex.schools``.  The index holds plain tuples, dicts and
numpy arrays and can be pickled.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import Indel, Levenshtein

from formextract.model import Match
from formextract.registry.entries import Office, School
from formextract.registry.labels import OfficeKey, office_key, offices_from_schools
from formextract.registry.names import Form, split_name, type_word_of
from formextract.registry.squeeze import skeleton, squeeze, strip_marks

NGRAM = 3
"""Letters in one n-gram of the country-wide look-up."""


@dataclass(frozen=True, slots=True)
class NameKeys:
    """The keys of one school."""

    key: str
    """The whole name, squeezed."""
    core_key: str
    """The name without what writers drop."""
    forms: tuple[Form, ...]
    """The whole name first, then shorter forms, then aliases."""
    type_length: int
    """Letters of the type word at the head of ``key``."""


@dataclass(frozen=True, slots=True)
class Block:
    """The schools of one office or province, ready for shortlisting."""

    members: tuple[int, ...]
    """Positions of its schools."""
    keys: tuple[str, ...]
    """One squeezed form for each entry."""
    bases: tuple[str, ...]
    """The same forms without marks."""
    owners: tuple[int, ...]
    """Position of the school each form belongs to."""


@dataclass(frozen=True, slots=True, repr=False)
class RegistryIndex:
    """Schools and offices with their look-up tables.  Build it with :meth:`build`."""

    schools: tuple[School, ...]
    offices: tuple[Office, ...]
    names: tuple[NameKeys, ...]
    """Keys of each school, in the same order."""
    blocks: dict[OfficeKey, Block]
    """Schools by office, today's and former."""
    province_blocks: dict[str, Block]
    """Schools by squeezed province."""
    by_key: dict[str, tuple[int, ...]]
    """Schools by squeezed whole name or alias."""
    by_form: dict[str, tuple[int, ...]]
    """Schools by any squeezed form, the whole name included."""
    by_skeleton: dict[str, tuple[str, ...]]
    """Whole keys by skeleton: names that are easily misread for one another."""
    by_code: dict[str, int]
    """School by code; of several spans of validity the last."""
    offices_by_key: dict[OfficeKey, tuple[Office, ...]]
    """Offices by identity."""
    _words: tuple[str, ...]
    """Every distinct whole key, sorted; rows of the n-gram table."""
    _postings: dict[str, np.ndarray[tuple[int], np.dtype[np.int32]]]
    """For each n-gram the rows of ``_words`` that hold it."""
    office_memory: dict[tuple[str, date | None], Match] = field(
        default_factory=dict, compare=False, repr=False
    )
    """Office names looked up before; bounded by its user."""

    @classmethod
    def build(cls, schools: Iterable[School], offices: Iterable[Office] = ()) -> RegistryIndex:
        """Indexes a registry; without offices those in the schools' columns are used."""
        schools = tuple(schools)
        offices = tuple(offices) or tuple(offices_from_schools(schools))
        names = tuple(_keys_of(s) for s in schools)
        by_office: dict[OfficeKey, list[int]] = defaultdict(list)
        by_province: dict[str, list[int]] = defaultdict(list)
        by_key: dict[str, list[int]] = defaultdict(list)
        by_form: dict[str, list[int]] = defaultdict(list)
        for i, (school, name) in enumerate(zip(schools, names, strict=True)):
            for label in dict.fromkeys((school.area_office, *school.former_offices)):
                if label:
                    key = office_key(label)
                    by_office[key or OfficeKey("other", frozenset({squeeze(label)}), None)].append(i)
            if school.province:
                by_province[squeeze(school.province)].append(i)
            for form in name.forms:
                if form.penalty == 0.0:
                    by_key[form.key].append(i)
                by_form[form.key].append(i)
        skeletons: dict[str, list[str]] = defaultdict(list)
        for word in by_key:
            skeletons[skeleton(word)].append(word)
        words = tuple(sorted(by_key))
        office_table: dict[OfficeKey, list[Office]] = defaultdict(list)
        for office in offices:
            for identity in dict.fromkeys((office_key(office.short_name), office_key(office.name))):
                if identity is not None:
                    office_table[identity].append(office)
        return cls(
            schools,
            offices,
            names,
            {key: _block_of(members, names) for key, members in by_office.items()},
            {key: _block_of(members, names) for key, members in by_province.items()},
            {key: tuple(members) for key, members in by_key.items()},
            {key: tuple(members) for key, members in by_form.items()},
            {key: tuple(keys) for key, keys in skeletons.items()},
            {school.code: i for i, school in enumerate(schools)},
            {key: tuple(found) for key, found in office_table.items()},
            words,
            _index_grams(words),
        )

    def __repr__(self) -> str:
        return f"RegistryIndex({len(self.schools)} schools, {len(self.offices)} offices)"

    def near(self, key: str, limit: int = 10) -> list[int]:
        """Schools of the whole country whose squeezed names share most n-grams with a key, best first."""
        counts = np.zeros(len(self._words), dtype=np.int16)
        for gram in _grams(key):
            rows = self._postings.get(gram)
            if rows is not None:
                counts[rows] += 1
        if not counts.any():
            return []
        pick = np.argsort(-counts, kind="stable")[: limit * 4]
        scored = process.extract(
            key, [self._words[i] for i in pick if counts[i]], scorer=Indel.normalized_similarity, limit=limit
        )
        return [owner for word, _, _ in scored for owner in self.by_key[word]]

    def shortlist(self, key: str, block: Block, limit: int = 12) -> list[int]:
        """Schools of a block with a form near a squeezed key, with or without marks; not yet weighed."""
        if len(block.members) <= limit:
            return list(block.members)
        scorer = Levenshtein.normalized_similarity
        found = process.extract(key, block.keys, scorer=scorer, limit=limit)
        bare = process.extract(strip_marks(key), block.bases, scorer=scorer, limit=limit)
        return list(dict.fromkeys(block.owners[at] for _, _, at in (*found, *bare)))


def _keys_of(school: School) -> NameKeys:
    parts = split_name(school.name)
    forms = list(parts.forms)
    for alias in school.aliases:
        other = split_name(alias)
        forms.append(Form(other.key, 0.0, f"written as the alias {alias}"))
    return NameKeys(parts.key, parts.core_key, tuple(forms), len(type_word_of(parts.key)))


def _block_of(members: Sequence[int], names: Sequence[NameKeys]) -> Block:
    pairs = [(form.key, i) for i in members for form in names[i].forms]
    return Block(
        tuple(members),
        tuple(key for key, _ in pairs),
        tuple(strip_marks(key) for key, _ in pairs),
        tuple(owner for _, owner in pairs),
    )


def _grams(key: str) -> set[str]:
    padded = f"^{key}$"
    return {padded[i : i + NGRAM] for i in range(max(1, len(padded) - NGRAM + 1))}


def _index_grams(words: Sequence[str]) -> dict[str, np.ndarray[tuple[int], np.dtype[np.int32]]]:
    postings: dict[str, list[int]] = defaultdict(list)
    for row, word in enumerate(words):
        for gram in _grams(word):
            postings[gram].append(row)
    return {gram: np.array(rows, dtype=np.int32) for gram, rows in postings.items()}
