"""Proving a scenario under many seeds, and showing its variants side by side."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from gettext import gettext as _

from fieldkit.errors import BadInput
from fieldkit.generator.checker import find_errors
from fieldkit.generator.decoys import BLANK_TAG, tags_of
from fieldkit.generator.discrepancies import PLANTS
from fieldkit.generator.draw import draw_exercise
from fieldkit.generator.facts import DEFAULT_DAY
from fieldkit.library.load import Library
from fieldkit.model.exercise import Exercise
from fieldkit.model.find_items import find_item_id
from fieldkit.model.scenario import Scenario
from fieldkit.model.sheet import lay_out

SAMPLE = 24  # seeds of a proof where nothing is said
ENOUGH = 8  # among so many seeds there are clean units


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
        tuple(decoy.code for decoy in exercise.decoys if decoy.code != BLANK_TAG),
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
            wrong.append(_at(seed, refusal.message))
            continue
        rows = rows or exercise.items
        clean += exercise.clean
        wrong += [_at(seed, what) for what in _faults(exercise, scenario, library, day)]
        if exercise.items != rows:
            wrong.append(_at(seed, _("its sheet has other rows than those of other seeds")))
    if count >= ENOUGH and scenario.finds and not clean:
        wrong.append(_("no clean unit among these seeds"))
    if rows and len(pages := lay_out(rows)) > 1:
        wrong.append(_("its sheet has {n} rows and takes {pages} pages").format(n=len(rows), pages=len(pages)))
    return wrong


def _at(seed: int, what: str) -> str:
    return _("seed {seed}: {what}").format(seed=seed, what=what)


def _faults(exercise: Exercise, scenario: Scenario, library: Library, day: str) -> Iterator[str]:
    """What is wrong with one exercise."""
    if exercise.clean != (not exercise.planted):
        yield _("clean, and yet something is planted")
    seen = {error.code for error in find_errors(exercise.documents, day)}
    planted = {find.code for find in exercise.planted if find.code in PLANTS}
    if seen != planted:
        told = _("planted {planted}, seen {seen}")
        yield told.format(planted=", ".join(sorted(planted)) or "-", seen=", ".join(sorted(seen)) or "-")
    yield from _misplaced(exercise, scenario, library)
    for find in exercise.planted:
        if not find.shown_in or not find.what or not find.answer:
            yield _("{label} ({code}) cannot be seen, or has no answer").format(label=find.label, code=find.code)
        if find_item_id(find.label) not in {item.id for item in exercise.items}:
            yield _("{label} has no row on the sheet").format(label=find.label)


def _misplaced(exercise: Exercise, scenario: Scenario, library: Library) -> Iterator[str]:
    """What lies where it cannot, or tells one unit from another."""
    laid = (*exercise.planted, *exercise.decoys)
    points = [thing.point for thing in laid if thing.point]
    if len(set(points)) < len(points):
        yield _("two things lie on one point")
    tags, wanted = sum(thing.tagged for thing in laid), tags_of(scenario)
    if tags != wanted and scenario.points:
        told = _("{n} tags lie on the unit instead of {wanted}, which tells one unit from another; add points")
        yield told.format(n=tags, wanted=wanted)
    listed = library.point_lists.get(scenario.points)
    for find in exercise.planted:
        if find.point and (listed is None or listed.point(find.point) is None):
            told = _("{label} lies on {point}, which is not in the list")
            yield told.format(label=find.label, point=find.point)
