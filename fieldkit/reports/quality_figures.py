"""Estimates as people read them: the number with its interval and n, or the reason why there is none."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

from fieldkit.reports.figures import column_figure
from fieldkit.reports.quality_reasons import in_language
from fieldkit.reports.quality_words import say

if TYPE_CHECKING:
    from fieldkit.judging.analysis import Analysis
    from fieldkit.judging.estimate import Estimate
    from fieldkit.judging.instructor_findings import InstructorFinding
    from fieldkit.judging.station_findings import StationFinding


def number(value: float, digits: int, lang: str) -> str:
    """A number with so many decimals, rounded half up, with the decimal sign of the language."""
    rounded = Decimal(str(value)).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)
    if not digits:
        return f"{rounded:f}".replace("-0", "0") if not rounded else f"{rounded:f}"
    shown = f"{rounded + 0:f}" if rounded else f"{abs(rounded):f}"
    return shown.replace(".", column_figure(Decimal(0), lang)[1])


def mark_words(value: float, lang: str) -> str:
    """A pass mark as it is: 70, 66.67."""
    return f"{value:.4g}".replace(".", column_figure(Decimal(0), lang)[1])


def interval(estimate: Estimate, digits: int, lang: str) -> str:
    """`95 %: 0.54 to 0.91`, or nothing where there is no interval."""
    if estimate.low is None or estimate.high is None:
        return ""
    return say("interval", lang, low=number(estimate.low, digits, lang), high=number(estimate.high, digits, lang))


def told(estimate: Estimate, digits: int, lang: str, unit: str = "") -> str:
    """The number with its interval and n; below its least n the reason, with the interval where that may be shown."""
    around = interval(estimate, digits, lang)
    if estimate.value is None:
        reason = in_language(estimate.reason or "", lang)
        counts = say("of", lang, n=estimate.count, of=estimate.n) + "; " if estimate.count is not None else ""
        return counts + reason + (f" ({around})" if around else "")
    brackets = ", ".join(filter(None, (around, say("n", lang, n=estimate.n))))
    return f"{number(estimate.value, digits, lang)}{unit} ({brackets})"


def share(estimate: Estimate, lang: str) -> str:
    """A share as `3 of 8`, with the interval in per cent."""
    if estimate.count is None:
        return told(estimate, 2, lang)
    counts = say("of", lang, n=estimate.count, of=estimate.n)
    if estimate.low is None or estimate.high is None:
        return counts
    factor = 100 if estimate.high <= 1 else 1
    low, high = (number(factor * bound, 0, lang) for bound in (estimate.low, estimate.high))
    return f"{counts} ({say('interval', lang, low=low, high=high)} %)"


def judged(station: StationFinding) -> bool:
    """Whether there was enough to find something at a station, so that finding nothing says something."""
    return any(one.value is not None for one in (station.r2, station.correlation, station.between_instructors))


def compared(instructor: InstructorFinding) -> bool:
    """Whether there was enough to find something in an instructor's marks."""
    return any(one.value is not None for one in (instructor.severity, instructor.difference, instructor.drift))


def why_no_severity(analysis: Analysis) -> tuple[str, ...]:
    """The different reasons why instructors have no strictness; that groups are not linked is told elsewhere."""
    reasons = [one.severity.reason for one in analysis.instructors if one.severity.reason]
    if analysis.severity_reason and not analysis.groups:
        reasons.insert(0, analysis.severity_reason)
        return tuple(reasons[:1])
    return tuple(dict.fromkeys(reasons))
