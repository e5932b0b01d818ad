"""The characters in Tesseract's hOCR output."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from itertools import pairwise

_PAGE = re.compile(r"<div class=['\"]ocr_page['\"]")
_CHAR = re.compile(
    r"<span class=['\"]ocrx_cinfo['\"] title=['\"]x_bboxes (-?\d+) (-?\d+) (-?\d+) (-?\d+);"
    r" x_conf (-?[\d.]+|nan|-nan|inf)['\"]>(.*?)</span>",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class ReadChar:
    """One code point as read; pixels of the image that was read."""

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    confidence: float
    """0 to 1."""


def parse_hocr(text: str) -> list[list[ReadChar]]:
    """Characters of each page of an hOCR file written with ``hocr_char_boxes=1``, in reading order.

    Blanks are not in it: Tesseract puts them inside Thai words, so they are found by geometry.
    """
    starts = [m.start() for m in _PAGE.finditer(text)]
    pages = []
    for start, end in pairwise([*starts, len(text)]):
        chars: list[ReadChar] = []
        for x0, y0, x1, y1, conf, body in _CHAR.findall(text[start:end]):
            try:
                score = min(1.0, max(0.0, float(conf) / 100))
            except ValueError:
                score = 0.0
            score = score if score == score else 0.0
            for ch in html.unescape(body):
                if not ch.isspace():
                    chars.append(ReadChar(ch, float(x0), float(y0), float(x1), float(y1), score))
        pages.append(chars)
    return pages
