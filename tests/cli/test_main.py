from __future__ import annotations

import subprocess
import sys

import pytest

from formextract.cli import main as entry
from formextract.errors import EngineError, MissingDependency, StoreUnavailable, UnreadableInput, UsageError
from tests.cli.command import Runner

HEAVY = ("numpy", "cv2", "pydantic", "sqlalchemy", "prefect", "fastapi", "PIL", "yaml", "alembic")


def test_help_imports_nothing_heavy() -> None:
    code = (
        "import sys; sys.argv = ['formextract', '--help']\n"
        "from formextract.cli.main import main\n"
        "try:\n    main()\nexcept SystemExit as e:\n    assert e.code == 0\n"
        f"print([m for m in {HEAVY!r} if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


def test_no_command_brings_in_prefect() -> None:
    code = (
        "import sys\nfrom formextract.cli.main import COMMANDS\nfrom importlib import import_module\n"
        "for module, _ in COMMANDS.values(): import_module(module)\n"
        "import formextract.ingest, formextract.pipeline.worker\n"
        "print('prefect' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_help_lists_every_command_with_its_text(run: Runner) -> None:
    ran = run("--help")
    assert ran.code == 0
    for name, (_, text) in entry.COMMANDS.items():
        assert f"  {name} " in ran.out
        assert text in ran.out


def test_wrong_usage_is_2_and_goes_to_stderr(run: Runner) -> None:
    for arguments in (
        ("nonsense",),
        ("extract",),
        ("read", "--nonsense", "x"),
        ("backfill", "/", "--years", "1"),
    ):
        ran = run(*arguments)
        assert (ran.code, ran.out) == (2, "")
        assert ran.err


def test_wrong_setting_is_named(run: Runner, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORMEXTRACT_OCR_DPI", "20")
    ran = run("doctor", "--quick")
    assert ran.code == 2
    assert "FORMEXTRACT_OCR_DPI" in ran.err
    assert "docs/settings.md" in ran.err


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (UsageError("m", remedy="r"), 2),
        (MissingDependency("m", remedy="r"), 3),
        (UnreadableInput("m", remedy="r"), 4),
        (StoreUnavailable("m", remedy="r"), 5),
        (EngineError("m", remedy="r"), 1),
        (KeyError("a value of a form"), 1),
        (KeyboardInterrupt(), 130),
    ],
)
def test_errors_become_exit_codes(
    run: Runner, monkeypatch: pytest.MonkeyPatch, error: BaseException, code: int
) -> None:
    def fail(**_: object) -> None:
        raise error

    monkeypatch.setattr(entry.cli, "main", fail)
    ran = run("extract", "x")
    assert (ran.code, ran.out) == (code, "")
    # an unexpected fault's text may hold what was read: only its kind is told
    assert "a value of a form" not in ran.err
    assert ran.err


def test_a_closed_pipe_is_no_fault() -> None:
    code = "from formextract.cli.main import main; main()"
    with subprocess.Popen(
        [sys.executable, "-c", code, "mapping", "list"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None and process.stderr is not None
        process.stdout.close()
        assert b"rror" not in process.stderr.read()
    assert process.returncode == 0
