"""Results that can be worked out again by hand."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldkit.judging.results import Score, course_results, item_tallies, sheet_result, station_result
from fieldkit.model.course import CourseSettings, Policy, Station
from fieldkit.model.marks import Given, MarkedSheet
from fieldkit.model.scoresheet import RATING, Item, Mark, Scale
from fieldkit.model.texts import text

DONE = Scale(
    "done",
    (
        Mark("done", text("Done"), Decimal(1)),
        Mark("partly", text("Partly"), Decimal("0.5")),
        Mark("not-done", text("Not done"), Decimal(0), fails=True),
        Mark("not-applicable", text("N/A"), None),
    ),
)
ITEMS = (
    Item("view", text("Views the seal"), DONE, Decimal(1)),
    Item("tug", text("Tugs the seal"), DONE, Decimal(2)),
    Item("safe", text("Stands clear"), DONE, Decimal("0.5"), critical=True),
)
SEVENTY = Decimal(70)


def sheet(
    marks: Mapping[str, str], trainee: str = "T1", station: str = "S1", copy: int = 1, **more: str
) -> MarkedSheet:
    given = {
        item: (Given(item, mark, "I1", "I1", "2026-05-18T09:00:00.000Z", "typed", f"{item}{copy}"),)
        for item, mark in marks.items()
    }
    return MarkedSheet(f"{trainee}{station}{copy}", trainee, station, "I1", copy, ITEMS, given, **more)


def marks(view: str = "done", tug: str = "done", safe: str = "done", rating: str = "3") -> dict[str, str]:
    return {"view": view, "tug": tug, "safe": safe, RATING: rating}


def test_points_add_up() -> None:
    """Points are the items' points times what their marks earn."""
    result = station_result("T1", "S1", [sheet(marks(view="partly"))], SEVENTY)
    assert (result.score.points, result.score.of, result.score.percent) == (
        Decimal("3.0"),
        Decimal("3.5"),
        Decimal("85.71"),
    )
    assert result.passed is True


def test_not_applicable_leaves_the_denominator() -> None:
    """An item that does not apply is neither won nor lost."""
    result = station_result("T1", "S1", [sheet(marks(tug="not-applicable"))], SEVENTY)
    assert (result.score.points, result.score.of) == (Decimal("1.5"), Decimal("1.5"))


def test_a_failed_critical_item_fails_the_station() -> None:
    """Whatever the points, a failed critical item fails; a failed plain item does not."""
    failed = station_result("T1", "S1", [sheet(marks(safe="not-done"))], SEVENTY)
    assert (failed.passed, failed.critical_failed) == (False, ("safe",))
    assert station_result("T1", "S1", [sheet(marks(view="not-done"))], SEVENTY).passed is True


def test_the_rating_does_not_count() -> None:
    """The overall rating stays out of points and verdict."""
    low, high = (station_result("T1", "S1", [sheet(marks(rating=r))], SEVENTY) for r in ("1", "5"))
    assert (low.score, low.passed) == (high.score, high.passed)
    assert (low.rating, high.rating) == (1, 5)


def test_a_blank_item_leaves_the_station_open() -> None:
    """With an item missing there is no verdict, only points so far."""
    result = station_result("T1", "S1", [sheet({"view": "done", RATING: "3"})], SEVENTY)
    assert (result.passed, result.why_open) == (None, "partly")


def test_nothing_counts() -> None:
    """Nobody passes on a sheet on which nothing applies: it has no percentage and no verdict."""
    gone = dict.fromkeys(("view", "tug", "safe"), "not-applicable") | {RATING: "3"}
    result = station_result("T1", "S1", [sheet(gone)], SEVENTY)
    assert (result.score.percent, result.passed, result.why_open) == (None, None, "nothing counts")


def test_a_station_that_was_not_taken_is_missing() -> None:
    """A late arrival who was at one of two stations has not passed the course yet."""
    settings = CourseSettings("C", "C", stations=(Station("S1", "x"), Station("S2", "x")), policy=Policy())
    (late,) = course_results([sheet(marks())], ["T1"], settings)
    assert [(s.station, s.passed, s.why_open) for s in late.stations] == [("S1", True, ""), ("S2", None, "no sheet")]
    assert late.passed is None


@pytest.mark.parametrize("turned", [False, True])
def test_an_empty_sheet_does_not_hide_a_marked_one(turned: bool) -> None:
    """Of two sheets of one attempt the one with marks counts, whichever was printed first."""
    both = [sheet({}), sheet(marks())]
    result = station_result("T1", "S1", both[::-1] if turned else both, SEVENTY)
    assert result.passed is True


@given(st.integers(0, 400), st.integers(1, 400))
def test_percent_is_rounded_half_up(points: int, of: int) -> None:
    """Percent is the exact quotient to two places, halves going up."""
    exact = Fraction(points * 100, of)
    whole = int(exact * 100 + Fraction(1, 2))
    assert Score(Decimal(points), Decimal(of)).percent == Decimal(whole) / 100


def test_the_verdict_is_not_rounded() -> None:
    """69.996 % shows as 70.00 and does not reach 70."""
    score = Score(Decimal("69996"), Decimal("100000"))
    assert score.percent == Decimal("70.00")
    assert not score.reaches(SEVENTY)
    assert Score(Decimal(7), Decimal(10)).reaches(SEVENTY)


def test_marks_that_differ_wait_for_a_person() -> None:
    """Two marks that stand side by side and differ leave the station open; the same mark twice agrees by itself."""
    one = sheet(marks())
    two = dict(one.given)
    two["tug"] = (*one.given["tug"], Given("tug", "not-done", "I2", "I2", "", "scanned", "other"))
    differing = MarkedSheet(one.sheet, "T1", "S1", "I1", 1, ITEMS, two)
    assert station_result("T1", "S1", [differing], SEVENTY).why_open == "review"
    two["tug"] = (*one.given["tug"], Given("tug", "done", "I2", "I2", "", "scanned", "other"))
    assert station_result("T1", "S1", [MarkedSheet(one.sheet, "T1", "S1", "I1", 1, ITEMS, two)], SEVENTY).passed is True


def test_a_corrected_mark_counts_and_the_old_one_stays() -> None:
    """A correction replaces the mark in the result; both are still there to see."""
    one = sheet(marks(view="not-done"))
    given = dict(one.given)
    given["view"] = (*given["view"], Given("view", "done", "I1", "I1", "", "typed", "later", replaces=("view1",)))
    corrected = MarkedSheet(one.sheet, "T1", "S1", "I1", 1, ITEMS, given)
    assert corrected.mark("view") == "done"
    assert corrected.corrected("view")
    assert len(corrected.given["view"]) == 2


@pytest.mark.parametrize(
    ("counts", "points", "passed"), [("first", "3.5", True), ("mean", "2.5", True), ("agreed", "2.5", None)]
)
def test_double_marking_counts_as_the_course_says(counts: str, points: str, passed: bool | None) -> None:
    """Two sheets of one station count as the policy says: the first, the mean, or only what both agree on."""
    both = [sheet(marks()), sheet(marks(tug="not-done"), copy=2)]
    result = station_result("T1", "S1", both, SEVENTY, counts)
    assert (result.score.points, result.passed) == (Decimal(points), passed)


def test_a_critical_item_failed_by_one_of_two_waits() -> None:
    """Where the mean counts and only one of two instructors failed a critical item, a person decides."""
    both = [sheet(marks()), sheet(marks(safe="not-done"), copy=2)]
    assert station_result("T1", "S1", both, SEVENTY, "mean").why_open == "review"


def test_a_void_sheet_does_not_count() -> None:
    """A voided sheet leaves no trace in results."""
    result = station_result(
        "T1", "S1", [sheet(marks(safe="not-done"), voided="spoiled"), sheet(marks(), copy=2)], SEVENTY
    )
    assert result.passed is True


def course(needed: int | None) -> CourseSettings:
    stations = tuple(Station(f"S{n}", "any") for n in (1, 2, 3))
    return CourseSettings("X", "X", stations=stations, policy=Policy(stations_to_pass=needed))


@pytest.mark.parametrize(
    ("verdicts", "needed", "passed"),
    [
        ("ppp", None, True),
        ("ppf", None, False),
        ("pp-", None, None),
        ("pf-", None, False),
        ("pp-", 2, True),
        ("pf-", 2, None),
        ("ff-", 2, False),
    ],
)
def test_a_trainee_passes_by_the_policy(verdicts: str, needed: int | None, passed: bool | None) -> None:
    """All stations, or as many as the course asks for; open ones leave the verdict open while they could decide."""
    made = {"p": marks(), "f": marks(safe="not-done"), "-": {}}
    sheets = [sheet(made[v], station=f"S{n}") for n, v in enumerate(verdicts, 1)]
    assert course_results(sheets, ["T1"], course(needed))[0].passed is passed


def test_a_course_without_sheets_has_no_verdicts() -> None:
    """A trainee without any sheet is neither passed nor failed."""
    assert course_results([], ["T1"], course(None))[0].passed is None


def test_tallies_count_every_mark() -> None:
    """How often each item was marked how, over the scored sheets."""
    sheets = [sheet(marks(), "T1"), sheet(marks(tug="partly"), "T2"), sheet({}, "T3")]
    stations = [s for r in course_results(sheets, ["T1", "T2", "T3"], course(None)) for s in r.stations]
    tally = next(t for t in item_tallies(stations) if t.item.id == "tug")
    assert (tally.counts, tally.full, tally.counted) == ({"done": 1, "partly": 1}, 1, 2)


def test_competencies_share_the_points() -> None:
    """Points by competency add up to the points of the sheet."""
    result = course_results([sheet(marks(view="partly"))], ["T1"], course(None))[0]
    assert (
        sum((s.points for s in result.competencies.values()), Decimal(0))
        == sheet_result(sheet(marks(view="partly"))).score.points
    )
