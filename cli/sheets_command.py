"""fieldkit sheets"""

from __future__ import annotations

import click

from .shared import json_option, open_course, print_json
from .words import STATUS, shown


@click.command("sheets")
@json_option
def command(as_json: bool) -> None:
    """List the printed sheets: whose, where marked, on which page of which file."""
    from fieldkit.steps.marking.status import sheets_list

    with open_course() as course:
        sheets = sheets_list(course)
    if as_json:
        print_json(sheets)
        return
    for sheet in sheets:
        status = shown(STATUS, sheet["status"])
        whose = f"{sheet['station']:8} {sheet['trainee'] or '-':12} {sheet['instructor']:8} {status:10}"
        click.echo(f"{sheet['sheet']}  {whose} {sheet['pdf']}:{sheet['page']}")
