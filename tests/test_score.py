"""Taking marks down: everything is on the disk when the command ends, and what is wrong writes nothing."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest
from conftest import Command, Ended

from fieldkit.course import Course
from fieldkit.steps.score import Marking, give_marks


def files(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def sheets(run: Command, course: Path) -> list[dict[str, Any]]:
    """The printed sheets that have a trainee, each with the boxes of all its pages."""
    found: dict[str, dict[str, Any]] = {}
    for page in json.loads(run("sheets", "--json", course=course).out):
        if page["trainee"]:
            found.setdefault(page["sheet"], page | {"layout": {"boxes": []}})["layout"]["boxes"] += page["layout"][
                "boxes"
            ]
    return list(found.values())


def boxes(sheet: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for box in sheet["layout"]["boxes"]:
        found.setdefault(box["item"], []).append(box)
    return found


def best(sheet: dict[str, Any]) -> dict[str, str]:
    """The first mark of every item's scale: the one that earns most."""
    return {item: choices[0]["mark"] for item, choices in boxes(sheet).items() if item != "rating"}


def give(run: Command, course: Path, sheet: dict[str, Any], marks: dict[str, str], *more: str) -> Ended:
    pairs = ",".join(f"{item}={mark}" for item, mark in marks.items())
    return run(
        "score", sheet["sheet"], "--by", sheet["instructor"], "--rating", "3", "--marks", pairs, *more, course=course
    )


def station(run: Command, course: Path, sheet: dict[str, Any]) -> dict[str, Any]:
    results = json.loads(run("results", "--json", course=course).out)
    trainee = next(t for t in results["trainees"] if t["trainee"] == sheet["trainee"])
    return next(s for s in trainee["stations"] if s["station"] == sheet["station"])


def test_marks_are_taken_and_counted(fieldkit_command: Command, course: Path) -> None:
    """A sheet marked in full has its points and its verdict."""
    sheet = sheets(fieldkit_command, course)[0]
    assert give(fieldkit_command, course, sheet, best(sheet)).code == 0
    result = station(fieldkit_command, course, sheet)
    assert (result["points"] == result["of"], result["percent"], result["passed"]) == (True, "100.00", True)
    assert sheets(fieldkit_command, course)[0]["status"] == "scored"


def test_a_failed_critical_item_needs_its_reason(fieldkit_command: Command, course: Path) -> None:
    """Failing a critical item is refused without a reason, and fails the station with one."""
    sheet = sheets(fieldkit_command, course)[0]
    failing = next(b for b in sheet["layout"]["boxes"] if b["fails"])
    marks = best(sheet) | {failing["item"]: failing["mark"]}
    refused = give(fieldkit_command, course, sheet, marks)
    assert (refused.code, "--reason" in refused.err) == (3, True)
    assert (
        give(fieldkit_command, course, sheet, marks, "--reason", f"{failing['item']}=stood before the door").code == 0
    )
    assert station(fieldkit_command, course, sheet)["critical_failed"] == [failing["item"]]
    assert station(fieldkit_command, course, sheet)["passed"] is False


@pytest.mark.parametrize(
    ("what", "change", "said"),
    [
        ("a blank item", lambda sheet, marks: marks.popitem(), "not marked"),
        ("a mark outside the scale", lambda sheet, marks: marks.update({next(iter(marks)): "banana"}), "banana"),
        ("an unknown item", lambda sheet, marks: marks.update({"swims": "done"}), "swims"),
        ("an unknown sheet", lambda sheet, marks: sheet.update(sheet="AAAAAAAAAA"), "AAAAAAAAAA"),
        ("an unknown instructor", lambda sheet, marks: sheet.update(instructor="NOBODY"), "NOBODY"),
    ],
)
def test_what_is_wrong_writes_nothing(
    fieldkit_command: Command, course: Path, what: str, change: Any, said: str
) -> None:
    """A blank, a mark off the scale, an unknown sheet, item or instructor: refused in words, not a byte written."""
    sheet = sheets(fieldkit_command, course)[0]
    marks = best(sheet)
    change(sheet, marks)
    before = files(course)
    ended = give(fieldkit_command, course, sheet, marks)
    assert ended.code == 3, what
    assert said in ended.err
    assert files(course) == before


def test_all_problems_are_told_at_once(fieldkit_command: Command, course: Path) -> None:
    """A marking with three things wrong is told all three."""
    sheet = sheets(fieldkit_command, course)[0]
    marks = dict(list(best(sheet).items())[:-1]) | {"swims": "done"}
    sheet["instructor"] = "NOBODY"
    said = give(fieldkit_command, course, sheet, marks).err
    assert all(word in said for word in ("NOBODY", "swims", "not marked"))


def test_a_correction_keeps_the_old_mark(fieldkit_command: Command, course: Path) -> None:
    """Marking again corrects: the new mark counts, and the record has both."""
    sheet = sheets(fieldkit_command, course)[0]
    marks = best(sheet)
    give(fieldkit_command, course, sheet, marks)
    item = next(i for i, choices in boxes(sheet).items() if i != "rating" and not any(b["fails"] for b in choices))
    other = boxes(sheet)[item][1]["mark"]
    ended = give(fieldkit_command, course, sheet, marks | {item: other})
    assert (ended.code, "1 corrected" in ended.err) == (0, True)
    with Course(course) as opened:
        marked = opened.state.marked(sheet["sheet"])
        assert [given.mark for given in marked.given[item]] == [marks[item], other]
        assert marked.mark(item) == other


def test_the_same_marks_again_change_nothing(fieldkit_command: Command, course: Path) -> None:
    """Typing the same sheet twice is told so and adds nothing."""
    sheet = sheets(fieldkit_command, course)[0]
    give(fieldkit_command, course, sheet, best(sheet))
    before = fieldkit_command("record", "--json", course=course).out
    assert "nothing new" in give(fieldkit_command, course, sheet, best(sheet)).err
    assert fieldkit_command("record", "--json", course=course).out == before


def test_another_instructors_marks_stand_beside(fieldkit_command: Command, course: Path) -> None:
    """A second instructor's differing mark replaces nothing: the sheet waits for a person (exit 4)."""
    sheet = sheets(fieldkit_command, course)[0]
    marks = best(sheet)
    give(fieldkit_command, course, sheet, marks)
    item = next(i for i, choices in boxes(sheet).items() if i != "rating" and not any(b["fails"] for b in choices))
    other = next(i for i in ("I01", "I02") if i != sheet["instructor"])
    changed = {**sheet, "instructor": other}
    assert give(fieldkit_command, course, changed, marks | {item: boxes(sheet)[item][1]["mark"]}).code == 4
    assert fieldkit_command("status", course=course).code == 4
    assert station(fieldkit_command, course, sheet)["passed"] is None


def test_a_sheet_is_found_by_its_scanned_code(fieldkit_command: Command, course: Path) -> None:
    """A barcode scanner may type the whole code, even under a Russian keyboard layout."""
    sheet = sheets(fieldkit_command, course)[0]
    latin = "QWERTYUIOPASDFGHJKLZXCVBNM/"
    russian = str.maketrans(latin, "ЙЦУКЕНГШЩЗФЫВАПРОЛДЯЧСМИТЬ.")
    marks = best(sheet)
    assert give(fieldkit_command, course, {**sheet, "sheet": sheet["code"]}, marks).code == 0
    ended = give(fieldkit_command, course, {**sheet, "sheet": sheet["code"].translate(russian)}, marks)
    assert (ended.code, "nothing new" in ended.err) == (0, True)


def test_a_sheet_of_another_course_is_named(fieldkit_command: Command, course: Path) -> None:
    """A code of another course is refused with that course's name."""
    from fieldkit.model.codes import Code, make_id

    strange = str(Code("S", "NARYN25", make_id(b"k", "x")))
    ended = fieldkit_command("score", strange, "--by", "I01", "--marks", "a=b", course=course)
    assert (ended.code, "NARYN25" in ended.err) == (3, True)


def test_a_file_of_marks_is_taken_whole_or_not_at_all(fieldkit_command: Command, course: Path, tmp_path: Path) -> None:
    """Marks from a CSV file: one wrong row, and none of it is written; mended, all of it is."""
    two = sheets(fieldkit_command, course)[:2]
    rows = [
        [s["sheet"], item, mark, s["instructor"]] for s in two for item, mark in (best(s) | {"rating": "4"}).items()
    ]
    path = tmp_path / "оценки.csv"

    def write(rows: list[list[str]]) -> None:
        with path.open("w", encoding="utf-8-sig", newline="") as out:
            csv.writer(out, delimiter=";").writerows([["sheet", "item", "mark", "by"], *rows])

    write([*rows[:-1], [rows[-1][0], "rating", "9", rows[-1][3]]])
    before = files(course)
    assert fieldkit_command("score", "--from", path, course=course).code == 3
    assert files(course) == before
    write(rows)
    assert fieldkit_command("score", "--from", path, course=course).code == 0
    assert [s["status"] for s in sheets(fieldkit_command, course)[:2]] == ["scored", "scored"]


def test_persian_digits_are_understood(fieldkit_command: Command, course: Path) -> None:
    """A rating typed as ۴ is 4."""
    sheet = sheets(fieldkit_command, course)[0]
    pairs = ",".join(f"{item}={mark}" for item, mark in best(sheet).items())
    args = ("score", sheet["sheet"], "--by", sheet["instructor"], "--rating", "۴", "--marks", pairs)
    assert fieldkit_command(*args, course=course).code == 0
    assert station(fieldkit_command, course, sheet)["rating"] == 4


def test_every_mark_is_kept_as_it_comes(course: Path) -> None:
    """A laptop that dies at item nine has eight."""
    with Course(course) as opened:
        sheet = next(s for s in opened.state.all_marked() if s.trainee)
        for item in sheet.items[:8]:
            marking = Marking(sheet.sheet, sheet.instructor, {item.id: item.scale.marks[0].id})
            give_marks(opened, marking, whole=False)
    with Course(course) as again:
        marked = again.state.marked(sheet.sheet)
        assert (len(marked.due) - len(marked.blank), marked.status) == (8, "partly")


def test_a_find_that_is_not_there_is_pointed_out(fieldkit_command: Command, course: Path) -> None:
    """Marking a find that the exercise does not have is taken, and said to be looked at."""
    with Course(course) as opened:
        clean = next(e for e in opened.state.exercises.values() if not e.labels)
    sheet = next(
        s
        for s in sheets(fieldkit_command, course)
        if s["station"] == clean.station and _group(course, s) == clean.group
    )
    assert "Look here" in give(fieldkit_command, course, sheet, best(sheet)).err


def _group(course: Path, sheet: dict[str, Any]) -> str:
    with Course(course) as opened:
        return opened.state.issued[sheet["sheet"]].sheet.group


def test_nobody_is_asked_without_a_terminal(
    fieldkit_command: Command, course: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without a terminal and without marks the command says what is missing instead of waiting."""
    monkeypatch.setattr("sys.stdin", open("/dev/null") if Path("/dev/null").exists() else None)  # noqa: SIM115, PTH123
    assert fieldkit_command("score", course=course).code == 2
