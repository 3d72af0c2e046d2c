"""The demo: a made-up course through all the steps, from an empty folder to reports."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Callable
from dataclasses import dataclass
from gettext import gettext as _
from pathlib import Path

from fieldkit.course import Course
from fieldkit.errors import BadInput
from fieldkit.files import refusal, write_whole
from fieldkit.generator import madeup
from fieldkit.model.marks import ENDED, REMARKS, STARTED, MarkedSheet
from fieldkit.model.people import Person
from fieldkit.model.texts import LANGUAGES
from fieldkit.steps.evaluating.report import write_reports
from fieldkit.steps.marking.score import Marking, give_all
from fieldkit.steps.preparing.draw import draw_course
from fieldkit.steps.preparing.new import new_course
from fieldkit.steps.preparing.pack import print_course

STEPS = ("draw", "print", "score", "report")
# The stations of a small demo; a larger one goes on with the rest of the library.
FIRST = ("container-seal", "container-7-point", "truck-trailer-17-point", "documents-desk")
TODAY = "2026-05-20"


@dataclass(frozen=True)
class DemoSize:
    """How large the made-up course is."""

    trainees: int = 24
    stations: int = 6
    instructors: int = 5

    def __post_init__(self) -> None:
        if min(self.trainees, self.stations, self.instructors) < 1 or self.trainees > 2000 or self.stations > 60:
            raise BadInput(_("A course has 1 to 2000 trainees, 1 to 60 stations and 1 instructor or more."))


def run_demo(
    folder: Path,
    size: DemoSize,
    seed: int,
    *,
    until: str = "report",
    lang: str = "",
    progress: Callable[[str], None] = lambda step: None,
) -> None:
    """Make the course in `folder` and take it as far as `until`. Refuses a folder with a course in it."""
    progress("new")
    new_course(folder, title="Made-up practical", code="DEMO")
    _write_course(folder, size, lang)
    with Course(folder) as course:
        key = hashlib.sha256(f"demo {seed}".encode()).digest()[
            :16
        ]  # the same seed gives the same codes: no secret here
        steps: dict[str, Callable[[], object]] = {
            "draw": lambda: draw_course(course, seed, key=key),
            "print": lambda: print_course(course, lang),
            "score": lambda: _score(course, seed),
            "report": lambda: _report(course, lang),
        }
        for step in STEPS[: STEPS.index(until) + 1]:
            progress(step)
            steps[step]()


def _write_course(folder: Path, size: DemoSize, lang: str) -> None:
    """A course.yaml and rosters in place of the examples."""
    from fieldkit.library.load import load_library

    library = load_library()
    scenarios = [s for s in FIRST if s in library.scenarios]
    scenarios += [s for s in sorted(library.scenarios) if s not in FIRST]
    stations = "".join(
        f"  - id: S{n + 1}\n    scenario: {scenarios[n % len(scenarios)]}\n" for n in range(size.stations)
    )
    _write(
        folder / "course.yaml",
        "# A made-up course: nobody in it exists.\n"
        "code: DEMO\n"
        "title: Practical at the crossing point (made up)\n"
        "crossing_point: Torugart\n"
        "start: 2026-05-18\nend: 2026-05-20\n"
        f"languages: [{lang or 'en'}]\n"
        f"stations:\n{stations}"
        "policy:\n  pass_mark: 70\n"
        f"  stations_to_pass: {max(1, size.stations - 1)}\n"
        "  double_share: 0.1\n  double_counts: first\n",
    )
    eastern = bool(lang) and LANGUAGES[lang].right_to_left
    _write_roster(folder / "trainees.csv", madeup.people(size.trainees, eastern=eastern))
    _write_roster(folder / "instructors.csv", madeup.instructors(size.instructors))


def _write_roster(path: Path, people: tuple[Person, ...]) -> None:
    rows = madeup.roster_rows(people)
    out = io.StringIO()
    writer = csv.DictWriter(out, fieldnames=list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    _write(path, out.getvalue())


def _write(path: Path, text: str) -> None:
    try:
        write_whole(path, [text.encode("utf-8")])
    except OSError as error:
        raise refusal(error, _("{path} was not written").format(path=path)) from error


def _score(course: Course, seed: int) -> None:
    """Marks for all sheets but the lost ones, one piece of the record for each station and instructor."""
    batches: dict[tuple[str, str], list[Marking]] = {}
    for sheet in course.state.all_marked():
        if sheet.trainee and not madeup.missing(seed, sheet.trainee, sheet.station):
            batches.setdefault((sheet.station, sheet.instructor), []).append(_marking(course, sheet, seed))
    for markings in batches.values():
        give_all(course, markings)


def _marking(course: Course, sheet: MarkedSheet, seed: int) -> Marking:
    issued = course.state.issued[sheet.sheet].sheet
    planted = course.state.exercises[sheet.station, issued.group].labels
    marks, reasons = madeup.marks_for(seed, sheet.trainee, sheet.station, sheet.instructor, sheet.items, planted)
    if issued.starts:
        hour, minute = (int(part) for part in issued.starts[11:].split(":"))
        ends = hour * 60 + minute + madeup.minutes_taken(seed, sheet.trainee, sheet.station)
        marks[STARTED], marks[ENDED] = issued.starts[11:], f"{ends // 60 % 24:02}:{ends % 60:02}"
    if text := madeup.remark(seed, sheet.trainee, sheet.station):
        marks[REMARKS] = text
    return Marking(sheet.sheet, sheet.instructor, marks, reasons)


def _report(course: Course, lang: str) -> None:
    for kind in ("trainee", "station", "course"):
        write_reports(course, kind, lang=lang, today=TODAY)
