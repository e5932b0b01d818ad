from __future__ import annotations

import hashlib
import os
import threading
import time
from pathlib import Path

import pytest

from formextract.config import Settings
from formextract.errors import LimitExceeded, NotReadyInput, UnreadableInput
from formextract.intake import source as source_module
from formextract.intake.faults import FAULTS, fault
from formextract.intake.source import hash_file, open_source, stable
from tests.badinputs.inputs import encode, picture, put, simple_pdf


def test_pdf_is_described(tmp_path: Path) -> None:
    data = simple_pdf(3)
    path = put(tmp_path, "a.pdf", data)
    source = open_source(path, Settings())
    assert source.path == path
    assert source.sha256 == hashlib.sha256(data).hexdigest()
    assert (source.media_type, source.size, source.page_count) == ("application/pdf", len(data), 3)


def test_hash_is_taken_in_chunks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = put(tmp_path, "a", bytes(range(256)) * 50)
    monkeypatch.setattr(source_module, "_CHUNK", 1000)
    assert hash_file(path) == hashlib.sha256(path.read_bytes()).hexdigest()


def test_link_inside_the_root_is_taken(tmp_path: Path) -> None:
    put(tmp_path, "a.pdf", simple_pdf())
    (tmp_path / "b.pdf").symlink_to("a.pdf")
    assert open_source(tmp_path / "b.pdf", Settings(), root=tmp_path).page_count == 1


def test_limits_come_from_the_settings(tmp_path: Path) -> None:
    pdf = put(tmp_path, "a.pdf", simple_pdf(3))
    with pytest.raises(LimitExceeded) as caught:
        open_source(pdf, Settings(max_pages=2))
    assert caught.value.code == "too_many_pages"
    assert "FORMEXTRACT_MAX_PAGES" in caught.value.remedy
    with pytest.raises(LimitExceeded) as caught:
        open_source(pdf, Settings(max_page_mm=100))
    assert caught.value.code == "page_too_large"
    big = put(tmp_path, "b.png", encode(picture(size=(1200, 1700)), "PNG"))
    with pytest.raises(LimitExceeded) as caught:
        open_source(big, Settings(max_page_megapixels=1))
    assert caught.value.code == "image_too_large"
    sparse = tmp_path / "c.pdf"
    with sparse.open("wb") as stream:
        stream.write(b"%PDF-1.4\n")
        stream.truncate(2_000_000)
    with pytest.raises(LimitExceeded) as caught:
        open_source(sparse, Settings(max_file_mb=1))
    assert caught.value.code == "too_large"


def test_no_permission_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = put(tmp_path, "a.pdf", simple_pdf())
    # root may read everything, so the operating system's answer is put in its mouth
    monkeypatch.setattr(os, "access", lambda *_: False)
    with pytest.raises(UnreadableInput) as caught:
        open_source(path, Settings())
    assert caught.value.code == "no_permission"


def test_failing_disk_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = put(tmp_path, "a.pdf", simple_pdf())

    def broken(_: Path) -> str:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(source_module, "hash_file", broken)
    with pytest.raises(UnreadableInput) as caught:
        open_source(path, Settings())
    assert caught.value.code == "io_error"


def test_half_copied_file_is_not_ready(tmp_path: Path) -> None:
    data = simple_pdf(2)
    path = tmp_path / "a.pdf"
    path.write_bytes(data[:500])

    def copy_on() -> None:
        for at in range(500, len(data), 200):
            time.sleep(0.05)
            with path.open("ab") as stream:
                stream.write(data[at : at + 200])

    writer = threading.Thread(target=copy_on)
    writer.start()
    try:
        with pytest.raises(NotReadyInput) as caught:
            open_source(path, Settings(stable_seconds=0.3), require_stable=True)
        assert caught.value.transient
    finally:
        writer.join()
    assert open_source(path, Settings(stable_seconds=0.1), require_stable=True).page_count == 2


def test_file_that_changes_while_it_is_read_is_not_ready(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = put(tmp_path, "a.pdf", simple_pdf())
    real = hash_file

    def slow(p: Path) -> str:
        with p.open("ab") as stream:
            stream.write(b"\n")
        return real(p)

    monkeypatch.setattr(source_module, "hash_file", slow)
    with pytest.raises(NotReadyInput):
        open_source(path, Settings())


def test_old_file_is_stable_at_once(tmp_path: Path) -> None:
    path = put(tmp_path, "a", b"x")
    os.utime(path, (1_600_000_000, 1_600_000_000))
    started = time.monotonic()
    assert stable(path, 5)
    assert time.monotonic() - started < 1
    assert not stable(tmp_path / "gone", 0.1)


@pytest.mark.parametrize("code", sorted(FAULTS))
def test_every_fault_has_a_sentence_and_a_remedy(code: str) -> None:
    details = dict.fromkeys(("what", "size", "limit", "page", "pages"), "7")
    error = fault(code, **details)
    assert error.code == code
    assert error.message.endswith(".") and error.remedy.endswith(".")
    assert "{" not in error.message


def test_raw_socket_path_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(UnreadableInput) as caught:
        open_source(tmp_path / ("x" * 300), Settings())
    assert caught.value.code == "not_found"


def test_guarded_probe_crash_is_an_unreadable_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = put(tmp_path, "a.pdf", simple_pdf())
    monkeypatch.setattr(source_module, "probe_pdf", lambda *_: os._exit(1))
    with pytest.raises(UnreadableInput) as caught:
        open_source(path, Settings())
    assert caught.value.code == "parser_crashed"
