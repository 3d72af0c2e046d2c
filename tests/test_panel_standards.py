"""Pass marks that a panel sets: Angoff, Ebel and Hofstee from files in the course, and what is wrong in them."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from conftest import Command
from test_analyse_standard import made, with_standard
from test_reports import check_layout, texts

from fieldkit.course import Course
from fieldkit.steps.demo import DemoSize
from fieldkit.steps.evaluating.panel_files import items_at, read_panel
from fieldkit.steps.evaluating.standard import standards_of

pytestmark = pytest.mark.filterwarnings("error")
JUDGES = ("A", "B", "C", "D", "E")
GRID = {"essential": 0.9, "important": 0.6}


@pytest.fixture(scope="module")
def marked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A course of 26 trainees with marks. Do not write to it."""
    return made(tmp_path_factory.mktemp("panel") / "course", DemoSize(26, 2, 2))


def course_with(course: Path, folder: Path, method: str, file: str = "") -> Path:
    """A copy of the course with a method, and the panel's file with this text."""
    with_standard(course, folder, method)
    if file:
        (folder / "standards").mkdir()
        (folder / "standards" / f"{method}.csv").write_text(file, encoding="utf-8")
    return folder


def points_of(folder: Path) -> dict[str, Mapping[str, float]]:
    with Course(folder) as course:
        return {station.id: items_at(course, station.id) for station in course.settings.stations}


def angoff_file(points: Mapping[str, Mapping[str, float]], share: Callable[[str, str, str], float]) -> str:
    """A file with a share for every judge and item."""
    rows = [
        f"{judge};{station};{item};{share(judge, station, item):g}"
        for station, items in points.items() for judge in JUDGES for item in items
    ]  # fmt: skip
    return "\n".join(["judge;station;item;probability", *rows])


def pass_marks(fieldkit_command: Command, course: Path) -> dict[str, dict[str, object]]:
    return json.loads(fieldkit_command("results", "--json", course=course).out)["pass_marks"]


def test_angoff_sets_each_stations_mark(fieldkit_command: Command, marked: Path, tmp_path: Path) -> None:
    """The mark is the judges' mean share of the points: by hand from the file, exact to the hundredth."""
    points = points_of(marked)
    text = angoff_file(points, lambda judge, station, item: 0.5 + 0.02 * JUDGES.index(judge) + 0.1 * (station == "S2"))
    course = course_with(marked, tmp_path / "c", "angoff", text)
    marks = pass_marks(fieldkit_command, course)
    assert {name: round(mark["value"], 6) for name, mark in marks.items()} == {"S1": 54.0, "S2": 64.0}
    assert {mark["reason"] for mark in marks.values()} == {"set by Angoff from n = 5"}
    assert "set by Angoff" in fieldkit_command("results", course=course).out


def test_an_item_counts_with_its_points(marked: Path, tmp_path: Path) -> None:
    """An item that carries twice the points weighs twice in Angoff's mark and in Ebel's."""
    points = points_of(marked)
    heavy = next(item for item, most in points["S1"].items() if most > 1)
    text = angoff_file(points, lambda judge, station, item: 1.0 if item == heavy else 0.5)
    with Course(course_with(marked, tmp_path / "c", "angoff", text)) as course:
        from fieldkit.judging.cut_findings import panel_cuts

        (cut,) = panel_cuts("S1", standards_of(course))
    whole = sum(points["S1"].values())
    assert cut.cut.value == pytest.approx(100 * (0.5 * whole + 0.5 * points["S1"][heavy]) / whole)


def test_a_panel_needs_no_marks(fieldkit_command: Command, course: Path, tmp_path: Path) -> None:
    """Angoff's mark stands before the first sheet is marked."""
    points = points_of(course)
    early = course_with(course, tmp_path / "c", "angoff", angoff_file(points, lambda *_: 0.62))
    assert {round(mark["value"], 6) for mark in pass_marks(fieldkit_command, early).values()} == {62.0}


def test_ebel_takes_the_share_of_each_items_cell(fieldkit_command: Command, marked: Path, tmp_path: Path) -> None:
    """Items sorted into cells: the mark is the mean share of the cells, weighted by the points in them."""
    points = points_of(marked)
    rows = [
        f"{judge},{station},{item},{cell},easy,{GRID[cell]}"
        for station, items in points.items() for judge in JUDGES
        for item in items for cell in ["essential" if "seal" in item else "important"]
    ]  # fmt: skip
    text = "\n".join(["judge,station,item,relevance,difficulty,probability", *rows])
    marks = pass_marks(fieldkit_command, course_with(marked, tmp_path / "c", "ebel", text))
    for station, items in points.items():
        earned = sum(most * GRID["essential" if "seal" in item else "important"] for item, most in items.items())
        assert marks[station]["value"] == pytest.approx(100 * earned / sum(items.values()))
        assert marks[station]["method"] == "ebel"


def test_hofstee_uses_the_panels_box_and_the_marks(fieldkit_command: Command, marked: Path, tmp_path: Path) -> None:
    """The box is the mean of the judges' limits; a station's own row goes before the one for all."""
    text = (
        "judge,station,lowest_mark,highest_mark,lowest_fail,highest_fail\n"
        "A,,40,90,0,40\nB,,50,100,0,60\nA,S2,50,99,0,100\n"
    )
    folder = course_with(marked, tmp_path / "c", "hofstee", text)
    with Course(folder) as course:
        standards = standards_of(course)
    assert standards.box == (45.0, 95.0, 0.0, 50.0)
    assert standards.boxes == {"S2": (50.0, 99.0, 0.0, 100.0)}
    marks = pass_marks(fieldkit_command, folder)
    assert {mark["method"] for mark in marks.values()} == {"hofstee"}
    assert all(45 <= mark["value"] <= 99 for mark in marks.values())


def test_a_box_beside_the_marks_leaves_the_fixed_one(fieldkit_command: Command, marked: Path, tmp_path: Path) -> None:
    """Where more fail than the panel accepts even at its lowest mark, the fixed mark counts, with the reason."""
    text = "judge,lowest_mark,highest_mark,lowest_fail,highest_fail\nA,99,100,0,1\n"
    marks = pass_marks(fieldkit_command, course_with(marked, tmp_path / "c", "hofstee", text))
    assert {mark["method"] for mark in marks.values()} == {"fixed"}
    assert all("the fail curve passes beside the box" in str(mark["reason"]) for mark in marks.values())


def test_too_few_judges_leave_the_fixed_mark(fieldkit_command: Command, marked: Path, tmp_path: Path) -> None:
    """Three judges are too few: the fixed mark counts, results say why, and the check warns before the day."""
    text = angoff_file(points_of(marked), lambda *_: 0.6)
    few = "\n".join(line for line in text.splitlines() if line[0] not in "DE")
    course = course_with(marked, tmp_path / "c", "angoff", few)
    assert all("3 judges, 5 needed" in str(mark["reason"]) for mark in pass_marks(fieldkit_command, course).values())
    told = fieldkit_command("check", course=course)
    assert "judges who rated every item: 3, needed: 5" in told.out + told.err


def test_the_file_that_is_not_there_is_named(fieldkit_command: Command, marked: Path, tmp_path: Path) -> None:
    """A method without its file: the check names the file, and the fixed mark counts."""
    course = course_with(marked, tmp_path / "c", "ebel")
    told = fieldkit_command("check", course=course)
    assert "ebel.csv: warning: the pass marks are to be set by ebel" in told.out + told.err
    assert {mark["method"] for mark in pass_marks(fieldkit_command, course).values()} == {"fixed"}


FAULTS = {
    "angoff": (
        "judge,station,item,probability\nA,S1,{item},0.5\nA,S1,{item},0.6\nA,S9,{item},0.5\nB,S1,nothing,0.5\n"
        "B,S1,{item},1.5\nC,S1,{item},half\n,S1,{item},0.5\nD,S1,{item},\n",
        {3: "twice (first on line 2)", 4: 'no station "S9"', 5: 'no item "nothing"', 6: "1.5 is out of range",
         7: '"half" is not a number', 8: "judge is empty", 9: "probability is empty"},
    ),
    "ebel": (
        "judge,station,item,relevance,difficulty,percent\nA,S1,{item},essential,easy,90\nA,S1,{other},essential,easy,80\n"
        "B,S1,{item},vital,easy,90\nB,S1,{other},essential,simple,90\n",
        {3: "two shares: 0.9 on line 2, 0.8 here", 4: '"vital" is not one of its words', 5: '"simple" is not one'},
    ),
    "hofstee": (
        "judge,station,lowest_mark,highest_mark,lowest_fail,highest_fail\nA,,70,60,5,30\nA,,50,60,5,30\nB,,50,60,40,30\n"
        "C,,50,160,5,30\nD,X,50,60,5,30\nE,,50,,5,30\n",
        {2: "lowest acceptable pass mark", 3: "twice", 4: "share of failures", 5: "outside 0 to 100",
         6: 'no station "X"', 7: "highest_mark is empty"},
    ),
}  # fmt: skip


@pytest.mark.parametrize("method", FAULTS)
def test_every_fault_is_named_with_its_line(
    fieldkit_command: Command, marked: Path, tmp_path: Path, method: str
) -> None:
    """All that is wrong with a panel's file is told at once, each with its line, and results refuse to guess."""
    text, wanted = FAULTS[method]
    item, other = list(points_of(marked)["S1"])[:2]
    course = course_with(marked, tmp_path / "c", method, text.format(item=item, other=other))
    told = fieldkit_command("check", course=course)
    lines = (told.out + told.err).splitlines()
    for line, words in wanted.items():
        assert any(f"{method}.csv:{line}:" in said and words in said for said in lines), (line, words, lines)
    assert fieldkit_command("results", course=course).code == 3


def test_all_methods_stand_side_by_side_in_the_quality_file(
    fieldkit_command: Command, marked: Path, tmp_path: Path
) -> None:
    """Where the panel spoke by several methods, the analysis shows each cut beside the one that counts."""
    points = points_of(marked)
    text = angoff_file(points, lambda judge, *_: 0.5 + ord(judge) / 1000)
    course = course_with(marked, tmp_path / "c", "angoff", text)
    box = "judge,lowest_mark,highest_mark,lowest_fail,highest_fail\nA,40,90,0,60\n"
    (course / "standards" / "hofstee.csv").write_text(box, encoding="utf-8")
    ended = fieldkit_command("analyse", "--pdf", "--samples", 20, "--json", course=course)
    found = json.loads(ended.out)
    methods = {(cut["station"], cut["method"]) for cut in found["cuts"]}
    assert {("S1", "angoff"), ("S2", "angoff"), ("S1", "hofstee"), ("", "hofstee")} <= methods
    assert found["passing"]["pass_mark"]["method"] == "angoff"
    assert found["passing"]["pass_mark"]["value"] == pytest.approx(56.7)
    check_layout(course / "reports" / "quality.pdf")
    said = " ".join(texts(course / "reports" / "quality.pdf"))
    assert "Angoff" in said
    assert "Hofstee" in said


def test_a_station_may_have_a_method_of_its_own(fieldkit_command: Command, marked: Path, tmp_path: Path) -> None:
    """One station by Angoff in a course by borderline regression, and one that stays fixed; the course's mark is the
    mean of those that count, and says so."""
    points = points_of(marked)
    course = course_with(marked, tmp_path / "c", "borderline-regression")
    (course / "standards").mkdir()
    (course / "standards" / "angoff.csv").write_text(angoff_file(points, lambda *_: 0.62), encoding="utf-8")
    settings = course / "course.yaml"
    text = settings.read_text(encoding="utf-8")
    for own, methods in (
        ("angoff", {"angoff", "borderline regression"}),
        ("fixed", {"fixed", "borderline regression"}),
    ):
        settings.write_text(text.replace("- id: S1\n", f"- id: S1\n    standard: {own}\n"), encoding="utf-8")
        marks = pass_marks(fieldkit_command, course)
        assert {mark["method"] for mark in marks.values()} == methods
        found = json.loads(fieldkit_command("analyse", "--samples", 0, "--json", course=course).out)["passing"]
        assert found["pass_mark"]["value"] == pytest.approx(sum(mark["value"] for mark in marks.values()) / 2)
        assert "mean of the stations' pass marks" in found["pass_mark"]["reason"]
    assert marks["S1"]["value"] == 70


def test_no_file_is_no_panel(marked: Path) -> None:
    """A course without a panel has none, and no fault."""
    with Course(marked) as course:
        assert read_panel(course, "angoff") is None
