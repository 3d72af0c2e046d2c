"""What can go wrong, as the user meets it: the exit codes, the refusals, and the problems found in files.

    FieldkitError            1  the work could not be done
      BadInput               3  something in a file or an argument is wrong; nothing was written
      NotInstalled           3  a feature whose extra is missing
      RecordDamaged          5  the record does not verify
      RecordBusy             6  another process holds the course

A refusal is an exception; a problem is a value, so that all problems of a file can be told at once.
"""

from __future__ import annotations

from enum import IntEnum
from gettext import gettext as _
from typing import NamedTuple


class ExitCode(IntEnum):
    """How a command ends. The README prints this table; a test holds them equal."""

    DONE = 0
    FAILED = 1
    USAGE = 2
    BAD_INPUT = 3
    WAITING = 4
    DAMAGED = 5
    BUSY = 6
    INTERRUPTED = 130


MEANINGS = {
    ExitCode.DONE: "done",
    ExitCode.FAILED: "failed",
    ExitCode.USAGE: "the command was not understood",
    ExitCode.BAD_INPUT: "something in a file or an argument is wrong; nothing was written",
    ExitCode.WAITING: "done, but something waits for a person",
    ExitCode.DAMAGED: "the record does not verify",
    ExitCode.BUSY: "another process holds the course",
    ExitCode.INTERRUPTED: "interrupted; everything saved so far is there",
}


class Problem(NamedTuple):
    """One thing wrong in one place: where, what, and what to do. `line` and `column` count from 1; 0 is unknown.

    A tuple and not a dataclass, because `fieldkit --help` pays for every import.
    """

    file: str
    line: int
    column: int
    what: str
    remedy: str = ""
    warning: bool = False

    def __str__(self) -> str:
        place = ":".join([self.file, *(str(n) for n in (self.line, self.column) if n)])
        what = self.what if self.what.endswith((".", "?", "!")) else self.what + "."
        return f"{place}: {_('warning:') + ' ' if self.warning else ''}{what}{' ' + self.remedy if self.remedy else ''}"


class FieldkitError(Exception):
    """A refusal in the user's words: what happened, why, and (as the hint) what to do."""

    exit_code = ExitCode.FAILED

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message, self.hint = message, hint

    def __str__(self) -> str:
        return f"{self.message}\n{self.hint}" if self.hint else self.message


class BadInput(FieldkitError):
    """Something given is wrong, so nothing was written; `problems` holds all that was found."""

    exit_code = ExitCode.BAD_INPUT

    def __init__(self, message: str, hint: str = "", problems: tuple[Problem, ...] | list[Problem] = ()) -> None:
        super().__init__(message, hint)
        self.problems = tuple(problems)

    @classmethod
    def from_problems(cls, problems: list[Problem]) -> BadInput:
        """One refusal for all that is wrong, each problem on a line of its own."""
        return cls("\n".join(str(p) for p in problems), problems=problems)


class NotInstalled(BadInput):
    """A feature needs an extra that is not installed."""

    def __init__(self, feature: str, extra: str) -> None:
        super().__init__(
            _("{feature} needs an additional part of fieldkit that is not installed.").format(feature=feature),
            _("Install it with: {command}").format(command=f'pip install "fieldkit[{extra}]"'),
        )


class RecordDamaged(FieldkitError):
    """The record does not verify."""

    exit_code = ExitCode.DAMAGED


class RecordBusy(FieldkitError):
    """Another process holds the course."""

    exit_code = ExitCode.BUSY
