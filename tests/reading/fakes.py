"""Programs that stand in for Tesseract and misbehave."""

from __future__ import annotations

import stat
from pathlib import Path

import numpy as np

from formextract.model import LINE_BORDER, Box, LineImage

_HEAD = """#!/bin/sh
case "$1" in
  --version) echo "tesseract 5.3.0"; exit 0;;
  --list-langs) echo "List of available languages (3):"; echo eng; echo tha; echo Thai; exit 0;;
esac
out="$2.hocr"
"""


def fake_tesseract(folder: Path, body: str) -> str:
    """A script that answers probes like Tesseract and runs ``body`` for a batch (``$out`` is the hOCR)."""
    path = folder / "tesseract-fake"
    path.write_text(_HEAD + body, encoding="utf-8")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return str(path)


def hocr_page(chars: list[tuple[str, int, int, float]]) -> str:
    """One hOCR page: (character, x0, x1, confidence in percent)."""
    spans = "".join(
        f"<span class='ocrx_cinfo' title='x_bboxes {x0} 10 {x1} 40; x_conf {conf}'>{ch}</span>"
        for ch, x0, x1, conf in chars
    )
    return f"<div class='ocr_page' id='p' title='image'>{spans}</div>"


def crop_of_bars(bars: list[tuple[int, int]], height: int = 30, cell: int | None = None) -> LineImage:
    """A line image whose letters are solid bars at these columns (without border)."""
    width = bars[-1][1]
    image = np.full((height + 2 * LINE_BORDER, width + 2 * LINE_BORDER), 255, np.uint8)
    for x0, x1 in bars:
        image[LINE_BORDER:-LINE_BORDER, LINE_BORDER + x0 : LINE_BORDER + x1] = 0
    return LineImage(image, Box(100, 200, 100 + width / 4, 200 + height / 4), 4.0, cell)
