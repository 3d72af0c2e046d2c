"""course.yaml, and the folder that a new course starts from."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from fieldkit.library.checks import check_scenarios
from fieldkit.library.course_file import COURSE, POLICY, STATION, read_course
from fieldkit.library.load import load_library
from fieldkit.library.roster import read_roster
from fieldkit.library.templates import course_template
from fieldkit.model.course import CourseSettings, Policy, Station

SMALL = """\
code: TORUGART26
title: Torugart
stations:
  - {id: seal, scenario: container-seal}
"""


def told(tmp_path: Path, text: str) -> list[str]:
    (tmp_path / "course.yaml").write_text(text, encoding="utf-8")
    settings, problems = read_course(tmp_path)
    assert settings is None
    return [str(problem).replace(f"{tmp_path}/", "").replace(f"{tmp_path}\\", "") for problem in sorted(problems)]


def write_template(folder: Path, code: str = "TRN26", title: str = 'Курс «Торугарт»: "2026"') -> None:
    for name, text in course_template(code, title).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")


def test_what_is_not_said_has_its_usual_value(tmp_path: Path) -> None:
    """A course of three lines has the policy and the times that the model names."""
    (tmp_path / "course.yaml").write_text(SMALL, encoding="utf-8")

    settings, problems = read_course(tmp_path)

    assert problems == []
    assert settings == CourseSettings("TORUGART26", "Torugart", stations=(Station("seal", "container-seal"),))


def test_everything_that_is_said_is_kept_exactly(tmp_path: Path) -> None:
    """Numbers with decimals stay exact, languages go by one code, times stay text."""
    text = SMALL + (
        "start: 2026-09-14\nend: 2026-09-18\nlanguages: [ru, fa-AF]\npaper: letter\nday_starts: 08:30\n"
        "clean_share: 0.30\ngroup_size: 4\npolicy: {pass_mark: 72.5, double_share: 0.1, stations_to_pass: 1, "
        "retakes: 0}\n"
    )
    (tmp_path / "course.yaml").write_text(text, encoding="utf-8")

    settings, problems = read_course(tmp_path)

    assert problems == []
    assert settings is not None
    assert settings.languages == ("ru", "prs")
    assert (settings.start, settings.day_starts, settings.paper) == ("2026-09-14", "08:30", "letter")
    assert str(settings.clean_share) == "0.30"
    assert settings.policy == Policy(Decimal("72.5"), 1, Decimal("0.1"), "first", 0)


def test_every_problem_of_a_course_is_told_at_once(tmp_path: Path) -> None:
    """A misspelt key, a wrong code, dates the wrong way round, a share above 1: all told, each in its place."""
    found = told(
        tmp_path,
        "code: torugart 2026\ntitel: x\nstart: 2026-09-18\nend: 2026-09-14\nclean_share: 1.5\nlanguages: [en, xx]\n"
        "stations:\n  - {id: a, scenario: s}\n  - {id: a, scenario: s}\n",
    )

    assert [line.partition(": ")[0] for line in found] == [
        "course.yaml:1:1",
        "course.yaml:1:7",
        "course.yaml:2:1",
        "course.yaml:4:6",
        "course.yaml:5:14",
        "course.yaml:6:17",
        "course.yaml:9:5",
    ]
    assert "Did you mean `title`?" in found[2]
    assert '"a" appears twice (first on line 8)' in found[6]


def test_more_stations_to_pass_than_there_are_is_told(tmp_path: Path) -> None:
    """A policy that nobody can meet is a problem."""
    assert (
        "2 stations are to be passed, and there are 1" in told(tmp_path, SMALL + "policy: {stations_to_pass: 2}\n")[0]
    )


def test_a_day_that_ends_before_it_starts_is_told(tmp_path: Path) -> None:
    """A day without any time in it is a problem."""
    assert "ends before it starts" in told(tmp_path, SMALL + "day_starts: 18:30\n")[0]


@pytest.mark.parametrize("text", ["", "- a\n", "just words\n", "stations: []\ncode: AB\ntitle: x\n"])
def test_what_is_no_course_is_refused(tmp_path: Path, text: str) -> None:
    """An empty file, a list, a sentence, a course without stations: each is refused with words."""
    assert len(told(tmp_path, text)[0]) > 30


def test_a_course_file_that_is_a_folder_or_not_there_is_told(tmp_path: Path) -> None:
    """A course.yaml that is a folder, and none at all, are told by name."""
    assert "not there" in read_course(tmp_path)[1][0].what
    (tmp_path / "course.yaml").mkdir()
    assert "is a folder" in read_course(tmp_path)[1][0].what


def test_a_new_course_is_in_order_as_it_stands(tmp_path: Path) -> None:
    """What `fieldkit new` writes passes every check before anybody has changed it, whatever its title."""
    folder = tmp_path / "Торугарт 2026 گمرک"
    write_template(folder)

    settings, problems = read_course(folder)
    trainees, roster_problems = read_roster(folder / "trainees")
    instructors, more_problems = read_roster(folder / "instructors")
    library = load_library(folder)

    assert [*problems, *roster_problems, *more_problems, *library.problems, *check_scenarios(library)] == []
    assert settings is not None
    assert settings.title == 'Курс «Торугарт»: "2026"'
    assert {station.scenario for station in settings.stations} <= set(library.scenarios)
    assert len(trainees) >= 3
    assert len(instructors) >= 2
    assert all("EXAMPLE" in person.name for person in (*trainees, *instructors))


def test_every_key_of_a_course_is_in_its_template() -> None:
    """Whoever opens a new course.yaml finds every key in it, in use or behind a #."""
    text = course_template("AB", "x")["course.yaml"]
    keys = {key.name for table in (COURSE, STATION, POLICY) for key in table.keys}

    assert {key for key in keys if f"{key}:" not in text} == set()


def test_notes_in_the_template_can_be_put_to_use(tmp_path: Path) -> None:
    """Taking the # away from a key in the template gives a course that is still in order."""
    text = course_template("AB", "x")["course.yaml"]
    lines = [
        line.replace("# ", "", 1) if line.lstrip().startswith("# ") and "_" in line else line
        for line in text.splitlines()
    ]
    used = "\n".join(lines)
    (tmp_path / "course.yaml").write_text(used, encoding="utf-8")

    settings, problems = read_course(tmp_path)

    assert problems == []
    assert settings is not None
    assert settings.policy.stations_to_pass == 3
    assert settings.stations[0].pass_mark == Decimal(80)
