"""What was found of what was planted, counted over the course."""

from __future__ import annotations

import json
from pathlib import Path

from conftest import Command

from fieldkit.course import Course
from fieldkit.model.find_items import NOTHING_PLANTED
from fieldkit.steps.marking.score import Marking, give_marks


def test_finds_are_counted_by_trainee_station_kind_and_point(fieldkit_command: Command, course: Path) -> None:
    """Everything found by one trainee and nothing by another adds up to x of n, wherever it is counted."""
    planted = 0
    with Course(course) as opened:
        sheets = [s for s in opened.state.all_marked() if s.trainee and s.copy == 1]
        for sheet in sheets:
            labels = opened.state.exercises[sheet.station, opened.state.issued[sheet.sheet].sheet.group].labels
            marks = {item.id: item.scale.marks[0].id for item in sheet.items} | {"rating": "3"}
            for item in (i for i in sheet.items if i.id.startswith("find-")):
                there = item.id.removeprefix("find-").upper() in labels
                planted += there
                marks[item.id] = ("found" if sheet.trainee == "T01" else "not-found") if there else NOTHING_PLANTED
            reasons = {i.id: "seen" for i in sheet.items if i.fails_with(i.scale.mark(marks[i.id]) or i.scale.marks[0])}
            give_marks(opened, Marking(sheet.sheet, sheet.instructor, marks, reasons))
    finds = json.loads(fieldkit_command("results", "--finds", "--json", course=course).out)
    whole = finds["course"]["course"]
    assert (whole["found"] + whole["missed"], whole["cleared"], whole["false_alarms"]) == (planted, len(sheets), 0)
    assert finds["trainee"]["T01"]["missed"] == 0
    assert finds["trainee"]["T02"]["found"] == 0
    for what in ("trainee", "station", "code"):
        assert sum(c["missed"] for c in finds[what].values()) == whole["missed"]
    assert "found" in fieldkit_command("results", "--finds", course=course).out
