"""fieldkit verify"""

from __future__ import annotations

from gettext import gettext as _
from gettext import ngettext

import click

from fieldkit.errors import ExitCode

from .shared import course_folder, json_option, print_json, tell


@click.command("verify")
@click.option("--head", help="The code printed at the close of the day: is this still that record?")
@json_option
def command(head: str | None, as_json: bool) -> int:
    """Check the record: every entry, every link to the one before, nothing missing, nothing altered."""
    from fieldkit.steps.keeping.verify import verify_record

    found = verify_record(course_folder(), head)
    if as_json:
        print_json({"head": found.head, "entries": found.entries, "problems": [p._asdict() for p in found.problems]})
    for problem in found.problems if not as_json else ():
        click.echo(str(problem))
    if found.damaged:
        tell(
            _("The record does not verify. `fieldkit repair` says what can be done; nothing is changed until you ask.")
        )
        return ExitCode.DAMAGED
    told = ngettext("{n} entry, whole. Head {head}.", "{n} entries, all whole. Head {head}.", found.entries)
    tell(told.format(n=found.entries, head=found.head))
    if found.matches == "":
        tell(_("The code {head} is not this record's, nor that of an earlier state of it.").format(head=head))
        return ExitCode.DAMAGED
    if found.matches:
        tell(found.matches)
    return ExitCode.DONE
