"""Changing what was said: every change is an entry of its own, with who and why, and nothing is overwritten."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from conftest import Command

from fieldkit.course import Course
from fieldkit.model.marks import MarkedSheet
from fieldkit.steps.marking.score import Marking, give_marks


def mark(course: Path, sheet: MarkedSheet, instructor: str = "", **other: str) -> None:
    """Mark a whole sheet with the first mark of every scale, but for the items in `other`."""
    marks = {item.id: item.scale.marks[0].id for item in sheet.items} | {"rating": "3"} | other
    with Course(course) as opened:
        give_marks(opened, Marking(sheet.sheet, instructor or sheet.instructor, marks))


def some_sheet(course: Path) -> MarkedSheet:
    with Course(course) as opened:
        return next(s for s in opened.state.all_marked() if s.trainee)


def some_spare(course: Path, station: str) -> MarkedSheet:
    with Course(course) as opened:
        return next(s for s in opened.state.all_marked() if not s.trainee and s.station == station)


def standing(course: Path, sheet: str) -> MarkedSheet:
    with Course(course) as opened:
        return opened.state.marked(sheet)


def plain_item(sheet: MarkedSheet) -> str:
    return next(item.id for item in sheet.items if not item.critical)


def second_mark(sheet: MarkedSheet, name: str) -> str:
    return next(item.scale.marks[1].id for item in sheet.items if item.id == name)


def test_a_correction_has_a_reason_and_a_history(fieldkit_command: Command, course: Path) -> None:
    """A corrected mark counts; the history shows the old one, the new one, who and why."""
    sheet = some_sheet(course)
    mark(course, sheet)
    item = plain_item(sheet)
    new = second_mark(sheet, item)
    args = (sheet.sheet, f"{item}={new}", "--by", sheet.instructor, "--why", "ticked the wrong row")
    assert fieldkit_command("correct", *args, course=course).code == 0
    assert standing(course, sheet.sheet).mark(item) == new
    events = json.loads(fieldkit_command("history", sheet.sheet, "--json", course=course).out)
    last = events[-1]
    assert (last["what"], last["item"], last["new"], last["why"]) == ("corrected", item, new, "ticked the wrong row")
    assert last["old"] == sheet.items[[i.id for i in sheet.items].index(item)].scale.marks[0].id


def test_an_id_is_typed_as_it_is_printed(fieldkit_command: Command, course: Path) -> None:
    """The id of a sheet is printed in two groups, and may be typed so."""
    sheet = some_sheet(course)
    groups, item = (sheet.sheet[:4], sheet.sheet[4:].lower()), plain_item(sheet)
    mark(course, sheet)
    who = ("--by", sheet.instructor, "--why", "wrong row")
    assert fieldkit_command("correct", *groups, f"{item}={second_mark(sheet, item)}", *who, course=course).code == 0
    assert standing(course, sheet.sheet).mark(item) == second_mark(sheet, item)
    assert json.loads(fieldkit_command("history", *groups, "--json", course=course).out)
    assert fieldkit_command("void", *who, *groups, course=course).code == 0
    assert standing(course, sheet.sheet).status == "void"


@pytest.mark.parametrize("missing", ["--why", "--by"])
def test_a_change_without_who_or_why_is_refused(fieldkit_command: Command, course: Path, missing: str) -> None:
    """Nothing is corrected or voided without a name and a reason."""
    sheet = some_sheet(course)
    given = [part for name, value in (("--by", "I01"), ("--why", "x")) if name != missing for part in (name, value)]
    assert fieldkit_command("void", sheet.sheet, *given, course=course).code == 2
    assert standing(course, sheet.sheet).status == "issued"


def test_a_void_sheet_takes_no_marks(fieldkit_command: Command, course: Path) -> None:
    """A void sheet counts no more, keeps its marks, and refuses new ones."""
    sheet = some_sheet(course)
    mark(course, sheet)
    assert fieldkit_command("void", sheet.sheet, "--by", "I01", "--why", "wrong trainee", course=course).code == 0
    assert standing(course, sheet.sheet).mark("rating") == "3"
    refused = fieldkit_command("score", sheet.sheet, "--by", "I01", "--rating", "4", course=course)
    assert (refused.code, "wrong trainee" in refused.err) == (3, True)


def test_a_spare_takes_the_place_of_a_lost_sheet(fieldkit_command: Command, course: Path) -> None:
    """A spare given to a trainee stands in place of the unmarked sheet, which becomes void."""
    sheet = some_sheet(course)
    spare = some_spare(course, sheet.station)
    assert fieldkit_command("bind", spare.sheet, sheet.trainee, "--by", "I01", course=course).code == 0
    assert standing(course, sheet.sheet).status == "void"
    mark(course, standing(course, spare.sheet), "I01")
    results = json.loads(fieldkit_command("results", "--json", course=course).out)
    trainee = next(t for t in results["trainees"] if t["trainee"] == sheet.trainee)
    assert next(s for s in trainee["stations"] if s["station"] == sheet.station)["percent"] == "100.00"


def test_spares_do_not_run_out(fieldkit_command: Command, course: Path) -> None:
    """Printing again makes another spare for each that was given away; those keep their place in the pack."""
    with Course(course) as opened:
        lost = [s for s in opened.state.all_marked() if s.trainee and s.station == "S1"][:3]
    given = []
    for sheet in lost:
        given.append(some_spare(course, "S1").sheet)
        assert fieldkit_command("bind", given[-1], sheet.trainee, "--by", "I01", course=course).code == 0
        assert fieldkit_command("print", course=course).code == 0
    assert len(set(given)) == len(given) == 3
    assert some_spare(course, "S1").sheet not in given
    told = json.loads(fieldkit_command("sheets", "--json", course=course).out)
    assert set(given) <= {one["sheet"] for one in told}


def test_a_retake_counts_and_the_first_attempt_stays(fieldkit_command: Command, course: Path) -> None:
    """A spare given to a trainee who was marked is a retake: the last attempt counts, as often as the course allows."""
    sheet = some_sheet(course)
    failing = next(i for i in sheet.items if i.critical)
    bad = next(m.id for m in failing.scale.marks if m.fails)
    with Course(course) as opened:
        marks = {i.id: i.scale.marks[0].id for i in sheet.items} | {"rating": "2", failing.id: bad}
        give_marks(opened, Marking(sheet.sheet, sheet.instructor, marks, {failing.id: "seen"}))
    spare = some_spare(course, sheet.station)
    ended = fieldkit_command("bind", spare.sheet, sheet.trainee, "--by", "I01", course=course)
    assert (ended.code, "attempt 2" in ended.err) == (0, True)
    mark(course, standing(course, spare.sheet), "I01")
    results = json.loads(fieldkit_command("results", "--json", course=course).out)
    trainee = next(t for t in results["trainees"] if t["trainee"] == sheet.trainee)
    assert next(s for s in trainee["stations"] if s["station"] == sheet.station)["passed"] is True
    assert standing(course, sheet.sheet).mark(failing.id) == bad
    another = some_spare(course, sheet.station)
    refused = fieldkit_command("bind", another.sheet, sheet.trainee, "--by", "I01", course=course)
    assert (refused.code, "retake" in refused.err) == (3, True)


def test_only_spares_are_given_away(fieldkit_command: Command, course: Path) -> None:
    """A sheet that has a trainee is not given to another; a spare is not given to a stranger."""
    sheet = some_sheet(course)
    spare = some_spare(course, sheet.station)
    assert fieldkit_command("bind", sheet.sheet, "T02", "--by", "I01", course=course).code == 3
    assert fieldkit_command("bind", spare.sheet, "T77", "--by", "I01", course=course).code == 3


def test_differences_are_listed_and_settled(fieldkit_command: Command, course: Path) -> None:
    """Two marks that differ are listed with who gave them; the agreed one counts, and all three stay."""
    sheet = some_sheet(course)
    item = plain_item(sheet)
    mark(course, sheet)
    other = next(i for i in ("I01", "I02") if i != sheet.instructor)
    mark(course, sheet, other, **{item: second_mark(sheet, item)})
    listed = json.loads(fieldkit_command("review", "--json", course=course).out)
    assert [(one["sheet"], one["item"], len(one["values"])) for one in listed] == [(sheet.sheet, item, 2)]
    assert "marked differently" in fieldkit_command("review", "--list", course=course).out
    assert fieldkit_command("status", course=course).code == 4
    args = (sheet.sheet, f"{item}={second_mark(sheet, item)}", "--by", "I03", "--why", "both watched the film again")
    assert fieldkit_command("review", *args, course=course).code == 0
    marked = standing(course, sheet.sheet)
    assert (marked.mark(item), marked.differing, len(marked.given[item])) == (second_mark(sheet, item), (), 3)


def test_what_is_not_in_dispute_is_not_settled(fieldkit_command: Command, course: Path) -> None:
    """Settling an item that nobody disputes is refused."""
    sheet = some_sheet(course)
    mark(course, sheet)
    item = plain_item(sheet)
    args = (sheet.sheet, f"{item}={second_mark(sheet, item)}", "--by", "I03", "--why", "x")
    assert fieldkit_command("review", *args, course=course).code == 3


def test_a_trainees_history_has_all_sheets(fieldkit_command: Command, course: Path) -> None:
    """The history of a trainee shows every sheet that was printed and marked for him."""
    sheet = some_sheet(course)
    mark(course, sheet)
    events = json.loads(fieldkit_command("history", sheet.trainee, "--json", course=course).out)
    assert len({e["sheet"] for e in events}) == 4
    assert sum(e["what"] == "marked" for e in events) == len(sheet.due)


def test_the_day_closes_with_every_sheet_accounted_for(fieldkit_command: Command, course: Path) -> None:
    """At the close every issued sheet ends as scored, void, spare or missing, and the code proves the record later."""
    sheet = some_sheet(course)
    mark(course, sheet)
    assert fieldkit_command("status", "--close", course=course).code == 0
    with Course(course) as opened:
        closing = next(e for e in opened.record.entries if e.kind == "day-closed")
        assert sum(closing.body["counts"].values()) == len(opened.state.issued)
    code = closing.body["head"]
    assert (course / "pack" / f"closing-{code}.pdf").exists()
    assert fieldkit_command("verify", "--head", code, course=course).code == 0
    mark(course, sheet, rating="4")
    ended = fieldkit_command("verify", "--head", code.lower().replace("-", " "), course=course)
    assert (ended.code, "came since: 2" in ended.err) == (0, True)
    assert fieldkit_command("verify", "--head", "00000-00000", course=course).code == 5


def newcomer(course: Path) -> None:
    """Add a trainee to the roster who was not there when the course was drawn."""
    roster = course / "trainees.csv"
    text = roster.read_text(encoding="utf-8-sig")
    separator = max(";,\t", key=text.splitlines()[0].count)
    columns = text.splitlines()[0].split(separator)
    values = {"number": "T99", "name": "Late Arrival"}
    row = separator.join(values.get(column.strip(), "") for column in columns)
    roster.write_text(text.rstrip("\n") + "\n" + row + "\n", encoding="utf-8")


def test_a_late_arrival_is_marked_and_drawn_in_afterwards(fieldkit_command: Command, course: Path) -> None:
    """Who came late and was marked on a spare has a report, has not passed the other stations, and keeps the marks
    when the course is drawn again."""
    newcomer(course)
    spare = some_spare(course, "S1")
    assert fieldkit_command("bind", spare.sheet, "T99", "--by", "I01", course=course).code == 0
    mark(course, standing(course, spare.sheet), "I01")

    def result() -> dict[str, Any]:
        results = json.loads(fieldkit_command("results", "--json", course=course).out)
        return next(t for t in results["trainees"] if t["trainee"] == "T99")

    assert [s["passed"] for s in result()["stations"]] == [True, None, None, None]
    assert result()["passed"] is None
    assert fieldkit_command("report", "trainee", "T99", course=course).code == 0
    assert fieldkit_command("print", course=course).code == 3
    assert fieldkit_command("draw", course=course).code == fieldkit_command("print", course=course).code == 0
    assert [s["passed"] for s in result()["stations"]] == [True, None, None, None]
    with Course(course) as opened:
        assert sum(s.trainee == "T99" and s.station == "S1" for s in opened.state.all_marked()) == 1


def test_a_void_sheet_is_not_printed_again(fieldkit_command: Command, course: Path) -> None:
    """Printing again leaves void sheets out, prints another spare for a spoiled one, and keeps the closing page."""
    sheet, spare = some_sheet(course), some_spare(course, "S2")
    for name in (sheet.sheet, spare.sheet):
        assert fieldkit_command("void", name, "--by", "I01", "--why", "torn", course=course).code == 0
    assert fieldkit_command("status", "--close", course=course).code == 0
    ended = fieldkit_command("print", course=course)
    assert (ended.code, "closing" in ended.err) == (0, False)
    with Course(course) as opened:
        assert sum(not s.voided and not s.trainee and s.station == "S2" for s in opened.state.all_marked()) == 2
        assert f"Sheets: {sum(not s.voided for s in opened.state.all_marked())}," in ended.err
