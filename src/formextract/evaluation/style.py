"""How one form is printed: fonts, digits, leaders and tick boxes, drawn from a layout seed.

A ``Style`` turns values into HTML.  Every value is set as a link whose address is its path in
the record; ``printer`` reads the rectangles of the links from the PDF and takes the links out.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from urllib.parse import quote

LINK = "http://value.invalid/"
"""Prefix of the link addresses that carry paths."""

FILE_FONTS = {
    "TH Sarabun New": "THSarabunNew.ttf",
    "TH SarabunPSK": "THSarabun.ttf",
    "TH Niramit AS": "THNiramitAS.ttf",
    "TH Baijam": "THBaijam.ttf",
    "TH K2D July8": "THK2DJuly8.ttf",
    "TH Krub": "THKrub.ttf",
}
"""Form fonts that are read from files (PyPI ``odoo-addon-l10n-th-fonts``)."""
WIDE_FONTS = ("Norasi", "Garuda", "Loma", "Kinnari", "Laksaman", "Umpush", "Waree")
"""Fonts of Debian's ``fonts-thai-tlwg``, wider than the form fonts at the same size."""
_DIGITS = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
_NUMBER = re.compile(r"\d[\d,]*")


@dataclass
class Style:
    """Choices for one printed form; equal seeds print alike."""

    seed: int
    """Layout seed."""
    digits: str = ""
    """``arabic``, ``thai`` or ``mixed`` (each number its own)."""
    font: str = ""
    """CSS font family of the text."""
    size: float = 0.0
    """Points."""
    leading: float = 0.0
    """Line height as a multiple of the size."""
    margins: tuple[float, float, float, float] = (0, 0, 0, 0)
    """Top, right, bottom, left in centimetres."""
    leader: str = ""
    """How values stand on leaders: ``plain``, ``dots``, ``over`` (dots behind), ``rule`` (dotted rule)."""
    box: str = ""
    """How tick boxes are drawn: ``square``, ``round``, ``glyph``, ``brackets``."""
    tick: str = ""
    """How they are ticked: ``check``, ``cross``, ``fill``, ``slash``, ``pen``."""
    page_numbers: bool = False
    """Whether ``- 2 -`` stands on each page."""
    rng: Random = field(default_factory=Random)

    def __post_init__(self) -> None:
        self.rng = rng = Random(f"style-{self.seed}")
        form_font = rng.random() < 0.75
        drawn_font = (
            rng.choice(list(FILE_FONTS)[:3] * 3 + list(FILE_FONTS)) if form_font else rng.choice(WIDE_FONTS)
        )
        self.font = self.font or drawn_font
        narrow = self.font in FILE_FONTS
        drawn_size = rng.choice((15.0, 16.0, 16.0)) if narrow else rng.choice((11.5, 12.0, 13.0))
        self.size = self.size or drawn_size
        self.leading = self.leading or rng.choice((1.25, 1.3, 1.33, 1.45)) * (1.0 if narrow else 1.18)
        top, side = rng.choice((1.5, 2.0, 2.5)), rng.choice((2.0, 2.5))
        if not any(self.margins):
            self.margins = (top, rng.choice((1.5, 2.0)), rng.choice((1.5, 2.0)), side)
        self.digits = self.digits or rng.choice(("arabic", "thai", "thai", "mixed"))
        self.leader = self.leader or rng.choice(("plain", "dots", "dots", "over", "rule"))
        self.box = self.box or rng.choice(("square", "square", "glyph", "round"))
        self.tick = self.tick or rng.choice(("check", "check", "cross", "fill", "slash", "pen"))
        self.page_numbers = rng.random() < 0.4

    # -- text -------------------------------------------------------------------------------
    def number(self, text: str) -> str:
        """The text with its numbers in the digits of this form."""
        if self.digits == "arabic":
            return text
        if self.digits == "thai":
            return text.translate(_DIGITS)
        return _NUMBER.sub(
            lambda m: m.group().translate(_DIGITS) if self.rng.random() < 0.5 else m.group(), text
        )

    def text(self, text: str) -> str:
        """Printed form text: digits of the form, escaped for HTML."""
        return html.escape(self.number(text))

    def value(self, path: str, text: str) -> str:
        """A value of the record, marked with its path."""
        return f'<a href="{LINK}{quote(path)}">{self.text(text)}</a>'

    def blank(self, width: int) -> str:
        """An empty leader about ``width`` characters of text long."""
        if self.leader == "rule":
            return f'<span class="gap" style="width:{width * 0.4:.1f}em"></span>'
        return '<span class="dots">' + "." * max(4, int(width * 1.7)) + "</span>"

    def slot(self, path: str, text: str | None, width: int = 20) -> str:
        """A value on its leader, or the empty leader; ``width`` in characters."""
        if text is None:
            return self.blank(width)
        inner = self.value(path, text)
        spare = max(3, width - len(text))
        left = self.rng.randint(2, max(2, spare))
        if self.leader == "plain":
            return f"&nbsp; {inner} &nbsp;"
        if self.leader == "dots":
            dots = [f'<span class="dots">{"." * n}</span>' for n in (left, max(2, spare - left))]
            return dots[0] + inner + dots[1]
        if self.leader == "over":
            return f'<span class="over">&nbsp;{inner}&nbsp;</span>'
        pad = min(2.0, spare * 0.12)
        return f'<span class="rule" style="padding:0 {pad:.1f}em">&nbsp;{inner}&nbsp;</span>'

    # -- marks ------------------------------------------------------------------------------
    def mark(self, path: str, checked: bool, shape: str | None = None) -> str:
        """A tick box, marked with its path."""
        shape = shape or self.box
        href = f'<a href="{LINK}{quote(path)}">'
        if shape == "brackets":
            ink = self.rng.choice(("/", "✓", "✓", "√")) if checked else "&nbsp;&nbsp;"
            return f"{href}(&nbsp;{ink}&nbsp;)</a>"
        if shape == "glyph":
            ink = (
                {"cross": "☒", "fill": "■"}.get(self.tick, "☑")
                if checked
                else ("□" if self.tick == "fill" else "☐")
            )
            return f'{href}<span class="glyph">{ink}</span></a>'
        outline = (
            '<circle cx="8" cy="8" r="6.6" class="edge"/>'
            if shape == "round"
            else '<rect x="1.5" y="1.5" width="13" height="13" class="edge"/>'
        )
        return (
            f'{href}<svg class="tick" viewBox="0 0 16 16">{outline}{self._ink() if checked else ""}</svg></a>'
        )

    def _ink(self) -> str:
        a, b, c, d, e, f = (self.rng.uniform(-0.8, 0.8) for _ in range(6))
        if self.tick == "cross":
            return '<path d="M3.5 3.5 L12.5 12.5 M12.5 3.5 L3.5 12.5" class="ink"/>'
        if self.tick == "fill":
            return '<rect x="4" y="4" width="8" height="8" fill="#111"/>'
        if self.tick == "slash":
            return f'<path d="M{4 + a} {13 + b} L{12.5 + c} {3 + d}" class="ink"/>'
        if self.tick == "pen":
            return (
                f'<path d="M{2 + a} {8 + b} Q{5 + c} {13 + d} {6.5 + e} 14 '
                f'Q9 5 {17 + f} {-3 + a}" class="ink pen"/>'
            )
        return '<path d="M3.5 8.2 L6.8 11.8 L12.6 3.8" class="ink"/>'

    # -- page -------------------------------------------------------------------------------
    def css(self, fonts: Path) -> str:
        """The style sheet; ``fonts`` is the folder of the font files."""
        face = ""
        if self.font in FILE_FONTS:
            address = (fonts / FILE_FONTS[self.font]).absolute().as_uri()
            face = f'@font-face{{font-family:"{self.font}";src:url("{address}")}}'
        top, right, bottom, left = self.margins
        return f"""{face}
@page{{size:A4;margin:{top}cm {right}cm {bottom}cm {left}cm}}
html,body{{margin:0;padding:0}}
body{{font-family:"{self.font}",Laksaman,"DejaVu Sans";font-size:{self.size}pt;line-height:{self.leading:.3f};
 color:#000;-webkit-print-color-adjust:exact}}
a{{color:inherit;text-decoration:none}}
p{{margin:0}} .c{{text-align:center}} .b{{font-weight:bold}} .i{{text-indent:1.5cm}} .r{{text-align:right}}
.dots{{letter-spacing:0;word-break:break-all}}
.rule{{border-bottom:1.2px dotted #222}}
.gap{{display:inline-block;height:.8em;border-bottom:1.2px dotted #222}}
.over{{background-image:radial-gradient(circle,#222 0.6px,transparent 0.8px);background-size:3.2px 3.2px;
 background-repeat:repeat-x;background-position:0 88%}}
.tick{{width:.72em;height:.72em;overflow:visible;vertical-align:-.05em;text-indent:0}}
.edge{{fill:none;stroke:#000;stroke-width:1.1}}
.ink{{fill:none;stroke:#111;stroke-width:1.9;stroke-linecap:round}}
.pen{{stroke:#1c2f96;stroke-width:1.6}}
.glyph{{font-family:"DejaVu Sans";font-size:.8em}}
table{{border-collapse:collapse;width:100%}} td,th{{vertical-align:top;text-align:left;font-weight:normal}}
.keep{{break-inside:avoid}}
"""

    def page(self, body: str, fonts: Path, css: str = "") -> str:
        """A whole HTML document."""
        return (
            '<!DOCTYPE html><html lang="th"><meta charset="utf-8"><title>form</title>'
            f"<style>{self.css(fonts)}{css}</style>"
            f"<body>{body}</body></html>"
        )
