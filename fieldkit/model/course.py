"""What course.yaml says: the course, its stations and its policy."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from fieldkit.model.texts import NO_TEXT, Text


@dataclass(frozen=True)
class Station:
    """One place in the rotation. `pass_mark` in percent and `standard` as in `Policy`; None takes the course's."""

    id: str
    scenario: str
    title: Text = NO_TEXT
    place: str = ""
    pass_mark: Decimal | None = None
    standard: str | None = None


@dataclass(frozen=True)
class Policy:
    """What passing takes, and how marks given twice count. All of it is the centre's choice and printed in reports."""

    pass_mark: Decimal = Decimal(70)
    stations_to_pass: int | None = None  # None: every station
    double_share: Decimal = Decimal(0)  # part of the sheets that a second instructor marks too, 0 to 1
    double_counts: str = "first"  # first, mean, agreed
    retakes: int = 1
    standard: str = "fixed"  # or the method that sets each station's pass mark: from the marks, or by a panel


@dataclass(frozen=True)
class CourseSettings:
    """A course as its course.yaml describes it. Dates are ISO text; `code` stands in every printed code."""

    code: str
    title: str
    crossing_point: str = ""
    start: str = ""
    end: str = ""
    languages: tuple[str, ...] = ("en",)
    paper: str = "a4"
    group_size: int | None = None  # None: as many groups as stations
    day_starts: str = "09:00"
    day_ends: str = "18:00"
    changeover_minutes: int = 5
    clean_share: Decimal = Decimal("0.25")
    spare_sheets: int = 2
    digits: str = "western"  # or eastern: how numbers are printed in Dari and Pashto
    solar_dates: bool = False  # the Solar Hijri date beside the other in Dari and Pashto
    bilingual_sheets: bool = False  # every sheet in the instructor's language and the trainee's
    shared_folder: str = ""  # with scenarios and scoresheets of the centre
    stations: tuple[Station, ...] = ()
    policy: Policy = Policy()

    def station(self, station_id: str) -> Station | None:
        """The station of that id, or None."""
        return next((s for s in self.stations if s.id == station_id), None)

    def standard(self, station_id: str) -> str:
        """What sets the pass mark of a station."""
        station = self.station(station_id)
        return self.policy.standard if station is None or station.standard is None else station.standard

    def pass_mark(self, station_id: str) -> Decimal:
        """The pass mark of a station, in percent."""
        station = self.station(station_id)
        return self.policy.pass_mark if station is None or station.pass_mark is None else station.pass_mark
