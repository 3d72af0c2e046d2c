"""fieldkit report"""

from __future__ import annotations

import click

from fieldkit.errors import ExitCode

from .shared import lang_option, open_course, show_names, tell


@click.command("report")
@click.argument("kind", type=click.Choice(("trainee", "station", "course", "all")), default="all")
@click.argument("names", nargs=-1)
@click.option("--collected", is_flag=True, help="All in one file instead of one file each.")
@click.option("--date", "today", type=click.DateTime(["%Y-%m-%d"]), help="The date on the reports (else today).")
@lang_option
def command(kind: str, names: tuple[str, ...], collected: bool, today: object, lang: str) -> int:
    """Write evaluation reports into the folder reports/: for each trainee, each station, the course, or all of these.

    NAMES are trainees' numbers or stations' ids, where not all are wanted.
    """
    from fieldkit.steps.report import write_reports
    from fieldkit.steps.results import results_of

    kinds = ("trainee", "station", "course") if kind == "all" else (kind,)
    with open_course() as course:
        show_names(course)
        for each in kinds:
            day = str(today)[:10] if today else ""
            files = write_reports(course, each, names or None, collected=collected, lang=lang, today=day)
            tell(
                f"{each}: {len(files)} file{'s' if len(files) != 1 else ''}, in {files[0].parent}"
                if files
                else f"{each}: nothing to report"
            )
        open_ = [s for result in results_of(course) for s in result.stations if s.passed is None]
    if open_:
        tell(f"{len(open_)} stations of trainees have no verdict yet: `fieldkit status` says why.")
    return ExitCode.WAITING if any(s.why_open == "review" for s in open_) else ExitCode.DONE
