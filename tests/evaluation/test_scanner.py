from __future__ import annotations

import hashlib
from pathlib import Path

import cv2
import numpy as np
import pypdfium2 as pdfium
import pytest
from PIL import Image

from formextract.evaluation import ink
from formextract.evaluation.scan_files import garble, write_scan
from formextract.evaluation.scanner import RECIPES, render_pages, scan_page, skew
from formextract.model import ColorImage


@pytest.fixture
def page() -> ColorImage:
    image = np.full((600, 420, 3), 255, dtype=np.uint8)
    for y in range(60, 560, 40):
        cv2.line(image, (40, y), (380, y), (0, 0, 0), 3)
    return image


@pytest.mark.parametrize("name", RECIPES)
def test_scan_is_seeded_and_differs_from_the_page(name: str, page: ColorImage) -> None:
    recipe = RECIPES[name]
    one, two = (scan_page(page, recipe, np.random.default_rng(5)) for _ in range(2))
    assert np.array_equal(one, two)
    assert one.dtype == np.uint8
    assert one.shape != page.shape or not np.array_equal(one, page)
    assert not np.array_equal(one, scan_page(page, recipe, np.random.default_rng(6)))


def test_bilevel_holds_two_levels(page: ColorImage) -> None:
    assert set(np.unique(scan_page(page, RECIPES["fax"], np.random.default_rng(1)))) == {0, 255}


def test_skew_turns_by_the_angle(page: ColorImage) -> None:
    turned = skew(page, 3.0)
    left = np.flatnonzero(turned[:, 110].mean(axis=1) < 128)[0]
    right = np.flatnonzero(turned[:, 310].mean(axis=1) < 128)[0]
    assert np.degrees(np.arctan2(float(left) - float(right), 200)) == pytest.approx(3.0, abs=0.6)


def test_ink_only_darkens_and_stays_where_it_is_put(page: ColorImage) -> None:
    signed = ink.sign(page, np.random.default_rng(2), 300, 300, 100)
    assert (signed <= page).all()
    changed = np.argwhere((signed != page).any(axis=2))
    assert len(changed) > 50
    assert changed[:, 1].min() > 200


def test_punch_holes_are_eighty_millimetres_apart(page: ColorImage) -> None:
    holes = np.flatnonzero(ink.punch_holes(np.full_like(page, 255), 72)[:, 34, 0] < 100)
    first, last = holes[0], holes[-1]
    assert (last - first) / 72 * 25.4 == pytest.approx(86, abs=1.5)


@pytest.mark.parametrize(
    ("suffix", "recipe"), [(".pdf", "office"), (".pdf", "fax"), (".tif", "office"), (".tif", "fax")]
)
def test_files_hold_all_pages_and_are_the_same_again(
    tmp_path: Path, page: ColorImage, suffix: str, recipe: str
) -> None:
    pages = [scan_page(page, RECIPES[recipe], np.random.default_rng(i)) for i in range(2)]
    sums = []
    for name in "ab":
        path = tmp_path / f"{name}{suffix}"
        write_scan(path, pages, RECIPES[recipe])
        sums.append(hashlib.sha256(path.read_bytes()).hexdigest())
    assert sums[0] == sums[1]
    if suffix == ".pdf":
        shots = render_pages(path.read_bytes(), RECIPES[recipe].dpi)
        assert len(shots) == 2
        assert shots[0].shape[0] == pytest.approx(pages[0].shape[0], abs=1)
        assert abs(shots[0].astype(int).mean() - pages[0].astype(int).mean()) < 6
    else:
        with Image.open(path) as image:
            assert image.n_frames == 2
            assert image.info["dpi"][0] == pytest.approx(RECIPES[recipe].dpi, abs=1)


def test_rotten_layer_is_in_the_text_and_not_in_the_picture(tmp_path: Path, page: ColorImage) -> None:
    scan = scan_page(page, RECIPES["office"], np.random.default_rng(1))
    clean, rotten = tmp_path / "clean.pdf", tmp_path / "rotten.pdf"
    write_scan(clean, [scan], RECIPES["office"])
    write_scan(rotten, [scan], RECIPES["office"], [garble("สำนักงาน (เขต)")])
    text = pdfium.PdfDocument(rotten)[0].get_textpage().get_text_range()
    assert garble("สำนักงาน") in text
    assert np.array_equal(render_pages(clean.read_bytes(), 100)[0], render_pages(rotten.read_bytes(), 100)[0])


def test_one_page_formats_refuse_two_pages(tmp_path: Path, page: ColorImage) -> None:
    with pytest.raises(ValueError, match="one page"):
        write_scan(tmp_path / "x.png", [page, page], RECIPES["office"])
