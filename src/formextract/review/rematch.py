"""Asking the registry again when a clerk corrects a name."""

from __future__ import annotations

from collections.abc import Mapping
from threading import Lock
from typing import Any

from formextract import recordpath
from formextract.model import Match
from formextract.registry.index import RegistryIndex
from formextract.registry.match import match_school
from formextract.registry.offices import match_office
from formextract.store.db import Store
from formextract.store.registry_store import load_offices, load_schools, registry_age


class Rematcher:
    """The matcher on the store's registry, built when first needed and again after an import."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._lock = Lock()
        self._built_for: str | None = None
        self._index: RegistryIndex | None = None

    def __call__(self, document: Mapping[Any, Any], path: str, name: str) -> Match | None:
        """The new link of a corrected name at a path of a document; None without a registry."""
        index = self._current()
        if index is None:
            return None
        record, on = document["record"], document["doc_date"]
        if path.endswith("area_office"):
            return match_office(name, index, on=on)
        return match_school(name, index, area_office=office_beside(record, path), on=on)

    def _current(self) -> RegistryIndex | None:
        imported = registry_age(self._store).imported_at
        with self._lock:
            if imported is not None and imported != self._built_for:
                self._index = RegistryIndex.build(load_schools(self._store), load_offices(self._store))
                self._built_for = imported
            return self._index


def office_beside(record: Mapping[str, Any], path: str) -> str | None:
    """The area office printed nearest to a school: in the same row or part, or for the whole form."""
    parent = path.rpartition(".")[0]
    for place in (f"{parent}.area_office" if parent else "", "area_office", "maker.area_office"):
        office = recordpath.get(record, place) if place else None
        if isinstance(office, str) and office:
            return office
    return None
