"""Finding what was planted and leaving alone what was not: hits, false alarms, sensitivity and leaning.

    hit rate H = hits / planted,   false alarm rate F = false alarms / clean         (intervals exact)
    d' = z(H) - z(F),   criterion c = -(z(H) + z(F)) / 2      z the normal quantile      Green & Swets 1966
    var d' = H(1-H) / (planted phi(zH)^2) + F(1-F) / (clean phi(zF)^2),   var c = var d' / 4   (Gourevitch & Galanter
    1967)

Where a rate is 0 or 1 its z is infinite; then both rates become (count + 0.5) / (objects + 1) (log-linear rule, Hautus
1995) and the method says so. d' above 0: planted and clean are told apart; c above 0: reports too little, below 0 too
much. Undefined: nothing planted, or nothing clean, for whatever needs it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import special

from fieldkit.judging.checks import answers
from fieldkit.judging.estimate import Estimate, Undefined, undefined
from fieldkit.judging.intervals import normal_quantile, share

MOST = 10**12  # objects; the intervals of more cannot be told from points


@dataclass(frozen=True)
class Detection:
    """Rates as shares with their counts, d' and the criterion; `sensitivity` and `criterion` count all objects in n."""

    hits: Estimate
    false_alarms: Estimate
    sensitivity: Estimate
    criterion: Estimate


def signal_detection(hits: int, misses: int, false_alarms: int, correct_rejections: int) -> Detection:
    """Detection from the four counts: planted objects found and missed, clean objects reported and left alone."""
    counts = (hits, misses, false_alarms, correct_rejections)
    if any(not isinstance(c, (int, float, np.number)) or not 0 <= c <= MOST or c != int(c) for c in counts):
        return Detection(*[undefined("the counts must be whole numbers of 0 or more", 0, "signal detection")] * 4)
    hits, misses, false_alarms, correct_rejections = (int(c) for c in counts)
    planted, clean = hits + misses, false_alarms + correct_rejections
    return Detection(
        share(hits, planted, "planted and found, exact interval", "planted objects"),
        share(false_alarms, clean, "clean and reported, exact interval", "clean objects"),
        _measure(hits, planted, false_alarms, clean, "sensitivity d'"),
        _measure(hits, planted, false_alarms, clean, "criterion c"),
    )


@answers("signal detection")
def _measure(hits: int, planted: int, alarms: int, clean: int, which: str) -> Estimate:
    if not planted or not clean:
        raise Undefined(f"there are no {'planted' if not planted else 'clean'} objects", planted + clean)
    corrected = hits in (0, planted) or alarms in (0, clean)
    add = 0.5 if corrected else 0.0
    rates = np.array([(hits + add) / (planted + 2 * add), (alarms + add) / (clean + 2 * add)])
    objects = np.array([planted, clean]) + 2 * add
    z = special.ndtri(rates)
    height = np.exp(-(z**2) / 2) / (2 * np.pi) ** 0.5
    error = float((rates * (1 - rates) / (objects * height**2)).sum()) ** 0.5
    value = float(z[0] - z[1])
    if which == "criterion c":
        value, error = -float(z.sum()) / 2, error / 2
    reach = normal_quantile() * error
    method = which + (", log-linear rule" if corrected else "") + ", normal interval"
    return Estimate(value, value - reach, value + reach, min(planted, clean), method)
