import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formextract.confidence import UNFITTED, Calibration, Curve, decide, evidence_class, load_calibration
from formextract.model import Decision

KNOWN = {"blanks_known", "parsed"}


@pytest.mark.parametrize(
    ("kind", "method", "agreed", "flags", "name"),
    [
        ("baht", "ocr", 1.0, KNOWN, "ocr|digits|agreed"),
        ("baht", "ocr", 0.95, KNOWN, "ocr|digits|mostly"),
        ("baht", "ocr", 0.5, KNOWN, "ocr|digits|split"),
        ("baht", "ocr", None, KNOWN, "ocr|digits|alone"),
        ("baht", "ocr", 1.0, KNOWN | {"thai_digits"}, "ocr|digits|thai"),
        ("baht", "ocr", 1.0, KNOWN | {"thai_digits", "twice"}, "ocr|digits|thai_twice"),
        ("baht", "text_layer", None, KNOWN | {"thai_digits"}, "text_layer|digits|alone"),
        ("baht", "ocr", 1.0, KNOWN | {"doubt", "twice"}, "ocr|digits|doubt"),
        ("school", "ocr", 1.0, KNOWN | {"registry", "doubt"}, "ocr|place|doubt"),
        ("school", "ocr", 1.0, KNOWN | {"registry"}, "ocr|place|registry"),
        ("school", "ocr", 1.0, KNOWN | {"corrected", "twice"}, "ocr|place|corrected"),
        ("school", "text_layer", None, {"parsed"}, "text_layer|place|wrapped"),
        ("school", "text_layer", None, {"parsed", "twice"}, "text_layer|place|wrapped"),
        ("school", "text_layer", None, {"parsed", "registry"}, "text_layer|place|registry"),
        ("prose", "text_layer", None, {"parsed"}, "text_layer|prose|alone"),
        ("surname", "ocr", 1.0, KNOWN | {"unbounded"}, "ocr|name|unbounded"),
        ("mark", "mark", None, {"parsed"}, "mark|mark|alone"),
    ],
)
def test_classes(kind: str, method: str, agreed: float | None, flags: set[str], name: str) -> None:
    assert evidence_class(kind, method, agreed, flags) == name


def test_a_class_that_was_never_fitted_is_never_accepted() -> None:
    calibration = Calibration({"a": Curve((0.5, 1.0), (0.6, 0.999))})
    assert calibration.probability("a", 1.0) == 0.999
    assert calibration.probability("b", 1.0) == UNFITTED
    assert decide(UNFITTED, 0.99) is Decision.REVIEW
    assert decide(0.99, 0.99) is Decision.ACCEPTED


points = st.lists(st.floats(0, 1), min_size=1, max_size=6).map(sorted)


@given(points, points, st.floats(0, 1), st.floats(0, 1))
def test_curves_never_fall_and_stay_within_their_points(
    x: list[float], p: list[float], a: float, b: float
) -> None:
    n = min(len(x), len(p))
    curve = Curve(tuple(x[:n]), tuple(p[:n]))
    low, high = sorted((a, b))
    assert curve.at(low) <= curve.at(high) + 1e-9
    assert p[0] - 1e-9 <= curve.at(low) and curve.at(high) <= p[n - 1] + 1e-9


def test_an_empty_curve_is_no_probability() -> None:
    assert Curve((), ()).at(1.0) == 0.0


def test_calibration_files(tmp_path: Path) -> None:
    path = tmp_path / "c.json"
    path.write_text(json.dumps({"_made": "today", "a": {"x": [0, 1], "p": [0.1, 0.9]}}))
    assert load_calibration(path).probability("a", 0.5) == pytest.approx(0.5)
    for wrong in ({"x": [0, 1], "p": [0.9, 0.1]}, {"x": [1, 0], "p": [0, 1]}, {"x": [0], "p": [0, 1]}):
        path.write_text(json.dumps({"a": wrong}))
        with pytest.raises(ValueError, match="never-falling"):
            load_calibration(path)
