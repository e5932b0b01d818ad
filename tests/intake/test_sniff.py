from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formextract.errors import UnreadableInput
from formextract.intake.sniff import sniff, sniff_bytes
from tests.badinputs.inputs import encode, picture

KINDS = {
    "PNG": "image/png",
    "JPEG": "image/jpeg",
    "TIFF": "image/tiff",
    "BMP": "image/bmp",
    "GIF": "image/gif",
    "WEBP": "image/webp",
}


@pytest.mark.parametrize("kind", KINDS)
def test_image_formats_are_told_from_their_first_bytes(kind: str) -> None:
    assert sniff_bytes(encode(picture(), kind)[:4096]) == KINDS[kind]


def test_pdf_mark_counts_within_the_first_kilobyte_only() -> None:
    assert sniff_bytes(b"x" * 1024 + b"%PDF-1.4") == "application/pdf"
    assert sniff_bytes(b"x" * 1100 + b"%PDF-1.4") is None


def test_pdf_packed_without_compression_is_an_archive() -> None:
    assert sniff_bytes(b"PK\x03\x04" + bytes(40) + b"%PDF-1.4") is None


@given(st.binary(max_size=200))
def test_any_bytes_give_a_type_or_none(head: bytes) -> None:
    assert sniff_bytes(head) in {*KINDS.values(), "application/pdf", None}


@given(
    data=st.binary(min_size=1, max_size=60),
    magic=st.sampled_from([b"PK\x03\x04", b"\0\0\0\x18ftypheic", b"", b"Rar!\x1a\x07"]),
)
def test_any_file_gives_a_type_or_a_typed_error(
    tmp_path_factory: pytest.TempPathFactory, magic: bytes, data: bytes
) -> None:
    path = tmp_path_factory.getbasetemp() / "any"
    path.write_bytes(magic + data)
    try:
        sniff(path)
    except UnreadableInput as error:
        assert error.remedy


def test_names_are_not_asked(tmp_path: Path) -> None:
    path = tmp_path / "scan.tif"
    path.write_bytes(encode(picture(), "JPEG"))
    assert sniff(path) == "image/jpeg"
