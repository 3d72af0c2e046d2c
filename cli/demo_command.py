"""fieldkit demo"""

from __future__ import annotations

from pathlib import Path

import click

from fieldkit.errors import FieldkitError

from .shared import lang_option, tell

DEFAULT_FOLDER = "fieldkit-demo"
UNTIL = click.Choice(("draw", "print", "score", "report"))
TOLD = {
    "new": "Making the folder",
    "draw": "Drawing exercises and rotation",
    "print": "Printing the pack",
    "score": "Marking the sheets",
    "report": "Writing the reports",
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
        tell(f"[{'#' * done}{'.' * (len(steps) - done)}] {TOLD[step]} ...")

    try:
        run_demo(folder, DemoSize(trainees, stations, instructors), seed, until=until, lang=lang, progress=progress)
    except FieldkitError as refusal:
        if not refusal.hint and (folder / "course.yaml").exists():
            refusal.hint = f"What was made so far lies in {folder}."
        raise
    tell(f"[{'#' * len(steps)}] Done. Open:")
    for name, what in _worth_opening():
        if (folder / name).exists():
            tell(f"  {folder / name}   {what}")


def _worth_opening() -> list[tuple[str, str]]:
    return [
        ("course.yaml", "what the course is"),
        ("pack/scoresheets/S1.pdf", "the scoresheets of the first station"),
        ("pack/cards/S1.pdf", "its sealed instructor cards"),
        ("reports/course.pdf", "who passed, and which station was hardest"),
        ("reports/trainees/T01.pdf", "one officer's report"),
    ]
