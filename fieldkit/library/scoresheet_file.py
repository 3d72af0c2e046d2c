"""Scoresheets as YAML files: the keys, and the scoresheet that they make."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from gettext import gettext as _
from importlib.resources.abc import Traversable
from pathlib import Path
from textwrap import wrap
from typing import Any

from fieldkit.errors import Problem
from fieldkit.library.fields import Key, ListOf, Reading, Table
from fieldkit.library.kinds import Exact, Flag, OneOf, Slug, Texts, Whole
from fieldkit.library.plain_text import hint
from fieldkit.library.yaml_reader import read_yaml
from fieldkit.model.scenario import COMPETENCIES
from fieldkit.model.scoresheet import RATING, Item, Mark, Scale, Scoresheet
from fieldkit.model.texts import Text

MOST_MARKS = 4
LABEL_LINES, LABEL_LETTERS = 2, 10  # what fits above a column of boxes
MOST_ITEM = 110  # two lines on the sheet

MARK = Table(
    (
        Key("id", Slug(24), "how the mark is called in the record", required=True),
        Key(
            "label",
            Texts(LABEL_LINES * LABEL_LETTERS + 1),
            "what stands above its boxes: at most two short words",
            required=True,
        ),
        Key("share", Exact("0", "1"), "the part of the item's points that it earns"),
        Key("counts", Flag(), "false takes the item out of the points that can be reached", default=True),
        Key("fails", Flag(), "whether this mark fails an item that is critical", default=False),
    ),
    "mark",
)
SCALE = Table(
    (
        Key("id", Slug(24), "how items name the scale", required=True),
        Key("marks", ListOf(MARK, 2, MOST_MARKS, by="id"), "its marks, in the order of the boxes", required=True),
    ),
    "scale",
)
ITEM = Table(
    (
        Key("id", Slug(), "how the item is called in the record; not `rating`", required=True),
        Key("text", Texts(MOST_ITEM), "one act that can be seen, verb first", required=True),
        Key("scale", Slug(24), "a scale of the scoresheet; the first one where nothing is said"),
        Key("points", Exact("0", "100"), "what it is worth; 1 where nothing is said", default=Decimal(1)),
        Key("critical", Flag(), "whether failing it fails the station whatever the points", default=False),
        Key("competency", OneOf(tuple(COMPETENCIES)), "what it shows", default="procedure"),
    ),
    "item",
)
SCORESHEET = Table(
    (
        Key("id", Slug(), "its name, the same as the file's", required=True),
        Key("version", Whole(1, 9999), "counts up with every change", required=True),
        Key("title", Texts(120), "what it is called on paper", required=True),
        Key("how_to_mark", Texts(400), "a sentence at the head of the sheet", default=Text()),
        Key("scales", ListOf(SCALE, 1, 8, by="id"), "the scales that items are marked on", required=True),
        Key("items", ListOf(ITEM, 0, 30, by="id"), "the items that every station with this scoresheet has", default=()),
    ),
    "scoresheet",
)


def read_scoresheet(path: Path | Traversable) -> tuple[Scoresheet | None, list[Problem]]:
    """The scoresheet in a file, and what is wrong with it; None where anything is (warnings aside)."""
    root, problems = read_yaml(path)
    reading = Reading(str(path), problems)
    values = SCORESHEET.read(root, _("the scoresheet"), reading) if root is not None else None
    if values is None:
        return None, problems
    scales = tuple(_scale(row, reading) for row in values["scales"] or ())
    known = {scale.id: scale for scale in scales if scale is not None}
    items = read_items(values["items"], known, reading)
    if reading.failed:
        return None, problems
    made = Scoresheet(
        values["id"], values["version"], values["title"], tuple(known.values()), items, values["how_to_mark"]
    )
    return made, problems


def read_items(rows: tuple[dict[str, Any], ...], scales: Mapping[str, Scale], reading: Reading) -> tuple[Item, ...]:
    """The items of a scoresheet or scenario, each on its scale."""
    return tuple(item for row in rows if (item := _item(row, scales, reading)) is not None)


def _item(row: dict[str, Any], scales: Mapping[str, Scale], reading: Reading) -> Item | None:
    if row["id"] == RATING:
        what = _('"{name}" is the overall rating').format(name=RATING)
        reading.problem(row["@"].nodes["id"], what, _("Give the item another id."))
    scale = scales.get(row["scale"]) if row["scale"] else next(iter(scales.values()), None)
    if scale is None and row["scale"] and scales:
        what = _('the scale "{name}" is not in the scoresheet').format(name=row["scale"])
        reading.problem(row["@"].nodes["scale"], what, hint(row["scale"], dict(scales)))
    if scale is None or not row["id"] or not row["text"]:
        return None
    return Item(row["id"], row["text"], scale, row["points"], row["critical"], row["competency"])


def _scale(row: dict[str, Any], reading: Reading) -> Scale | None:
    marks = tuple(mark for entry in row["marks"] or () if (mark := _mark(entry, reading)) is not None)
    if reading.failed:
        return None
    if not any(mark.share == 1 for mark in marks):
        what = _('no mark of the scale "{name}" earns all points').format(name=row["id"])
        reading.problem(row["@"], what, _("Give one the share 1."))
    if not any(mark.fails for mark in marks):
        what = _('no mark of the scale "{name}" can fail a critical item').format(name=row["id"])
        reading.problem(row["@"], what, _("Set `fails: true` on the mark that says so."))
    return Scale(row["id"], marks)


def _mark(row: dict[str, Any], reading: Reading) -> Mark | None:
    if row["counts"] and row["share"] is None:
        remedy = _("Add `share: 1`, or `counts: false` if it is not to count.")
        reading.problem(row["@"], _("this mark has no share"), remedy)
    if not row["counts"] and row["share"] is not None:
        what = _("this mark has a share and yet does not count")
        reading.problem(row["@"], what, _("Remove `share` or `counts`."))
    if not row["id"] or not row["label"]:
        return None
    for lang, label in row["label"].by_language.items():
        if (
            len(wrap(label, LABEL_LETTERS, break_long_words=False)) > LABEL_LINES
            or _longest_word(label) > LABEL_LETTERS
        ):
            what = _('the label "{label}" ({lang}) does not fit above its boxes').format(label=label, lang=lang)
            remedy = _("{lines} lines of {letters} letters have room.")
            remedy = remedy.format(lines=LABEL_LINES, letters=LABEL_LETTERS)
            reading.problem(row["@"].nodes["label"], what, remedy)
    return Mark(row["id"], row["label"], row["share"] if row["counts"] else None, row["fails"])


def _longest_word(label: str) -> int:
    """The number of letters of the longest word."""
    return max(len(word) for word in label.split())
