"""Further published worked examples, small enough to stand here with their sources."""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fieldkit.judging import agreement, detection, gain, generalizability, reliability, standards

pytestmark = pytest.mark.filterwarnings("error")
GAP = float("nan")


def test_the_error_of_weighted_kappa_is_the_published_one() -> None:
    """Fleiss, Cohen & Everitt (1969), their own table and weights: kappa .429, weighted variance .003248."""
    counts = [[106, 10, 4], [22, 28, 10], [2, 12, 6]]
    disagreement = 1 - np.array([[1, 0, 0.4444], [0, 1, 0.6667], [0.4444, 0.6667, 1]])
    assert agreement.cohen_kappa(counts).value == pytest.approx(0.429, abs=5e-4)
    assert agreement.kappa_error(counts, disagreement).value ** 2 == pytest.approx(0.003248, abs=1e-6)


def test_the_error_of_kappa_of_a_textbook_table() -> None:
    """Fleiss, Levin & Paik (2003), ch. 18: two diagnosticians, 100 patients, kappa .68, error .087 (its z is 8.0)."""
    counts = [[75, 1, 4], [5, 4, 1], [0, 0, 10]]
    assert agreement.cohen_kappa(counts).value == pytest.approx(0.68, abs=5e-3)
    assert agreement.kappa_error(counts).value == pytest.approx(0.087, abs=1e-3)


@pytest.mark.parametrize(
    ("first", "second", "want"),
    [("0100000010", "1110010000", 0.095), ("aabbdcccedda", "babbbccceddd", 0.692)],
)
def test_alpha_of_two_observers(first: str, second: str, want: float) -> None:
    """Krippendorff (2011), data A (two values) and B (five names)."""
    ratings = [[float(ord(mark)) for mark in pair] for pair in zip(first, second, strict=True)]
    assert agreement.krippendorff_alpha(ratings, "nominal").value == pytest.approx(want, abs=5e-4)


def test_agreement_of_four_raters_with_gaps() -> None:
    """Gwet (2014), p. 120: twelve units, four raters, gaps: percent agreement .818, AC1 .775, Krippendorff .743."""
    units = ["11.1", "2232", "3333", "3333", "2222", "1234", "4444", "1121", "2222", ".555", "..11", "..3."]
    ratings = np.array([[GAP if mark == "." else float(mark) for mark in unit] for unit in units])
    counts = [[np.sum(row == grade) for grade in range(1, 6)] for row in ratings]
    assert agreement.percent_agreement(ratings).value == pytest.approx(81.818, abs=1e-3)
    assert agreement.gwet_ac(counts).value == pytest.approx(0.77544, abs=1e-5)
    assert agreement.krippendorff_alpha(ratings, "nominal").value == pytest.approx(0.74342, abs=1e-5)


def test_three_coefficients_of_one_table() -> None:
    """Gwet (2014), two abstractors, 100 cases: kappa .7964, Scott's pi .7962 (Fleiss for two), AC1 .8493."""
    table = np.array([[13, 0, 0], [0, 20, 7], [0, 4, 56]])
    pairs = [pair for pair in itertools.product(range(3), repeat=2) for _ in range(table[pair])]
    counts = [[pair.count(grade) for grade in range(3)] for pair in pairs]
    assert agreement.cohen_kappa(table).value == pytest.approx(0.7964094, abs=1e-7)
    assert agreement.fleiss_kappa(counts).value == pytest.approx(0.7962397, abs=1e-7)
    assert agreement.gwet_ac(counts).value == pytest.approx(0.8493305, abs=1e-7)


def test_fleiss_kappa_of_fourteen_raters() -> None:
    """The worked example of the encyclopaedia's page on Fleiss' kappa: ten subjects, fourteen raters, .210."""
    rows = ["0000e", "02642", "00356", "03920", "22811", "77000", "32630", "25322", "65210", "02237"]
    counts = [[int(mark, 16) for mark in row] for row in rows]
    assert agreement.fleiss_kappa(counts).value == pytest.approx(0.210, abs=5e-4)


def test_variance_components_of_an_unbalanced_design() -> None:
    """Brennan (2001), unbalanced p x (i:h), 2, 4 and 2 items: the components, T, G .716 and Phi .4277."""
    marks = {"a1": "42213130", "a2": "51433251", "b1": "32456561", "b2": "33747682", "b3": "51655460", "b4": "44557474",
             "c1": "54848577", "c2": "76759688"}  # fmt: skip
    long: dict[str, list[Any]] = {"p": [], "h": [], "i": [], "score": []}
    for (h, i), column in marks.items():
        for person, mark in enumerate(column):
            for name, value in zip(long, (person, h, i, float(mark)), strict=True):
                long[name].append(value)
    study = generalizability.g_study(long, ("p", "h", "i:h"))
    found = {label: component.value for label, component in study.components.estimates.items()}
    want = {"p": 1.2014, "h": 2.9161, "i:h": 0.2946, "ph": 0.9914, "pi:h": 0.8429}
    assert found == pytest.approx(want, abs=1e-4)
    assert study.components.squares["ph"] == pytest.approx(1564.5)
    assert (study.coefficients.g.value, study.coefficients.phi.value) == pytest.approx((0.716, 0.4277), abs=5e-4)


def expected_squares(cols: dict[str, list[int]], scores: list[float], effects: list[str]) -> np.ndarray:
    """Henderson's components with matrices written out in full: E y'Qy = sum of component times trace(Z'QZ)."""
    n = len(scores)
    tables = [np.ones((n, 1))]
    for effect in effects:
        keys = [tuple(cols[f][i] for f in effect) if effect != "rest" else i for i in range(n)]
        tables.append(np.array([[float(key == level) for level in sorted(set(keys))] for key in keys]))
    squares = [z @ np.diag(1 / z.sum(axis=0)) @ z.T for z in tables]
    y = np.array(scores)
    system = np.array([[n, *(np.trace(z.T @ q @ z) for z in tables[1:])] for q in squares])
    return np.linalg.solve(system, [y @ q @ y for q in squares])[1:]


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10**6))
def test_components_equal_the_expected_squares_written_out(seed: int) -> None:
    """Whatever is missing, the components solve Henderson's equations as the textbook writes them."""
    chance = np.random.default_rng(seed)
    table = chance.normal(size=(6, 4, 3)) * 3 + chance.normal(size=(6, 1, 1)) * 5
    table[chance.random(table.shape) < 0.2] = np.nan
    at = np.argwhere(~np.isnan(table))
    cols, scores = {name: at[:, i].tolist() for i, name in enumerate("psr")}, table[~np.isnan(table)].tolist()
    for facets, effects in (
        (("p", "s", "r"), ["p", "s", "r", "ps", "pr", "sr", "rest"]),
        (("p", "s", "r:s"), ["p", "s", "rs", "ps", "rest"]),
    ):
        found = generalizability.variance_components({**cols, "score": scores}, facets)
        assert found.reason is None
        want = expected_squares(cols, scores, effects)
        assert [e.value for e in found.estimates.values()] == pytest.approx(want.tolist(), rel=1e-6, abs=1e-6)


def test_detection_of_a_textbook_example() -> None:
    """Macmillan & Creelman (2005), ch. 1: 20 of 25 hits, 10 of 25 false alarms: d' 1.095, c -0.294."""
    found = detection.signal_detection(20, 5, 10, 15)
    assert (found.sensitivity.value, found.criterion.value) == pytest.approx((1.095, -0.294), abs=5e-4)


def test_detection_of_a_perfect_observer_is_corrected() -> None:
    """Hautus (1995): with nothing missed both rates become (count + 0.5) / (objects + 1)."""
    found = detection.signal_detection(25, 0, 10, 15)
    assert found.sensitivity.value == pytest.approx(2.0699 - -0.2434, abs=5e-4)  # z(25.5/26) - z(10.5/26)
    assert "log-linear" in found.sensitivity.method


def test_the_correction_of_hedges() -> None:
    """Hedges (1981), table of c(m): .7979 for 4 degrees of freedom, .9228 for 10, .9619 for 20."""
    for freedom, want in ((4, 0.7979), (10, 0.9228), (20, 0.9619)):
        n = freedom + 1
        pre = np.arange(float(n))
        found = gain.paired_gain(pre, pre[::-1] * 1.5 + 3)
        assert found.hedges_g.value / found.d_av.value == pytest.approx(want, abs=1e-4)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(0, 100), min_size=1, max_size=30), st.integers(40, 60), st.integers(1, 25))
def test_hofstee_is_where_the_fail_curve_first_reaches_the_line(scores: list[int], kmin: int, width: int) -> None:
    """The cut is the least one at which the share below it has come up to the line, as a fine search finds it."""
    kmax, fmin, fmax = kmin + width, 5.0, 45.0
    found = standards.hofstee(scores, kmin, kmax, fmin, fmax)
    cuts = np.linspace(kmin, kmax, 4001)
    failing = 100 * np.searchsorted(np.sort(scores), cuts - 1e-9) / len(scores)
    reached = np.nonzero(failing >= fmax + (fmin - fmax) * (cuts - kmin) / (kmax - kmin) - 1e-9)[0]
    if found.cut.value is None:
        assert failing[0] > fmax or failing[-1] < fmin
    else:
        assert found.cut.value == pytest.approx(cuts[reached[0]], abs=1.01 * width / 4000)


def test_stations_needed_by_spearman_and_brown() -> None:
    """The usual exercise: a test of .60 needs 2.67 times its length for .80, so 16 stations in place of 6."""
    assert reliability.parts_needed(0.60, 6, 0.80).value == 16
    assert reliability.spearman_brown(0.60, 8 / 3).value == pytest.approx(0.80)
