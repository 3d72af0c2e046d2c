"""fieldkit check"""

from __future__ import annotations

from dataclasses import asdict
from gettext import gettext as _
from gettext import ngettext
from typing import TYPE_CHECKING

import click

from fieldkit.errors import ExitCode

from .shared import json_option, open_course, print_json, tell

if TYPE_CHECKING:
    from fieldkit.course import Course


@click.command("check")
@click.option("--translations", "gaps", is_flag=True, help="List every text that is missing in a language instead.")
@json_option
def command(gaps: bool, as_json: bool) -> int:
    """Find everything that is wrong with the course: its files, rosters, scenarios, scoresheets and record."""
    from fieldkit.steps.preparing.check import check_course

    with open_course() as course:
        if gaps:
            return _list_missing(course, as_json)
        problems = check_course(course)
    if as_json:
        print_json([problem._asdict() for problem in problems])
    else:
        for problem in problems:
            click.echo(str(problem))
    wrong = sum(not problem.warning for problem in problems)
    tell(
        _("To mend: {wrong}, to look at: {others}.").format(wrong=wrong, others=len(problems) - wrong)
        if problems
        else _("Nothing is wrong.")
    )
    return ExitCode.BAD_INPUT if wrong else ExitCode.DONE


def _list_missing(course: Course, as_json: bool) -> int:
    """Every text that does not exist in a language the course prints in, and what is printed instead."""
    from fieldkit.steps.preparing.translate import languages_of, missing

    found = [gap for lang in languages_of(course) for gap in missing(course, lang)]
    if as_json:
        print_json([asdict(gap) for gap in found])
    else:
        for gap in found:
            instead = _("printed in {language}").format(language=gap.instead)
            click.echo(f"{gap.lang}  {gap.part}: {gap.where}  ({instead})  {gap.source}")
    tell(
        ngettext("{n} text is missing.", "{n} texts are missing.", len(found)).format(n=len(found))
        if found
        else _("No text is missing.")
    )
    return ExitCode.DONE
