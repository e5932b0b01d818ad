"""The wrapper against a Tesseract that crashes, hangs, lies or is not there."""

from __future__ import annotations

import os
import shutil
import time
from pathlib import Path

import pytest

from formextract.errors import EngineError, MissingDependency
from formextract.reading.tesseract import TesseractEngine, probe_languages, probe_version
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


def test_hang_is_ended_with_all_children(tmp_path: Path) -> None:
    pid_file = tmp_path / "child"
    start = time.monotonic()
    with pytest.raises(EngineError) as caught:
        read_with(tmp_path, f"sleep 60 & echo $! > {pid_file}; wait", timeout=1.0)
    assert caught.value.code == "engine_timeout"
    assert time.monotonic() - start < 8
    child = int(pid_file.read_text())
    for _ in range(20):
        try:
            os.kill(child, 0)
        except ProcessLookupError:
            break
        if Path(f"/proc/{child}/stat").exists() and ") Z " in Path(f"/proc/{child}/stat").read_text():
            break
        time.sleep(0.1)
    else:
        pytest.fail("the program's child outlived it")


def test_missing_program_names_the_package() -> None:
    with pytest.raises(MissingDependency) as caught:
        TesseractEngine(command="/nonexistent/tesseract").read([CROP])
    assert "tesseract-ocr" in caught.value.remedy


def test_missing_language_names_the_package(tmp_path: Path) -> None:
    command = fake_tesseract(tmp_path, 'echo "Failed loading language xyz" >&2; exit 1')
    with pytest.raises(MissingDependency) as caught:
        TesseractEngine(lang="xyz", command=command).read([CROP])
    assert "tesseract-ocr-xyz" in caught.value.remedy


def test_a_program_that_is_not_tesseract(tmp_path: Path) -> None:
    with pytest.raises(MissingDependency):
        probe_version("/bin/true")


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
