"""fieldkit verify"""

from __future__ import annotations

from dataclasses import asdict

import click

from fieldkit.errors import ExitCode

from .shared import course_folder, json_option, print_json, tell


@click.command("verify")
@click.option("--head", help="The code printed at the close of the day: is this still that record?")
@json_option
def command(head: str | None, as_json: bool) -> int:
    """Check the record: every entry, every link to the one before, nothing missing, nothing altered."""
    from fieldkit.steps.verify import verify_record

    found = verify_record(course_folder(), head)
    if as_json:
        print_json({"head": found.head, "entries": found.entries, "problems": [asdict(p) for p in found.problems]})
    for problem in found.problems if not as_json else ():
        click.echo(str(problem))
    if found.damaged:
        tell("The record does not verify. `fieldkit repair` says what can be done; nothing is changed until you ask.")
        return ExitCode.DAMAGED
    tell(f"{found.entries} entries, all whole. Head {found.head}.")
    if found.matches == "":
        tell(f"The code {head} is not this record's, nor that of an earlier state of it.")
        return ExitCode.DAMAGED
    if found.matches:
        tell(found.matches)
    return ExitCode.DONE
