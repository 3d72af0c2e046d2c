"""What must not change, and what must agree: the statistics held against each other on random tables."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from fieldkit.judging import agreement, facets, generalizability, items, reliability, standards, stations
from fieldkit.judging.analysis import analyse
from fieldkit.judging.decision_study import other_numbers
from fieldkit.judging.designs import build
from fieldkit.judging.henderson import Sums, components
from fieldkit.judging.table import ItemMarks, MarkTable

pytestmark = pytest.mark.filterwarnings("error")
seeds = st.integers(0, 10**6)
few = settings(max_examples=25, deadline=None)


def scores(seed: int, persons: int = 12, parts: int = 5, related: float = 1.0) -> np.ndarray:
    chance = np.random.default_rng(seed)
    ability = chance.normal(0, related, (persons, 1))
    return np.round(60 + 10 * (ability + chance.normal(0, 0.3, (1, parts)) + chance.normal(0, 1, (persons, parts))), 1)


def grades(seed: int, shape: tuple[int, ...]) -> np.ndarray:
    return np.random.default_rng(seed).integers(1, 6, shape).astype(float)


@few
@given(seeds)
def test_alpha_is_generalizability_of_persons_by_items(seed: int) -> None:
    """Alpha is G for persons by items, for the parts as they are."""
    table = scores(seed)
    study = generalizability.g_study(table, ("p", "i"))
    assume(study.components["p"].value > 0)
    assert study.coefficients.g.value == pytest.approx(reliability.cronbach_alpha(table).value, abs=1e-9)


@few
@given(seeds)
def test_consistency_icc_of_the_mean_is_alpha(seed: int) -> None:
    """ICC(C,k) is alpha, and its F interval is Feldt's."""
    table = scores(seed)
    one, alpha = agreement.icc(table)["ICC3k"], reliability.cronbach_alpha(table)
    assert (one.value, one.low, one.high) == pytest.approx((alpha.value, alpha.low, alpha.high), abs=1e-9)


@few
@given(seeds)
def test_the_decision_study_at_its_own_size_is_the_study(seed: int) -> None:
    """A complete design of the size that was given is worth what the marks are worth."""
    table = scores(seed, persons=8, parts=12).reshape(8, 4, 3)
    study = generalizability.g_study(table, ("p", "s", "r"))
    own = generalizability.d_study(study.components, {"s": 4, "r": 3})
    for name in ("g", "phi", "sem_relative", "sem_absolute"):
        assert getattr(own, name).value == pytest.approx(getattr(study.coefficients, name).value, abs=1e-9)


@few
@given(seeds)
def test_variance_components_equal_the_anova_formulas(seed: int) -> None:
    """On a complete table Henderson's method gives the textbook mean squares solution."""
    table = scores(seed)
    n, k = table.shape
    ms = agreement.mean_squares(table)
    found = generalizability.variance_components(table, ("p", "i"))
    want = {"p": (ms.between - ms.error) / k, "i": (ms.judges - ms.error) / n, "pi": ms.error}
    assert {k: e.value for k, e in found.estimates.items()} == pytest.approx(want, abs=1e-8)


@few
@given(seeds)
def test_a_resampled_trainee_counts_as_another_trainee(seed: int) -> None:
    """A trainee drawn twice gives the components of a table in which he stands twice, gaps and all."""
    chance = np.random.default_rng(seed)
    table = scores(seed, 7, 8).reshape(7, 4, 2)
    table[chance.random(table.shape) < 0.2] = np.nan
    drawn = chance.integers(0, 7, 7)
    assume(len(set(drawn.tolist())) > 3)
    labels = ("p", "s", "r", "ps")
    weights = np.bincount(drawn, minlength=7).astype(float)[None, :]
    by_weight = components(Sums(build(table, ("p", "s", "r"), labels)), weights)[0]
    by_rows = generalizability.variance_components(table[drawn], ("p", "s", "r"), labels)
    assume(by_rows.reason is None)
    assert by_weight == pytest.approx([e.value for e in by_rows.estimates.values()], rel=1e-6, abs=1e-6)


def shuffled(table: np.ndarray, seed: int) -> np.ndarray:
    return table[np.random.default_rng(seed + 1).permutation(len(table))]


@few
@given(seeds)
def test_the_order_of_trainees_changes_nothing(seed: int) -> None:
    """No statistic depends on who stands first in the table."""
    table, ratings = scores(seed), grades(seed, (12, 3))
    for measure in (
        lambda t: reliability.cronbach_alpha(t).value,
        lambda t: items.item_analysis(t, 200.0).items[0].corrected_item_total.value,
        lambda t: agreement.icc(t)["ICC2"].value,
        lambda t: generalizability.g_study(t, ("p", "i")).coefficients.phi.value,
        lambda t: standards.hofstee(t.mean(axis=1), 50, 70, 5, 60).cut.value,
    ):
        assert measure(table) == pytest.approx(measure(shuffled(table, seed)), nan_ok=False)
    for metric in ("nominal", "ordinal", "interval", "ratio"):
        alphas = [agreement.krippendorff_alpha(t, metric).value for t in (ratings, shuffled(ratings, seed))]
        assert alphas[0] == pytest.approx(alphas[1])


@few
@given(seeds)
def test_names_and_order_of_rows_change_no_measure(seed: int) -> None:
    """The many-facet measures stay with the trainees, whatever they are called and in whichever order they come."""
    cube = grades(seed, (8, 4, 2))
    t, s, r = (axis.ravel() for axis in np.indices(cube.shape))
    order = np.random.default_rng(seed).permutation(t.size)
    plain = facets.many_facet_rasch(facets.long_ratings(t, s, r, cube.ravel()))
    renamed = [f"officer {99 - i}" for i in t[order]]
    other = facets.many_facet_rasch(facets.long_ratings(renamed, s[order], r[order], cube.ravel()[order]))
    assert other.log_likelihood == pytest.approx(plain.log_likelihood)
    for i in range(8):
        mine, theirs = plain.trainees[str(i)].measure.value, other.trainees[f"officer {99 - i}"].measure.value
        assert mine == pytest.approx(theirs, abs=1e-6)


@few
@given(seeds)
def test_fleiss_of_two_instructors_is_scotts_pi(seed: int) -> None:
    """For two instructors Fleiss' kappa is Scott's pi."""
    pairs = grades(seed, (20, 2))
    counts = np.stack([(pairs == g).sum(axis=1) for g in range(1, 6)], axis=1)
    same = float((pairs[:, 0] == pairs[:, 1]).mean())
    chance = float(((counts.sum(axis=0) / counts.sum()) ** 2).sum())
    assert agreement.fleiss_kappa(counts).value == pytest.approx((same - chance) / (1 - chance))


@few
@given(seeds)
def test_krippendorffs_ordinal_metric_is_its_definition(seed: int) -> None:
    """The ordinal alpha by mid-ranks is the one by the coincidence matrix of Krippendorff's paper."""
    ratings = grades(seed, (15, 3))
    ratings[np.random.default_rng(seed).random(ratings.shape) < 0.2] = np.nan
    assert agreement.krippendorff_alpha(ratings, "ordinal").value == pytest.approx(by_coincidences(ratings))


def by_coincidences(ratings: np.ndarray) -> float:
    values = np.unique(ratings[~np.isnan(ratings)])
    o = np.zeros((len(values), len(values)))
    for row in ratings:
        marks = [int(np.searchsorted(values, v)) for v in row if not np.isnan(v)]
        for i, first in enumerate(marks):
            for j, second in enumerate(marks):
                if i != j:
                    o[first, second] += 1 / (len(marks) - 1)
    n = o.sum(axis=0)
    apart = np.array([
        [(n[min(c, k) : max(c, k) + 1].sum() - (n[c] + n[k]) / 2) ** 2 for k in range(len(n))] for c in range(len(n))
    ])  # fmt: skip
    return 1 - (n.sum() - 1) * float((o * apart).sum()) / float((np.outer(n, n) * apart).sum())


def test_quadratic_kappa_is_close_to_the_icc_for_absolute_agreement() -> None:
    """With many trainees the kappa with squared weights is ICC(A,1) but for terms of 1/n."""
    chance = np.random.default_rng(11)
    true = chance.normal(3, 1, 4000)
    pairs = np.clip(
        np.round(np.stack([true + chance.normal(0, 0.7, 4000), true + chance.normal(0.3, 0.7, 4000)], 1)), 1, 5
    )
    kappa = agreement.cohen_kappa(agreement.table_of(pairs.tolist(), [1, 2, 3, 4, 5]), "quadratic")
    assert kappa.value == pytest.approx(agreement.icc(pairs)["ICC2"].value, abs=1e-3)


def test_one_instructor_and_binary_items_is_the_rasch_model() -> None:
    """With one instructor and items marked 0 or 1 the model is Rasch's: expected and observed totals are the same."""
    chance = np.random.default_rng(8)
    ability, difficulty = chance.normal(0, 1, 40), np.linspace(-1.5, 1.5, 9)
    marks = (chance.random((40, 9)) < 1 / (1 + np.exp(difficulty - ability[:, None]))).astype(float)
    found = facets.many_facet_rasch(marks)
    b = {e.name: e.measure.value for e in found.trainees.elements if e.extreme is None}
    d = np.array([e.measure.value for e in found.stations.elements])
    assert found.thresholds == pytest.approx([0.0], abs=1e-12)
    assert d.sum() == pytest.approx(0, abs=1e-8)
    expected = np.array([1 / (1 + np.exp(d - measure)) for measure in b.values()])
    rows = marks[[int(name) - 1 for name in b]]
    assert expected.sum(axis=1) == pytest.approx(rows.sum(axis=1), abs=1e-6)
    assert expected.sum(axis=0) == pytest.approx(rows.sum(axis=0), abs=1e-6)


@few
@given(seeds)
def test_r_squared_of_the_regression_is_the_squared_correlation(seed: int) -> None:
    """R2 of the borderline regression is the square of its r, and r that of numpy."""
    chance = np.random.default_rng(seed)
    x, y = grades(seed, (20,)), chance.normal(60, 10, 20)
    line = standards.borderline_regression(x, y)
    assert line.r2.value == pytest.approx(line.r.value**2)
    assert line.r.value == pytest.approx(np.corrcoef(x, y)[0, 1])
    assert [line.slope.value, line.intercept.value] == pytest.approx(np.polyfit(x, y, 1))


@few
@given(seeds)
def test_resampled_cuts_are_the_cuts_of_the_resampled_marks(seed: int) -> None:
    """The cut of a resample is the cut of a table in which each trainee stands as often as he was drawn."""
    chance = np.random.default_rng(seed)
    x, y = grades(seed, (10, 2)), chance.normal(60, 10, (10, 2))
    drawn = chance.integers(0, 10, 10)
    weights = np.bincount(drawn, minlength=10).astype(float)[None, :]
    person = np.repeat(np.arange(10), 2)
    fast = standards.resampled_cuts(person, x.ravel(), y.ravel(), 2.0, weights)[0]
    line = standards.borderline_regression(x[drawn].ravel(), y[drawn].ravel())
    assert fast == pytest.approx(line.cut.value, nan_ok=False) if line.cut else np.isnan(fast)


@few
@given(seeds)
def test_resampled_medians_are_the_medians_of_the_resampled_marks(seed: int) -> None:
    """The median of a resample is that of a table in which each trainee's marks stand as often as he was drawn."""
    chance = np.random.default_rng(seed)
    y = chance.normal(60, 10, (6, 2)).round()
    drawn = chance.integers(0, 6, 6)
    weights = np.bincount(drawn, minlength=6).astype(float)[None, :]
    fast = standards.resampled_medians(np.repeat(np.arange(6), 2), y.ravel(), weights)[0]
    assert fast == np.median(y[drawn])


@few
@given(seeds, st.floats(0.5, 5), st.floats(-50, 50))
def test_another_unit_changes_no_coefficient(seed: int, factor: float, shift: float) -> None:
    """Points, per cent or tenths: coefficients stay, and what is in points follows the unit."""
    table = scores(seed)
    other = factor * table + shift
    for measure in (
        lambda t: reliability.cronbach_alpha(t).value,
        lambda t: agreement.icc(t)["ICC1"].value,
        lambda t: generalizability.g_study(t, ("p", "i")).coefficients.g.value,
        lambda t: stations.between_groups(t.ravel(), ["a", "b"] * 30).f.value,
    ):
        assert measure(other) == pytest.approx(measure(table), rel=1e-7)
    errors = [generalizability.g_study(t, ("p", "i")).coefficients.sem_absolute.value for t in (table, other)]
    assert errors[1] == pytest.approx(factor * errors[0], rel=1e-7)


@few
@given(st.floats(-3, 3), st.floats(0.01, 0.99))
def test_the_same_decision_twice_is_what_simulation_says(z: float, r: float) -> None:
    """The share decided alike twice is at least the share by chance and equals its known value at the mean."""
    found = reliability.decision_consistency(z, 0.0, 1.0, r)
    assert found.chance.value - 1e-12 <= found.agreement.value <= 1
    at_mean = reliability.decision_consistency(0.0, 0.0, 1.0, r)
    assert at_mean.agreement.value == pytest.approx(0.5 + np.arcsin(r) / np.pi)


@few
@given(seeds)
def test_a_longer_test_and_back_is_the_same_test(seed: int) -> None:
    """Twice as long and half as long again gives back the reliability."""
    alpha = float(np.random.default_rng(seed).uniform(0.05, 0.99))
    longer = reliability.spearman_brown(alpha, 2).value
    assert reliability.spearman_brown(longer, 0.5).value == pytest.approx(alpha)


@few
@given(seeds)
def test_hofstees_cut_is_the_least_mark_that_reaches_the_line(seed: int) -> None:
    """At Hofstee's cut, or just above it, enough fail; at every lower mark too few do."""
    x = np.sort(np.random.default_rng(seed).normal(60, 8, 15).round(1))
    found = standards.hofstee(x, 50, 70, 5, 60)
    assume(found.cut.value is not None)

    def reaches(c: float) -> bool:
        return 100 * (x < c).mean() >= 60 + (5 - 60) * (c - 50) / 20 - 1e-9

    assert reaches(found.cut.value + 1e-6)
    assert not any(reaches(c) for c in np.arange(50, found.cut.value - 1e-6, 0.05))


def as_tuple(result: Any) -> tuple[Any, ...]:
    return (result.value, result.low, result.high)


def test_the_same_call_gives_the_same_interval() -> None:
    """Resampling uses a fixed seed: the same marks give the same interval on every machine."""
    ratings = grades(1, (20, 2))
    first, second = (agreement.krippendorff_alpha(ratings, samples=200) for _ in range(2))
    assert as_tuple(first) == as_tuple(second)
    other = agreement.krippendorff_alpha(ratings, samples=200, seed=2)
    assert other.low != first.low


def rotation(kind: str, seed: int, people: int = 24, places: int = 6, raters: int = 5) -> MarkTable:
    """A course in which instructors meet trainees in one of several ways; one item a sheet, marked out of 100."""
    chance = np.random.default_rng(seed)
    able, hard, strict = chance.normal(0, 8, people), chance.normal(0, 5, places), chance.normal(0, 6, 2 * places)
    by: dict[str, Callable[[int, int], list[int]]] = {
        "everybody everywhere": lambda p, s: list(range(3)),
        "one at each station": lambda p, s: [s],
        "two at each station": lambda p, s: [2 * s, 2 * s + 1],
        "one follows the trainee": lambda p, s: [p % raters],
        "a pool takes turns": lambda p, s: [(p + s) % raters],
        "some sheets twice": lambda p, s: [(p + s) % raters, (p + s + 2) % raters][: 1 + (p * places + s) % 3 // 2],
        "gaps": lambda p, s: [(p + s) % raters, (p + 2 * s + 1) % raters][: int(chance.integers(0, 3))],
    }
    rows = [
        (f"T{p:02d}", f"S{s}", f"R{r:02d}", "all", 60 + able[p] - hard[s] - strict[r] + chance.normal(0, 6), 100.0)
        for p in range(people) for s in range(places) for r in sorted(set(by[kind](p, s)))
    ]  # fmt: skip
    columns = [list(column) for column in zip(*rows, strict=True)]
    columns[4] = np.clip(columns[4], 0, 100).tolist()
    return MarkTable(ItemMarks(*columns))


KINDS = ["everybody everywhere", "one at each station", "two at each station", "one follows the trainee",
         "a pool takes turns", "some sheets twice", "gaps"]  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=6, deadline=None)
@given(seed=seeds)
def test_the_curve_passes_through_the_course(kind: str, seed: int) -> None:
    """At the course's own size the curve has the course's own coefficients, whoever marked whom."""
    found = analyse(rotation(kind, seed), samples=0).reliability
    assert found.now is not None
    assert found.now.stations == 6
    for name in ("g", "phi", "sem_absolute"):
        assert getattr(found.now, name).value == pytest.approx(getattr(found, name).value, abs=1e-9)
    assert found.now in found.curve


@pytest.mark.parametrize("kind", KINDS)
def test_more_stations_are_never_worth_less(kind: str) -> None:
    """Along the curve Phi grows with the stations and with the instructors, in every kind of rotation."""
    points = {(p.stations, p.instructors): p.phi.value for p in analyse(rotation(kind, 3), samples=0).reliability.curve}
    for (places, each), phi in points.items():
        assert all(phi <= other + 1e-12 for (p, e), other in points.items() if p >= places and e >= each)


def test_the_curve_of_a_crossed_course_is_the_textbook_one() -> None:
    """Where everybody marks everywhere the curve is the usual decision study, for every size."""
    cube = scores(5, persons=12, parts=12).reshape(12, 4, 3)
    study = generalizability.g_study(cube, ("trainee", "station", "instructor"))
    for places, each in ((4, 3), (8, 1), (2, 2), (10, 5)):
        usual = generalizability.d_study(study.components, {"station": places, "instructor": each})
        found = other_numbers(study, (4.0, 3.0), (float(places), float(each)), crossed=True)
        assert (found.g.value, found.phi.value) == pytest.approx((usual.g.value, usual.phi.value), abs=1e-12)


def test_the_curve_of_nested_instructors_is_the_textbook_one() -> None:
    """Where each station has instructors of its own, they count in each mark, as in the usual nested study."""
    cube = scores(6, persons=12, parts=12).reshape(12, 4, 3)
    study = generalizability.g_study(cube, ("trainee", "station", "instructor:station"))
    for places, each in ((4, 3), (8, 1), (2, 2)):
        usual = generalizability.d_study(study.components, {"station": places, "instructor": each})
        found = other_numbers(study, (4.0, 3.0), (float(places), float(each)))
        assert (found.g.value, found.phi.value) == pytest.approx((usual.g.value, usual.phi.value), abs=1e-12)


def test_an_instructor_who_follows_the_trainee_is_not_evened_out() -> None:
    """More stations even out the stations, not the instructor whom a trainee meets at all of them."""
    follows, turns = (
        analyse(rotation(kind, 11), samples=0).reliability for kind in ("one follows the trainee", "a pool takes turns")
    )
    gained = [r.curve[-1].sem_absolute.value / r.now.sem_absolute.value for r in (follows, turns)]
    assert gained[0] > gained[1]
