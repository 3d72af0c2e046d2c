"""fieldkit history"""

from __future__ import annotations

from dataclasses import asdict
from gettext import gettext as _

import click

from .shared import ForSheet, json_option, open_course, print_json
from .words import CHANNEL, EVENT, REASON, shown


@click.command("history", cls=ForSheet)
@click.argument("name", metavar="SHEET|TRAINEE")
@json_option
def command(name: str, as_json: bool) -> None:
    """Show all that was said about a sheet, or all sheets of a trainee: who, when, how, old and new mark, why."""
    from fieldkit.record.sealed import SEALED
    from fieldkit.steps.marking.history import history

    with open_course() as course:
        events = history(course, name)
    if as_json:
        print_json([asdict(event) for event in events])
        return
    for e in events:
        old, new = (_("(sealed)") if mark.startswith(SEALED) else mark for mark in (e.old, e.new))
        change = f"{old} -> {new}" if old else new
        click.echo(f"{e.at[:19]}  {e.sheet}  {e.by:10} {shown(EVENT, e.what):11} {e.item} {change}".rstrip())
        if e.why:
            click.echo(f"{'':21}{shown(CHANNEL, e.channel) + ': ' if e.channel else ''}{shown(REASON, e.why)}")
