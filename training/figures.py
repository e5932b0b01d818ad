"""Teaches the figure reader: pages are drawn, spoilt, cleaned and cut as the product does it.

    nice python training/figures.py --fonts var/fonts /usr/share/fonts/truetype/tlwg MORE… \
        --out src/formextract/reading/figures.npz --report var/figures.json

Fonts come from packages only: Debian's ``fonts-thai-tlwg``; the form fonts of PyPI's
``odoo-addon-l10n-th-fonts`` (``scripts/samples`` fetches them into var/fonts; its AngsanaNew is
not free and is not used); PyPI ``fontpkg-sarabun``, ``fontpkg-noto-sans-thai``; npm
``@expo-google-fonts/{taviraj,pridi,trirong,niramit,bai-jamjuree}``.  The texts are made up here.
All seeds are fixed.  About ten minutes on two cores.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw, ImageFont

from formextract.imaging.clean import clean_page
from formextract.imaging.lines import find_lines
from formextract.imaging.rules import find_rules
from formextract.model import LINE_BORDER, LineImage, Raster
from formextract.reading.figure_net import CLASSES, OTHER, FigureNet
from formextract.reading.figure_shapes import FEATURES, find_groups, propose_pieces
from formextract.thai.text import clusters

HELD_OUT = ("Norasi", "Taviraj", "THK2DJuly8", "Umpush")
"""Families that training never sees."""
HELD_OUT_FAULT = "copy"
"""A kind of damage that training never sees: a copy of a copy, grown and thresholded twice."""
FAULTS = ("office", "crisp", "coarse", "bilevel", "fax", "phone", "jpeg", "faint")
RARE = ("THMali", "THCharm", "THSris", "Purisa", "Noto")
WIDTH, HEIGHT, DPI = 1700, 1500, 300

Rng = np.random.Generator
Job = tuple[int, str, tuple[Path, ...]]
"""Seed, damage and fonts of one sheet."""
THAI = "๐๑๒๓๔๕๖๗๘๙"
CONSONANTS = "กขฃคฅฆงจฉชซฌญฎฏฐฑฒณดตถทธนบปผฝพฟภมยรลวศษสหฬอฮ"
LATIN = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghjkmnpqrstuvwxyz"
"""Without O, o, I, i and l, whose shapes are those of figures."""


@dataclass(frozen=True)
class Drawn:
    """A page and what stands where on it."""

    gray: npt.NDArray[np.uint8]
    labels: npt.NDArray[np.int32]
    """Number of the character of each pixel, 0 for none."""
    classes: list[int]
    """Class of each character number; index 0 unused."""


def digits(rng: Rng, n: int, script: str) -> str:
    """``n`` random digits."""
    s = "".join(str(d) for d in rng.integers(0, 10, n))
    return s if script == "arabic" else "".join(THAI[int(c)] for c in s)


def figure(rng: Rng, script: str) -> str:
    """One number as forms print it."""

    def d(n: int) -> str:
        return digits(rng, n, script)

    kind = int(rng.integers(0, 15))
    if kind == 0:
        return ("25" if script == "arabic" else "๒๕") + d(2)
    if kind == 1:
        return d(2) + "," + d(3) + ("" if rng.random() < 0.6 else "." + d(2))
    if kind == 2:
        return d(1) + "." + d(1)
    if kind == 3:
        return d(1) + "."
    if kind == 4:
        return d(int(rng.integers(1, 3))) + ")"
    if kind == 5:
        return "(" + d(int(rng.integers(1, 4))) + ")"
    if kind == 6:
        return d(2) + "/" + d(4)
    if kind == 7:
        return d(2) + "/" + d(2) + "/" + d(4)
    if kind == 8:
        return d(int(rng.integers(1, 3))) + "%"
    if kind == 9:
        return d(2) + ":" + d(2)
    if kind == 10:
        return d(1) + ("-" if rng.random() < 0.6 else "–") + d(2)
    if kind == 11:
        return d(10)
    if kind == 12:
        return d(1) + "." + d(1) + "." + d(1)
    return d(int(rng.integers(1, 6)))


def word(rng: Rng) -> str:
    """Something that is no number: syllables that look Thai, single letters, Latin."""
    roll = rng.random()
    if roll < 0.08:
        return "".join(rng.choice(list(LATIN), int(rng.integers(1, 6))))
    if roll < 0.16:
        return str(rng.choice(list(CONSONANTS))) + str(rng.choice(["", ".", ")", "/", "ๆ", "ฯ"]))
    if roll < 0.19:
        return str(rng.choice(["“", "”", '"', "ฯ", "ๆ", "•", "+", "=", "ฯลฯ", "!", "?", "*", ";", "'"]))
    out = ""
    for _ in range(int(rng.integers(1, 5))):
        out += str(rng.choice(["", "", "", "เ", "แ", "โ", "ใ", "ไ"]))
        out += str(rng.choice(list(CONSONANTS)))
        out += str(rng.choice(["", "", "", "ิ", "ี", "ึ", "ื", "ุ", "ู", "ั", "็"]))
        out += str(rng.choice(["", "", "", "่", "้", "์"]))
        out += str(rng.choice(["", "", "า", "ะ", "ำ", "ๆ"] if rng.random() < 0.5 else [""]))
        out += str(rng.choice(["", *CONSONANTS])) if rng.random() < 0.4 else ""
    return out


def line_text(rng: Rng) -> str:
    """One line of a form: words and numbers, with blanks or leaders between or none."""
    script = "thai" if rng.random() < 0.62 else "arabic"
    if rng.random() < 0.15:
        return figure(rng, script)
    out = ""
    for _ in range(int(rng.integers(3, 17))):
        if rng.random() < 0.06:
            script = "arabic" if script == "thai" else "thai"
        out += figure(rng, script) if rng.random() < 0.68 else word(rng)
        roll = rng.random()
        out += " " if roll < 0.66 else "" if roll < 0.84 else "." * int(rng.integers(2, 7)) + " "
    return out


def draw_page(rng: Rng, fonts: Sequence[Path]) -> Drawn:
    """A sheet of lines in many fonts, with the character number of each pixel."""
    gray = np.full((HEIGHT, WIDTH), 255, np.uint8)
    labels = np.zeros((HEIGHT, WIDTH), np.int32)
    classes = [OTHER]
    weights = np.array([0.25 if f.name.startswith(RARE) else 1.0 for f in fonts])
    weights *= np.array([3.0 if f.name.startswith(("THSarabun", "THNiramit")) else 1.0 for f in fonts])
    weights /= weights.sum()
    y = 60.0
    while True:
        path = fonts[int(rng.choice(len(fonts), p=weights))]
        narrow = path.name.startswith(("TH", "Niramit"))
        pt = float(rng.uniform(13, 20) if narrow else rng.uniform(10, 16))
        font = ImageFont.truetype(str(path), round(pt * DPI / 72), layout_engine=ImageFont.Layout.RAQM)
        y += pt * DPI / 72 * 1.15
        if y > HEIGHT - 70:
            return Drawn(gray, labels, classes)
        x, start = 60.0 + float(rng.uniform(0, 60)), 0.0
        bold = int(rng.choice([0, 0, 0, 1])) if "Bold" not in path.name else 0
        tight = float(rng.choice([0, 0, 0, -1.0, -2.0, 1.0]))
        start = x
        for ch in clusters(line_text(rng)):
            step = font.getlength(ch)
            if x + step > WIDTH - 60:
                break
            if ch != " ":
                box = font.getbbox(ch, anchor="ls", stroke_width=bold)
                x0, y0 = round(x) + int(box[0]) - 2, round(y) + int(box[1]) - 2
                w, h = int(box[2] - box[0]) + 5, int(box[3] - box[1]) + 5
                tile = Image.new("L", (w, h), 0)
                ImageDraw.Draw(tile).text(
                    (2 - int(box[0]), 2 - int(box[1])), ch, 255, font=font, anchor="ls", stroke_width=bold
                )
                ink = np.asarray(tile)
                if x0 >= 0 and y0 >= 0 and x0 + w <= WIDTH and y0 + h <= HEIGHT:
                    view = gray[y0 : y0 + h, x0 : x0 + w]
                    np.minimum(view, 255 - ink, out=view)
                    name = "-" if ch in "-–" else ch
                    classes.append(CLASSES.index(name) if name in CLASSES else OTHER)
                    labels[y0 : y0 + h, x0 : x0 + w][ink > 90] = len(classes) - 1
            x += step + tight + (float(rng.uniform(0, 0.5 * pt)) if ch == " " else 0.0)
        roll = rng.random()
        if roll < 0.06:  # a rule on which the line stands
            low = round(y + rng.uniform(2, 9))
            gray[low : low + 3, round(start) : round(x)] = 0
        elif roll < 0.12:  # dots printed under what was typed
            for q in range(round(start), round(x), 13):
                cv2.circle(gray, (q, round(y) + 1), 2, 0, -1)
        y += float(rng.uniform(0, 0.3)) * pt * DPI / 72


def spoil(gray: npt.NDArray[np.uint8], fault: str, rng: Rng) -> tuple[npt.NDArray[np.uint8], int]:
    """The sheet as a device delivers it, and its resolution."""
    g = gray
    spread = rng.random()
    if spread < 0.15 or fault == "copy":
        g = cv2.erode(g, np.ones((2, 2), np.uint8)).astype(np.uint8)  # ink runs
    elif spread < 0.27:
        g = cv2.dilate(g, np.ones((2, 2), np.uint8)).astype(np.uint8)  # thin print
    dpi = {
        "crisp": 300,
        "coarse": 150,
        "bilevel": int(rng.choice([200, 300])),
        "fax": 204,
        "phone": int(rng.integers(150, 240)),
        "faint": int(rng.choice([150, 200, 300])),
    }.get(fault, 200)
    if dpi != DPI:
        size = (round(WIDTH * dpi / DPI), round(HEIGHT * dpi / DPI))
        g = cv2.resize(g, size, interpolation=cv2.INTER_AREA).astype(np.uint8)
    sigma = float(rng.uniform(0.3, 0.9)) * (1.3 if fault in ("phone", "faint") else 1.0) * max(0.7, dpi / 220)
    f = cv2.GaussianBlur(g, (0, 0), sigma).astype(np.float32)
    fade = float(rng.uniform(0, 0.2)) + (0.25 if fault == "faint" else 0.0)
    f = 255 - (255 - f) * (1 - fade)
    grain = {"crisp": 2.0, "bilevel": 12.0, "fax": 26.0, "copy": 18.0}.get(fault, float(rng.uniform(3, 10)))
    f += cv2.GaussianBlur(rng.standard_normal(f.shape, dtype=np.float32) * grain * 1.4, (0, 0), 0.6)
    if fault == "phone":
        field = cv2.resize(rng.uniform(0.7, 1, (3, 3)).astype(np.float32), f.shape[::-1])
        f *= field
    g = np.clip(f * (1.07 if fault in ("office", "jpeg") else 1.0), 0, 255).astype(np.uint8)
    if fault in ("bilevel", "fax", "copy"):
        g = np.where(g < rng.uniform(130, 185), 0, 255).astype(np.uint8)
    if fault == "copy":
        g = cv2.GaussianBlur(g, (0, 0), 0.8).astype(np.uint8)
        g = np.where(g < rng.uniform(110, 180), 0, 255).astype(np.uint8)
    if fault in ("office", "coarse", "phone", "jpeg", "faint"):
        quality = int(rng.integers(22, 45) if fault == "jpeg" else rng.integers(35, 80))
        packed = cv2.imencode(".jpg", g, [cv2.IMWRITE_JPEG_QUALITY, quality])[1]
        g = np.asarray(cv2.imdecode(packed, cv2.IMREAD_GRAYSCALE), dtype=np.uint8)
    return g, dpi


def lean(drawn: Drawn, rng: Rng) -> Drawn:
    """The sheet turned by what deskewing leaves, and its letters leaning a little."""
    angle = float(rng.normal(0, 0.12))
    shear = float(rng.normal(0, 0.02)) if rng.random() < 0.5 else 0.0
    m = cv2.getRotationMatrix2D((WIDTH / 2, HEIGHT / 2), angle, 1.0)
    m[0, 1] += shear
    m[0, 2] -= shear * HEIGHT / 2
    size = (WIDTH, HEIGHT)
    gray = cv2.warpAffine(drawn.gray, m, size, flags=cv2.INTER_LINEAR, borderValue=255)
    labels = cv2.warpAffine(drawn.labels.astype(np.float32), m, size, flags=cv2.INTER_NEAREST)
    return Drawn(gray.astype(np.uint8), labels.astype(np.int32), drawn.classes)


def label_pieces(
    crop: LineImage, labels: npt.NDArray[np.int32], classes: Sequence[int]
) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.int64]] | None:
    """Descriptions of a crop's pieces and their classes.

    A piece is a character if it holds nearly all of its ink that is left and hardly any other's; all
    else is OTHER.  Pieces between the two are left out.
    """
    found = propose_pieces(crop)
    if found is None:
        return None
    _, comps, _ = find_groups(crop.image)
    ox = round(crop.box.x0 * crop.scale) - LINE_BORDER
    oy = round(crop.box.y0 * crop.scale) - LINE_BORDER
    h, w = comps.shape
    top, left = max(0, -oy), max(0, -ox)
    seen = labels[oy + top : oy + h, ox + left : ox + w]
    inked = comps[top : top + seen.shape[0], left : left + seen.shape[1]] > 0
    # thin strokes lose pixels to blur: only ink that is there counts
    totals = np.bincount(seen[inked], minlength=len(classes))
    keep: list[int] = []
    out: list[int] = []
    for k, p in enumerate(found.pieces):
        y0, x0 = p.y0 + oy, p.x0 + ox
        if y0 < 0 or x0 < 0 or p.y1 + oy > HEIGHT or p.x1 + ox > WIDTH:
            continue
        view = labels[y0 : p.y1 + oy, x0 : p.x1 + ox]
        ids = view[(comps[p.y0 : p.y1, p.x0 : p.x1] > 0) & (view > 0)]
        if ids.size < 3:
            continue
        counts = np.bincount(ids)
        best = int(np.argmax(counts))
        pure = counts[best] / ids.size
        whole = counts[best] / max(1, totals[best])
        kind = classes[best]
        if kind != OTHER:
            if not (pure >= 0.93 and whole >= 0.8):
                if pure > 0.85 and whole > 0.6:
                    continue
                kind = OTHER
        keep.append(k)
        out.append(kind)
    return found.features[keep], np.array(out, dtype=np.int64)


def make_sheet(
    job: tuple[int, str, tuple[Path, ...]],
) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.int64]]:
    """All labelled pieces of one sheet; OTHER thinned to the number that training needs."""
    seed, fault, fonts = job
    cv2.setNumThreads(1)
    rng = np.random.default_rng(seed)
    drawn = lean(draw_page(rng, fonts), rng)
    gray, dpi = spoil(drawn.gray, fault, rng)
    page = clean_page(Raster(np.repeat(gray[..., None], 3, axis=2), dpi), deskew=False, rectify=False)
    if page.gray.shape != (HEIGHT, WIDTH):
        drawn = Drawn(
            drawn.gray,
            cv2.resize(
                drawn.labels.astype(np.float32), page.gray.shape[::-1], interpolation=cv2.INTER_NEAREST
            ).astype(np.int32),
            drawn.classes,
        )
    xs, ys = [], []
    for crop in find_lines(page, rules=find_rules(page)):
        got = label_pieces(crop, drawn.labels, drawn.classes)
        if got is not None:
            xs.append(got[0])
            ys.append(got[1])
    if not xs:
        return np.zeros((0, FEATURES), np.float32), np.zeros(0, np.int64)
    x, y = np.concatenate(xs), np.concatenate(ys)
    other = np.nonzero(y == OTHER)[0]
    most = max(200, int(1.1 * (y != OTHER).sum()))
    if len(other) > most:
        drop = rng.permutation(other)[most:]
        keep = np.ones(len(y), bool)
        keep[drop] = False
        x, y = x[keep], y[keep]
    return x.astype(np.float16).astype(np.float32), y


def sheets(
    jobs: Sequence[Job], workers: int
) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Pieces of all jobs: descriptions, classes, number of the job."""
    xs, ys, js = [], [], []
    with ProcessPoolExecutor(workers) as pool:
        for n, (x, y) in enumerate(pool.map(make_sheet, jobs, chunksize=2)):
            xs.append(x)
            ys.append(y)
            js.append(np.full(len(y), n))
    return np.concatenate(xs), np.concatenate(ys), np.concatenate(js)


def batches(n: int, size: int, rng: Rng) -> Iterator[npt.NDArray[np.int64]]:
    """Random batches of indexes, the rest of an epoch dropped."""
    order = rng.permutation(n)
    for i in range(0, n - size + 1, size):
        yield order[i : i + size]


def train(
    x: npt.NDArray[np.float32], y: npt.NDArray[np.int64], *, epochs: int, seed: int, hidden: tuple[int, int]
) -> FigureNet:
    """A net of two hidden layers: Adam, falling rate, noise and dropout, cross-entropy."""
    rng = np.random.default_rng(seed)
    mean, spread = x.mean(axis=0), x.std(axis=0) + 0.05
    x = (x - mean) / spread
    sizes = [FEATURES, *hidden, len(CLASSES)]
    ws = [rng.normal(0, np.sqrt(2 / a), (a, b)).astype(np.float32) for a, b in pairwise(sizes)]
    bs = [np.zeros(b, np.float32) for b in sizes[1:]]
    params = [*ws, *bs]
    m1 = [np.zeros_like(p) for p in params]
    m2 = [np.zeros_like(p) for p in params]
    size, t = 256, 0
    total = epochs * (len(y) // size)
    for _ in range(epochs):
        for idx in batches(len(y), size, rng):
            t += 1
            a0 = x[idx] + rng.standard_normal((size, FEATURES), dtype=np.float32) * 0.12
            a0 *= (rng.random((size, FEATURES), dtype=np.float32) > 0.1) / np.float32(0.9)
            z1 = a0 @ ws[0] + bs[0]
            a1 = np.maximum(z1, 0)
            z2 = a1 @ ws[1] + bs[1]
            keep = (rng.random(z2.shape, dtype=np.float32) > 0.15) / np.float32(0.85)
            a2 = np.maximum(z2, 0) * keep
            z3 = a2 @ ws[2] + bs[2]
            z3 -= z3.max(axis=1, keepdims=True)
            p = np.exp(z3)
            p /= p.sum(axis=1, keepdims=True)
            p[np.arange(size), y[idx]] -= 1
            d3 = p / size
            d2 = (d3 @ ws[2].T) * keep * (z2 > 0)
            d1 = (d2 @ ws[1].T) * (z1 > 0)
            grads = [a0.T @ d1, a1.T @ d2, a2.T @ d3, d1.sum(0), d2.sum(0), d3.sum(0)]
            rate = 1.5e-3 * min(1.0, t / 300) * (0.5 * (1 + np.cos(np.pi * t / total)) + 0.01)
            for k, (q, g) in enumerate(zip(params, grads, strict=True)):
                m1[k] = 0.9 * m1[k] + 0.1 * g
                m2[k] = 0.999 * m2[k] + 0.001 * g * g
                step = rate * (m1[k] / (1 - 0.9**t)) / (np.sqrt(m2[k] / (1 - 0.999**t)) + 1e-8)
                q -= step.astype(np.float32)
                if k < 3:
                    q *= np.float32(1 - rate * 0.01)
    return FigureNet(tuple(ws), tuple(bs), mean, spread, 1.0)


def fit_temperature(net: FigureNet, x: npt.NDArray[np.float32], y: npt.NDArray[np.int64]) -> float:
    """The divisor of the net's outputs under which its probabilities are most likely."""
    z = net.logits(x)

    def loss(t: float) -> float:
        q = z / t
        q = q - q.max(axis=1, keepdims=True)
        logp = q - np.log(np.exp(q).sum(axis=1, keepdims=True))
        return -float(logp[np.arange(len(y)), y].mean())

    return min((float(t) for t in np.arange(0.8, 4.01, 0.1)), key=loss)


def scores(net: FigureNet, x: npt.NDArray[np.float32], y: npt.NDArray[np.int64]) -> dict[str, Any]:
    """Shares right, by class; of what is given as a figure at p >= 0.9, how much is wrong."""
    p = net.probabilities(x)
    best, top = p.argmax(axis=1), p.max(axis=1)
    sure = (best != OTHER) & (top >= 0.9)
    figures = y != OTHER
    return {
        "pieces": len(y),
        "figures": int(figures.sum()),
        "right": round(float((best == y)[figures].mean()), 4) if figures.any() else None,
        "sure": round(float((sure & figures).sum() / max(1, figures.sum())), 4),
        "sure_wrong_figure": int((sure & figures & (best != y)).sum()),
        "sure_of_other": int((sure & ~figures).sum()),
        "classes": {
            CLASSES[k]: [int((y == k).sum()), round(float((best == k)[y == k].mean()), 4)]
            for k in range(len(CLASSES))
            if (y == k).any()
        },
        "confused": [
            [CLASSES[int(a)], CLASSES[int(b)], int(n)]
            for (a, b), n in sorted(_pairs(y, best).items(), key=lambda q: -q[1])[:14]
        ],
    }


def _pairs(y: npt.NDArray[np.int64], best: npt.NDArray[np.int64]) -> dict[tuple[int, int], int]:
    wrong = np.nonzero(y != best)[0]
    out: dict[tuple[int, int], int] = {}
    for k in wrong:
        pair = (int(y[k]), int(best[k]))
        out[pair] = out.get(pair, 0) + 1
    return out


def font_files(folders: Sequence[Path]) -> list[Path]:
    """All TrueType fonts of the folders but the monospaced and what is not free, by name."""
    files = {f.name: f for d in folders for f in sorted(d.glob("*.ttf"))}
    left_out = ("TlwgMono", "TlwgTypewriter", "TlwgTypist", "TlwgTypo", "Angsana", "Webdings")
    return [files[n] for n in sorted(files) if not n.startswith(left_out)]


def main() -> None:
    """Makes the pieces, trains, measures, writes."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--fonts", type=Path, nargs="+", required=True)
    ask.add_argument("--out", type=Path, required=True)
    ask.add_argument("--report", type=Path, required=True)
    ask.add_argument("--sheets", type=int, default=320)
    ask.add_argument("--epochs", type=int, default=9)
    ask.add_argument("--workers", type=int, default=2)
    ask.add_argument("--keep", type=Path, default=None, help="where to keep the pieces for another training")
    args = ask.parse_args()
    fonts = font_files(args.fonts)
    new = tuple(f for f in fonts if f.name.startswith(HELD_OUT))
    known = tuple(f for f in fonts if not f.name.startswith(HELD_OUT))
    if not new or not known:
        sys.exit("The fonts named in this file's first lines are needed; some were not found.")
    t0 = time.time()
    jobs: list[Job] = [(1000 + n, FAULTS[n % len(FAULTS)], known) for n in range(args.sheets)]
    checks: list[Job] = [(500000 + n, FAULTS[n % len(FAULTS)], new) for n in range(4 * len(FAULTS))]
    checks += [(600000 + n, HELD_OUT_FAULT, known) for n in range(4)]
    checks += [(700000 + n, FAULTS[n % len(FAULTS)], new) for n in range(2 * len(FAULTS))]
    x, y, which = sheets([*jobs, *checks], args.workers)
    if args.keep is not None:
        np.savez(args.keep, x=x.astype(np.float16), y=y, which=which)
    mine = which < len(jobs)
    print(f"{mine.sum()} pieces to learn from, {(~mine).sum()} to check", flush=True)
    net = train(x[mine], y[mine], epochs=args.epochs, seed=7, hidden=(192, 96))
    n = len(jobs)
    # the last sheets set the temperature and are in no score
    tune = which >= n + 4 * len(FAULTS) + 4
    net = net.with_temperature(fit_temperature(net, x[tune], y[tune]))
    fonts_check = (which >= n) & (which < n + 4 * len(FAULTS))
    report: dict[str, Any] = {
        "temperature": net.temperature,
        "fonts": [f.name for f in known],
        "held_out": [f.name for f in new],
        "learnt": int(mine.sum()),
    }
    report["new_fonts"] = scores(net, x[fonts_check], y[fonts_check])
    for k, fault in enumerate(FAULTS):
        rows = fonts_check & ((which - n) % len(FAULTS) == k)
        report[f"new_fonts_{fault}"] = scores(net, x[rows], y[rows])
    rows = (which >= n + 4 * len(FAULTS)) & ~tune
    report[f"new_fault_{HELD_OUT_FAULT}"] = scores(net, x[rows], y[rows])
    net.save(args.out)
    report["sha256"] = hashlib.sha256(args.out.read_bytes()).hexdigest()
    report["bytes"] = args.out.stat().st_size
    report["seconds"] = round(time.time() - t0)
    args.report.write_text(json.dumps(report, ensure_ascii=False, indent=1), encoding="utf-8")
    for name, s in report.items():
        if isinstance(s, dict):
            print(name, {k: v for k, v in s.items() if k not in ("classes",)})


if __name__ == "__main__":
    main()
