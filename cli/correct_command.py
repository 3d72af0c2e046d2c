"""fieldkit correct"""

from __future__ import annotations

from gettext import gettext as _
from gettext import ngettext

import click

from fieldkit.model.codes import show_short

from .shared import ForSheet, open_course, pairs, tell
from .words import STATUS


@click.command("correct", cls=ForSheet)
@click.argument("sheet")
@click.argument("marks", nargs=-1, required=True, metavar="ITEM=MARK…")
@click.option("--by", "instructor", required=True, metavar="INSTRUCTOR", help="Who corrects.")
@click.option("--why", required=True, help="Why; it is printed in reports.")
@click.option("--reason", "reasons", metavar="ITEM=TEXT", multiple=True, help="Why a critical item failed.")
def command(sheet: str, marks: tuple[str, ...], instructor: str, why: str, reasons: tuple[str, ...]) -> None:
    """Correct marks of SHEET. The earlier marks stay in the record and in the sheet's history."""
    from fieldkit.steps.marking.changes import correct

    with open_course() as course:
        marked = correct(course, sheet, pairs(marks, "MARKS"), instructor, why, pairs(reasons, "--reason"))
    told = ngettext("{n} mark corrected on sheet {sheet}.", "{n} marks corrected on sheet {sheet}.", len(marks))
    tell(told.format(n=len(marks), sheet=show_short(marked.sheet)))
    tell(_("The sheet is now: {status}.").format(status=_(STATUS[marked.status])))
