"""fieldkit calibrate"""

from __future__ import annotations

from collections.abc import Iterator
from gettext import gettext as _
from gettext import ngettext
from pathlib import Path
from typing import TYPE_CHECKING

import click

from fieldkit.errors import BadInput, ExitCode

from .language import spoken
from .shared import json_option, open_course, pairs, print_json, tell

if TYPE_CHECKING:
    from fieldkit.judging.calibration import Apart, Calibration, ItemAgreement, PersonAgreement
    from fieldkit.steps.calibrating.exercise import CalibrationMarks

MOST_MISSING = 6
Names = dict[str, str]


class FileOrCommand(click.Group):
    """A group whose subcommand may be left out: before a file it is `file`, else `show`."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """The subcommand that is meant goes first."""
        values = {n + 1 for n, arg in enumerate(args) if arg == "--station"}
        first = next((arg for n, arg in enumerate(args) if n not in values and not arg.startswith("-")), "")
        if first not in self.commands and not {"-h", "--help"} & set(args):
            args = ["file" if first else "show", *args]
        return super().parse_args(ctx, args)


station_option = click.option("--station", default="", metavar="STATION", help="The station whose exercise is meant.")


@click.group("calibrate", cls=FileOrCommand)
def command() -> None:
    """Before the day: all instructors mark the same performances, and see where they differ while it does not count.

    `print` makes scripts to act, sheets to mark and a table to type into; `score` and `scan` take the marks down;
    without a subcommand the agreement is shown, by item, by person and against the key. Nothing of it becomes
    marks of trainees. `fieldkit calibrate FILE.csv` compares marks from elsewhere.
    """


@command.command("print")
@station_option
@click.option("--performances", default=3, show_default=True, help="How many scripts.")
@click.option(
    "--seed", default=1, show_default=True, type=click.IntRange(min=0), help="The same seed, the same scripts."
)
def print_(station: str, performances: int, seed: int) -> None:
    """Print scripts with their sealed key, a sheet for each instructor and script, and a table to type into."""
    from fieldkit.steps.calibrating.exercise import print_exercise

    with open_course() as course:
        scripts, sheets, table = print_exercise(course, station, performances, seed)
    tell(_("Give the scripts to the one who acts; nobody else sees them before all have marked."))
    for path in (scripts, sheets, table):
        click.echo(path)
    tell(_("Then: fieldkit calibrate score --from {file}, or fieldkit calibrate scan PICTURES").format(file=table))


@command.command("score")
@station_option
@click.option(
    "--from", "file", type=click.Path(path_type=Path), help="A CSV file: performance, instructor, item, mark."
)
@click.option("--by", default="", metavar="NUMBER", help="The instructor who marked.")
@click.option("--performance", default="", metavar="NAME", help="The performance that was marked: A, B, C.")
@click.option("--marks", multiple=True, metavar="ITEM=MARK,...", help="What was marked.")
def score(station: str, file: Path | None, by: str, performance: str, marks: tuple[str, ...]) -> None:
    """Take down what instructors marked: a whole table, or one sheet. A mark that is given again replaces the first."""
    from fieldkit.steps.calibrating.exercise import CalibrationMarks, exercise_at, read_typed, take_marks

    if bool(file) == bool(by or performance or marks):
        raise click.UsageError(_("give --from, or --by, --performance and --marks"))
    with open_course() as course:
        given: list[CalibrationMarks]
        if file:
            drawn, given = read_typed(course, file, station)
        else:
            if not (by and performance and marks):
                raise BadInput(_("--by, --performance and --marks go together."), _("Nothing was kept."))
            drawn = exercise_at(course, station)
            typed = pairs([one for text in marks for one in text.split(",")], "--marks")
            given = [CalibrationMarks(drawn.station, by, performance, typed)]
        count = take_marks(course, given, drawn.seed)
    tell(ngettext("{n} mark kept.", "{n} marks kept.", count).format(n=count))


@command.command("scan")
@station_option
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@json_option
def scan(station: str, files: tuple[Path, ...], as_json: bool) -> int:
    """Read pictures of the filled sheets. What is not sure is named, to be typed with `fieldkit calibrate score`."""
    from dataclasses import asdict

    from fieldkit.steps.calibrating.exercise_scan import scan_exercise

    with open_course() as course:
        pages = scan_exercise(course, files, station)
    if as_json:
        print_json([asdict(page) for page in pages])
    for page in () if as_json else pages:
        if page.why:
            click.echo(_("{file}: not read: {why}").format(file=page.file, why=page.why))
            continue
        said = _("{file}: {instructor}, performance {performance}: {n} read").format(
            file=page.file, instructor=page.instructor, performance=page.performance, n=page.read
        )
        unsure = "; " + _("to be typed: {items}").format(items=", ".join(page.unsure)) if page.unsure else ""
        click.echo(said + unsure)
    return ExitCode.WAITING if any(page.why or page.unsure for page in pages) else ExitCode.DONE


@command.command("show")
@station_option
@click.option("--pdf", is_flag=True, help="Print it, too, for the talk.")
@json_option
def show(station: str, pdf: bool, as_json: bool) -> None:
    """Show the agreement in the latest exercise: by item, by person, and against the key."""
    from fieldkit.steps.calibrating.calibrate import exercise_agreement, print_agreement

    with open_course() as course:
        found = exercise_agreement(course, station)
        if pdf:
            tell(_("For the talk: {path}").format(path=print_agreement(course, found, station)))
        names = {number: f"{number} {person.name}" for number, person in course.instructors.items()}
    _print(found, as_json, names)


@command.command("file")
@click.argument("file", type=click.Path(path_type=Path))
@json_option
def of_file(file: Path, as_json: bool) -> None:
    """Compare marks in a CSV FILE: performance, instructor, item, mark (the right ones as instructor `key`)."""
    from fieldkit.steps.calibrating.calibrate import calibrate

    _print(calibrate(file), as_json, {})


def _print(found: Calibration, as_json: bool, names: Names) -> None:
    if as_json:
        print_json(found.as_dict())
        return
    for line in _summary(found, names):
        click.echo(line)


def _summary(found: Calibration, names: Names) -> Iterator[str]:
    from fieldkit.reports.quality_figures import share

    lang = spoken()
    counts = (
        ngettext("{n} performance", "{n} performances", found.performances).format(n=found.performances),
        ngettext("{n} item", "{n} items", len(found.items)).format(n=len(found.items)),
        ngettext("{n} instructor", "{n} instructors", len(found.people)).format(n=len(found.people)),
    )
    yield ", ".join(counts) + "."
    yield _("All items, pairs of instructors with the same mark: {share}").format(share=share(found.exact, lang))
    if found.right.n:
        yield _("All marks, the right one: {share}").format(share=share(found.right, lang))
    yield ""
    yield _("Talk about these first (who gave what)")
    apart = [item for item in found.items if item.apart]
    for item in apart:
        yield from _item(item, names)
    if len(found.people) < 2:
        yield "  " + _("Nothing to compare: only one instructor has marked.")
    elif not apart:
        yield "  " + _("Nothing: everybody gave the same marks.")
    agreed = [item.item for item in found.items if not item.apart and item.exact.n]
    if agreed:
        yield "  " + _("The same mark from everybody: {items}.").format(items=", ".join(agreed))
    yield ""
    yield _("Instructors (to talk about; this is no judgement)")
    for person in found.people:
        yield from _person(person, names)


def _item(item: ItemAgreement, names: Names) -> Iterator[str]:
    from fieldkit.reports.quality_figures import share, told

    lang = spoken()
    same = _("pairs of instructors with the same mark: {share}").format(share=share(item.exact, lang))
    yield f"  {item.item}: {same}"
    if item.right.n:
        yield "      " + _("the right mark: {share}").format(share=share(item.right, lang))
    for apart in item.apart:
        yield f"      {apart.performance}: {_who(apart, names)}"
        yield f"        {_talk(apart, names)}"
    if item.alpha.value is not None:
        yield "      " + _("beyond chance (Krippendorff's alpha): {value}").format(value=told(item.alpha, 2, lang))


def _who(apart: Apart, names: Names) -> str:
    by_mark: dict[str, list[str]] = {}
    for who, mark in apart.marks.items():
        by_mark.setdefault(mark, []).append(names.get(who, who))
    given = "; ".join(f"{mark}: {', '.join(who)}" for mark, who in by_mark.items())
    return given if apart.key is None else f"{given} ({_('right: {mark}').format(mark=apart.key)})"


def _talk(apart: Apart, names: Names) -> str:
    """The sentence to begin the talk with."""
    from fieldkit.judging.calibration import AGAINST_KEY, ONE_APART

    if apart.why == AGAINST_KEY:
        return _("Most marked otherwise than the script says. Was it acted as written? How is this act read here?")
    if apart.why == ONE_APART:
        given = list(apart.marks.values())
        who = next(name for name, mark in apart.marks.items() if given.count(mark) == 1)
        return _("{name} saw it otherwise, and begins: what was seen, and when?").format(name=names.get(who, who))
    return _("Opinions differ. What must be seen for the better mark? Agree on one sentence, and write it down.")


def _person(person: PersonAgreement, names: Names) -> Iterator[str]:
    from fieldkit.reports.quality_figures import share, told

    lang = spoken()
    same = _("the same as most of the others: {share}").format(share=share(person.same, lang))
    yield f"  {names.get(person.instructor, person.instructor)}: {same}"
    if person.right.n:
        yield "      " + _("the right mark: {share}").format(share=share(person.right, lang))
    low, high = person.difference.low, person.difference.high
    if person.difference.value is not None:
        apart = _("own mark minus the others': {value}").format(value=told(person.difference, 2, lang))
        clear = low is not None and high is not None and not low <= 0 <= high
        yield f"      {apart}" + ("  " + _("look here") if clear else "")
    if person.missing:
        listed = [f"{performance} {item}" for performance, item in person.missing]
        more = ", ..." if len(listed) > MOST_MISSING else ""
        yield "      " + _("not marked: {items}").format(items=", ".join(listed[:MOST_MISSING]) + more)
