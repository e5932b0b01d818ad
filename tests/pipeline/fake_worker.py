"""A worker whose stages do what the file's text says; everything around them is the real one."""

from __future__ import annotations

import hashlib
import os
import signal
import time
from pathlib import Path
from typing import Any

from formextract.errors import EngineError, MappingError, MissingDependency, UnreadableInput
from formextract.intake.faults import fault
from formextract.model import Box, Decision, Document, Evidence, Extraction, Outcome, SourceFile, Status
from formextract.pipeline import worker


def _document(word: str) -> Document:
    evidence = {
        "signer": Evidence(word, 0.995, Decision.ACCEPTED, 1, Box(10, 10, 90, 20), "text_layer"),
    }
    record = {"issuer": None, "title": None, "announced_date": None, "signer": word, "rows": []}
    return Document(
        "roster_announcement",
        0.99,
        "roster_announcement@2562",
        (1,),
        Status.FILLED,
        record,
        evidence,
        {},
        (),
        Decision.ACCEPTED,
    )


def _times(path: Path) -> int:
    """How often this file was tried, this time included."""
    counter = path.with_name(f".{path.name}.tries")
    n = int(counter.read_text()) + 1 if counter.exists() else 1
    counter.write_text(str(n))
    return n


def fake_extract(path: Path, tools: Any) -> Extraction:
    """What the last words of the file say."""
    data = path.read_bytes()
    word, _, rest = data.decode().partition("%%")[2].strip().partition(" ")
    sha256 = hashlib.sha256(data).hexdigest()
    match word:
        case "crash":
            os._exit(3)
        case "killed":
            os.kill(os.getpid(), signal.SIGKILL)
        case "hang":
            time.sleep(600)
        case "hangs":  # and says that it was begun
            _times(path)
            time.sleep(600)
        case "breaks":  # so many times, then it is read
            if _times(path) <= int(rest):
                os._exit(3)
        case "slow":
            time.sleep(float(rest))
        case "noise":
            print("something printed by a library", flush=True)
        case "memory":
            raise MemoryError
        case "fault":
            raise ZeroDivisionError("body".join(["some", ""]))
        case "unpicklable":
            raise _Odd()
        case "engine":
            raise EngineError("the reader hangs", code="engine_timeout", remedy="Wait.")
        case "program":
            raise MissingDependency("no Tesseract", code="no_tesseract", remedy="Install it.")
        case "mapping":
            raise MappingError("is wrong", file="a.yaml", line=7, key="blocks.0", remedy="Mend it.")
        case "grows":
            with path.open("ab") as stream:
                stream.write(b"\n%more")
            sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
        case "bad":
            error = fault("not_found")
            return Extraction(str(path), sha256, "application/pdf", None, Outcome.UNREADABLE, error.problem())
    return Extraction(
        str(path), sha256, "application/pdf", 1, Outcome.EXTRACTED, None, (_document(f"นาย{word} ใจดี"),)
    )


class _Odd(Exception):
    def __reduce__(self) -> Any:
        raise TypeError("cannot be pickled")


def fake_contents(path: Path, tools: Any) -> Any:
    """Pages of a ``read`` job: none, or the engine's fault."""
    data = path.read_bytes()
    if b"engine" in data:
        raise EngineError("the reader hangs", code="engine_timeout", remedy="Wait.")
    if b"bad" in data:
        raise UnreadableInput("is none", code="no_document", remedy="Scan it.")
    return SourceFile(path, "0" * 64, "application/pdf", len(data), 1), []


def fake_tools(settings: Any, **_: Any) -> Any:
    """Fails as a wrong mapping would if the settings say so."""
    if settings.timezone == "nowhere":
        raise MappingError("is wrong", file="a.yaml", line=7, key="blocks.0", remedy="Mend it.")
    return None


if __name__ == "__main__":
    vars(worker).update(extract_file=fake_extract, contents_of=fake_contents, make_tools=fake_tools)
    worker.main()
