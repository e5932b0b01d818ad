"""Running the product over files for measurement, exactly as ``formextract extract`` does."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from formextract.config import Settings
from formextract.model import Extraction
from formextract.pipeline.pool import Pool
from formextract.pipeline.worker import Job, Setup
from formextract.registry.index import RegistryIndex


def extract_all(
    paths: Sequence[Path],
    settings: Settings,
    index: RegistryIndex | None,
    progress: Callable[[], object] | None = None,
) -> list[dict[str, Any]]:
    """What ``extract`` prints for each path, in their order; ``progress`` is called once a file."""
    out: list[dict[str, Any]] = [{} for _ in paths]
    if not paths:
        return out
    with Pool(Setup(settings, index), min(settings.workers(), len(paths)), settings.file_timeout_s) as pool:
        for i, result in pool.run(Job(p) for p in paths):
            assert isinstance(result, Extraction)
            out[i] = result.as_json()
            if progress is not None:
                progress()
    return out
