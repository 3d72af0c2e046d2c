"""fieldkit check"""

from __future__ import annotations

from dataclasses import asdict

import click

from fieldkit.errors import ExitCode

from .shared import json_option, open_course, print_json, tell


@click.command("check")
@json_option
def command(as_json: bool) -> int:
    """Find everything that is wrong with the course: its files, rosters, scenarios, scoresheets and record."""
    from fieldkit.steps.check import check_course

    with open_course() as course:
        problems = check_course(course)
    if as_json:
        print_json([asdict(problem) for problem in problems])
    else:
        for problem in problems:
            click.echo(str(problem))
    wrong = sum(not problem.warning for problem in problems)
    tell(f"{wrong} to mend, {len(problems) - wrong} to look at." if problems else "Nothing is wrong.")
    return ExitCode.BAD_INPUT if wrong else ExitCode.DONE
