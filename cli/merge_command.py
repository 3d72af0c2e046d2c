"""fieldkit merge"""

from __future__ import annotations

from gettext import gettext as _
from gettext import ngettext
from pathlib import Path
from typing import TYPE_CHECKING

import click

from fieldkit.errors import BadInput, ExitCode
from fieldkit.files import why_not

from .review_command import write_page
from .shared import open_course, passphrase_for, tell

if TYPE_CHECKING:
    from fieldkit.steps.keeping.bundles import Merged


@click.command("merge")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--key", "key_file", type=click.Path(path_type=Path), help="A file with the centre's secret key.")
def command(files: tuple[Path, ...], key_file: Path | None) -> int:
    """Take in the bundles of other laptops. Any order, any number of times: nothing is doubled, nothing is lost."""
    from fieldkit.steps.keeping.bundles import merge_bundles
    from fieldkit.steps.marking.changes import waiting
    from fieldkit.steps.scanning.review import to_review

    identity = _key(key_file) if key_file else None
    passphrase = None if identity else passphrase_for(_("Passphrase of the bundles"), new=False)
    with open_course() as course:
        for one in merge_bundles(course, files, passphrase, identity):
            tell(
                _("{bundle}: new entries: {new}; here already: {known}.").format(
                    bundle=one.bundle, new=one.new, known=one.known
                )
            )
            for name in one.forked:
                tell(
                    "  "
                    + _(
                        "Copied or altered laptop: {name} continues apart. Both are kept; `fieldkit verify` names them."
                    ).format(name=name)
                )
            _tell_files(one)
        differing, left = len(waiting(course)), to_review(course)
        write_page(course, left)
    if differing:
        tell(
            ngettext(
                "{n} item was marked differently: `fieldkit review`.",
                "{n} items were marked differently: `fieldkit review`.",
                differing,
            ).format(n=differing)
        )
    if len(left) > differing:
        told = ngettext(
            "{n} item waits for a person: `fieldkit review`.",
            "{n} items wait for a person: `fieldkit review`.",
            len(left),
        )
        tell(told.format(n=len(left)))
    return ExitCode.WAITING if left else ExitCode.DONE


def _tell_files(one: Merged) -> None:
    """The files that came along; of pictures only of how many sheets, because there are hundreds."""
    from fieldkit.course import SCANS

    pictures = {name for name in one.files if name.startswith(f"{SCANS}/")}
    for name in one.files:
        if name not in pictures:
            tell("  " + _("New file: {name}").format(name=name))
    if sheets := {name.split("/")[1] for name in pictures}:
        told = ngettext("New pictures of {n} sheet, in scans", "New pictures of {n} sheets, in scans", len(sheets))
        tell("  " + told.format(n=len(sheets)))
    for name in one.aside:
        tell("  " + _("Differs from the file here, kept aside: {name}").format(name=name))


def _key(path: Path) -> str:
    try:
        lines = path.read_text(encoding="utf-8").split()
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(_("{path} cannot be read: {why}.").format(path=path, why=why_not(error))) from error
    return next((line for line in lines if line.startswith("AGE-SECRET-KEY-")), "")
