"""fieldkit new"""

from __future__ import annotations

from gettext import gettext as _
from pathlib import Path

import click

from .shared import tell


@click.command("new")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--title", default="", help="The course's title on paper (else the folder's name).")
@click.option("--code", default="", help="2 to 10 capital letters and digits, printed in every code.")
def command(folder: Path, title: str, code: str) -> None:
    """Make a course in FOLDER: course.yaml, rosters and places for your own scenarios, with examples to replace."""
    from fieldkit.steps.preparing.new import new_course

    for path in new_course(folder, title, code):
        tell(f"  {path}")
    tell(_("Fill these in, then: {command}").format(command=f'fieldkit --course "{folder}" check'))
