"""Reference tables as YAML files: grading schemes, and indicators with weights and channels."""

from __future__ import annotations

from collections.abc import Sequence
from gettext import gettext as _
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from fieldkit.errors import Problem
from fieldkit.library.fields import Key, ListOf, Reading, Table
from fieldkit.library.kinds import OneOf, Slug, Texts, Whole, Words
from fieldkit.library.yaml_reader import Tree, read_yaml
from fieldkit.model.reference import PARTS, ReferenceRow, ReferenceTable

GRADES = ("source", "information")
# Rows of one part are of no use without rows of the other.
NEEDS = (("source", "information"), ("source", "handling"), ("information", "source"), ("indicator", "channel"))

ROW = Table(
    (
        Key("part", OneOf(PARTS), "what the row is about", required=True),
        Key("code", Words(12), "the grade, the code of the indicator (`R01`), or the id of the channel", required=True),
        Key("words", Texts(160), "what it means, as the trainee reads it", required=True),
        Key("weight", Whole(0, 100), "what an indicator weighs; for a channel the sum from which on it is taken",
            default=0),
        Key("signs", ListOf(Texts(200)), "how it shows in raw information, one of which is drawn", default=()),
    ),
    "row",
)  # fmt: skip
REFERENCE = Table(
    (
        Key("id", Slug(), "its name, the same as the file's", required=True),
        Key("version", Whole(1, 9999), "counts up with every change", required=True),
        Key("title", Texts(120), "what it is called on paper", required=True),
        Key("source", Words(400), "where it comes from", required=True),
        Key("rows", ListOf(ROW, 1, 60), "its rows", required=True),
    ),
    "reference table",
)


def read_reference(path: Path | Traversable) -> tuple[ReferenceTable | None, list[Problem]]:
    """The reference table in a file, and what is wrong with it; None where anything is."""
    root, problems = read_yaml(path)
    reading = Reading(str(path), problems)
    values = REFERENCE.read(root, _("the table"), reading) if root is not None else None
    if values is None:
        return None, problems
    _check(values["rows"] or (), values["@"], reading)
    if reading.failed:
        return None, problems
    rows = tuple(ReferenceRow(r["part"], r["code"], r["words"], r["weight"], r["signs"]) for r in values["rows"])
    return ReferenceTable(values["id"], values["version"], values["title"], rows), problems


def _check(rows: Sequence[dict[str, Any]], table: Tree, reading: Reading) -> None:
    """Whether the rows make a whole table, from which exactly one answer follows."""
    parts = {row["part"] for row in rows}
    for one, other in NEEDS:
        if one in parts and other not in parts:
            what = _('the table has rows of "{one}" and none of "{other}"').format(one=one, other=other)
            reading.problem(table, what, _("Add them."))
    if "channel" in parts and not any(row["part"] == "channel" and row["weight"] == 0 for row in rows):
        what = _("no channel begins at the weight 0, so a line without indicators has none")
        reading.problem(table, what, _("Give the lowest channel `weight: 0`."))
    first: dict[tuple[str, str, object], int] = {}
    for row in rows:
        if row["part"] in GRADES and not row["signs"]:
            what = _('the grade "{code}" has no signs').format(code=row["code"])
            reading.problem(row["@"], what, _("Say how it shows: `signs:`."))
        _check_once(row, "code", row["code"], first, reading)
        if row["part"] == "channel":
            _check_once(row, "weight", row["weight"], first, reading)
        for sign in row["signs"] if row["part"] in GRADES else ():
            _check_once(row, "sign", sign["en"] or sign["ru"], first, reading)


def _check_once(
    row: dict[str, Any], what: str, value: object, first: dict[tuple[str, str, object], int], reading: Reading
) -> None:
    """Tell a code, a sign or the weight of a channel that stands twice: the answer would not be clear."""
    key = (str(row["part"]), what, value)
    if value is not None and key in first:
        told = _('{what} "{value}" stands twice under {part} (first on line {line})')
        told = told.format(what=what, value=value, part=row["part"], line=first[key])
        reading.problem(row["@"], told, _("Keep one of them, or change it."))
    first.setdefault(key, row["@"].line)
