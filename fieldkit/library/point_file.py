"""Inspection points as YAML files: the names of all points once, and the lists that put them in an order."""

from __future__ import annotations

from collections.abc import Mapping
from gettext import gettext as _
from importlib.resources.abc import Traversable
from pathlib import Path

from fieldkit.errors import Problem
from fieldkit.library.fields import Key, ListOf, Reading, Table
from fieldkit.library.kinds import Slug, Texts, Whole, Words
from fieldkit.library.plain_text import hint
from fieldkit.library.yaml_reader import read_yaml
from fieldkit.model.scenario import Point, PointList
from fieldkit.model.texts import Text

NAMES_FILE = "names.yaml"

NAME = Table(
    (
        Key("id", Slug(), "how lists and scenarios call the point", required=True),
        Key("name", Texts(60), "how officers call it", required=True),
    ),
    "point",
)
NAMES = Table(
    (Key("points", ListOf(NAME, 1, 200, by="id"), "every point that a list may use", required=True),), "names"
)
STEP = Table(
    (
        Key("number", Words(6), "the number of the point in this list", required=True),
        Key("point", Slug(), "the point's id", required=True),
        Key("name", Texts(60), "its name in this list, where it differs from the one in `names.yaml` or is not there"),
    ),
    "step",
)
POINT_LIST = Table(
    (
        Key("id", Slug(), "its name, the same as the file's", required=True),
        Key("version", Whole(1, 9999), "counts up with every change", required=True),
        Key("title", Texts(120), "what it is called on paper", required=True),
        Key("source", Words(400), "where the list comes from", required=True),
        Key(
            "points", ListOf(STEP, 1, 60, by="point"), "the points in the order in which they are walked", required=True
        ),
    ),
    "point list",
)


def read_names(path: Path | Traversable) -> tuple[dict[str, Text], list[Problem]]:
    """The names of points by their ids, and what is wrong with the file."""
    root, problems = read_yaml(path)
    reading = Reading(str(path), problems)
    values = NAMES.read(root, _("the list of names"), reading) if root is not None else None
    rows = values["points"] or () if values else ()
    return {row["id"]: row["name"] for row in rows if row["id"] and row["name"]}, problems


def read_point_list(path: Path | Traversable, names: Mapping[str, Text]) -> tuple[PointList | None, list[Problem]]:
    """The point list in a file, and what is wrong with it; None where anything is."""
    root, problems = read_yaml(path)
    reading = Reading(str(path), problems)
    values = POINT_LIST.read(root, _("the point list"), reading) if root is not None else None
    if values is None:
        return None, problems
    points = []
    for row in values["points"] or ():
        name = row["name"] or names.get(row["point"])
        if row["point"] and name is None:
            what = _('the point "{point}" has no name here nor in {file}').format(point=row["point"], file=NAMES_FILE)
            reading.problem(row["@"].nodes["point"], what, hint(row["point"], dict(names)) or _("Add `name`."))
        elif row["point"] and name is not None and row["number"]:
            points.append(Point(row["point"], row["number"], name))
    if reading.failed:
        return None, problems
    return PointList(values["id"], values["title"], tuple(points), values["source"]), problems
