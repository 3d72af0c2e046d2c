"""fieldkit report"""

from __future__ import annotations

from gettext import gettext as _

import click

from fieldkit.errors import ExitCode

from .shared import lang_option, open_course, show_names, tell
from .words import KIND


@click.command("report")
@click.argument("kind", type=click.Choice((*KIND, "appeal", "all")), default="all")
@click.argument("names", nargs=-1)
@click.option("--collected", is_flag=True, help="All in one file instead of one file each.")
@click.option("--date", "today", type=click.DateTime(["%Y-%m-%d"]), help="The date on the reports (else today).")
@click.option("--crops", is_flag=True, help="Show the rows of trainees' sheets as they were photographed.")
@lang_option
def command(kind: str, names: tuple[str, ...], collected: bool, today: object, crops: bool, lang: str) -> int:
    """Write evaluation reports into the folder reports/: for each trainee, each station, the course, or all of these.

    NAMES are trainees' numbers or stations' ids, where not all are wanted. An appeal names a trainee or a sheet and
    shows all marks that were ever given, with the pictures of their rows.
    """
    from fieldkit.steps.evaluating.report import write_appeals, write_reports
    from fieldkit.steps.evaluating.results import results_of

    kinds = tuple(KIND) if kind == "all" else (kind,)
    with open_course() as course:
        show_names(course)
        day = str(today)[:10] if today else ""
        if kind == "appeal":
            for file in write_appeals(course, names, lang=lang, today=day):
                click.echo(file)
            return ExitCode.DONE
        for each in kinds:
            only = names or None
            files = write_reports(course, each, only, collected=collected, lang=lang, today=day, crops=crops)
            made = _("files: {n}, in {folder}").format(n=len(files), folder=files[0].parent) if files else ""
            tell(f"{_(KIND[each])}: {made or _('nothing to report')}")
        open_ = [s for result in results_of(course) for s in result.stations if s.passed is None]
    if open_:
        told = _("Trainees' stations that have no verdict yet: {n}. `fieldkit status` says why.")
        tell(told.format(n=len(open_)))
    return ExitCode.WAITING if any(s.why_open == "review" for s in open_) else ExitCode.DONE
