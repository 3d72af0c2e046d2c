"""fieldkit review"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from gettext import gettext as _
from gettext import ngettext
from typing import TYPE_CHECKING, Any

import click

from fieldkit.errors import BadInput, ExitCode, FieldkitError
from fieldkit.model.codes import show_short
from fieldkit.model.local_forms import EASTERN_DIGITS

from .language import ENGLISH, SCREEN, spoken
from .shared import ForSheet, json_option, open_course, pairs, print_json, tell
from .words import CHANNEL, shown

if TYPE_CHECKING:
    from fieldkit.course import Course

MOST_CHOICES = 9  # that are shown with a key each; of more the id is typed
STOP = ("Q", "Й")  # one key on two keyboards


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
            _show(course, to_review(course, _on_screen(course)))
        else:
            _ask(course, instructor)
        waiting = to_review(course)
        if marks or listed:
            write_page(course, waiting)
        left = len(waiting)
    waits = ngettext("{n} item waits for a person.", "{n} items wait for a person.", left).format(n=left)
    tell(waits if left else _("Nothing waits."))
    return ExitCode.WAITING if left else ExitCode.DONE


def _on_screen(course: Course) -> str:
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
            click.echo("    " + _picture(course, name))
        for v in one["values"]:
            channel = shown(CHANNEL, v["channel"])
            click.echo(f"    {v['mark']:16} {v['instructor']:8} {channel:9} {v['at'][:16]}  {v['reason']}".rstrip())


def _picture(course: Course, name: str, *, whole_path: bool = False) -> str:
    path = course.path(*name.split("/"))
    told = _("picture: {file}") if path.exists() else _("Its picture is no longer there: {file}")
    return told.format(file=path if whole_path else name)


def _ask(course: Course, instructor: str | None) -> None:
    """One after the other; an empty answer leaves it for later. What was settled is in the record at once."""
    from fieldkit.steps.marking.changes import refuse_stranger
    from fieldkit.steps.scanning.review import to_review

    if instructor:
        refuse_stranger(course, instructor)
    waiting = to_review(course, _on_screen(course))
    if write_page(course, to_review(course)):
        tell(_("All pictures: {file}").format(file=course.path("scans", "review.html")))
    try:
        for number, one in enumerate(waiting, 1):
            _tell_one(course, one, f"{number}/{len(waiting)}")
            mark = _choose(course, one)
            if mark is None:
                break
            if mark:
                instructor = instructor or _who(course)
                if not (instructor and _settle(course, one, mark, instructor)):
                    break
    finally:  # interrupted, too
        write_page(course, to_review(course))


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


def _tell_one(course: Course, one: Mapping[str, Any], place: str) -> None:
    from fieldkit.steps.scanning.review import choices

    whose = f"{one['station']} {one['trainee']}".rstrip()
    click.echo(f"\n{place}  {show_short(one['sheet'])}  {whose}")
    click.secho(one["text"], bold=True)
    click.echo(f"  {one['why']}")
    words = choices(course, one, _on_screen(course))
    if one["mark"]:
        click.echo("  " + _("read: {mark}").format(mark=words.get(one["mark"], "") or one["mark"]))
    for value in one["values"]:
        said = _("{instructor} gave {mark} ({channel})").format(
            instructor=value["instructor"],
            mark=words.get(value["mark"], "") or value["mark"],
            channel=shown(CHANNEL, value["channel"]),
        )
        click.echo("  " + ": ".join(filter(None, (said, value["reason"]))))
    for name in dict.fromkeys(filter(None, (*one["crops"], one["picture"]))):
        click.echo("  " + _picture(course, name, whole_path=True))


def _choose(course: Course, one: Mapping[str, Any]) -> str | None:
    """What a person says of it; empty for later, None to stop."""
    from fieldkit.steps.scanning.review import choices

    possible = choices(course, one, _on_screen(course))
    if len(possible) > MOST_CHOICES:
        known = {mark.upper(): mark for mark in possible}
        question = _("Whose is it: number of the trainee (Enter: later, q: stop)")
        again = _("There is no such trainee in the roster.")
    else:
        for number, (mark, words) in enumerate(possible.items(), 1):
            click.echo(f"  {number}  {words or mark}")
        known = {str(number): mark for number, mark in enumerate(possible, 1)}
        question = _("Which holds (Enter: later, q: stop)")
        again = _("Type a number from 1 to {n}, or press Enter.").format(n=len(possible))
    while True:
        typed = str(click.prompt(question, default="", show_default=False)).strip().upper().translate(EASTERN_DIGITS)
        if typed in STOP:
            return None
        if typed in ("", "0", *known):
            return known.get(typed, "")
        click.echo(again)


def _who(course: Course) -> str:
    """Who settles; asked again for somebody whom the course does not have. Empty to stop."""
    while True:
        typed = str(click.prompt(_("Settled by (number of the instructor, q: stop)"))).strip()
        if typed.upper() in STOP:
            return ""
        for number in (typed, typed.upper()):
            if number in course.instructors:
                return number
        click.echo(_("There are: {names}").format(names=", ".join(course.instructors)))


def _settle(course: Course, one: Mapping[str, Any], mark: str, instructor: str) -> bool:
    """Settle one; what is refused, or has no reason where it takes one, stays for later. False to stop."""
    from fieldkit.steps.scanning.review import needs_reason, settle_items

    reason = why = ""
    if needs_reason(course, one, mark):
        reason = _text(_("Why it failed, as on the sheet (Enter: later, q: stop)"))
        if reason.upper() in ("", *STOP):
            return not reason
    if len({v["mark"] for v in one["values"]}) > 1:
        why = _text(_("Why this mark (Enter: later, q: stop)"))
        if why.upper() in ("", *STOP):
            return not why
    try:
        settle_items(
            course, one["sheet"], {one["item"]: mark}, instructor, why, {one["item"]: reason} if reason else {}
        )
    except BadInput as refusal:  # what was settled before stays
        click.echo(str(refusal))
    return True


def _text(question: str) -> str:
    return str(click.prompt(question, default="", show_default=False)).strip()
