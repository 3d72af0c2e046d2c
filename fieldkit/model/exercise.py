"""Exercises: a scenario drawn from a seed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from fieldkit.model.scoresheet import Item
from fieldkit.model.texts import Text


@dataclass(frozen=True)
class Planted:
    """One find or decoy in its place. `label` is how card and sheet call it (A, B, …), so that the sheet says nothing.

    `shown_in` names the documents and objects in which it can be seen; `point` is an inspection point or None;
    `tagged` says that a QR tag is laid with it.
    """

    label: str
    code: str
    point: str | None
    shown_in: tuple[str, ...]
    what: Text
    answer: Text
    level: int = 1
    tagged: bool = False


@dataclass(frozen=True)
class Exercise:
    """A scenario drawn from a seed: everything that is printed or set up for one group at one station.

    `facts` maps a fact's name to text, a number as text, or a mapping of these; `documents` maps a document's name
    to its fields by meaning. `items` is the whole list on the sheet, in order. `clean` means that nothing is planted.
    """

    scenario: str
    version: int
    subject: str
    seed: int
    clean: bool
    facts: Mapping[str, Any]
    planted: tuple[Planted, ...]
    decoys: tuple[Planted, ...]
    documents: Mapping[str, Mapping[str, Any]]
    items: tuple[Item, ...]
    situation: Text
    task: Text

    @property
    def difficulty(self) -> int:
        """The levels of what is planted, added up; 0 for a clean unit."""
        return sum(find.level for find in self.planted)
