"""The exercise before the day: scripts and sheets are printed, marks typed or photographed, and agreement shown."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import scan_pictures as paper
from conftest import Command
from hypothesis import given, settings
from hypothesis import strategies as st
from test_reports import check_layout, texts

from fieldkit.course import Course
from fieldkit.generator.performances import DO, LEAVE, PART, draw_performances
from fieldkit.judging.calibration import AGAINST_KEY, ONE_APART, SPLIT, calibration
from fieldkit.model.sheet import lay_out
from fieldkit.model.texts import Text
from fieldkit.paper.fonts import missing
from fieldkit.reports.calibration_words import CALIBRATION, WORDS
from fieldkit.steps.calibrating.exercise import (
    CalibrationMarks,
    exercise_at,
    items_to_play,
    print_exercise,
    read_typed,
    take_marks,
)
from fieldkit.steps.demo import DemoSize, run_demo
from fieldkit.steps.evaluating.results import results_list, results_of
from fieldkit.steps.scanning.scan import scan

pytestmark = pytest.mark.filterwarnings("error")
PEOPLE = ("I01", "I02", "I03")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A drawn course with three instructors."""
    run_demo(tmp_path / "course", DemoSize(4, 2, 3), 3, until="draw")
    return tmp_path / "course"


@pytest.fixture
def course(folder: Path) -> Iterator[Course]:
    with Course(folder) as opened:
        yield opened


def fill_table(path: Path, key: dict[str, dict[str, str]], wrong: dict[tuple[str, str, str], str]) -> None:
    """Every mark as the key says, save the `wrong` ones; the rating is 3."""
    head, *rows = [line.split(";") for line in path.read_text(encoding="utf-8-sig").splitlines()]
    for row in rows:
        place = (row[0], row[1], row[2])
        row[3] = wrong.get(place, key[row[0]].get(row[2], "3"))
    path.write_text("\n".join(";".join(row) for row in [head, *rows]), encoding="utf-8")


def test_the_same_seed_gives_the_same_scripts(course: Course) -> None:
    """Scripts come from the seed alone; another seed, station or performance gives others."""
    items = items_to_play(course, "S1")
    first = draw_performances(items, 7, "S1", 3)
    assert first == draw_performances(items, 7, "S1", 3)
    assert first[:2] == draw_performances(items, 7, "S1", 2)
    ways = {tuple(act.way for act in one.acts) for one in (*first, *draw_performances(items, 8, "S1", 3))}
    assert len(ways) == 6


def test_a_script_mixes_what_is_done_broken_off_and_left_out(course: Course) -> None:
    """About half of the acts are done; the key is what the script is worth, and no act is about a find."""
    for performance in draw_performances(items_to_play(course, "S1"), 5, "S1", 4):
        ways = [act.way for act in performance.acts]
        assert ways.count(PART) == ways.count(LEAVE) == len(ways) // 4
        for act in performance.acts:
            shares = sorted(mark.share for mark in act.item.scale.marks if mark.share is not None)
            assert act.mark.share == (shares[-1] if act.way == DO else shares[0])
            assert act.mark.id not in ("not-observed", "not-applicable")
        assert not any(item.startswith("find-") for item in performance.key)


def test_what_is_printed(course: Course) -> None:
    """A script for each performance and a key, all sealed; a sheet for each instructor and performance."""
    scripts, sheets, table = print_exercise(course, "S1", 3, 7)
    check_layout(scripts)
    pages = texts(scripts)
    assert len(pages) == 4
    assert all("Sealed" in page for page in pages[:3])
    assert "Key" in pages[3]
    assert "begin, and break off" in pages[0]
    printed = texts(sheets)
    assert len(printed) == 9
    assert all("Exercise for instructors" in page for page in printed)
    assert sum("Performance B" in page for page in printed) == 3
    rows = table.read_text(encoding="utf-8-sig").splitlines()
    assert len(rows) == 1 + 9 * (len(exercise_at(course).key["A"]) + 1)


def test_a_table_that_somebody_typed_into_is_not_overwritten(course: Course) -> None:
    """Printing again leaves what was typed."""
    *_, table = print_exercise(course, "S1", 2, 7)
    table.write_text("typed", encoding="utf-8")
    print_exercise(course, "S1", 2, 7)
    assert table.read_text(encoding="utf-8") == "typed"


def test_from_paper_to_talk(fieldkit_command: Command, folder: Path) -> None:
    """Printed, typed, shown: who saw an act otherwise is named with the right mark, and asked to begin."""
    assert fieldkit_command("calibrate", "print", "--station", "S2", "--performances", 2, course=folder).code == 0
    table = folder / "calibration" / "S2" / "marks-1.csv"
    with Course(folder) as course:
        key = exercise_at(course).key
    item = next(iter(key["A"]))
    other = "not-done" if key["A"][item] == "done" else "done"
    fill_table(table, key, {("A", "I03", item): other})
    ended = fieldkit_command("calibrate", "score", "--from", table, course=folder)
    assert (ended.code, "marks kept" in ended.err) == (0, True)
    said = fieldkit_command("calibrate", course=folder).out
    assert f"(right: {key['A'][item]})" in said
    assert "saw it otherwise, and begins" in said
    found = json.loads(fieldkit_command("calibrate", "--json", course=folder).out)
    count = sum(len(marks) for marks in key.values())
    assert (found["right"]["count"], found["right"]["n"]) == (3 * count - 1, 3 * count)
    (apart,) = [apart for one in found["items"] for apart in one["apart"]]
    assert (apart["why"], apart["key"], apart["marks"]["I03"]) == (ONE_APART, key["A"][item], other)
    people = {person["instructor"]: person["right"]["count"] for person in found["people"]}
    assert people == {"I01": count, "I02": count, "I03": count - 1}


def test_the_exercise_changes_no_result(course: Course) -> None:
    """Marks of the exercise are no marks of trainees: results, and what is issued, stay as they were."""
    before = results_list(results_of(course)), dict(course.state.issued), course.state.given
    print_exercise(course, "S1", 2, 1)
    drawn = exercise_at(course)
    take_marks(course, [CalibrationMarks("S1", "I01", name, key) for name, key in drawn.key.items()], drawn.seed)
    assert (results_list(results_of(course)), dict(course.state.issued), course.state.given) == before


def test_a_later_mark_stands(fieldkit_command: Command, folder: Path) -> None:
    """A mark that is typed again replaces the first in the comparison; both stay in the record."""
    fieldkit_command("calibrate", "print", "--performances", 1, course=folder)
    for mark in ("done", "not-done"):
        typed = ("--by", "I01", "--performance", "A", "--marks", f"works-in-pair={mark}")
        assert fieldkit_command("calibrate", "score", *typed, course=folder).code == 0
    found = json.loads(fieldkit_command("calibrate", "--json", course=folder).out)
    assert found["right"]["n"] == 1
    with Course(folder) as course:
        assert sum(entry.kind == "calibration-marks" for entry in course.record.entries) == 2


def test_every_fault_in_the_table_is_told_with_its_line(course: Course, tmp_path: Path) -> None:
    """Unknown names, items and marks, and a mark given twice: all at once, each with its line."""
    from fieldkit.errors import BadInput

    print_exercise(course, "S1", 1, 1)
    path = tmp_path / "m.csv"
    rows = ["A,I09,works-in-pair,done", "Z,I01,works-in-pair,done", "A,I01,nothing,done", "A,I01,works-in-pair,well",
            "A,I02,works-in-pair,done", "A,I02,works-in-pair,done", "A,I03,works-in-pair,"]  # fmt: skip
    path.write_text("\n".join(["performance,instructor,item,mark", *rows]), encoding="utf-8")
    with pytest.raises(BadInput) as refused:
        read_typed(course, path)
    assert [problem.line for problem in refused.value.problems] == [2, 3, 4, 5, 7]


def test_it_says_what_to_do_first(fieldkit_command: Command, folder: Path, tmp_path: Path) -> None:
    """Before anything is printed, drawn or marked, the refusal names the next step."""
    ended = fieldkit_command("calibrate", course=folder)
    assert (ended.code, "fieldkit calibrate print" in ended.err) == (3, True)
    fieldkit_command("calibrate", "print", course=folder)
    ended = fieldkit_command("calibrate", course=folder)
    assert (ended.code, "fieldkit calibrate score" in ended.err) == (3, True)
    fieldkit_command("new", tmp_path / "empty")
    ended = fieldkit_command("calibrate", "print", course=tmp_path / "empty")
    assert (ended.code, "fieldkit draw" in ended.err) == (3, True)


def test_show_may_be_left_out(fieldkit_command: Command, folder: Path) -> None:
    """`calibrate` alone shows the latest exercise, `calibrate --station` that of a station."""
    for station in ("S1", "S2"):
        fieldkit_command("calibrate", "print", "--station", station, "--performances", 1, course=folder)
        typed = ("--station", station, "--by", "I01", "--performance", "A", "--marks", "works-in-pair=done")
        fieldkit_command("calibrate", "score", *typed, course=folder)
    shown = [fieldkit_command("calibrate", *args, course=folder) for args in ((), ("--station", "S1"), ("show",))]
    assert [one.code for one in shown] == [0, 0, 0]
    assert all("Nothing to compare: only one instructor has marked." in one.out for one in shown)


def test_photographed_sheets(fieldkit_command: Command, folder: Path, tmp_path: Path) -> None:
    """Photographed sheets of the exercise are read into it, and the scan of the course takes nothing from them."""
    rng = random.Random(4)
    with Course(folder) as course:
        _, sheets, _ = print_exercise(course, "S1", 2, 1)
        drawn, size = exercise_at(course), course.settings.paper
        layout = lay_out(items_to_play(course, "S1"), size)[0]
    boxes = {(box.item, box.mark): box for box in layout.boxes}
    files = []
    for number, name in enumerate(drawn.key, 1):  # the first instructor's sheets come first
        page = paper.printed(sheets, number)
        for item, mark in drawn.key[name].items():
            paper.mark(page, boxes[item, mark], rng, "cross")
        paper.mark(page, boxes["rating", "4"], rng, "cross")
        files.append(tmp_path / f"{name}.jpg")
        files[-1].write_bytes(paper.jpeg(paper.photographed(page, rng)))
    ended = fieldkit_command("calibrate", "scan", *files, course=folder)
    assert (ended.code, "performance B" in ended.out) == (0, True)
    found = json.loads(fieldkit_command("calibrate", "--json", course=folder).out)
    count = sum(len(key) for key in drawn.key.values())
    assert (found["right"]["count"], found["right"]["n"]) == (count, count)
    assert fieldkit_command("print", course=folder).code == 0
    with Course(folder) as course:
        pages = scan(course, files[:1]).pages
        assert [(str(page.bin), "`fieldkit calibrate scan`" in page.why) for page in pages] == [("not-ours", True)]


marks = st.sampled_from(["done", "partly", "not-done"])


@settings(max_examples=40, deadline=None)
@given(st.dictionaries(st.tuples(st.sampled_from("AB"), st.sampled_from(["x", "y"])),
                       st.dictionaries(st.sampled_from(PEOPLE), marks, min_size=1), min_size=1), marks)  # fmt: skip
def test_every_exercise_is_answered(given_marks: dict[tuple[str, str], dict[str, str]], right: str) -> None:
    """However few marks there are, every figure has a value or a reason, and what differs is there to talk about."""
    key = dict.fromkeys(given_marks, right)
    found = calibration(given_marks, key)
    json.dumps(found.as_dict(), allow_nan=False)
    apart = {(one.performance, one.item): one for item in found.items for one in item.apart}
    for place, by in given_marks.items():
        if len(set(by.values())) > 1:
            assert apart[place].why in (ONE_APART, SPLIT, AGAINST_KEY)
        elif set(by.values()) != {right}:
            assert apart[place].why == AGAINST_KEY
        else:
            assert place not in apart
    assert sum(person.right.count or 0 for person in found.people) == found.right.count


def test_the_key_can_come_with_a_table_from_elsewhere(fieldkit_command: Command, tmp_path: Path) -> None:
    """Rows of the instructor `key` are the right marks, not another opinion."""
    rows = [f"P{n};{who};tug;{mark}" for n in range(6) for who, mark in (("A", "done"), ("B", "done"), ("key", "no"))]
    path = tmp_path / "c.csv"
    path.write_text("\n".join(["performance;instructor;item;mark", *rows]), encoding="utf-8")
    found = json.loads(fieldkit_command("calibrate", path, "--json").out)
    assert [person["instructor"] for person in found["people"]] == ["A", "B"]
    assert (found["right"]["count"], found["right"]["n"]) == (0, 12)
    assert "Most marked otherwise than the script says" in fieldkit_command("calibrate", path).out


def test_the_talk_is_printed(fieldkit_command: Command, folder: Path) -> None:
    """One page names each act on which they differ with who gave what, the right mark, and how to begin."""
    fieldkit_command("calibrate", "print", "--performances", 2, course=folder)
    with Course(folder) as course:
        key, people = exercise_at(course).key, course.instructors
        items = {item.id: item for item in items_to_play(course, "S1")}
    item = next(iter(key["A"]))
    other = "not-done" if key["A"][item] == "done" else "done"
    table = folder / "calibration" / "S1" / "marks-1.csv"
    fill_table(table, key, {("A", "I03", item): other})
    fieldkit_command("calibrate", "score", "--from", table, course=folder)
    assert fieldkit_command("calibrate", "--pdf", course=folder).code == 0
    path = folder / "calibration" / "S1" / "agreement.pdf"
    check_layout(path)
    said = " ".join(" ".join(texts(path)).split())
    assert items[item].text["en"].split()[0] in said
    assert f"{people['I03'].name} saw it otherwise" in said
    fill_table(table, key, {})
    fieldkit_command("calibrate", "score", "--from", table, course=folder)
    assert fieldkit_command("calibrate", "--pdf", course=folder).code == 0
    assert "Everybody gave the same marks" in " ".join(texts(path))


@pytest.mark.parametrize("words", [WORDS, {"": CALIBRATION}])
def test_the_words_are_there_in_english_and_russian(words: dict[str, Text]) -> None:
    """Each text of the exercise exists in both languages and names the same values in both."""
    for key, said in words.items():
        english, russian = said.by_language["en"], said.by_language["ru"]
        assert set(re.findall(r"\{(\w+)\}", english)) == set(re.findall(r"\{(\w+)\}", russian)), key
        assert not missing(english + russian)
