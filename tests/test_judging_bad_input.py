"""Bad marks get a reason in words: never NaN, never a warning, never a number that means nothing."""

from __future__ import annotations

import dataclasses
import json
import subprocess
import sys
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from fieldkit.errors import BadInput
from fieldkit.judging import (
    agreement,
    detection,
    facets,
    gain,
    generalizability,
    items,
    reliability,
    standards,
    stations,
)
from fieldkit.judging.analysis import Standards, analyse
from fieldkit.judging.estimate import Estimate, Undefined
from fieldkit.judging.policy import METHODS
from fieldkit.judging.table import ItemMarks, MarkTable, OverallRatings

pytestmark = pytest.mark.filterwarnings("error")
NAN, INF = float("nan"), float("inf")

BAD_TABLES = {
    "nothing": [],
    "no columns": [[], []],
    "one trainee": [[1.0, 0.0, 1.0]],
    "one column": [[1.0], [0.0], [1.0]],
    "one mark": [[3.0]],
    "all missing": [[NAN, NAN], [NAN, NAN]],
    "none instead of numbers": [[None, None], [None, None]],
    "one complete trainee": [[1.0, 2.0], [NAN, 1.0], [2.0, NAN]],
    "everybody the same": [[2.0, 2.0], [2.0, 2.0], [2.0, 2.0]],
    "everybody the same, not exact": [[0.1 + 0.2, 0.3], [0.3, 0.3], [0.3, 0.1 + 0.2]],
    "a column of text": [["1", "good"], ["2", "bad"], ["3", "good"]],
    "rows of different lengths": [[1.0, 2.0], [1.0]],
    "infinite": [[INF, 1.0], [2.0, 3.0], [1.0, -INF]],
    "huge": [[1e200, 2e200], [3e200, 1e200], [1e200, 5e200]],
    "large": [[1e49, 2e49], [3e49, 1e49], [1e49, 5e49]],
    "tiny": [[1e-200, 2e-200], [3e-200, 1e-200], [1e-200, 5e-200]],
    "huge and tiny": [[1e300, 1e-300], [5e-324, 1e30], [1.0, -1e300]],
    "whole numbers without end": [[10**400, 1], [2, 3]],
    "close together": [[1e15, 1e15 + 1], [1e15 + 2, 1e15], [1e15, 1e15]],
    "below zero": [[-1.0, -2.0], [-3.0, 7.0], [9.0, -1.0]],
    "one list": [1.0, 2.0, 3.0],
    "text": "marks",
    "none at all": None,
    "one number": 3.5,
    "rows missing": [[1.0, 2.0], None, [3.0, 4.0]],
    "lists in cells": [[1.0, [2.0]], [3.0, 4.0]],
    "four axes": np.zeros((2, 2, 2, 2)),
    "complex": np.array([[1 + 2j, 2], [3, 4]]),
    "dates": np.array(["2026-01-01", "2026-01-02"], dtype="M8[D]"),
    "masked": np.ma.masked_array([[1.0, 2.0], [3.0, 4.0]], mask=[[0, 1], [0, 0]]),
    "objects": [[object(), object()]],
}
CALLS: dict[str, Callable[[Any], Any]] = {
    "item_analysis": items.item_analysis,
    "cronbach_alpha": reliability.cronbach_alpha,
    "kr21": reliability.kr21,
    "omega": reliability.mcdonald_omega,
    "livingston_lewis": lambda t: reliability.livingston_lewis(t, 50, 0.8),
    "percent_agreement": agreement.percent_agreement,
    "cohen_kappa": agreement.cohen_kappa,
    "kappa_error": agreement.kappa_error,
    "weighted kappa": lambda t: agreement.cohen_kappa(t, "quadratic"),
    "fleiss_kappa": agreement.fleiss_kappa,
    "conger_kappa": agreement.conger_kappa,
    "light_kappa": agreement.light_kappa,
    "gwet_ac": agreement.gwet_ac,
    "icc": agreement.icc,
    "g_study": lambda t: generalizability.g_study(t, ("p", "i"), samples=50),
    "nested g_study": lambda t: generalizability.g_study(t, ("p", "i:p"), samples=50),
    "angoff": standards.angoff,
    "hofstee": lambda t: standards.hofstee(t, 50, 60, 5, 30),
    "many_facet_rasch": facets.many_facet_rasch,
    "borderline_regression": lambda t: standards.borderline_regression(t, t),
    "borderline_group": lambda t: standards.borderline_group(t, t),
    "between_groups": lambda t: stations.between_groups(t, "ab"),
    "paired_gain": lambda t: gain.paired_gain(t, t),
} | {
    f"krippendorff {metric}": lambda t, m=metric: agreement.krippendorff_alpha(t, m, samples=20)
    for metric in ("nominal", "ordinal", "interval", "ratio")
}  # fmt: skip


def planned(size: Any) -> Any:
    """A decision study of a sound table, for `size` items."""
    found = generalizability.variance_components([[1, 2, 3], [3, 2, 4], [2, 2, 3]], ("p", "i"))
    return generalizability.d_study(found, {"i": size}), generalizability.phi_lambda(found, size, {"i": 3})


ODD_NUMBERS = [None, "x", NAN, INF, -INF, -1.0, 0.0, 1e300, 1e-300, 10**400, [1.0, 2.0], {}, 1 + 2j]
SCALAR_CALLS: dict[str, Callable[[Any], Any]] = {
    "spearman_brown": lambda x: (reliability.spearman_brown(x, 2), reliability.spearman_brown(0.5, x)),
    "parts_needed": lambda x: [reliability.parts_needed(*a) for a in ((x, 3, 0.8), (0.5, x, 0.8), (0.5, 3, x))],
    "standard_error": lambda x: (reliability.standard_error(x, 0.5), reliability.standard_error(1, x)),
    "decision_consistency": lambda x: [
        reliability.decision_consistency(*a)
        for a in ((x, 60, 10, 0.8), (60, x, 10, 0.8), (60, 60, x, 0.8), (6, 6, 1, x))
    ],
    "livingston_lewis": lambda x: [
        reliability.livingston_lewis([50, 60, 70], *a) for a in ((x, 0.8), (60, x), (60, 0.8, x), (60, 0.8, 0, x))
    ],
    "pass_band": lambda x: (reliability.pass_band(x, 60, 5), reliability.pass_band(60, 60, x)),
    "normalised_gain": lambda x: (gain.normalised_gain(x, 60), gain.normalised_gain(50, 60, x)),
    "signal_detection": lambda x: (detection.signal_detection(x, 1, 1, 1), detection.signal_detection(1, 1, 1, x)),
    "hofstee": lambda x: (standards.hofstee([1, 2], x, 2, 5, 50), standards.hofstee([1, 2], 1, 2, 5, x)),
    "ebel": lambda x: (standards.ebel([{"n": x, "p": 0.5}]), standards.ebel([{"n": 3, "p": x}]), standards.ebel(x)),
    "angoff points": lambda x: standards.angoff([[0.5, 0.6], [0.4, 0.7]], x),
    "item maximum": lambda x: items.item_analysis([[1, 0], [0, 1], [1, 1]], x),
    "confidence": lambda x: (
        reliability.cronbach_alpha([[1, 2], [2, 4], [3, 3]], x),
        agreement.icc([[1, 2], [2, 4]], x),
    ),
    "borderline": lambda x: standards.borderline_regression([1, 2, 3], [20, 30, 45], x),
    "d_study": planned,
}


@pytest.mark.parametrize("number", ODD_NUMBERS, ids=repr)
@pytest.mark.parametrize("call", SCALAR_CALLS.values(), ids=SCALAR_CALLS.keys())
def test_odd_numbers_give_reasons_not_numbers(call: Callable[[Any], Any], number: Any) -> None:
    """A pass mark, a reliability or a size that makes no sense gets a reason, never NaN and never an exception."""
    for estimate in estimates(call(number)):
        assert (estimate.value is None) == bool(estimate.reason)


def estimates(result: Any) -> list[Estimate]:
    """All estimates anywhere in a result; making one with NaN is an error in itself."""
    if isinstance(result, Estimate):
        return [result]
    if dataclasses.is_dataclass(result):
        return [e for f in dataclasses.fields(result) for e in estimates(getattr(result, f.name))]
    if isinstance(result, Mapping):
        return [e for value in result.values() for e in estimates(value)]
    return [e for value in result for e in estimates(value)] if isinstance(result, (tuple, list)) else []


@pytest.mark.parametrize("table", BAD_TABLES.values(), ids=BAD_TABLES.keys())
@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS.keys())
def test_bad_marks_give_reasons_not_numbers(call: Callable[[Any], Any], table: Any) -> None:
    """Whatever a table holds, every figure made from it is finite or comes with the reason why there is none."""
    for estimate in estimates(call(table)):
        assert (estimate.value is None) == bool(estimate.reason)


marks = st.one_of(st.none(), st.integers(0, 5), st.floats(0, 100, allow_nan=False), st.just(2.0))


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 4).flatmap(lambda k: st.lists(st.lists(marks, min_size=k, max_size=k), max_size=7)))
@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS.keys())
def test_any_small_table_is_answered(call: Callable[[Any], Any], table: Any) -> None:
    """No table of marks, however small or full of gaps, makes a statistic fail or warn."""
    estimates(call(table))


@pytest.mark.parametrize(
    ("table", "words"),
    [
        (BAD_TABLES["a column of text"], 'column 2 of the marks holds text ("good")'),
        (BAD_TABLES["rows of different lengths"], "different lengths"),
        (BAD_TABLES["everybody the same"], "everybody has the same total"),
        (BAD_TABLES["everybody the same, not exact"], "everybody has the same total"),
        (BAD_TABLES["one trainee"], "at least 2 trainees"),
        (BAD_TABLES["one column"], "at least 2 parts, there is 1 part"),
        (BAD_TABLES["infinite"], "infinite"),
    ],
)
def test_the_reason_names_what_is_wrong(table: Any, words: str) -> None:
    """The reason says in plain words what is wrong with the marks."""
    assert words in reliability.cronbach_alpha(table).reason


def test_missing_marks_are_left_out_and_counted() -> None:
    """Trainees with a missing mark are left out of alpha; the result says how many stayed and how many went."""
    table = np.array([[1, 2, 3], [2, 2, 4], [3, 5, 5], [4, 4, NAN], [1, 1, 2]])
    found = reliability.cronbach_alpha(table)
    assert found.n == 4
    assert found.value == reliability.cronbach_alpha(table[[0, 1, 2, 4]]).value
    assert [flag.text for flag in found.flags] == ["1 trainee with a missing mark left out"]


def test_a_grade_off_the_scale_is_refused_by_name() -> None:
    """A grade that is not on the scale is named with its pair."""
    with pytest.raises(BadInput, match="pair 2 holds the grade 7, which is not on the scale 1, 2, 3, 4, 5"):
        agreement.table_of([(1, 2), (3, 7)], [1, 2, 3, 4, 5])
    found = facets.many_facet_rasch([[1.0, 2], [7, 3], [2, 2]], scale=[1, 2, 3, 4, 5])
    assert found.reason == "a grade of 7 is not on the scale 1, 2, 3, 4, 5"


def test_marks_instead_of_grades_are_refused_by_the_many_facet_model() -> None:
    """Percentages are not a rating scale, and the model says so instead of fitting a hundred thresholds."""
    found = facets.many_facet_rasch(np.arange(60.0).reshape(20, 3))
    assert "60 different grades" in found.reason


def test_severity_is_not_told_from_difficulty_when_nobody_moves() -> None:
    """Where each instructor stayed at one station, there is no severity, and the reason says why."""
    grades = np.full((6, 3, 3), NAN)
    for station in range(3):
        grades[:, station, station] = np.random.default_rng(station).integers(1, 6, 6)
    found = facets.many_facet_rasch(grades)
    assert "severity cannot be told from difficulty" in found.reason
    assert found.groups["trainee"] == (("1", "2", "3", "4", "5", "6"),)


def test_two_groups_at_the_same_stations_with_other_instructors_are_not_compared() -> None:
    """Groups that meet the same stations but no common instructor are still not comparable."""
    grades = np.full((8, 3, 2), NAN)
    grades[:4, :, 0] = np.random.default_rng(1).integers(1, 6, (4, 3))
    grades[4:, :, 1] = np.random.default_rng(2).integers(1, 6, (4, 3))
    found = facets.many_facet_rasch(grades)
    assert found.groups["trainee"] == (("1", "2", "3", "4"), ("5", "6", "7", "8"))
    assert found.groups["station"] == (("1", "2", "3"),)


def test_grades_that_separate_perfectly_have_no_finite_measures() -> None:
    """Where one station's grades all lie above the other's, the model has no finite solution and says so."""
    grades = np.array([[1.0, 4], [2, 4], [1, 5], [2, 5], [1, 4], [2, 5]])
    assert facets.many_facet_rasch(grades).reason


def test_one_facet_level_cannot_be_told_apart() -> None:
    """With one station its share of the spread cannot be told, and it is named."""
    found = generalizability.g_study(np.arange(6.0).reshape(3, 1, 2), ("trainee", "station", "instructor"))
    assert "only one station" in found.coefficients.g.reason


@pytest.mark.parametrize("design", [("p", "i:x"), ("p:i", "i:p"), ("p", "i", "o")])
def test_a_design_that_does_not_fit_is_named(design: tuple[str, ...]) -> None:
    """A design with unknown or circular nesting, or of another size than the table, gets a reason."""
    assert generalizability.variance_components(np.arange(6.0).reshape(3, 2), design).reason


def test_a_table_of_another_shape_is_refused_by_station_quality() -> None:
    """Scores and overall ratings of different shapes are not quietly put together."""
    with pytest.raises(Undefined, match="shape"):
        stations.station_quality(np.ones((3, 2)), np.ones((3, 3)))


def test_counts_of_detection_must_be_counts() -> None:
    """Halves, negatives and text are no counts."""
    for bad in ((1.5, 1, 1, 1), (-1, 1, 1, 1), ("3", 1, 1, 1), (NAN, 1, 1, 1)):
        assert detection.signal_detection(*bad).hits.reason


def test_nothing_planted_is_no_sensitivity() -> None:
    """With nothing planted there is a false alarm rate and no hit rate, and no d'."""
    found = detection.signal_detection(0, 0, 2, 8)
    assert found.hits.reason == "there are no planted objects"
    assert found.false_alarms.value == 0.2
    assert found.sensitivity.reason


def test_the_folder_itself_loads_no_numpy() -> None:
    """Importing the package of statistics costs nothing: numpy and scipy come with the first module that needs them."""
    code = "import sys, fieldkit.judging.estimate; sys.exit(any(m in sys.modules for m in ('numpy', 'scipy')))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def any_course(seed: int) -> MarkTable:
    """A made-up course of any shape: full, with gaps, one instructor, two circuits, few trainees, ties everywhere."""
    chance = np.random.default_rng(seed)
    people, places, raters, acts = (int(chance.integers(1, most)) for most in (28, 7, 6, 6))
    able, strict, most = chance.normal(0, chance.choice([0, 1, 3]), people), chance.normal(0, 1, raters), chance.choice(
        [1.0, 2.0, 5.0], (places, acts)
    )  # fmt: skip
    who = [lambda p, s: [0], lambda p, s: range(raters), lambda p, s: [s % raters], lambda p, s: [p % raters],
           lambda p, s: [(p + s) % raters], lambda p, s: [s % raters, (s + 1) % raters],
           lambda p, s: [p % 2 % raters]][int(chance.integers(7))]  # fmt: skip
    gaps, marks, overall = float(chance.choice([0, 0.3])), [], []
    for p in range(people):
        for s in range(places):
            for r in dict.fromkeys(who(p, s)) if chance.random() >= gaps else ():
                names, clock = (f"T{p}", f"S{s}", f"R{r}"), chance.choice([None, 480.0 + 20 * s + p])
                for i in range(acts):
                    level = most[s, i] / 2 + able[p] - strict[r] + chance.normal(0, 0.6)
                    points = None if chance.random() < 0.05 else float(np.clip(np.round(level), 0, most[s, i]))
                    marks.append((*names, f"i{i}", points, float(most[s, i]), clock))
                if chance.random() < 0.9:
                    overall.append((*names, float(np.clip(np.round(3 + able[p] - strict[r]), 1, 5))))
    return MarkTable(
        ItemMarks(*zip(*marks, strict=True)), OverallRatings(*zip(*overall, strict=True) if overall else ())
    )


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10**6), st.sampled_from(METHODS))
def test_any_course_is_answered(seed: int, method: str) -> None:
    """The whole analysis of any course, by any way to set the pass mark: no failure, no warning, plain JSON."""
    table = any_course(seed)
    assume(len(table.marks.points))
    box, panel, cells = (50.0, 65.0, 5.0, 30.0), {"S0": [[0.5, 0.7], [None, 0.6]]}, {"S1": [[{"n": 2, "p": 0.5}]]}
    found = analyse(table, Standards(method, box=box, angoff=panel, ebel=cells), samples=10)
    json.dumps(found.as_dict(), allow_nan=False)
    for estimate in estimates(found):
        assert (estimate.value is None) == bool(estimate.reason)
