"""The state of a course: a pure fold over the entries of its record, the same whatever order they arrived in.

Kinds of entries and their bodies (`fold` is the one place that reads them):

    course-opened    {code, title, key}
    form-kept        {form, scales, items}                   the items of sheets, kept once by their content
    course-drawn     {seed, generation, groups, visits, doubles, replaces}
    exercise-drawn   {station, group, scenario, version, seed, clean, day, planted, form, digest, replaces}
    sheet-issued     {sheet, code_id, station, trainee, instructor, group, copy, starts, form, layout, paper, pages}
    marks-given      {sheet, instructor, channel, marks, reasons, why, replaces}
    marks-settled    the same, with channel "agreed"; `replaces` names the marks that it settles
    sheet-bound      {sheet, trainee, attempt, why, replaces}
    sheet-voided     {sheet, why, spare, replaces}            `spare` took its place; an empty `why`: it counts again
    day-closed       {head, runs, counts}                     the head code that was printed, and what it stands for

`replaces` names the hashes of the entries (for marks: by item) that an entry corrects. What nothing replaces stands;
two that stand and differ wait for a person. So no order and no clock decides between two laptops.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from fieldkit.model.entry import Entry
from fieldkit.model.forms import form_from_dict
from fieldkit.model.marks import Given, MarkedSheet
from fieldkit.model.order import in_time
from fieldkit.model.plan import Group, Plan, Sheet, Visit
from fieldkit.model.scoresheet import Item

OPENED, FORM, DRAWN, EXERCISE = "course-opened", "form-kept", "course-drawn", "exercise-drawn"
ISSUED, MARKS, SETTLED, BOUND, VOIDED = "sheet-issued", "marks-given", "marks-settled", "sheet-bound", "sheet-voided"
CLOSED = "day-closed"
CALIBRATION_DRAWN = "calibration-drawn"  # of the exercise before the day, from which no state is made


@dataclass(frozen=True)
class DrawnExercise:
    """One exercise as the record has it; the whole is drawn again from scenario, version and seed. `labels` are those
    of what is planted."""

    station: str
    group: str
    scenario: str
    version: int
    seed: int
    clean: bool
    day: str
    labels: tuple[str, ...]
    form: str
    digest: str
    entry: str


@dataclass(frozen=True)
class Issued:
    """A sheet that was printed: which form and layout it has, and where its pages lie (file, page from 1)."""

    sheet: Sheet
    form: str
    layout: int
    paper: str
    pages: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class State:
    """What stands in a course. `draws` has more than one plan when two laptops drew apart. `bound` has, for a spare
    sheet, its trainee and which attempt it is; `bound_apart` those that must wait, with the trainees: two laptops gave
    it to different ones, or gave one trainee a spare each. Such a sheet is nobody's for now."""

    key: bytes = b""
    code: str = ""
    draws: Mapping[str, Plan] = field(default_factory=dict)
    generation: int = 0
    exercises: Mapping[tuple[str, str], DrawnExercise] = field(default_factory=dict)
    forms: Mapping[str, tuple[Item, ...]] = field(default_factory=dict)
    issued: Mapping[str, Issued] = field(default_factory=dict)
    given: Mapping[str, Mapping[str, tuple[Given, ...]]] = field(default_factory=dict)
    bound: Mapping[str, tuple[str, int]] = field(default_factory=dict)
    bound_apart: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    voided: Mapping[str, str] = field(default_factory=dict)

    @property
    def plan(self) -> Plan | None:
        """The plan that stands, or None before the first draw."""
        return next(iter(self.draws.values()), None)

    def marked(self, sheet_id: str) -> MarkedSheet:
        """An issued sheet with everything given to it. Raises KeyError for a sheet that was not issued."""
        issued = self.issued[sheet_id]
        sheet = issued.sheet
        bound_to, attempt = self.bound.get(sheet_id, ("", 1))
        return MarkedSheet(
            sheet_id,
            sheet.trainee or bound_to,
            sheet.station,
            sheet.instructor,
            sheet.copy,
            self.forms[issued.form],
            self.given.get(sheet_id, {}),
            self.voided.get(sheet_id, ""),
            attempt,
        )

    def all_marked(self) -> tuple[MarkedSheet, ...]:
        """Every issued sheet, in the order of printing."""
        return tuple(self.marked(sheet_id) for sheet_id in self.issued)


def fold(entries: Iterable[Entry]) -> State:
    """The state that `entries` give. Entries of unknown kinds are left out: a later version may know them."""
    ordered = sorted(entries, key=lambda e: (e.device, e.seq, e.hash))
    by_kind: dict[str, list[Entry]] = {}
    for entry in ordered:
        by_kind.setdefault(entry.kind, []).append(entry)
    opened = by_kind.get(OPENED, [])
    draws = _standing(by_kind.get(DRAWN, []))
    issued = _issued(by_kind.get(ISSUED, []))
    voided = {e.body["sheet"]: e.body["why"] for e in _standing(by_kind.get(VOIDED, [])) if e.body["why"]}
    bound, apart = _bound(_standing(by_kind.get(BOUND, [])), issued, voided)
    return State(
        key=bytes.fromhex(opened[0].body["key"]) if opened else b"",
        code=opened[0].body["code"] if opened else "",
        draws={entry.hash: _plan(entry.body) for entry in draws},
        generation=max((entry.body["generation"] for entry in draws), default=0),
        exercises=_exercises(_standing(by_kind.get(EXERCISE, []))),
        forms={entry.body["form"]: form_from_dict(entry.body) for entry in by_kind.get(FORM, [])},
        issued=issued,
        given=_given(by_kind.get(MARKS, []) + by_kind.get(SETTLED, [])),
        bound=bound,
        bound_apart=apart,
        voided=voided,
    )


def _standing(entries: Iterable[Entry]) -> list[Entry]:
    entries = list(entries)
    replaced = {old for entry in entries for old in entry.body.get("replaces", ())}
    return [entry for entry in entries if entry.hash not in replaced]


def _bound(
    entries: Iterable[Entry], issued: Mapping[str, Issued], voided: Mapping[str, str]
) -> tuple[dict[str, tuple[str, int]], dict[str, tuple[str, ...]]]:
    """Whose each spare sheet is and which attempt, and the trainees of those that must wait for a person."""
    said: dict[str, set[tuple[str, int]]] = {}
    for entry in entries:
        said.setdefault(entry.body["sheet"], set()).add((entry.body["trainee"], entry.body["attempt"]))
    trainees = {sheet: tuple(sorted({trainee for trainee, _ in of})) for sheet, of in said.items()}
    bound = {sheet: max(of) for sheet, of in said.items() if len(trainees[sheet]) == 1}
    places: dict[tuple[str, str, int], list[str]] = {}
    for sheet, (trainee, attempt) in bound.items():
        if sheet in issued and sheet not in voided:
            places.setdefault((issued[sheet].sheet.station, trainee, attempt), []).append(sheet)
    twins = {sheet for sheets in places.values() if len(sheets) > 1 for sheet in sheets}
    sure = {sheet: whose for sheet, whose in bound.items() if sheet not in twins}
    return sure, {sheet: trainees[sheet] for sheet in said if sheet not in sure}


def plan_body(plan: Plan, generation: int, replaces: Iterable[str]) -> dict[str, Any]:
    """The body of a `course-drawn` entry."""
    return {
        "seed": plan.seed,
        "generation": generation,
        "groups": [[group.id, list(group.members)] for group in plan.groups],
        "visits": [[v.slot, v.station, v.group, v.instructor] for v in plan.visits],
        "doubles": [[trainee, station, second] for (trainee, station), second in plan.doubles.items()],
        "replaces": list(replaces),
    }


def _plan(body: Mapping[str, Any]) -> Plan:
    return Plan(
        body["seed"],
        tuple(Group(name, tuple(members)) for name, members in body["groups"]),
        tuple(Visit(*visit) for visit in body["visits"]),
        {(trainee, station): second for trainee, station, second in body["doubles"]},
    )


def _exercises(entries: Iterable[Entry]) -> dict[tuple[str, str], DrawnExercise]:
    fields = ("station", "group", "scenario", "version", "seed", "clean", "day", "form", "digest")
    drawn = [
        DrawnExercise(
            **{name: e.body[name] for name in fields},
            labels=tuple(label for label, _, _ in e.body["planted"]),
            entry=e.hash,
        )
        for e in entries
    ]
    return {(d.station, d.group): d for d in drawn}


def issued_body(issued: Issued) -> dict[str, Any]:
    """The body of a `sheet-issued` entry."""
    sheet = issued.sheet
    return {
        "sheet": sheet.id,
        "code_id": sheet.code_id,
        "station": sheet.station,
        "trainee": sheet.trainee,
        "instructor": sheet.instructor,
        "group": sheet.group,
        "copy": sheet.copy,
        "starts": sheet.starts,
        "form": issued.form,
        "layout": issued.layout,
        "paper": issued.paper,
        "pages": [list(page) for page in issued.pages],
    }


def _issued(entries: Iterable[Entry]) -> dict[str, Issued]:
    """By sheet; a sheet printed again keeps its place, with the pages of the last print."""
    names = ("code_id", "station", "trainee", "instructor", "group", "copy", "starts")
    issued = {}
    for entry in entries:
        body = entry.body
        sheet = Sheet(**{name: body[name] for name in names})
        pages = tuple((pdf, page) for pdf, page in body["pages"])
        issued[body["sheet"]] = Issued(sheet, body["form"], body["layout"], body["paper"], pages)
    return issued


def _given(entries: Iterable[Entry]) -> dict[str, dict[str, tuple[Given, ...]]]:
    given: dict[str, dict[str, tuple[Given, ...]]] = {}
    for entry in in_time(entries):  # for showing only: nothing counts by time
        body = entry.body
        for item, mark in body["marks"].items():
            value = Given(
                item=item,
                mark=mark,
                instructor=body["instructor"],
                by=entry.by,
                at=entry.at,
                channel=body["channel"],
                entry=entry.hash,
                device=entry.device,
                reason=body["reasons"].get(item, ""),
                why=body["why"],
                replaces=tuple(body["replaces"].get(item, ())),
            )
            items = given.setdefault(body["sheet"], {})
            items[item] = (*items.get(item, ()), value)
    return given
