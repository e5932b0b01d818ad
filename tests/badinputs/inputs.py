"""The bad and odd inputs, built when a test asks for them; each is named for its fault.

``REFUSED`` maps a name to a builder and the code of the refusal, ``OPENED`` a name to a builder
of a file that must be taken although careless software stumbles over it.  A builder gets a
folder and gives back the path.
"""

from __future__ import annotations

import io
import os
import socket
import struct
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

from PIL import Image, ImageDraw

from tests.badinputs.pdfkit import BoxFont, Pdf, encrypted_pdf, text_pdf

Builder = Callable[[Path], Path]
LEVELS = ("rc4-40", "rc4-128", "aes-128", "aes-256")


def put(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def picture(mode: str = "RGB", size: tuple[int, int] = (413, 585)) -> Image.Image:
    """A page at about 50 dpi with a few bars of print."""
    image = Image.new("L", size, 255)
    draw = ImageDraw.Draw(image)
    for y in range(60, size[1] - 60, 40):
        draw.rectangle((50, y, size[0] - 50, y + 12), fill=20)
    return image.convert(mode)


def encode(image: Image.Image, kind: str, **options: object) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def simple_pdf(pages: int = 1) -> bytes:
    font = BoxFont()
    contents = [font.show("กขค งจ", 100, 700) for _ in range(pages)]
    return text_pdf(*contents, font=font)


def png_header(width: int, height: int) -> bytes:
    """A whole, tiny PNG that claims to be huge."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(b"\0" * 1000))
        + chunk(b"IEND", b"")
    )


def _image_page(width: int, height: int, size: tuple[float, float], data: bytes, bits: bytes = b"8") -> bytes:
    pdf = Pdf()
    image = pdf.image(width, height, data, b"/ColorSpace /DeviceGray /BitsPerComponent " + bits)
    pdf.page(
        b"q %g 0 0 %g 0 0 cm /Im0 Do Q" % size, size=size, resources=b"/XObject << /Im0 %d 0 R >>" % image
    )
    return pdf.build()


def _truncated_pdf(folder: Path) -> Path:
    data = simple_pdf(3)
    return put(folder, "cut.pdf", data[: len(data) * 2 // 3])


def _linearized_cut(folder: Path) -> Path:
    # web-optimised files have an end mark near their start: only the stated length tells
    data = simple_pdf().replace(b"1 0 obj\n<< ", b"1 0 obj\n<< /Linearized 1 /L 99999 ", 1)
    return put(folder, "web.pdf", data)


def _page_tree_loop(folder: Path) -> Path:
    pdf = Pdf()
    pdf.page(b"")
    return put(folder, "loop.pdf", pdf.build(kids=b"2 0 R 2 0 R", count=2))


def _no_pages(folder: Path) -> Path:
    return put(folder, "none.pdf", Pdf().build())


def _xfa(folder: Path) -> Path:
    pdf = Pdf()
    xfa = pdf.stream(b'<xdp:xdp xmlns:xdp="http://ns.adobe.com/xdp/"></xdp:xdp>')
    pdf.page(b"")
    pdf.catalog_extra = b"/NeedsRendering true /AcroForm << /Fields [] /XFA %d 0 R >>" % xfa
    return put(folder, "xfa.pdf", pdf.build())


def _content_bomb(folder: Path) -> Path:
    pdf = Pdf()
    # after a full flush a deflate block stands for itself and may be repeated: 2.8 GB in no time
    inner = zlib.compressobj(9)
    block = b"0 0 m 1 1 l S\n" * 80_000
    first = inner.compress(block) + inner.flush(zlib.Z_FULL_FLUSH)
    again = inner.compress(block) + inner.flush(zlib.Z_FULL_FLUSH)
    data = first + again * 2500 + inner.flush()
    data = zlib.compress(data, 9)
    bomb = pdf.add(
        b"<< /Length %d /Filter [/FlateDecode /FlateDecode] >>\nstream\n%s\nendstream" % (len(data), data)
    )
    pdf.page(stream=bomb)
    return put(folder, "bomb.pdf", pdf.build())


def _office(folder: Path, name: str, member: str) -> Path:
    path = folder / name
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(member, "<x/>")
    return path


def _zip(folder: Path) -> Path:
    path = folder / "papers.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("paper.pdf", simple_pdf())
    return path


def _fifo(folder: Path) -> Path:
    os.mkfifo(folder / "pipe.pdf")
    return folder / "pipe.pdf"


def _socket(folder: Path) -> Path:
    path = folder / "s.pdf"
    server = socket.socket(socket.AF_UNIX)
    try:
        os.chdir(folder)  # socket paths are short
        server.bind("s.pdf")
    finally:
        server.close()
    return path


def _dangling(folder: Path) -> Path:
    (folder / "link.pdf").symlink_to(folder / "gone.pdf")
    return folder / "link.pdf"


def _link_loop(folder: Path) -> Path:
    (folder / "a.pdf").symlink_to(folder / "b.pdf")
    (folder / "b.pdf").symlink_to(folder / "a.pdf")
    return folder / "a.pdf"


def _link_outside(folder: Path) -> Path:
    outside = folder.parent / f"{folder.name}-outside.pdf"
    outside.write_bytes(simple_pdf())
    (folder / "link.pdf").symlink_to(outside)
    return folder / "link.pdf"


def _folder(folder: Path) -> Path:
    (folder / "folder.pdf").mkdir()
    return folder / "folder.pdf"


def _truncated_tiff(folder: Path) -> Path:
    # the directory comes first in files that scanners stream; the strips are missing
    data = encode(picture("L"), "TIFF")
    offset = struct.unpack("<I", data[4:8])[0]
    directory = data[offset:]
    entries = struct.unpack("<H", directory[:2])[0]
    out = bytearray(b"II*\0" + struct.pack("<I", 8) + directory)
    for i in range(entries):
        at = 8 + 2 + 12 * i
        tag, kind, count, value = struct.unpack("<HHII", out[at : at + 12])
        size = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8}.get(kind, 4) * count
        if tag == 273:
            value = 4096
        elif size > 4:
            value = value - offset + 8
        out[at : at + 12] = struct.pack("<HHII", tag, kind, count, value)
    return put(folder, "cut.tif", bytes(out))


def _tiff_loop(folder: Path) -> Path:
    data = bytearray(encode(picture("L"), "TIFF"))
    offset = struct.unpack("<I", data[4:8])[0]
    entries = struct.unpack("<H", data[offset : offset + 2])[0]
    at = offset + 2 + 12 * entries
    data[at : at + 4] = struct.pack("<I", offset)  # the next directory is this one
    return put(folder, "loop.tif", bytes(data))


REFUSED: dict[str, tuple[Builder, str]] = {
    "missing": (lambda d: d / "gone.pdf", "not_found"),
    "zero_bytes": (lambda d: put(d, "empty.pdf", b""), "empty_file"),
    "text_named_pdf": (lambda d: put(d, "note.pdf", "บันทึก".encode() * 50), "unknown_type"),
    "html_named_pdf": (lambda d: put(d, "page.pdf", b"<!doctype html><p>404"), "unknown_type"),
    "truncated_pdf": (_truncated_pdf, "truncated"),
    "truncated_web_pdf": (_linearized_cut, "truncated"),
    "head_of_pdf_only": (lambda d: put(d, "head.pdf", b"%PDF-1.7\n%%EOF\n"), "damaged"),
    "page_tree_loop": (_page_tree_loop, "damaged"),
    "no_pages": (_no_pages, "no_pages"),
    **{
        f"password_{level}": (
            lambda d, level=level: put(d, "locked.pdf", encrypted_pdf(level, b"secret")),
            "encrypted",
        )
        for level in LEVELS
    },
    "xfa_shell": (_xfa, "xfa_form"),
    "poster": (lambda d: put(d, "poster.pdf", _poster()), "page_too_large"),
    "thousand_pages": (lambda d: put(d, "many.pdf", _many_pages(1000)), "too_many_pages"),
    "image_bomb_png": (lambda d: put(d, "bomb.png", png_header(60_000, 60_000)), "image_too_large"),
    "image_bomb_in_pdf": (
        lambda d: put(d, "bomb.pdf", _image_page(50_000, 50_000, (595, 842), b"\0" * 1000, b"1")),
        "image_too_large",
    ),
    "content_bomb": (_content_bomb, "parser_*"),
    "truncated_jpeg": (lambda d: put(d, "cut.jpg", encode(picture(), "JPEG")[:3000]), "truncated"),
    "truncated_png": (lambda d: put(d, "cut.png", encode(picture(), "PNG")[:-40]), "truncated"),
    "truncated_webp": (lambda d: put(d, "cut.webp", encode(picture(), "WEBP")[:-100]), "truncated"),
    "truncated_tiff": (_truncated_tiff, "truncated"),
    "garbage_after_jpeg_magic": (
        lambda d: put(d, "x.jpg", b"\xff\xd8\xff\xe0" + bytes(range(200)) * 9),
        "damaged",
    ),
    "garbage_after_tiff_magic": (lambda d: put(d, "x.tif", b"II*\0" + b"\xff" * 300), "damaged"),
    "heic": (lambda d: put(d, "photo.heic", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(64)), "heic"),
    "word": (lambda d: _office(d, "paper.docx", "word/document.xml"), "office_document"),
    "word_named_pdf": (lambda d: _office(d, "paper.pdf", "word/document.xml"), "office_document"),
    "excel": (lambda d: _office(d, "list.xlsx", "xl/workbook.xml"), "office_document"),
    "old_word": (
        lambda d: put(d, "a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512)),
        "office_document",
    ),
    "zip": (_zip, "archive"),
    "directory": (_folder, "is_directory"),
    "fifo": (_fifo, "not_a_file"),
    "socket": (_socket, "not_a_file"),
    "device": (lambda d: Path("/dev/zero"), "not_a_file"),
    "dangling_link": (_dangling, "dangling_link"),
    "link_loop": (_link_loop, "dangling_link"),
    "link_outside": (_link_outside, "link_outside"),
}


def _poster() -> bytes:
    pdf = Pdf()
    pdf.page(b"", size=(14_000, 14_000))
    return pdf.build()


def _many_pages(count: int) -> bytes:
    pdf = Pdf()
    for _ in range(count):
        pdf.page(b"")
    return pdf.build()


def _fine_scan() -> bytes:
    """A quarter of A4 at 2,400 dpi, one bit a pixel."""
    width, height = 7016, 4960
    row = (b"\xff" * 200 + b"\x00" * 50) * (width // 8 // 250 + 1)
    return _image_page(
        width, height, (width / 2400 * 72, height / 2400 * 72), row[: width // 8] * height, b"1"
    )


def _xobject_loop(folder: Path) -> Path:
    pdf = Pdf()
    number = len(pdf.objects) + 1
    head = (
        b"/Type /XObject /Subtype /Form /BBox [0 0 500 500] /Resources << /XObject << /X %d 0 R >> >>"
        % number
    )
    pdf.stream(b"100 100 50 2 re f /X Do", head)
    pdf.page(b"/X Do", resources=b"/XObject << /X %d 0 R >>" % number)
    return put(folder, "loop.pdf", pdf.build())


def _signed(folder: Path) -> Path:
    pdf = Pdf()
    font = BoxFont()
    content = font.show("กขค", 100, 700)
    number = font.write(pdf)
    pdf.page(content, resources=b"/Font << /F1 %d 0 R >>" % number)
    value = pdf.add(
        b"<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /adbe.pkcs7.detached "
        b"/ByteRange [0 10 20 10] /Contents <00ff> >>"
    )
    field = pdf.add(
        b"<< /Type /Annot /Subtype /Widget /FT /Sig /T (s) /V %d 0 R /Rect [0 0 0 0] /F 132 >>" % value
    )
    pdf.catalog_extra = b"/AcroForm << /Fields [%d 0 R] /SigFlags 3 >>" % field
    return put(folder, "signed.pdf", pdf.build())


def _multi_tiff(folder: Path) -> Path:
    frames = [picture("1"), picture("L"), picture("RGB")]
    path = folder / "pages.tiff"
    frames[0].save(path, save_all=True, append_images=frames[1:])
    return path


OPENED: dict[str, tuple[Builder, int]] = {
    "junk_before_pdf": (lambda d: put(d, "junk.pdf", b"\r\nHTTP/1.1 200 OK\r\n\r\n" + simple_pdf()), 1),
    "junk_after_pdf": (lambda d: put(d, "junk.pdf", simple_pdf() + b"\0" * 3000), 1),
    "uppercase_extension": (lambda d: put(d, "SCAN.PDF", simple_pdf()), 1),
    "png_named_pdf": (lambda d: put(d, "scan.pdf", encode(picture(), "PNG")), 1),
    **{
        f"copy_protected_{level}": (lambda d, level=level: put(d, "kept.pdf", encrypted_pdf(level, b"")), 1)
        for level in LEVELS
    },
    "signed": (_signed, 1),
    "xobject_loop": (_xobject_loop, 1),
    "tiff_directory_loop": (_tiff_loop, 1),
    "scan_2400_dpi": (lambda d: put(d, "fine.pdf", _fine_scan()), 1),
    "blank_page": (lambda d: put(d, "blank.pdf", _many_pages(1)), 1),
    "black_page": (lambda d: put(d, "black.png", encode(Image.new("L", (400, 560), 0), "PNG")), 1),
    "cmyk_jpeg": (lambda d: put(d, "cmyk.jpg", encode(picture("CMYK"), "JPEG")), 1),
    "alpha_png": (lambda d: put(d, "alpha.png", encode(picture("RGBA"), "PNG")), 1),
    "palette_png": (lambda d: put(d, "palette.png", encode(picture("P"), "PNG")), 1),
    "one_bit_png": (lambda d: put(d, "bit.png", encode(picture("1"), "PNG")), 1),
    "sixteen_bit_png": (lambda d: put(d, "deep.png", encode(picture("L").convert("I;16"), "PNG")), 1),
    "webp": (lambda d: put(d, "a.webp", encode(picture(), "WEBP")), 1),
    "gif": (lambda d: put(d, "a.gif", encode(picture("P"), "GIF")), 1),
    "animated_gif": (
        lambda d: put(
            d, "b.gif", encode(picture("P"), "GIF", save_all=True, append_images=[Image.new("P", (413, 585))])
        ),
        1,
    ),
    "bmp": (lambda d: put(d, "a.bmp", encode(picture(), "BMP")), 1),
    "multi_page_tiff": (_multi_tiff, 3),
    "image_without_dpi": (lambda d: put(d, "plain.png", encode(picture(size=(1654, 2339)), "PNG")), 1),
}
