"""Scripted performances to mark before the day: whoever plays does each act, breaks it off or leaves it out.

About half of the acts of a performance are done, a quarter broken off and a quarter left out, in a drawn order; the
same seed gives the same scripts. An act that is broken off earns the scale's middle mark where it has one, else its
lowest: an act that is only begun is not done.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from string import ascii_uppercase

from fieldkit.generator.dice import Dice
from fieldkit.model.scoresheet import Item, Mark

DO, PART, LEAVE = "do", "part", "leave"
MOST = len(ascii_uppercase)


@dataclass(frozen=True)
class Act:
    """One act in a script: the item, how it is played, and the mark that is then right."""

    item: Item
    way: str
    mark: Mark


@dataclass(frozen=True)
class Performance:
    """One script, called A, B, C, …"""

    name: str
    acts: tuple[Act, ...]

    @property
    def key(self) -> dict[str, str]:
        """The right mark of each item."""
        return {act.item.id: act.mark.id for act in self.acts}


def draw_performances(items: Sequence[Item], seed: int, station: str, count: int) -> tuple[Performance, ...]:
    """`count` scripts (26 at most) over the items whose marks earn different points."""
    played = [item for item in items if len(_shares(item)) > 1]
    return tuple(_performance(played, Dice(seed, "calibration", station, n), ascii_uppercase[n]) for n in range(count))


def _performance(items: Sequence[Item], dice: Dice, name: str) -> Performance:
    some = len(items) // 4
    ways = dice.shuffled([PART] * some + [LEAVE] * some + [DO] * (len(items) - 2 * some))
    return Performance(name, tuple(Act(item, way, _right(item, way)) for item, way in zip(items, ways, strict=True)))


def _shares(item: Item) -> list[Decimal]:
    return sorted({mark.share for mark in item.scale.marks if mark.share is not None})


def _right(item: Item, way: str) -> Mark:
    """The first mark on the scale that earns what this way of playing deserves; a mark that fails before one that says
    that nothing was seen."""
    shares = _shares(item)
    middle = shares[len(shares) // 2] if len(shares) > 2 else shares[0]
    wanted = {DO: shares[-1], PART: middle, LEAVE: shares[0]}[way]
    fitting = [mark for mark in item.scale.marks if mark.share == wanted]
    return next((mark for mark in fitting if mark.fails), fitting[0])
