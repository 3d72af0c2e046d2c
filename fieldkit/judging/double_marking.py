"""Sheets marked by two instructors or more: how often they agree, and by the coefficients beside it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from fieldkit.judging.agreement import cohen_kappa, icc, krippendorff_alpha, percent_agreement, table_of
from fieldkit.judging.estimate import Estimate, enough
from fieldkit.judging.ratings import Codes
from fieldkit.judging.sheets import SCALE, Sheets


@dataclass(frozen=True)
class AgreementFinding:
    """All sheets marked by two or more instructors; the coefficient and the plain agreement side by side."""

    exact: Estimate
    within_one: Estimate
    kappa_quadratic: Estimate
    krippendorff_ordinal: Estimate
    icc_scores: Estimate


@dataclass(frozen=True)
class Doubles:
    """Sheets for the same performance, as pairs of row numbers; the first by the instructor earlier in the alphabet."""

    first: Codes
    second: Codes


def doubles(sheets: Sheets) -> Doubles:
    """All pairs of sheets of the same trainee at the same station."""
    order = np.lexsort((sheets.rater, sheets.place, sheets.person))
    cell = (sheets.person * len(sheets.stations) + sheets.place)[order]
    first, second = [np.zeros(0, dtype=np.int64)], [np.zeros(0, dtype=np.int64)]
    for apart in range(1, len(cell)):
        together = np.nonzero(cell[apart:] == cell[:-apart])[0]
        if not len(together):
            break
        first.append(order[together])
        second.append(order[together + apart])
    return Doubles(np.concatenate(first), np.concatenate(second))


def agreement_finding(sheets: Sheets, pairs: Doubles, samples: int) -> AgreementFinding:
    """Agreement over all doubly marked sheets; Krippendorff's alpha with an interval from `samples` resamples."""
    grades = np.stack([sheets.grade[pairs.first], sheets.grade[pairs.second]], axis=1)
    scores = np.stack([sheets.percent[pairs.first], sheets.percent[pairs.second]], axis=1)
    cube = sheets.cube(sheets.grade)
    table = table_of([tuple(pair) for pair in grades.tolist()], SCALE)
    alpha = krippendorff_alpha(cube.reshape(-1, cube.shape[2]), "ordinal", samples)
    return AgreementFinding(
        exact=enough("agreement", percent_agreement(grades)),
        within_one=enough("agreement", percent_agreement(grades, 1.0)),
        kappa_quadratic=enough("kappa", cohen_kappa(table, "quadratic")),
        krippendorff_ordinal=enough("kappa", alpha),
        icc_scores=enough("icc", icc(scores)["ICC1"]),
    )
