"""fieldkit score"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from gettext import gettext as _
from gettext import ngettext
from pathlib import Path
from typing import TYPE_CHECKING

import click

from fieldkit.errors import ExitCode

from .shared import ForSheet, open_course, pairs, tell

if TYPE_CHECKING:
    from fieldkit.course import Course
    from fieldkit.steps.marking.score import Marking, Taken


@click.command("score", cls=ForSheet)
@click.argument("sheet", default="")
@click.option("--marks", metavar="ITEM=MARK,…", help="Marks by item, as `fieldkit sheets --json` names them.")
@click.option("--rating", help="The overall rating, 1 to 5.")
@click.option("--by", "instructor", metavar="INSTRUCTOR", help="Whose marks these are, by the number in the roster.")
@click.option("--reason", "reasons", metavar="ITEM=TEXT", multiple=True, help="Why a critical item failed.")
@click.option("--started", metavar="HH:MM", help="When the trainee started.")
@click.option("--ended", metavar="HH:MM", help="When the trainee ended.")
@click.option("--remarks", help="The instructor's remarks.")
@click.option("--why", default="", help="Why earlier marks are corrected.")
@click.option("--from", "source", type=click.Path(path_type=Path), help="A CSV file: sheet, item, mark, reason, by.")
def command(sheet: str, source: Path | None, instructor: str | None, **given: object) -> int:
    """Take down the marks of SHEET: its short id, its scanned code, or a trainee's name.

    Without --marks or --from you are asked item by item, one key each; every mark is on the disk before the next
    question. A mark given again is a correction: the earlier one stays in the record.
    """
    from fieldkit.steps.marking.score import give_all

    with open_course() as course:
        if source is not None:
            from fieldkit.steps.marking.marks_file import read_markings

            return _told(course, give_all(course, read_markings(source, instructor or "")))
        if any(given[name] is not None for name in ("marks", "rating", "started", "ended", "remarks")):
            return _told(course, give_all(course, [_marking(sheet, instructor, given)]))
        if not (sys.stdin and sys.stdin.isatty()):  # Windows gives none to a process without a console
            raise click.UsageError(
                _("There is nobody to ask here: give the marks with --marks, or a file with --from.")
            )
        from .score_prompt import ask_sheets

        ask_sheets(course, sheet, instructor or "")
    return ExitCode.DONE


def _marking(sheet: str, instructor: str | None, given: dict[str, object]) -> Marking:
    from fieldkit.model.marks import NOTES
    from fieldkit.model.scoresheet import RATING
    from fieldkit.steps.marking.score import Marking, read_mark

    if not sheet or not instructor:
        raise click.UsageError(_("Say which SHEET, and --by whom it was marked."))
    marks = pairs((part for part in str(given["marks"] or "").split(",") if part.strip()), "--marks")
    marks |= {name: str(given[name]) for name in (RATING, *NOTES) if given[name] is not None}
    reasons = pairs(given["reasons"], "--reason")  # type: ignore[arg-type]
    marks = {name: read_mark(name, mark) for name, mark in marks.items()}
    return Marking(sheet, instructor, marks, reasons, str(given["why"]))


def _counts(one: Taken) -> Iterator[str]:
    if one.new:
        yield ngettext("{n} mark recorded", "{n} marks recorded", one.new).format(n=one.new)
    if one.corrected:
        yield ngettext(
            "{n} corrected (the earlier one stays in the record)",
            "{n} corrected (the earlier ones stay in the record)",
            one.corrected,
        ).format(n=one.corrected)
    if not one.new and not one.corrected:
        yield _("nothing new: these marks were there already")


def _told(course: Course, taken: list[Taken]) -> int:
    """Say what was recorded; 4 where marks differ and wait for a person."""
    from fieldkit.model.codes import show_short
    from fieldkit.steps.marking.score import suspicious

    for one in taken:
        tell(_("Sheet {sheet}: {what}.").format(sheet=show_short(one.sheet.sheet), what=", ".join(_counts(one))))
        for note in suspicious(course, one.sheet):
            tell("  " + _("Look here: {note}.").format(note=note))
        if one.sheet.differing:
            told = _("Marked differently by two: {items}. It waits for a person.")
            tell("  " + told.format(items=", ".join(one.sheet.differing)))
    return ExitCode.WAITING if any(one.sheet.differing for one in taken) else ExitCode.DONE
