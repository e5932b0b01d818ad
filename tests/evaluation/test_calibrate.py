from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from formextract.confidence import load_calibration
from formextract.evaluation.calibrate import fit_calibration, fit_curve, pool_violators, write_calibration

PAIRS = st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1, max_size=60)


@given(PAIRS)
def test_fit_never_falls_and_keeps_the_count(pairs: list[tuple[float, bool]]) -> None:
    x, p, n = pool_violators([s for s, _ in pairs], [r for _, r in pairs])
    assert (np.diff(x) > 0).all()
    assert (np.diff(p) >= 0).all()
    assert n.sum() == len(pairs)
    assert np.isclose((p * n).sum(), sum(r for _, r in pairs))


@given(PAIRS)
def test_curve_is_cautious(pairs: list[tuple[float, bool]]) -> None:
    curve = fit_curve([s for s, _ in pairs], [r for _, r in pairs])
    assert max(curve["p"]) < 1
    assert curve["p"] == sorted(curve["p"])


def test_known_shares_are_found() -> None:
    rng = np.random.default_rng(1)
    scores = rng.uniform(0, 1, 20000)
    right = rng.uniform(0, 1, 20000) < scores
    curve = fit_curve(scores, right)
    assert abs(np.interp(0.8, curve["x"], curve["p"]) - 0.8) < 0.05


def test_rare_class_gets_no_curve_and_the_file_is_read_back(tmp_path: Path) -> None:
    pairs = [("ocr|name|agreed", 0.9, True)] * 100 + [("ocr|name|split", 0.9, True)] * 5
    curves = fit_calibration(pairs)
    assert list(curves) == ["ocr|name|agreed"]
    write_calibration(tmp_path / "c.json", curves, "made up")
    calibration = load_calibration(tmp_path / "c.json")
    assert calibration.probability("ocr|name|agreed", 0.9) == pytest.approx(100 / 101, abs=1e-4)
    assert calibration.probability("ocr|name|split", 0.9) <= 0.5


def test_unequal_lengths_are_refused() -> None:
    with pytest.raises(ValueError, match="equally long"):
        pool_violators([0.1], [1, 0])
