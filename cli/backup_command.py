"""fieldkit backup"""

from __future__ import annotations

import os
from gettext import gettext as _
from pathlib import Path

import click

from .shared import PASSPHRASE, open_course, tell


@click.command("backup")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--to", "recipient", metavar="KEY", help="Encrypt to the centre's public key (age1…).")
def command(file: Path, recipient: str | None) -> None:
    """Write everything of the course to one FILE, and bring scores.json up to date.

    It is encrypted when FIELDKIT_PASSPHRASE is set or a key is named. `fieldkit merge FILE` brings it back.
    """
    from fieldkit.steps.keeping.bundles import back_up

    passphrase = None if recipient else os.environ.get(PASSPHRASE) or None
    with open_course() as course:
        size = back_up(course, file, passphrase, recipient)
    tell(_("{file}: {size} KiB.").format(file=file, size=f"{size / 1024:.0f}"))
    if not passphrase and not recipient:
        tell(
            _("It is not encrypted. Set {variable}, or name a key with --to, where others may get hold of it.").format(
                variable=PASSPHRASE
            )
        )
