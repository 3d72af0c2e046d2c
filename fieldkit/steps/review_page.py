"""What waits for a person, as one page for the browser that needs nothing but itself."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from html import escape
from pathlib import Path
from typing import Any

from fieldkit.course import Course
from fieldkit.files import write_whole
from fieldkit.model.codes import show_short
from fieldkit.model.scoresheet import RATING, RATINGS

SCANS, FILE = "scans", "review.html"
HEAD = """<!DOCTYPE html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>To review</title>
<style>
body { font: 16px/1.4 sans-serif; margin: 1.5em auto; max-width: 64em; padding: 0 1em; color: #111; background: #fff }
section { border-top: 1px solid #bbb; padding: .8em 0 }
img { max-width: 100%; border: 1px solid #ccc } h2 { font-size: 1em; margin: 0 } p { margin: .3em 0 } b { color: #a00 }
code { font-size: 1.05em }
</style>
"""


def write_review(course: Course, waiting: Sequence[dict[str, Any]]) -> Path:
    """Write scans/review.html with every item of `waiting_readings`, each with the crop of its row."""
    path = course.path(SCANS, FILE)
    path.parent.mkdir(exist_ok=True)
    title = f"{len(waiting)} items to review" if waiting else "Nothing waits"
    parts = [HEAD, f"<h1>{title}</h1>\n<p>{escape(course.settings.title)}</p>\n"]
    parts += [_section(course, one) for one in waiting]
    write_whole(path, [part.encode("utf-8") for part in parts])
    return path


def _section(course: Course, one: dict[str, Any]) -> str:
    marks = ", ".join(_marks(course, one))
    crop = course.path(*one["crop"].split("/")) if one["crop"] else None
    image = ""
    if crop is not None and crop.exists():
        data = base64.b64encode(crop.read_bytes()).decode("ascii")
        image = f'<p><img alt="the row on the sheet" src="data:image/png;base64,{data}"></p>\n'
    whose = f"{show_short(one['sheet'])} · {one['station']} · {one['trainee'] or 'spare'}"
    return (
        f"<section>\n<h2>{escape(one['text'])}</h2>\n<p>{escape(whose)} · <code>{escape(one['item'])}</code></p>\n"
        f"{image}<p><b>{escape(one['why'])}</b></p>\n<p>Boxes from left to right: {escape(marks)}</p>\n</section>\n"
    )


def _marks(course: Course, one: dict[str, Any]) -> list[str]:
    """The marks of an item in the order of its boxes."""
    if one["item"] == RATING:
        return list(RATINGS)
    items = course.state.marked(one["sheet"]).items
    scale = next(item.scale for item in items if item.id == one["item"])
    return [mark.id for mark in scale.marks]
