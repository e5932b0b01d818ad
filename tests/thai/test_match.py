"""Approximate search, checked against Sellers' plain table."""

from __future__ import annotations

import time
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import Levenshtein

from formextract.thai.match import Hit, find_all


def sellers(pattern: str, text: str) -> list[int]:
    """Edits of the pattern against the best stretch ending at each character."""
    row, out = list(range(len(pattern) + 1)), []
    for ch in text:
        before, row = row, [0]
        for j, want in enumerate(pattern, 1):
            row.append(min(before[j] + 1, row[-1] + 1, before[j - 1] + (want != ch)))
        out.append(row[-1])
    return out


small = st.text(alphabet="กขค", max_size=40)


@given(st.text(alphabet="กขค", min_size=1, max_size=12), small, st.sampled_from([0.0, 0.2, 0.34, 0.5]))
def test_hits_agree_with_the_plain_table(pattern: str, text: str, max_error: float) -> None:
    hits = find_all(pattern, text, max_error)
    limit = min(int(max_error * len(pattern) + 1e-9), len(pattern) - 1)
    table = sellers(pattern, text)
    good = [i + 1 for i, d in enumerate(table) if d <= limit]
    assert bool(hits) == bool(good)
    if hits:
        assert min(h.distance for h in hits) == min(table)
    for hit in hits:
        assert hit.distance == table[hit.end - 1] == Levenshtein.distance(pattern, text[hit.start : hit.end])
        assert hit.similarity == 1 - hit.distance / len(pattern)
    for left, right in pairwise(hits):
        assert left.end <= right.start
    # No occurrence is left out that would overlap no hit, however long it is.
    for end in good:
        assert any(h.start < end and end - len(pattern) - limit < h.end for h in hits)


@given(st.text(alphabet="กขคงจ", min_size=6, max_size=30), small, small)
def test_an_exact_occurrence_is_found(pattern: str, before: str, after: str) -> None:
    hits = find_all(pattern, before + pattern + after)
    assert any(hit.distance == 0 for hit in hits)


def test_labels_in_noise() -> None:
    text = "ชื่อนายมานะนามสกุลใจดีตำเเหน่งครูวิทยฐานะชำนาญการตำแหนงครู"
    hits = find_all("ตำแหน่ง", text, 0.3)
    assert [(text[h.start : h.end], h.distance) for h in hits] == [("ตำเเหน่ง", 2), ("ตำแหนง", 1)]
    assert find_all("", text) == []
    assert find_all("สังกัด", "") == []
    assert find_all("ก", "กขก", 0.5) == [Hit(0, 1, 0, 1.0), Hit(2, 3, 0, 1.0)]


def test_long_texts_take_no_time() -> None:
    text = "สำนักงานเขตพื้นที่การศึกษาประถมศึกษาและโรงเรียนในสังกัด" * 2000
    begin = time.perf_counter()
    assert find_all("ผู้จัดทำข้อตกลงในการพัฒนางาน", text) == []
    assert len(find_all("โรงเรียนในสังกัด", text)) == 2000
    assert time.perf_counter() - begin < 5
