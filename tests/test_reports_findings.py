"""What reports name: chosen by a rule that anybody can check by hand."""

from __future__ import annotations

from decimal import Decimal

from reports_example import DONE, given, sheet

from fieldkit.judging.results import course_results, item_tallies
from fieldkit.model.course import CourseSettings, Policy, Station
from fieldkit.model.marks import MarkedSheet
from fieldkit.model.scoresheet import RATING, Item
from fieldkit.model.texts import text
from fieldkit.reports.findings import (
    corrections,
    counted_items,
    critical_failures,
    done_well,
    hardest,
    hardest_stations,
    open_sheets,
    to_work_on,
)

SETTINGS = CourseSettings("C", "A course", stations=(Station("seal", "s"), Station("desk", "s")))


def item(name: str, points: str = "1", *, critical: bool = False) -> Item:
    return Item(name, text(f"act {name}"), DONE, Decimal(points), critical)


ITEMS = (item("a", "3"), item("b"), item("c", "2", critical=True), item("d", "5"), item("e"))


def results(*sheets: MarkedSheet, settings: CourseSettings = SETTINGS):  # type: ignore[no-untyped-def]
    return course_results(sheets, sorted({s.trainee for s in sheets}), settings)


def marked(trainee: str, station: str, letters: str, **more):  # type: ignore[no-untyped-def]
    """A sheet with one mark a letter: d done, p in part, n not done, x not applicable, - none."""
    marks = {"d": "done", "p": "in-part", "n": "not-done", "x": "not-applicable"}
    given_marks = {i.id: marks[letter] for i, letter in zip(ITEMS, letters, strict=True) if letter != "-"}
    return sheet(trainee, station, given_marks, ITEMS, rating="3" if "-" not in letters else "", **more)


def at_seal(*letters: str) -> list[MarkedSheet]:
    """Sheets of trainees 1, 2, 3… at the seal station."""
    return [marked(str(number), "seal", line) for number, line in enumerate(letters, 1)]


def names(entries) -> list[str]:  # type: ignore[no-untyped-def]
    return [f"{entry.station}:{entry.item.id}" for entry in entries]


def tallies(found):  # type: ignore[no-untyped-def]
    return {(t.station, t.item.id): t for t in item_tallies(s for r in found for s in r.stations)}


def test_failed_critical_items_come_first_in_what_to_work_on() -> None:
    """A failed critical item is named before an item that lost more points."""
    (result,) = results(marked("1", "seal", "dnnpd"))

    assert names(to_work_on(counted_items(result))) == ["seal:c", "seal:d", "seal:b"]


def test_the_most_points_lost_come_first() -> None:
    """Among items that are not critical, the one that lost the most points is named first."""
    (result,) = results(marked("1", "seal", "pddpn"))

    assert names(to_work_on(counted_items(result))) == ["seal:d", "seal:a", "seal:e"]


def test_what_few_others_managed_is_done_well() -> None:
    """Of items with all their points, critical ones are named first, then those that the fewest earned."""
    found = results(
        marked("1", "seal", "ddddd"),
        marked("2", "seal", "ddpdn"),
        marked("3", "seal", "dddnn"),
        marked("4", "seal", "ddddn"),
    )

    assert names(done_well(counted_items(found[0]), tallies(found))) == ["seal:c", "seal:e", "seal:d"]


def test_no_item_is_both_done_well_and_to_work_on() -> None:
    """An item with all its points is never among those to work on, and one that was not counted is in neither list."""
    (result,) = results(marked("1", "seal", "dxpnx"))
    items = counted_items(result)

    assert names(done_well(items, {})) == ["seal:a"]
    assert names(to_work_on(items)) == ["seal:d", "seal:c"]


def test_an_act_of_several_stations_is_named_once() -> None:
    """The same act missed at two stations does not push another one off the list."""
    (result,) = results(marked("1", "seal", "nnddd"), marked("1", "desk", "nnddd"))

    assert names(to_work_on(counted_items(result))) == ["seal:a", "seal:b"]


def test_sheets_that_are_not_finished_name_nothing() -> None:
    """An unfinished station is not held against a trainee."""
    (result,) = results(marked("1", "seal", "nn---"))

    assert counted_items(result) == []


def test_the_hardest_items_are_those_the_fewest_earned() -> None:
    """Hardest items are ordered by the share that earned all points; what everybody earned is not hard."""
    found = results(*at_seal("ddndn", "ddnxd", "dndpd"))

    hard = hardest(item_tallies(s for r in found for s in r.stations), 10)
    assert [(t.item.id, t.full, t.counted) for t in hard] == [("c", 1, 3), ("d", 1, 2), ("b", 2, 3), ("e", 2, 3)]


def test_the_hardest_station_is_counted_over_decided_results() -> None:
    """The hardest station is that which the smallest share passed; unfinished sheets do not count."""
    found = results(
        marked("1", "seal", "ddddd"),
        marked("2", "seal", "nnnnn"),
        marked("3", "seal", "d----"),
        marked("1", "desk", "ddddd"),
    )

    assert hardest_stations(s for r in found for s in r.stations) == (["seal"], 1, 2)
    assert hardest_stations(found[0].stations) == ([], 0, 0)


def test_critical_failures_keep_their_reasons() -> None:
    """Each critical failure is listed with trainee, station, item and the reason that was written."""
    found = results(marked("1", "seal", "ddndd", reasons={"c": "cut the seal"}), marked("1", "desk", "ddddd"))

    (failure,) = critical_failures(s for r in found for s in r.stations)
    assert (failure.trainee, failure.station, failure.item.id, failure.reason) == ("1", "seal", "c", "cut the seal")


def test_every_open_sheet_is_listed_once() -> None:
    """Sheets without marks, with some, and pairs that do not agree are all listed, with why."""
    settings = CourseSettings("C", "", stations=SETTINGS.stations, policy=Policy(double_counts="agreed"))
    found = results(
        marked("1", "seal", "-----"),
        marked("1", "desk", "dd---"),
        marked("2", "seal", "ddddd"),
        marked("2", "seal", "ddddp", copy=2),
        marked("2", "desk", "ddddd"),
        marked("2", "desk", "-----", copy=2),
        settings=settings,
    )

    listed = [(o.trainee, o.station, o.why) for o in open_sheets(s for r in found for s in r.stations)]
    assert listed == [
        ("1", "seal", "issued"),
        ("1", "desk", "partly"),
        ("2", "seal", "review"),
        ("2", "desk", "issued"),
    ]


def test_a_correction_tells_what_it_replaced() -> None:
    """A corrected mark is known with what it was; the same mark given again is no correction."""
    first = given("a", "done", "I1", "h1")
    again = given("a", "done", "I1", "h2", replaces=("h1",))
    changed = given("a", "not-done", "I2", "h3", replaces=("h2",), why="saw it on the photo")
    one = MarkedSheet(
        "s", "1", "seal", "I1", 1, ITEMS, {"a": (first, again, changed), RATING: (given(RATING, "3", "I1", "h1"),)}
    )

    assert corrections(one, "a") == [(changed, ["done"])]
    assert corrections(one, RATING) == []
    assert corrections(one, "b") == []
