"""fieldkit results"""

from __future__ import annotations

import click

from fieldkit.errors import ExitCode

from .shared import json_option, open_course, print_json

VERDICTS = {True: "passed", False: "not passed", None: "open"}


@click.command("results")
@json_option
def command(as_json: bool) -> int:
    """Show who passed which station, with exact points."""
    from fieldkit.steps.results import exact, results_by, results_list
    from fieldkit.steps.standard import settled, standard_marks

    with open_course() as course:
        marks = standard_marks(course)
        results = results_by(course, settled(course, marks))
        names = {p.number: p.name for p in course.trainees.values()}
    if as_json:
        print_json(results_list(results, marks))
    else:
        for station, mark in marks.items():
            click.echo(f"Pass mark of {station}: {mark.value:.2f} %, {mark.reason}.")
        for result in results:
            click.echo(f"{result.trainee}  {names[result.trainee]}: {VERDICTS[result.passed]}")
            for s in result.stations:
                percent = f"{s.score.percent} %" if s.score.percent is not None else "-"
                points = f"{exact(s.score.points)} of {exact(s.score.of)}"
                critical = f"  critical: {', '.join(s.critical_failed)}" if s.critical_failed else ""
                verdict = VERDICTS[s.passed] + (f" ({s.why_open})" if s.passed is None else "")
                click.echo(f"    {s.station:10} {points:>12} {percent:>9}  {verdict}{critical}")
    waiting = any(s.why_open == "review" for result in results for s in result.stations)
    return ExitCode.WAITING if waiting else ExitCode.DONE
