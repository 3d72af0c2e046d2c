"""Reference tables as YAML files: grading schemes, and indicators with weights and channels."""

from __future__ import annotations

from importlib.resources.abc import Traversable
from pathlib import Path

from fieldkit.errors import Problem
from fieldkit.library.fields import Key, ListOf, OneOf, Reading, Slug, Table, Texts, Whole, Words
from fieldkit.library.yaml_reader import read_yaml
from fieldkit.model.reference import PARTS, ReferenceRow, ReferenceTable

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
    values = REFERENCE.read(root, "the table", reading) if root is not None else None
    if values is None:
        return None, problems
    parts = {row["part"] for row in values["rows"] or ()}
    for one, other in (("source", "information"), ("information", "source"), ("indicator", "channel")):
        if one in parts and other not in parts:
            reading.problem(values["@"], f'the table has rows of "{one}" and none of "{other}"', "Add them.")
    for row in values["rows"] or ():
        if row["part"] in ("source", "information") and not row["signs"]:
            reading.problem(row["@"], f'the grade "{row["code"]}" has no signs', "Say how it shows: `signs:`.")
    if reading.failed:
        return None, problems
    rows = tuple(ReferenceRow(r["part"], r["code"], r["words"], r["weight"], r["signs"]) for r in values["rows"])
    return ReferenceTable(values["id"], values["version"], values["title"], rows), problems
