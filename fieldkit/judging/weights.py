"""How far apart two grades of a scale are, for the kappas that weigh disagreements."""

from __future__ import annotations

from typing import Any

import numpy as np

from fieldkit.judging.checks import Array, numbers
from fieldkit.judging.estimate import Undefined


def weights_of(size: int, weights: str | Any | None) -> Array:
    """The disagreement of each pair of grades, 0 on the diagonal: None, "linear", "quadratic" or a (k, k) table."""
    apart = np.abs(np.subtract.outer(np.arange(size), np.arange(size))) / max(size - 1, 1)
    if weights is None:
        return (apart > 0).astype(np.float64)
    if isinstance(weights, str):
        if weights not in ("linear", "quadratic"):
            raise Undefined(f'weights are None, "linear", "quadratic" or a table, not "{weights}"')
        return apart if weights == "linear" else apart**2
    given = numbers(weights, "weights")
    if given.shape != (size, size) or np.diag(given).any() or not (given >= 0).all():
        raise Undefined(f"the weights must be a {size} by {size} table of disagreements with 0 on the diagonal")
    if size > 1 and not given.any():
        raise Undefined("all weights are 0, so no disagreement counts")
    return given
