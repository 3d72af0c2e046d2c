"""What every statistic returns, and how many marks each needs before it may be printed.

An `Estimate` is a number that knows its interval, how many persons it rests on and how it was made, or else the
reason why there is no number: `value is None` exactly when `reason` is set. Nothing in it is ever NaN or infinite.

The statistics themselves compute whatever mathematics defines, even from three persons. Whether a figure may be
shown is another question, answered in one place: the table `LEAST` and the function `enough`. Its numbers are
working rules, not laws; each row says where it comes from.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any


@dataclass(frozen=True, slots=True)
class Flag:
    """Something to look at: `code` for programs and translations, `text` for people."""

    code: str
    text: str


@dataclass(frozen=True)
class Estimate:
    """A number with what it rests on, or the reason why there is none.

    `low` and `high` bound the 95 % interval unless `method` says otherwise; None where no honest interval exists.
    `n` counts what the number rests on (persons, pairs, marks: `method` says which). `count` is set for shares
    only: so many out of `n`.
    """

    value: float | None
    low: float | None = None
    high: float | None = None
    n: int = 0
    method: str = ""
    reason: str | None = None
    flags: tuple[Flag, ...] = ()
    count: int | None = None

    def __post_init__(self) -> None:
        if (self.value is None) != bool(self.reason):
            raise ValueError(f"an estimate has a value or a reason, never both or neither: {self.value}, {self.reason}")
        for name in ("value", "low", "high"):
            number = getattr(self, name)
            if number is None:
                continue
            if not math.isfinite(number):
                raise FloatingPointError(f"an estimate holds finite numbers only, not {number}")
            object.__setattr__(self, name, float(number))  # plain floats, whatever numpy gave
        object.__setattr__(self, "n", int(self.n))

    def times(self, factor: float, method: str) -> Estimate:
        """The same in another unit: value and interval multiplied by a factor above 0."""
        low, high = (v if v is None else factor * v for v in (self.low, self.high))
        return replace(
            self, value=None if self.value is None else factor * self.value, low=low, high=high, method=method
        )

    def __bool__(self) -> bool:
        """True where there is a value, be it 0."""
        return self.value is not None


class Undefined(Exception):
    """Raised inside a statistic that has no value here; the public functions turn it into an `Estimate`."""

    def __init__(self, reason: str, n: int = 0) -> None:
        super().__init__(reason)
        self.reason, self.n = reason, n


def undefined(reason: str, n: int = 0, method: str = "") -> Estimate:
    """No value, and why."""
    return Estimate(None, n=int(n), method=method, reason=reason)


def counted(number: int, one: str, many: str | None = None) -> str:
    """A number with its noun: `1 trainee`, `7 trainees`."""
    return f"{number} {one if number == 1 else many or one + 's'}"


@dataclass(frozen=True, slots=True)
class Least:
    """The least n of a statistic, its unit (singular and plural), what is shown below it, and why."""

    n: int
    unit: str
    units: str
    below: str
    why: str


INTERVAL, COUNTS, NOTHING = "interval", "counts", "nothing"

_COHORT = "below 20 the interval of a coefficient is as wide as the coefficient; demands of larger cohorts are softened"

LEAST: Mapping[str, Least] = {
    "difficulty": Least(10, "trainee", "trainees", COUNTS, "one trainee moves the share by more than a tenth"),
    "discrimination": Least(20, "trainee", "trainees", INTERVAL, _COHORT),
    "alpha": Least(20, "trainee", "trainees", INTERVAL, _COHORT),
    "standard error": Least(20, "trainee", "trainees", NOTHING, "it inherits the error of the reliability"),
    "generalizability": Least(20, "trainee", "trainees", INTERVAL, _COHORT),
    "decision consistency": Least(20, "trainee", "trainees", NOTHING, "it inherits the error of the reliability"),
    "agreement": Least(10, "pair of marks", "pairs of marks", COUNTS, "one pair moves the share by more than a tenth"),
    "right mark": Least(10, "mark", "marks", COUNTS, "one mark moves the share by more than a tenth"),
    "kappa": Least(20, "pair of marks", "pairs of marks", INTERVAL, _COHORT),
    "icc": Least(20, "trainee", "trainees", INTERVAL, _COHORT),
    "borderline regression": Least(
        20, "rating", "ratings", INTERVAL, "usual advice is 50; with spread grades 20 gives a cut with a stated error"
    ),
    "borderline group": Least(
        6, "borderline rating", "borderline ratings", INTERVAL, "the median of fewer hangs on one"
    ),
    "hofstee": Least(20, "trainee", "trainees", NOTHING, "each trainee is a step of more than five per cent"),
    "angoff": Least(5, "judge", "judges", INTERVAL, "usual advice is ten judges, and never fewer than five"),
    "ebel": Least(5, "judge", "judges", INTERVAL, "as for Angoff: a mean of fewer hangs on one judge"),
    "station quality": Least(20, "rating", "ratings", INTERVAL, _COHORT),
    "between groups": Least(20, "rating", "ratings", NOTHING, "a variance component of fewer is mostly noise"),
    "severity": Least(
        10, "rating", "ratings", INTERVAL, "at fewer, one step of one grade moves the measure by a third"
    ),
    "drift": Least(12, "mark", "marks", INTERVAL, "a slope over fewer follows two or three trainees"),
    "gain": Least(10, "trainee", "trainees", INTERVAL, "the effect size is biased and wide below"),
    "detection rate": Least(5, "object", "objects", COUNTS, "a share of fewer is printed as found out of placed"),
    "sensitivity": Least(
        10, "object", "objects", INTERVAL, "d' of fewer planted or clean objects hangs on the correction"
    ),
}


def enough(statistic: str, estimate: Estimate) -> Estimate:
    """The estimate as it may be shown: unchanged from its least n on; below, no bare figure.

    `statistic` names a row of `LEAST`. Below its n the value goes and the reason says how many are needed; the
    interval stays where the row says `interval`, the interval and the count where it says `counts`.
    """
    rule = LEAST[statistic]
    if estimate.value is None or estimate.n >= rule.n:
        return estimate
    reason = f"not enough data: {counted(estimate.n, rule.unit, rule.units)}, {rule.n} needed"
    if rule.below == NOTHING:
        return replace(estimate, value=None, low=None, high=None, count=None, reason=reason)
    return replace(estimate, value=None, reason=reason)


def as_plain(result: Any) -> Any:
    """A result as dictionaries, lists and numbers, ready for JSON; what is undefined stays null beside its reason."""
    if is_dataclass(result) and not isinstance(result, type):
        return {f.name: as_plain(getattr(result, f.name)) for f in fields(result) if f.repr}
    if isinstance(result, Mapping):
        return {str(key): as_plain(value) for key, value in result.items()}
    if isinstance(result, (tuple, list)):
        return [as_plain(value) for value in result]
    if isinstance(result, (set, frozenset)):
        return sorted(result)
    return result.item() if hasattr(result, "item") else result  # a number that numpy made
