"""Every bad input ends in a typed refusal with a remedy, every odd one is read; nothing hangs."""

from __future__ import annotations

import time
from pathlib import Path

import numpy as np
import pytest

from formextract.config import Settings
from formextract.errors import EXIT_INPUT, UnreadableInput
from formextract.intake import open_source
from formextract.pages import open_pages
from tests.badinputs.inputs import OPENED, REFUSED

SETTINGS = Settings()
LONGEST_S = 60


@pytest.mark.parametrize("name", sorted(REFUSED))
def test_bad_input_is_refused_with_a_remedy(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "in"
    folder.mkdir()
    build, code = REFUSED[name]
    path = build(folder)
    started = time.monotonic()
    with pytest.raises(UnreadableInput) as caught:
        open_source(path, SETTINGS, root=folder if name == "link_outside" else None)
    assert time.monotonic() - started < LONGEST_S
    error = caught.value
    if code == "parser_*":  # which limit bites first depends on the machine
        assert error.code in ("parser_crashed", "parser_timeout")
    else:
        assert error.code == code
    assert error.exit_code == EXIT_INPUT
    assert error.message.endswith(".") and error.remedy.endswith(".")
    assert str(tmp_path) not in error.message  # paths may name people


@pytest.mark.parametrize("name", sorted(OPENED))
def test_odd_input_is_read(name: str, tmp_path: Path) -> None:
    build, page_count = OPENED[name]
    source = open_source(build(tmp_path), SETTINGS)
    assert source.page_count == page_count
    with open_pages(source, SETTINGS) as pages:
        for page in pages:
            raster = page.raster()
            height, width, _ = raster.color.shape
            assert raster.dpi <= SETTINGS.ocr_dpi
            assert width == pytest.approx(page.width / 72 * raster.dpi, abs=2)
            assert height == pytest.approx(page.height / 72 * raster.dpi, abs=2)
            page.text()
    blank = name in ("blank_page", "black_page")
    assert (np.ptp(raster.color) < 8) == blank
