from __future__ import annotations

import hashlib
import io
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from formextract.errors import FormextractError
from formextract.model import Transform
from formextract.store.objects import MissingPicture, Objects
from tests.store import make


def page_with_mark(dpi: int = 300) -> np.ndarray:
    """An A4 page at ``dpi`` with one black block from (100, 200) to (200, 220) points, upright."""
    k = dpi / 72
    gray = np.full((int(842 * k), int(595 * k)), 255, np.uint8)
    gray[int(200 * k) : int(220 * k), int(100 * k) : int(200 * k)] = 0
    return gray


def darkness(png: bytes) -> float:
    image = np.asarray(Image.open(io.BytesIO(png)).convert("L"))
    return float((image < 60).mean())


def test_sources_are_copied_once_and_kept_apart_from_the_original(tmp_path: Path) -> None:
    source = tmp_path / "in.pdf"
    source.write_bytes(b"paper")
    sha = hashlib.sha256(b"paper").hexdigest()
    objects = Objects(tmp_path / "home")
    kept = objects.archive(source, sha)
    assert kept == tmp_path / "home" / "objects" / sha[:2] / sha
    source.write_bytes(b"other")
    assert objects.archive(source, sha).read_bytes() == b"paper"
    assert kept.stat().st_mode & 0o077 == 0


def test_a_file_that_changed_meanwhile_is_not_archived(tmp_path: Path) -> None:
    source = tmp_path / "in.pdf"
    source.write_bytes(b"changed")
    objects = Objects(tmp_path / "home")
    with pytest.raises(FormextractError, match="changed"):
        objects.archive(source, make.sha("first"))
    assert [p for p in (tmp_path / "home").rglob("*") if p.is_file()] == []


@pytest.mark.parametrize("name", ["../../etc/passwd", "A" * 64, "a" * 64 + "\n", ""])
def test_only_hashes_name_objects(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match="sha256"):
        Objects(tmp_path).object_path(name)
    with pytest.raises(ValueError, match="sha256"):
        Objects(tmp_path).page(name, 1)


def test_a_crop_shows_the_value_of_an_upright_page(tmp_path: Path) -> None:
    objects = Objects(tmp_path)
    objects.save_page(make.sha("a"), 1, page_with_mark(), 300, Transform())
    picture = objects.page(make.sha("a"), 1)
    assert picture.dpi == pytest.approx(150)
    assert (picture.width, picture.height) == pytest.approx((595 * 150 / 72, 842 * 150 / 72), abs=2)
    assert darkness(objects.crop(make.sha("a"), 1, [100, 200, 200, 220])) > 0.03
    assert darkness(objects.crop(make.sha("a"), 1, [100, 500, 200, 520])) == 0


def test_a_crop_of_a_page_that_lay_upside_down(tmp_path: Path) -> None:
    objects = Objects(tmp_path)
    turned = Transform.from_matrix([[-1, 0, 595], [0, -1, 842]])
    objects.save_page(make.sha("a"), 1, page_with_mark(100), 100, turned)
    assert darkness(objects.crop(make.sha("a"), 1, [395, 622, 495, 642])) > 0.03
    assert darkness(objects.crop(make.sha("a"), 1, [100, 200, 200, 220])) == 0


def test_the_value_is_outlined(tmp_path: Path) -> None:
    objects = Objects(tmp_path)
    objects.save_page(make.sha("a"), 1, page_with_mark(), 300, Transform())
    image = np.asarray(Image.open(io.BytesIO(objects.crop(make.sha("a"), 1, [300, 500, 400, 520]))))
    assert ((image[..., 0].astype(int) - image[..., 2]) > 100).sum() > 100


def test_a_missing_picture_is_an_error_with_a_remedy(tmp_path: Path) -> None:
    objects = Objects(tmp_path)
    with pytest.raises(MissingPicture) as caught:
        objects.crop(make.sha("a"), 1, [0, 0, 1, 1])
    assert caught.value.remedy
    objects.save_page(make.sha("a"), 1, page_with_mark(100), 100, Transform())
    with pytest.raises(MissingPicture):
        objects.crop(make.sha("a"), 1, [9000, 9000, 9010, 9010])
