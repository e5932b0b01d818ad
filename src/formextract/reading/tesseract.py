"""The wrapper of Tesseract: probes, arguments, time limit, output."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import cv2

from formextract.config import Settings
from formextract.errors import EngineError, MissingDependency
from formextract.model import LineImage
from formextract.reading.charset import charset_of
from formextract.reading.engine import EMPTY_READING, LineReading, reading_of
from formextract.reading.glyphs import glyphs_of
from formextract.reading.hocr import parse_hocr
from formextract.reading.prepare import prepare_line
from formextract.reading.program import run_program

_PROBE_SECONDS = 20.0
_PACKAGES = {
    "tha": "tesseract-ocr-tha",
    "eng": "tesseract-ocr-eng",
    "osd": "tesseract-ocr-osd",
    "Thai": "tesseract-ocr-script-thai",
}
_INSTALL = "Install Tesseract 5 (Debian: apt-get install tesseract-ocr) or set FORMEXTRACT_TESSERACT_CMD."
# Tesseract's own threads cost more than they bring; one process a core is faster.
_ENV = {"OMP_THREAD_LIMIT": "1"}


@dataclass(frozen=True)
class TesseractEngine:
    """Tesseract as a reader of lines; values by default are those measured best."""

    lang: str = "tha+eng"
    """Languages or scripts joined by ``+``."""
    psm: int = 7
    """Page segmentation mode: 7 one line, 13 one line without Tesseract's own analysis."""
    letter: float | None = 30.0
    """Height in pixels to which the usual letter is scaled; None leaves crops as they are."""
    denoise: float = 0.0
    """Strength of non-local means, grey levels."""
    command: str = "tesseract"
    """The program."""
    tessdata: Path | None = None
    """Folder of language data; None for the program's own."""
    timeout: float = 120.0
    """Seconds for one batch."""

    @property
    def name(self) -> str:
        """For example ``tesseract:tha+eng``."""
        return f"tesseract:{self.lang}"

    @cached_property
    def version(self) -> str:
        """Program version and what of the set-up changes results."""
        return f"{probe_version(self.command)};psm{self.psm};letter{self.letter};denoise{self.denoise}"

    @cached_property
    def charset(self) -> frozenset[str]:
        """Characters of the models named by ``lang``."""
        return charset_of(self.lang)

    def check(self) -> None:
        """MissingDependency, with the package to install, if the program or a language is absent."""
        present = probe_languages(self.command, self.tessdata)
        for lang in self.lang.split("+"):
            if lang not in present and f"script/{lang}" not in present:
                package = _PACKAGES.get(lang, f"tesseract-ocr-{lang.lower()}")
                raise MissingDependency(
                    f"Tesseract has no language data {lang!r}.",
                    code="language_missing",
                    remedy=f"Install it (Debian: apt-get install {package}) or set FORMEXTRACT_TESSDATA.",
                )

    def read(self, crops: Sequence[LineImage]) -> list[LineReading]:
        """One reading a crop; all crops go through one process, whose start costs more than a line."""
        if not crops:
            return []
        with tempfile.TemporaryDirectory(prefix="formextract-") as folder:
            return self._read_in(Path(folder), crops)

    def _read_in(self, folder: Path, crops: Sequence[LineImage]) -> list[LineReading]:
        names, factors = [], []
        for k, crop in enumerate(crops):
            image, factor = prepare_line(crop.image, letter=self.letter, denoise=self.denoise)
            path = folder / f"{k:05d}.pgm"
            if not cv2.imwrite(str(path), image):
                raise EngineError(
                    "A line image could not be written to the temporary folder.",
                    code="engine_input",
                    remedy="See whether the disk is full (TMPDIR).",
                )
            names.append(str(path))
            factors.append(factor)
        (folder / "list.txt").write_text("\n".join(names) + "\n", encoding="utf-8")
        command = [self.command, str(folder / "list.txt"), str(folder / "out"), "-l", self.lang]
        command += ["--psm", str(self.psm), "--oem", "1", "--dpi", "300"]
        if self.tessdata is not None:
            command += ["--tessdata-dir", str(self.tessdata)]
        command += ["-c", "hocr_char_boxes=1", "-c", "tessedit_create_hocr=1"]
        done = run_program(command, timeout=self.timeout, env=_ENV, remedy=_INSTALL)
        if done.code != 0:
            _raise_failure(self, done.code, done.err)
        try:
            text = (folder / "out.hocr").read_bytes().decode("utf-8", "strict")
        except FileNotFoundError as fault:
            raise EngineError(
                "Tesseract ended well but wrote nothing.",
                code="engine_silent",
                remedy="Try again; see whether the disk is full and the tessdata folder holds configs/.",
            ) from fault
        except UnicodeDecodeError as fault:
            raise EngineError(
                "Tesseract's output is not valid UTF-8.",
                code="engine_output",
                remedy="Reinstall the language data.",
            ) from fault
        pages = parse_hocr(text)
        if len(pages) != len(crops):
            raise EngineError(
                f"Tesseract answered for {len(pages)} of {len(crops)} lines.",
                code="engine_incomplete",
                remedy="Try again; see whether the disk is full.",
            )
        out = []
        for chars, crop, factor in zip(pages, crops, factors, strict=True):
            glyphs = glyphs_of(chars, crop, factor)
            out.append(reading_of(glyphs) if glyphs else EMPTY_READING)
        return out


def _raise_failure(engine: TesseractEngine, code: int, err: str) -> None:
    """Tell a missing language from a crash."""
    if "Failed loading language" in err or "Error opening data file" in err:
        engine.check()
    # Tesseract's messages hold paths and languages, never what was read
    hint = next((ln.strip() for ln in reversed(err.splitlines()) if ln.strip()), "")[:160]
    how = f"was killed by signal {-code}" if code < 0 else f"ended with exit code {code}"
    raise EngineError(
        f"Tesseract {how}. {hint}".strip(),
        code="engine_crash",
        remedy="Try again; a kill by signal 9 means that memory ran out: lower FORMEXTRACT_JOBS.",
    )


def probe_version(command: str = "tesseract") -> str:
    """Version of the program, such as ``5.3.0``; MissingDependency if it is absent or older than 5."""
    done = run_program([command, "--version"], timeout=_PROBE_SECONDS, env=_ENV, remedy=_INSTALL)
    found = re.search(r"tesseract v?(\d+)(\.[\w.-]+)?", done.out + done.err)
    if done.code != 0 or found is None:
        raise MissingDependency(
            f"{command!r} does not answer as Tesseract does.", code="program_missing", remedy=_INSTALL
        )
    if int(found[1]) < 5:
        raise MissingDependency(f"Tesseract {found[1]} is too old.", code="program_too_old", remedy=_INSTALL)
    return found[1] + (found[2] or "")


def probe_languages(command: str = "tesseract", tessdata: Path | None = None) -> frozenset[str]:
    """Language data that the program finds."""
    more = ["--tessdata-dir", str(tessdata)] if tessdata is not None else []
    done = run_program([command, "--list-langs", *more], timeout=_PROBE_SECONDS, env=_ENV, remedy=_INSTALL)
    return frozenset(ln.strip() for ln in (done.out or done.err).splitlines()[1:] if ln.strip())


def primary_engine(settings: Settings) -> TesseractEngine:
    """The engine whose readings become the record."""
    return TesseractEngine(
        lang="tha+eng",
        command=settings.tesseract_cmd,
        tessdata=settings.tessdata,
        timeout=float(settings.engine_timeout_s),
    )


def second_engine(settings: Settings) -> TesseractEngine:
    """The engine whose agreement is asked: another model on differently scaled images."""
    return TesseractEngine(
        lang="Thai",
        letter=24.0,
        command=settings.tesseract_cmd,
        tessdata=settings.tessdata,
        timeout=float(settings.engine_timeout_s),
    )
