"""fieldkit print"""

from __future__ import annotations

from gettext import gettext as _

import click

from .shared import lang_option, open_course, show_names, tell

PARTS = ("scoresheets", "briefs", "cards", "documents", "tags", "spares", "stickers", "rotation", "manifest")


@click.command("print")
@click.option("--only", type=click.Choice(PARTS), multiple=True, help="Print only this part (may be repeated).")
@lang_option
def command(only: tuple[str, ...], lang: str) -> None:
    """Print the pack into the folder pack/: scoresheets, briefs, instructor cards, documents, tags, manifest."""
    from fieldkit.steps.preparing.pack import print_course

    parts: dict[str, int] = {}

    def progress(file: str) -> None:
        part = file.partition("/")[0].removesuffix(".pdf")
        parts[part] = parts.get(part, 0) + 1
        if parts[part] == 1:
            tell(f"  {part} ...")

    with open_course() as course:
        show_names(course)
        printed = print_course(course, lang, only or None, progress)
    told = _("Sheets: {sheets}, of them new: {new}; pages: {pages}. They lie in {folder}")
    tell(told.format(sheets=printed.sheets, new=printed.issued, pages=printed.pages, folder=printed.folder))
    if printed.outdated:
        told = _("Left there by an earlier print and no part of the course any more, do not use: {files}")
        tell(told.format(files=", ".join(printed.outdated)))
