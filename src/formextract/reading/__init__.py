"""Reading lines: the engine protocol, Tesseract, second opinions, what an engine cannot print."""

from formextract.reading.engine import EMPTY_READING, LineReading, ReadingEngine
from formextract.reading.page import read_lines
from formextract.reading.tesseract import TesseractEngine, primary_engine, second_engine

__all__ = [
    "EMPTY_READING",
    "LineReading",
    "ReadingEngine",
    "TesseractEngine",
    "primary_engine",
    "read_lines",
    "second_engine",
]
