"""fieldkit scan"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from gettext import gettext as _
from gettext import ngettext
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import click

from fieldkit.errors import ExitCode
from fieldkit.model.codes import show_short

from .language import N_
from .shared import json_option, open_course, print_json, tell
from .words import BIN, shown

if TYPE_CHECKING:
    from fieldkit.steps.scanning.scan import Scanned

TOLD = {
    "read": N_("{n} read"),
    "review": N_("{n} with something to review"),
    "duplicate": N_("{n} read before"),
    "not-ours": N_("{n} no scoresheets of this course"),
    "unreadable": N_("{n} unreadable"),
}


@click.command("scan")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Read, and record nothing.")
@click.option("--by", default="", metavar="INSTRUCTOR", help="Who marked the sheets that name no instructor.")
@json_option
def command(files: tuple[Path, ...], dry_run: bool, by: str, as_json: bool) -> int:
    """Read photographed or scanned scoresheets: FILES may be pictures, PDFs, or folders of them.

    Marks that are sure are recorded; whatever is doubtful waits for a person, with its picture in scans/review.html.
    Run again it goes on where it stopped.
    """
    from fieldkit.steps.scanning.early import begun_early

    with begun_early(files) as read, open_course() as course:
        from fieldkit.steps.marking.changes import refuse_stranger
        from fieldkit.steps.scanning.scan import scan

        if by:
            refuse_stranger(course, by)
        with _bar() as progress:
            scanned = scan(course, files, dry_run=dry_run, by=by, progress=progress, read=read)
        review = course.path("scans", "review.html")
    if as_json:
        print_json({"pages": [page.as_dict() for page in scanned.pages], "totals": scanned.totals})
    else:
        _show(scanned)
    if scanned.totals["unreadable"]:
        tell(_("Photograph again what was unreadable, and scan that."))
    if scanned.left:
        tell(_("Look at {file}, then settle what waits: fieldkit review").format(file=review))
    return ExitCode.WAITING if scanned.waiting else ExitCode.DONE


@contextmanager
def _bar() -> Iterator[Callable[[int, int], None]]:
    """A progress bar on stderr, where a person looks on."""
    quiet = click.get_current_context().find_root().obj["quiet"]
    shown: list[object] = []

    def progress(done: int, of: int) -> None:
        if quiet or not sys.stderr.isatty():
            return
        if not shown:
            shown.append(click.progressbar(length=of, label=_("Reading"), file=sys.stderr, width=0))
        shown[0].update(1)  # type: ignore[attr-defined]

    yield progress
    for bar in shown:
        bar.render_finish()  # type: ignore[attr-defined]


def _show(scanned: Scanned) -> None:
    """A line for each page that was not simply read; pages of one file that ended alike share one."""
    told = [page for page in scanned.pages if page.bin != "read" or page.why]
    for (name, file, sheet, why), pages in groupby(told, lambda page: (page.bin, page.file, page.sheet, page.why)):
        numbers = [page.page for page in pages]
        where = _(", page {page}").format(page=numbers[0]) if numbers[0] > 1 else ""
        if len(numbers) > 1:
            where = _(", pages {first} to {last}").format(first=numbers[0], last=numbers[-1])
        click.echo(f"{shown(BIN, name):10}  {file.name}{where}  {show_short(sheet) + '  ' if sheet else ''}{why}")
    totals = [_(TOLD[name]).format(n=count) for name, count in scanned.totals.items() if count]
    said = ngettext("{n} page: {totals}.", "{n} pages: {totals}.", len(scanned.pages))
    click.echo(said.format(n=len(scanned.pages), totals=", ".join(totals)))
