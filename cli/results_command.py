"""fieldkit results"""

from __future__ import annotations

import click

from fieldkit.errors import ExitCode

from .shared import json_option, open_course, print_json

VERDICTS = {True: "passed", False: "not passed", None: "open"}


@click.command("results")
@click.option("--finds", is_flag=True, help="Show what was found, missed and falsely reported instead.")
@json_option
def command(finds: bool, as_json: bool) -> int:
    """Show who passed which station, with exact points."""
    if finds:
        return _finds(as_json)
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


def _finds(as_json: bool) -> int:
    """What was found of what was planted, as x/n; as data with intervals."""
    from fieldkit.steps.finds import finds_of

    with open_course() as course:
        finds = finds_of(course)
    if as_json:
        print_json(finds)
        return ExitCode.DONE
    for what, counts in finds.items():
        click.echo(what.capitalize())
        for name, c in counts.items():
            planted, judged = c["found"] + c["missed"], c["false_alarms"] + c["cleared"]
            alarms = f", false alarms {c['false_alarms']}/{judged}" if judged else ""
            click.echo(f"  {name:24} found {c['found']}/{planted} ({c['with_help']} with help){alarms}")
    return ExitCode.DONE
