"""Henderson's first method: variance components of any design, balanced or not, complete or not, without iteration.

For each effect a (and the mean) T_a = sum over its cells of (sum of marks)^2 / n. Its expectation is

    E T_a = N mu^2 + sum_b k(a, b) sigma_b^2,      k(a, b) = sum over cells of a of (sum over b of n_ab^2) / n_a

so the components solve a small linear system (Henderson 1953; Searle, Casella & McCulloch 1992, ch. 5; the "analogous
ANOVA" of Brennan 2001, ch. 7). On balanced data these are the usual ANOVA estimates.

Everything is a sum over persons, so a person may carry a weight: how often a resample drew him, each draw being another
person. One row of weights gives one system; `components` solves them all together.
"""

from __future__ import annotations

import numpy as np

from fieldkit.judging.checks import Array
from fieldkit.judging.designs import Codes, Design, Effect

MEAN = Effect("mean", frozenset())


class Sums:
    """The sums over persons that T and k are made of, for one design."""

    def __init__(self, design: Design) -> None:
        self.design = design
        self.object = design.object
        self.person = design.codes[design.object]
        self.persons = int(self.person.max()) + 1
        self.terms = (MEAN, *design.effects)
        self.cells = {term.label: design.cells_of(term) for term in self.terms}
        self.marks = np.bincount(self.person, minlength=self.persons).astype(float)

    def within(self, term: Effect) -> bool:
        """Whether the cells of this term belong to one person each."""
        return self.object in term.facets

    def spread(self, cells: Codes, values: Array | None = None) -> Array:
        """Counts (or sums of values) of each person in each cell, shape (persons, cells)."""
        width = int(cells.max()) + 1
        table = np.bincount(self.person * width + cells, values, self.persons * width).astype(float)
        return table.reshape(self.persons, width)

    def squares(self, term: Effect, scores: Array, weights: Array) -> Array:
        """T of one term for each row of weights."""
        cells = self.cells[term.label]
        if not self.within(term):
            totals, counts = weights @ self.spread(cells, scores), weights @ self.spread(cells)
            return np.divide(totals**2, counts, out=np.zeros_like(totals), where=counts > 0).sum(axis=1)
        total, count = np.bincount(cells, scores), np.bincount(cells)
        owner = np.zeros(len(count), dtype=np.int64)
        owner[cells] = self.person
        return weights @ np.bincount(owner, total**2 / count, self.persons)

    def coefficient(self, a: Effect, b: Effect, weights: Array) -> Array:
        """k(a, b) for each row of weights."""
        of_a = self.cells[a.label]
        both = np.unique(of_a * (self.cells[b.label].max() + 1) + self.cells[b.label], return_inverse=True)[1]
        if self.within(a):
            return weights @ self._inside(of_a, both)
        if self.within(b):
            counts, owned = weights @ self.spread(of_a), weights @ self._owned(of_a, both)
            return np.divide(owned, counts, out=np.zeros_like(owned), where=counts > 0).sum(axis=1)
        home = np.zeros(int(both.max()) + 1, dtype=np.int64)
        home[both] = of_a
        joint, counts = weights @ self.spread(both), (weights @ self.spread(of_a))[:, home]
        return np.divide(joint**2, counts, out=np.zeros_like(joint), where=counts > 0).sum(axis=1)

    def _inside(self, of_a: Codes, both: Codes) -> Array:
        """For each person: the sum over his cells of a of (sum n_ab^2) / n_a."""
        owner, home = np.zeros(int(both.max()) + 1, dtype=np.int64), np.zeros(int(both.max()) + 1, dtype=np.int64)
        owner[both], home[both] = self.person, of_a
        joint, counts = np.bincount(both), np.bincount(of_a)
        return np.bincount(owner, joint**2 / counts[home], self.persons).astype(float)

    def _owned(self, of_a: Codes, both: Codes) -> Array:
        """For each person and cell of a: the sum of n_ab^2 over his cells of b; shape (persons, cells of a)."""
        width = int(of_a.max()) + 1
        place = np.zeros(int(both.max()) + 1, dtype=np.int64)
        place[both] = self.person * width + of_a
        owned = np.bincount(place, np.bincount(both) ** 2, self.persons * width).astype(float)
        return owned.reshape(self.persons, width)

    def divisors(self, weights: Array) -> dict[str, Array]:
        """What each component is multiplied by in a person's mean mark: the mean over persons of sum (n_b / n)^2."""
        found = {}
        for effect in self.design.effects:
            both = self.design.cells_of(Effect(effect.label, effect.facets | {self.object}))
            share = self._inside(self.person, both) / self.marks  # sum n_b^2 / n^2 for each person
            found[effect.label] = weights @ share / weights.sum(axis=1)
        return found


def components(sums: Sums, weights: Array) -> Array:
    """Variance components, shape (rows of weights, effects); NaN where the system of a row has no single solution."""
    scores = sums.design.scores - sums.design.scores.mean()  # components do not depend on the mean, rounding does
    terms = sums.terms
    totals = np.stack([sums.squares(term, scores, weights) for term in terms], axis=1)
    marks = weights @ sums.marks
    columns = [np.repeat(marks[:, None], len(terms), axis=1)]
    columns += [np.stack([sums.coefficient(a, b, weights) for a in terms], axis=1) for b in terms[1:]]
    system = np.stack(columns, axis=2) / marks[:, None, None]
    right = totals / marks[:, None]
    width = np.linalg.svd(system, compute_uv=False)
    sound = width[:, -1] > 1e-10 * width[:, 0]
    result = np.full((len(weights), len(terms) - 1), np.nan)
    if sound.any():
        result[sound] = np.linalg.solve(system[sound], right[sound][:, :, None])[:, 1:, 0]
    return result
