"""Writing simulated scans: image-only PDF (with or without a rotten text layer), TIFF, JPEG, PNG.

The PDF writer is small and free of dates, so that equal pixels give equal files.
"""

from __future__ import annotations

import io
import re
import zlib
from pathlib import Path
from random import Random
from time import gmtime
from typing import Any

import numpy as np
from PIL import Image

from formextract.evaluation.scanner import Recipe
from formextract.model import ColorImage


def _as_image(page: ColorImage, mode: str) -> Image.Image:
    if mode == "color":
        return Image.fromarray(page)
    gray = Image.fromarray(np.ascontiguousarray(page[..., 0]))
    return gray.point(lambda v: 255 if v > 127 else 0).convert("1") if mode == "bilevel" else gray


def encode_jpeg(page: ColorImage, recipe: Recipe) -> bytes:
    """One page as JPEG with its resolution."""
    out = io.BytesIO()
    _as_image(page, recipe.mode).convert("RGB" if recipe.mode == "color" else "L").save(
        out, "JPEG", quality=recipe.quality, dpi=(recipe.dpi, recipe.dpi)
    )
    return out.getvalue()


def write_scan(path: Path, pages: list[ColorImage], recipe: Recipe, garbage: list[str] | None = None) -> None:
    """Writes pages in the format of the suffix: ``.pdf .tif .jpg .png`` (the last two hold one page).

    ``garbage`` is an invisible text for each page of a PDF, set in Latin-1 as rotten text layers are.
    ValueError for several pages in a one-page format.
    """
    suffix = path.suffix
    images = [_as_image(page, recipe.mode) for page in pages]
    if suffix in (".jpg", ".png") and len(pages) != 1:
        raise ValueError(f"{suffix} holds one page, not {len(pages)}")
    if suffix == ".jpg":
        path.write_bytes(encode_jpeg(pages[0], recipe))
    elif suffix == ".png":
        images[0].save(path, dpi=(recipe.dpi, recipe.dpi), optimize=True)
    elif suffix == ".tif":
        compression = "group4" if recipe.mode == "bilevel" else "jpeg"
        extra: dict[str, Any] = {} if recipe.mode == "bilevel" else {"quality": recipe.quality}
        images[0].save(
            path,
            save_all=True,
            append_images=images[1:],
            compression=compression,
            dpi=(recipe.dpi, recipe.dpi),
            **extra,
        )
    elif recipe.mode == "bilevel":
        fixed = gmtime(1704067200)
        images[0].save(
            path,
            save_all=True,
            append_images=images[1:],
            resolution=recipe.dpi,
            creationDate=fixed,
            title="scan",
            modDate=fixed,
        )
    else:
        jpegs = [(encode_jpeg(p, recipe), p.shape[1], p.shape[0]) for p in pages]
        path.write_bytes(build_pdf(jpegs, recipe.dpi, recipe.mode == "color", garbage))


def build_pdf(
    jpegs: list[tuple[bytes, int, int]], dpi: float, color: bool, garbage: list[str] | None = None
) -> bytes:
    """A PDF with one JPEG (bytes, width, height in pixels) a page and, if given, invisible text on it."""
    objects: list[bytes] = [b"<</Type/Catalog/Pages 2 0 R>>", b""]
    objects.append(b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>")
    kids = []
    for i, (data, width, height) in enumerate(jpegs):
        w, h = width * 72 / dpi, height * 72 / dpi
        content = f"q {w:.2f} 0 0 {h:.2f} 0 0 cm /I Do Q".encode()
        if garbage:
            content += _hidden_text(garbage[i], h)
        first = len(objects) + 1
        space = b"/DeviceRGB" if color else b"/DeviceGray"
        head = (
            b"<</Type/XObject/Subtype/Image/Width %d/Height %d/ColorSpace%b"
            b"/BitsPerComponent 8/Filter/DCTDecode/Length %d>>"
        )
        objects.append(head % (width, height, space, len(data)) + b"stream\n" + data + b"\nendstream")
        packed = zlib.compress(content)
        objects.append(b"<</Filter/FlateDecode/Length %d>>stream\n" % len(packed) + packed + b"\nendstream")
        objects.append(
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 %.2f %.2f]/Contents %d 0 R"
            b"/Resources<</XObject<</I %d 0 R>>/Font<</F1 3 0 R>>>>>>" % (w, h, first + 1, first)
        )
        kids.append(b"%d 0 R" % (first + 2))
    objects[1] = b"<</Type/Pages/Count %d/Kids[%b]>>" % (len(kids), b" ".join(kids))
    out = io.BytesIO(b"%PDF-1.4\n")
    out.seek(0, io.SEEK_END)
    offsets = []
    for number, body in enumerate(objects, 1):
        offsets.append(out.tell())
        out.write(b"%d 0 obj" % number + body + b"\nendobj\n")
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.write(b"".join(b"%010d 00000 n \n" % offset for offset in offsets))
    out.write(b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start))
    return out.getvalue()


def _hidden_text(text: str, height: float) -> bytes:
    lines = [f"BT 3 Tr /F1 11 Tf 13 TL 60 {height - 70:.1f} Td".encode()]
    for line in text.splitlines():
        raw = line.encode("latin-1", "replace")
        for plain in (b"\\", b"(", b")"):
            raw = raw.replace(plain, b"\\" + plain)
        lines.append(b"(" + raw + b") Tj T*")
    return b"\n" + b"\n".join(lines) + b" ET"


def garble(text: str) -> str:
    """Thai text as it looks when its TIS-620 bytes are taken for Latin-1: ``»Ãº»ÃÐ...``."""
    return text.encode("tis-620", "replace").decode("latin-1")


_STREAM = re.compile(rb"(\d+) 0 obj\s*<<((?:(?!endobj).)*?)>>\s*stream\r?\n", re.S)


_HEX = re.compile(rb"<((?:[0-9A-Fa-f]{4})+)>")


def _shift_thai(code: bytes, shift: int) -> bytes:
    units = [int(code[i : i + 4], 16) for i in range(0, len(code), 4)]
    return b"<" + b"".join(b"%04X" % (u - shift if 0x0E00 <= u <= 0x0E7F else u) for u in units) + b">"


def misplace_glyph_map(pdf: bytes, seed: int) -> bytes:
    """The PDF with its fonts' ToUnicode maps made wrong, as with private font encodings.

    Looks the same, but its text layer reads as Latin letters.  Written as an incremental update.
    ValueError if the file holds no ToUnicode map.
    """
    rng = Random(f"glyphs-{seed}")
    shift = rng.randint(0x0D40, 0x0D50)
    changed: list[tuple[int, bytes]] = []
    for match in _STREAM.finditer(pdf):
        end = pdf.index(b"endstream", match.end())
        body = pdf[match.end() : end]
        if b"FlateDecode" in match.group(2):
            try:
                body = zlib.decompressobj().decompress(body)
            except zlib.error:
                continue
        if b"begincmap" not in body:
            continue
        changed.append((int(match.group(1)), _HEX.sub(lambda m: _shift_thai(m[1], shift), body)))
    if not changed:
        raise ValueError("no ToUnicode map in the file")
    previous = int(pdf[pdf.rindex(b"startxref") :].split()[1])
    trailer = pdf[pdf.rindex(b"trailer") :]
    root, size = re.search(rb"/Root\s+\d+ 0 R", trailer), re.search(rb"/Size\s+\d+", trailer)
    if root is None or size is None:
        raise ValueError("the trailer names no root")
    out = bytearray(pdf if pdf.endswith(b"\n") else pdf + b"\n")
    table = b"xref\n"
    for number, body in changed:
        table += b"%d 1\n%010d 00000 n \n" % (number, len(out))
        out += b"%d 0 obj<</Length %d>>stream\n" % (number, len(body)) + body + b"\nendstream endobj\n"
    start = len(out)
    out += table + b"trailer<<" + size[0] + root[0]
    out += b"/Prev %d>>\nstartxref\n%d\n%%%%EOF\n" % (previous, start)
    return bytes(out)
