"""A record that grows leaf by leaf, and patterns of paths (see ``recordpath``)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from formextract.recordpath import steps


def grow(record: dict[str, Any], path: str, value: Any) -> None:
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


def expand(pattern: str, paths: Iterable[str]) -> list[str]:
    """The paths that fit a pattern in which ``[]`` stands for any index."""
    regex = re.compile(re.escape(pattern).replace(r"\[\]", r"\[\d+\]"))
    return [p for p in paths if regex.fullmatch(p)]
