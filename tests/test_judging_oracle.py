"""Every value of tests/oracle/: published tables and a made-up course, computed by other programs."""

from __future__ import annotations

import csv
import functools
import json
import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from fieldkit.judging import agreement, facets, generalizability, items, reliability, standards, stations

pytestmark = pytest.mark.filterwarnings("error")
ORACLE = Path(__file__).parent / "oracle"

# Checks that are not met, each with its reason.
EXEMPT = {
    (
        "cohen_1968",
        "kappa.quadratic.se",
    ): "the figure is that of psych 2.2.9, which takes rowSums(w * rs) where colSums(w * rs) is meant, as "
    "later versions do: with that slip the formula gives 0.0643425452 exactly. Fleiss, Cohen & Everitt (1969), "
    "statsmodels 0.15 and the numeric delta method give 0.0664537; the null error is 0.0673587, Cohen's (1968) 0.0771. "
    "See the delta method below, and the authors' own example in test_judging_published.py",
}


def rows(dataset: str, file: str = "data.csv") -> list[dict[str, str]]:
    with (ORACLE / dataset / file).open(encoding="utf-8", newline="") as f:
        return list(csv.DictReader(f))


def table(dataset: str, row: str, column: str, value: str, key: Any = float) -> np.ndarray:
    """A long table as a wide one, NaN for what is missing."""
    long = rows(dataset)
    first, second = (sorted({r[c] for r in long}, key=lambda s: (len(s), s)) for c in (row, column))
    wide = np.full((len(first), len(second)), np.nan)
    for r in long:
        wide[first.index(r[row]), second.index(r[column])] = key(r[value])
    return wide


def expected(dataset: str) -> dict[str, dict[str, Any]]:
    return {c["id"]: c for c in json.loads((ORACLE / dataset / "expected.json").read_text(encoding="utf-8"))["checks"]}


def item_values(scores: np.ndarray) -> dict[str, Any]:
    found = items.item_analysis(scores)
    alpha = reliability.cronbach_alpha(scores)
    return {
        "p": [i.difficulty.value for i in found.items],
        "item_total": [i.item_total.value for i in found.items],
        "corrected_item_total": [i.corrected_item_total.value for i in found.items],
        "alpha": alpha.value,
        "alpha_if_deleted": [i.alpha_if_deleted.value for i in found.items],
        "alpha.feldt95": [alpha.low, alpha.high],
        "alpha.feldt90": (lambda a: [a.low, a.high])(reliability.cronbach_alpha(scores, 0.90)),
        "total_sd": found.sd.value,
        "sem": reliability.standard_error(found.sd.value, alpha.value).value,
        "mean": found.mean.value,
    }


def component_values(found: generalizability.VarianceComponents) -> dict[str, Any]:
    return {f"vc.{k}": e.value for k, e in found.estimates.items()} | {f"T.{k}": v for k, v in found.squares.items()}


def reml_values(found: generalizability.VarianceComponents, names: dict[str, str]) -> dict[str, Any]:
    """On complete designs REML equals ANOVA (a negative component left out of the model), so it can be checked too."""
    return {f"vc_reml.{theirs}": found[ours].value for ours, theirs in names.items()}


def brennan(dataset: str, **columns: str) -> dict[str, list[Any]]:
    long = rows(dataset)
    data: dict[str, list[Any]] = {ours: [r[theirs] for r in long] for ours, theirs in columns.items()}
    return data | {"score": [float(r["score"]) for r in long]}


def values_brennan_2001_set1_pxi() -> dict[str, Any]:
    wide = table("brennan_2001_set1_pxi", "person", "item", "score")
    found = generalizability.variance_components(wide, ("p", "i"))
    studies = {n: generalizability.d_study(found, {"i": n}) for n in (5, 10, 12, 15, 20)}
    return (
        component_values(found)
        | item_values(wide)
        | reml_values(found, {"p": "person", "i": "item", "pi": "Residual"})
        | {f"G.n{n}": s.g.value for n, s in studies.items()}
        | {f"Phi.n{n}": s.phi.value for n, s in studies.items()}
    )


def values_brennan_2001_set2_i_in_p() -> dict[str, Any]:
    data = brennan("brennan_2001_set2_i_in_p", p="person", i="item")
    found = generalizability.variance_components(data, ("p", "i:p"))
    study = generalizability.d_study(found, {"i": 8})
    return component_values(found) | reml_values(found, {"p": "person", "i:p": "Residual"}) | {"G.n8": study.g.value}


def values_brennan_2001_set3_pxixo() -> dict[str, Any]:
    data = brennan("brennan_2001_set3_pxixo", p="person", i="item", o="occasion")
    found = generalizability.variance_components(data, ("p", "i", "o"))
    study = generalizability.d_study(found, {"i": 4, "o": 2})
    names = {"p": "person", "i": "item", "o": "occasion", "pi": "person:item", "po": "person:occasion",
             "io": "item:occasion", "pio": "Residual"}  # fmt: skip
    fixed = generalizability.d_study(found, {"i": 4, "o": 2}, fixed=["i"])
    return component_values(found) | reml_values(found, names) | {
        "G.ni4_no2": study.g.value, "Phi.ni4_no2": study.phi.value, "G.i_fixed": fixed.g.value,
    }  # fmt: skip


def values_brennan_2001_set4_px_r_in_t() -> dict[str, Any]:
    data = brennan("brennan_2001_set4_px_r_in_t", p="person", t="task", r="rater")
    study = generalizability.g_study(data, ("p", "t", "r:t"))
    found = study.components
    fixed = generalizability.d_study(found, {"t": 3, "r": 4}, fixed=["t"])
    names = {"p": "person", "t": "task", "r:t": "rater:task", "pt": "person:task", "pr:t": "Residual"}
    return component_values(found) | reml_values(found, names) | {
        "G.nt3_nr4": study.coefficients.g.value, "Phi.nt3_nr4": study.coefficients.phi.value,
        "G.t_fixed": fixed.g.value, "Phi.t_fixed": fixed.phi.value,
    }  # fmt: skip


def values_cohen_1968() -> dict[str, Any]:
    counts = np.zeros((3, 3))
    pairs = []
    for r in rows("cohen_1968", "table.csv"):
        counts[int(r["judge_a"]) - 1, int(r["judge_b"]) - 1] = float(r["n"])
        pairs += [(int(r["judge_a"]), int(r["judge_b"]))] * int(r["n"])
    assert (agreement.table_of(pairs, [1, 2, 3]) == counts).all()
    own = expected("cohen_1968") and json.loads((ORACLE / "cohen_1968/expected.json").read_text(encoding="utf-8"))
    plain = agreement.cohen_kappa(counts)
    return {
        "kappa": plain.value,
        "kappa.se": agreement.kappa_error(counts).value,
        "kappa.ci95_lo": plain.low,
        "kappa.ci95_hi": plain.high,
        "kappa.linear": agreement.cohen_kappa(counts, weights="linear").value,
        "kappa.quadratic": agreement.cohen_kappa(counts, weights="quadratic").value,
        "kappa.cohen_weights": agreement.cohen_kappa(counts, own["conventions"]["disagreement_weights"]).value,
        "percent_agreement": agreement.percent_agreement(pairs).value,
    }


def values_fleiss_1971() -> dict[str, Any]:
    names = sorted({r["diagnosis"] for r in rows("fleiss_1971")})
    ratings = table("fleiss_1971", "patient", "rater", "diagnosis", names.index)
    counts = np.stack([(ratings == g).sum(axis=1) for g in range(len(names))], axis=1)
    fleiss = agreement.fleiss_kappa(counts)
    return {
        "fleiss_kappa": fleiss.value,
        "fleiss_kappa.z": fleiss.z,
        "conger_exact_kappa": agreement.conger_kappa(ratings).value,
        "light_kappa": agreement.light_kappa(ratings).value,
    } | {f"category_kappa.{name}": grade.value for name, grade in zip(names, fleiss.grades, strict=True)}


def krippendorff(dataset: str) -> dict[str, Any]:
    ratings = table(dataset, "unit", "observer", "value")
    metrics = ("nominal", "ordinal", "interval", "ratio")
    return {f"alpha.{m}": agreement.krippendorff_alpha(ratings, m).value for m in metrics}


def values_krippendorff_2011_c() -> dict[str, Any]:
    return krippendorff("krippendorff_2011_C")


def values_krippendorff_wikipedia() -> dict[str, Any]:
    return krippendorff("krippendorff_wikipedia")


def values_lsat6() -> dict[str, Any]:
    return item_values(table("lsat6", "person", "item", "score"))


def values_shrout_fleiss_1979() -> dict[str, Any]:
    ratings = table("shrout_fleiss_1979", "target", "judge", "score")
    ms = agreement.mean_squares(ratings)
    found: dict[str, Any] = {"MS.BMS": ms.between, "MS.JMS": ms.judges, "MS.EMS": ms.error}
    for name, one in agreement.icc(ratings).items():
        found |= {name: one.value, f"{name}.ci95_lo": one.low, f"{name}.ci95_hi": one.high}
        found |= {f"{name}.F": one.f, f"{name}.p": one.p}
    low, high = agreement.icc(ratings)["ICC2k"].mcgraw_wong
    return found | {"ICC2k.ci95_lo.mcgraw_wong": low, "ICC2k.ci95_hi.mcgraw_wong": high}


def values_subkoviak_rcrtan() -> dict[str, Any]:
    scores = table("subkoviak_rcrtan", "person", "item", "score")
    whole = items.item_analysis(scores)
    mean, sd = whole.mean.value, whole.sd.value
    alpha = reliability.cronbach_alpha(scores).value
    return {
        "kr20": alpha,
        "kr21": reliability.kr21(scores).value,
        "mean": mean,
        "sd_pop": sd * ((len(scores) - 1) / len(scores)) ** 0.5,
        "z.cut8": reliability.decision_consistency(8, mean, sd, alpha, continuity=0.5).z.value,
        "table_agreement.z0.4_r0.4": reliability.decision_consistency(0.4, 0, 1, 0.4).agreement.value,
        "normal_agreement.z0_r0.5": reliability.decision_consistency(0, 0, 1, 0.5).agreement.value,
    }


def facet_values(facet: facets.Facet, prefix: str) -> dict[str, Any]:
    def all_of(get: Any) -> dict[str, Any]:
        return {e.name: get(e) for e in facet.elements}

    found = {
        "measure": all_of(lambda e: e.measure.value), "se": all_of(lambda e: e.error),
        "fair_m": all_of(lambda e: e.fair_m), "fair_z": all_of(lambda e: e.fair_z),
        "obs_avg": all_of(lambda e: e.observed), "infit": all_of(lambda e: e.fit.infit),
        "outfit": all_of(lambda e: e.fit.outfit), "infit_z": all_of(lambda e: e.fit.infit_z),
        "outfit_z": all_of(lambda e: e.fit.outfit_z),
        "fixed_chi2": facet.chi_square, "fixed_df": facet.freedom,
    }  # fmt: skip
    for name, spread in (("populn", facet.population), ("sample", facet.sample)):
        found |= {f"{name}.rmse": spread.rmse, f"{name}.adj_sd": spread.adjusted_sd, f"{name}.strata": spread.strata}
        found |= {f"{name}.separation": spread.separation, f"{name}.reliability": spread.reliability}
    return {f"{prefix}.{k}": v for k, v in found.items()}


def values_guilford_1954() -> dict[str, Any]:
    long = rows("guilford_1954")
    columns = [[r[c] for r in long] for c in ("examinee", "trait", "judge")]
    found = facets.many_facet_rasch(facets.long_ratings(*columns, [float(r["rating"]) for r in long]), "instructor")
    bias = found.surplus(instructor="Brahe", trainee="David")
    return {
        "loglik": found.log_likelihood,
        "tau": list(found.thresholds),
        "total_score": sum(e.observed * 15 for e in found.trainees.elements),
        "exact_agreements": found.agreements,
        "expected_agreements": found.expected_agreements,
        "bias_residual.Brahe.Edward": found.surplus(instructor="Brahe", trainee="Edward").value,
        "bias_obs_minus_exp_avg.Brahe.David": bias.value / bias.n,
    } | facet_values(found.trainees, "examinee") | facet_values(found.stations, "trait") | facet_values(
        found.instructors, "judge"
    )  # fmt: skip


@functools.cache
def made_a() -> tuple[np.ndarray, np.ndarray]:
    """Item marks (trainees, stations, raters, items) and overall ratings (trainees, stations, raters)."""
    marks, grades = np.full((24, 6, 2, 12), np.nan), np.full((24, 6, 2), np.nan)
    for r in rows("made_A", "items.csv"):
        marks[
            int(r["trainee"][1:]) - 1, int(r["station"][1:]) - 1, int(r["rater"][1:]) - 1, int(r["item"][-2:]) - 1
        ] = float(r["score"])
    for r in rows("made_A", "global.csv"):
        grades[int(r["trainee"][1:]) - 1, int(r["station"][1:]) - 1, int(r["rater"][1:]) - 1] = float(r["global"])
    return marks, grades


def values_made_a() -> dict[str, Any]:
    marks, grades = made_a()
    percent = 100 * marks.mean(axis=3)
    parts = (a_items(marks), a_exam(percent, grades), a_standards(percent, grades), a_agreement(marks, grades))
    return {k: v for part in (*parts, a_generalizability(percent), a_facets()) for k, v in part.items()}


def a_items(marks: np.ndarray) -> dict[str, Any]:
    names = {"p": "p", "r_drop": "corrected_item_total", "r_total": "item_total", "alpha": "alpha", "mean": "mean",
             "alpha_drop": "alpha_if_deleted", "sd": "total_sd", "sem": "sem",
             "alpha_feldt95": "alpha.feldt95"}  # fmt: skip
    return {
        f"S0{s + 1} R0{r + 1}.{theirs}": item_values(marks[:, s, r])[ours]
        for s in range(6)
        for r in range(2)
        for theirs, ours in names.items()
    }


def a_exam(percent: np.ndarray, grades: np.ndarray) -> dict[str, Any]:
    scores = percent.mean(axis=2)
    totals, whole = scores.mean(axis=1), items.item_analysis(scores, 100.0)
    alpha = reliability.cronbach_alpha(scores)
    sd = whole.sd.value / 6
    error = reliability.standard_error(sd, alpha.value).value
    t, s, _ = np.indices(grades.shape)
    cut = standards.course_cut(t.ravel(), s.ravel(), grades.ravel(), percent.ravel(), samples=0)
    normal = reliability.decision_consistency(cut.cut.value, float(totals.mean()), sd, alpha.value)
    beta = reliability.livingston_lewis(totals, cut.cut.value, alpha.value)
    hofstee = standards.hofstee(totals, kmin=50, kmax=65, fmin=5, fmax=30)

    def failing(mark: float) -> int:
        return [reliability.pass_band(total, mark, 0.0).decision for total in totals].count("fail")

    return {
        "exam.alpha": alpha.value,
        "exam.alpha_drop": [i.alpha_if_deleted.value for i in whole.items],
        "exam.r_drop": [i.corrected_item_total.value for i in whole.items],
        "exam.feldt95": [alpha.low, alpha.high],
        "exam.mean": whole.mean.value / 6,
        "exam.sd_total": sd,
        "exam.sem": error,
        "exam.omega_total.cfa_raw": reliability.mcdonald_omega(scores).value,
        "exam.omega_total.psych_minres_std": reliability.mcdonald_omega(scores, standardised=True).value,
        "exam.totals": {f"T{i + 1:02d}": total for i, total in enumerate(totals)},
        "exam.n_fail_at_cut": failing(cut.cut.value),
        "exam.n_fail_at_cut_plus_sem": failing(cut.cut.value + error),
        "brm.exam_cut": cut.cut.value,
        "brm.exam_cut_se_independent": cut.error_if_independent.value,
        "brm.exam_cut_plus_1sem": cut.cut.value + error,
        "dc.normal.z": normal.z.value,
        "dc.livingston_lewis.etl": beta.length.value,
        "dc.livingston_lewis.consistency": beta.agreement.value,
        "hofstee.cut": hofstee.cut.value,
        "hofstee.fail_pct": hofstee.fail_percent.value,
    } | {f"dc.normal.{k}": getattr(normal, k).value for k in ("agreement", "chance", "kappa", "accuracy")} | {
        f"dc.livingston_lewis.{k}": getattr(beta, k).value for k in ("kappa", "accuracy")
    }  # fmt: skip


def a_standards(percent: np.ndarray, grades: np.ndarray) -> dict[str, Any]:
    found: dict[str, Any] = {}
    quality = stations.station_quality(percent, grades)
    for s in range(6):
        name = f"S0{s + 1}"
        for who, raters in (("all", slice(None)), ("R01", slice(0, 1)), ("R02", slice(1, 2))):
            x, y = grades[:, s, raters].ravel(), percent[:, s, raters].ravel()
            line = quality[s].regression if who == "all" else standards.borderline_regression(x, y)
            group = standards.borderline_group(x, y)
            one = {
                "n": line.n, "slope": line.slope.value, "intercept": line.intercept.value, "cut": line.cut.value,
                "se_cut": line.error.value, "r2": line.r2.value, "r": line.r.value, "rmse": line.rmse.value,
                "rmse_n": line.rmse_n.value, "n_borderline": line.n_borderline, "bg_mean": group.mean.value,
                "bg_median": group.median.value, "n_fail": line.failing.count,
            }  # fmt: skip
            found |= {f"brm.{name} {who}.{k}": v for k, v in one.items()}
        between = quality[s].between
        found |= {
            f"between_rater.{name}.eta2": between.eta_squared.value,
            f"between_rater.{name}.vc": between.component.value, f"between_rater.{name}.prop": between.share.value,
            f"between_rater.{name}.F": between.f.value, f"between_rater.{name}.p": between.p.value,
        }  # fmt: skip
    return found


def a_agreement(marks: np.ndarray, grades: np.ndarray) -> dict[str, Any]:
    scale = [1.0, 2.0, 3.0, 4.0, 5.0]
    found: dict[str, Any] = {}
    for name, pairs in [(f"S0{s + 1}", grades[:, s]) for s in range(6)] + [("all", grades.reshape(-1, 2))]:
        counts = agreement.table_of(pairs.tolist(), scale)
        one: dict[str, Any] = {
            "n": int(counts.sum()),
            "kappa": agreement.cohen_kappa(counts).value,
            "kappa_lin": agreement.cohen_kappa(counts, "linear").value,
            "kappa_quad": agreement.cohen_kappa(counts, "quadratic").value,
            "agree": agreement.percent_agreement(pairs).value,
            "agree1": agreement.percent_agreement(pairs, tolerance=1).value,
        }
        found |= {f"irr.{name}.{k}": v for k, v in one.items()}
    for s in range(6):
        scores = 100 * marks[:, s].mean(axis=2)
        for name, one_icc in agreement.icc(scores).items():
            found |= {f"irr.S0{s + 1}.{name}": one_icc.value, f"irr.S0{s + 1}.{name}.ci95": [one_icc.low, one_icc.high]}
        # The correlation of two columns is the corrected item-total correlation of either.
        found[f"irr.S0{s + 1}.pearson"] = items.item_analysis(scores, 100.0).items[0].corrected_item_total.value
    pairs = grades.reshape(-1, 2)
    counts = np.stack([(pairs == g).sum(axis=1) for g in scale], axis=1)
    plain = agreement.cohen_kappa(agreement.table_of(pairs.tolist(), scale))
    by_item = marks.transpose(0, 1, 3, 2).reshape(-1, 2)
    return (
        found
        | {
            "irr.all.fleiss": agreement.fleiss_kappa(counts).value,
            "irr.all.kappa_ci95": [plain.low, plain.high],
            "irr.all.gwet_ac1": agreement.gwet_ac(counts).value,
            "irr.all.gwet_ac2_quadratic": agreement.gwet_ac(counts, "quadratic").value,
            "irr.items.kappa": agreement.cohen_kappa(agreement.table_of(by_item.tolist(), [0.0, 1.0])).value,
            "irr.items.agree": agreement.percent_agreement(by_item).value,
        }
        | {
            f"irr.all.kripp_{m}": agreement.krippendorff_alpha(pairs, m).value
            for m in ("nominal", "ordinal", "interval")
        }
    )


def a_generalizability(percent: np.ndarray) -> dict[str, Any]:
    study = generalizability.g_study(percent, ("p", "s", "r"), samples=1000)
    own, found = study.coefficients, study.components
    reduced = generalizability.variance_components(percent, ("p", "s", "r"), effects=("p", "s", "r", "ps", "pr"))
    names = {"p": "trainee", "s": "station", "r": "rater", "ps": "trainee:station", "pr": "trainee:rater",
             "residual": "Residual"}  # fmt: skip
    values: dict[str, Any] = {f"vc.{k}": e.value for k, e in found.estimates.items()} | reml_values(reduced, names)
    values |= {"vc_reml.station:rater": 0.0, "coef.g_bootstrap95_trainees": [own.g.low, own.g.high]}
    for label, made in [("coef", own)] + [
        (f"dstudy.ns{s}_nr{r}", generalizability.d_study(found, {"s": s, "r": r}))
        for s in (4, 6, 8, 10, 12, 16)
        for r in (1, 2, 3)
    ]:
        values |= {f"{label}.g": made.g.value, f"{label}.phi": made.phi.value}
        values |= {f"{label}.sem_rel": made.sem_relative.value, f"{label}.sem_abs": made.sem_absolute.value}
    values["phi_lambda60"] = generalizability.phi_lambda(found, 60, {"s": 6, "r": 2}).value
    values["phi_lambda60_nocorr"] = generalizability.phi_lambda(found, 60, {"s": 6, "r": 2}, corrected=False).value
    return {f"g.{k}": v for k, v in values.items()}


def a_facets() -> dict[str, Any]:
    found: dict[str, Any] = {}
    for prefix, file, part, value in (
        ("mfrm_global", "global.csv", "station", "global"),
        ("mfrm_items", "items.csv", "item", "score"),
    ):
        long = rows("made_A", file)
        columns = [[r[c] for r in long] for c in ("trainee", part, "rater")]
        model = facets.many_facet_rasch(facets.long_ratings(*columns, [float(r[value]) for r in long]))
        if prefix == "mfrm_global":
            found |= {"loglik": model.log_likelihood, "tau": list(model.thresholds)}
        found[f"{prefix}.loglik"] = model.log_likelihood
        for name, facet in (("trainee", model.trainees), (part, model.stations), ("rater", model.instructors)):
            found |= facet_values(facet, f"{prefix}.{name}")
    return found


DATASETS = sorted(folder.name for folder in ORACLE.iterdir() if (folder / "expected.json").exists())
CHECKS = [(dataset, check) for dataset in DATASETS for check in expected(dataset)]


@functools.cache
def answers(dataset: str) -> dict[str, Any]:
    return globals()[f"values_{dataset.lower()}"]()


def near(got: Any, want: Any, tolerance: float) -> bool:
    if want is None or got is None:
        return got is want
    if isinstance(want, dict):
        rounding = 0.5e-8 if want else 0.0  # dictionaries are written with eight decimals
        return set(got) == set(want) and all(near(got[k], v, max(tolerance, rounding)) for k, v in want.items())
    if isinstance(want, list):
        return len(got) == len(want) and all(near(g, w, tolerance) for g, w in zip(got, want, strict=True))
    return abs(got - want) <= tolerance * (1 + 1e-9)


@pytest.mark.parametrize(
    ("dataset", "check"), [c for c in CHECKS if c not in EXEMPT], ids=lambda part: re.sub(r"\s", "_", part)
)
def test_known_answer(dataset: str, check: str) -> None:
    """A table with a known answer gets that answer."""
    want = expected(dataset)[check]
    assert near(answers(dataset)[check], want["value"], want["tol"]), (answers(dataset)[check], want["value"])


def test_every_check_is_computed_or_exempt() -> None:
    """No check of the data sets is passed over in silence."""
    left = [
        (dataset, check)
        for dataset, check in CHECKS
        if check not in answers(dataset) and (dataset, check) not in EXEMPT
    ]
    assert left == []
    assert set(EXEMPT) <= set(CHECKS)


def test_exempt_checks_are_really_not_met() -> None:
    """The list of exemptions holds nothing that would pass."""
    counts = np.array([[88, 14, 18], [10, 40, 10], [2, 6, 12]])
    want = expected("cohen_1968")["kappa.quadratic.se"]
    assert abs(agreement.kappa_error(counts, "quadratic").value - want["value"]) > want["tol"]


def test_the_error_of_weighted_kappa_is_the_delta_method() -> None:
    """The error of weighted kappa is that of a smooth function of the table, worked out numerically."""
    counts = np.array([[88.0, 14, 18], [10, 40, 10], [2, 6, 12]])
    n, slope = counts.sum(), np.zeros((3, 3))
    for i in range(3):
        for j in range(3):
            up, down = counts.copy(), counts.copy()
            up[i, j] += 1e-3
            down[i, j] -= 1e-3
            rise = agreement.cohen_kappa(up, "quadratic").value - agreement.cohen_kappa(down, "quadratic").value
            slope[i, j] = rise / 2e-3 * n
    shares = counts / n
    error = (((shares * slope**2).sum() - (shares * slope).sum() ** 2) / n) ** 0.5
    assert agreement.kappa_error(counts, "quadratic").value == pytest.approx(error, rel=1e-5)
