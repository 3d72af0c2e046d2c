"""fieldkit print"""

from __future__ import annotations

import click

from .shared import lang_option, open_course, tell

PARTS = ("scoresheets", "briefs", "cards", "documents", "tags", "spares", "rotation", "manifest")


@click.command("print")
@click.option("--only", type=click.Choice(PARTS), multiple=True, help="Print only this part (may be repeated).")
@lang_option
def command(only: tuple[str, ...], lang: str) -> None:
    """Print the pack into the folder pack/: scoresheets, briefs, instructor cards, documents, tags, manifest."""
    from fieldkit.steps.pack import print_course

    with open_course() as course:
        printed = print_course(course, lang, only or None, lambda part: tell(f"  {part}"))
    tell(
        f"{printed.sheets} sheets on {printed.pages} pages, {printed.issued} of them new. They lie in {printed.folder}"
    )
