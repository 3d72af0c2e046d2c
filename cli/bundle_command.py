"""fieldkit bundle"""

from __future__ import annotations

from pathlib import Path

import click

from .shared import open_course, passphrase_for, tell


@click.command("bundle")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--to", "recipient", metavar="KEY", help="Encrypt to the centre's public key (age1…).")
@click.option("--open", "unencrypted", is_flag=True, help="Do not encrypt: anybody who has the file can read it.")
def command(file: Path, recipient: str | None, unencrypted: bool) -> None:
    """Write this laptop's record, rosters, course files and scans to one FILE, for another laptop to merge.

    It is encrypted with a passphrase: asked for, or taken from FIELDKIT_PASSPHRASE.
    """
    from fieldkit.steps.bundles import bundle_course

    passphrase = None if recipient or unencrypted else passphrase_for("the bundle", new=True)
    with open_course() as course:
        size = bundle_course(course, file, passphrase, recipient)
        device = course.record.device
    tell(f"{file}: {size / 1024:.0f} KiB, from {device}. On the other laptop: fieldkit merge FILE")
