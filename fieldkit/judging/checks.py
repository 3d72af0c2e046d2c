"""What comes in: tables of marks made into arrays, or a reason in plain words why they cannot be.

Shapes: persons in rows, parts (items, stations) or raters in columns, NaN or None for a missing mark. Every public
statistic is wrapped by `answers` or `results`, so that whatever goes wrong inside becomes an `Estimate` with a reason:
no NaN, no numpy warning and no exception reaches the caller for bad data.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from typing import Any, ParamSpec, TypeVar

import numpy as np
import numpy.typing as npt

from fieldkit.judging.estimate import Estimate, Undefined, counted, undefined

Array = npt.NDArray[np.float64]
P = ParamSpec("P")
R = TypeVar("R")

# Squares and products of numbers between 1 / LARGEST and LARGEST stay far from overflow; what is smaller counts as 0.
LARGEST = 1e50
EXTREME = "the numbers are too large or too close together to calculate with"


def calculating() -> np.errstate:
    """Arithmetic that stops instead of warning; underflow to 0 is harmless."""
    return np.errstate(divide="raise", over="raise", invalid="raise", under="ignore")


def results(method: str, empty: Callable[[Estimate], R]) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Decorator: the function returns a result in every case; `empty` makes one from an undefined estimate."""

    def wrap(statistic: Callable[P, R]) -> Callable[P, R]:
        @functools.wraps(statistic)
        def call(*args: P.args, **kwargs: P.kwargs) -> R:
            try:
                with calculating():
                    return statistic(*args, **kwargs)
            except Undefined as why:
                return empty(undefined(why.reason, why.n, method))
            except (ArithmeticError, np.linalg.LinAlgError):
                return empty(undefined(EXTREME, 0, method))

        return call

    return wrap


def answers(method: str) -> Callable[[Callable[P, Estimate]], Callable[P, Estimate]]:
    """Decorator: the function returns an `Estimate` in every case, undefined ones with their reason."""
    return results(method, lambda nothing: nothing)


def numbers(data: Any, what: str = "marks") -> Array:
    """Any nested sequence as a float array, None and masked marks as NaN.

    Raises `Undefined` on text, ragged rows, dates and infinities.
    """
    try:
        given = np.asarray(np.ma.filled(data.astype(float), np.nan) if isinstance(data, np.ma.MaskedArray) else data)
        if given.dtype.kind in "cmM":  # complex numbers, dates
            raise TypeError
        array = given.astype(np.float64)
    except (TypeError, ValueError, OverflowError):  # OverflowError: a whole number of more than 308 digits
        raise Undefined(_why_not_numbers(data, what)) from None
    size = np.abs(array)
    if (size > LARGEST).any():
        raise Undefined(f"the {what} hold an infinite or absurdly large number")
    return np.where(size < 1 / LARGEST, 0.0, array)


def scalars(what: str, *values: Any) -> tuple[float, ...]:
    """Single numbers, `what` naming them all; raises `Undefined` when one is missing, text or infinite."""
    found = numbers(values, what)
    if found.ndim != 1 or np.isnan(found).any():
        raise Undefined(f"needs numbers for {what}")
    return tuple(float(value) for value in found)


def one_each(values: Any, what: str, size: int) -> Array:
    """One number for all of `size` columns, or one for each of them; raises `Undefined` for anything else."""
    found = numbers(values, what)
    if found.ndim > 1 or found.size not in (1, size) or np.isnan(found).any():
        raise Undefined(f"the {what} must be one number, or one for each of the {size} columns")
    return np.broadcast_to(found.ravel(), (size,)) if size else np.zeros(0)


def _why_not_numbers(data: Any, what: str) -> str:
    data = np.asarray(data, dtype=object).tolist() if hasattr(data, "__array__") else data
    if not isinstance(data, Sequence) or isinstance(data, (str, bytes)):
        return f"the {what} are not numbers"
    rows = [row if isinstance(row, (Sequence, np.ndarray)) and not isinstance(row, str) else [row] for row in data]
    if len({len(row) for row in rows}) > 1:
        return f"the rows of the {what} are of different lengths"
    for column in range(len(rows[0]) if rows else 0):
        for row in rows:
            if isinstance(row[column], str) and not _reads_as_number(row[column]):
                return f'column {column + 1} of the {what} holds text ("{row[column]}"), not numbers'
    return f"the {what} are not numbers"


def _reads_as_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def matrix(data: Any, columns: str = "part", least_columns: int = 2) -> Array:
    """A two-dimensional table, persons in rows. Raises `Undefined` when it is none or too narrow."""
    table = numbers(data)
    if table.ndim != 2:
        raise Undefined("a table is needed: one row for each trainee, one column for each " + columns)
    if table.shape[1] < least_columns:
        have = counted(table.shape[1], columns)
        raise Undefined(f"needs at least {counted(least_columns, columns)}, there is {have}", table.shape[0])
    return table


def complete_rows(table: Array, least: int = 2) -> Array:
    """The rows without a missing mark; raises `Undefined` when fewer than `least` are left."""
    whole = table[~np.isnan(table).any(axis=1)]
    if len(whole) < least:
        raise Undefined(f"needs at least {counted(least, 'trainee')} with all marks, there is {len(whole)}", len(whole))
    return whole


def paired(first: Any, second: Any, names: tuple[str, str], least: int = 2) -> tuple[Array, Array]:
    """Two equally long columns without the places where either is missing."""
    a, b = numbers(first, names[0]).ravel(), numbers(second, names[1]).ravel()
    if len(a) != len(b):
        raise Undefined(f"{len(a)} {names[0]} but {len(b)} {names[1]}")
    both = ~(np.isnan(a) | np.isnan(b))
    if both.sum() < least:
        raise Undefined(f"needs at least {least} pairs of {names[0]} and {names[1]}, there is {both.sum()}", both.sum())
    return a[both], b[both]


def flat(values: Array, beside: float = 0.0) -> bool:
    """Whether all values are the same but for rounding; `beside` is the size of the numbers they were computed from."""
    size = max(float(np.abs(values).max(initial=0.0)), beside)
    return float(np.ptp(values)) <= 1e-10 * size if values.size else True
