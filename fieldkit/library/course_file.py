"""course.yaml: the keys, and the settings that they make."""

from __future__ import annotations

from gettext import gettext as _
from pathlib import Path
from typing import Any

from fieldkit.errors import Problem
from fieldkit.library.fields import Key, ListOf, Reading, Table
from fieldkit.library.kinds import Day, Exact, Flag, Languages, OneOf, Pattern, Slug, Texts, Whole, Words
from fieldkit.library.yaml_reader import read_yaml
from fieldkit.model.codes import COURSE_LENGTH
from fieldkit.model.course import CourseSettings, Policy, Station
from fieldkit.model.texts import Text

COURSE_FILE = "course.yaml"

_DEFAULT = CourseSettings(code="", title="")
_POLICY = _DEFAULT.policy
_CODE = Pattern(
    "code",
    f"[A-Z0-9]{{2,{COURSE_LENGTH}}}",
    "Write 2 to {most} capital Latin letters and digits, such as TORUGART26.",
    COURSE_LENGTH,
)
_CLOCK = Pattern("time", "([01][0-9]|2[0-3]):[0-5][0-9]", "Write hours and minutes, such as 09:00.")

_STATION_ID = Pattern("station", "[A-Za-z0-9][A-Za-z0-9-]{0,23}", "Write Latin letters, digits and dashes, such as S1.")

STANDARDS = ("fixed", "borderline-regression", "borderline-group", "angoff", "ebel", "hofstee")

STATION = Table(
    (
        Key("id", _STATION_ID, "how commands and the record call the station", required=True),
        Key("scenario", Slug(), "the scenario that is played there", required=True),
        Key(
            "title", Texts(80), "what it is called on paper; the scenario's title where nothing is said", default=Text()
        ),
        Key("place", Words(60), "where it stands", default=""),
        Key("pass_mark", Exact("0", "100"), "percent to pass here; the policy's where nothing is said"),
        Key("standard", OneOf(STANDARDS), "what sets the pass mark here; the policy's where nothing is said"),
    ),
    "station",
)
POLICY = Table(
    (
        Key("pass_mark", Exact("0", "100"), "percent of the points to pass a station", default=_POLICY.pass_mark),
        Key("stations_to_pass", Whole(1, 60), "how many stations a trainee has to pass; all where nothing is said"),
        Key(
            "double_share",
            Exact("0", "1"),
            "part of the sheets that a second instructor marks",
            default=_POLICY.double_share,
        ),
        Key(
            "double_counts", OneOf(("first", "mean", "agreed")), "which marks count then", default=_POLICY.double_counts
        ),
        Key(
            "standard",
            OneOf(STANDARDS),
            "what sets the pass marks: `pass_mark`, the overall ratings, or a panel (folder `standards`)",
            default=_POLICY.standard,
        ),
        Key("retakes", Whole(0, 9), "how often a station may be taken again", default=_POLICY.retakes),
    ),
    "policy",
)
COURSE = Table(
    (
        Key("code", _CODE, "stands in every printed code of the course", required=True),
        Key("title", Words(120), "what the course is called on paper", required=True),
        Key("crossing_point", Words(80), "where it takes place", default=""),
        Key("start", Day(), "the first day", default=""),
        Key("end", Day(), "the last day", default=""),
        Key("languages", ListOf(Languages(), 1, 5), "languages on paper; the first is the main one", default=("en",)),
        Key("paper", OneOf(("a4", "letter")), "the size of the paper", default=_DEFAULT.paper),
        Key("group_size", Whole(1, 60), "trainees in a group; as many groups as stations where nothing is said"),
        Key("day_starts", _CLOCK, "when the first exercise of a day begins", default=_DEFAULT.day_starts),
        Key("day_ends", _CLOCK, "when the last exercise of a day has ended", default=_DEFAULT.day_ends),
        Key("changeover_minutes", Whole(0, 120), "minutes between two exercises", default=_DEFAULT.changeover_minutes),
        Key("clean_share", Exact("0", "1"), "part of the units with nothing planted", default=_DEFAULT.clean_share),
        Key("spare_sheets", Whole(0, 50), "sheets without a name for each station", default=_DEFAULT.spare_sheets),
        Key(
            "digits",
            OneOf(("western", "eastern")),
            "how numbers are printed in Dari and Pashto; codes stay 0 to 9",
            default=_DEFAULT.digits,
        ),
        Key("solar_dates", Flag(), "whether Dari and Pashto pages have the Solar Hijri date too", default=False),
        Key(
            "bilingual_sheets",
            Flag(),
            "whether sheets have the trainee's language beside the instructor's",
            default=_DEFAULT.bilingual_sheets,
        ),
        Key(
            "shared_folder",
            Words(400),
            "a folder with `scenarios` and `scoresheets` that a centre's courses share, from here on or in full",
            default=_DEFAULT.shared_folder,
        ),
        Key("stations", ListOf(STATION, 1, 60, by="id"), "the stations", required=True),
        Key("policy", POLICY, "what passing takes"),
    ),
    "course",
)


def read_course(folder: Path) -> tuple[CourseSettings | None, list[Problem]]:
    """The settings in a folder's course.yaml, and what is wrong with it; None where anything is (warnings aside)."""
    path = folder / COURSE_FILE
    root, problems = read_yaml(path)
    reading = Reading(str(path), problems)
    values = COURSE.read(root, _("the course"), reading) if root is not None else None
    if values is None:
        return None, problems
    if values["start"] and values["end"] and values["end"] < values["start"]:
        reading.problem(
            values["@"].nodes["end"], _("the course ends before it starts"), _("Correct one of the two dates.")
        )
    if values["day_ends"] <= values["day_starts"]:
        reading.problem(values["@"], _("the day ends before it starts"), _("Correct `day_starts` or `day_ends`."))
    wanted, stations = (values["policy"] or {}).get("stations_to_pass"), values["stations"] or ()
    if wanted and wanted > len(stations):
        place = values["policy"]["@"].nodes["stations_to_pass"]
        what = _("{wanted} stations are to be passed, and there are {n}").format(wanted=wanted, n=len(stations))
        reading.problem(place, what)
    if reading.failed:
        return None, problems
    plain = _without_place(values)
    made = {
        "stations": tuple(Station(**_without_place(row)) for row in stations),
        "policy": Policy(**_without_place(values["policy"])) if values["policy"] else Policy(),
    }
    return CourseSettings(**plain | made), problems


def _without_place(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if name != "@"}
