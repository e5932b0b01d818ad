"""Rows of a CSV or XLSX file as text, with line numbers."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from formextract.errors import UsageError

MAX_BYTES = 200_000_000
"""Larger files are no registry."""


class RegistryFileError(UsageError):
    """A registry file cannot be used at all."""


def read_table(path: Path) -> tuple[list[str], Iterator[tuple[int, list[str]]]]:
    """The header and an iterator of (line number, cells); the first row that is not empty is the header.

    CSV may be UTF-8 with or without a byte order mark, UTF-16 with one, or Windows-874; parted by
    comma, semicolon or tab.  Of a workbook the first sheet is read.
    """
    rows = _read_rows(path)
    for _, cells in rows:
        if any(c.strip() for c in cells):
            return [c.strip() for c in cells], ((n, r) for n, r in rows if any(c.strip() for c in r))
    raise RegistryFileError(
        f"{path.name} is empty", code="registry_empty", remedy="Give a file with a header and rows."
    )


def _read_rows(path: Path) -> Iterator[tuple[int, list[str]]]:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise RegistryFileError(
                f"{path.name} is larger than {MAX_BYTES // 1_000_000} MB",
                code="registry_too_large",
                remedy="Give the registry alone, not the whole database.",
            )
        with path.open("rb") as file:
            head = file.read(4)
        if head.startswith(b"PK"):
            return _read_workbook(path)
        data = path.read_bytes()
    except OSError as error:
        raise RegistryFileError(
            f"{path.name} cannot be opened: {error.strerror}",
            code="registry_unreadable",
            remedy="Check the path and the right to read the file.",
        ) from error
    return _read_csv(path, data)


def _read_csv(path: Path, data: bytes) -> Iterator[tuple[int, list[str]]]:
    text = _decode(path, data)
    first = text.lstrip("\r\n").partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)

    def rows() -> Iterator[tuple[int, list[str]]]:
        try:
            for cells in reader:
                yield reader.line_num, cells
        except csv.Error as error:
            raise RegistryFileError(
                f"{path.name}:{reader.line_num}: {error}",
                code="registry_unreadable",
                remedy="Save the table again as CSV (UTF-8) or as XLSX.",
            ) from error

    return rows()


def _decode(path: Path, data: bytes) -> str:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        encodings = ["utf-16"]
    else:
        encodings = ["utf-8-sig", "cp874"]
    if b"\x00" not in data or encodings == ["utf-16"]:
        for encoding in encodings:
            try:
                return data.decode(encoding)
            except UnicodeDecodeError:
                continue
    raise RegistryFileError(
        f"{path.name} is no text in a known character set",
        code="registry_unreadable",
        remedy="Save the table as CSV (UTF-8) or as XLSX.",
    )


def _read_workbook(path: Path) -> Iterator[tuple[int, list[str]]]:
    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, OSError) as error:
        raise RegistryFileError(
            f"{path.name} is no workbook that can be read",
            code="registry_unreadable",
            remedy="Save the table again as XLSX or as CSV (UTF-8).",
        ) from error
    sheet = book.worksheets[0]
    return ((n, [_cell_text(v) for v in row]) for n, row in enumerate(sheet.iter_rows(values_only=True), 1))


def _cell_text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return str(value)
