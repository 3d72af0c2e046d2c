"""fieldkit repair"""

from __future__ import annotations

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
        tell("Nothing to repair in the files." if not report.hopeless else "No repair of files can mend this.")
        return ExitCode.DAMAGED if report.hopeless else ExitCode.DONE
    verb = "keeps" if report.done else "would keep"
    tell(f"The repair {verb} {report.entries} whole entries; {len(report.lost)} cannot be got back from these files.")
    if report.done:
        for path in report.kept_beside:
            tell(f"The damaged file is kept: {path}")
        tell("Merge the bundles of the other laptops, or a backup: what they hold comes back.")
    else:
        tell("Nothing was changed. To do it: fieldkit repair --do")
    return ExitCode.DONE if report.done else ExitCode.DAMAGED
