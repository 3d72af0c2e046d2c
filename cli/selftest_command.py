"""fieldkit selftest"""

from __future__ import annotations

from gettext import gettext as _
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from fieldkit.errors import ExitCode

from .shared import json_option, open_course, print_json, tell

if TYPE_CHECKING:
    from fieldkit.steps.scanning.selftest import SelfTest


@click.command("selftest")
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.option("--note", default="", metavar="TEXT", help="What was tried, for example: blue pen, old phone.")
@json_option
def command(files: tuple[Path, ...], note: str, as_json: bool) -> int:
    """Try printer, pen and phone before the day: print a sheet that says how to fill it, then read FILES of it back.

    Without FILES the sheet is printed, and earlier self-tests are listed. Fill it as each row says, photograph or scan
    it, and give the pictures. Nothing of it becomes marks.
    """
    from fieldkit.steps.preparing.translate import note_unreviewed
    from fieldkit.steps.scanning.selftest import earlier_selftests, take_selftest
    from fieldkit.steps.scanning.selftest_sheet import print_selftest

    with open_course() as course:
        if files:
            test = take_selftest(course, files, note)
        else:
            note_unreviewed(course)
            path, earlier = print_selftest(course), earlier_selftests(course)
    if not files:
        _show_sheet(path, earlier, as_json)
        return ExitCode.DONE
    if as_json:
        print_json(_data(test))
    else:
        _show(test)
    return ExitCode.DONE if test.trusted else ExitCode.FAILED


def _data(test: SelfTest) -> dict[str, Any]:
    return {**vars(test), "advice": test.advice}


def _show_sheet(path: Path, earlier: list[SelfTest], as_json: bool) -> None:
    if as_json:
        print_json({"sheet": str(path), "earlier": [_data(test) for test in earlier]})
        return
    tell(_("Print this, fill it as its rows say, photograph it, then: fieldkit selftest PICTURES"))
    click.echo(path)
    for test in earlier:
        click.echo(f"{test.at[:16].replace('T', ' ')}  {_figures(test)}  {test.note}".rstrip())


def _show(test: SelfTest) -> None:
    for why in test.refused:
        click.echo(_("not read  {why}").format(why=why))
    click.echo(_figures(test))
    for sentence in test.advice:
        click.echo(sentence)


def _figures(test: SelfTest) -> str:
    said = _(
        "{right} of {clear} rows read right, {doubtful} left to a person, {wrong} wrong; "
        "{asked} of {odd} odd rows left to a person; {seconds} s a picture."
    )
    return said.format(
        right=test.right,
        clear=test.clear,
        doubtful=sum(test.doubtful.values()),
        wrong=len(test.wrong),
        asked=test.asked,
        odd=test.odd,
        seconds=f"{test.milliseconds / 1000:.1f}",
    )
