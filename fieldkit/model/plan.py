"""The plan of a course: who is when at which station with which instructor, and the sheets that this takes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from fieldkit.model.codes import short_id
from fieldkit.model.sheet import LAYOUT, TWO_LANGUAGES

if TYPE_CHECKING:
    from fieldkit.model.course import CourseSettings
    from fieldkit.model.exercise import Exercise
    from fieldkit.model.people import Person
    from fieldkit.model.scenario import PointList, Scenario


@dataclass(frozen=True)
class Group:
    """Trainees (by number) who rotate together and are given the same exercises."""

    id: str
    members: tuple[str, ...]


@dataclass(frozen=True)
class Visit:
    """A group at a station in one slot of the rotation (slots count from 1), marked by one instructor."""

    slot: int
    station: str
    group: str
    instructor: str


@dataclass(frozen=True)
class Plan:
    """One draw. `doubles` are (trainee, station) pairs that a second instructor marks too, and by whom."""

    seed: int
    groups: tuple[Group, ...]
    visits: tuple[Visit, ...]
    doubles: Mapping[tuple[str, str], str]

    @property
    def slots(self) -> int:
        """How many slots the rotation has."""
        return max((visit.slot for visit in self.visits), default=0)

    def group_of(self, trainee: str) -> Group | None:
        """The group a trainee belongs to, or None."""
        return next((group for group in self.groups if trainee in group.members), None)


@dataclass(frozen=True)
class Sheet:
    """One sheet to print: its id in a code (16 characters), whose it is, and who marks it.

    `trainee` is empty on a spare sheet; `copy` is 1, or 2 for the sheet of the second instructor (spares count on).
    `starts` is the planned time, ISO without a zone, or empty.
    """

    code_id: str
    station: str
    trainee: str
    instructor: str
    group: str
    copy: int = 1
    starts: str = ""

    @property
    def id(self) -> str:
        """The short id that people type."""
        return short_id(self.code_id)

    @property
    def spare(self) -> bool:
        """Whether the sheet still waits for a trainee."""
        return not self.trainee


@dataclass(frozen=True)
class Pack:
    """All that printing needs to know. `exercises` and `tag_ids` are by (station, group); `tag_ids` holds, for each
    label of a tagged find or decoy and for each object of the exercise, the id in its code; `person_ids` has the id in
    the code of each trainee, by number.
    """

    settings: CourseSettings
    plan: Plan
    trainees: Mapping[str, Person]
    instructors: Mapping[str, Person]
    scenarios: Mapping[str, Scenario]
    point_lists: Mapping[str, PointList]
    exercises: Mapping[tuple[str, str], Exercise]
    sheets: tuple[Sheet, ...]
    tag_ids: Mapping[tuple[str, str], Mapping[str, str]]
    lang: str = ""
    person_ids: Mapping[str, str] = field(default_factory=dict)

    def language_of(self, person: Person | None) -> str:
        """The language of what is printed for a person: asked for by --lang, else the person's, else the course's."""
        return self.lang or (person.language if person and person.language else self.settings.languages[0])

    @property
    def layout(self) -> int:
        """The layout of the course's sheets."""
        return TWO_LANGUAGES if self.settings.bilingual_sheets else LAYOUT

    def scenario_at(self, station: str) -> Scenario:
        """The scenario of a station."""
        found = self.settings.station(station)
        assert found is not None, f"the plan names a station that the course does not have: {station}"
        return self.scenarios[found.scenario]

    def members(self, group: str) -> tuple[Person, ...]:
        """The trainees of a group, in their order."""
        found = next(g for g in self.plan.groups if g.id == group)
        return tuple(self.trainees[number] for number in found.members)


@dataclass(frozen=True)
class PrintedPage:
    """Where one page of a sheet was printed: the file and the page in it, counting from 1."""

    sheet: str
    page: int
    pdf: str
    pdf_page: int
