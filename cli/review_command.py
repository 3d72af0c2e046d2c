"""fieldkit review"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from fieldkit.errors import ExitCode

from .shared import json_option, open_course, pairs, print_json, tell

if TYPE_CHECKING:
    from fieldkit.course import Course


@click.command("review")
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
    """Settle what waits for a person: items marked differently by two, one after the other.

    With SHEET and ITEM=MARK, --by and --why it is settled without questions. The marks that were settled stay in the
    record beside the agreed one.
    """
    from fieldkit.steps.changes import settle, waiting

    with open_course() as course:
        if marks:
            if not instructor:
                raise click.UsageError("Say who settles, --by.")
            settle(course, sheet, pairs(marks, "MARKS"), instructor, why, pairs(reasons, "--reason"))
        elif as_json:
            print_json(waiting(course))
        elif only_list or not sys.stdin.isatty():
            _show(course)
        else:
            _ask(course, instructor)
        left = len(waiting(course))
    tell(f"{left} items wait for a person." if left else "Nothing waits.")
    return ExitCode.WAITING if left else ExitCode.DONE


def _show(course: Course) -> None:
    from fieldkit.steps.changes import waiting

    for one in waiting(course):
        click.echo(f"review  {one['sheet']}  {one['station']} {one['trainee']}  {one['item']}: {one['text']}")
        for v in one["values"]:
            click.echo(f"    {v['mark']:16} {v['instructor']:8} {v['channel']:9} {v['at'][:16]}  {v['reason']}")


def _ask(course: Course, instructor: str | None) -> None:
    """One item after the other; an empty answer leaves it for later."""
    from fieldkit.steps.changes import settle, waiting

    for one in waiting(course):
        click.echo(f"\n{one['sheet']}  {one['station']} {one['trainee']}\n{one['text']}")
        for number, value in enumerate(one["values"], 1):
            reason = f": {value['reason']}" if value["reason"] else ""
            click.echo(f"  {number}  {value['mark']:16} {value['instructor']} ({value['channel']}){reason}")
        which = click.IntRange(0, len(one["values"]))
        choice = click.prompt("Which one holds (Enter: later)", default=0, show_default=False, type=which)
        if choice:
            by = instructor or click.prompt("Settled by")
            settle(course, one["sheet"], {one["item"]: one["values"][choice - 1]["mark"]}, by, click.prompt("Why"), {})
