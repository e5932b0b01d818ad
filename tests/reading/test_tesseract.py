"""The wrapper against a Tesseract that crashes, hangs, lies or is not there."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from formextract.errors import EngineError, MissingDependency
from formextract.reading.tesseract import TesseractEngine, missing_languages, probe_languages, probe_version
from tests.reading.fakes import crop_of_bars, fake_tesseract, hocr_page

CROP = crop_of_bars([(0, 20), (24, 44)])


def read_with(folder: Path, body: str, timeout: float = 10.0, crops: int = 1) -> None:
    TesseractEngine(command=fake_tesseract(folder, body), timeout=timeout).read([CROP] * crops)


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("exit 0", "engine_silent"),
        ("exit 3", "engine_crash"),
        ("kill -9 $$", "engine_crash"),
        ("printf '\\377\\376' > $out", "engine_output"),
        ("echo '<html></html>' > $out", "engine_incomplete"),
        (": > $out", "engine_incomplete"),
    ],
)
def test_faults_become_engine_errors(tmp_path: Path, body: str, code: str) -> None:
    with pytest.raises(EngineError) as caught:
        read_with(tmp_path, body)
    assert caught.value.code == code
    assert caught.value.transient
    assert caught.value.remedy


def test_too_few_pages_are_an_error(tmp_path: Path) -> None:
    with pytest.raises(EngineError, match="1 of 2"):
        read_with(tmp_path, f'cat > $out <<"X"\n{hocr_page([])}\nX', crops=2)


def test_missing_program_names_the_package() -> None:
    with pytest.raises(MissingDependency) as caught:
        TesseractEngine(command="/nonexistent/tesseract").read([CROP])
    assert "tesseract-ocr" in caught.value.remedy


def test_missing_language_names_the_package(tmp_path: Path) -> None:
    command = fake_tesseract(tmp_path, 'echo "Failed loading language xyz" >&2; exit 1')
    with pytest.raises(MissingDependency) as caught:
        TesseractEngine(lang="xyz", command=command).read([CROP])
    assert "tesseract-ocr-xyz" in caught.value.remedy


def test_a_crash_of_the_language_check_is_no_missing_language(tmp_path: Path) -> None:
    with pytest.raises(EngineError) as caught:
        missing_languages(["xyz"], fake_tesseract(tmp_path, "kill -9 $$"))
    assert "signal 9" in caught.value.message


def test_a_program_that_cannot_be_started(tmp_path: Path) -> None:
    (tmp_path / "tesseract").write_text("no program")
    with pytest.raises(MissingDependency):
        TesseractEngine(command=str(tmp_path / "tesseract")).read([CROP])
    with pytest.raises(MissingDependency):
        probe_languages(str(tmp_path))


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        ("echo tesseract 5.3.4-beta", None),
        ("echo tesseract 4.1.1", "program_too_old"),
        ("echo tesseract 3.02", "program_missing"),
        ("echo something else", "program_missing"),
        ("printf '\\377'", "program_missing"),
        ("exit 1", "program_missing"),
        ("exit 0", "program_missing"),
    ],
)
def test_versions(tmp_path: Path, answer: str, code: str | None) -> None:
    program = tmp_path / "program"
    program.write_text(f"#!/bin/sh\n{answer}\n", encoding="utf-8")
    program.chmod(0o755)
    if code is None:
        assert probe_version(str(program)) == "5.3.4"
        return
    with pytest.raises(MissingDependency) as caught:
        probe_version(str(program))
    assert caught.value.code == code


def test_no_crops_start_nothing() -> None:
    assert TesseractEngine(command="/nonexistent").read([]) == []


def test_readings_keep_order_places_and_scores(tmp_path: Path) -> None:
    pages = hocr_page([("ก", 10, 30, 98.0), ("\u0e48", 12, 20, 80.0), ("า", 34, 54, 90.0)]) + hocr_page([])
    command = fake_tesseract(tmp_path, f'cat > $out <<"X"\n{pages}\nX')
    first, second = TesseractEngine(command=command, letter=None).read([CROP, CROP])
    assert first.text == "ก่า"
    assert [g.text for g in first.glyphs] == ["ก่", "า"]
    assert first.glyphs[0].confidence == pytest.approx(0.8)
    assert first.glyphs[0].box.x0 == pytest.approx(100)
    assert first.glyphs[1].box.x1 == pytest.approx(100 + 44 / 4)
    assert second.text == "" and second.confidence == 0


@pytest.mark.skipif(shutil.which("tesseract") is None, reason="Tesseract is not installed")
def test_the_real_program() -> None:
    if not {"tha", "eng"} <= probe_languages():
        pytest.skip("Thai language data is not installed")
    from formextract.imaging import clean_page, find_lines
    from formextract.reading import read_lines
    from tests.imaging.drawing import Sheet

    sheet = Sheet(400, 110)
    sheet.text(30, 40, "โรงเรียนบ้านทุ่งนา เขต 2", 16)
    sheet.text(30, 80, "ผู้อำนวยการ PA 2567", 16)
    crops = find_lines(clean_page(sheet.raster()))
    lines = read_lines(crops, TesseractEngine())
    assert [ln.text for ln in lines if ln] == ["โรงเรียนบ้านทุ่งนา เขต 2", "ผู้อำนวยการ PA 2567"]
    for ln, crop in zip(lines, crops, strict=True):
        assert ln is not None
        edges = [g.box.x0 for g in ln.glyphs]
        assert edges == sorted(edges)
        assert crop.box.x0 - 1 <= edges[0] and ln.glyphs[-1].box.x1 <= crop.box.x1 + 1


@pytest.mark.skipif(shutil.which("tesseract") is None, reason="Tesseract is not installed")
def test_language_data_of_the_real_program(tmp_path: Path) -> None:
    assert missing_languages(["eng", "xyz", "Nowhere"]) == ["xyz", "Nowhere"]
    assert missing_languages(["eng"], tessdata=tmp_path) == ["eng"]
    if "tha" not in probe_languages():
        pytest.skip("Thai language data is not installed")
    # the script Thai, which pytesseract does not list, is asked for by loading it
    assert set(missing_languages(["tha", "Thai"])) <= {"Thai"}


@pytest.mark.skipif(shutil.which("tesseract") is None, reason="Tesseract is not installed")
def test_a_folder_with_nothing_but_data(tmp_path: Path) -> None:
    data = next(Path("/usr/share").glob("tesseract-ocr/*/tessdata/eng.traineddata"), None)
    if data is None:
        pytest.skip("the English language data is not where Debian puts it")
    folder = tmp_path / "own data"
    folder.mkdir()
    (folder / data.name).symlink_to(data)
    engine = TesseractEngine(lang="eng", tessdata=folder)
    engine.check()
    assert len(engine.read([CROP, CROP])) == 2
