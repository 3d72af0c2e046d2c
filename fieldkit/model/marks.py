"""Marks as given: what one sheet holds once all that was said about it is put together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from fieldkit.model.scoresheet import RATING, Item

STARTED, ENDED, REMARKS = "started", "ended", "remarks"
NOTES = (STARTED, ENDED, REMARKS)  # taken down with the marks, never counted


@dataclass(frozen=True)
class Given:
    """One value that somebody gave to one item (or note) of a sheet. `entry` is the hash of its entry in the record;
    `replaces` are the hashes of the values it corrects or settles."""

    item: str
    mark: str
    instructor: str
    by: str
    at: str
    channel: str
    entry: str
    device: str = ""
    reason: str = ""
    why: str = ""
    replaces: tuple[str, ...] = ()


@dataclass(frozen=True)
class MarkedSheet:
    """One sheet with what stands on it now.

    `given` has every value ever given, by item, in the order in which they were given; nothing is taken out of it.
    `attempt` is 2 and more on the sheet of a retake.
    """

    sheet: str
    trainee: str
    station: str
    instructor: str
    copy: int
    items: tuple[Item, ...]
    given: Mapping[str, tuple[Given, ...]] = field(default_factory=dict)
    voided: str = ""
    attempt: int = 1

    def act(self, item: str) -> Item | None:
        """The item of that id; None for the overall rating."""
        return next((act for act in self.items if act.id == item), None)

    def standing(self, item: str) -> tuple[Given, ...]:
        """The values of an item that no later one replaces."""
        values = self.given.get(item, ())
        replaced = {entry for value in values for entry in value.replaces}
        return tuple(value for value in values if value.entry not in replaced)

    def mark(self, item: str) -> str | None:
        """The one mark that stands for an item; None when there is none, or two that differ."""
        marks = {value.mark for value in self.standing(item)}
        return marks.pop() if len(marks) == 1 else None

    def reason(self, item: str) -> str:
        """The reason given with the mark that stands."""
        return next((value.reason for value in self.standing(item) if value.reason), "")

    def corrected(self, item: str) -> bool:
        """Whether an earlier, different mark of this item was replaced."""
        return len({value.mark for value in self.given.get(item, ())}) > 1 and self.mark(item) is not None

    @property
    def due(self) -> tuple[str, ...]:
        """The ids of what must be marked: every item, and the overall rating."""
        return (*(item.id for item in self.items), RATING)

    @property
    def differing(self) -> tuple[str, ...]:
        """Items whose standing marks differ: they wait for a person."""
        return tuple(item for item in self.due if len({value.mark for value in self.standing(item)}) > 1)

    @property
    def blank(self) -> tuple[str, ...]:
        """Items without any mark."""
        return tuple(item for item in self.due if not self.standing(item))

    @property
    def status(self) -> str:
        """One of void, issued (nothing marked yet), review (marks differ), partly, scored."""
        if self.voided:
            return "void"
        if self.differing:
            return "review"
        if self.blank:
            return "issued" if len(self.blank) == len(self.due) else "partly"
        return "scored"
