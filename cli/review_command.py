"""fieldkit review"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from gettext import gettext as _
from gettext import ngettext
from typing import TYPE_CHECKING, Any

import click

from fieldkit.errors import ExitCode, FieldkitError
from fieldkit.model.codes import show_short

from .language import ENGLISH, SCREEN, spoken
from .shared import ForSheet, json_option, open_course, pairs, print_json, tell
from .words import CHANNEL, shown

if TYPE_CHECKING:
    from fieldkit.course import Course


@click.command("review", cls=ForSheet)
@click.argument("sheet", default="")
@click.argument("marks", nargs=-1, metavar="[ITEM=MARK…]")
@click.option("--list", "only_list", is_flag=True, help="Only list what waits.")
@click.option("--by", "instructor", metavar="INSTRUCTOR", help="Who settles.")
@click.option("--why", default="", help="Why this mark.")
@click.option("--reason", "reasons", metavar="ITEM=TEXT", multiple=True, help="Why a critical item failed.")
@json_option
def command(
    sheet: str,
    marks: tuple[str, ...],
    only_list: bool,
    instructor: str | None,
    why: str,
    reasons: tuple[str, ...],
    as_json: bool,
) -> int:
    """Settle what waits for a person, one item after the other: marked differently by two, or not read surely.

    The pictures are in scans/review.html. With SHEET and ITEM=MARK, --by and --why it is settled without questions;
    sheet=TRAINEE says whose a spare sheet is. The marks that were settled stay in the record beside the agreed one.
    """
    from fieldkit.steps.scanning.review import settle_items, to_review

    if marks and not instructor:
        raise click.UsageError(_("Say who settles, --by."))
    listed = not (marks or as_json) and (only_list or not (sys.stdin and sys.stdin.isatty()))
    with open_course() as course:
        if marks:
            settle_items(course, sheet, pairs(marks, "MARKS"), instructor or "", why, pairs(reasons, "--reason"))
        elif as_json:
            print_json(to_review(course))
        elif listed:
            _show(course, to_review(course, on_screen(course)))
        else:
            from .review_prompt import ask

            ask(course, instructor)
        waiting = to_review(course)
        if marks or listed:
            write_page(course, waiting)
        left = len(waiting)
    waits = ngettext("{n} item waits for a person.", "{n} items wait for a person.", left).format(n=left)
    tell(waits if left else _("Nothing waits."))
    return ExitCode.WAITING if left else ExitCode.DONE


def on_screen(course: Course) -> str:
    """The language of items and marks: that of the screen; in English, perhaps only for want of a better one, the
    course's own where a terminal can show it."""
    first = course.settings.languages[0]
    return first if spoken() == ENGLISH and first in SCREEN else spoken()


def _show(course: Course, waiting: Sequence[Mapping[str, Any]]) -> None:
    for one in waiting:
        whose = f"{one['station']} {one['trainee']}".rstrip()
        click.echo(f"{show_short(one['sheet'])}  {whose}  {one['item']}: {one['text']}")
        click.echo(f"    {one['why']}")
        for name in one["crops"]:
            click.echo("    " + picture(course, name))
        for v in one["values"]:
            channel = shown(CHANNEL, v["channel"])
            click.echo(f"    {v['mark']:16} {v['instructor']:8} {channel:9} {v['at'][:16]}  {v['reason']}".rstrip())


def picture(course: Course, name: str, *, whole_path: bool = False) -> str:
    """Where the picture of something that waits is, or that it is gone."""
    path = course.path(*name.split("/"))
    told = _("picture: {file}") if path.exists() else _("Its picture is no longer there: {file}")
    return told.format(file=path if whole_path else name)


def write_page(course: Course, waiting: Sequence[Mapping[str, Any]]) -> bool:
    """Keep the page of pictures true, where there are pictures; it is no reason to settle nothing."""
    from fieldkit.steps.scanning.review_page import FILE, write_review

    if not any(one["crop"] for one in waiting) and not course.path("scans", FILE).exists():
        return False
    try:
        write_review(course, waiting)
    except FieldkitError as refused:
        tell(str(refused))
        return False
    return True
