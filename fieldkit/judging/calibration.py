"""Before the day: all instructors mark the same performances, and see where they differ while it does not count yet.

items    share of pairs of instructors who gave one performance the same mark, and Krippendorff's alpha (2011): ordinal
         where all marks of the item are numbers, nominal where they are words
people   how often a mark is the one that most of the others gave (of several such marks, any), with an exact interval;
         where marks are numbers, or what they are worth is known, the mean of own mark minus the mean of the others',
         with a t interval
key      where the performance was scripted, how often the right mark was given, by item, by instructor and in all

What to talk about: an item that one saw otherwise than all the others, one that splits the instructors, one on which
most agree against the key (then the script was played or is read otherwise).

Undefined: an item or an instructor without a second mark beside it; alpha where all gave everything the same mark.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from fieldkit.judging.agreement import krippendorff_alpha, percent_agreement
from fieldkit.judging.checks import Array, flat
from fieldkit.judging.estimate import Estimate, as_plain, enough, undefined
from fieldkit.judging.intervals import share, student

SAME = "same mark as most of the others, exact interval"
DIFFERENCE = "own mark minus the mean of the others', t interval"
RIGHT = "the right mark, exact interval"
ONE_APART, SPLIT, AGAINST_KEY = "one apart", "split", "against the key"
NO_KEY = undefined("there is no key", 0, RIGHT)


@dataclass(frozen=True)
class Apart:
    """One performance in which an item is worth talking about: who gave what, the right mark where there is a key, and
    why to talk (see the module)."""

    performance: str
    item: str
    marks: Mapping[str, str]
    key: str | None
    why: str


@dataclass(frozen=True)
class ItemAgreement:
    """How far the instructors agree on one item over all performances."""

    item: str
    exact: Estimate
    alpha: Estimate
    apart: tuple[Apart, ...]
    right: Estimate = NO_KEY


@dataclass(frozen=True)
class PersonAgreement:
    """How often an instructor gave what most of the others gave; the mean difference where marks are numbers.

    `missing` names the (performance, item) that the instructor has not marked though somebody did.
    """

    instructor: str
    same: Estimate
    difference: Estimate
    missing: tuple[tuple[str, str], ...]
    right: Estimate = NO_KEY


@dataclass(frozen=True)
class Calibration:
    """Items with the least agreement first, and every instructor in order."""

    performances: int
    exact: Estimate
    items: tuple[ItemAgreement, ...]
    people: tuple[PersonAgreement, ...]
    right: Estimate = NO_KEY

    def as_dict(self) -> dict[str, Any]:
        """Plain dictionaries, lists and numbers for JSON."""
        plain: dict[str, Any] = as_plain(self)
        return plain


Place = tuple[str, str]  # performance, item
Marks = Mapping[Place, Mapping[str, str]]
Worth = Callable[[str, str], float | None]  # of an item's mark


def calibration(marks: Marks, key: Mapping[Place, str] | None = None, worth: Worth | None = None) -> Calibration:
    """Agreement of instructors; `marks` has, for each (performance, item), the mark of each instructor as text.

    `key` has the right mark where there is one; `worth` says what a mark earns, else marks that are numbers count as
    they are.
    """
    key = key or {}
    people = sorted({name for given in marks.values() for name in given})
    items = list(dict.fromkeys(item for _, item in marks))
    numeric = {
        item: all(_is_number(m) for (_, i), g in marks.items() if i == item for m in g.values()) for item in items
    }
    worth = worth or (lambda item, mark: float(mark) if numeric[item] else None)
    found = [
        _item(item, {at: g for at, g in marks.items() if at[1] == item}, people, numeric[item], key) for item in items
    ]
    found.sort(key=lambda one: _agreeing(one.exact))
    given = [(at, who, mark) for at, by in marks.items() for who, mark in by.items()]
    return Calibration(
        len({performance for performance, _ in marks}),
        enough("agreement", percent_agreement(_table(list(marks.values()), people, numeric=False))),
        tuple(found),
        tuple(_person(name, marks, worth, _right(key, [one for one in given if one[1] == name])) for name in people),
        _right(key, given),
    )


def _right(key: Mapping[Place, str], given: Iterable[tuple[Place, str, str]]) -> Estimate:
    """How many of the marks with a key are the right one."""
    known = [mark == key[at] for at, _, mark in given if at in key]
    return enough("right mark", share(sum(known), len(known), RIGHT)) if known else NO_KEY


def _agreeing(estimate: Estimate) -> float:
    return estimate.count / estimate.n if estimate.count is not None and estimate.n else 2.0


def _is_number(text: str) -> bool:
    try:
        return bool(np.isfinite(float(text)))
    except ValueError:
        return False


def _table(given: Sequence[Mapping[str, str]], people: Sequence[str], *, numeric: bool) -> Array:
    """Marks as numbers: performances in rows, instructors in columns, NaN for none; words are numbered by alphabet."""
    codes = {mark: float(n) for n, mark in enumerate(sorted({m for row in given for m in row.values()}))}
    table = np.full((len(given), max(len(people), 2)), np.nan)
    for r, row in enumerate(given):
        for c, name in enumerate(people):
            if name in row:
                table[r, c] = float(row[name]) if numeric else codes[row[name]]
    return table


def _item(item: str, marks: Marks, people: Sequence[str], numeric: bool, key: Mapping[Place, str]) -> ItemAgreement:
    table = _table(list(marks.values()), people, numeric=numeric)
    apart = tuple(
        Apart(at[0], item, dict(given), key.get(at), why)
        for at, given in marks.items() if (why := _why_talk(list(given.values()), key.get(at)))
    )  # fmt: skip
    alpha = krippendorff_alpha(table, "ordinal" if numeric else "nominal")
    right = _right(key, [(at, who, mark) for at, given in marks.items() for who, mark in given.items()])
    exact = enough("agreement", percent_agreement(table))
    return ItemAgreement(item, exact, enough("kappa", alpha), apart, right)


def _why_talk(given: Sequence[str], key: str | None) -> str:
    """Why the instructors should talk about a mark; empty where there is nothing to talk about."""
    (most, times), *others = Counter(given).most_common()
    if key is not None and most != key and 2 * times > len(given):
        return AGAINST_KEY
    if not others:
        return ""
    return ONE_APART if len(others) == 1 and others[0][1] == 1 and times > 1 else SPLIT


def _person(name: str, marks: Marks, worth: Worth, right: Estimate) -> PersonAgreement:
    same = n = 0
    differences: list[float] = []
    for (_, item), given in marks.items():
        others = [mark for who, mark in given.items() if who != name]
        if name not in given or not others:
            continue
        n += 1
        counts = Counter(others)
        same += counts[given[name]] == max(counts.values())
        own, earned = worth(item, given[name]), [w for mark in others if (w := worth(item, mark)) is not None]
        if own is not None and earned:
            differences.append(own - float(np.mean(earned)))
    missing = tuple(at for at, given in marks.items() if name not in given)
    nobody = undefined("nobody else marked these performances", 0, SAME)
    exact = enough("agreement", share(same, n, SAME, "marks")) if n else nobody
    return PersonAgreement(name, exact, enough("agreement", _difference(np.array(differences))), missing, right)


def _difference(apart: Array) -> Estimate:
    n = len(apart)
    if n < 2:
        return undefined("fewer than two marks are numbers that others gave, too", n, DIFFERENCE)
    mean = float(apart.mean())
    if flat(apart):
        return Estimate(mean, n=n, method=DIFFERENCE)
    return Estimate(mean, *student(mean, float(apart.std(ddof=1)) / n**0.5, n - 1), n=n, method=DIFFERENCE)
