"""fieldkit protect"""

from __future__ import annotations

import click

from .shared import open_course, passphrase_for, tell


@click.command("protect")
def command() -> None:
    """Keep names and remarks behind a passphrase, so that a lost laptop does not give them away.

    The roster then has callsigns. Forgetting the passphrase loses the names and remarks, never the marks.
    """
    from fieldkit.steps.protect import protect

    with open_course() as course:
        count = protect(course, passphrase_for("the names", new=True) or "")
        old = [name for name in ("pack", "reports") if any(course.path(name).rglob("*.pdf"))]
    tell(f"{count} names are in names.age now; the roster has callsigns.")
    for name in old:
        tell(f"What was printed before still has names: delete the folder {name}/, and print again.")
    tell("Reasons for failed items are not sealed: write no names in them.")
