"""fieldkit translation"""

from __future__ import annotations

from gettext import gettext as _
from gettext import ngettext
from pathlib import Path

import click

from .shared import LanguageOption, open_course, tell


@click.group("translation")
def command() -> None:
    """Give texts to a translator, take them back, and note who has reviewed them."""


@command.command("export")
@click.argument("lang", type=LanguageOption())
@click.argument("file", metavar="FILE.xlsx", type=click.Path(path_type=Path))
def export(lang: str, file: Path) -> None:
    """Write every text that the course prints, with its translation into LANG, to a spreadsheet."""
    from fieldkit.steps.preparing.translate import export as write

    with open_course() as course:
        count = write(course, lang, file)
    tell(ngettext("{n} text in {file}.", "{n} texts in {file}.", count).format(n=count, file=file))
    command = f"fieldkit translation import {file}"
    tell(_("Fill the column {column}, then: {command}").format(column="translation", command=command))


@command.command("import")
@click.argument("file", metavar="FILE.xlsx", type=click.Path(path_type=Path))
def take_in(file: Path) -> None:
    """Take the translations of a spreadsheet into the course. Nothing is written unless all of them are right."""
    from fieldkit.steps.preparing.translate import take_in as read

    with open_course() as course:
        lang, count = read(course, file)
    changed = ngettext("{n} text changed in {lang}.", "{n} texts changed in {lang}.", count)
    tell((changed if count else _("Nothing changed in {lang}.")).format(n=count, lang=lang))


@command.command("review")
@click.argument("lang", type=LanguageOption())
@click.argument("part", metavar="FILE")
@click.option("--by", required=True, help="Who has read it.")
def review(lang: str, part: str, by: str) -> None:
    """Note that a speaker of LANG has reviewed FILE: words, reports, papers, points, a scoresheet, a scenario, or all.

    Its pages no longer say "translation not reviewed", until one of its texts changes.
    """
    from fieldkit.steps.preparing.translate import review as keep

    with open_course() as course:
        parts = keep(course, lang, part, by)
    tell(_("Reviewed in {lang} by {by}: {parts}.").format(lang=lang, by=by, parts=", ".join(parts)))
