"""Small numbers: no bare figure below its least n, and a pass mark that names what it fell back on."""

from __future__ import annotations

import json

import numpy as np
import pytest

from fieldkit.judging import agreement, generalizability, policy, reliability, standards
from fieldkit.judging.estimate import LEAST, Estimate, Flag, as_plain, enough, undefined
from fieldkit.judging.intervals import share

pytestmark = pytest.mark.filterwarnings("error")


def test_below_its_least_n_a_figure_is_not_shown() -> None:
    """From seven trainees there is no alpha, but its interval and the number that is needed."""
    alpha = reliability.cronbach_alpha(np.random.default_rng(1).normal(0, 1, (7, 4)).cumsum(axis=1))
    shown = enough("alpha", alpha)
    assert shown.value is None
    assert shown.reason == "not enough data: 7 trainees, 20 needed"
    assert (shown.low, shown.high, shown.n) == (alpha.low, alpha.high, 7)


def test_one_is_singular() -> None:
    """The reason counts in good English."""
    assert enough("alpha", Estimate(0.5, n=1)).reason == "not enough data: 1 trainee, 20 needed"


def test_a_share_of_few_keeps_its_count() -> None:
    """Three out of four stay three out of four, with the exact interval and without a percentage."""
    shown = enough("difficulty", share(3, 4, "share"))
    assert (shown.value, shown.count, shown.n) == (None, 3, 4)
    assert (shown.low, shown.high) == pytest.approx((0.1941, 0.9937), abs=1e-4)


def test_some_figures_have_no_honest_interval_below() -> None:
    """Where the rule says nothing, nothing but the reason is left."""
    shown = enough("standard error", Estimate(4.0, 1.0, 9.0, n=5))
    assert (shown.value, shown.low, shown.high) == (None, None, None)
    assert shown.reason


def test_enough_data_is_shown_as_it_is() -> None:
    """From its least n on, an estimate is untouched; what is undefined stays undefined for its own reason."""
    alpha = Estimate(0.8, 0.6, 0.9, n=20)
    assert enough("alpha", alpha) is alpha
    none = undefined("everybody has the same total", 5)
    assert enough("alpha", none) is none


def test_every_rule_has_a_reason_and_a_way_out() -> None:
    """Each row of the table of least numbers says what is shown below it, and why."""
    for name, rule in LEAST.items():
        assert rule.n > 1, name
        assert rule.below in ("interval", "counts", "nothing"), name
        assert rule.why, name
        assert rule.unit, name


@pytest.mark.parametrize(
    "wrong",
    [{"value": None}, {"value": 1.0, "reason": "why"}, {"value": float("nan")}, {"value": 1.0, "low": float("inf")}],
)
def test_an_estimate_has_a_value_or_a_reason(wrong: dict[str, object]) -> None:
    """An estimate can hold neither NaN nor both a value and a reason, nor neither."""
    with pytest.raises((ValueError, ArithmeticError), match="an estimate"):
        Estimate(**wrong)


def test_results_become_plain_json() -> None:
    """Every result can be written as JSON, and what is undefined is null beside its reason."""
    ratings = [[1, 2], [2, 2], [3, 1], [4, 4]]
    plain = json.loads(json.dumps(as_plain(dict(agreement.icc(ratings))), allow_nan=False))
    assert plain["ICC1"]["n"] == 4
    line = json.loads(json.dumps(as_plain(standards.borderline_regression([3, 3], [1, 2])), allow_nan=False))
    assert line["cut"]["value"] is None
    assert "same overall rating" in line["cut"]["reason"]


def test_a_generalizability_study_becomes_plain_json() -> None:
    """Even results that hold sets and numbers from numpy can be written as JSON."""
    study = generalizability.g_study([[1, 2, 3], [2, 4, 4], [5, 3, 6]], ("p", "i"))
    plain = json.loads(json.dumps(as_plain(study), allow_nan=False))
    assert plain["components"]["levels"] == {"p": 3, "i": 3}
    assert plain["components"]["effects"][2] == {"label": "pi", "facets": ["i", "p"]}
    json.dumps(as_plain(agreement.fleiss_kappa([[2, 1], [0, 3], [3, 0]])), allow_nan=False)


def test_exact_intervals_are_clopper_and_pearsons() -> None:
    """The exact interval of 8 out of 10 is the one in the tables; 0 and all out of n are closed on their side."""
    found = share(8, 10, "share")
    assert (found.low, found.high) == pytest.approx((0.44390, 0.97479), abs=1e-5)
    assert share(0, 10, "share").low == 0
    assert share(10, 10, "share").high == 1
    assert share(0, 10, "share").high == pytest.approx(1 - 0.025 ** (1 / 10))


def test_a_fixed_pass_mark_is_fixed() -> None:
    """A course with a fixed pass mark gets it, and the report says so."""
    mark = policy.pass_mark("fixed", 60)
    assert (mark.value, mark.method) == (60, "fixed")
    assert mark.reason == "fixed by the course at 60 %"


def test_a_standard_that_applies_is_used() -> None:
    """A cut from enough marks is used, and its method named."""
    mark = policy.pass_mark("borderline regression", 60, Estimate(54.2, 51, 57, n=48))
    assert (mark.value, mark.method) == (54.2, "borderline regression")
    assert mark.reason == "set by borderline regression from n = 48"


@pytest.mark.parametrize(
    ("cut", "flags", "words"),
    [
        (None, (), "nothing was given"),
        (undefined("nobody was given the borderline grade 2"), (), "nobody was given the borderline grade 2"),
        (Estimate(54.0, n=7), (), "not enough data: 7 ratings, 20 needed"),
        (Estimate(54.0, n=48), (Flag("negative slope", "negative slope: they contradict"),), "negative slope"),
        (Estimate(-4.0, n=48), (Flag("cut below", "cut below 0"),), "cut below 0"),
    ],
)
def test_a_standard_that_does_not_apply_names_the_fallback(
    cut: Estimate | None, flags: tuple[Flag, ...], words: str
) -> None:
    """Where the wished method does not apply the fixed mark counts, and the reason names both."""
    mark = policy.pass_mark("borderline regression", 60, cut, flags)
    assert (mark.value, mark.method, mark.wished) == (60, "fixed", "borderline regression")
    assert words in mark.reason
    assert mark.reason.endswith("the fixed 60 % counts")


def test_an_unknown_method_is_an_error() -> None:
    """There is no silent guess at what a misspelt method means."""
    with pytest.raises(ValueError, match="no way to set a pass mark"):
        policy.pass_mark("borderlin", 60)
