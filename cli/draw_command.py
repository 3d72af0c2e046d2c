"""fieldkit draw"""

from __future__ import annotations

from gettext import gettext as _
from gettext import ngettext

import click

from .shared import open_course, tell


@click.command("draw")
@click.option("--seed", type=click.IntRange(0), help="The same seed gives the same course; by chance where not given.")
@click.option("--afresh", is_flag=True, help="Void what was printed and draw everything anew.")
def command(seed: int | None, afresh: bool) -> None:
    """Draw the exercises and the rotation. What was printed stays, and only what is new is added."""
    from fieldkit.steps.preparing.draw import draw_course

    with open_course() as course:
        drawn = draw_course(course, seed, afresh=afresh)
    if drawn.voided:
        tell(
            ngettext(
                "{n} printed sheet is void now: destroy it.",
                "{n} printed sheets are void now: destroy them.",
                drawn.voided,
            ).format(n=drawn.voided)
        )
    plan = drawn.plan
    tell(
        _("Seed: {seed}; groups: {groups}; slots: {slots}.").format(
            seed=plan.seed, groups=len(plan.groups), slots=plan.slots
        )
    )
    tell(_("Exercises drawn: {new}; kept as they were: {kept}.").format(new=drawn.new, kept=drawn.kept))
    for note in drawn.notes:
        tell(note)
    tell(_("Next: {command}").format(command="fieldkit print"))
