"""fieldkit bind"""

from __future__ import annotations

import click

from .shared import open_course, tell


@click.command("bind")
@click.argument("spare")
@click.argument("trainee")
@click.option("--by", "instructor", required=True, metavar="INSTRUCTOR", help="Who gives it.")
@click.option("--why", default="", help="Why, for example that the own sheet got wet.")
def command(spare: str, trainee: str, instructor: str, why: str) -> None:
    """Give the SPARE sheet to TRAINEE (a number): in place of a lost one, for a late arrival, or for a retake."""
    from fieldkit.steps.changes import bind

    with open_course() as course:
        marked, notes = bind(course, spare, trainee, instructor, why)
    tell(f"Sheet {marked.sheet} belongs to {trainee} now, at station {marked.station}.")
    for note in notes:
        tell(note)
