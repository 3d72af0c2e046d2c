"""fieldkit demo"""

from __future__ import annotations

from gettext import gettext as _
from pathlib import Path

import click

from fieldkit.errors import FieldkitError

from .language import N_
from .shared import lang_option, tell

DEFAULT_FOLDER = "fieldkit-demo"
UNTIL = click.Choice(("draw", "print", "score", "report"))
TOLD = {
    "new": N_("Making the folder"),
    "draw": N_("Drawing exercises and rotation"),
    "print": N_("Printing the pack"),
    "score": N_("Marking the sheets"),
    "report": N_("Writing the reports"),
}


@click.command("demo")
@click.argument("folder", type=click.Path(path_type=Path), default=DEFAULT_FOLDER)
@click.option("--trainees", default=24, help="How many trainees.")
@click.option("--stations", default=6, help="How many stations.")
@click.option("--instructors", default=5, help="How many instructors.")
@click.option("--seed", type=click.IntRange(0), default=1, help="The same seed gives the same course.")
@click.option(
    "--until", type=click.Choice(("draw", "print", "score", "report")), default="report", help="Stop earlier."
)
@lang_option
def command(folder: Path, trainees: int, stations: int, instructors: int, seed: int, until: str, lang: str) -> None:
    """Make a whole made-up course in FOLDER: scenarios drawn, pack printed, sheets marked, reports written."""
    from fieldkit.steps.demo import STEPS, DemoSize, run_demo

    steps = ["new", *STEPS[: STEPS.index(until) + 1]]

    def progress(step: str) -> None:
        done = steps.index(step)
        tell(f"[{'#' * done}{'.' * (len(steps) - done)}] {_(TOLD[step])} ...")

    try:
        run_demo(folder, DemoSize(trainees, stations, instructors), seed, until=until, lang=lang, progress=progress)
    except FieldkitError as refusal:
        if not refusal.hint and (folder / "course.yaml").exists():
            refusal.hint = _("What was made so far lies in {folder}.").format(folder=folder)
        raise
    tell(f"[{'#' * len(steps)}] {_('Done. Open:')}")
    for name, what in _worth_opening():
        if (folder / name).exists():
            tell(f"  {folder / name}   {_(what)}")


def _worth_opening() -> list[tuple[str, str]]:
    return [
        ("course.yaml", N_("what the course is")),
        ("pack/scoresheets/S1.pdf", N_("the scoresheets of the first station")),
        ("pack/cards/S1.pdf", N_("its sealed instructor cards")),
        ("reports/course.pdf", N_("who passed, and which station was hardest")),
        ("reports/trainees/T01.pdf", N_("one officer's report")),
    ]
