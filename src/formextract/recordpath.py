"""Paths in a record, as evidence and matches are keyed: ``maker.salary_baht``, ``rows[12].lead_school``.

Indexes count from 0.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

_STEP = re.compile(r"([^.\[\]]+)|\[(\d+)\]")
_INDEX = re.compile(r"\[\d+\]")


def steps(path: str) -> tuple[str | int, ...]:
    """The path's keys and indexes in order."""
    return tuple(m[1] if m[1] is not None else int(m[2]) for m in _STEP.finditer(path))


def shape(path: str) -> str:
    """The path without its numbers: ``rows[].lead_school``."""
    return _INDEX.sub("[]", path)


def get(record: Any, path: str) -> Any:
    """The value at the path; None where the path leads nowhere."""
    for step in steps(path):
        if isinstance(step, int):
            if not isinstance(record, list) or step >= len(record):
                return None
            record = record[step]
        else:
            if not isinstance(record, Mapping):
                return None
            record = record.get(step)
    return record


def put(record: dict[str, Any], path: str, value: Any) -> bool:
    """Set the value in place; False if there is no place for it (a row that the record does not have)."""
    way = steps(path)
    if not way:
        return False
    parent: Any = record
    for step in way[:-1]:
        if isinstance(step, int):
            if not isinstance(parent, list) or step >= len(parent):
                return False
            parent = parent[step]
        else:
            if not isinstance(parent, dict):
                return False
            parent = parent.setdefault(step, {}) if parent.get(step) is None else parent[step]
    last = way[-1]
    if isinstance(last, int):
        if not isinstance(parent, list) or last >= len(parent):
            return False
        parent[last] = value
        return True
    if not isinstance(parent, dict):
        return False
    parent[last] = value
    return True


def leaves(record: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Every leaf of a record with its path, in order; empty lists and objects have none."""
    if isinstance(record, Mapping):
        for name, value in record.items():
            yield from leaves(value, f"{path}.{name}" if path else str(name))
    elif isinstance(record, list):
        for i, value in enumerate(record):
            yield from leaves(value, f"{path}[{i}]")
    else:
        yield path, record
