"""fieldkit repair"""

from __future__ import annotations

from gettext import gettext as _

import click

from fieldkit.errors import ExitCode

from .shared import course_folder, tell


@click.command("repair")
@click.option("--do", "do_it", is_flag=True, help="Do it. The damaged files are kept beside.")
def command(do_it: bool) -> int:
    """Say what a repair of the record would do; with --do, do it and keep the damaged files beside."""
    from fieldkit.record.repair import repair

    report = repair(course_folder(), do=do_it)
    for problem in report.problems:
        click.echo(str(problem))
    if not report.needed:
        tell(_("No repair of files can mend this.") if report.hopeless else _("Nothing to repair in the files."))
        return ExitCode.DAMAGED if report.hopeless else ExitCode.DONE
    if report.done:
        told = _("Whole entries that the repair kept: {kept}; not to be got back from these files: {lost}.")
    else:
        told = _("Whole entries that a repair would keep: {kept}; not to be got back from these files: {lost}.")
    tell(told.format(kept=report.entries, lost=len(report.lost)))
    if report.done:
        for path in report.kept_beside:
            tell(_("The damaged file is kept: {path}").format(path=path))
        tell(_("Merge the bundles of the other laptops, or a backup: what they hold comes back."))
    else:
        tell(_("Nothing was changed. To do it: {command}").format(command="fieldkit repair --do"))
    return ExitCode.DONE if report.done else ExitCode.DAMAGED
