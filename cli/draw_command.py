"""fieldkit draw"""

from __future__ import annotations

import click

from .shared import open_course, tell


@click.command("draw")
@click.option("--seed", type=click.IntRange(0), help="The same seed gives the same course; by chance where not given.")
@click.option("--afresh", is_flag=True, help="Void what was printed and draw everything anew.")
def command(seed: int | None, afresh: bool) -> None:
    """Draw the exercises and the rotation. What was printed stays, and only what is new is added."""
    from fieldkit.steps.draw import draw_course

    with open_course() as course:
        drawn = draw_course(course, seed, afresh=afresh)
    if drawn.voided:
        tell(f"{drawn.voided} printed sheets are void now: destroy them.")
    tell(f"Seed {drawn.plan.seed}: {len(drawn.plan.groups)} groups, {drawn.plan.slots} slots.")
    tell(f"{drawn.new} exercises drawn, {drawn.kept} kept as they were.")
    for note in drawn.notes:
        tell(note)
    tell("Next: fieldkit print")
