"""``extract`` and ``read``: the shapes of the contract, in the order of the arguments."""

from __future__ import annotations

from pathlib import Path

from PIL import Image

from tests.cli.command import SCHOOLS, Runner, born_digital


def test_extract_prints_a_line_a_file_in_order(run: Runner, tmp_path: Path) -> None:
    empty = tmp_path / "empty.pdf"
    empty.touch()
    sample = born_digital("mou")
    ran = run("extract", empty, sample, tmp_path / "gone.pdf", "--registry", SCHOOLS, "--jobs", 2)
    first, second, third = ran.json_lines()
    assert ran.code == 4
    assert [x["source"]["path"] for x in (first, second, third)] == [
        str(empty),
        str(sample),
        str(tmp_path / "gone.pdf"),
    ]
    for bad in (first, third):
        assert (bad["outcome"], bad["documents"]) == ("unreadable", [])
        assert set(bad["problem"]) == {"code", "message", "remedy"}
    assert (second["outcome"], second["problem"]) == ("extracted", None)
    document = second["documents"][0]
    assert document["doc_type"] == "network_mou"
    assert set(document["evidence"]["n_parties"]) == {
        "raw",
        "confidence",
        "decision",
        "page",
        "bbox",
        "method",
    }


def test_extract_strict_tells_that_something_waits(run: Runner) -> None:
    # without a registry every school waits for a clerk
    assert run("extract", born_digital("mou"), "--strict").code == 6


def test_extract_needs_no_store(run: Runner, tmp_path: Path) -> None:
    run("extract", tmp_path / "gone.pdf")
    assert not (tmp_path / "home").exists()


def test_read_gives_lines_with_boxes(run: Runner, tmp_path: Path) -> None:
    sample = born_digital("mou")
    ran = run("read", sample, tmp_path / "gone.pdf", "--json", "--draw", tmp_path / "out")
    good, bad = ran.json_lines()
    assert ran.code == 4
    assert [p["page"] for p in good["pages"]] == list(range(1, good["source"]["page_count"] + 1))
    for line in good["pages"][0]["lines"]:
        x0, y0, x1, y1 = line["bbox"]
        assert 0 <= x0 <= x1 <= 596 and 0 <= y0 < y1 <= 843
        assert 0 <= line["confidence"] <= 1
    assert bad["pages"] == [] and bad["problem"]["remedy"]
    drawn = sorted((tmp_path / "out").glob("*.png"))
    assert len(drawn) == good["source"]["page_count"]
    with Image.open(drawn[0]) as picture:
        assert picture.width > 800


def test_read_draws_files_of_one_name_apart(run: Runner, tmp_path: Path) -> None:
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        Image.new("L", (200, 100), 255).save(tmp_path / folder / "page.png", dpi=(150, 150))
    out = tmp_path / "out"
    ran = run("read", tmp_path / "a" / "page.png", tmp_path / "b" / "page.png", "--draw", out)
    assert ran.code == 0
    assert sorted(p.name for p in out.iterdir()) == ["page-001.png", "page.2-001.png"]


def test_ingest_says_what_came_of_each_file_and_then_that_nothing_is_new(run: Runner, tmp_path: Path) -> None:
    folder = tmp_path / "scans"
    folder.mkdir()
    sample = born_digital("mou")
    (folder / sample.name).write_bytes(sample.read_bytes())
    (folder / "broken.pdf").write_bytes(b"%PDF-1.4\n")
    first = run("ingest", folder)
    assert first.code == 4
    assert "1  extracted" in first.out
    assert "broken.pdf" in first.out
    second = run("ingest", folder / sample.name)
    assert (second.code, second.out) == (0, "Nothing new: all 1 files were read before.\n")


def test_backfill_reports_each_year(run: Runner, tmp_path: Path) -> None:
    sample = born_digital("mou")
    (tmp_path / "2566").mkdir()
    (tmp_path / "2566" / "form.pdf").write_bytes(sample.read_bytes())
    ran = run("backfill", tmp_path, "--years", "2565-2566")
    assert ran.code == 0
    head, none, one = ran.out.splitlines()[:3]
    assert head.split() == ["year", "files", "new", "known", "forms", "review", "unreadable"]
    assert none.split()[:3] == ["2565", "0", "0"]
    assert one.split()[:4] == ["2566", "1", "1", "0"]
