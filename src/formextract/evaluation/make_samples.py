"""Makes the files of ``samples/`` again: ``python -m formextract.evaluation.make_samples [FOLDER]``.

Needs Chromium, Playwright and a folder of form fonts (``--fonts``, filled by ``scripts/samples``).
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import pypdfium2 as pdfium

from formextract.errors import FormextractError, MissingDependency
from formextract.evaluation import ink
from formextract.evaluation.forms import Sheet, make_mou, make_pa1, make_roster
from formextract.evaluation.forms.pa1_print import Look
from formextract.evaluation.places import Place, add_codes, load_places
from formextract.evaluation.printer import Printed, Printer, open_printer
from formextract.evaluation.sample_jobs import JOBS, Job
from formextract.evaluation.scan_files import build_pdf, encode_jpeg, garble, misplace_glyph_map, write_scan
from formextract.evaluation.scanner import RECIPES, Recipe, render_pages, scan_page
from formextract.evaluation.style import FILE_FONTS, Style
from formextract.evaluation.truth import build_truth, write_truth
from formextract.model import Box, ColorImage

_MAKERS: dict[str, Callable[..., Sheet]] = {"pa1": make_pa1, "mou": make_mou, "roster": make_roster}
_SIGNED = ("signature.name_printed", "superior.name", "signer", "signatures[", "witnesses[")
_GARBAGE = "สำนักงานเขตพื้นที่การศึกษาประถมศึกษา\nโรงเรียน สังกัด ตำแหน่ง ผู้อำนวยการ\nบันทึกข้อตกลงความร่วมมือ"


def make_sample(job: Job, folder: Path, printer: Printer, fonts: Path, places: tuple[Place, ...]) -> Path:
    """Makes one sample and its truth; returns the sample's path."""
    path = folder / job.name
    path.parent.mkdir(parents=True, exist_ok=True)
    forms = ("mou", "roster") if job.form == "pack" else (job.form,)
    sheets = [_make_sheet(job, form, places) for form in forms]
    prints = [printer.print(s.style.page(s.body, fonts, s.css), s.style.page_numbers) for s in sheets]
    meta = {"scan": job.scan, "extras": list(job.extras), "seed": job.seed}
    truths, before = [], 0
    for sheet, printed in zip(sheets, prints, strict=True):
        truth = build_truth(sheet, printed, meta)
        truth["pages"] = [page + before for page in truth["pages"]]
        before += printed.page_count
        if job.scan != "born_digital":
            del truth["boxes"]
        truths.append(truth)
    if job.scan == "born_digital":
        pdf = prints[0].pdf
        path.write_bytes(misplace_glyph_map(pdf, job.seed) if "wrongmap" in job.extras else pdf)
    else:
        _scan(job, path, prints, fonts)
    whole = truths[0] if len(truths) == 1 else {"documents": truths, "meta": truths[0]["meta"]}
    write_truth(path.with_suffix(".json"), whole)
    return path


def _make_sheet(job: Job, form: str, places: tuple[Place, ...]) -> Sheet:
    options: dict[str, Any] = dict(job.options)
    if job.look is not None:
        options["look"] = Look(**job.look)
    if job.form == "pack":
        options = {"variant": "2p", "n_codev": 2} if form == "mou" else {"n_offices": 3}
    return _MAKERS[form](job.seed, places, style=Style(job.seed, **job.fixed), **options)


def _scan(job: Job, path: Path, prints: list[Printed], fonts: Path) -> None:
    recipe = RECIPES[job.scan]
    rng = np.random.default_rng(job.seed)
    turns = {"turn1": 1, "turn2": 2, "turn3": 3}
    for extra in job.extras:
        if extra in turns:
            recipe = replace(recipe, turn=turns[extra])
    pages: list[ColorImage] = []
    for printed in prints:
        raw = render_pages(printed.pdf, recipe.dpi)
        for number, page in enumerate(raw, 1):
            inked = _ink_page(job, page, printed, number, recipe, rng, fonts)
            if "bleed" in job.extras:
                inked = ink.bleed_through(inked, raw[number % len(raw)])
            pages.append(scan_page(inked, recipe, rng))
    if "mixed" in job.extras:
        path.write_bytes(_mix(prints[0].pdf, pages, recipe))
        return
    garbage = [garble(_GARBAGE)] * len(pages) if "rotten" in job.extras else None
    write_scan(path, pages, recipe, garbage)


def _ink_page(
    job: Job,
    page: ColorImage,
    printed: Printed,
    number: int,
    recipe: Recipe,
    rng: np.random.Generator,
    fonts: Path,
) -> ColorImage:
    scale = recipe.dpi / 72
    places = [
        box for name, (on, box) in printed.boxes.items()
        if on == number and name.startswith(_SIGNED) and "position" not in name and "role" not in name
    ]  # fmt: skip
    for box in places if "sign" in job.extras else []:
        color = ink.BLUE if rng.random() < 0.7 else ink.BLACK
        up = 1.35 * box.height
        page = ink.sign(page, rng, box.cx * scale, (box.cy - up) * scale, min(130, box.width) * scale, color)
    if "stamp" in job.extras and (places or number == 1):
        box = places[0] if places else Box(380, 60, 460, 80)
        where = (box.x0 * scale, (box.cy + 8) * scale)
        color = ink.RED if rng.random() < 0.6 else ink.BLUE
        page = ink.stamp(
            page, rng, *where, 42 * scale, ("โรงเรียน", "ศธ ๐๔๐"), fonts / FILE_FONTS["TH Sarabun New"], color
        )
    return ink.punch_holes(page, recipe.dpi) if "holes" in job.extras else page


def _mix(pdf: bytes, scans: list[ColorImage], recipe: Recipe) -> bytes:
    """Page 1 as printed, the others as scanned."""
    jpegs = [(encode_jpeg(p, recipe), p.shape[1], p.shape[0]) for p in scans]
    digital, images = pdfium.PdfDocument(pdf), pdfium.PdfDocument(build_pdf(jpegs, recipe.dpi, False))
    whole = pdfium.PdfDocument.new()
    whole.import_pages(digital, [0])
    whole.import_pages(images, list(range(1, len(images))))
    out = BytesIO()
    whole.save(out)
    return out.getvalue()


def main(argv: list[str] | None = None) -> int:
    """Command line: makes all samples, or those whose name holds a word."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=Path("samples"))
    parser.add_argument("--fonts", type=Path, default=Path("var/fonts"), help="folder of the form fonts")
    parser.add_argument("--schools", type=Path, help="CSV to take true school codes from")
    parser.add_argument("--only", default="", help="regular expression on the names")
    args = parser.parse_args(argv)
    try:
        missing = [f for f in FILE_FONTS.values() if not (args.fonts / f).exists()]
        if missing:
            raise MissingDependency(
                f"The font {missing[0]} is not in {args.fonts}.",
                code="fonts_missing",
                remedy="Run scripts/samples.",
            )
        schools = args.schools or args.folder / "registry" / "schools.csv"
        places = load_places()
        if schools.exists():
            places = add_codes(places, load_places(schools))
        with open_printer() as printer:
            for job in JOBS:
                if re.search(args.only, job.name):
                    path = make_sample(job, args.folder, printer, args.fonts, places)
                    print(f"{path}\t{path.stat().st_size}", file=sys.stderr)
    except FormextractError as exc:
        print(f"{exc.message} {exc.remedy}", file=sys.stderr)
        return exc.exit_code
    return 0


if __name__ == "__main__":
    sys.exit(main())
