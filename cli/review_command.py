"""fieldkit review"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from fieldkit.errors import BadInput, ExitCode

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
    """Settle what waits for a person, one item after the other: marked differently by two, or not read surely.

    With SHEET and ITEM=MARK, --by and --why it is settled without questions. The marks that were settled stay in the
    record beside the agreed one.
    """
    from fieldkit.steps.review import settle_items, to_review

    with open_course() as course:
        if marks:
            if not instructor:
                raise click.UsageError("Say who settles, --by.")
            settle_items(course, sheet, pairs(marks, "MARKS"), instructor, why, pairs(reasons, "--reason"))
        elif as_json:
            print_json(to_review(course))
        elif only_list or not (sys.stdin and sys.stdin.isatty()):
            _show(course)
        else:
            _ask(course, instructor)
        left = len(to_review(course))
    tell(f"{left} items wait for a person." if left else "Nothing waits.")
    return ExitCode.WAITING if left else ExitCode.DONE


def _show(course: Course) -> None:
    from fieldkit.steps.review import to_review

    for one in to_review(course):
        click.echo(f"review  {one['sheet']}  {one['station']} {one['trainee']}  {one['item']}: {one['text']}")
        click.echo(f"    {one['why']}{', see ' + one['crop'] if one['crop'] else ''}")
        for v in one["values"]:
            click.echo(f"    {v['mark']:16} {v['instructor']:8} {v['channel']:9} {v['at'][:16]}  {v['reason']}")


def _ask(course: Course, instructor: str | None) -> None:
    """One item after the other; an empty answer leaves it for later."""
    from fieldkit.steps.review import marks_to_choose, settle_items, to_review

    for one in to_review(course):
        click.echo(f"\n{one['sheet']}  {one['station']} {one['trainee']}  ({one['why']})\n{one['text']}")
        if one["crop"]:
            click.echo(f"  picture: {one['crop']}")
        for value in one["values"]:
            reason = f": {value['reason']}" if value["reason"] else ""
            click.echo(f"  {value['instructor']} gave {value['mark']} ({value['channel']}){reason}")
        choices = marks_to_choose(course, one)
        click.echo("  " + "   ".join(f"{number} {mark}" for number, mark in enumerate(choices, 1)))
        which = click.IntRange(0, len(choices))
        choice = click.prompt("Which mark holds (Enter: later)", default=0, show_default=False, type=which)
        if choice:
            by = instructor or click.prompt("Settled by")
            chosen = {one["item"]: choices[choice - 1]}
            try:
                settle_items(course, one["sheet"], chosen, by, click.prompt("Why"), {})
            except BadInput as refusal:  # a failed critical item wants its reason; nothing else is lost
                click.echo(str(refusal))
