from __future__ import annotations

import os
from pathlib import Path

from formextract.intake.discover import Skipped, discover
from tests.badinputs.inputs import encode, picture, put, simple_pdf


def _found(folder: Path, *paths: Path, root: Path | None = None) -> tuple[list[str], dict[str, str]]:
    items = list(discover(paths or (folder,), root=root))
    taken = [str(i.relative_to(folder)) for i in items if isinstance(i, Path)]
    skipped = {str(i.path.relative_to(folder)): i.problem.code for i in items if isinstance(i, Skipped)}
    return taken, skipped


def test_folders_are_walked_in_stable_order(tmp_path: Path) -> None:
    for name in ("b/2.pdf", "b/1.PDF", "a.tiff", "ค.jpg", "C.Png"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"x")
    taken, skipped = _found(tmp_path)
    assert taken == ["C.Png", "a.tiff", "b/1.PDF", "b/2.pdf", "ค.jpg"]
    assert not skipped


def test_unfinished_and_hidden_files_are_passed_over_with_a_note(tmp_path: Path) -> None:
    names = [".hidden.pdf", "~$a.docx", "a.pdf.part", "b.TMP", "c.pdf.crdownload", "d.pdf.pending"]
    for name in names:
        put(tmp_path, name, simple_pdf())
    put(tmp_path, "e.pdf", simple_pdf())
    taken, skipped = _found(tmp_path)
    assert taken == ["e.pdf"]
    assert skipped == dict.fromkeys(names, "unfinished_name")


def test_true_records_beside_samples_are_no_documents(tmp_path: Path) -> None:
    put(tmp_path, "a.json", b"{}")
    put(tmp_path, "scan", encode(picture(), "PNG"))  # no ending: its bytes speak for it
    put(tmp_path, "photo.heic", b"x")  # taken, so that its sender is told what to do
    taken, skipped = _found(tmp_path)
    assert taken == ["photo.heic", "scan"]
    assert skipped == {"a.json": "not_a_document"}


def test_links_and_pipes_are_passed_over(tmp_path: Path) -> None:
    folder, other = tmp_path / "in", tmp_path / "other"
    folder.mkdir()
    other.mkdir()
    put(folder, "a.pdf", simple_pdf())
    put(other, "secret.pdf", simple_pdf())
    (folder / "inside.pdf").symlink_to("a.pdf")
    (folder / "outside.pdf").symlink_to(other / "secret.pdf")
    (folder / "outside").symlink_to(other)
    (folder / "loop").symlink_to(folder)
    (folder / "gone.pdf").symlink_to("nothing.pdf")
    os.mkfifo(folder / "pipe.pdf")
    taken, skipped = _found(folder)
    assert taken == ["a.pdf"]
    assert skipped == {
        "gone.pdf": "dangling_link",
        "inside.pdf": "link_skipped",
        "loop": "link_skipped",
        "outside": "link_outside",
        "outside.pdf": "link_outside",
        "pipe.pdf": "not_a_file",
    }


def test_files_named_themselves_always_come_back_in_order(tmp_path: Path) -> None:
    put(tmp_path, "z.json", b"{}")
    paths = (tmp_path / "z.json", tmp_path / "gone.pdf")
    taken, _ = _found(tmp_path, *paths)
    assert taken == ["z.json", "gone.pdf"]


def test_folder_outside_the_root_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "out").mkdir()
    put(tmp_path / "out", "a.pdf", simple_pdf())
    (tmp_path / "in" / "link").symlink_to(tmp_path / "out")
    _, skipped = _found(tmp_path, tmp_path / "in" / "link", root=tmp_path / "in")
    assert skipped == {"in/link": "link_outside"}
