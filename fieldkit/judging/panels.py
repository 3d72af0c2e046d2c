"""Pass marks from a panel of judges: Angoff, Ebel, Hofstee.

Angoff (1971)   each judge says what share of just-competent trainees would get each item; cut = sum of the item means;
                SE = sd between the judges' sums / sqrt(judges)
Ebel (1972)     items sorted by relevance and difficulty; cut = sum over cells of (items x share expected right)
Hofstee (1983)  judges name the lowest and highest acceptable cut (kmin, kmax) and share of failures (fmin, fmax, %);
                the cut is where the line from (kmin, fmax) to (kmax, fmin) meets the share that would fail.
                de Gruijter 1985. Convention here: F(c) is the percentage strictly below c, a step function, and
                cut = inf{c : F(c) >= line(c)}; a score equal to the cut passes. Interpolating F gives another number.

Undefined: no complete judge; shares outside 0..1; no items; a fail curve that passes beside Hofstee's box (then
`fallback` holds the nearer end, kmax or kmin, which the panel called acceptable).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from fieldkit.judging.checks import flat, numbers, one_each, results, scalars
from fieldkit.judging.estimate import Estimate, Undefined, counted, undefined
from fieldkit.judging.intervals import Interval, student


@dataclass(frozen=True)
class Angoff:
    """The cut in points and in per cent, what each judge's own cut would be, their spread and the error of the mean."""

    cut: Estimate
    percent: Estimate
    judge_sums: tuple[float, ...]
    sd_between_judges: Estimate
    error: Estimate


@results("Angoff", lambda nothing: Angoff(nothing, nothing, (), nothing, nothing))
def angoff(ratings: Any, points: float | Sequence[float] = 1.0) -> Angoff:
    """Angoff's cut from ratings (judges, items), each a share from 0 to 1; `points` is what the items carry.

    Judges who left an item out are left out; `n` counts the others.
    """
    table = numbers(ratings, "ratings")
    if table.ndim != 2 or not table.shape[1]:
        raise Undefined("a table is needed: one row for each judge, one column for each item")
    whole = table[~np.isnan(table).any(axis=1)]
    n = len(whole)
    if not n:
        raise Undefined("no judge rated all items")
    if whole.min() < 0 or whole.max() > 1:
        raise Undefined("a rating lies outside 0 to 1", n)
    worth = one_each(points, "points", table.shape[1])
    if (worth < 0).any():
        raise Undefined("an item carries fewer than 0 points", n)
    sums, most = whole @ worth, float(worth.sum())
    if not most > 0:
        raise Undefined("the items carry no points", n)
    cut = float(sums.mean())
    if n < 2:
        alone = undefined("one judge has no spread", n, "Angoff")
        return Angoff(
            Estimate(cut, n=n, method="Angoff"),
            Estimate(100 * cut / most, n=n, method="Angoff, %"),
            (cut,),
            alone,
            alone,
        )
    sd = 0.0 if flat(sums) else float(sums.std(ddof=1))
    error = sd / n**0.5
    bounds: Interval = student(cut, error, n - 1) if sd else (None, None)
    mean = Estimate(cut, *bounds, n=n, method="Angoff, mean of judges")
    return Angoff(
        mean,
        mean.times(100 / most, "Angoff, % of the points"),
        tuple(float(s) for s in sums),
        Estimate(sd, n=n, method="sd between judges"),
        Estimate(error, n=n, method="sd between judges / root of judges"),
    )


@dataclass(frozen=True)
class Ebel:
    """The cut in points and in per cent."""

    cut: Estimate
    percent: Estimate


@results("Ebel", lambda nothing: Ebel(nothing, nothing))
def ebel(cells: Iterable[Mapping[str, Any]]) -> Ebel:
    """Ebel's cut; each cell has `n` items and `p`, the share of them a just-competent trainee gets right."""
    try:
        rows = [[cell["n"], cell["p"]] for cell in cells]
    except (TypeError, LookupError):
        raise Undefined("each cell needs `n` and `p`") from None
    table = numbers(rows, "cells")
    if table.ndim != 2 and table.size:
        raise Undefined("a cell needs a number of items and a share from 0 to 1")
    table = table.reshape(-1, 2)
    if np.isnan(table).any() or (table < 0).any() or (table[:, 1] > 1).any():
        raise Undefined("a cell needs a number of items and a share from 0 to 1")
    items = float(table[:, 0].sum())
    if not items > 0:
        raise Undefined("there are no items")
    cut = Estimate(float((table[:, 0] * table[:, 1]).sum()), n=int(items), method="Ebel")
    return Ebel(cut, cut.times(100 / items, "Ebel, % of the items"))


@dataclass(frozen=True)
class EbelPanel:
    """The mean of the judges' cuts in per cent, its error, and each judge's own."""

    percent: Estimate
    error: Estimate
    judges: tuple[float, ...]


@results("Ebel", lambda nothing: EbelPanel(nothing, nothing, ()))
def ebel_panel(judges: Iterable[Iterable[Mapping[str, Any]]]) -> EbelPanel:
    """Ebel's cut of several judges, each with his own cells; the error as in Angoff's method, `n` counts the judges."""
    cuts: list[float] = []
    for cells in judges:
        percent = ebel(cells).percent
        if percent.value is None:
            raise Undefined(percent.reason or "", len(cuts))
        cuts.append(percent.value)
    if not cuts:
        raise Undefined("no judge sorted the items")
    found = angoff(np.minimum(np.array(cuts)[:, None] / 100, 1.0))
    method = "Ebel, % of the points, mean of judges"
    return EbelPanel(
        replace(found.percent, method=method),
        found.error.times(100, "sd between judges / root of judges") if found.error else found.error,
        tuple(cuts),
    )


@dataclass(frozen=True)
class Hofstee:
    """The cut, the share that fails at it and the height of the line there (%), or the fallback outside the box."""

    cut: Estimate
    fail_percent: Estimate
    line_at_cut: Estimate
    fallback: float | None = None


@results("Hofstee", lambda nothing: Hofstee(nothing, nothing, nothing))
def hofstee(scores: Any, kmin: float, kmax: float, fmin: float, fmax: float) -> Hofstee:
    """Hofstee's compromise for `scores`, one a trainee; the box in points and per cent. See the module."""
    x = numbers(scores).ravel()
    kmin, kmax, fmin, fmax = scalars("the four ends of the box", kmin, kmax, fmin, fmax)
    x = np.sort(x[~np.isnan(x)])
    n = len(x)
    if not n:
        raise Undefined("there are no scores")
    if not (kmin < kmax and 0 <= fmin < fmax <= 100):
        raise Undefined("the box needs kmin below kmax and fmin below fmax, both between 0 and 100 %", n)

    def failing(c: float) -> float:
        return 100 * float(np.searchsorted(x, c - 1e-9)) / n

    def line(c: float) -> float:
        return fmax + (fmin - fmax) * (c - kmin) / (kmax - kmin)

    for beyond, end, text in (
        (failing(kmin) > fmax, kmin, f"more than {fmax:g} % fail even at {kmin:g}"),
        (failing(kmax) < fmin, kmax, f"fewer than {fmin:g} % fail even at {kmax:g}"),
    ):
        if beyond:
            why = f"the fail curve passes beside the box: {text} (the nearer end is {end:g})"
            nothing = undefined(why, n, "Hofstee")
            return Hofstee(nothing, nothing, nothing, float(end))
    cut = _crossing(x, kmin, kmax, fmin, fmax)
    method = f"Hofstee, step curve of {counted(n, 'trainee')}"
    at = [Estimate(value, n=n, method=method) for value in (cut, failing(cut), line(cut))]
    return Hofstee(at[0], at[1], at[2])


def _crossing(x: Any, kmin: float, kmax: float, fmin: float, fmax: float) -> float:
    """The least c with F(c) >= line(c): for each height of the step, where the line comes down to it."""
    n = len(x)
    for below in range(int(np.searchsorted(x, kmin)), n + 1):
        reached = kmin + (fmax - 100 * below / n) * (kmax - kmin) / (fmax - fmin)
        start = max(kmin, float(x[below - 1])) if below else kmin
        end = float(x[below]) if below < n else kmax
        if max(reached, start) <= min(end, kmax):
            return max(reached, start)
    return kmax
