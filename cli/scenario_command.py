"""fieldkit scenario: what there is, what it asks for, what a seed gives"""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from .scenario_tools import check, install, new, pack, preview
from .shared import LanguageOption, json_option, lang_option, print_json, scenario_library, tell

if TYPE_CHECKING:
    from fieldkit.model.scenario import Scenario


@click.group("scenario")
def command() -> None:
    """List, show, draw, prove and write scenarios: the built-in ones and the course's own."""


@command.command("list")
@click.option("--subject", default="", help="Only this subject.")
@click.option("--unit", default="", help="Only this unit.")
@click.option("--minutes", type=click.IntRange(1), help="Only those that take no longer.")
@click.option("--difficulty", type=click.IntRange(1, 3), help="Only those of this difficulty, 1 to 3.")
@click.option("--in", "language", type=LanguageOption(), default="", help="Only those written in this language.")
@json_option
def list_scenarios(
    subject: str, unit: str, minutes: int | None, difficulty: int | None, language: str, as_json: bool
) -> None:
    """List the scenarios there are."""
    scenarios = [
        s
        for s in scenario_library().scenarios.values()
        if subject in ("", s.subject)
        and unit in ("", s.unit)
        and (minutes is None or s.minutes <= minutes)
        and difficulty in (None, s.difficulty)
        and (not language or s.task.has(language))
    ]
    if as_json:
        print_json([_row(s) for s in scenarios])
        return
    for s in scenarios:
        click.echo(f"{s.id:30} {s.subject:12} {s.minutes:3} min  level {s.difficulty}  {s.title['en']}")
    if not scenarios:
        tell("No scenario fits. Leave out an option to see more.")


def _row(s: Scenario) -> dict[str, object]:
    return {
        "scenario": s.id,
        "version": s.version,
        "subject": s.subject,
        "unit": s.unit,
        "minutes": s.minutes,
        "difficulty": s.difficulty,
        "scoresheet": s.scoresheet,
        "languages": list(s.title.by_language),
        "title": dict(s.title.by_language),
    }


@command.command("show")
@click.argument("scenario_id", metavar="ID")
@lang_option
def show(scenario_id: str, lang: str) -> None:
    """Show what a scenario asks for: task, set-up, what may be planted, what is marked, sources."""
    from fieldkit.model.finds import FIND_CODES

    s = scenario_library().scenario(scenario_id)
    lang = lang or "en"
    click.echo(f"{s.title[lang]}\n{s.id}, version {s.version}, {s.subject}, {s.minutes} minutes\n")
    click.echo(f"{s.situation[lang]}\n\n{s.task[lang]}\n")
    for title, texts in (("Prepare", s.prepare), ("Props", s.props), ("Safety", s.safety), ("Afterwards", s.clean_up)):
        for text in texts:
            click.echo(f"{title + ':':12} {text[lang]}")
    for find in (*s.finds, *s.decoys):
        words = find.answer[lang] or FIND_CODES[find.code].title[lang]
        click.echo(f"{find.code + ':':12} {words}{f' (level {find.level})' if find.level else ''}")
    for item in s.items:
        click.echo(f"{'Item:':12} {item.text[lang]}{' (!)' if item.critical else ''}")
    for source in s.sources:
        click.echo(f"{'Source:':12} {source}")


@command.command("draw")
@click.argument("scenario_id", metavar="ID")
@click.option("--seed", type=click.IntRange(0), default=1, help="The same seed gives the same exercise.")
@json_option
def draw(scenario_id: str, seed: int, as_json: bool) -> None:
    """Draw one exercise, to see what a seed gives. Nothing is recorded."""
    from fieldkit.generator.draw import draw_exercise, exercise_json

    library = scenario_library()
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
            if field != "lines":
                click.echo(f"  {field:24} {value}")
        for row in fields.get("lines", ()):
            click.echo("  - " + "; ".join(str(value) for value in row.values() if isinstance(value, str)))
    tell("Print it as data with --json.")


for tool in (preview, check, new, pack, install):
    command.add_command(tool)
