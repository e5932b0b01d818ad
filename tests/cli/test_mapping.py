from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from PIL import Image

from tests.cli.command import ROOT, SCHOOLS, Runner, born_digital


@pytest.fixture
def mappings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the project's mappings, in use."""
    folder = tmp_path / "mappings"
    shutil.copytree(ROOT / "mappings", folder)
    monkeypatch.setenv("FORMEXTRACT_MAPPINGS", str(folder))
    return folder


def test_list_tells_each_mapping(run: Runner) -> None:
    ran = run("mapping", "list")
    assert ran.code == 0
    rows = [line.split() for line in ran.out.splitlines()]
    assert rows[0] == ["mapping", "doc_type", "years", "title", "file"]
    files = sorted(p.name for p in (ROOT / "mappings").glob("*.yaml"))
    assert [r[-1] for r in rows[1:]] == files
    assert ["pa1_administrator@2564", "pa1"] in [r[:2] for r in rows]


def test_wrong_mapping_names_file_line_key_and_what_was_meant(run: Runner, mappings: Path) -> None:
    wrong = mappings / "roster_announcement.yaml"
    text = wrong.read_text(encoding="utf-8")
    line = text.splitlines().index("    counter: codev_no") + 1
    wrong.write_text(text.replace("    counter: codev_no", "    countr: codev_no"), encoding="utf-8")
    for command in ("list", "test"):
        ran = run("mapping", command)
        assert ran.code == 2
        assert f"roster_announcement.yaml:{line}:" in ran.err
        assert "countr" in ran.err
        assert "Was 'counter' meant?" in ran.err
    assert "pa1_administrator@2564" in run("mapping", "list").out


def test_every_wrong_mapping_is_told(run: Runner, mappings: Path) -> None:
    for name in ("roster_announcement", "pa1_administrator"):
        (mappings / f"{name}.yaml").write_text("name: [", encoding="utf-8")
    ran = run("mapping", "list")
    assert ran.code == 2
    assert "roster_announcement.yaml:" in ran.err
    assert "pa1_administrator.yaml:" in ran.err


def copy_sample(folder: Path, prefix: str) -> Path:
    sample = born_digital(prefix)
    folder.mkdir(exist_ok=True)
    for path in (sample, sample.with_suffix(".json")):
        shutil.copy(path, folder)
    return folder / sample.name


def test_test_scores_the_samples_of_a_mapping(run: Runner, tmp_path: Path) -> None:
    copy_sample(tmp_path / "samples", "mou")
    sample = copy_sample(tmp_path / "samples", "roster")
    ran = run("mapping", "test", "roster_announcement", "--samples", sample.parent, "--registry", SCHOOLS)
    assert ran.code == 0
    head, row = ran.out.splitlines()[:2]
    assert head.split()[:3] == ["mapping", "files", "values"]
    key, files, values, *_ = row.split()
    assert (key, files) == ("roster_announcement@2562", "1")
    assert int(values) > 20


def test_test_tells_forms_that_nothing_recognised(run: Runner, tmp_path: Path, mappings: Path) -> None:
    sample = copy_sample(tmp_path / "samples", "roster")
    file = mappings / "roster_announcement.yaml"
    text = file.read_text(encoding="utf-8")
    head, rest = text.split("  cues:\n")
    _, tail = rest.split("  against:\n")
    file.write_text(f"{head}  cues: [{{text: ไม่มีถ้อยคำนี้ในแบบใด}}]\n  against:\n{tail}", encoding="utf-8")
    ran = run("mapping", "test", "roster_announcement", "--samples", sample.parent)
    assert ran.code == 0
    assert f"! not recognised: {sample.name}" in ran.out


def test_test_without_samples_says_what_to_do(run: Runner, tmp_path: Path) -> None:
    (tmp_path / "none").mkdir()
    ran = run("mapping", "test", "--samples", tmp_path / "none")
    assert ran.code == 2
    assert "NAME.json" in ran.err


def test_unknown_name_lists_the_known(run: Runner) -> None:
    ran = run("mapping", "test", "pa2")
    assert ran.code == 2
    assert "pa1_administrator" in ran.err


def test_draw_saves_a_picture_a_page(run: Runner, tmp_path: Path) -> None:
    sample = born_digital("roster")
    ran = run("mapping", "draw", sample, "--out", tmp_path / "out", "--registry", SCHOOLS)
    assert ran.code == 0
    files = [Path(line) for line in ran.out.splitlines()]
    assert files == sorted((tmp_path / "out").glob("*.png"))
    with Image.open(files[0]) as picture:
        assert picture.width > 1200


def test_draw_can_be_made_to_use_a_mapping(run: Runner, tmp_path: Path) -> None:
    blank = tmp_path / "blank.png"
    Image.new("L", (600, 800), 255).save(blank, dpi=(150, 150))
    ran = run("mapping", "draw", blank, "--mapping", "roster_announcement", "--out", tmp_path)
    assert (ran.code, len(ran.out.splitlines())) == (0, 1)


def test_draw_of_an_unreadable_file_is_4(run: Runner, tmp_path: Path) -> None:
    (tmp_path / "x.pdf").write_bytes(b"")
    ran = run("mapping", "draw", tmp_path / "x.pdf", "--out", tmp_path)
    assert (ran.code, ran.out) == (4, "")
