"""Exercises for groups: equally hard, and so different that one group cannot tell the next what to look for."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from fieldkit.generator.draw import draw_exercise
from fieldkit.generator.facts import DEFAULT_DAY
from fieldkit.library.load import Library
from fieldkit.model.scenario import Scenario

CANDIDATES = 24  # other seeds tried for one group before the best of them is taken
PATIENCE = 8  # so many seeds are tried to repeat nothing at all
Finds = frozenset[tuple[str, str]]  # what is planted: its code, and its point or paper


class _Drawn(NamedTuple):
    """What one seed would plant, and how hard that is."""

    seed: int
    difficulty: int
    finds: Finds


def balanced_seeds(
    scenario: Scenario, library: Library, seeds: Sequence[int], clean: Sequence[bool], day: str = DEFAULT_DAY
) -> tuple[int, ...]:
    """One seed for each group, its own or another worked out of it, so that all are equally hard or nearly so.

    `seeds` and `clean` have one entry for each group. What is aimed at is the difficulty in the middle of those that
    the groups' own seeds give; of equally hard exercises a group gets the one that repeats least of what groups before
    it have. A clean unit keeps its seed. The same seeds give the same answer.
    """
    own = [
        None if is_clean else _drawn(scenario, library, seed, day) for seed, is_clean in zip(seeds, clean, strict=True)
    ]
    hard = sorted(one.difficulty for one in own if one is not None)
    if not hard or not scenario.finds:
        return tuple(seeds)
    aim, before = hard[(len(hard) - 1) // 2], list[Finds]()
    chosen = list(seeds)
    for place, first in enumerate(own):
        if first is not None:
            best = _best(_tried(scenario, library, first, day), aim, before)
            before.append(best.finds)
            chosen[place] = best.seed
    return tuple(chosen)


def _best(tried: Iterator[_Drawn], aim: int, before: Sequence[Finds]) -> _Drawn:
    """The first that is as hard as `aim` and repeats nothing; else the one that is nearest, then repeats least.

    After some tries one is enough that is as hard and not the same as another's.
    """
    best, best_off = None, (0, False, 0)
    for count, one in enumerate(tried, 1):
        off = abs(one.difficulty - aim), one.finds in before, sum(len(one.finds & finds) for finds in before)
        if best is None or off < best_off:
            best, best_off = one, off
        if not any(best_off[: 2 if count >= PATIENCE else 3]):
            break
    assert best is not None, "the group's own seed is always tried"
    return best


def _tried(scenario: Scenario, library: Library, own: _Drawn, day: str) -> Iterator[_Drawn]:
    """The group's own exercise, then those of other seeds worked out of its seed."""
    yield own
    for n in range(CANDIDATES):
        digest = hashlib.sha256(f"{own.seed}/balance/{n}".encode()).digest()
        yield _drawn(scenario, library, int.from_bytes(digest[:4], "big") >> 1, day)


def _drawn(scenario: Scenario, library: Library, seed: int, day: str) -> _Drawn:
    exercise = draw_exercise(scenario, library, seed, clean=False, day=day)
    finds = frozenset((find.code, find.point or find.shown_in[0]) for find in exercise.planted)
    return _Drawn(seed, exercise.difficulty, finds)
