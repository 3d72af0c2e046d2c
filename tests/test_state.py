"""What stands in a course: the same whatever order its entries arrived in, and nothing decided by a clock."""

from __future__ import annotations

import random
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from fieldkit.model.entry import Entry, make_entry
from fieldkit.model.forms import form_from_dict, form_id, form_to_dict
from fieldkit.model.plan import Group, Plan, Sheet, Visit
from fieldkit.model.scoresheet import Item, Mark, Scale
from fieldkit.model.state import (
    DRAWN,
    FORM,
    ISSUED,
    MARKS,
    OPENED,
    VOIDED,
    Issued,
    State,
    fold,
    issued_body,
    plan_body,
)
from fieldkit.model.texts import text

DONE = Scale("done", (Mark("done", text("Done", ru="Да"), Decimal(1)), Mark("not-done", text("No"), Decimal(0), True)))
ITEMS = (Item("view", text("Views the seal", ru="Осматривает"), DONE), Item("tug", text("Tugs"), DONE, critical=True))
FORM_BODY = form_to_dict(ITEMS)
SHEET = Sheet("ABCDEFGH12345678", "S1", "T1", "I1", "G1")
PLAN = Plan(7, (Group("G1", ("T1", "T2")),), (Visit(1, "S1", "G1", "I1"),), {("T1", "S1"): "I2"})


class Laptop:
    """Writes entries as one device does."""

    def __init__(self, name: str) -> None:
        self.name, self.entries = name, list[Entry]()

    def add(self, kind: str, body: dict, at: str = "2026-05-18T09:00:00.000Z") -> Entry:
        prev = self.entries[-1].hash if self.entries else ""
        self.entries.append(make_entry(self.name, len(self.entries) + 1, prev, at, "I1", kind, body))
        return self.entries[-1]

    def mark(self, item: str, mark: str, instructor: str = "I1", replaces: tuple[str, ...] = ()) -> Entry:
        body = {"sheet": SHEET.id, "instructor": instructor, "channel": "typed", "marks": {item: mark}}
        return self.add(
            MARKS, {**body, "reasons": {}, "why": "", "replaces": {item: list(replaces)} if replaces else {}}
        )


def course() -> Laptop:
    one = Laptop("ONE")
    one.add(OPENED, {"code": "DEMO", "title": "Demo", "key": "00" * 16})
    one.add(FORM, {"form": form_id(FORM_BODY), **FORM_BODY})
    one.add(DRAWN, plan_body(PLAN, 1, ()))
    one.add(ISSUED, issued_body(Issued(SHEET, form_id(FORM_BODY), 1, "a4", (("pack/S1.pdf", 1),))))
    return one


def standing(state: State, item: str) -> list[str]:
    return sorted(value.mark for value in state.marked(SHEET.id).standing(item))


def test_a_form_comes_back_whole() -> None:
    """Items kept in the record come back with texts, scales and exact points."""
    assert form_from_dict(FORM_BODY) == ITEMS


def test_plan_and_sheet_come_back_whole() -> None:
    """The plan and every issued sheet come back as they were written."""
    state = fold(course().entries)
    assert state.plan == PLAN
    assert state.issued[SHEET.id].sheet == SHEET
    assert state.issued[SHEET.id].pages == (("pack/S1.pdf", 1),)


@given(st.randoms(use_true_random=False))
def test_order_of_arrival_changes_nothing(chance: random.Random) -> None:
    """Two laptops' entries give the same state in whatever order they arrive."""
    one, two = course(), Laptop("TWO")
    first = one.mark("view", "done")
    two.mark("view", "not-done", "I2")
    one.mark("view", "not-done", replaces=(first.hash,))
    two.mark("tug", "done")
    entries = [*one.entries, *two.entries]
    expected = fold(entries)
    chance.shuffle(entries)
    assert fold(entries) == expected


def test_a_correction_replaces_what_it_names() -> None:
    """After a correction the new mark stands alone, and the old one is still in the history."""
    one = course()
    first = one.mark("view", "not-done")
    one.mark("view", "done", replaces=(first.hash,))
    state = fold(one.entries)
    assert standing(state, "view") == ["done"]
    assert len(state.marked(SHEET.id).given["view"]) == 2


def test_two_laptops_stand_side_by_side() -> None:
    """Marks from two laptops that do not know of each other both stand; neither clock decides."""
    one, two = course(), Laptop("TWO")
    one.mark("view", "done")
    two.add(MARKS, {**one.entries[-1].body, "marks": {"view": "not-done"}}, at="2031-01-01T00:00:00.000Z")
    state = fold([*one.entries, *two.entries])
    assert standing(state, "view") == ["done", "not-done"]
    assert state.marked(SHEET.id).status == "review"


def test_two_draws_apart_are_seen() -> None:
    """A course drawn on two laptops apart has two plans, so that somebody can be told."""
    one, two = course(), Laptop("TWO")
    two.add(DRAWN, plan_body(Plan(8, PLAN.groups, PLAN.visits, {}), 1, ()))
    assert len(fold([*one.entries, *two.entries]).draws) == 2


def test_a_void_sheet_is_void() -> None:
    """A voided sheet keeps its marks and says that it is void."""
    one = course()
    one.mark("view", "done")
    one.add(VOIDED, {"sheet": SHEET.id, "why": "spoiled"})
    marked = fold(one.entries).marked(SHEET.id)
    assert (marked.status, marked.mark("view")) == ("void", "done")


def test_an_entry_of_a_later_version_is_left_alone() -> None:
    """Entries of kinds that are not known yet change nothing."""
    one = course()
    before = fold(one.entries)
    one.add("balloon-launched", {"colour": "red"})
    assert fold(one.entries) == before
