"""fieldkit scan"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import click

from fieldkit.errors import ExitCode
from fieldkit.model.codes import show_short

from .shared import json_option, open_course, print_json, tell

if TYPE_CHECKING:
    from fieldkit.steps.scan import Scanned

TOLD = {
    "read": "read",
    "review": "with something to review",
    "duplicate": "read before",
    "not-ours": "not of this course",
    "unreadable": "unreadable",
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
    from fieldkit.steps.scan import scan

    with open_course() as course:
        with _bar() as progress:
            scanned = scan(course, files, dry_run=dry_run, by=by, progress=progress)
        review = course.path("scans", "review.html")
    if as_json:
        print_json({"pages": [page.as_dict() for page in scanned.pages], "totals": scanned.totals})
    else:
        _show(scanned)
    if scanned.waiting and not dry_run:
        tell(f"Look at {review}, then settle what waits: fieldkit review")
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
            shown.append(click.progressbar(length=of, label="Reading", file=sys.stderr))
        shown[0].update(1)  # type: ignore[attr-defined]

    yield progress
    for bar in shown:
        bar.render_finish()  # type: ignore[attr-defined]


def _show(scanned: Scanned) -> None:
    """A line for each page that was not simply read; pages of one file that ended alike share one."""
    told = [page for page in scanned.pages if page.bin != "read"]
    for (name, file, sheet, why), pages in groupby(told, lambda page: (page.bin, page.file, page.sheet, page.why)):
        numbers = [page.page for page in pages]
        where = f", page {numbers[0]}" if numbers[0] > 1 else ""
        where = f", pages {numbers[0]} to {numbers[-1]}" if len(numbers) > 1 else where
        click.echo(f"{name:10}  {file.name}{where}  {show_short(sheet) + '  ' if sheet else ''}{why}")
    totals = [f"{count} {TOLD[name]}" for name, count in scanned.totals.items() if count]
    click.echo(f"{len(scanned.pages)} pages: {', '.join(totals)}.")
