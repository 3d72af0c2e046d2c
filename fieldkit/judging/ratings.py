"""Ratings in long form for the many-facet model: who, at what, by whom, with which grade; and what hangs together.

Which measures can be compared is a question of algebra. The model adds a trainee's ability, a station's difficulty and
an instructor's severity, so it cannot tell apart shifts of these that leave every sum as it is. Beyond the two shifts
that every design has (one for each centred facet) there are none in a linked rotation. Each further one splits the
elements of a facet into groups that nothing compares: two circuits that share no instructor, or an instructor who never
left his station, whose severity cannot be told from its difficulty. FACETS calls the groups subsets.
"""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from fieldkit.judging.checks import Array, numbers
from fieldkit.judging.estimate import Undefined

Codes = npt.NDArray[np.int64]
FACETS = ("trainee", "station", "instructor")
_NUMBERS = re.compile(r"([0-9]+)")


@dataclass(frozen=True)
class Ratings:
    """Every grade given, with the numbers of its trainee, station (or item) and instructor; `labels` names them."""

    labels: tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]
    codes: tuple[Codes, Codes, Codes]
    grades: Array

    def keep(self, which: npt.NDArray[np.bool_]) -> Ratings:
        """Only the marks in `which`, and only the labels that still have one."""
        left = [numbered(np.asarray(names)[codes[which]]) for names, codes in zip(self.labels, self.codes, strict=True)]
        return _made(left, self.grades[which])


def numbered(column: Sequence[Any] | npt.NDArray[Any]) -> tuple[tuple[str, ...], Codes]:
    """The different labels of a column in order (S2 before S10), and the number of each entry's label."""
    seen: dict[Any, int] = defaultdict(itertools.count().__next__)
    values = column.tolist() if isinstance(column, np.ndarray) else column
    try:
        codes = np.fromiter(map(seen.__getitem__, values), dtype=np.int64, count=len(values))
    except TypeError:
        raise Undefined("labels are words or numbers, one for each mark") from None
    labels = [str(label) for label in seen]
    order = sorted(range(len(labels)), key=lambda n: in_order(labels[n]))
    place = np.empty(len(labels), dtype=np.int64)
    place[order] = np.arange(len(labels))
    return tuple(labels[i] for i in order), place[codes] if len(labels) else codes


def in_order(label: str) -> tuple[tuple[int, int, str], ...]:
    """What labels are sorted by: words by letter, the numbers in them by size; two that read alike keep apart."""
    parts = [part for part in _NUMBERS.split(label) if part]
    return (*((0, int(p), "") if p.isdecimal() else (1, 0, p) for p in parts), (2, 0, label))


def _made(columns: Sequence[tuple[tuple[str, ...], Codes]], grades: Array) -> Ratings:
    (a, x), (b, y), (c, z) = columns
    return Ratings((a, b, c), (x, y, z), grades)


def long_ratings(trainees: Sequence[Any], stations: Sequence[Any], instructors: Sequence[Any], grades: Any) -> Ratings:
    """Ratings from four columns of equal length; rows with a missing grade are left out. Raises `Undefined`."""
    values = numbers(grades, "grades").ravel()
    columns = [numbered(column) for column in (trainees, stations, instructors)]
    if any(len(codes) != len(values) for _, codes in columns):
        raise Undefined("the columns are of different lengths")
    known = ~np.isnan(values)
    if not known.any():
        raise Undefined("there are no grades")
    return _made(columns, values).keep(known)


def ratings_of(data: Any) -> Ratings:
    """Ratings from `Ratings`, from a mapping of columns (trainee, station, instructor, grade) or from an array.

    Arrays: (trainees, stations) for one instructor or (trainees, stations, instructors), NaN for missing; labels are
    then the numbers from 1.
    """
    if isinstance(data, Ratings):
        return data
    if isinstance(data, Mapping):
        if missing := [name for name in (*FACETS, "grade") if name not in data]:
            raise Undefined(f'the table has no column "{missing[0]}"')
        return long_ratings(data["trainee"], data["station"], data["instructor"], data["grade"])
    table = numbers(data, "grades")
    if table.ndim not in (2, 3):
        raise Undefined("a table of trainees by stations is needed, or by stations and instructors")
    cube = table if table.ndim == 3 else table[:, :, None]
    known = ~np.isnan(cube)
    if not known.any():
        raise Undefined("there are no grades")
    columns = []
    for axis, size in zip(np.nonzero(known), cube.shape, strict=True):
        names = [f"{place:0{len(str(size))}d}" for place in range(1, size + 1)]
        columns.append(numbered(np.asarray(names)[axis]))
    return _made(columns, cube[known])


def comparable(ratings: Ratings) -> tuple[tuple[tuple[str, ...], ...], ...]:
    """For each facet the groups of labels within which measures can be compared; one group each in a linked rotation.

    The shifts that cannot be told apart are the null space of the stations' and instructors' incidence after the
    trainees are taken out; two elements are comparable when every such shift moves them alike.
    """
    (person, part, rater), (people, parts, raters) = ratings.codes, ratings.labels
    width = len(parts) + len(raters)
    places = np.stack([part, len(parts) + rater])
    marks = np.bincount(person).astype(float)
    incidence, pairs = np.zeros(len(people) * width), np.zeros(width * width)
    for p in places:
        incidence += np.bincount(person * width + p, minlength=len(incidence))
        for q in places:
            pairs += np.bincount(p * width + q, minlength=len(pairs))
    table = incidence.reshape(-1, width)
    values, vectors = np.linalg.eigh(
        pairs.reshape(width, width) - np.einsum("pi,pj->ij", table, table / marks[:, None])
    )
    shifts = vectors[:, values < 1e-9 * max(values[-1], 1.0)]
    moved = table @ shifts / marks[:, None]
    return _alike(moved, people), _alike(shifts[: len(parts)], parts), _alike(shifts[len(parts) :], raters)


def _alike(rows: Array, labels: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    """The labels grouped by equal rows, in the order of their first member."""
    groups, left = [], np.arange(len(labels))
    while len(left):
        same = np.abs(rows[left] - rows[left[0]]).max(axis=1) < 1e-6
        groups.append(tuple(labels[i] for i in left[same]))
        left = left[~same]
    return tuple(groups)
