"""A straight line through points by least squares: what borderline regression and an instructor's drift have in common.

slope b = Sxy / Sxx,   spread s^2 = SSE / (n - 2),   SE(slope) = s / sqrt(Sxx),
SE(height at x) = s sqrt(1/n + (x - mean)^2 / Sxx). Undefined without spread in x.
"""

from __future__ import annotations

from dataclasses import dataclass

from fieldkit.judging.checks import Array, flat
from fieldkit.judging.estimate import Undefined


@dataclass(frozen=True)
class Line:
    """The fitted line; `spread` is the residual standard deviation with n-2, None from two points."""

    n: int
    mean_x: float
    mean_y: float
    slope: float
    sxx: float
    syy: float

    @property
    def sse(self) -> float:
        """The sum of squared residuals."""
        return max(self.syy - self.slope**2 * self.sxx, 0.0)

    @property
    def spread(self) -> float | None:
        """The residual standard deviation, n-2 in the denominator."""
        return (self.sse / (self.n - 2)) ** 0.5 if self.n > 2 else None

    @property
    def r(self) -> float | None:
        """The correlation; None where y does not vary."""
        return max(-1.0, min(1.0, self.slope * (self.sxx / self.syy) ** 0.5)) if self.syy else None

    def at(self, x: float) -> float:
        """The height of the line at x."""
        return self.mean_y + self.slope * (x - self.mean_x)

    def error_at(self, x: float) -> float | None:
        """The standard error of the height at x."""
        return None if self.spread is None else self.spread * (1 / self.n + (x - self.mean_x) ** 2 / self.sxx) ** 0.5

    @property
    def slope_error(self) -> float | None:
        """The standard error of the slope."""
        return None if self.spread is None else self.spread / self.sxx**0.5


def fit_line(x: Array, y: Array, no_spread: str) -> Line:
    """The least-squares line; raises `Undefined` with the reason `no_spread` when all x are the same."""
    if flat(x):
        raise Undefined(no_spread, len(x))
    dx, dy = x - x.mean(), y - y.mean()
    sxx, syy = float((dx**2).sum()), 0.0 if flat(y) else float((dy**2).sum())
    slope = float((dx * dy).sum()) / sxx if syy else 0.0
    return Line(len(x), float(x.mean()), float(y.mean()), slope, sxx, syy)
