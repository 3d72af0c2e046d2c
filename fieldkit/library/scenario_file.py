"""Scenarios as YAML files: the keys, and the scenario that they make."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from gettext import gettext as _
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from fieldkit.errors import Problem
from fieldkit.library.fields import Key, ListOf, Reading, Table
from fieldkit.library.kinds import Flag, OneOf, Pattern, Range, Slug, Texts, Whole, Words
from fieldkit.library.plain_text import hint
from fieldkit.library.scoresheet_file import ITEM, read_items
from fieldkit.library.yaml_reader import Tree, read_yaml
from fieldkit.model.scenario import SUBJECTS, UNITS, FindChoice, Scenario
from fieldkit.model.scoresheet import Scoresheet
from fieldkit.model.texts import Text

FIND_CODE = Pattern("find code", "[A-Z][0-9]{2}", "Write a capital letter and two digits, such as D02 or A01.")

FIND = Table(
    (
        Key("code", FIND_CODE, "what it is, from the table of finds", required=True),
        Key("what", Texts(300), "what the instructor places or changes; wrong papers say it themselves"),
        Key("answer", Texts(300), "what the trainee should report; wrong papers say it themselves"),
        Key("points", ListOf(Slug()), "the inspection points where it may lie, one of which is drawn", default=()),
        Key("level", Whole(1, 3), "how hard it is to see, 1 to 3; wrong papers have a level of their own"),
        Key("tagged", Flag(), "whether a QR tag is laid with it", default=False),
        Key(
            "documents", ListOf(Slug()), "the papers of which one carries the error; any that can, if empty", default=()
        ),
    ),
    "find",
)
SCENARIO = Table(
    (
        Key("id", Slug(), "its name, the same as the file's", required=True),
        Key("version", Whole(1, 9999), "counts up with every change: a new version draws anew", required=True),
        Key("subject", OneOf(SUBJECTS), "the subject that it belongs to", required=True),
        Key("unit", OneOf(UNITS), "what is examined", required=True),
        Key("title", Texts(80), "what it is called on paper", required=True),
        Key("situation", Texts(700), "what the trainee is told of the case", required=True),
        Key("task", Texts(700), "what the trainee is to do", required=True),
        Key("hand_in", Texts(300), "what the trainee says or hands over at the end", default=Text()),
        Key("minutes", Whole(1, 240), "how long the trainee has", required=True),
        Key("prepare", ListOf(Texts(300)), "what the instructor sets up, step by step", default=()),
        Key("props", ListOf(Texts(200)), "what has to be there", default=()),
        Key("safety", ListOf(Texts(300)), "what keeps everybody whole; read out before the start", default=()),
        Key("facts", ListOf(Slug()), "groups of facts to draw", default=()),
        Key("points", Slug(), "the inspection list that is walked"),
        Key("table", Slug(), "the reference table it works with: a grading scheme, or indicators and channels"),
        Key("rows", Range(3, 30), "how many lines its table, report or set of images has", default=(0, 0)),
        Key("finds", ListOf(FIND, 0, 40), "what may be planted", default=()),
        Key("find_count", Range(1, 5), "how many of them are planted when the unit is not clean", default=(1, 1)),
        Key("decoys", ListOf(FIND, 0, 20), "harmless oddities that may be laid out", default=()),
        Key("decoy_count", Range(0, 5), "how many of them are laid out", default=(0, 0)),
        Key("documents", ListOf(Slug()), "the mock papers and labels that are printed", default=()),
        Key("scoresheet", Slug(), "the scoresheet whose items come first", required=True),
        Key("items", ListOf(ITEM, 0, 30, by="id"), "the items that this scenario adds", default=()),
        Key("model_answer", ListOf(Texts(400)), "what a good performance looks like", default=()),
        Key("clean_up", ListOf(Texts(300)), "what is taken away and put back", default=()),
        Key("sources", ListOf(Words(300)), "where it comes from, by name", required=True),
        Key("author", Words(120), "who wrote it", default=""),
        Key("reviewed", ListOf(Words(200)), "who read it and when, by language", default=()),
    ),
    "scenario",
)


def read_scenario(
    path: Path | Traversable, scoresheets: Mapping[str, Scoresheet], broken: Collection[str] = ()
) -> tuple[Scenario | None, Tree | None, list[Problem]]:
    """The scenario in a file, its tree (for places), and what is wrong with it; no scenario where anything is.

    `broken` are scoresheets that are there but have problems of their own, which are not told again here.
    """
    root, problems = read_yaml(path)
    reading = Reading(str(path), problems)
    values = SCENARIO.read(root, _("the scenario"), reading) if root is not None else None
    if values is None:
        return None, None, problems
    tree: Tree = values["@"]
    sheet = scoresheets.get(values["scoresheet"] or "")
    if sheet is None and values["scoresheet"] and values["scoresheet"] not in broken:
        what = _('the scoresheet "{name}" is not there').format(name=values["scoresheet"])
        reading.problem(tree.nodes["scoresheet"], what, hint(values["scoresheet"], dict(scoresheets)))
    scales = {scale.id: scale for scale in sheet.scales} if sheet else {}
    items = read_items(values["items"], scales, reading)
    finds = tuple(_choice(row) for row in values["finds"])
    decoys = tuple(_choice(row) for row in values["decoys"])
    if reading.failed or sheet is None:
        return None, tree, problems
    plain = {key.name: values[key.name] for key in SCENARIO.keys}
    made = Scenario(
        **plain
        | {
            "items": items,
            "finds": finds,
            "decoys": decoys,
            "points": values["points"] or "",
            "table": values["table"] or "",
        }
    )
    return made, tree, problems


def _choice(row: dict[str, Any]) -> FindChoice:
    empty = Text()
    return FindChoice(
        row["code"] or "",
        row["what"] or empty,
        row["answer"] or empty,
        row["points"],
        row["level"] or 0,
        row["tagged"],
        row["documents"],
    )
