"""The analysis of whole courses: what it says of stations, items, instructors, reliability and the pass mark."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from fieldkit.errors import BadInput
from fieldkit.judging import agreement, reliability
from fieldkit.judging.analysis import (
    Analysis,
    ItemMarks,
    MarkTable,
    Outcomes,
    OverallRatings,
    Standards,
    analyse,
    pool,
)
from fieldkit.judging.sheets import coded

pytestmark = pytest.mark.filterwarnings("error")
ORACLE = Path(__file__).parent / "oracle"
Row = tuple[str, str, str]


def course(
    rows: list[Row],
    points: Callable[[Row, int], float | None],
    grade: Callable[[Row], float | None] | None = None,
    time: Callable[[Row], float] | None = None,
    items: int = 6,
) -> MarkTable:
    """A table with one sheet a row (trainee, station, instructor) and `items` items of one point each."""
    marks = [(row, i) for row in rows for i in range(items)]
    columns = list(zip(*(row for row, _ in marks), strict=True))
    sheets = list(zip(*rows, strict=True))
    grades = [grade(row) if grade else None for row in rows]
    return MarkTable(
        ItemMarks(
            *columns, [f"i{i + 1}" for _, i in marks], [points(row, i) for row, i in marks], [1] * len(marks),
            time=[time(row) for row, _ in marks] if time else None,
        ),
        OverallRatings(*sheets, grades),
    )  # fmt: skip


def ability(trainee: str) -> float:
    return np.random.default_rng(int(trainee[1:])).normal(0, 1)


def noise(*parts: object) -> float:
    return np.random.default_rng([ord(c) for c in "".join(map(str, parts))]).normal(0, 1)


def usual_points(row: Row, item: int) -> float:
    return float(ability(row[0]) + noise(*row, item) > (item - 2.5) / 2)


def usual_grade(row: Row) -> float:
    return float(np.clip(round(3 + ability(row[0]) + 0.5 * noise(*row)), 1, 5))


def trainees(n: int, first: int = 1) -> list[str]:
    return [f"T{i:02d}" for i in range(first, first + n)]


def rotation(people: list[str], stations: str = "ABCD", instructors: str = "XYZ") -> list[Row]:
    """Each trainee at each station once, the instructors moving on."""
    return [
        (t, s, instructors[(i + j) % len(instructors)]) for i, t in enumerate(people) for j, s in enumerate(stations)
    ]


@pytest.fixture(scope="module")
def made_a() -> Analysis:
    def read(name: str) -> list[dict[str, str]]:
        with (ORACLE / "made_A" / name).open(encoding="utf-8", newline="") as f:
            return list(csv.DictReader(f))

    marks, overall = read("items.csv"), read("global.csv")
    who = ("trainee", "station", "rater")
    table = MarkTable(
        ItemMarks(*([r[c] for r in marks] for c in (*who, "item", "score")), of=[1] * len(marks)),
        OverallRatings(*([r[c] for r in overall] for c in (*who, "global"))),
    )
    return analyse(table, Standards(method="borderline regression", box=(50, 65, 5, 30)))


def test_the_analysis_gives_the_known_figures(made_a: Analysis) -> None:
    """A course whose figures are known gets them, with their intervals and errors."""
    found = made_a.reliability
    assert found.alpha.value == pytest.approx(0.79504349793)
    assert found.sem.value == pytest.approx(5.9013271401)
    assert found.g.value == pytest.approx(0.78486313062)
    assert found.phi.value == pytest.approx(0.74024417211)
    assert found.g.low < 0.6 < 0.85 < found.g.high
    assert made_a.agreement.kappa_quadratic.value == pytest.approx(0.7009202454)
    assert made_a.agreement.krippendorff_ordinal.value == pytest.approx(0.70313379092)
    assert made_a.instructors[0].severity.value == pytest.approx(0.43407239)
    whole = {c.method: c for c in made_a.cuts if not c.station}
    assert whole["borderline regression"].cut.value == pytest.approx(52.249463486)
    assert whole["hofstee"].cut.value == pytest.approx(55.5, abs=1e-3)
    assert all(cut.error.value > 0 for cut in whole.values())
    assert [s.failing.count for s in made_a.stations] == [13, 15, 14, 15, 6, 18]


def test_the_pass_mark_follows_the_policy(made_a: Analysis) -> None:
    """The pass mark is the one the policy asks for, its method named; those within the error of it are named."""
    passing = made_a.passing
    assert passing.pass_mark.method == "borderline regression"
    assert passing.pass_mark.value == pytest.approx(52.249463486)
    doubtful = {band.trainee for band in passing.bands if band.score.low <= passing.pass_mark.value <= band.score.high}
    assert set(passing.in_doubt) == doubtful
    assert "T03" not in doubtful
    assert "T05" in doubtful
    assert passing.station_marks["S01"].value == pytest.approx(54.1905021338)
    assert passing.station_marks["S01"].reason == "set by borderline regression from n = 48"


def test_what_more_stations_would_buy_only_rises(made_a: Analysis) -> None:
    """More stations or a second instructor never make a course less reliable; its own size gives its own figure."""
    curve = made_a.reliability.curve
    for instructors in (1, 2, 3):
        phis = [p.phi.value for p in curve if p.instructors == instructors]
        assert phis == sorted(phis)
    own = next(p for p in curve if (p.stations, p.instructors) == (6, 2))
    assert own.g.value == pytest.approx(made_a.reliability.g.value)
    one, two = (next(p for p in curve if (p.stations, p.instructors) == (6, r)) for r in (1, 2))
    assert two.sem_absolute.value < one.sem_absolute.value


def test_the_analysis_is_plain_json(made_a: Analysis) -> None:
    """Everything can be written as JSON, every figure with its n."""
    plain = json.loads(json.dumps(made_a.as_dict(), allow_nan=False))
    assert plain["counts"] == {
        "trainees": 24,
        "stations": 6,
        "instructors": 2,
        "items": 72,
        "sheets": 288,
        "marks": 3456,
    }
    assert plain["reliability"]["alpha"]["n"] == 24
    assert plain["stations"][0]["r2"]["n"] == 48
    assert all(flag["text"] for station in plain["stations"] for flag in station["mend"])


def test_instructors_are_looked_at_not_accused(made_a: Analysis) -> None:
    """A strict instructor is a place to look, in these words, and nobody is scored anew."""
    strict, lenient = made_a.instructors
    assert [flag.code for flag in strict.look] == ["stricter"]
    assert [flag.code for flag in lenient.look] == ["more lenient"]
    assert all(flag.text.startswith("look here: ") for found in made_a.instructors for flag in found.look)
    assert strict.difference.value == pytest.approx(-lenient.difference.value)


def test_the_order_of_the_rows_changes_nothing() -> None:
    """The same marks in another order give the same analysis, to the last resample."""
    table = course(rotation(trainees(21)), usual_points, usual_grade)
    order = np.random.default_rng(0).permutation(len(table.marks.points))
    other = np.random.default_rng(1).permutation(len(table.overall.grade))
    shuffled = MarkTable(
        ItemMarks(*([column[i] for i in order] for column in list(vars(table.marks).values())[:6])),
        OverallRatings(*([column[i] for i in other] for column in vars(table.overall).values())),
    )
    first, second = analyse(table, samples=100), analyse(shuffled, samples=100)
    assert flat(first.as_dict()) == pytest.approx(flat(second.as_dict()), rel=1e-6, abs=1e-9)


def flat(plain: object) -> dict[str, float]:
    """All numbers of nested dictionaries and lists by their path."""
    if isinstance(plain, dict):
        return {f"{k}.{path}": v for k, value in plain.items() for path, v in flat(value).items()}
    if isinstance(plain, list):
        return {f"{k}.{path}": v for k, value in enumerate(plain) for path, v in flat(value).items()}
    return {"": plain} if isinstance(plain, (int, float)) else {}


def test_few_trainees_get_counts_and_intervals_not_figures() -> None:
    """With seven trainees no coefficient stands alone: counts, intervals, and how many are needed."""
    found = analyse(course(rotation(trainees(7)), usual_points, usual_grade), Standards(method="borderline regression"))
    assert found.reliability.alpha.reason == "not enough data: 7 trainees, 20 needed"
    assert found.reliability.alpha.low is not None
    assert found.items[0].difficulty.value is None
    assert found.items[0].difficulty.count is not None
    assert all(s.r2.value is None and s.slope.value is None for s in found.stations)
    assert all(p.g.value is None and p.sem_absolute.value is None for p in found.reliability.curve)
    assert found.passing.consistency.agreement.value is None
    assert found.passing.pass_mark.value == 60
    assert (
        "borderline regression does not apply (not enough data: 7 ratings, 20 needed)" in found.passing.pass_mark.reason
    )


def test_few_trainees_still_get_an_error_of_their_own() -> None:
    """Below the least n a trainee's band comes from his own stations, and says so."""
    found = analyse(course(rotation(trainees(7)), usual_points, usual_grade))
    with_band = [band for band in found.passing.bands if band.decision != "unknown"]
    assert with_band
    assert all("this trainee's own stations" in band.score.method for band in with_band)


def test_circuits_without_a_common_instructor_are_named() -> None:
    """Two circuits that share no instructor are named, and each instructor is placed within his own."""
    first, second = trainees(8), trainees(8, first=9)
    rows = rotation(first, instructors="XY") + rotation(second, instructors="ZW")
    found = analyse(course(rows, usual_points, usual_grade))
    assert [group.trainees for group in found.groups] == [tuple(first), tuple(second)]
    assert [group.instructors for group in found.groups] == [("X", "Y"), ("W", "Z")]
    assert "share no instructor" in found.not_linked
    assert {i.instructor: i.group for i in found.instructors} == {"W": 2, "X": 1, "Y": 1, "Z": 2}
    by_name = {i.instructor: i.severity.value for i in found.instructors}
    assert by_name["X"] + by_name["Y"] == pytest.approx(0)
    assert by_name["Z"] + by_name["W"] == pytest.approx(0)


def test_a_linked_rotation_has_no_groups() -> None:
    """Where instructors move, everybody can be compared."""
    found = analyse(course(rotation(trainees(12)), usual_points, usual_grade))
    assert (found.groups, found.not_linked, found.severity_reason) == ((), None, None)


def test_instructors_who_never_move_have_no_severity() -> None:
    """One instructor a station: a strict one cannot be told from a hard station, and the reason says so."""
    rows = [(t, s, f"R{s}") for t in trainees(12) for s in "ABC"]
    found = analyse(course(rows, usual_points, usual_grade))
    assert "severity cannot be told from difficulty" in found.severity_reason
    assert all(i.severity.value is None for i in found.instructors)
    assert found.reliability.design == "trainees by stations"


def test_items_are_too_easy_too_hard_or_against_the_rest() -> None:
    """An item that all get, one that nobody gets, one that the better trainees miss: each named with the reason."""

    def points(row: Row, item: int) -> float:
        return {0: 1.0, 1: 0.0, 2: float(ability(row[0]) < 0)}.get(item, usual_points(row, item))

    found = analyse(course(rotation(trainees(24), "A"), points, items=9))
    codes = {i.item: [flag.code for flag in i.look] for i in found.items if i.look}
    assert codes["i1"] == ["too easy"]
    assert codes["i2"] == ["too hard"]
    assert codes["i3"] == ["against"]
    assert found.items[0].discrimination.reason == "everybody got the same mark on this item"
    assert [flag.code for flag in found.stations[0].mend] == ["items against"]
    assert found.stations[0].mend[0].text.endswith(": i3")


def test_marks_that_fall_over_the_day_are_seen() -> None:
    """An instructor whose marks sink hour by hour is a place to look; a steady one is not."""
    people = trainees(24)
    rows = [(t, s, "XY"[(i + j) % 2]) for i, t in enumerate(people) for j, s in enumerate("AB")]

    def start(row: Row) -> float:
        return 480 + 20.0 * people.index(row[0])

    def points(row: Row, item: int) -> float:
        tired = (start(row) - 480) / 480 if row[2] == "X" else 0.5
        return float(item + 0.3 * noise(*row, item) > 8 * tired)

    found = {i.instructor: i for i in analyse(course(rows, points, time=start, items=10)).instructors}
    assert found["X"].drift.high < 0
    assert [flag.code for flag in found["X"].look] == ["drift"]
    assert "look here: marks fall by" in found["X"].look[0].text
    assert found["X"].drift.value < found["Y"].drift.value


def test_an_impossible_load_is_seen() -> None:
    """Sheets at two stations in the same minute, or thirty within an hour, are a place to look."""
    rows = [(t, s, "X") for t in trainees(16) for s in "AB"]
    found = analyse(course(rows, usual_points, time=lambda row: 1440 + 545 + int(row[0][1:])))
    load = found.instructors[0].load
    assert load.busiest_hour == 32
    assert load.clashes[0] == "A and B at 09:06 on day 2"
    assert [flag.code for flag in found.instructors[0].look] == ["load", "two places"]


def test_what_does_not_apply_leaves_the_denominator() -> None:
    """A mark without points counts neither for nor against the trainee."""
    table = course([("T1", "A", "X")], lambda row, item: None if item == 5 else float(item < 4))
    sheets = coded(table)
    assert sheets.percent == pytest.approx([80.0])
    assert sheets.marks == 5


def test_double_marks_are_averaged_for_the_trainee() -> None:
    """A trainee's score at a station is the mean over the instructors who marked it."""
    table = course([("T1", "A", "X"), ("T1", "A", "Y")], lambda row, item: float(row[2] == "X" or item < 3))
    assert coded(table).station_scores == pytest.approx(np.array([[75.0]]))


def test_scores_of_changing_pairs_are_compared_one_way(made_a: Analysis) -> None:
    """Who marked together changes from sheet to sheet, so the correlation of double marks counts severity as error."""
    with (ORACLE / "made_A" / "items.csv").open(encoding="utf-8", newline="") as f:
        sums: dict[tuple[str, str], dict[str, float]] = {}
        for r in csv.DictReader(f):
            by_rater = sums.setdefault((r["trainee"], r["station"]), {"R01": 0.0, "R02": 0.0})
            by_rater[r["rater"]] += float(r["score"])
    pairs = np.array([list(by_rater.values()) for by_rater in sums.values()])
    found = made_a.agreement.icc_scores
    assert found.value == pytest.approx(agreement.icc(pairs)["ICC1"].value)
    assert found.value < agreement.icc(pairs)["ICC3"].value


def test_verdicts_are_counted() -> None:
    """Passed of decided; an open verdict is neither."""
    table = course(rotation(trainees(12), "A"), usual_points)
    verdicts = Outcomes(trainees(12), ["A"] * 12, [True] * 7 + [False] * 4 + [None])
    passed = analyse(MarkTable(table.marks, outcomes=verdicts)).stations[0].passed
    assert (passed.count, passed.n) == (7, 11)


def test_the_same_scenario_is_pooled_over_courses() -> None:
    """Two courses of the same stations become one table with the trainees kept apart and the course as a facet."""
    first = course(rotation(trainees(12)), usual_points, usual_grade)
    harder = course(rotation(trainees(12, 20)), lambda row, item: usual_points(row, item) * (item > 2), usual_grade)
    found = analyse(pool({"2025": first, "2026": harder}), samples=0)
    assert found.counts.trainees == 24
    assert found.passing.bands[0].trainee == "2025/T01"
    assert all(s.between_courses.value > 0.2 for s in found.stations)
    assert "only one course" in analyse(first, samples=0).stations[0].between_courses.reason


def test_a_panel_is_heard_where_it_spoke() -> None:
    """Angoff's and Ebel's cuts stand beside the others at the stations that the panel rated."""
    panel = {"A": [[0.6, 0.7], [0.5, 0.8], [0.8, 0.9], [0.6, 0.6], [0.7, 0.7]]}
    cells = {"B": [[{"n": 3, "p": p}, {"n": 1, "p": 0.5}] for p in (0.8, 0.85, 0.9, 0.95, 1.0)]}
    standards = Standards(method="angoff", angoff=panel, ebel=cells)
    found = analyse(course(rotation(trainees(20), "A"), usual_points, usual_grade), standards)
    cuts = {(c.station, c.method): c.cut.value for c in found.cuts}
    assert cuts["A", "angoff"] == pytest.approx(69)
    assert found.passing.pass_mark.value == pytest.approx(69)
    both = analyse(course(rotation(trainees(20), "AB"), usual_points, usual_grade), standards)
    assert {(c.station, c.method): c.cut.value for c in both.cuts}["B", "ebel"] == pytest.approx(80)


def test_without_overall_ratings_the_rest_is_still_there() -> None:
    """No overall ratings: no severity and no borderline cut, with the reason; reliability and items as always."""
    found = analyse(course(rotation(trainees(24)), usual_points))
    assert found.severity_reason == "there are no overall ratings"
    assert all(c.cut.reason for c in found.cuts)
    assert found.reliability.alpha.value is not None
    assert found.items[0].difficulty.value is not None


@pytest.mark.parametrize(
    "rows", [[("T1", "A", "X")], [("T1", s, "X") for s in "ABC"], [(t, "A", "X") for t in ("T1", "T2")]]
)
def test_the_smallest_courses_are_answered(rows: list[Row]) -> None:
    """One trainee, one station, one instructor: reasons, and JSON without a NaN."""
    json.dumps(analyse(course(rows, usual_points, usual_grade)).as_dict(), allow_nan=False)
    json.dumps(analyse(course(rows, lambda row, item: 1.0, lambda row: 3.0)).as_dict(), allow_nan=False)


def test_all_that_is_wrong_with_a_table_is_said_at_once() -> None:
    """Text, points out of range, a rating off the scale: each named by column and row, all together."""
    table = MarkTable(
        ItemMarks(["T1"] * 4, ["A"] * 4, ["X"] * 4, ["a", "b", "c", "d"], [1, "good", 3, -1], [1, 1, 2, 1]),
        OverallRatings(["T1"], ["A"], ["X"], [7]),
    )
    with pytest.raises(BadInput) as refused:
        analyse(table)
    assert [str(p) for p in refused.value.problems] == [
        'points:2: "good" is not a number.',
        "points:3: 3 lies outside 0 to the most that could be had.",
        "points:4: -1 lies outside 0 to the most that could be had.",
        "overall rating:1: 7 is not on the scale 1, 2, 3, 4, 5.",
    ]


@pytest.mark.parametrize(
    ("marks", "words"),
    [
        (ItemMarks(), "There are no marks"),
        (ItemMarks(["T1"], ["A"], ["X"], ["a"], [1, 2], [1]), "different lengths"),
        (ItemMarks(["T1"] * 2, ["A"] * 2, ["X"] * 2, ["a"] * 2, [1, 0], [1, 1]), "points:2: the item is twice"),
        (ItemMarks(["T1"], ["A"], ["X"], ["a"], [0], [0]), "must be above 0"),
        (ItemMarks(["T1"], ["A"], ["X"], ["a"], [float("inf")], [1]), "infinite"),
    ],
)
def test_impossible_tables_are_refused(marks: ItemMarks, words: str) -> None:
    """A table that cannot be true is refused with the place and the reason."""
    with pytest.raises(BadInput, match=words):
        analyse(MarkTable(marks))


def test_the_bands_use_the_error_of_generalizability(made_a: Analysis) -> None:
    """The band around a score is the absolute SEM, wider than alpha's and never the many-facet model's."""
    band = made_a.passing.bands[0]
    half = (band.score.high - band.score.low) / 2
    assert half == pytest.approx(1.959964 * made_a.reliability.sem_absolute.value)
    assert half > 1.96 * made_a.reliability.sem.value
    again = reliability.pass_band(
        band.score.value, made_a.passing.pass_mark.value, made_a.reliability.sem_absolute.value
    )
    assert band.decision == again.decision


def test_no_band_leaves_the_scale() -> None:
    """Nobody's band ends above 100 or below 0 %, however few stations it rests on."""
    from fieldkit.judging.estimate import undefined
    from fieldkit.judging.passing_findings import _band

    unknown = undefined("too few", 0, "absolute SEM")
    for scores, low, high in (((100.0, 60.0), 0.0, 100.0), ((50.0, 52.0), 38.3, 63.7)):
        band = _band("T1", np.array(scores), 70.0, unknown).score
        assert (band.low, band.high) == pytest.approx((low, high), abs=0.1)
