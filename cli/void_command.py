"""fieldkit void"""

from __future__ import annotations

from gettext import gettext as _

import click

from fieldkit.model.codes import show_short

from .shared import ForSheet, open_course, tell


@click.command("void", cls=ForSheet)
@click.argument("sheet")
@click.option("--by", "instructor", required=True, metavar="INSTRUCTOR", help="Who voids it.")
@click.option("--why", required=True, help="Why; it is printed when the day is closed.")
def command(sheet: str, instructor: str, why: str) -> None:
    """Void SHEET: it counts no more; what was marked on it stays in the record."""
    from fieldkit.steps.marking.changes import void

    with open_course() as course:
        marked = void(course, sheet, instructor, why)
    tell(_("Sheet {sheet} is void.").format(sheet=show_short(marked.sheet)))
