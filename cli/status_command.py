"""fieldkit status"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import click

from fieldkit.errors import ExitCode
from fieldkit.model.codes import show_short

from .shared import json_option, open_course, print_json, tell

if TYPE_CHECKING:
    from fieldkit.course import Course
    from fieldkit.steps.status import Status

WORDS = {"scored": "scored", "review": "to review", "partly": "partly", "issued": "missing", "void": "void"}


@click.command("status")
@click.option("--close", is_flag=True, help="Close the day: print how every sheet ended, to be signed.")
@json_option
def command(close: bool, as_json: bool) -> int:
    """Show what was issued, scored, partly marked and what is missing, by station and by trainee."""
    from fieldkit.steps.readings import waiting_readings
    from fieldkit.steps.status import course_status

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
            click.echo(f"\n{pictures} items read from pictures wait for a person: fieldkit review")
    return ExitCode.WAITING if status.waiting or pictures else ExitCode.DONE


def _close(course: Course) -> None:
    from fieldkit.steps.close import close_day

    path, closing = close_day(course)
    tell(f"Record code {closing.head}: {', '.join(f'{n} {ending}' for ending, n in closing.counts.items() if n)}.")
    tell(f"Print and sign: {path}")


def _show(status: Status, names: dict[str, str]) -> None:
    click.echo(f"{len(status.sheets)} sheets issued, {status.spares} spares. {_counts(status.total)}")
    for title, what in (("Stations", "station"), ("Trainees", "trainee")):
        click.echo(f"\n{title}")
        for name, counts in status.by(what).items():
            click.echo(f"  {name:10} {names.get(name, ''):32.32} {_counts(counts)}")
    if status.missing:
        click.echo("\nMissing or not complete")
        for sheet in status.missing:
            blank = f", not marked: {', '.join(sheet.blank)}" if sheet.status == "partly" else ""
            click.echo(f"  {show_short(sheet.sheet)}  {sheet.station} {names.get(sheet.trainee, sheet.trainee)}{blank}")
    if status.waiting:
        click.echo("\nTo review: marked differently by two")
        for sheet in status.waiting:
            click.echo(f"  {show_short(sheet.sheet)}  {sheet.station} {sheet.trainee}: {', '.join(sheet.differing)}")
    if status.notes:
        click.echo("\nLook here")
        for sheet_id, note in status.notes:
            click.echo(f"  {show_short(sheet_id)}  {note}")


def _counts(counts: Counter[str]) -> str:
    return ", ".join(f"{counts[status]} {word}" for status, word in WORDS.items() if counts[status]) or "nothing"
