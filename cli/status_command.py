"""fieldkit status"""

from __future__ import annotations

from collections.abc import Mapping
from gettext import gettext as _
from gettext import ngettext
from typing import TYPE_CHECKING

import click

from fieldkit.errors import ExitCode
from fieldkit.model.codes import show_short

from .language import N_
from .shared import json_option, open_course, print_json, tell
from .words import COUNTED

if TYPE_CHECKING:
    from fieldkit.course import Course
    from fieldkit.steps.marking.status import Status


@click.command("status")
@click.option("--close", is_flag=True, help="Close the day: print how every sheet ended, to be signed.")
@json_option
def command(close: bool, as_json: bool) -> int:
    """Show what was issued, scored, partly marked and what is missing, by station and by trainee."""
    from fieldkit.steps.marking.status import course_status
    from fieldkit.steps.scanning.readings import waiting_readings

    with open_course() as course:
        if close:
            _close(course)
        status = course_status(course)
        pictures = len(waiting_readings(course))
        names = {p.number: p.name for p in course.trainees.values()}
    if as_json:
        print_json(
            {
                "total": dict(status.total),
                "spares": status.spares,
                "stations": {name: dict(counts) for name, counts in status.by("station").items()},
                "trainees": {name: dict(counts) for name, counts in status.by("trainee").items()},
                "missing": [s.sheet for s in status.missing],
                "pictures": pictures,
                "review": [s.sheet for s in status.waiting],
                "look": [list(note) for note in status.notes],
            }
        )
    else:
        _show(status, names)
        if pictures:
            told = ngettext(
                "{n} item read from pictures waits for a person: {command}",
                "{n} items read from pictures wait for a person: {command}",
                pictures,
            )
            click.echo("\n" + told.format(n=pictures, command="fieldkit review"))
    return ExitCode.WAITING if status.waiting or pictures else ExitCode.DONE


def _close(course: Course) -> None:
    from fieldkit.steps.marking.close import close_day

    path, closing = close_day(course)
    tell(_("Record code {head}: {counts}.").format(head=closing.head, counts=_counts(closing.counts)))
    tell(_("Print and sign: {path}").format(path=path))


def _show(status: Status, names: dict[str, str]) -> None:
    if not status.sheets:
        click.echo(
            _("No sheet has been printed yet. First: {commands}").format(commands="fieldkit draw, fieldkit print")
        )
        return
    told = _("Sheets issued: {issued}; spares: {spares}.")
    click.echo(f"{told.format(issued=len(status.sheets), spares=status.spares)} {_counts(status.total)}")
    for title, what in ((N_("Stations"), "station"), (N_("Trainees"), "trainee")):
        click.echo(f"\n{_(title)}")
        by, order = status.by(what), list(names)
        for name in sorted(by, key=lambda name: order.index(name) if name in names else -1):
            counts = by[name]
            click.echo(f"  {name:10} {names.get(name, ''):32.32} {_counts(counts)}")
    if status.missing:
        click.echo("\n" + _("Missing or not complete"))
        for sheet in status.missing:
            blank = ", ".join(sheet.blank) if sheet.status == "partly" else ""
            blank = ", " + _("not marked: {items}").format(items=blank) if blank else ""
            click.echo(f"  {show_short(sheet.sheet)}  {sheet.station} {names.get(sheet.trainee, sheet.trainee)}{blank}")
    if status.waiting:
        click.echo("\n" + _("To review: marked differently by two"))
        for sheet in status.waiting:
            click.echo(f"  {show_short(sheet.sheet)}  {sheet.station} {sheet.trainee}: {', '.join(sheet.differing)}")
    if status.notes:
        click.echo("\n" + _("Look here"))
        for sheet_id, note in status.notes:
            click.echo(f"  {show_short(sheet_id)}  {note}")


def _counts(counts: Mapping[str, int]) -> str:
    """How many sheets there are of each status."""
    return ", ".join(_(told).format(n=n) for status, told in COUNTED.items() if (n := counts.get(status))) or _(
        "nothing"
    )
