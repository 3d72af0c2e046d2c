"""fieldkit scenario"""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from .shared import course_folder, json_option, lang_option, print_json, tell

if TYPE_CHECKING:
    from fieldkit.library.load import Library


@click.group("scenario")
def command() -> None:
    """List, show and draw scenarios: the built-in ones and the course's own."""


@command.command("list")
@click.option("--subject", default="", help="Only this subject.")
@json_option
def list_scenarios(subject: str, as_json: bool) -> None:
    """List the scenarios there are."""
    scenarios = [s for s in _library().scenarios.values() if subject in ("", s.subject)]
    if as_json:
        print_json(
            [
                {
                    "scenario": s.id,
                    "version": s.version,
                    "subject": s.subject,
                    "unit": s.unit,
                    "minutes": s.minutes,
                    "scoresheet": s.scoresheet,
                    "languages": list(s.title.by_language),
                    "title": dict(s.title.by_language),
                }
                for s in scenarios
            ]
        )
        return
    for s in scenarios:
        click.echo(f"{s.id:28} {s.subject:12} {s.minutes:3} min  {s.title['en']}")


@command.command("show")
@click.argument("scenario_id", metavar="ID")
@lang_option
def show(scenario_id: str, lang: str) -> None:
    """Show what a scenario asks for: task, set-up, what may be planted, sources."""
    s = _library().scenario(scenario_id)
    lang = lang or "en"
    click.echo(f"{s.title[lang]}\n{s.id}, version {s.version}, {s.subject}, {s.minutes} minutes\n")
    click.echo(f"{s.situation[lang]}\n\n{s.task[lang]}\n")
    for title, texts in (("Prepare", s.prepare), ("Props", s.props), ("Safety", s.safety), ("Afterwards", s.clean_up)):
        for text in texts:
            click.echo(f"{title + ':':12} {text[lang]}")
    for find in s.finds:
        click.echo(f"{find.code + ':':12} level {find.level}. {find.answer[lang]}")
    for source in s.sources:
        click.echo(f"{'Source:':12} {source}")


@command.command("draw")
@click.argument("scenario_id", metavar="ID")
@click.option("--seed", type=click.IntRange(0), default=1, help="The same seed gives the same exercise.")
@json_option
def draw(scenario_id: str, seed: int, as_json: bool) -> None:
    """Draw one exercise, to see what a seed gives. Nothing is recorded."""
    from fieldkit.generator.draw import draw_exercise, exercise_json

    library = _library()
    exercise = draw_exercise(library.scenario(scenario_id), library, seed)
    if as_json:
        print_json(exercise_json(exercise))
        return
    click.echo("Nothing is planted." if exercise.clean else "Planted:")
    for find in exercise.planted:
        click.echo(f"  {find.label}  {find.code} at {find.point or 'the papers'}: {find.answer['en']}")
    for name, fields in exercise.documents.items():
        click.echo(f"\n{name}")
        for field, value in fields.items():
            click.echo(f"  {field:24} {value}")
    tell("Print it as data with --json.")


def _library() -> Library:
    """The built-in library, with the scenarios of the course one stands in or names."""
    from fieldkit.course import COURSE_FILE
    from fieldkit.library.load import load_library

    folder = course_folder()
    return load_library(folder if (folder / COURSE_FILE).exists() else None)
