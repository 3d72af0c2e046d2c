"""What waits for a person, as one page for the browser that needs nothing but itself."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Mapping, Sequence
from gettext import gettext as _
from gettext import ngettext
from html import escape
from itertools import groupby
from typing import Any

from fieldkit.course import Course
from fieldkit.files import refusal, write_whole
from fieldkit.model.codes import show_short
from fieldkit.steps.marking.pages_read import SCANS, WHOLE, PageRead, pages_read
from fieldkit.steps.scanning.review import choices, to_review
from fieldkit.steps.scanning.spares import is_spare

FILE = "review.html"
HEAD = """<!DOCTYPE html>
<html><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>
body {{ font: 16px/1.45 system-ui, sans-serif; margin: 0; color: #111; background: #eef0f3 }}
header, main {{ max-width: 52em; margin: 0 auto; padding: 1em }}
h1 {{ font-size: 1.5em; margin: 0 }}
h2 {{ font-size: 1.1em; margin: 0 0 .2em }}
h3 {{ font-size: 1em; margin: 0 }}
p {{ margin: .25em 0 }}
article {{ background: #fff; border: 1px solid #ccd; border-radius: 6px; padding: 1em; margin: 0 0 1em }}
section {{ border-top: 1px solid #dde; margin-top: .8em; padding-top: .8em }}
img {{ display: block; box-sizing: border-box; max-width: 100%; height: auto; border: 1px solid #bbc; margin: .5em 0 }}
.why {{ color: #a00; font-weight: bold }}
.about {{ color: #445 }}
.place {{ float: right; color: #667; margin: 0 0 0 .8em }}
.boxes span {{ display: inline-block; border: 1px solid #99a; border-radius: 4px }}
.boxes span {{ padding: 0 .5em; margin: 0 .2em .2em 0 }}
code {{ background: #eef0f3; padding: .1em .3em; overflow-wrap: anywhere }}
@media print {{ body {{ background: #fff }} section {{ break-inside: avoid }} h2, .about {{ break-after: avoid }} }}
</style></head><body>
"""


def write_review(course: Course, found: Sequence[Mapping[str, Any]] | None = None) -> int:
    """Write scans/review.html with everything that waits, sheet by sheet, each with its picture; returns how much that
    is. `found` is what waits, where that is known already."""
    found = to_review(course) if found is None else found
    path = course.path(SCANS, FILE)
    try:
        path.parent.mkdir(exist_ok=True)
        write_whole(path, (part.encode("utf-8") for part in _page(course, found)))
    except OSError as error:
        raise refusal(error, _("{file} was not written").format(file=path)) from error
    return len(found)


def _page(course: Course, found: Sequence[Mapping[str, Any]]) -> Iterable[str]:
    title = ngettext("{n} item waits for a person", "{n} items wait for a person", len(found)).format(n=len(found))
    title = title if found else _("Nothing waits for a person")
    yield HEAD.format(title=escape(title))
    yield f"<header><h1>{escape(title)}</h1>\n<p>{escape(course.settings.title)}</p>\n"
    if found:
        yield f"<p>{escape(_('To settle it, type:'))} <code>fieldkit review</code></p>\n"
    yield "</header>\n<main>\n"
    pages: dict[str, list[PageRead]] = {}
    for page in pages_read(course):
        pages.setdefault(page.sheet, []).append(page)
    places = (f"{number}/{len(found)}" for number in range(1, len(found) + 1))
    for sheet, ones in groupby(zip(found, places, strict=False), key=lambda placed: placed[0]["sheet"]):
        yield from _sheet(course, sheet, list(ones), pages.get(sheet, ()))
    yield "</main></body></html>\n"


def _sheet(
    course: Course, sheet: str, ones: Sequence[tuple[Mapping[str, Any], str]], pages: Sequence[PageRead]
) -> Iterable[str]:
    """What waits of a sheet, each with the place at which `fieldkit review` asks for it."""
    trainee, station = ones[0][0]["trainee"], ones[0][0]["station"]
    person = course.trainees.get(trainee)
    name = person.name if person and person.name != trainee else ""
    about = " · ".join(filter(None, (station, trainee or _("spare"), name)))
    yield f'<article>\n<h2>{escape(show_short(sheet))}</h2>\n<p class="about">{escape(about)}</p>\n'
    if kept := [page for page in pages if page.picture and course.path(*page.picture.split("/")).exists()]:
        yield f"<p>{escape(_('The whole sheet:'))} {', '.join(map(_link, kept))}</p>\n"
    for one, place in ones:
        yield from _section(course, one, place)
    yield "</article>\n"


def _link(page: PageRead) -> str:
    """The straightened page, told by its number and the file that it came from."""
    told = _("page {n}").format(n=page.sheet_page)
    return f'<a href="{page.picture.removeprefix(SCANS + "/")}">{escape(told)}</a> (<bdi>{escape(page.file)}</bdi>)'


def _section(course: Course, one: Mapping[str, Any], place: str) -> Iterable[str]:
    yield f'<section>\n<p class="place">{place}</p>\n<h3 dir="auto">{escape(one["text"])}</h3>\n'
    yield f'<p class="why">{escape(one["why"])}</p>\n'
    if one["mark"]:
        yield f"<p>{escape(_('read: {mark}').format(mark=_worded(course, one, one['mark'])))}</p>\n"
    for value in one["values"]:
        said = _("{instructor} gave {mark} ({channel})")
        said = said.format(
            instructor=value["instructor"], mark=_worded(course, one, value["mark"]), channel=_(value["channel"])
        )
        yield f"<p>{escape(': '.join(filter(None, (said, value['reason']))))}</p>\n"
    for name in one["crops"]:
        yield _image(course, name)
    if not (one["item"] == WHOLE and is_spare(course, one["sheet"])):  # that would be all trainees
        boxes = "".join(f"<span>{escape(words or mark)}</span>" for mark, words in choices(course, one).items())
        lead = _("Boxes from left to right:") if one["item"] != WHOLE else _("Possible:")
        yield f'<p class="boxes">{escape(lead)} {boxes}</p>\n'
    yield "</section>\n"


def _worded(course: Course, one: Mapping[str, Any], mark: str) -> str:
    return choices(course, one).get(mark, "") or mark


def _image(course: Course, name: str) -> str:
    """The picture itself, inside the page: it can be copied and sent alone."""
    file = course.path(*name.split("/"))
    if not file.exists():
        return f"<p>{escape(_('Its picture is no longer there: {file}').format(file=name))}</p>\n"
    data = base64.b64encode(file.read_bytes()).decode("ascii")
    kind = "jpeg" if file.suffix == ".jpg" else "png"
    return f'<img alt="{escape(_("as photographed"))}" src="data:image/{kind};base64,{data}">\n'
