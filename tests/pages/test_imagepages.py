from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from formextract.config import Settings
from formextract.errors import LimitExceeded, UnreadableInput
from formextract.intake import open_source
from formextract.model import Raster, SourceFile
from formextract.pages import open_pages
from formextract.pages.imagepages import to_rgb
from formextract.pages.page import Page
from tests.badinputs.inputs import encode, picture, put

SETTINGS = Settings()


def load(path: Path, number: int = 1, settings: Settings = SETTINGS) -> tuple[Page, Raster]:
    with open_pages(open_source(path, settings), settings) as pages:
        page = pages.page(number)
        return page, page.raster()


def test_declared_resolution_is_used(tmp_path: Path) -> None:
    path = put(tmp_path, "a.png", encode(picture("L", (827, 1169)), "PNG", dpi=(100, 100)))
    page, raster = load(path)
    assert raster.dpi == pytest.approx(100, abs=0.1)
    assert raster.color.shape == (1169, 827, 3)
    assert (page.width, page.height) == (pytest.approx(595.4, abs=1), pytest.approx(841.7, abs=1))
    assert not page.has_text and page.text() is None


def test_finer_scans_come_down_to_the_readers_resolution(tmp_path: Path) -> None:
    path = put(tmp_path, "a.jpg", encode(picture("L", (4960, 7016)), "JPEG", dpi=(600, 600)))
    page, raster = load(path)
    assert raster.dpi == 300
    assert raster.color.shape == (3508, 2480, 3)
    assert page.width == pytest.approx(595.2, abs=0.5)


def test_fax_with_oblong_pixels_is_made_square(tmp_path: Path) -> None:
    path = tmp_path / "fax.tif"
    picture("1", (1728, 1078)).save(path, compression="group4", dpi=(204, 98))
    page, raster = load(path)
    assert raster.dpi == pytest.approx(204, abs=0.5)
    height, width, _ = raster.color.shape
    assert width == 1728 and height == pytest.approx(1078 * 204 / 98, abs=2)
    assert page.height == pytest.approx(1078 / 98 * 72, abs=1)


@pytest.mark.parametrize("orientation", [3, 6, 8])
def test_phone_photo_is_turned_as_its_exif_says(tmp_path: Path, orientation: int) -> None:
    upright = Image.new("RGB", (300, 420), "white")
    upright.paste((200, 0, 0), (0, 0, 60, 60))
    undo = {3: Image.Transpose.ROTATE_180, 6: Image.Transpose.ROTATE_90, 8: Image.Transpose.ROTATE_270}
    exif = Image.Exif()
    exif[274] = orientation
    path = tmp_path / "a.jpg"
    upright.transpose(undo[orientation]).save(path, exif=exif, quality=95)
    page, raster = load(path)
    assert raster.color.shape == (420, 300, 3)
    assert raster.color[20, 20, 0] > 150 and raster.color[20, 20, 1] < 80
    assert page.height > page.width


def test_all_pages_of_a_tiff_without_its_thumbnails(tmp_path: Path) -> None:
    path = tmp_path / "a.tif"
    thumbnail = Image.new("L", (60, 84), 128)
    thumbnail.encoderinfo = {"tiffinfo": {254: 1}}
    second = picture("L", (400, 566))
    picture("L", (500, 707)).save(path, save_all=True, append_images=[thumbnail, second])
    source = open_source(path, SETTINGS)
    assert source.page_count == 2
    with open_pages(source, SETTINGS) as pages:
        assert [p.raster().color.shape[1] for p in pages] == [500, 400]


@pytest.mark.parametrize(
    "mode", ["1", "L", "LA", "P", "RGB", "RGBA", "CMYK", "I", "F", "I;16", "YCbCr", "LAB"]
)
def test_every_colour_model_gives_dark_print_on_white(mode: str) -> None:
    grey = picture("L", (200, 280))
    if mode == "I;16":
        image = Image.fromarray(np.asarray(grey).astype(np.uint16) * 257)
    elif mode in ("LAB",):
        image = Image.merge("LAB", (grey, Image.new("L", grey.size, 128), Image.new("L", grey.size, 128)))
        image = image if mode == "LAB" else grey
    else:
        image = grey.convert(mode)
    rgb = np.asarray(to_rgb(image)).astype(int)
    assert rgb.shape == (280, 200, 3)
    assert rgb[10, 10].min() > 225
    assert rgb[66, 100].max() < 60


def test_transparency_is_white() -> None:
    image = Image.new("RGBA", (4, 4), (0, 0, 0, 0))
    assert np.asarray(to_rgb(image)).min() == 255
    palette = Image.new("P", (4, 4), 0)
    palette.putpalette([0, 0, 0] * 256)
    palette.info["transparency"] = 0
    assert np.asarray(to_rgb(palette)).min() == 255


def test_twelve_bit_scan_is_not_black() -> None:
    image = Image.fromarray(np.full((4, 4), 4000, np.uint16))
    assert np.asarray(to_rgb(image)).min() > 230


def test_cut_jpeg_whose_thumbnail_has_an_end_mark_is_unreadable(tmp_path: Path) -> None:
    # the mark of the thumbnail inside makes the file look whole until it is decoded
    data = encode(picture("RGB", (827, 1169)), "JPEG")
    thumbnail = b"Exif\0\0" + encode(picture("RGB", (80, 113)), "JPEG")
    segment = b"\xff\xe1" + (len(thumbnail) + 2).to_bytes(2, "big") + thumbnail
    path = put(tmp_path, "a.jpg", data[:2] + segment + data[2 : len(data) // 2])
    with open_pages(open_source(path, SETTINGS), SETTINGS) as pages:
        with pytest.raises(UnreadableInput) as caught:
            pages.page(1).raster()
    assert caught.value.code == "truncated" and caught.value.remedy


def test_file_that_changed_since_its_check_is_held_to_the_limit(tmp_path: Path) -> None:
    path = put(tmp_path, "a.png", encode(picture("L", (1500, 1200)), "PNG"))
    source = SourceFile(path, "0" * 64, "image/png", 1, 1)
    with open_pages(source, Settings(max_page_megapixels=1)) as pages, pytest.raises(LimitExceeded) as caught:
        pages.page(1).raster()
    assert caught.value.remedy


def test_large_jpeg_within_the_draft_limit_is_read_reduced(tmp_path: Path) -> None:
    settings = Settings(max_page_megapixels=5)
    path = put(tmp_path, "a.jpg", encode(picture("L", (9600, 13600 // 2)), "JPEG", dpi=(1200, 1200)))
    page, raster = load(path, settings=settings)
    assert raster.color.shape[0] * raster.color.shape[1] <= 5_000_000
    assert page.width == pytest.approx(576, abs=1)


def test_explicit_resolution_is_kept(tmp_path: Path) -> None:
    path = put(tmp_path, "a.png", encode(picture("L", (827, 1169)), "PNG", dpi=(100, 100)))
    with open_pages(open_source(path, SETTINGS), SETTINGS) as pages:
        raster = pages.page(1).raster(dpi=50)
    assert raster.dpi == 50 and raster.color.shape == (
        pytest.approx(585, abs=1),
        pytest.approx(414, abs=1),
        3,
    )
