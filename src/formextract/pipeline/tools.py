"""What a worker needs once for many files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from formextract.confidence import Calibration, bundled_calibration
from formextract.config import Settings
from formextract.mapping.load import load_mappings
from formextract.mapping.schema import MappingFile
from formextract.reading.engine import ReadingEngine
from formextract.reading.figures import FigureReader
from formextract.reading.tesseract import primary_engine, second_engine
from formextract.registry.index import RegistryIndex
from formextract.store.objects import Objects

VERSION = "2"
"""Raised whenever the stages give other results for the same file."""


@dataclass(frozen=True, slots=True)
class Tools:
    """Everything that the stages share; made once a process."""

    settings: Settings
    """The installation's settings."""
    mappings: tuple[MappingFile, ...]
    """All mappings, by name."""
    engine: ReadingEngine
    """The reader whose text counts."""
    second: ReadingEngine | None
    """The reader that is asked for a second opinion."""
    index: RegistryIndex | None
    """The registry, None if none is loaded."""
    calibration: Calibration
    """From scores to probabilities."""
    figures: FigureReader | None = None
    """The reader of single figures, asked last; None: numbers stay as the engine read them."""
    pictures: Objects | None = None
    """Where the pictures of upright pages are kept; None: nowhere."""


def mappings_folder(settings: Settings) -> Path:
    """Where the mapping files are: the setting's folder, the installed package's, or the checkout's."""
    if settings.mappings is not None:
        return settings.mappings
    installed = Path(__file__).parent.parent / "mappings"
    return installed if installed.is_dir() else Path(__file__).parents[3] / "mappings"


def make_tools(
    settings: Settings,
    *,
    index: RegistryIndex | None = None,
    mappings: Sequence[MappingFile] | None = None,
    calibration: Calibration | None = None,
    pictures: bool = False,
) -> Tools:
    """The tools of this process; MappingError if a mapping is wrong."""
    loaded = tuple(mappings) if mappings is not None else tuple(load_mappings(mappings_folder(settings)))
    return Tools(
        settings,
        loaded,
        primary_engine(settings),
        second_engine(settings),
        index,
        calibration if calibration is not None else bundled_calibration(),
        FigureReader(),
        Objects(settings.home) if pictures else None,
    )
