"""``formextract read``: the text of each page as read, with boxes and confidences."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from formextract.cli.common import jobs_option, print_json, progress_bar, settings_for
from formextract.errors import EXIT_INPUT, EXIT_OK


@click.command("read", short_help="Print the text of each page as read.")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE...")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a file, with boxes and confidences.")
@click.option(
    "--draw",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="Also save each page as PNG with its lines, tables and tick boxes drawn on it.",
)
@jobs_option
def command(files: tuple[Path, ...], as_json: bool, draw: Path | None, jobs: int) -> None:
    """Reads FILE... and prints the lines of each page.

    Boxes are in PDF points from the page's top left; confidences run from 0 to 1.

    \b
    Example:
      formextract read scan.tif --json --draw out/
    """
    from formextract.model import Extraction
    from formextract.pipeline.pool import Pool
    from formextract.pipeline.worker import Job, Pages, Setup

    settings = settings_for(None, jobs)
    code = EXIT_OK
    taken: set[str] = set()
    done: dict[int, Extraction | Pages] = {}
    nxt = 0
    with (
        progress_bar(len(files), "files") as bar,
        Pool(Setup(settings, None), min(settings.workers(), len(files)), settings.file_timeout_s) as pool,
    ):
        for i, result in pool.run(Job(f, "read") for f in files):
            done[i] = result
            bar.update()
            while nxt in done:
                ready = done.pop(nxt)
                if isinstance(ready, Extraction):
                    code = EXIT_INPUT
                _show(files[nxt], ready, as_json)
                if draw is not None and isinstance(ready, Pages):
                    _draw(_stem(files[nxt], taken), ready, draw, settings)
                nxt += 1
    raise SystemExit(code)


def as_object(path: Path, result: Any) -> dict[str, Any]:
    """The contract's object for one file."""
    from formextract.pipeline.worker import Pages

    if not isinstance(result, Pages):
        out: dict[str, Any] = result.as_json()
        return {"source": out["source"], "pages": [], "problem": out["problem"]}
    source = result.source
    return {
        "source": {
            "path": str(path),
            "sha256": source.sha256,
            "media_type": source.media_type,
            "page_count": source.page_count,
        },
        "pages": [
            {
                "page": page.number,
                "method": page.method,
                "lines": [
                    {
                        "text": line.text,
                        "bbox": page.to_source.box(line.box).as_list(),
                        "confidence": round(line.confidence, 4),
                    }
                    for line in page.all_lines()
                ],
            }
            for page in result.contents
        ],
    }


def _show(path: Path, result: Any, as_json: bool) -> None:
    data = as_object(path, result)
    if as_json:
        print_json(data)
        return
    if not data["pages"] and data.get("problem"):
        click.echo(f"== {path}: {data['problem']['message']}")
        click.echo(f"   {data['problem']['remedy']}")
        return
    for page in data["pages"]:
        click.echo(f"== {path}, page {page['page']} ({page['method']})")
        for line in page["lines"]:
            click.echo(f"{line['confidence']:.2f}  {line['text']}")


def _stem(path: Path, taken: set[str]) -> str:
    """A name for a file's pictures: files of one name in two folders do not overwrite each other's."""
    stem, n = path.stem, 1
    while stem in taken:
        n += 1
        stem = f"{path.stem}.{n}"
    taken.add(stem)
    return stem


def _draw(stem: str, result: Any, folder: Path, settings: Any) -> None:
    from formextract.evaluation.canvas import shrink_palette
    from formextract.evaluation.draw import draw_pages

    folder.mkdir(parents=True, exist_ok=True)
    for number, image in draw_pages(result.source, result.contents, settings):
        shrink_palette(image).save(folder / f"{stem}-{number:03d}.png", optimize=True)
