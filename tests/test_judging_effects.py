"""Gains, detection and standards on small worked examples."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import special

from fieldkit.judging import detection, gain, items, reliability, standards, stations
from fieldkit.judging.leaving_out import alpha_change

pytestmark = pytest.mark.filterwarnings("error")


def test_a_worked_gain() -> None:
    """Five trainees before and after: mean difference, effect sizes and the share of what was left to gain."""
    found = gain.paired_gain([50, 60, 55, 70, 65], [60, 75, 60, 80, 85])
    assert found.difference.value == 12
    assert (found.difference.low, found.difference.high) == pytest.approx((4.9214, 19.0786), abs=1e-4)
    assert found.d_z.value == pytest.approx(12 / 32.5**0.5)
    assert found.normalised.value == pytest.approx(12 / 40)
    assert found.hedges_g.value == pytest.approx(found.d_av.value * (2 / np.pi) ** 0.5)  # J of 4 degrees of freedom


def test_the_interval_of_an_effect_size_inverts_the_noncentral_t() -> None:
    """At the ends of the interval the observed t has 2.5 % of the distribution on either side."""
    found = gain.paired_gain([50, 60, 55, 70, 65, 52], [60, 75, 60, 80, 85, 50])
    t = found.d_z.value * 6**0.5
    assert special.nctdtr(5, found.d_z.low * 6**0.5, t) == pytest.approx(0.975, abs=1e-6)
    assert special.nctdtr(5, found.d_z.high * 6**0.5, t) == pytest.approx(0.025, abs=1e-6)


@settings(max_examples=25, deadline=None)
@given(st.floats(-8, 8), st.integers(2, 60))
def test_the_effect_size_lies_in_its_interval(shift: float, n: int) -> None:
    """However large or small an effect, its interval holds it."""
    pre = np.linspace(30, 70, n)
    post = pre + shift + 5 * np.cos(np.arange(n))
    found = gain.paired_gain(pre, post)
    for size in (found.d_z, found.d_av):
        assert size.low <= size.value <= size.high


def test_everybody_gains_the_same() -> None:
    """Where all gain alike there is a mean gain and d_av, but no d_z."""
    found = gain.paired_gain([0.1, 0.2, 0.7], [0.4, 0.5, 1.0])
    assert found.difference.value == pytest.approx(0.3)
    assert found.d_av.value
    assert "same amount" in found.d_z.reason


def test_a_worked_detection() -> None:
    """20 of 25 finds, 10 of 25 false alarms: d' is z(.8) - z(.4), the criterion minus half their sum."""
    found = detection.signal_detection(20, 5, 10, 15)
    assert (found.hits.count, found.hits.n, found.false_alarms.value) == (20, 25, 0.4)
    assert found.sensitivity.value == pytest.approx(0.841621 + 0.253347, abs=1e-6)
    assert found.criterion.value == pytest.approx(-(0.841621 - 0.253347) / 2, abs=1e-6)
    variance = sum(p * (1 - p) / (25 * np.exp(-(z**2)) / (2 * np.pi)) for p, z in ((0.8, 0.841621), (0.4, -0.253347)))
    assert found.sensitivity.high - found.sensitivity.value == pytest.approx(1.959964 * variance**0.5, abs=1e-4)


def test_perfect_detection_is_finite() -> None:
    """All found and no false alarm gives a finite d' by the log-linear rule, and the method says so."""
    found = detection.signal_detection(5, 0, 0, 5)
    assert found.sensitivity.value == pytest.approx(2 * special.ndtri(5.5 / 6))
    assert "log-linear" in found.sensitivity.method
    assert found.criterion.value == pytest.approx(0)


def test_a_panels_cut_in_points() -> None:
    """Items of different worth: the Angoff cut is in points and in per cent of them."""
    found = standards.angoff([[0.5, 1.0], [0.7, 0.8]], points=[10, 5])
    assert found.judge_sums == (10, 11)
    assert found.cut.value == 10.5
    assert found.percent.value == 70


def test_a_judge_who_left_an_item_out_is_left_out() -> None:
    """Judges with gaps do not count, and n says how many do."""
    found = standards.angoff([[0.5, 0.6], [0.7, 0.8], [0.9, None]])
    assert found.cut.n == 2
    assert found.cut.value == pytest.approx(1.3)


def test_the_error_of_a_courses_cut_resamples_trainees() -> None:
    """The same trainees sit every station, so the course's cut is less certain than independent stations promise."""
    chance = np.random.default_rng(4)
    able = chance.normal(0, 1, (24, 1))
    grades = np.clip(np.round(3 + able + chance.normal(0, 0.5, (24, 6))), 1, 5)
    marks = 60 + 12 * able + chance.normal(0, 5, (24, 6))
    t, s = np.indices(grades.shape)
    found = standards.course_cut(t.ravel(), s.ravel(), grades.ravel(), marks.ravel(), samples=1000)
    assert found.cut.value == pytest.approx(np.mean([c.cut.value for c in found.stations.values()]))
    assert found.cut.low < found.cut.value < found.cut.high
    assert found.error.value > 1.3 * found.error_if_independent.value


def test_a_station_without_spread_of_grades_leaves_the_course_without_a_cut() -> None:
    """One station where everybody got the same overall rating leaves no mean of cuts, and it is named."""
    found = standards.course_cut([1, 2, 3] * 2, ["A"] * 3 + ["B"] * 3, [1, 2, 3, 4, 4, 4], [50, 60, 70, 50, 60, 70])
    assert "station B has no cut" in found.cut.reason


def test_a_score_at_the_cut_is_in_doubt() -> None:
    """A band that holds the pass mark is borderline; one clear of it is a pass or a fail."""
    decisions = [reliability.pass_band(score, 60, 4).decision for score in (50, 55, 60, 65, 70)]
    assert decisions == ["fail", "borderline", "borderline", "borderline", "pass"]


def test_few_marks_are_flagged_only_for_what_is_certain() -> None:
    """At seven trainees a weak relation is not held against a station; contradicting judgement is."""
    grades = np.array([[1.0], [2], [3], [4], [5], [3], [2]])
    falling = stations.station_quality(90 - 10 * grades + np.array([[1.0], [2], [3], [1], [0], [2], [1]]), grades)
    assert [flag.code for flag in falling[0].flags] == ["negative slope"]
    noise = stations.station_quality(np.array([[60.0], [50], [70], [55], [62], [51], [66]]), grades)
    assert noise[0].flags == ()
    many = stations.station_quality(
        np.tile([[60.0], [50], [70], [55], [62], [51], [66]], (4, 1)), np.tile(grades, (4, 1))
    )
    assert "weak relation" in [flag.code for flag in many[0].flags]


def test_groups_that_mark_differently_are_seen() -> None:
    """Two instructors ten points apart make up most of the spread, and it is flagged."""
    chance = np.random.default_rng(1)
    marks = chance.normal(60, 3, (24, 1)) + np.array([[0.0], [12.0]] * 12)
    grades = np.clip(np.round(marks / 20), 1, 5)
    found = stations.station_quality(marks, grades, groups=np.array([["A"], ["B"]] * 12))[0]
    assert found.between.share.value > 0.8
    assert "between groups" in [flag.code for flag in found.flags]


def like_stations(seed: int, loadings: tuple[float, ...], people: int = 24) -> np.ndarray:
    """Marks at stations that share one ability, each as far as its loading says."""
    chance = np.random.default_rng(seed)
    return 60 + 10 * (chance.normal(size=(people, 1)) * loadings + 1.2 * chance.normal(size=(people, len(loadings))))


def flagged(scores: np.ndarray, code: str) -> list[bool]:
    """Which stations have this flag."""
    grades = np.clip(np.round(scores / 20), 1, 5)
    return [any(flag.code == code for flag in one.flags) for one in stations.station_quality(scores, grades)]


def test_a_station_like_the_others_is_not_named_for_a_chance_difference() -> None:
    """In forty courses of six like stations, half of which would gain a little without one, none is named."""
    raised, higher = 0, 0
    for seed in range(40):
        scores = like_stations(seed, (1.0,) * 6)
        alpha, found = reliability.cronbach_alpha(scores).value, items.item_analysis(scores, 200.0).items
        higher += any(item.alpha_if_deleted.value > alpha for item in found)
        raised += sum(flagged(scores, "goes its own way"))
    assert higher >= 15
    assert raised == 0


def test_a_station_that_goes_against_the_others_is_named() -> None:
    """A station at which the better trainees do worse is named, and no other."""
    assert flagged(like_stations(2, (1.0, 1.0, -1.0, 1.0, 1.0, 1.0)), "goes its own way") == [i == 2 for i in range(6)]


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10**6))
def test_the_error_of_a_change_of_alpha_is_that_of_resampling(seed: int) -> None:
    """The formula's interval is about as wide as that of trainees drawn again."""
    scores = like_stations(seed, (1.0, 1.0, 0.3, 1.0), people=60)
    found = alpha_change(scores, 2)
    chance = np.random.default_rng(1)
    drawn = [alpha_change(scores[chance.integers(0, 60, 60)], 2).value for _ in range(300)]
    assert found.value == pytest.approx(
        reliability.cronbach_alpha(np.delete(scores, 2, axis=1)).value - reliability.cronbach_alpha(scores).value
    )
    assert (found.high - found.low) / 4 == pytest.approx(float(np.std(drawn)), rel=0.35)


def test_one_grade_more_or_less_is_no_negative_slope() -> None:
    """A slope a little below 0 among few ratings names no station; the interval has to lie below 0."""
    grades = np.array([[1.0], [2], [3], [4], [5], [3], [2]])
    scores = np.array([[62.0], [60], [58], [61], [59], [60], [61]])
    assert standards.borderline_regression(grades, scores).slope.value < 0
    assert stations.station_quality(scores, grades)[0].flags == ()
