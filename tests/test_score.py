"""Taking marks down: everything is on the disk when the command ends, and what is wrong writes nothing."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest
from conftest import Command, Ended

from fieldkit.course import Course
from fieldkit.steps.marking.score import Marking, give_marks


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


def marks_file(course: Path, path: Path, rows: list[tuple[str, ...]], head: str = "sheet,item,mark,reason,by") -> Path:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows([head.split(","), *rows])
    return path


def rows_of(sheet: dict[str, Any], by: str, **other: str) -> list[tuple[str, ...]]:
    return [(sheet["sheet"], item, mark, "", by) for item, mark in (best(sheet) | {"rating": "3"} | other).items()]


@pytest.mark.parametrize("time", ["25:99", "yesterday", "9", "09:60", ""])
def test_a_time_that_is_none_is_refused(fieldkit_command: Command, course: Path, time: str) -> None:
    """Start and end are times of day, or they are not taken."""
    sheet = sheets(fieldkit_command, course)[0]
    before = files(course)
    ended = give(fieldkit_command, course, sheet, best(sheet), "--started", time)
    assert (ended.code, "09:40" in ended.err, files(course)) == (3, True, before)
    assert give(fieldkit_command, course, sheet, best(sheet), "--started", "۹:۰۵").code == 0


def test_a_reason_without_its_mark_is_not_dropped(fieldkit_command: Command, course: Path) -> None:
    """A reason for an item that gets no mark is refused, never left out in silence."""
    sheet = sheets(fieldkit_command, course)[0]
    assert give(fieldkit_command, course, sheet, best(sheet)).code == 0
    item = next(iter(best(sheet)))
    for command in (("score", sheet["sheet"], "--rating", "4"), ("correct", sheet["sheet"], "rating=4", "--why", "x")):
        ended = fieldkit_command(*command, "--by", sheet["instructor"], "--reason", f"{item}=seen", course=course)
        assert (ended.code, item in ended.err) == (3, True)


@pytest.mark.parametrize("letter", ["\x00", "\x1b", "\x07", "\x7f"])
def test_what_no_paper_can_show_is_refused(fieldkit_command: Command, course: Path, letter: str) -> None:
    """Control characters in remarks and reasons are refused by name; lines and tabs are kept."""
    sheet = sheets(fieldkit_command, course)[0]
    ended = give(fieldkit_command, course, sheet, best(sheet), "--remarks", f"a{letter}b")
    assert (ended.code, f"U+{ord(letter):04X}" in ended.err) == (3, True)
    assert give(fieldkit_command, course, sheet, best(sheet), "--remarks", "a\n\tb").code == 0


def test_a_name_leads_to_its_sheets(fieldkit_command: Command, course: Path) -> None:
    """Without questions a name is not guessed at: the sheets that it may mean are named."""
    with Course(course) as opened:
        sheet = next(s for s in opened.state.all_marked() if s.trainee)
        name = opened.trainees[sheet.trainee].name
    for command in (("score", name, "--rating", "3", "--by", "I01"), ("history", name.upper())):
        ended = fieldkit_command(*command, course=course)
        assert (ended.code, sheet.sheet[:4] in ended.err, sheet.station in ended.err) == (3, True, True)


def test_names_are_found_however_they_are_typed() -> None:
    """Ё and е, joiners, accents and Arabic or Persian letters make no difference when a name is looked for."""
    from fieldkit.steps.marking.find_sheet import _plain

    for one, other in (("Ёлкин", "елкин"), ("می‌خواهم", "ميخواهم"), ("é", "e\u0301"), (" Straße", "STRASSE ")):
        assert _plain(one) == _plain(other)


def test_each_mark_of_a_file_has_its_own_instructor(fieldkit_command: Command, course: Path, tmp_path: Path) -> None:
    """A file with the marks of two instructors shows each of them in the history."""
    one, other = sheets(fieldkit_command, course)[:2]
    path = marks_file(course, tmp_path / "marks.csv", rows_of(one, "I01") + rows_of(other, "I02"))
    assert fieldkit_command("score", "--from", path, course=course).code == 0
    for sheet, instructor in ((one, "I01"), (other, "I02")):
        events = json.loads(fieldkit_command("history", sheet["sheet"], "--json", course=course).out)
        assert {e["by"] for e in events if e["what"] == "marked"} == {instructor}
        assert [e["item"] for e in events if e["what"] == "marked"] == [*best(sheet), "rating"]


def test_a_sheet_written_in_two_ways_is_one(fieldkit_command: Command, course: Path, tmp_path: Path) -> None:
    """The marks of a sheet that one file names twice, once by its code, are not taken side by side."""
    sheet = sheets(fieldkit_command, course)[0]
    twice = [(sheet["code"], *row[1:]) for row in rows_of(sheet, "I01", rating="5")]
    path = marks_file(course, tmp_path / "marks.csv", rows_of(sheet, "I01") + twice)
    before = files(course)
    ended = fieldkit_command("score", "--from", path, course=course)
    assert (ended.code, "twice" in ended.err, files(course)) == (3, True, before)


def test_a_spreadsheets_file_is_read_as_it_was_meant(fieldkit_command: Command, course: Path, tmp_path: Path) -> None:
    """Columns are known whatever their case, and a remark may have several lines, quotes and commas."""
    sheet = sheets(fieldkit_command, course)[0]
    remark = 'first, "second"\nthird\u2028fourth'
    rows = rows_of(sheet, "I01", remarks=remark)
    path = marks_file(course, tmp_path / "marks.csv", rows, " Sheet,ITEM,Mark,Reason,By ")
    assert fieldkit_command("score", "--from", path, course=course).code == 0
    with Course(course) as opened:
        assert opened.state.marked(sheet["sheet"]).mark("remarks") == remark


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda text: text.replace("3,,", '3,"cut', 1), "cannot be read"),  # an open quote swallows the rest
        (lambda text: text.replace("3,,", f"{'3' * 200_000},,", 1), "cannot be read"),
        (lambda text: text.replace(",by", "").replace(",I01", ""), "--by"),
        (lambda text: text.replace(",I01", ",I01,more", 1), "6 values for 5 columns"),
        (lambda text: text.replace(",mark,", ",sheet,"), "no column mark"),
    ],
)
def test_a_file_with_faults_names_them(
    fieldkit_command: Command, course: Path, tmp_path: Path, change: Any, said: str
) -> None:
    """A fault in a file of marks is named, and nothing of the file is taken."""
    path = marks_file(course, tmp_path / "marks.csv", rows_of(sheets(fieldkit_command, course)[0], "I01"))
    text = path.read_text(encoding="utf-8-sig")
    path.write_text(change(text), encoding="utf-8")
    assert path.read_text(encoding="utf-8") != text
    before = files(course)
    ended = fieldkit_command("score", "--from", path, course=course)
    assert (ended.code, said in ended.err, files(course)) == (3, True, before)
