"""What of a page's text a reader can see, judged on the rendered page.

Text can be hidden in many ways: an invisible rendering mode, white on white, below a picture
or a patch, clipped away, outside the page, too small.  The rendered page knows most of them:
where no ink is, nothing was printed.
"""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np

from formextract.model import Box, GrayImage, Rule
from formextract.pages.content import Char, PageObjects, Picture
from formextract.pages.glyphs import is_blank

PROBE_DPI = 100
"""Resolution of the rendering that visibility is judged on."""
CONTRAST = 40
"""Grey levels (of 255) between a letter and its ground that an eye tells apart at reading speed."""
INK = 150
"""Darker than this is ink."""
SMALLEST = 3.0
"""Smaller print, in points, is nothing a form says to its readers."""

_LINE_HEIGHT = (5.0, 28.0)
"""Height in points of things that look like a line of text."""
_LINE_WIDTH = 14.0
"""Least width in points of things that look like a word."""


def visible_chars(objects: PageObjects, page: GrayImage) -> list[Char]:
    """The characters that leave ink on the page.

    Marks and blanks, whose own ink cannot be told from their letter's, share the fate of the
    character drawn before them.
    """
    covers = [p for p in objects.pictures if not p.see_through and p.box.area > 20]
    out: list[Char] = []
    letter: Char | None = None
    letter_seen = True
    for char in objects.chars:
        seen = _is_visible(char, objects, page, covers)
        if char.advance < 0.05 * char.size or is_blank(char.text):
            follows = letter is not None and _is_next_to(char, letter)
            seen = seen and (letter_seen or not follows)
        else:
            letter, letter_seen = char, seen
        if seen:
            out.append(char)
    return out


def _is_next_to(char: Char, letter: Char) -> bool:
    near = abs(char.y - letter.y) <= 0.5 * letter.size
    return near and letter.x - 0.5 * letter.size <= char.x <= letter.x1 + 0.5 * letter.size


def _is_visible(char: Char, objects: PageObjects, page: GrayImage, covers: Sequence[Picture]) -> bool:
    if char.invisible or char.size < SMALLEST:
        return False
    box = char.box
    middle_y = char.y - 0.25 * char.size
    if not (-1 <= box.cx <= objects.width + 1 and -1 <= middle_y <= objects.height + 1):
        return False
    if any(p.order > char.order and p.box.holds(box.cx, middle_y) for p in covers):
        return False
    if char.advance < 0.05 * char.size or is_blank(char.text):
        return True
    return (
        contrast(page, Box(char.x, char.y - 0.75 * char.size, char.x1, char.y + 0.2 * char.size)) >= CONTRAST
    )


def contrast(page: GrayImage, box: Box) -> int:
    """Difference of the brightest and the darkest pixel in a box given in points; 0 off the page."""
    scale = PROBE_DPI / 72
    height, width = page.shape
    x0, x1 = max(0, int(box.x0 * scale)), min(width, int(np.ceil(box.x1 * scale)) + 1)
    y0, y1 = max(0, int(box.y0 * scale)), min(height, int(np.ceil(box.y1 * scale)) + 1)
    if x0 >= x1 or y0 >= y1:
        return 0
    part = page[y0:y1, x0:x1]
    return int(part.max()) - int(part.min())


def patched_chars(objects: PageObjects, chars: Sequence[Char]) -> int:
    """Number of characters over which a filled shape was painted later.

    A patch may be opaque (white-out before a new value is typed) or see-through (a marker pen);
    the file alone does not tell, so whoever asks should look at the image instead.
    """
    patches = [
        p
        for p in objects.paths
        if p.filled and not p.curved and len(p.points) == 4 and min(p.box.width, p.box.height) > 4
    ]
    if not patches or not chars:
        return 0
    xs = np.array([c.box.cx for c in chars])
    ys = np.array([c.y - 0.25 * c.size for c in chars])
    orders = np.array([c.order for c in chars])
    solid = np.array([not is_blank(c.text) and c.advance > 0 for c in chars])
    hit = np.zeros(len(chars), dtype=bool)
    for patch in patches:
        b = patch.box
        hit |= (xs > b.x0) & (xs < b.x1) & (ys > b.y0) & (ys < b.y1) & (orders < patch.order)
    return int((hit & solid).sum())


def visible_rules(rules: Sequence[Rule], page: GrayImage) -> list[Rule]:
    """The rules that leave ink along most of their length."""
    out = []
    for rule in rules:
        box = rule.box
        steps = [(k + 0.5) / 12 for k in range(12)]
        if rule.horizontal:
            xs = [box.x0 + s * box.width for s in steps]
            spots = [Box(x - 1.5, box.y0 - 1, x + 1.5, box.y1 + 1) for x in xs]
        else:
            ys = [box.y0 + s * box.height for s in steps]
            spots = [Box(box.x0 - 1, y - 1.5, box.x1 + 1, y + 1.5) for y in ys]
        if sum(contrast(page, spot) >= CONTRAST // 2 for spot in spots) >= 7:
            out.append(rule)
    return out


def unexplained_words(objects: PageObjects, chars: Sequence[Char], page: GrayImage) -> int:
    """Number of things on the page that look like words but belong to no visible character.

    Scans, pictures of text and text turned into outlines give many; emblems, signatures, stamps
    and ticks give none or one or two, since they are taller, shorter or alone.
    """
    scale = PROBE_DPI / 72
    ink = (page < INK).astype(np.uint8)
    for char in chars:
        _blank_out(ink, Box(char.x - 1.5, char.y - char.size, char.x1 + 1.5, char.y + 0.4 * char.size), scale)
    for path in objects.paths:
        box = path.box
        if path.curved or not (len(path.points) in (2, 4) or path.stroked):
            continue
        grow = max(1.5, path.line_width)
        if min(box.width, box.height) <= 3 or (path.filled and _is_dark(ink, box, scale)):
            _blank_out(ink, box.grown(grow), scale)
        elif path.stroked:
            for (ax, ay), (bx, by) in zip(path.points, (*path.points[1:], path.points[0]), strict=True):
                if abs(ax - bx) < 1 or abs(ay - by) < 1:
                    side = Box(min(ax, bx), min(ay, by), max(ax, bx), max(ay, by))
                    _blank_out(ink, side.grown(grow), scale)
    joined = cv2.dilate(ink, np.ones((1, 7), np.uint8))
    count, _, stats, _ = cv2.connectedComponentsWithStats(joined)
    words = 0
    for _x, _y, width, height, area in stats[1:count]:
        wide, high = width / scale, height / scale
        if (
            _LINE_HEIGHT[0] <= high <= _LINE_HEIGHT[1]
            and wide >= _LINE_WIDTH
            and area > 0.15 * width * height
        ):
            words += 1
    return words


def _is_dark(ink: GrayImage, box: Box, scale: float) -> bool:
    """Whether a shape is filled with ink: white page grounds and light shades explain nothing."""
    x0, y0 = max(0, int(box.x0 * scale)), max(0, int(box.y0 * scale))
    part = ink[y0 : max(0, int(box.y1 * scale)), x0 : max(0, int(box.x1 * scale))]
    return part.size > 0 and float(part.mean()) > 0.6


def _blank_out(ink: GrayImage, box: Box, scale: float) -> None:
    x0, y0 = max(0, int(box.x0 * scale)), max(0, int(box.y0 * scale))
    ink[y0 : max(0, int(box.y1 * scale) + 1), x0 : max(0, int(box.x1 * scale) + 1)] = 0
