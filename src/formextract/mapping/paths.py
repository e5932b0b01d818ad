"""Paths into a record: ``maker.school``, ``rows[12].lead_school``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

_STEP = re.compile(r"([^.\[\]]+)|\[(\d+)\]")


def steps(path: str) -> list[str | int]:
    """The keys and 0-based indexes of a path."""
    return [int(i) if i else k for k, i in _STEP.findall(path)]


def put(record: dict[str, Any], path: str, value: Any) -> None:
    """Sets a leaf, making the objects and lists on the way; list gaps are filled with None."""
    node: Any = record
    way = steps(path)
    for here, after in zip(way, [*way[1:], None], strict=True):
        last = after is None
        fresh: Any = value if last else ([] if isinstance(after, int) else {})
        if isinstance(here, int):
            while len(node) <= here:
                node.append(None)
            if last or node[here] is None:
                node[here] = fresh
        elif last or node.get(here) is None:
            node[here] = fresh
        node = node[here]


def get(record: Any, path: str) -> Any:
    """The value at a path; None if any step of it is missing."""
    node = record
    for step in steps(path):
        if isinstance(step, int):
            node = node[step] if isinstance(node, list) and step < len(node) else None
        else:
            node = node.get(step) if isinstance(node, dict) else None
        if node is None:
            return None
    return node


def expand(pattern: str, paths: Iterator[str] | list[str]) -> list[str]:
    """The paths that fit a pattern in which ``[]`` stands for any index."""
    regex = re.compile(re.escape(pattern).replace(r"\[\]", r"\[\d+\]"))
    return [p for p in paths if regex.fullmatch(p)]
