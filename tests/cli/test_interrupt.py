"""Ctrl-C or a kill in the middle of reading: nothing goes on behind the person's back."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont

READER = """#!/bin/sh
case "$1" in
  --version) echo "tesseract 5.3.0" ;;
  --list-langs) printf 'List of available languages (4):\\neng\\nosd\\nscript/Thai\\ntha\\n' ;;
  *) echo $$ > "{marker}.part"; mv "{marker}.part" "{marker}"; exec sleep 120 ;;
esac
"""


def wait_for(done: object, seconds: float) -> bool:
    assert callable(done)
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if done():
            return True
        time.sleep(0.05)
    return False


def gone(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rsplit(") ", 1)[1][0] == "Z"
    except OSError:
        return True


def stop_reading(tmp_path: Path, number: int) -> tuple[int, str, str, int]:
    """Sends a signal to the command while its reader hangs: exit code, stdout, stderr, the reader's id."""
    marker = tmp_path / "reading"
    reader = tmp_path / "reader"
    reader.write_text(READER.format(marker=marker), encoding="utf-8")
    reader.chmod(0o755)
    scan = tmp_path / "scan.png"
    page = Image.new("L", (1000, 400), 255)
    draw = ImageDraw.Draw(page)
    for y in (50, 150, 250):
        draw.text((60, y), "a line of words to be read", 0, font=ImageFont.load_default(48))
    page.save(scan, dpi=(200, 200))
    with subprocess.Popen(
        [sys.executable, "-c", "from formextract.cli.main import main; main()", "extract", str(scan)],
        env={**os.environ, "FORMEXTRACT_TESSERACT_CMD": str(reader), "FORMEXTRACT_HOME": str(tmp_path)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert wait_for(marker.exists, 60)
        process.send_signal(number)
        out, err = process.communicate(timeout=30)
    return process.returncode, out, err, int(marker.read_text(encoding="utf-8"))


def test_interrupted_while_the_reader_hangs(tmp_path: Path) -> None:
    code, out, err, reader = stop_reading(tmp_path, signal.SIGINT)
    assert (code, out) == (130, "")
    assert err.strip() == "Interrupted; what was done before is kept."
    assert wait_for(lambda: gone(reader), 10)


@pytest.mark.skipif(sys.platform != "linux", reason="needs Linux's signal at a parent's death")
def test_killed_while_the_reader_hangs(tmp_path: Path) -> None:
    code, _, _, reader = stop_reading(tmp_path, signal.SIGKILL)
    assert code == -signal.SIGKILL
    assert wait_for(lambda: gone(reader), 10)
