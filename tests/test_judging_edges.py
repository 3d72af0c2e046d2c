"""The cases of tests/oracle/edge/edge_cases.json: what is undefined says so and why; what is defined is not clipped."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from fieldkit.judging import agreement, facets, gain, generalizability, items, reliability, standards
from fieldkit.judging.estimate import Estimate
from fieldkit.judging.rasch import probabilities

pytestmark = pytest.mark.filterwarnings("error")
CASES = json.loads((Path(__file__).parent / "oracle/edge/edge_cases.json").read_text(encoding="utf-8"))


def table(given: Any) -> np.ndarray:
    return np.array(given, dtype=float)


def kappa(given: dict[str, Any]) -> Estimate:
    if "table" in given:
        return agreement.cohen_kappa(given["table"])
    pairs = list(zip(given["r1"], given["r2"], strict=True))
    return agreement.cohen_kappa(agreement.table_of(pairs, sorted({g for pair in pairs for g in pair})))


def item_with_rest(given: dict[str, Any]) -> Estimate:
    columns = np.array([given["item"], given["rest"]], dtype=float).T
    return items.item_analysis(columns, [1, 3]).items[0].corrected_item_total


def regression(given: dict[str, Any]) -> dict[str, Any]:
    line = standards.borderline_regression(given["grade"], given["score"], given.get("borderline", 2))
    found = {k: getattr(line, k) for k in ("cut", "slope", "intercept", "r2")}
    return found | {"flags": [flag.text for flag in line.flags]}


def named(result: Any, **names: str) -> dict[str, Any]:
    return {theirs: getattr(result, ours) for theirs, ours in names.items()}


def sem(given: dict[str, Any]) -> dict[str, Any]:
    error = reliability.standard_error(given["sd"], given["alpha"])
    flags = ["alpha<0" for flag in error.flags if flag.code == "negative reliability"]
    return {"sem": error, "flags": flags, "whole": error}


# How each statistic of the file is asked; raters are in rows there for Krippendorff's alpha.
ASK = {
    "cronbach_alpha": lambda g: reliability.cronbach_alpha(table(g)),
    "corrected_item_total": item_with_rest,
    "cohen_kappa": kappa,
    "krippendorff_alpha": lambda g: agreement.krippendorff_alpha(table(g).T),
    "icc1": lambda g: agreement.icc(table(g))["ICC1"],
    "icc2": lambda g: agreement.icc(table(g))["ICC2"],
    "brm": regression,
    "borderline_group": lambda g: standards.borderline_group(g["grade"], g["score"], g["borderline"]).mean,
    "sem": sem,
    "pass_band": lambda g: named(
        reliability.pass_band(g["score"], g["cut"], g["sem"], g["z"]), lo="low", hi="high", decision="decision"
    ),
    "spearman_brown": lambda g: reliability.spearman_brown(g["alpha"], g["factor"]),
    "spearman_brown_n": lambda g: reliability.parts_needed(g["alpha"], g["k"], g["target"]),
    "angoff": lambda g: named(
        standards.angoff(g["ratings"]), judge_sums="judge_sums", cut="cut", sd_between_judges="sd_between_judges",
        pct="percent", se="error",
    ),
    "ebel": lambda g: named(standards.ebel(g["cells"]), cut="cut", pct="percent"),
    "hofstee": lambda g: named(standards.hofstee(**g), cut="cut", fail_pct="fail_percent", line_at_cut="line_at_cut"),
    "normalised_gain": lambda g: gain.normalised_gain(g["pre"], g["post"]),
}  # fmt: skip
ROUNDED = {"-0.0234": 5e-5}  # the file gives this value to four decimals
NOTES = [case["id"] for case in CASES if case["statistic"] not in ASK]  # described in words; tested one by one below


def undefined(found: Any) -> bool:
    estimates = [found] if isinstance(found, Estimate) else [v for v in found.values() if isinstance(v, Estimate)]
    return all(e.value is None and e.reason for e in estimates)


def same(found: Any, want: Any) -> bool:
    value = found.value if isinstance(found, Estimate) else list(found) if isinstance(want, list) else found
    return value == (want if isinstance(want, str) else pytest.approx(want, rel=1e-9, abs=ROUNDED.get(str(want), 1e-9)))


@pytest.mark.parametrize("case", [c for c in CASES if c["statistic"] in ASK], ids=lambda c: c["id"])
def test_edge_case(case: dict[str, Any]) -> None:
    """At the edges a statistic gives the value that mathematics gives it, or says why there is none."""
    found, want = ASK[case["statistic"]](case["input"]), case["expected"]
    if want == "undefined":
        assert undefined(found)
    elif isinstance(want, dict):
        for name, value in want.items():
            if name == "flag":
                assert value in found["flags"]
            else:
                assert same(found[name], value), name
    else:
        assert same(found["whole"] if isinstance(found, dict) else found, want)


def test_the_cases_described_in_words_are_the_ones_below() -> None:
    """No edge case is passed over in silence."""
    assert NOTES == ["mfrm_disconnected", "mfrm_extreme", "mfrm_unobserved_category", "g_negative_vc"]


def test_hofstee_beside_its_box_names_the_fallback() -> None:
    """A fail curve that passes beside the panel's box gives no cut, and the end of the box to fall back on."""
    low = standards.hofstee([80, 85, 90], kmin=50, kmax=60, fmin=5, fmax=20)
    high = standards.hofstee([20, 25, 30], kmin=50, kmax=60, fmin=5, fmax=20)
    assert (low.fallback, high.fallback) == (60, 50)
    assert "the nearer end is 60" in low.cut.reason
    assert "the nearer end is 50" in high.cut.reason


def rotation(circuits: list[tuple[list[str], list[str], str]], seed: int = 3) -> facets.ManyFacets:
    chance = np.random.default_rng(seed)
    marks = [
        (t, place, r, int(chance.integers(1, 6))) for people, raters, place in circuits for t in people for r in raters
    ]
    return facets.many_facet_rasch(facets.long_ratings(*zip(*marks, strict=True)))


def test_circuits_that_share_nothing_are_named_and_not_compared() -> None:
    """Two groups without a common instructor are named, and nothing is compared across them."""
    first, second = [f"T{i}" for i in range(1, 6)], [f"T{i}" for i in range(6, 10)]
    found = rotation([(first, ["R1", "R2"], "S1"), (second, ["R3", "R4"], "S2")])
    assert found.groups["trainee"] == (tuple(first), tuple(second))
    assert found.groups["instructor"] == (("R1", "R2"), ("R3", "R4"))
    assert "share no instructor" in found.reason
    assert "T1, T2, T3, T4, T5 (R1, R2)" in found.reason
    assert found.trainees.elements == ()


def grades_with_a_top_trainee() -> np.ndarray:
    grades = np.random.default_rng(5).integers(1, 5, size=(8, 4, 2)).astype(float)
    grades[0] = 5.0
    grades[1, 0, 0] = 5.0
    return grades


def test_a_trainee_with_only_top_grades_is_placed_and_marked() -> None:
    """Who got only the highest grades gets a finite measure, marked as extreme, and stays out of the fit figures."""
    found = facets.many_facet_rasch(grades_with_a_top_trainee())
    top = found.trainees["1"]
    assert top.extreme == "highest"
    assert top.fit is None
    assert top.measure.value > max(e.measure.value for e in found.trainees.elements if e.extreme is None)
    assert found.n == 7 * 8
    assert found.trainees.freedom == 6
    places = [top.measure.value - s.measure.value - r.measure.value for s in found.stations.elements
              for r in found.instructors.elements]  # fmt: skip
    steps = np.arange(5) @ probabilities(np.array(places), np.array(found.thresholds))
    assert steps.sum() == pytest.approx(8 * 4 - 0.3)  # its score moved 0.3 inward


def test_grades_that_nobody_was_given_leave_the_scale() -> None:
    """A grade in the middle that nobody was given is closed up, and the result says so."""
    grades = np.random.default_rng(1).choice([1.0, 2.0, 4.0, 5.0], size=(10, 4, 2))
    found = facets.many_facet_rasch(grades, scale=[1, 2, 3, 4, 5])
    assert found.scale == (1, 2, 4, 5)
    assert len(found.thresholds) == 3
    assert [flag.code for flag in found.flags] == ["unused grades"]
    assert found.flags[0].text.endswith(": 3")


def test_an_end_of_the_scale_that_is_too_rare_counts_as_its_neighbour() -> None:
    """Where one trainee alone got the top grade there is no finite measure; it then counts as the next, and says so."""
    grades = np.array([
        [3, 3, 3, 3], [4, 3, 4, 3], [4, 5, 5, 5], [2, 2, 2, 3], [2, 2, 2, 2], [3, 4, 3, 4], [4, 3, 3, 3], [1, 2, 1, 1],
        [2, 2, 3, 1], [2, 1, 2, 2], [2, 3, 2, 4], [3, 2, 3, 2],
    ])  # fmt: skip
    cube = np.full((12, 4, 3), np.nan)
    for trainee in range(12):
        for station in range(4):
            cube[trainee, station, (trainee + station) % 3] = grades[trainee, station]
    found = facets.many_facet_rasch(cube)
    assert found.reason is None
    assert found.scale == (1, 2, 3, 4)
    assert [flag.code for flag in found.flags] == ["rare grade"]
    assert "grade 5 was given too rarely (3 times)" in found.flags[0].text
    assert found.trainees["03"].extreme == "highest"
    assert found.trainees["03"].observed == 4.75


def test_a_negative_component_is_shown_and_counts_as_nothing() -> None:
    """A variance component below 0 is printed as it is, flagged, and counts as 0 in the coefficients."""
    scores = np.array([[1.0, 5, 3], [5, 1, 3], [2, 4, 3], [4, 2, 3]]) + np.array([0, 0, 1])
    found = generalizability.variance_components(scores, ("p", "s"))
    assert found["p"].value < 0
    assert [flag.code for flag in found["p"].flags] == ["negative component"]
    assert generalizability.d_study(found, {"s": 3}).g.value == 0.0
