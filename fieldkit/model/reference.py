"""Reference tables: grading schemes, and indicators with weights and channels. Data that a centre edits."""

from __future__ import annotations

from dataclasses import dataclass

from fieldkit.model.texts import Text

# What a row of a table is about.
PARTS = ("source", "information", "handling", "indicator", "channel")


@dataclass(frozen=True)
class ReferenceRow:
    """One grade, indicator or channel. `signs`: how it shows in raw information. `weight`: what an indicator weighs,
    or the sum from which on a channel is taken."""

    part: str
    code: str
    words: Text
    weight: int = 0
    signs: tuple[Text, ...] = ()


@dataclass(frozen=True)
class ReferenceTable:
    """A grading scheme, or the indicators and channels of a course."""

    id: str
    version: int
    title: Text
    rows: tuple[ReferenceRow, ...]

    def of(self, part: str) -> tuple[ReferenceRow, ...]:
        """The rows of one part, in order."""
        return tuple(row for row in self.rows if row.part == part)
