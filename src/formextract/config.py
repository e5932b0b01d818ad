"""One validated Settings object, from ``FORMEXTRACT_*`` in the environment.

Every setting is documented in ``docs/settings.md``; a test holds the two together.
"""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import Path

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """All that an installation may set.  Paths may be relative to the working directory."""

    model_config = SettingsConfigDict(env_prefix="FORMEXTRACT_", extra="ignore", frozen=True)

    home: Path = Field(default=Path("var"), description="Folder for the store, archive, caches and logs.")
    db_url: SecretStr | None = Field(
        default=None, description="SQLAlchemy URL of the store; by default SQLite under `home`."
    )
    mappings: Path | None = Field(
        default=None, description="Folder of mapping files; by default those that come with the project."
    )
    jobs: int = Field(
        default=0, ge=0, le=256, description="Worker processes; 0 means one for each processor core."
    )
    max_file_mb: int = Field(default=200, ge=1, description="Larger files are refused.")
    max_pages: int = Field(default=400, ge=1, description="Files with more pages are refused.")
    max_page_megapixels: int = Field(
        default=120, ge=1, description="Images with more pixels are refused before they are decoded."
    )
    max_page_mm: int = Field(default=2500, ge=100, description="Pages with a longer side are refused.")
    file_timeout_s: int = Field(default=1800, ge=1, description="A file that takes longer is given up.")
    engine_timeout_s: int = Field(default=120, ge=1, description="Time limit of one call of the reader.")
    ocr_dpi: int = Field(
        default=300, ge=150, le=600, description="Pixels per inch at which pages are rendered for reading."
    )
    tesseract_cmd: str = Field(default="tesseract", description="The Tesseract program.")
    tessdata: Path | None = Field(
        default=None, description="Folder of Tesseract language data; by default the program's own."
    )
    accept_at: float = Field(
        default=0.99,
        ge=0.5,
        le=1.0,
        description="Values whose probability of being right is lower go to a clerk.",
    )
    stable_seconds: float = Field(
        default=2.0, ge=0.0, description="A file in the inbox is taken when unchanged for so long."
    )
    timezone: str = Field(default="Asia/Bangkok", description="Time zone of schedules and of the desk.")

    def store_url(self) -> str:
        """The store's SQLAlchemy URL: ``db_url`` or the embedded SQLite file under ``home``."""
        if self.db_url is not None:
            return self.db_url.get_secret_value()
        return f"sqlite:///{(self.home / 'formextract.db').absolute()}"

    def workers(self) -> int:
        """Number of worker processes, at least 1."""
        if self.jobs:
            return self.jobs
        try:
            return max(1, len(os.sched_getaffinity(0)))
        except AttributeError:  # pragma: no cover - platforms without affinity
            return max(1, os.cpu_count() or 1)


@lru_cache(maxsize=1)
def settings() -> Settings:
    """The settings of this process, read once."""
    return Settings()
