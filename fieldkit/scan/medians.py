"""The median, without what numpy's own does besides: it looks for what is not a number, and loads masked arrays first,
which together take a tenth of the time that reading a page takes."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt


def median(values: npt.NDArray[Any]) -> Any:
    """The median along the last axis of `values` (..., n), n from 1: (...), or a number for (n)."""
    half, odd = divmod(values.shape[-1], 2)
    if odd:
        return np.partition(values, half)[..., half]
    middle = np.partition(values, (half - 1, half))[..., half - 1 : half + 1]
    return (middle[..., 0] + middle[..., 1]) / 2
