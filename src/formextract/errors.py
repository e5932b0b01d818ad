"""The tree of errors.

    FormextractError
    ├── UsageError                  exit 2   final      the command was called wrongly
    ├── MissingDependency           exit 3   final      Tesseract, language data … is not on the machine
    ├── UnreadableInput             exit 4   final      this file cannot be read; the rest goes on
    │   ├── NotReadyInput           exit 4   transient  still being written; it is looked at again next time
    │   └── LimitExceeded           exit 4   final      more pages, pixels or bytes than the settings allow
    ├── MappingError                exit 2   final      a mapping file is wrong: file, line, key
    ├── EngineError                 exit 1   transient  an external reader crashed, hung or said nothing
    └── StoreUnavailable            exit 5   transient  the database cannot be reached

Each class carries its exit code and whether trying again can help; each error carries a
stable ``code`` and a ``remedy`` sentence.  Messages hold no personal data.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from formextract.model import Problem

EXIT_OK = 0
EXIT_FAULT = 1
EXIT_USAGE = 2
EXIT_MISSING = 3
EXIT_INPUT = 4
EXIT_STORE = 5
EXIT_REVIEW = 6
EXIT_INTERRUPTED = 130


class FormextractError(Exception):
    """Root of all errors that this package raises on purpose."""

    exit_code: int = EXIT_FAULT
    """Exit code of the command line when this error ends it."""
    transient: bool = False
    """Whether the same call may succeed later without anybody's help."""

    def __init__(self, message: str, *, code: str = "fault", remedy: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.code = code
        self.remedy = remedy

    def __reduce__(self) -> tuple[Any, ...]:
        # errors come back from worker processes whole, whatever arguments their class wants
        return _rebuild, (type(self), self.args, self.__dict__)

    def problem(self) -> Problem:
        """The error as a value for results and stores."""
        # the command line imports this module before anything else: numpy would cost it a third of a second
        from formextract.model import Problem

        return Problem(self.code, self.message, self.remedy)


def _rebuild(kind: type[FormextractError], args: tuple[Any, ...], state: dict[str, Any]) -> FormextractError:
    error = kind.__new__(kind, *args)
    error.args = args
    error.__dict__.update(state)
    return error


class UsageError(FormextractError):
    """The command was called wrongly."""

    exit_code = EXIT_USAGE


class MissingDependency(FormextractError):
    """A program, language data or font that the work needs is not on the machine."""

    exit_code = EXIT_MISSING


class UnreadableInput(FormextractError):
    """A file cannot be read; nothing is lost and the rest of the batch goes on."""

    exit_code = EXIT_INPUT


class NotReadyInput(UnreadableInput):
    """A file is still being written or copied."""

    transient = True


class LimitExceeded(UnreadableInput):
    """A file asks for more than the settings allow."""


class MappingError(FormextractError):
    """A mapping file is wrong."""

    exit_code = EXIT_USAGE

    def __init__(self, message: str, *, file: str, line: int, key: str, remedy: str = "") -> None:
        super().__init__(f"{file}:{line}: {key}: {message}", code="mapping", remedy=remedy)
        self.file = file
        self.line = line
        self.key = key


class EngineError(FormextractError):
    """An external reader crashed, hung or said nothing."""

    transient = True


class StoreUnavailable(FormextractError):
    """The database cannot be reached."""

    exit_code = EXIT_STORE
    transient = True
