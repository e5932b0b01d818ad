"""Small PDFs written byte by byte: what real producers will not make on demand.

The font is a Type 3 one whose letters are boxes, so that every character leaves ink and its
meaning is what the test's ToUnicode map says.
"""

from __future__ import annotations

import hashlib
import os
import unicodedata
import zlib
from dataclasses import dataclass, field

LETTER_WIDTH, BLANK_WIDTH, DOT_WIDTH = 500, 250, 200
"""Thousandths of an em."""


@dataclass
class Pdf:
    """Objects of a PDF in the making; object 1 is the catalogue, 2 the page tree."""

    objects: list[bytes] = field(default_factory=lambda: [b"", b""])
    pages: list[int] = field(default_factory=list)
    catalog_extra: bytes = b""
    trailer_extra: bytes = b""

    def add(self, body: bytes) -> int:
        self.objects.append(body)
        return len(self.objects)

    def stream(self, data: bytes, extra: bytes = b"", *, compress: bool = False) -> int:
        if compress:
            data, extra = zlib.compress(data, 9), extra + b" /Filter /FlateDecode"
        return self.add(b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(data), extra, data))

    def page(
        self,
        content: bytes = b"",
        *,
        size: tuple[float, float] = (595, 842),
        resources: bytes = b"",
        extra: bytes = b"",
        stream: int | None = None,
    ) -> int:
        stream = self.stream(content) if stream is None else stream
        number = self.add(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %g %g] /Resources << %s >> /Contents %d 0 R %s >>"
            % (*size, resources, stream, extra)
        )
        self.pages.append(number)
        return number

    def image(
        self,
        width: int,
        height: int,
        data: bytes,
        extra: bytes = b"/ColorSpace /DeviceGray /BitsPerComponent 8",
    ) -> int:
        head = b"/Type /XObject /Subtype /Image /Width %d /Height %d %s" % (width, height, extra)
        return self.stream(data, head, compress=True)

    def build(self, *, kids: bytes | None = None, count: int | None = None) -> bytes:
        kids = b" ".join(b"%d 0 R" % n for n in self.pages) if kids is None else kids
        self.objects[0] = b"<< /Type /Catalog /Pages 2 0 R %s >>" % self.catalog_extra
        self.objects[1] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (
            kids,
            len(self.pages) if count is None else count,
        )
        out = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
        offsets = []
        for number, body in enumerate(self.objects, 1):
            offsets.append(len(out))
            out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
        start = len(out)
        out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(self.objects) + 1)
        for offset in offsets:
            out += b"%010d 00000 n \n" % offset
        out += b"trailer << /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n" % (
            len(self.objects) + 1,
            self.trailer_extra,
            start,
        )
        return bytes(out)


@dataclass
class BoxFont:
    """A font of boxes: each text it is asked for gets a code of its own."""

    name: bytes = b"BoxSans"
    meanings: dict[str, str | None] = field(default_factory=dict)
    """What the font claims a text to be, where it is not the text itself; None for no claim."""
    texts: list[str] = field(default_factory=list)

    def code(self, text: str) -> int:
        if text not in self.texts:
            self.texts.append(text)
        return 33 + self.texts.index(text)

    def width(self, text: str) -> int:
        if all(unicodedata.category(c) == "Mn" for c in text):
            return 0
        if text in "\u00a0 ":
            return BLANK_WIDTH
        return DOT_WIDTH if text == "." else LETTER_WIDTH

    def show(self, text: str, x: float, y: float, size: float = 16, *, setup: bytes = b"") -> bytes:
        """Content that draws the text, one glyph a character."""
        codes = b"".join(b"%02x" % self.code(c) for c in text)
        return b"BT %s /F1 %g Tf 1 0 0 1 %g %g Tm <%s> Tj ET\n" % (setup, size, x, y, codes)

    def write(self, pdf: Pdf) -> int:
        procs, widths, maps = [], [], []
        for text in self.texts:
            width = self.width(text)
            if width == 0:
                shape = b"-300 550 200 120 re f"  # above the letter before it
            elif text in "\u00a0 ":
                shape = b""
            else:
                shape = b"50 0 %d %d re f" % (width - 100, 120 if text == "." else 500)
            procs.append(pdf.stream(b"%d 0 -400 -200 1000 900 d1 %s" % (width, shape)))
            widths.append(width)
            meaning = self.meanings.get(text, text)
            if meaning is not None:
                maps.append(b"<%02x> <%s>" % (self.code(text), meaning.encode("utf-16-be").hex().encode()))
        cmap = (
            b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def "
            b"1 begincodespacerange <00> <ff> endcodespacerange %d beginbfchar %s endbfchar endcmap end end"
            % (len(maps), b" ".join(maps))
        )
        to_unicode = pdf.stream(cmap)
        names = b" ".join(b"/g%d" % i for i in range(len(self.texts)))
        chars = b" ".join(b"/g%d %d 0 R" % (i, n) for i, n in enumerate(procs))
        return pdf.add(
            b"<< /Type /Font /Subtype /Type3 /Name /%s /FontBBox [-400 -200 1000 900] "
            b"/FontMatrix [0.001 0 0 0.001 0 0] "
            b"/FirstChar 33 /LastChar %d /Widths [%s] /CharProcs << %s >> /ToUnicode %d 0 R "
            b"/Encoding << /Type /Encoding /Differences [33 %s] >> /Resources << >> "
            b"/FontDescriptor << /Type /FontDescriptor /FontName /%s /Flags 4 "
            b"/FontBBox [-400 -200 1000 900] >> >>"
            % (
                self.name, 32 + len(self.texts), b" ".join(b"%d" % w for w in widths), chars, to_unicode,
                names, self.name,
            )
        )  # fmt: skip


def text_pdf(*pages: bytes, font: BoxFont, page_extra: bytes = b"", resources: bytes = b"") -> bytes:
    """A PDF of A4 pages with the given contents, all in one font."""
    pdf = Pdf()
    number = font.write(pdf)
    for content in pages:
        pdf.page(content, resources=b"/Font << /F1 %d 0 R >> %s" % (number, resources), extra=page_extra)
    return pdf.build()


# ------------------------------------------------------------------ encryption (ISO 32000-1, 7.6; -2 for R6)

_PAD = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")


def _rc4(key: bytes, data: bytes) -> bytes:
    state = list(range(256))
    j = 0
    for i in range(256):
        j = (j + state[i] + key[i % len(key)]) % 256
        state[i], state[j] = state[j], state[i]
    out = bytearray()
    i = j = 0
    for byte in data:
        i = (i + 1) % 256
        j = (j + state[i]) % 256
        state[i], state[j] = state[j], state[i]
        out.append(byte ^ state[(state[i] + state[j]) % 256])
    return bytes(out)


def _aes_cbc(key: bytes, iv: bytes, data: bytes) -> bytes:
    from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

    encryptor = Cipher(algorithms.AES(key), modes.CBC(iv)).encryptor()
    return encryptor.update(data) + encryptor.finalize()


def _padded(data: bytes) -> bytes:
    fill = 16 - len(data) % 16
    return data + bytes([fill]) * fill


def _hash_r6(password: bytes, salt: bytes, user: bytes = b"") -> bytes:
    key = hashlib.sha256(password + salt + user).digest()
    turn = 0
    while True:
        mixed = _aes_cbc(key[:16], key[16:32], (password + key + user) * 64)
        kind = (hashlib.sha256, hashlib.sha384, hashlib.sha512)[sum(mixed[:16]) % 3]
        key = kind(mixed).digest()
        turn += 1
        if turn >= 64 and mixed[-1] <= turn - 32:
            return key[:32]


def encrypted_pdf(level: str, user_password: bytes) -> bytes:
    """A one-page PDF encrypted at ``rc4-40``, ``rc4-128``, ``aes-128`` or ``aes-256``.

    With an empty user password it opens for everybody and only forbids copying and printing.
    """
    file_id, permissions = b"0123456789abcdef", -3904
    pdf = Pdf()
    content = b"0 0 0 rg 100 700 200 20 re f"
    number = len(pdf.objects) + 1
    if level == "aes-256":
        file_key = os.urandom(32)
        salts = os.urandom(8), os.urandom(8), os.urandom(8), os.urandom(8)
        user = _hash_r6(user_password, salts[0]) + salts[0] + salts[1]
        user_key = _aes_cbc(_hash_r6(user_password, salts[1]), bytes(16), file_key)
        owner = _hash_r6(b"owner", salts[2], user) + salts[2] + salts[3]
        owner_key = _aes_cbc(_hash_r6(b"owner", salts[3], user), bytes(16), file_key)
        perms = (permissions & 0xFFFFFFFF).to_bytes(4, "little") + b"\xff\xff\xff\xffTadb" + os.urandom(4)
        sealed = _aes_cbc(file_key, bytes(16), perms)
        iv = os.urandom(16)
        data = iv + _aes_cbc(file_key, iv, _padded(content))
        rest = (
            b"/V 5 /R 6 /Length 256 /UE <%s> /OE <%s> /Perms <%s> "
            b"/CF << /StdCF << /AuthEvent /DocOpen /CFM /AESV3 /Length 32 >> >> /StmF /StdCF /StrF /StdCF"
            % (user_key.hex().encode(), owner_key.hex().encode(), sealed.hex().encode())
        )
    else:
        size = 5 if level == "rc4-40" else 16
        rounds = 0 if level == "rc4-40" else 50
        owner_key = hashlib.md5((b"owner" + _PAD)[:32]).digest()
        for _ in range(rounds):
            owner_key = hashlib.md5(owner_key[:size]).digest()
        owner = _rc4(owner_key[:size], (user_password + _PAD)[:32])
        for i in range(1, 20 if rounds else 1):
            owner = _rc4(bytes(b ^ i for b in owner_key[:size]), owner)
        key = hashlib.md5(
            (user_password + _PAD)[:32] + owner + (permissions & 0xFFFFFFFF).to_bytes(4, "little") + file_id
        ).digest()
        for _ in range(rounds):
            key = hashlib.md5(key[:size]).digest()
        key = key[:size]
        if rounds:
            user = _rc4(key, hashlib.md5(_PAD + file_id).digest())
            for i in range(1, 20):
                user = _rc4(bytes(b ^ i for b in key), user)
            user += bytes(16)
        else:
            user = _rc4(key, _PAD)
        salt = b"sAlT" if level == "aes-128" else b""
        object_key = hashlib.md5(key + number.to_bytes(3, "little") + b"\0\0" + salt).digest()[
            : min(16, size + 5)
        ]
        if level == "aes-128":
            iv = os.urandom(16)
            data = iv + _aes_cbc(object_key, iv, _padded(content))
            rest = (
                b"/V 4 /R 4 /Length 128 /CF << /StdCF << /AuthEvent /DocOpen /CFM /AESV2 /Length 16 >> >> "
                b"/StmF /StdCF /StrF /StdCF"
            )
        else:
            data = _rc4(object_key, content)
            rest = b"/V 1 /R 2" if level == "rc4-40" else b"/V 2 /R 3 /Length 128"
    assert pdf.stream(data) == number
    pdf.page(stream=number)
    encrypt = pdf.add(
        b"<< /Filter /Standard %s /P %d /U <%s> /O <%s> >>"
        % (rest, permissions, user.hex().encode(), owner.hex().encode())
    )
    pdf.trailer_extra = b"/Encrypt %d 0 R /ID [<%s> <%s>]" % (
        encrypt,
        file_id.hex().encode(),
        file_id.hex().encode(),
    )
    return pdf.build()
