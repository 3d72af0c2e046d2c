"""`fieldkit analyse`: a course, several courses together, a table from elsewhere; few marks and none; bad tables."""

from __future__ import annotations

import builtins
import csv
import json
import random
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from conftest import Command

from fieldkit.course import Course
from fieldkit.errors import NotInstalled
from fieldkit.steps.demo import DemoSize, run_demo
from fieldkit.steps.evaluating.analyse import analyse_course
from fieldkit.steps.evaluating.course_marks import marks_of
from fieldkit.steps.marking.changes import bind
from fieldkit.steps.marking.score import Marking, give_marks

pytestmark = pytest.mark.filterwarnings("error")
HEAD = ("trainee", "station", "instructor", "item", "mark", "of")


@pytest.fixture(scope="module")
def scored(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A made-up course with marks. Do not write to it."""
    folder = tmp_path_factory.mktemp("scored") / "Достук 2026 گمرک"
    run_demo(folder, DemoSize(trainees=9, stations=3, instructors=3), seed=4, until="score")
    return folder


def table(
    path: Path,
    people: int = 24,
    stations: int = 4,
    instructors: int = 3,
    *,
    marked_by: Callable[[int, int], int] | None = None,
    mark: int | None = None,
    separator: str = ",",
) -> Path:
    """A made-up table: 5 items of 1 point and the overall rating on each sheet."""
    dice = random.Random(5)
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, delimiter=separator)
        out.writerow(HEAD)
        for t in range(people):
            able = dice.gauss(0.5, 1)
            for s in range(stations):
                who = marked_by(t, s) if marked_by else (t + s) % instructors
                got = [int(dice.gauss(able, 1) > 0) if mark is None else mark for _ in range(5)]
                sheet = (f"T{t:02}", f"S{s}", f"I{who}")
                out.writerows([(*sheet, f"item-{n}", points, 1) for n, points in enumerate(got)])
                out.writerow((*sheet, "rating", 1 + min(4, sum(got)), ""))
    return path


def plain_json(text: str) -> Any:
    """JSON that holds no NaN and no infinity."""

    def refuse(constant: str) -> None:
        raise AssertionError(constant)

    return json.loads(text, parse_constant=refuse)


def test_a_course_is_analysed_from_its_record(fieldkit_command: Command, scored: Path) -> None:
    """The analysis counts what the record holds, says what it left out, and works in a folder with any name."""
    ended = fieldkit_command("analyse", "--json", "--samples", 50, course=scored)
    found = plain_json(ended.out)
    status = plain_json(fieldkit_command("status", "--json", course=scored).out)
    assert ended.code == 0
    assert found["counts"]["trainees"] == 9
    assert found["counts"]["sheets"] + found["left_out"] == sum(
        n for name, n in status["total"].items() if name != "void"
    )


def test_few_trainees_are_told_in_words(fieldkit_command: Command, scored: Path) -> None:
    """Where 9 trainees are too few for a coefficient, the screen says how many are needed and gives no bare number."""
    ended = fieldkit_command("analyse", "--samples", 50, course=scored)
    assert (ended.code, "not enough data: 9 trainees, 20 needed" in ended.out) == (0, True)
    assert "nan" not in ended.out.lower().split()


def test_marks_keep_their_own_instructor_and_time(scored: Path) -> None:
    """A sheet marked twice counts once for each instructor, with the time noted on it and the day of the plan."""
    with Course(scored) as course:
        marks = marks_of(course).table.marks
        sheets = [s for s in course.state.all_marked() if s.trainee and s.status == "scored"]
        assert {*zip(marks.trainee, marks.station, marks.instructor, strict=True)} == {
            (s.trainee, s.station, s.instructor) for s in sheets
        }
        assert marks.time is not None
        by_sheet = dict(zip(zip(marks.trainee, marks.station, marks.instructor, strict=True), marks.time, strict=True))
        for sheet in sheets:
            hour, minute = (sheet.mark("started") or "").split(":")
            assert by_sheet[sheet.trainee, sheet.station, sheet.instructor] % 1440 == int(hour) * 60 + int(minute)


def test_who_settles_a_doubtful_rating_marked_nothing(course: Path) -> None:
    """Where a colleague settles the rating of a photographed sheet from its picture, the sheet stays with the one
    who marked it."""
    with Course(course) as opened:
        sheet = next(s for s in opened.state.all_marked() if s.trainee)
        colleague = next(who for who in opened.instructors if who != sheet.instructor)
        marks = {item.id: item.scale.marks[0].id for item in sheet.items}
        give_marks(opened, Marking(sheet.sheet, sheet.instructor, marks), whole=False, channel="scanned")
        give_marks(opened, Marking(sheet.sheet, colleague, {"rating": "3"}), whole=False)
        assert set(marks_of(opened).table.marks.instructor) == {sheet.instructor}


def test_pooled_courses_put_the_same_scenario_together(fieldkit_command: Command, scored: Path, tmp_path: Path) -> None:
    """Two runs of one practical have twice the trainees, at stations named by scenario and version."""
    other = shutil.copytree(scored, tmp_path / "another run")
    found = plain_json(fieldkit_command("analyse", scored, other, "--json", "--samples", 20).out)
    assert (found["counts"]["trainees"], found["counts"]["stations"]) == (18, 3)
    assert all(" v" in station["station"] for station in found["stations"])


def test_the_same_course_twice_is_refused(fieldkit_command: Command, scored: Path) -> None:
    """A course cannot be pooled with itself."""
    ended = fieldkit_command("analyse", scored, scored)
    assert (ended.code, "twice" in ended.err) == (3, True)


def test_a_folder_is_no_place_for_a_pdf(fieldkit_command: Command, scored: Path) -> None:
    """`--pdf COURSE`, which would take the course for the file's name, is refused with what to write instead."""
    ended = fieldkit_command("analyse", "--pdf", scored)
    assert (ended.code, "before --pdf" in ended.err) == (3, True)


def test_a_retake_does_not_change_the_analysis(scored: Path, tmp_path: Path) -> None:
    """A second attempt on a spare sheet is another occasion: the table of first attempts stays as it was."""
    with Course(shutil.copytree(scored, tmp_path / "retake")) as course:
        before = marks_of(course).table
        trainee, station = before.marks.trainee[0], before.marks.station[0]
        spare = next(s for s in course.state.all_marked() if not s.trainee and s.station == station)
        bind(course, spare.sheet, trainee, "I01", "retake")
        marks = {item.id: item.scale.marks[0].id for item in spare.items} | {"rating": "5"}
        give_marks(course, Marking(spare.sheet, "I01", marks, dict.fromkeys(marks.keys() - {"rating"}, "seen")))
        assert course.state.marked(spare.sheet).attempt == 2
        assert marks_of(course).table == before


def test_a_course_without_marks_says_so(fieldkit_command: Command, course: Path) -> None:
    """Before the first mark there is nothing to analyse, and the message says what comes first."""
    ended = fieldkit_command("analyse", course=course)
    assert (ended.code, "fieldkit score" in ended.err) == (3, True)


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_a_table_may_be_parted_by_any_sign(fieldkit_command: Command, tmp_path: Path, separator: str) -> None:
    """Commas, semicolons and tabs give the same analysis."""
    found = [
        plain_json(fieldkit_command("analyse", "--table", path, "--json", "--samples", 20).out)
        for path in (table(tmp_path / "a.csv"), table(tmp_path / "b.csv", separator=separator))
    ]
    assert found[0] | {"title": ""} == found[1] | {"title": ""}
    assert found[0]["counts"] == {
        "trainees": 24, "stations": 4, "instructors": 3, "items": 20, "sheets": 96, "marks": 480,
    }  # fmt: skip


CASES: dict[str, dict[str, Any]] = {
    "one trainee": {"people": 1},
    "one station": {"stations": 1},
    "one instructor": {"instructors": 1},
    "one of everything": {"people": 1, "stations": 1, "instructors": 1},
    "everybody the same": {"mark": 1},
    "nobody anything": {"mark": 0},
    "two groups": {"marked_by": lambda t, s: s % 2 + 2 * (t % 2)},
}


@pytest.mark.parametrize("case", CASES)
def test_poor_data_gives_reasons(fieldkit_command: Command, tmp_path: Path, case: str) -> None:
    """Too little, or all the same: words instead of numbers, never a traceback, a NaN or a warning."""
    path = table(tmp_path / "t.csv", **CASES[case])
    ended = fieldkit_command("analyse", "--table", path, "--samples", 50, "--pdf", tmp_path / "q.pdf")
    plain_json(fieldkit_command("analyse", "--table", path, "--samples", 50, "--json").out)
    assert (ended.code, (tmp_path / "q.pdf").stat().st_size > 1000) == (0, True)
    assert not {"nan", "inf", "none"} & set(ended.out.lower().replace(",", " ").split()) - {"none"}


def test_a_rotation_that_falls_apart_names_its_groups(fieldkit_command: Command, tmp_path: Path) -> None:
    """Two groups that share no instructor are named, and the summary says that nothing is compared across them."""
    path = table(tmp_path / "t.csv", **CASES["two groups"])
    out = fieldkit_command("analyse", "--table", path, "--samples", 20).out
    assert "Group 1: T00, T02" in out
    assert "Group 2: T01, T03" in out
    assert "nothing is compared across them" in out


def test_every_problem_of_a_table_is_told_with_its_line(fieldkit_command: Command, tmp_path: Path) -> None:
    """Text among the numbers, a mark that is too high, a repeated item, an empty name, a rating off the scale: all at
    once, each with its line, and nothing is analysed."""
    path = tmp_path / "bad.csv"
    rows = ["T1,S1,I1,a,good,1", "T1,S1,I1,b,3,2", "T1,S1,I1,b,1,2", ",S1,I1,c,1,1", "T1,S1,I1,rating,7,", "T1,S1"]
    path.write_text("\n".join([",".join(HEAD), *rows]), encoding="utf-8")
    ended = fieldkit_command("analyse", "--table", path)
    assert (ended.code, ended.out) == (3, "")
    expected = ('"good"', "above the most", "appears twice (first on line 3)", "trainee is empty", '"7"', "2 values")
    for line, words in enumerate(expected, 2):
        assert any(f"bad.csv:{line}:" in told and words in told for told in ended.err.splitlines()), (line, words)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "no marks"),
        (b"trainee,station\nT,S\n", "no column instructor"),
        (b"trainee,station,instructor,item,mark\n", "no marks"),
        (b"trainee,station,instructor,item,mark,mark\nT,S,I,a,1,1\n", "two columns"),
        ("trainee,station,instructor,item,mark\nЫ,S,I,a,1\n".encode("cp1251"), "UTF-8"),
        (b'trainee,station,instructor,item,mark\nT,S,I,"a,1\n', "bad.csv"),
    ],
)
def test_a_file_that_is_no_table_is_refused(
    fieldkit_command: Command, tmp_path: Path, content: bytes, words: str
) -> None:
    """An empty file, missing or double columns, another encoding, an open quotation mark: refused with the reason."""
    path = tmp_path / "bad.csv"
    path.write_bytes(content)
    ended = fieldkit_command("analyse", "--table", path)
    assert (ended.code, words in ended.err) == (3, True)


def test_a_table_without_the_most_points_says_what_it_took(fieldkit_command: Command, tmp_path: Path) -> None:
    """Without the column `of` the highest mark of an item counts as the most, and the summary says so."""
    path = tmp_path / "t.csv"
    lines = table(tmp_path / "whole.csv").read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join(line.rpartition(",")[0] for line in lines), encoding="utf-8")
    ended = fieldkit_command("analyse", "--table", path, "--samples", 20)
    assert (ended.code, "counts as the most" in ended.out) == (0, True)


@pytest.mark.parametrize("mark", ["101", "-1", "seventy", "nan"])
def test_a_strange_pass_mark_is_refused(fieldkit_command: Command, tmp_path: Path, mark: str) -> None:
    """A pass mark is a percentage."""
    ended = fieldkit_command("analyse", "--table", table(tmp_path / "t.csv", 2), f"--pass-mark={mark}")
    assert ended.code == 3


def test_the_order_of_the_rows_changes_nothing(fieldkit_command: Command, tmp_path: Path) -> None:
    """A table turned upside down gives the same analysis to the byte."""
    path = table(tmp_path / "t.csv")
    head, *rows = path.read_text(encoding="utf-8").splitlines()
    first = fieldkit_command("analyse", "--table", path, "--json", "--samples", 50).out
    path.write_text("\n".join([head, *reversed(rows)]), encoding="utf-8")
    assert fieldkit_command("analyse", "--table", path, "--json", "--samples", 50).out == first


def test_without_numpy_the_extra_is_named(scored: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the statistics are not installed the message says what to install."""
    real = builtins.__import__

    def refuse(name: str, *args: Any) -> Any:
        if name.startswith("fieldkit.judging.analysis"):
            raise ImportError(name)
        return real(name, *args)

    monkeypatch.setattr(builtins, "__import__", refuse)
    with Course(scored) as course, pytest.raises(NotInstalled, match=r"fieldkit\[statistics\]"):
        analyse_course(course)


# before the day


def calibration_file(path: Path, rows: list[str]) -> Path:
    """Marks of the same performances by several instructors."""
    path.write_text("\n".join(["performance;instructor;item;mark", *rows]), encoding="utf-8")
    return path


def test_instructors_see_who_gave_what(fieldkit_command: Command, tmp_path: Path) -> None:
    """The item they differ on comes first with everybody's mark; what nobody marked for somebody is named."""
    rows = [f"P{n};{who};tug;done" for n in (1, 2) for who in ("A", "B", "C")]
    rows += ["P1;A;seal;done", "P1;B;seal;done", "P1;C;seal;partly", "P2;A;seal;done", "P2;B;seal;done"]
    path = calibration_file(tmp_path / "c.csv", rows)
    ended = fieldkit_command("calibrate", path)
    assert ended.code == 0
    assert "P1: done: A, B; partly: C" in ended.out
    assert "The same mark from everybody: tug." in ended.out
    assert "not marked: P2 seal" in ended.out
    found = plain_json(fieldkit_command("calibrate", path, "--json").out)
    assert [(i["item"], i["exact"]["count"], i["exact"]["n"]) for i in found["items"]] == [
        ("seal", 2, 4),
        ("tug", 6, 6),
    ]
    assert [(p["same"]["count"], p["same"]["n"]) for p in found["people"]] == [(4, 4), (4, 4), (2, 3)]


def test_an_instructor_who_is_always_lower_is_shown(fieldkit_command: Command, tmp_path: Path) -> None:
    """Over 12 ratings one instructor gives about one less than the others: the difference comes with its interval."""
    rows = [f"P{n};{who};rating;{3 + n % 2 - (who == 'C' and n != 5)}" for n in range(12) for who in ("A", "B", "C")]
    people = plain_json(fieldkit_command("calibrate", calibration_file(tmp_path / "c.csv", rows), "--json").out)[
        "people"
    ]
    lower = people[2]["difference"]
    assert lower["value"] == pytest.approx(-11 / 12)
    assert lower["low"] < lower["value"] < lower["high"] < 0


@pytest.mark.parametrize("rows", [["P1;A;x;1"], ["P1;A;x;1", "P1;B;x;1"], ["P1;A;x;a", "P2;B;x;b"]])
def test_little_to_compare_is_said(fieldkit_command: Command, tmp_path: Path, rows: list[str]) -> None:
    """One instructor, one mark, or no performance in common: words, no number that means nothing."""
    path = calibration_file(tmp_path / "c.csv", rows)
    ended = fieldkit_command("calibrate", path)
    plain_json(fieldkit_command("calibrate", path, "--json").out)
    assert (ended.code, "nan" in ended.out) == (0, False)


def test_a_mark_given_twice_is_refused(fieldkit_command: Command, tmp_path: Path) -> None:
    """Two marks of one instructor for the same item of a performance are named with both lines."""
    path = calibration_file(tmp_path / "c.csv", ["P1;A;x;1", "P1;A;x;2", ";B;x;1"])
    ended = fieldkit_command("calibrate", path)
    assert (ended.code, "c.csv:3" in ended.err, "line 2" in ended.err, "c.csv:4" in ended.err) == (3, True, True, True)


def test_an_item_that_nobody_was_marked_on_says_nothing_of_the_others(
    fieldkit_command: Command, tmp_path: Path
) -> None:
    """One item without marks is no reason to say that nothing is known of the items; few trainees are."""
    rows = [
        f"T{n},S{s},I{s % 2},{item},{(n + s) % 2 if item == 'a' else ''}"
        for n in range(24)
        for s in range(3)
        for item in "ba"
    ]
    for count, said in ((24, "None."), (2, "Nothing can be said of the items: not enough data")):
        path = tmp_path / f"{count}.csv"
        chosen = [row for row in rows if int(row.partition(",")[0][1:]) < count]
        path.write_text("\n".join(["trainee,station,instructor,item,mark", *chosen]), encoding="utf-8")
        ended = fieldkit_command("analyse", "--table", path, "--samples", "0")
        assert said in ended.out.partition("Items to look at\n")[2].partition("\n\n")[0]
