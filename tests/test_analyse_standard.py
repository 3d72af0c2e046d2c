"""Pass marks that a method sets: where it applies it counts, where it does not the fixed mark does, and says so."""

from __future__ import annotations

import json
import shutil
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pytest
from conftest import Command
from test_quality import _mark_without_printing
from test_reports import texts

from fieldkit.course import Course
from fieldkit.steps.demo import DemoSize, run_demo

pytestmark = pytest.mark.filterwarnings("error")


def made(folder: Path, size: DemoSize) -> Path:
    """A made-up course with marks."""
    run_demo(folder, size, seed=2, until="draw")
    with Course(folder) as course:
        _mark_without_printing(course)
    return folder


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Enough trainees for a method. Do not write to it."""
    return made(tmp_path_factory.mktemp("standard") / "large", DemoSize(26, 2, 2))


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Too few trainees for a method. Do not write to it."""
    return made(tmp_path_factory.mktemp("standard") / "small", DemoSize(5, 2, 2))


def with_standard(course: Path, folder: Path, standard: str) -> Path:
    """A copy of a course whose policy names a method."""
    shutil.copytree(course, folder)
    path = folder / "course.yaml"
    text = path.read_text(encoding="utf-8").replace("policy:\n", f"policy:\n  standard: {standard}\n")
    path.write_text(text, encoding="utf-8")
    return folder


def test_the_cut_counts_where_the_method_applies(fieldkit_command: Command, large: Path, tmp_path: Path) -> None:
    """With enough ratings each station is passed at the computed mark, to the exact hundredth, and this is said."""
    course = with_standard(large, tmp_path / "c", "borderline-regression")
    found = json.loads(fieldkit_command("results", "--json", course=course).out)
    marks = found["pass_marks"]
    assert {mark["method"] for mark in marks.values()} == {"borderline regression"}
    for trainee in found["trainees"]:
        for station in trainee["stations"]:
            mark = Decimal(repr(marks[station["station"]]["value"])).quantize(Decimal("0.01"), ROUND_HALF_UP)
            reached = Decimal(station["points"]) * 100 >= mark * Decimal(station["of"])
            if not station["open"]:
                assert station["passed"] == (reached and not station["critical_failed"])
    assert "set by borderline regression from n =" in fieldkit_command("results", course=course).out


def test_the_fixed_mark_counts_where_it_does_not(fieldkit_command: Command, small: Path, tmp_path: Path) -> None:
    """With too few ratings the verdicts are those of the fixed mark, and the reason names what was wished."""
    course = with_standard(small, tmp_path / "c", "borderline-regression")
    plain = json.loads(fieldkit_command("results", "--json", course=small).out)
    found = json.loads(fieldkit_command("results", "--json", course=course).out)
    assert found["trainees"] == plain["trainees"]
    assert "pass_marks" not in plain
    for mark in found["pass_marks"].values():
        assert (mark["method"], mark["wished"]) == ("fixed", "borderline regression")
        assert "20 needed" in mark["reason"]
        assert "the fixed 70 % counts" in mark["reason"]


def test_the_report_prints_the_choice_with_its_reason(fieldkit_command: Command, large: Path, tmp_path: Path) -> None:
    """The course report's method says how each pass mark came about, and so does the quality file."""
    course = with_standard(large, tmp_path / "c", "borderline-regression")
    assert fieldkit_command("report", "course", "--date", "2026-05-20", course=course).code in (0, 4)
    assert fieldkit_command("analyse", "--pdf", "--samples", 20, course=course).code == 0
    for name in ("course.pdf", "quality.pdf"):
        assert "set by borderline regression from n =" in " ".join(texts(course / "reports" / name))


def test_results_by_a_method_are_the_same_every_time(fieldkit_command: Command, large: Path, tmp_path: Path) -> None:
    """The same record gives the same pass marks and verdicts to the byte."""
    course = with_standard(large, tmp_path / "c", "borderline-group")
    first, again = (fieldkit_command("results", "--json", course=course).out for _ in range(2))
    assert first == again


def test_before_the_first_mark_the_fixed_mark_stands(fieldkit_command: Command, course: Path, tmp_path: Path) -> None:
    """A method has nothing to go on before anything is marked, and results say so instead of failing."""
    early = with_standard(course, tmp_path / "early", "borderline-regression")
    ended = fieldkit_command("results", course=early)
    assert (ended.code, "nothing was given to set it from" in ended.out) == (0, True)


def test_an_unknown_method_is_refused(fieldkit_command: Command, small: Path, tmp_path: Path) -> None:
    """A method that does not exist is refused with file and line, and those that exist are named."""
    course = with_standard(small, tmp_path / "c", "by-guess")
    ended = fieldkit_command("results", course=course)
    assert (ended.code, "course.yaml:" in ended.err, "borderline-group" in ended.err) == (3, True, True)
