"""Harmless oddities, and tags with nothing behind them, so that neither an oddity nor a tag tells where a find is.

Decoys are drawn before the finds and without regard to them: the same seed lays out the same ones on a clean unit.
Where finds may have tags, decoys have them too, and blank tags bring them to a number that never changes.
"""

from __future__ import annotations

from dataclasses import replace

from fieldkit.generator.dice import Dice
from fieldkit.generator.facts import Case
from fieldkit.generator.wording import UNIT_ITSELF, thing
from fieldkit.model.exercise import Planted
from fieldkit.model.scenario import PointList, Scenario
from fieldkit.model.texts import text

DECOY_LABELS = "VWXYZQRSTU"
BLANK_TAG = "N05"
_BLANK_WHAT = text(
    "Fix only the tag here; there is nothing behind it.", ru="Закрепите здесь только метку; за ней ничего нет."
)
_BLANK_ANSWER = text("A tag alone is nothing to report.", ru="Сама по себе метка — докладывать не о чем.")


def draw_decoys(scenario: Scenario, dice: Dice, case: Case) -> tuple[Planted, ...]:
    """As many decoys as drawn, on points of their own."""
    count = dice.between(*scenario.decoy_count)
    taken: set[str] = set()
    found: list[Planted] = []
    for choice in dice.shuffled(scenario.decoys):
        free = [point for point in choice.points if point not in taken]
        if len(found) < count and (free or not choice.points):
            point = dice.pick(free) if free else None
            taken |= {point} if point else set()
            laid = thing(choice, point, case)
            tagged = laid.tagged or (bool(point) and tags_of(scenario) > 0)
            found.append(replace(laid, label=DECOY_LABELS[len(found)], tagged=tagged))
    return tuple(found)


def tags_of(scenario: Scenario) -> int:
    """How many tags lie on every unit of a scenario, clean or not: enough for all that may be tagged."""
    if not any(find.tagged for find in scenario.finds):
        return 0
    return scenario.find_count[1] + scenario.decoy_count[1]


def blank_tags(
    scenario: Scenario, dice: Dice, laid: tuple[Planted, ...], decoys: tuple[Planted, ...], points: PointList | None
) -> tuple[Planted, ...]:
    """The tags that are still missing, on points where nothing lies: first where a tagged find might have been."""
    missing = tags_of(scenario) - sum(one.tagged for one in (*laid, *decoys))
    taken = {one.point for one in (*laid, *decoys)}
    likely = [p for choice in (*scenario.finds, *scenario.decoys) if choice.tagged for p in choice.points]
    likely = [point for point in dict.fromkeys(likely) if point not in taken]
    others = [p.id for p in points.points if p.id not in taken and p.id not in likely] if points else []
    free = [*dice.shuffled(likely), *dice.shuffled(others)][: max(0, missing)]
    labels = DECOY_LABELS[len(decoys) :]
    return tuple(
        Planted(label, BLANK_TAG, point, (UNIT_ITSELF,), _BLANK_WHAT, _BLANK_ANSWER, 1, True)
        for label, point in zip(labels, free, strict=False)
    )
