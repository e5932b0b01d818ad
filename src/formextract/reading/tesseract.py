"""Tesseract through pytesseract: probes, arguments, faults, output."""

from __future__ import annotations

import shlex
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import cv2
import pytesseract
from PIL import Image

from formextract.config import Settings
from formextract.errors import EngineError, MissingDependency
from formextract.model import LineImage
from formextract.reading.charset import charset_of
from formextract.reading.engine import EMPTY_READING, LineReading, reading_of
from formextract.reading.glyphs import glyphs_of
from formextract.reading.hocr import parse_hocr
from formextract.reading.prepare import prepare_line
from formextract.reading.program import INSTALL, SPARE_SECONDS, call_tesseract

_PROBE_SECONDS = 20.0
PACKAGES = {
    "tha": "tesseract-ocr-tha",
    "eng": "tesseract-ocr-eng",
    "osd": "tesseract-ocr-osd",
    "Thai": "tesseract-ocr-script-thai",
}
"""Debian packages of language data."""


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
        for lang in missing_languages(self.lang.split("+"), self.command, self.tessdata):
            package = PACKAGES.get(lang, f"tesseract-ocr-{lang.lower()}")
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
        listed = folder / "list.txt"
        listed.write_text("\n".join(names) + "\n", encoding="utf-8")
        try:
            call_tesseract(
                lambda: self._write_hocr(listed, folder / "out"), command=self.command, timeout=self.timeout
            )
            text = (folder / "out.hocr").read_bytes().decode("utf-8", "strict")
        except pytesseract.TesseractError as fault:
            if _names_language(fault):
                self.check()
            raise _crash(fault) from fault
        except FileNotFoundError as fault:
            raise EngineError(
                "Tesseract ended well but wrote nothing.",
                code="engine_silent",
                remedy="Try again; see whether the disk is full.",
            ) from fault
        except UnicodeDecodeError as fault:
            raise EngineError(
                "Tesseract's output is not valid UTF-8.",
                code="engine_output",
                remedy="Reinstall the language data.",
            ) from fault
        except OSError as fault:
            raise EngineError(
                f"Tesseract could not be run: {fault.strerror}.",
                code="engine_crash",
                remedy="Try again; see whether memory or the disk is full.",
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

    def _write_hocr(self, listed: Path, out: Path) -> None:
        """hOCR of the images that a file lists, one page each, with a box for every character."""
        config = f"--psm {self.psm} --oem 1 --dpi 300 {_tessdata(self.tessdata)}"
        # tessedit_create_hocr: a folder of one's own may lack configs/hocr, which the extension asks for
        config += " -c hocr_char_boxes=1 -c tessedit_create_hocr=1"
        # not image_to_pdf_or_hocr, which leaves what was read in the open temporary folder meanwhile
        pytesseract.pytesseract.run_tesseract(
            str(listed),
            str(out),
            extension="hocr",
            lang=self.lang,
            config=config,
            timeout=self.timeout + SPARE_SECONDS,
        )


def _tessdata(folder: Path | None) -> str:
    """The option that names the folder of language data."""
    return f"--tessdata-dir {shlex.quote(str(folder))}" if folder is not None else ""


def _names_language(fault: pytesseract.TesseractError) -> bool:
    """Whether Tesseract ended for want of language data rather than by a crash."""
    return "Failed loading language" in fault.message or "Error opening data file" in fault.message


def _crash(fault: pytesseract.TesseractError) -> EngineError:
    code = fault.status
    how = f"was killed by signal {-code}" if code < 0 else f"ended with exit code {code}"
    # Tesseract's messages hold paths and languages, never what was read; the last words tell most
    return EngineError(
        f"Tesseract {how}. {fault.message[-160:].strip()}".strip(),
        code="engine_crash",
        remedy="Try again; a kill by signal 9 means that memory ran out: lower FORMEXTRACT_JOBS.",
    )


def probe_version(command: str = "tesseract") -> str:
    """Version of the program, such as ``5.3.0``; MissingDependency if it is absent or older than 5."""
    try:
        found = call_tesseract(pytesseract.get_tesseract_version, command=command, timeout=_PROBE_SECONDS)
    except (SystemExit, subprocess.CalledProcessError, UnicodeDecodeError) as fault:
        raise MissingDependency(
            f"{command!r} does not answer as Tesseract does.", code="program_missing", remedy=INSTALL
        ) from fault
    if found.major < 5:
        raise MissingDependency(f"Tesseract {found} is too old.", code="program_too_old", remedy=INSTALL)
    return str(found)


def probe_languages(command: str = "tesseract", tessdata: Path | None = None) -> frozenset[str]:
    """Language data that the program lists, without scripts: pytesseract leaves out names with capitals."""
    listed = call_tesseract(
        lambda: pytesseract.get_languages(_tessdata(tessdata)), command=command, timeout=_PROBE_SECONDS
    )
    return frozenset(listed)


def missing_languages(
    wanted: Sequence[str], command: str = "tesseract", tessdata: Path | None = None
) -> list[str]:
    """Those of ``wanted`` that the program neither lists nor can load; scripts are not listed."""
    listed = probe_languages(command, tessdata)
    return [lang for lang in wanted if lang not in listed and not _loads(lang, command, tessdata)]


def _loads(lang: str, command: str, tessdata: Path | None) -> bool:
    """Whether the program can read an empty picture in this language or script."""
    blank = Image.new("L", (20, 20), 255)
    try:
        call_tesseract(
            lambda: pytesseract.image_to_string(blank, lang=lang, config=f"--psm 7 {_tessdata(tessdata)}"),
            command=command,
            timeout=_PROBE_SECONDS,
        )
    except pytesseract.TesseractError as fault:
        if _names_language(fault):
            return False
        raise _crash(fault) from fault
    return True


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
