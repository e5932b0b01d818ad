"""Cleaning: skew, light, stamps, photographs, and the way back to the source page."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from formextract.imaging.clean import clean_page
from formextract.imaging.skew import estimate_skew
from formextract.model import Raster
from tests.imaging.drawing import PT, Sheet, grainy, turned

TEXT = ["โรงเรียนบ้านทุ่งดอกหญ้า", "สำนักงานเขตพื้นที่การศึกษา", "ข้อตกลงในการพัฒนางาน", "ครูผู้สอนทุกคน"]


def page_of_text() -> Sheet:
    sheet = Sheet(400, 240)
    for k, t in enumerate(TEXT * 2):
        sheet.text(40, 40 + 24 * k, t + " " + TEXT[(k + 1) % 4])
    return sheet


@pytest.mark.parametrize("degrees", [-4.3, -1.0, 0.4, 2.7])
def test_skew_is_found_to_a_tenth_of_a_degree(degrees: float) -> None:
    image = turned(page_of_text().array(), degrees)
    found = estimate_skew(np.ascontiguousarray(image[:, :, 0]), 300)
    # a page turned counter-clockwise rises to the right, so its lines slope by minus the angle
    assert found == pytest.approx(-degrees, abs=0.1)


@pytest.mark.parametrize(("turns", "dpi"), [(0, 300), (1, 300), (2, 200), (3, 150), (0, 600)])
def test_to_source_leads_back_to_where_the_dot_was(turns: int, dpi: float) -> None:
    sheet = page_of_text()
    sheet.draw.rectangle((300 * PT, 30 * PT, 306 * PT, 36 * PT), fill="black")
    upright = turned(sheet.array(), 1.5)
    source = np.ascontiguousarray(np.rot90(upright, -turns))
    scaled = cv2.resize(source, None, fx=dpi / 300, fy=dpi / 300, interpolation=cv2.INTER_AREA)
    page = clean_page(Raster(scaled, dpi), quarter_turns=turns)
    x, y = solid_square(page.gray)
    sx, sy = page.to_source.point(x / page.scale, y / page.scale)
    tx, ty = solid_square(np.ascontiguousarray(scaled[:, :, 0]))
    assert (sx, sy) == (pytest.approx(tx * 72 / dpi, abs=0.4), pytest.approx(ty * 72 / dpi, abs=0.4))
    assert page.dpi == 300


def solid_square(gray: np.ndarray) -> tuple[float, float]:
    """Middle of the only solid square of the page, in pixels."""
    k = (
        max(3, round(gray.shape[1] * 0.008))
        if gray.shape[1] > gray.shape[0]
        else max(3, round(gray.shape[0] * 0.008))
    )
    mask = cv2.erode((gray < 110).astype(np.uint8), np.ones((k, k), np.uint8))
    ys, xs = np.nonzero(mask)
    return float(xs.mean()) + 0.5, float(ys.mean()) + 0.5


def test_coloured_stamp_is_gone_for_reading_and_kept_as_ink() -> None:
    sheet = page_of_text()
    sheet.draw.ellipse((200 * PT, 60 * PT, 300 * PT, 160 * PT), outline=(200, 40, 60), width=9)
    page = clean_page(sheet.raster())
    row = round(118 * page.scale)  # between two lines of text
    edge = slice(round(199 * page.scale), round(203 * page.scale))
    assert page.ink[row, edge].min() < 120
    assert page.gray[row, edge].min() > 230


def test_uneven_light_becomes_even() -> None:
    a = page_of_text().array().astype(np.float32)
    light = np.linspace(1.0, 0.45, a.shape[1])[None, :, None]
    page = clean_page(Raster((a * light).astype(np.uint8), 300))
    right = page.gray[:, -150:-20]
    assert np.median(right) > 245


def test_sheet_is_cut_out_of_a_photograph() -> None:
    sheet = Sheet(420, 594)
    for k in range(18):
        sheet.text(50, 60 + 28 * k, TEXT[k % 4] + " " + TEXT[(k + 1) % 4])
    a = cv2.resize(sheet.array(), None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    h, w = a.shape[:2]
    corners = np.array([[90, 70], [w + 60, 100], [w + 90, h + 60], [60, h + 90]], dtype=np.float32)
    m = cv2.getPerspectiveTransform(np.array([[0, 0], [w, 0], [w, h], [0, h]], dtype=np.float32), corners)
    photo = cv2.warpPerspective(a, m, (w + 160, h + 170), borderValue=(60, 70, 80))
    page = clean_page(Raster(photo, 150))
    assert "rectified" in page.notes
    assert page.height / page.width == pytest.approx(h / w, rel=0.03)
    # the upright page's corner leads back to the sheet's corner in the photograph
    x, y = page.to_source.point(0, 0)
    assert (x * 150 / 72, y * 150 / 72) == (pytest.approx(90, abs=8), pytest.approx(70, abs=8))


def test_a_scan_is_not_taken_for_a_photograph() -> None:
    page = clean_page(page_of_text().raster())
    assert "rectified" not in page.notes


def test_quality_words() -> None:
    white = np.full((700, 500, 3), 255, np.uint8)
    assert "blank" in clean_page(Raster(white, 150)).notes
    assert "black" in clean_page(Raster(white // 16, 150)).notes
    noisy = clean_page(Raster(grainy(page_of_text().array(), 16), 300))
    assert "noisy" in noisy.notes
    assert "blank" not in noisy.notes


def test_fax_of_half_resolution_gets_its_height_back() -> None:
    a = np.full((1145, 1728, 3), 255, np.uint8)
    a[200:210, 300:1500] = 0
    a[300:900:40, 300:700] = 0
    page = clean_page(Raster(a, 204))
    assert page.height / page.width == pytest.approx(1145 / 1728 * 204 / 98, rel=0.01)
    assert "fax" in page.notes


def test_dark_scanner_edge_becomes_white() -> None:
    a = page_of_text().array()
    a[:, :60] = 20
    page = clean_page(Raster(a, 300))
    assert page.gray[100:-100, :50].min() > 200
