"""fieldkit protect"""

from __future__ import annotations

from gettext import gettext as _
from gettext import ngettext

import click

from .shared import PASSPHRASE, open_course, passphrase_for, tell


@click.command("protect")
def command() -> None:
    """Keep names and remarks behind a passphrase, so that a lost laptop does not give them away.

    The roster then has callsigns. Forgetting the passphrase loses the names and remarks, never the marks.
    """
    from fieldkit.steps.keeping.protect import protect

    with open_course() as course:
        hint = _("Set {variable}, or answer at a terminal.").format(variable=PASSPHRASE)
        count = protect(course, passphrase_for(_("Passphrase of the names"), new=True, hint=hint) or "")
        old = [name for name in ("pack", "reports") if any(course.path(name).rglob("*.pdf"))]
    tell(
        ngettext(
            "{n} name is in names.age now; the roster has callsigns.",
            "{n} names are in names.age now; the roster has callsigns.",
            count,
        ).format(n=count)
    )
    for name in old:
        tell(
            _("What was printed before still has names: delete the folder {name}/, and print again.").format(name=name)
        )
    tell(_("Reasons for failed items are not sealed: write no names in them."))
