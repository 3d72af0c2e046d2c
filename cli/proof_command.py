"""fieldkit proof"""

from __future__ import annotations

from gettext import gettext as _
from pathlib import Path

import click

from .shared import LanguageOption, tell


@click.command("proof")
@click.argument("source", metavar="FILE.txt", type=click.Path(path_type=Path))
@click.argument("target", metavar="OUT.pdf", type=click.Path(path_type=Path))
@click.option("--lang", type=LanguageOption(), required=True, help="The language of the text.")
def command(source: Path, target: Path, lang: str) -> None:
    """Print a text as it will look on paper, for the translator to check letter by letter.

    The page has the text as heading, paragraphs, bold, a table of its lines, and a row of a sheet in two languages.
    """
    from fieldkit.steps.preparing.proof import print_proof

    for remark in print_proof(source, target, lang):
        click.echo(_("Warning: {what}").format(what=remark), err=True)
    tell(_("The proof lies in {path}").format(path=target))
