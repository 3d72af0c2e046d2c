"""What reports are made from: a course, its people and its results. No clock, no files: the caller gives all of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from fieldkit.judging.policy import PassMark
from fieldkit.judging.results import StationResult, TraineeResult
from fieldkit.model.course import CourseSettings
from fieldkit.model.exercise import Exercise
from fieldkit.model.people import Person
from fieldkit.model.plan import Plan
from fieldkit.model.scenario import PointList, Scenario


@dataclass(frozen=True)
class ReportData:
    """A course with its results.

    `trainees` and `instructors` are by number, `scenarios` by id, `exercises` by (station, group). `lang` is the
    language asked for; empty: each person's own, else the course's first. `made_on` is an ISO date, `head` the short
    code of the record's last state, so that paper can be held against the file. `codes` holds the id in the code of
    each trainee (16 characters); a trainee without one gets a report without a code. `standards` has,
    by station, what a method made of the pass mark and why; empty where all are fixed. `crops` has, by sheet
    and item, the pictures of its row that are to be shown. `point_lists` are by id.
    """

    settings: CourseSettings
    trainees: Mapping[str, Person]
    instructors: Mapping[str, Person]
    scenarios: Mapping[str, Scenario]
    exercises: Mapping[tuple[str, str], Exercise]
    plan: Plan
    results: tuple[TraineeResult, ...]
    lang: str = ""
    made_on: str = ""
    head: str = ""
    codes: Mapping[str, str] = field(default_factory=dict)
    standards: Mapping[str, PassMark] = field(default_factory=dict)
    crops: Mapping[tuple[str, str], Sequence[Path]] = field(default_factory=dict)
    point_lists: Mapping[str, PointList] = field(default_factory=dict)

    def language(self, person: Person | None = None) -> str:
        """The language of a report: the one asked for, else the person's, else the course's first."""
        return self.lang or (person.language if person else "") or self.settings.languages[0]

    def trainee(self, number: str) -> Person:
        """A trainee; one who is no longer in the roster is known by number."""
        return self.trainees.get(number) or Person(number, number)

    def instructor(self, number: str) -> str:
        """The name of an instructor; one who is not in the roster is known by number."""
        person = self.instructors.get(number)
        return person.name if person else number

    def title(self, station: str, lang: str) -> str:
        """What a station is called: its own title, else its scenario's, else its id."""
        found = self.settings.station(station)
        if found is None:
            return station
        scenario = self.scenarios.get(found.scenario)
        return found.title[lang] or (scenario.title[lang] if scenario else "") or station

    def stations(self) -> tuple[str, ...]:
        """The ids of the stations in the order of the course, then those that only results know."""
        known = [station.id for station in self.settings.stations]
        return tuple(dict.fromkeys([*known, *(s.station for result in self.results for s in result.stations)]))

    def at_station(self, station: str) -> tuple[StationResult, ...]:
        """Everybody's result at one station, in the order of the results."""
        return tuple(s for result in self.results for s in result.stations if s.station == station)

    @cached_property
    def group_of(self) -> Mapping[str, str]:
        """The group of each trainee."""
        return {number: group.id for group in self.plan.groups for number in group.members}

    @cached_property
    def _slots(self) -> Mapping[tuple[str, str], int]:
        """When a group was at a station."""
        return {(visit.group, visit.station): visit.slot for visit in self.plan.visits}

    def exercise(self, trainee: str, station: str) -> Exercise | None:
        """The exercise that a trainee was given at a station."""
        return self.exercises.get((station, self.group_of.get(trainee, "")))

    def in_rotation(self, result: TraineeResult) -> list[StationResult]:
        """A trainee's stations in the order in which they were visited; those outside the plan come last."""
        group, last = self.group_of.get(result.trainee, ""), len(self.plan.visits) + 1
        return sorted(result.stations, key=lambda station: self._slots.get((group, station.station), last))

    def by_name(self) -> tuple[TraineeResult, ...]:
        """The results in the order of the trainees' names, whatever the case of the letters."""
        return tuple(sorted(self.results, key=lambda r: (self.trainee(r.trainee).name.casefold(), r.trainee)))
