"""fieldkit results"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from gettext import gettext as _
from typing import Any

import click

from fieldkit.errors import ExitCode

from .language import N_, spoken
from .shared import json_option, open_course, print_json, tell
from .words import STATUS, VERDICT, shown


@click.command("results")
@click.option("--finds", is_flag=True, help="Show what was found, missed and falsely reported instead.")
@json_option
def command(finds: bool, as_json: bool) -> int:
    """Show who passed which station, with exact points."""
    if finds:
        return _finds(as_json)
    from fieldkit.steps.evaluating.results import exact, results_by, results_list
    from fieldkit.steps.evaluating.standard import settled, standard_marks

    with open_course() as course:
        marks = standard_marks(course)
        results = results_by(course, settled(course, marks))
        names = {p.number: p.name for p in course.trainees.values()}
    if as_json:
        print_json(results_list(results, marks))
    else:
        for station, mark in marks.items():
            told = _("Pass mark of {station}: {value} %, {reason}.")
            click.echo(told.format(station=station, value=f"{mark.value:.2f}", reason=mark.reason))
        for result in results:
            click.echo(f"{result.trainee}  {names[result.trainee]}: {_(VERDICT[result.passed])}")
            for s in result.stations:
                percent = f"{s.score.percent} %" if s.score.percent is not None else "-"
                points = _("{points} of {of}").format(points=exact(s.score.points), of=exact(s.score.of))
                critical = (
                    "  " + _("critical: {items}").format(items=", ".join(s.critical_failed))
                    if s.critical_failed
                    else ""
                )
                verdict = _(VERDICT[s.passed]) + (f" ({shown(STATUS, s.why_open)})" if s.passed is None else "")
                click.echo(f"    {s.station:10} {points:>12} {percent:>9}  {verdict}{critical}")
    waiting = any(s.why_open == "review" for result in results for s in result.stations)
    return ExitCode.WAITING if waiting else ExitCode.DONE


FINDS_BY = {
    "course": N_("The whole course"),
    "trainee": N_("By trainee"),
    "station": N_("By station"),
    "code": N_("By kind of find"),
    "point": N_("By inspection point"),
}


def _finds(as_json: bool) -> int:
    """What was found of what was planted, as x/n with intervals."""
    from fieldkit.steps.evaluating.finds import finds_of, name_of

    with open_course() as course:
        finds = finds_of(course)
        if as_json:
            print_json(finds)
            return ExitCode.DONE
        for what, counts in finds.items():
            click.echo(_(FINDS_BY[what]))
            for key, count in counts.items():
                click.echo(f"  {name_of(course, what, key, spoken()):44} {_told(count)}")
            if not counts:
                click.echo("  " + _("Nothing is marked yet."))
    tell(_("In brackets: the 95 % interval, from 5 chances on. d' from 10 planted and 10 sound objects on."))
    return ExitCode.DONE


def _told(count: Mapping[str, Any]) -> str:
    """Counts with their intervals: found, falsely reported, and how well the two were told apart."""
    planted, judged = count["found"] + count["missed"], count["false_alarms"] + count["cleared"]
    told = []
    if planted:
        found = _("found {found}/{planted}{interval}, of these with help {helped}")
        interval = _within(count["found_interval"])
        told.append(found.format(found=count["found"], planted=planted, interval=interval, helped=count["with_help"]))
    if judged:
        alarms = _("false alarms {alarms}/{judged}{interval}, rightly cleared {cleared}")
        interval = _within(count["false_alarm_interval"])
        told.append(
            alarms.format(alarms=count["false_alarms"], judged=judged, interval=interval, cleared=count["cleared"])
        )
    apart = count["sensitivity"]
    if apart and apart["value"] is not None:
        told.append(f"d' {apart['value']:.1f} ({apart['low']:.1f}–{apart['high']:.1f})")
    return "; ".join(told)


def _within(interval: Sequence[float] | None) -> str:
    return f" ({interval[0]:.0%}–{interval[1]:.0%})" if interval else ""
