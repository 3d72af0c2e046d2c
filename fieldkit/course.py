"""An open course: its folder, what its files say, and what its record holds. The steps work on it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cached_property
from gettext import gettext as _
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from fieldkit.errors import BadInput, Problem
from fieldkit.model.state import State, fold

if TYPE_CHECKING:
    from fieldkit.library.load import Library
    from fieldkit.model.course import CourseSettings
    from fieldkit.model.entry import Entry
    from fieldkit.model.people import Person
    from fieldkit.record import Record

COURSE_FILE = "course.yaml"
PACK, REPORTS, SCANS, SELFTEST, EXERCISE = "pack", "reports", "scans", "selftest", "calibration"
OWN_FOLDERS = (PACK, REPORTS, SCANS, SELFTEST, EXERCISE)  # what fieldkit writes into a course's folder
NAMES, NAMES_KEY = "names.age", "names.pub"  # of a protected course, see steps/keeping/protect.py


class Course:
    """One course in one folder. Files are read when they are first asked for; whatever is wrong with one that is
    needed is refused with all its problems."""

    def __init__(self, folder: Path) -> None:
        """Refuses a folder that holds no course."""
        self.folder = folder.resolve()
        self.names_secret = ""
        self._folded = -1  # entries that `state` was made of
        if not (self.folder / COURSE_FILE).exists():
            raise BadInput(
                _("{folder} holds no course: there is no {file} in it.").format(folder=folder, file=COURSE_FILE),
                _("Go to the course's folder, name it with --course FOLDER, or make one with `fieldkit new FOLDER`."),
            )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the record."""
        if "record" in self.__dict__:
            self.record.__exit__(None, None, None)
            del self.__dict__["record"]

    @cached_property
    def settings(self) -> CourseSettings:
        """What course.yaml says."""
        from fieldkit.library.course_file import read_course

        settings, problems = read_course(self.folder)
        return _whole(settings, problems)

    @cached_property
    def trainees(self) -> dict[str, Person]:
        """The trainees by number, in roster order."""
        return self._roster("trainees")

    @cached_property
    def instructors(self) -> dict[str, Person]:
        """The instructors by number, in roster order."""
        return self._roster("instructors")

    def _roster(self, name: str) -> dict[str, Person]:
        from fieldkit.library.roster import read_roster

        people, problems = read_roster(self.folder / name)
        return {person.number: person for person in _whole(people, problems)}

    @cached_property
    def library(self) -> Library:
        """The built-in scenarios and scoresheets with the course's own."""
        from fieldkit.library.load import load_library

        return load_library(self.folder)

    @cached_property
    def record(self) -> Record:
        """The record, open for reading and appending."""
        from fieldkit.record import Record

        return Record.open(self.folder, write=True)

    @cached_property
    def state(self) -> State:
        """What stands, folded from the record; made anew after each append."""
        self._folded = len(self.record.entries)
        return fold(self.record.entries)

    @property
    def protected(self) -> bool:
        """Whether the names of the trainees are behind a passphrase."""
        return self.path(NAMES).exists()

    def append(self, entries: Sequence[tuple[str, Mapping[str, Any]]], by: str) -> list[Entry]:
        """Append entries (kind, body) in one piece: when this returns, all of them are on the disk."""
        made = self.record.append_many([(kind, dict(body)) for kind, body in entries], by)
        self.__dict__.pop("state", None)
        return made

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Nobody else writes to the record meanwhile, and `state` has all that others wrote before: what is decided
        inside still holds when it is appended. For what one moment decides; questions and printing stay outside."""
        with self.record.alone():
            if self._folded not in (-1, len(self.record.entries)):
                self.__dict__.pop("state", None)
            yield

    def refresh(self) -> None:
        """Take in what other processes have appended since."""
        self.record.refresh()
        self.__dict__.pop("state", None)

    def path(self, *parts: str) -> Path:
        """A path inside the course's folder."""
        return self.folder.joinpath(*parts)


def _whole(found: Any, problems: list[Problem]) -> Any:
    if errors := [problem for problem in problems if not problem.warning]:
        raise BadInput.from_problems(errors)
    return found
