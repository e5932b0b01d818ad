"""Forms made for measuring only, and the calibration fitted on some of them.

python -m formextract.evaluation.fit make FOLDER --seed 50000 --count 60 --fonts var/fonts
python -m formextract.evaluation.fit fit FOLDER --registry samples/registry/schools.csv

Seeds decide everything; those of the samples, of fitting and of measuring never meet: samples
stay below 10,000, fitting begins at 50,000, measuring (docs/accuracy.md) at 80,000.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

from formextract.config import Settings
from formextract.evaluation.calibrate import fit_calibration, write_calibration
from formextract.evaluation.make_samples import make_sample
from formextract.evaluation.metrics import score
from formextract.evaluation.places import add_codes, load_places
from formextract.evaluation.printer import open_printer
from formextract.evaluation.report import find_samples
from formextract.evaluation.sample_jobs import Job
from formextract.evaluation.truth import read_truth
from formextract.model import Extraction
from formextract.pipeline.pool import Pool
from formextract.pipeline.worker import Job as Read
from formextract.pipeline.worker import Setup
from formextract.registry.index import RegistryIndex
from formextract.registry.labels import offices_from_schools
from formextract.registry.load import read_schools

_SCANS = (
    ("born_digital", 0.4), ("office", 0.14), ("office_300", 0.12), ("office_bw", 0.06),
    ("office_color", 0.06), ("office_150", 0.05), ("skewed", 0.05), ("fax", 0.06), ("phone", 0.06),
)  # fmt: skip
_FORMS = (("pa1", 0.4), ("mou", 0.35), ("roster", 0.25))


def draw_jobs(seed: int, count: int) -> Iterator[Job]:
    """Jobs whose form, layout, scan and accidents are drawn from the seed alone."""
    for n in range(seed, seed + count):
        rng = Random(f"fit-{n}")
        form = _pick(rng, _FORMS)
        scan = _pick(rng, _SCANS)
        options: dict[str, Any] = {}
        if form == "mou":
            options["variant"] = rng.choice(["3p_area", "3p_area", "2p", "3p_obec"])
        elif form == "roster":
            options["n_offices"] = rng.randint(4, 9)
        elif rng.random() < 0.12:
            options["tasks"] = "long"
        extras: list[str] = []
        if scan != "born_digital":
            extras = [x for x in ("sign", "stamp", "bleed", "holes") if rng.random() < 0.2]
            if rng.random() < 0.1:
                extras.append(f"turn{rng.randint(1, 3)}")
        yield Job(f"{form}_{n}_{scan}.pdf", form, n, scan, tuple(extras), options)


def _pick(rng: Random, weighted: Iterable[tuple[str, float]]) -> str:
    names, weights = zip(*weighted, strict=True)
    return str(rng.choices(names, weights)[0])


def make(folder: Path, fonts: Path, seed: int, count: int, schools: Path) -> None:
    """Prints and scans the forms; those that are there already are left."""
    places = add_codes(load_places(), load_places(schools))
    with open_printer() as printer:
        for job in draw_jobs(seed, count):
            if not (folder / job.name).with_suffix(".json").exists():
                make_sample(job, folder, printer, fonts, places)
                print(job.name, file=sys.stderr)


@dataclass(frozen=True, slots=True)
class Judged:
    """A value with its evidence, held against the truth."""

    basis: str
    """Class of evidence."""
    score: float
    """The reader's score."""
    right: bool
    """Whether it is what the truth says."""
    note: str
    """File, path, true and read value, for people."""


def collect(folder: Path, settings: Settings, index: RegistryIndex) -> Iterator[Judged]:
    """Every value of the folder's forms that has evidence."""
    samples = find_samples(folder)
    with Pool(Setup(settings, index), settings.workers(), settings.file_timeout_s) as pool:
        for i, result in pool.run(Read(path) for path, _ in samples):
            assert isinstance(result, Extraction)
            truth = read_truth(samples[i][1])
            leaves = {leaf.got_path: leaf for form in score(result.as_json(), truth) for leaf in form.leaves}
            for document in result.documents:
                for path, evidence in document.evidence.items():
                    leaf = leaves.get(path)
                    if leaf is not None and evidence.basis:
                        note = f"{samples[i][0].name} {path}: {leaf.want!r}, read {leaf.got!r}"
                        yield Judged(evidence.basis, evidence.score, leaf.state == "right", note)


def main(argv: list[str] | None = None) -> int:
    """The two commands of the module."""
    parser = argparse.ArgumentParser(prog="python -m formextract.evaluation.fit", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    maker = commands.add_parser("make", help="print and scan forms")
    maker.add_argument("folder", type=Path)
    maker.add_argument("--seed", type=int, default=50000)
    maker.add_argument("--count", type=int, default=60)
    maker.add_argument("--fonts", type=Path, default=Path("var/fonts"))
    fitter = commands.add_parser("fit", help="fit the calibration on them")
    fitter.add_argument("folder", type=Path)
    fitter.add_argument("--out", type=Path, default=Path(__file__).parent.parent / "calibration.json")
    fitter.add_argument("--wrong", type=Path, help="file for a list of the values that were read wrong")
    for command in (maker, fitter):
        command.add_argument("--registry", type=Path, default=Path("samples/registry/schools.csv"))
    args = parser.parse_args(argv)
    if args.command == "make":
        make(args.folder, args.fonts, args.seed, args.count, args.registry)
        return 0
    schools = read_schools(args.registry)
    index = RegistryIndex.build(schools, offices_from_schools(schools))
    judged = list(collect(args.folder, Settings(), index))
    if args.wrong:
        lines = sorted(f"{j.basis}\t{j.score:.3f}\t{j.note}" for j in judged if not j.right)
        args.wrong.write_text("\n".join(lines) + "\n", encoding="utf-8")
    curves = fit_calibration((j.basis, j.score, j.right) for j in judged)
    files = len(find_samples(args.folder))
    write_calibration(args.out, curves, f"fitted on {len(judged)} values of {files} simulated forms")
    seen, wrong = Counter(j.basis for j in judged), Counter(j.basis for j in judged if not j.right)
    for name, count in sorted(seen.items()):
        top = max(curves[name]["p"]) if name in curves else 0.0
        print(f"{name:<40}{count:>7}{wrong[name]:>7} wrong   highest {top:.3f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
