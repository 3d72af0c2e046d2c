"""How an error is planted: a change of one paper, and the ways that many codes share."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass

from fieldkit.generator.dice import Dice
from fieldkit.generator.documents import Document, Documents
from fieldkit.generator.facts import NOT_THERE


@dataclass(frozen=True)
class Change:
    """One paper made wrong in one field: what it says now, what it should say, and how hard that is to see (1 to 3).

    `row` is the number of the line that it is in, where the paper numbers its lines.
    """

    document: str
    field: str
    wrong: str
    right: str
    level: int
    paper: Document
    row: str = ""

    def apply(self, documents: Documents) -> Documents:
        """The papers with the wrong one in its place."""
        return {**documents, self.document: self.paper}


Plant = Callable[[Dice, Documents, tuple[str, ...]], Change | None]
Alter = Callable[[Dice, str], str]


def differs(fields: tuple[str, ...], alter: Alter, level: int, alone: bool = False) -> Plant:
    """One paper says something else than the others in one of `fields`."""

    def way(dice: Dice, documents: Documents, names: tuple[str, ...]) -> Change | None:
        places = [
            (name, field)
            for field in fields
            for name in names
            if documents[name].get(field, NOT_THERE) not in (NOT_THERE, "")
            and (alone or sum(field in paper for paper in documents.values()) > 1)
        ]
        return altered(dice, documents, places, alter, level)

    return way


def altered(dice: Dice, documents: Documents, places: list[tuple[str, str]], alter: Alter, level: int) -> Change | None:
    if not places:
        return None
    name, field = dice.pick(places)
    right = documents[name][field]
    wrong = alter(dice, right)
    return Change(name, field, wrong, right, level, {**documents[name], field: wrong})


def line_differs(field: str, alter: Alter, level: int) -> Plant:
    """One line of one paper's table says something else."""

    def way(dice: Dice, documents: Documents, names: tuple[str, ...]) -> Change | None:
        fit = [name for name in names if documents[name].get("lines") and field in documents[name]["lines"][0]]
        if not fit:
            return None
        name = dice.pick(fit)
        paper = deepcopy(documents[name])
        place = dice.below(len(paper["lines"]))
        row = paper["lines"][place]
        right = row[field]
        row[field] = alter(dice, right)
        return Change(name, field, row[field], right, level, paper, row=row.get("line", ""))

    return way


def in_line(
    documents: Documents, name: str, place: int, field: str, wrong: str, level: int, key: str = "line"
) -> Change:
    """One field of one line of a paper says `wrong`; lines are numbered by their field `key`."""
    paper = deepcopy(documents[name])
    row = paper["lines"][place]
    right = row[field]
    row[field] = wrong
    return Change(name, field, wrong, right, level, paper, row=row.get(key, str(place + 1)))


def emptied(name: str, fields: tuple[str, ...], level: int = 1) -> Plant:
    """One of the boxes `fields` of a paper is left empty."""

    def way(dice: Dice, documents: Documents, names: tuple[str, ...]) -> Change | None:
        places = [(name, field) for field in fields if name in names and documents[name].get(field)]
        return altered(dice, documents, places, lambda _dice, _value: "", level)

    return way
