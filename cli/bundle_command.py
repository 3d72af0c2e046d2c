"""fieldkit bundle"""

from __future__ import annotations

from gettext import gettext as _
from pathlib import Path

import click

from .shared import PASSPHRASE, open_course, passphrase_for, tell


@click.command("bundle")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--to", "recipient", metavar="KEY", help="Encrypt to the centre's public key (age1…).")
@click.option("--open", "unencrypted", is_flag=True, help="Do not encrypt: anybody who has the file can read it.")
def command(file: Path, recipient: str | None, unencrypted: bool) -> None:
    """Write this laptop's record, rosters, course files and scans to one FILE, for another laptop to merge.

    It is encrypted with a passphrase: asked for, or taken from FIELDKIT_PASSPHRASE.
    """
    from fieldkit.steps.keeping.bundles import bundle_course

    hint = _("Set {variable}, name a key with --to, or use --open.").format(variable=PASSPHRASE)
    passphrase = (
        None if recipient or unencrypted else passphrase_for(_("Passphrase of the bundle"), new=True, hint=hint)
    )
    with open_course() as course:
        size = bundle_course(course, file, passphrase, recipient)
        device = course.record.device
    size_told = f"{size / 1024:.0f}"
    tell(_("{file}: {size} KiB, from {device}.").format(file=file, size=size_told, device=device))
    tell(_("On the other laptop: {command}").format(command=f"fieldkit merge {file.name}"))
