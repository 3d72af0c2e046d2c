"""fieldkit bind"""

from __future__ import annotations

from gettext import gettext as _

import click

from fieldkit.model.codes import show_short

from .shared import ForSheet, open_course, tell


@click.command("bind", cls=ForSheet)
@click.argument("spare")
@click.argument("trainee")
@click.option("--by", "instructor", required=True, metavar="INSTRUCTOR", help="Who gives it.")
@click.option("--why", default="", help="Why, for example that the own sheet got wet.")
def command(spare: str, trainee: str, instructor: str, why: str) -> None:
    """Give the SPARE sheet to TRAINEE (a number): in place of a lost one, for a late arrival, or for a retake.

    A spare with the trainee's sticker on it need not be given: `fieldkit scan` sees whose it is.
    """
    from fieldkit.steps.marking.changes import bind
    from fieldkit.steps.scanning.readings import record_held_back

    with open_course() as course:
        marked, notes = bind(course, spare, trainee, instructor, why)
        if record_held_back(course):
            notes.append(_("The marks that were read from its picture are recorded."))
    told = _("Sheet {sheet} belongs to {trainee} now, at station {station}.")
    tell(told.format(sheet=show_short(marked.sheet), trainee=trainee, station=marked.station))
    for note in notes:
        tell(note)
