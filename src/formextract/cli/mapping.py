"""``formextract mapping``: the forms that are known, how well they are read, and what is found where."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from formextract.cli.common import (
    db_option,
    index_for,
    jobs_option,
    progress_bar,
    registry_option,
    settings_for,
)
from formextract.errors import EXIT_OK, EXIT_USAGE, MappingError, UsageError

if TYPE_CHECKING:
    from formextract.config import Settings
    from formextract.mapping.recognise import Recognised
    from formextract.mapping.schema import MappingFile
    from formextract.model import PageContent

LOST = "not recognised"
"""Forms that no mapping took."""
STRAY = "not there"
"""Forms that a mapping saw where there is none."""


@click.group("mapping")
def command() -> None:
    """Mappings say how a form looks: list them, test them, see what they find on a page.

    \b
    Example:
      formextract mapping list
    """


@command.command("list")
def list_() -> None:
    """Lists the mappings: name@year, what they give, for which years, and their file.

    \b
    Example:
      formextract mapping list
    """
    loaded, wrong = _load_each(settings_for())
    rows = [("mapping", "doc_type", "years", "title", "file")]
    rows += [(m.key, m.doc_type, _years(m), m.title, file.name) for file, m in loaded]
    for line in _columns(rows):
        click.echo(line)
    raise SystemExit(_show_wrong(wrong))


@command.command("test")
@click.argument("names", nargs=-1, metavar="[NAME]...")
@click.option(
    "--samples",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    metavar="DIR",
    help="Files with their true records beside them; by default the project's samples.",
)
@registry_option
@jobs_option
def test(names: tuple[str, ...], samples: Path | None, registry: Path | None, jobs: int) -> None:
    """Reads each mapping's samples and tells what was right, accepted, and silently wrong.

    All mappings compete for the pages, as in earnest; a NAME picks whose samples are read.

    \b
    Example:
      formextract mapping test pa1_administrator --samples samples
    """
    settings = settings_for(jobs=jobs)
    loaded, wrong = _load_each(settings)
    if wrong:
        raise SystemExit(_show_wrong(wrong))
    chosen = _choose([m for _, m in loaded], names)
    folder = samples or _bundled_samples(settings)
    bundled = folder / "registry" / "schools.csv"
    index = index_for(registry or (bundled if bundled.is_file() else None), None, settings)

    from formextract.evaluation.runner import extract_all

    def extract(paths: Sequence[Path]) -> list[dict[str, Any]]:
        with progress_bar(len(paths), "files") as bar:
            return extract_all(paths, settings, index, progress=bar.update)

    _show_scores(_score(folder, chosen, extract), chosen)


@command.command("draw")
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE")
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("."),
    show_default=True,
    metavar="DIR",
    help="Where the pictures go.",
)
@click.option("--mapping", "name", metavar="NAME", help="Apply this mapping, whatever the pages look like.")
@registry_option
@db_option
def draw(file: Path, out: Path, name: str | None, registry: Path | None, db: str | None) -> None:
    """Draws what a mapping found on each page of FILE, as PNG; prints the pictures' names.

    Sections at the left, labels underlined, values boxed in the colour of their decision and named
    at the right.

    \b
    Example:
      formextract mapping draw scan.pdf --out pictures --registry schools.csv
    """
    from formextract.evaluation.canvas import shrink_palette
    from formextract.evaluation.draw import draw_mapping
    from formextract.mapping.recognise import split_forms
    from formextract.pipeline.extract import build_document, contents_of
    from formextract.pipeline.tools import make_tools

    settings = settings_for(db)
    tools = make_tools(settings, index=index_for(registry, db, settings))
    source, contents = contents_of(file, tools)
    if name is None:
        forms = split_forms(contents, tools.mappings)
    else:
        forms = _forced(contents, _choose(tools.mappings, (name,))[0])
    out.mkdir(parents=True, exist_ok=True)
    with progress_bar(len(contents), "pages") as bar:
        for recognised in forms:
            document = build_document(recognised, tools)
            for number, image in draw_mapping(source, recognised, document, settings):
                target = out / f"{file.stem}-{number:03d}.png"
                shrink_palette(image).save(target, optimize=True)
                bar.update()
                click.echo(str(target))


def _load_each(settings: Settings) -> tuple[list[tuple[Path, MappingFile]], list[MappingError]]:
    """All mapping files: the good ones, and the error of each wrong one."""
    from formextract.mapping.load import load_mapping, load_mappings
    from formextract.pipeline.tools import mappings_folder

    folder = mappings_folder(settings)
    files = sorted(folder.glob("*.yaml"))
    if not files:
        load_mappings(folder)  # says what is missing
    loaded, wrong = [], []
    for file in files:
        try:
            loaded.append((file, load_mapping(file)))
        except MappingError as e:
            wrong.append(e)
    return loaded, wrong


def _show_wrong(wrong: Iterable[MappingError]) -> int:
    code = EXIT_OK
    for error in wrong:
        click.echo(f"Error: {error.message}", err=True)
        if error.remedy:
            click.echo(f"  {error.remedy}", err=True)
        code = EXIT_USAGE
    return code


def _choose(mappings: Sequence[MappingFile], names: Sequence[str]) -> list[MappingFile]:
    known = {m.name: m for m in mappings} | {m.key: m for m in mappings}
    for name in names:
        if name not in known:
            raise UsageError(
                f"there is no mapping {name!r}",
                code="no_mapping",
                remedy=f"Known are: {', '.join(m.name for m in mappings)}.",
            )
    return [known[n] for n in names] if names else list(mappings)


def _bundled_samples(settings: Settings) -> Path:
    from formextract.pipeline.tools import mappings_folder

    for folder in (Path("samples"), mappings_folder(settings).parent / "samples"):
        if folder.is_dir():
            return folder
    raise UsageError(
        "no samples are there", code="no_samples", remedy="Name their folder with --samples DIR."
    )


def _forced(contents: Sequence[PageContent], mapping: MappingFile) -> list[Recognised]:
    """The file's forms by one mapping, which also takes the pages that it would not claim."""
    from dataclasses import replace

    from formextract.mapping.recognise import split_forms

    return [r if r.mapping else replace(r, mapping=mapping) for r in split_forms(contents, [mapping])]


def _score(
    folder: Path,
    chosen: Sequence[MappingFile],
    extract: Callable[[Sequence[Path]], list[dict[str, Any]]],
) -> dict[str, list[Any]]:
    """Scores of the chosen mappings' samples by the mapping that took the form, or by why none did."""
    from formextract.evaluation.metrics import score
    from formextract.evaluation.report import find_samples
    from formextract.evaluation.truth import read_truth

    types = {m.doc_type for m in chosen}
    pairs = []
    for path, beside in find_samples(folder):
        truth = read_truth(beside)
        forms = truth.get("documents") or [truth]
        if types & {form["doc_type"] for form in forms}:
            pairs.append((path, truth))
    if not pairs:
        raise UsageError(
            f"{folder} holds no sample of {', '.join(sorted(types))}",
            code="no_samples",
            remedy="Put NAME.json with the true record beside NAME.pdf, or name another --samples DIR.",
        )
    results = extract([path for path, _ in pairs])
    groups: dict[str, list[Any]] = {}
    for (path, truth), result in zip(pairs, results, strict=True):
        forms = truth.get("documents") or [truth]
        scores = score(result, truth, path.relative_to(folder).as_posix())
        # the scores of the true forms come first, then those of forms that are not there
        for form, scored in zip([*forms, *[None] * (len(scores) - len(forms))], scores, strict=True):
            if scored.doc_type in types:
                key = _taken_by(form, result["documents"]) if form else STRAY
                groups.setdefault(key, []).append(scored)
    return groups


def _taken_by(form: dict[str, Any], documents: Sequence[dict[str, Any]]) -> str:
    """The mapping of the document that stands on a true form's pages; LOST if there is none of its type."""
    pages = set(form.get("pages", ()))
    same = [d for d in documents if d["doc_type"] == form["doc_type"]]
    best = max(same, key=lambda d: len(pages & set(d["pages"])), default=None)
    return str(best["mapping"]) if best is not None else LOST


def _show_scores(groups: dict[str, list[Any]], chosen: Sequence[MappingFile]) -> None:
    from formextract.evaluation.report import tally

    rows: list[tuple[str, ...]] = [
        ("mapping", "files", "values", "right", "accepted", "silently wrong", "review", "missing")
    ]
    wanted = sorted({m.key for m in chosen})
    for key in [*wanted, *(k for k in (LOST, STRAY) if k in groups)]:
        t = tally(groups.get(key, []))
        share = [f"{100 * n / t.values:.1f} %" if t.values else "–" for n in (t.right, t.accepted)]
        numbers = (str(t.silently_wrong), str(t.to_review), str(t.missing))
        rows.append((key, str(t.files), str(t.values), *share, *numbers))
    for line in _columns(rows):
        click.echo(line)
    for key in wanted:
        for scored in groups.get(key, []):
            for leaf in scored.leaves:
                if leaf.silently_wrong:
                    click.echo(f"! silently wrong: {scored.path}  {leaf.path}  ({key})")
    for key in (LOST, STRAY):
        for scored in groups.get(key, []):
            click.echo(f"! {key}: {scored.path}  {scored.doc_type}")


def _years(mapping: MappingFile) -> str:
    return f"{mapping.years.start}–{mapping.years.end or ''}"


def _columns(rows: Sequence[Sequence[str]]) -> list[str]:
    widths = [max(len(r[i]) for r in rows) for i in range(len(rows[0]))]
    return ["  ".join(c.ljust(w) for c, w in zip(r, widths, strict=True)).rstrip() for r in rows]
