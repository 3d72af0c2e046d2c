"""Which effects a design has: facets crossed or nested, written the way Brennan (2001) writes them.

A facet is a source of marks: trainees, stations, instructors, items. `"r:t"` says that each r belongs to one t,
`"r:(ps)"` that it belongs to one pair; for names longer than a letter, `"instructor:station"`,
`"instructor:(trainee,station)"`. The first facet is the object of measurement, normally the trainee.

Every set of facets in which none is nested in another is an effect; its cells are numbered by these facets and by all
that they are nested in. Labels: primary facets, a colon, the facets they are nested in ("pr:t"). One-letter names are
written together, longer ones joined by "×".
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from fieldkit.judging.checks import Array, numbers
from fieldkit.judging.estimate import Undefined
from fieldkit.judging.ratings import numbered

Codes = npt.NDArray[np.int64]
RESIDUAL = "residual"


@dataclass(frozen=True)
class Effect:
    """One source of variance: its label and all facets that number its cells. The residual has a cell for each mark."""

    label: str
    facets: frozenset[str]


@dataclass(frozen=True)
class Design:
    """The marks in long form, with the cell numbers of each facet (nested ones already made unique)."""

    names: tuple[str, ...]
    effects: tuple[Effect, ...]
    codes: Mapping[str, Codes]
    scores: Array
    parents: Mapping[str, frozenset[str]]

    @property
    def object(self) -> str:
        """The facet that is measured."""
        return self.names[0]

    def cells(self, facets: frozenset[str]) -> Codes:
        """The cell number of each mark when numbered by these facets; all 0 for none."""
        number = np.zeros(len(self.scores), dtype=np.int64)
        for name in self.names:
            if name in facets:
                number = np.unique(number * (self.codes[name].max() + 1) + self.codes[name], return_inverse=True)[1]
        return number

    def cells_of(self, effect: Effect) -> Codes:
        """The cell number of each mark in this effect."""
        return np.arange(len(self.scores)) if effect.label == RESIDUAL else self.cells(effect.facets)

    def sizes(self) -> dict[str, float]:
        """The levels of each facet but the object; of a nested one, the mean number within its nest."""
        levels = self.levels()
        held = {name: len(np.unique(self.cells(self.parents[name]))) if self.parents[name] else 1 for name in levels}
        return {name: levels[name] / held[name] for name in self.names[1:]}

    def levels(self) -> dict[str, int]:
        """How many different levels each facet has."""
        return {name: len(np.unique(codes)) for name, codes in self.codes.items()}


def build(data: Any, facets: Sequence[str], effects: Sequence[str] | None = None) -> Design:
    """The design of `data`: an array with one axis a facet (NaN: no mark), or columns by name and "score".

    `effects` picks some effects by label; what they leave over is the residual. Raises `Undefined` for data that does
    not fit and for facets with one level.
    """
    names, parents = _parse(facets)
    columns, scores = _long(data, names)
    codes = {name: _codes(columns[name]) for name in names}
    design = Design(names, (), codes, scores, parents)
    for name in names:  # parents stand on their own, so any order will do
        if parents[name]:
            codes[name] = design.cells(frozenset({name}) | parents[name])
    _check_levels(design)
    possible = _effects(names, parents)
    return Design(names, _chosen(possible, effects, design), codes, scores, parents)


def _codes(column: npt.NDArray[Any]) -> Codes:
    """The number of each entry's level."""
    if column.dtype.kind in "biuf":
        return np.unique(column, return_inverse=True)[1].astype(np.int64)
    return numbered(column.tolist())[1]


def _parse(facets: Sequence[str]) -> tuple[tuple[str, ...], dict[str, frozenset[str]]]:
    split = [facet.replace(" ", "").partition(":") for facet in facets]
    names = tuple(name for name, _, _ in split)
    direct = {}
    for name, _, nest in split:
        inner = nest.strip("()")
        found = inner.split(",") if "," in inner or inner in names else list(inner)
        if unknown := [parent for parent in found if parent not in names]:
            raise Undefined(f'"{name}" is nested in "{unknown[0]}", which is not one of the facets')
        direct[name] = frozenset(found)
    return names, {name: _ancestors(name, direct, ()) for name in names}


def _ancestors(name: str, direct: Mapping[str, frozenset[str]], seen: tuple[str, ...]) -> frozenset[str]:
    if name in seen:
        raise Undefined(f'"{name}" is nested in itself')
    return direct[name].union(*(_ancestors(parent, direct, (*seen, name)) for parent in direct[name]))


def _long(data: Any, names: tuple[str, ...]) -> tuple[dict[str, npt.NDArray[Any]], Array]:
    if isinstance(data, Mapping):
        if missing := [name for name in (*names, "score") if name not in data]:
            raise Undefined(f'the table has no column "{missing[0]}"')
        scores = numbers(data["score"]).ravel()
        columns = {name: np.atleast_1d(np.asarray(data[name])) for name in names}
        if any(len(column) != len(scores) for column in columns.values()):
            raise Undefined("the columns are of different lengths")
    else:
        table = numbers(data)
        if table.ndim != len(names):
            raise Undefined(f"the table has {table.ndim} axes, the design {len(names)} facets")
        columns = {name: place.ravel() for name, place in zip(names, np.indices(table.shape), strict=True)}
        scores = table.ravel()
    known = ~np.isnan(scores)
    if known.sum() < 2:
        raise Undefined("there are fewer than two marks", int(known.sum()))
    return {name: column[known] for name, column in columns.items()}, scores[known]


def _check_levels(design: Design) -> None:
    levels, parents = design.levels(), design.parents
    for name in design.names:
        held = len(np.unique(design.cells(parents[name]))) if parents[name] else 1
        if levels[name] < 2 or levels[name] <= held:
            where = " in each " + "×".join(sorted(parents[name])) if parents[name] else ""
            people = levels[design.object]
            raise Undefined(f"there is only one {name}{where}, so its share of the spread cannot be told", people)


def _effects(names: tuple[str, ...], parents: Mapping[str, frozenset[str]]) -> list[Effect]:
    joint = "" if all(len(name) == 1 for name in names) else "×"
    found = []
    for size in range(1, len(names) + 1):
        for primary in itertools.combinations(names, size):
            nests = frozenset().union(*(parents[name] for name in primary))
            if nests & set(primary):
                continue
            label = joint.join(primary)
            if nests:
                label += ":" + joint.join(name for name in names if name in nests)
            found.append(Effect(label, nests.union(primary)))
    return sorted(found, key=lambda effect: len(effect.facets))


def _chosen(possible: list[Effect], wanted: Sequence[str] | None, design: Design) -> tuple[Effect, ...]:
    everything = frozenset(design.names)
    if wanted is not None:
        if unknown := [label for label in wanted if label not in {e.label for e in possible} | {RESIDUAL}]:
            raise Undefined(f'the design has no effect "{unknown[0]}"; it has ' + ", ".join(e.label for e in possible))
        possible = [effect for effect in possible if effect.label in wanted]
    single = len(np.unique(design.cells(everything))) == len(design.scores)
    if any(effect.facets == everything for effect in possible) and single:
        return tuple(possible)
    return (*possible, Effect(RESIDUAL, everything))
