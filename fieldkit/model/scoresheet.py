"""Scoresheets: items, the scales they are marked on, and what each mark is worth."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from fieldkit.model.texts import NO_TEXT, Text

RATING = "rating"
RATINGS = ("1", "2", "3", "4", "5")


@dataclass(frozen=True)
class Mark:
    """One choice on a scale.

    `share` is the part of the item's points that the mark earns (0 to 1); None takes the item out of the
    denominator. `fails` says that the mark fails an item that is critical.
    """

    id: str
    label: Text
    share: Decimal | None
    fails: bool = False


@dataclass(frozen=True)
class Scale:
    """The marks that an item may get, in the order of the boxes."""

    id: str
    marks: tuple[Mark, ...]

    def __post_init__(self) -> None:
        ids = [mark.id for mark in self.marks]
        if len(ids) < 2 or len(set(ids)) != len(ids):
            raise ValueError(f"scale {self.id}: two or more marks, each with its own id")

    def mark(self, mark_id: str) -> Mark | None:
        """The mark of that id, or None where the scale has none."""
        return next((mark for mark in self.marks if mark.id == mark_id), None)


@dataclass(frozen=True)
class Item:
    """One observable act. `critical`: failing it fails the station whatever the points."""

    id: str
    text: Text
    scale: Scale
    points: Decimal = Decimal(1)
    critical: bool = False
    competency: str = "procedure"

    def points_for(self, mark: Mark) -> Decimal | None:
        """Exact points that `mark` earns here; None where it takes the item out of the denominator."""
        return None if mark.share is None else self.points * mark.share

    def fails_with(self, mark: Mark) -> bool:
        """Whether `mark` on this item fails the station."""
        return self.critical and mark.fails


@dataclass(frozen=True)
class Scoresheet:
    """The form: what is marked at every station that uses it, before the scenario adds its own items."""

    id: str
    version: int
    title: Text
    scales: tuple[Scale, ...]
    items: tuple[Item, ...]
    how_to_mark: Text = NO_TEXT
