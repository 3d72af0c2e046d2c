"""Proving a scenario under many seeds, showing its variants side by side, and choosing ones that are equally hard."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from fieldkit.errors import BadInput
from fieldkit.generator.checker import find_errors
from fieldkit.generator.discrepancies import PLANTS
from fieldkit.generator.draw import draw_exercise
from fieldkit.generator.facts import DEFAULT_DAY
from fieldkit.generator.find_items import find_item_id
from fieldkit.library.load import Library
from fieldkit.model.exercise import Exercise
from fieldkit.model.scenario import Scenario
from fieldkit.model.sheet import lay_out

CANDIDATES = 24  # other seeds tried for one group before the nearest is taken
SAMPLE = 24  # seeds of a proof where nothing is said


@dataclass(frozen=True)
class Variant:
    """What one seed gives: codes planted with their levels, points to visit, decoys laid out."""

    seed: int
    clean: bool
    codes: tuple[tuple[str, int], ...]
    points: tuple[str, ...]
    decoys: tuple[str, ...]
    difficulty: int


def variant(exercise: Exercise) -> Variant:
    """An exercise in short."""
    return Variant(
        exercise.seed,
        exercise.clean,
        tuple((find.code, find.level) for find in exercise.planted),
        tuple(find.point for find in exercise.planted if find.point),
        tuple(decoy.code for decoy in exercise.decoys),
        exercise.difficulty,
    )


def variants(scenario: Scenario, library: Library, seeds: Iterable[int]) -> Iterator[Variant]:
    """What each of some seeds gives."""
    return (variant(draw_exercise(scenario, library, seed)) for seed in seeds)


def prove(scenario: Scenario, library: Library, seeds: Iterable[int], day: str = DEFAULT_DAY) -> list[str]:
    """Everything that does not hold under these seeds, in plain words; empty where all holds."""
    wrong, clean, rows, count = [], 0, None, 0
    for seed in seeds:
        count += 1
        try:
            exercise = draw_exercise(scenario, library, seed, day=day)
        except BadInput as refusal:
            wrong.append(f"seed {seed}: {refusal.message}")
            continue
        rows = rows or exercise.items
        clean += exercise.clean
        wrong += [f"seed {seed}: {what}" for what in _faults(exercise, scenario, library, day)]
        if exercise.items != rows:
            wrong.append(f"seed {seed}: its sheet has other rows than those of other seeds")
    if count >= 8 and scenario.finds and not clean:
        wrong.append("no clean unit among these seeds")
    if rows and len(pages := lay_out(rows)) > 1:
        wrong.append(f"its sheet has {len(rows)} rows and takes {len(pages)} pages")
    return wrong


def _faults(exercise: Exercise, scenario: Scenario, library: Library, day: str) -> Iterator[str]:
    """What is wrong with one exercise."""
    if exercise.clean != (not exercise.planted):
        yield "clean, and yet something is planted"
    seen = {error.code for error in find_errors(exercise.documents, day)}
    planted = {find.code for find in exercise.planted if find.code in PLANTS}
    if seen != planted:
        yield f"planted {sorted(planted)}, seen {sorted(seen)}"
    points = [thing.point for thing in (*exercise.planted, *exercise.decoys) if thing.point]
    if len(set(points)) < len(points):
        yield "two things lie on one point"
    listed = library.point_lists.get(scenario.points)
    for find in exercise.planted:
        if not find.shown_in or not find.what or not find.answer:
            yield f"{find.label} ({find.code}) cannot be seen, or has no answer"
        if find.point and (listed is None or listed.point(find.point) is None):
            yield f"{find.label} lies on {find.point}, which is not in the list"
        if find_item_id(find.label) not in {item.id for item in exercise.items}:
            yield f"{find.label} has no row on the sheet"


def balanced_seeds(
    scenario: Scenario, library: Library, seeds: Sequence[int], clean: Sequence[bool], day: str = DEFAULT_DAY
) -> tuple[int, ...]:
    """One seed for each group, its own or another worked out of it, so that all are equally hard or nearly so.

    `seeds` and `clean` have one entry for each group. What is aimed at is the difficulty in the middle of those that
    the groups' own seeds give; a clean unit keeps its seed. The same seeds give the same answer.
    """
    own = [
        0 if is_clean else _difficulty(scenario, library, seed, day)
        for seed, is_clean in zip(seeds, clean, strict=True)
    ]
    planted = sorted(hard for hard, is_clean in zip(own, clean, strict=True) if not is_clean)
    if not planted:
        return tuple(seeds)
    aim = planted[(len(planted) - 1) // 2]
    return tuple(
        seed if is_clean or hard == aim else _nearest(scenario, library, seed, aim, day)
        for seed, is_clean, hard in zip(seeds, clean, own, strict=True)
    )


def _nearest(scenario: Scenario, library: Library, seed: int, aim: int, day: str) -> int:
    """The first seed worked out of `seed` whose exercise has the difficulty `aim`, else the one nearest to it."""
    best, best_off = seed, abs(_difficulty(scenario, library, seed, day) - aim)
    for n in range(CANDIDATES):
        other = int.from_bytes(hashlib.sha256(f"{seed}/balance/{n}".encode()).digest()[:4], "big") >> 1
        off = abs(_difficulty(scenario, library, other, day) - aim)
        if off < best_off:
            best, best_off = other, off
        if not off:
            break
    return best


def _difficulty(scenario: Scenario, library: Library, seed: int, day: str) -> int:
    return draw_exercise(scenario, library, seed, clean=False, day=day).difficulty
