"""fieldkit scenario: what there is, what it asks for, what a seed gives"""

from __future__ import annotations

from gettext import gettext as _
from pathlib import Path
from typing import TYPE_CHECKING

import click

from .language import spoken
from .scenario_tools import check, install, key, new, pack, preview
from .shared import LanguageOption, json_option, lang_option, open_course, print_json, scenario_library, tell

if TYPE_CHECKING:
    from fieldkit.library.load import Library
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
    library = scenario_library()
    scenarios = [
        s
        for s in library.scenarios.values()
        if subject in ("", s.subject)
        and unit in ("", s.unit)
        and (minutes is None or s.minutes <= minutes)
        and difficulty in (None, s.difficulty)
        and (not language or s.task.has(language))
    ]
    if as_json:
        print_json([_row(library, s) for s in scenarios])
        return
    for s in scenarios:
        level = _("level {level}").format(level=s.difficulty)
        took = _("{n} min").format(n=f"{s.minutes:3}")
        whence = _whence(library, s.id)
        click.echo(f"{s.id:30} {s.subject:12} {took}  {level}  {s.title[spoken()]}{whence}")
    if not scenarios:
        tell(_("No scenario fits. Leave out an option to see more."))


def _whence(library: Library, name: str) -> str:
    """Where a scenario comes from, if not with fieldkit."""
    origin = library.origins[name]
    if origin == "library":
        return ""
    return "  [" + (_("shared folder") if origin == "shared" else _("this course")) + "]"


def _row(library: Library, s: Scenario) -> dict[str, object]:
    return {
        "scenario": s.id,
        "version": s.version,
        "subject": s.subject,
        "unit": s.unit,
        "minutes": s.minutes,
        "difficulty": s.difficulty,
        "scoresheet": s.scoresheet,
        "from": library.origins[s.id],
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
    lang = lang or spoken()
    head = _("{name}, version {version}, {subject}, {minutes} minutes")
    click.echo(s.title[lang])
    click.echo(head.format(name=s.id, version=s.version, subject=s.subject, minutes=s.minutes))
    click.echo(f"\n{s.situation[lang]}\n\n{s.task[lang]}\n")
    lists = ((_("Prepare"), s.prepare), (_("Props"), s.props), (_("Safety"), s.safety), (_("Afterwards"), s.clean_up))
    for title, texts in lists:
        for text in texts:
            click.echo(f"{title + ':':12} {text[lang]}")
    for find in (*s.finds, *s.decoys):
        words = find.answer[lang] or FIND_CODES[find.code].title[lang]
        level = " " + _("(level {level})").format(level=find.level) if find.level else ""
        click.echo(f"{find.code + ':':12} {words}{level}")
    for item in s.items:
        click.echo(f"{_('Item') + ':':12} {item.text[lang]}{' (!)' if item.critical else ''}")
    for source in s.sources:
        click.echo(f"{_('Source') + ':':12} {source}")


@command.command("images")
@click.argument("scenario_id", metavar="ID")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--seed", type=click.IntRange(0), default=1, help="The same seed gives the same images.")
@click.option("--group", default="", help="ID is a station of the course: the images that were drawn for this group.")
@lang_option
def images(scenario_id: str, file: Path, seed: int, group: str, lang: str) -> None:
    """Write the scanner images of an exercise as one HTML FILE, to be looked at on a screen without internet.

    The page holds nothing of the key. With --group, ID names a station, and the page shows what was drawn for it.
    """
    from fieldkit.generator.draw import draw_exercise
    from fieldkit.steps.preparing.exercises import exercise_at
    from fieldkit.steps.preparing.screen_images import write_images_page

    if group:
        with open_course() as course:
            exercise = exercise_at(course, scenario_id, group)
            scenario = course.library.scenario(exercise.scenario)
    else:
        library = scenario_library()
        scenario = library.scenario(scenario_id)
        exercise = draw_exercise(scenario, library, seed)
    click.echo(str(write_images_page(exercise, scenario, file, lang or spoken())))
    tell(_("Open it in any browser. The key stands on the sealed card only."))


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
    click.echo(_("Nothing is planted.") if exercise.clean else _("Planted:"))
    for find in exercise.planted:
        where = find.point or _("in the papers")
        click.echo(f"  {find.label}  {find.code}, {where}: {find.answer[spoken()]}")
    for name, fields in exercise.documents.items():
        click.echo(f"\n{name}")
        for field, value in fields.items():
            if field != "lines":
                click.echo(f"  {field:24} {value}")
        for row in fields.get("lines", ()):
            click.echo("  - " + "; ".join(str(value) for value in row.values() if isinstance(value, str)))
    tell(_("Print it as data with --json."))


for tool in (preview, check, new, key, pack, install):
    command.add_command(tool)
