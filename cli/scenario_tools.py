"""fieldkit scenario preview, check, new, pack and install: for those who write scenarios and pass them on"""

from __future__ import annotations

import re
from pathlib import Path

import click

from fieldkit.errors import BadInput, ExitCode

from .shared import course_folder, json_option, print_json, scenario_library, tell


class Seeds(click.ParamType):
    """Some seeds: `7`, `1..20`, or how many from 0 on where `how_many` is set."""

    name = "FROM..TO"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> range:
        """The seeds, at most 100,000 of them."""
        if isinstance(value, range):
            return value
        found = re.fullmatch(r"(\d{1,9})(?:\.\.(\d{1,9}))?", value)
        if not found:
            self.fail(f'"{value}" is no seed and no range of seeds such as 1..20', param, ctx)
        first = int(found[1])
        last = int(found[2]) if found[2] else first
        if not first <= last < first + 100_000:
            self.fail(f"{value}: write the smaller seed first, and at most 100,000 of them", param, ctx)
        return range(first, last + 1)


@click.command("preview")
@click.argument("scenario_id", metavar="ID")
@click.option("--seeds", type=Seeds(), default="1..12", show_default=True, help="The seeds to compare.")
@json_option
def preview(scenario_id: str, seeds: range, as_json: bool) -> None:
    """Show what several seeds give, side by side: codes planted with their levels, points, decoys, difficulty."""
    from dataclasses import asdict

    from fieldkit.generator.proving import variants

    library = scenario_library()
    rows = list(variants(library.scenario(scenario_id), library, seeds))
    if as_json:
        print_json([{**asdict(row), "codes": [list(pair) for pair in row.codes]} for row in rows])
        return
    click.echo(f"{'seed':>9}  {'hard':>4}  {'planted (level)':34} {'points':44} decoys")
    for row in rows:
        codes = " ".join(f"{code}({level})" for code, level in row.codes) or "clean"
        points, decoys = " ".join(row.points) or "-", " ".join(row.decoys) or "-"
        click.echo(f"{row.seed:>9}  {row.difficulty:>4}  {codes:34} {points:44} {decoys}")
    hard = [row.difficulty for row in rows if not row.clean]
    clean = len(rows) - len(hard)
    if hard:
        tell(f"{clean} of {len(rows)} clean; the others from {min(hard)} to {max(hard)} levels together.")


@click.command("check")
@click.argument("scenario_id", metavar="[ID]", required=False)
@click.option("--seeds", type=click.IntRange(1, 100_000), help="How many seeds to draw of each; 24 if not said.")
@json_option
def check(scenario_id: str | None, seeds: int | None, as_json: bool) -> None:
    """Prove a scenario, or all of them: files without problems, and under many seeds nothing impossible, planted is
    what can be seen, clean is clean, the key complete, the sheet on one page. Ends with 3 where something is wrong."""
    from fieldkit.generator.proving import SAMPLE, prove
    from fieldkit.library.checks import check_scenarios

    library = scenario_library()
    if scenario_id:
        library.scenario(scenario_id)
    names = [scenario_id] if scenario_id else list(library.scenarios)
    problems = sorted({*library.problems, *check_scenarios(library)})
    if scenario_id:
        problems = [problem for problem in problems if Path(problem.file).stem == scenario_id]
    faulty = any(not problem.warning for problem in problems)
    found: dict[str, list[str]] = {}
    for name in () if faulty else names:
        found[name] = prove(library.scenario(name), library, range(seeds or SAMPLE))
    if as_json:
        print_json({"problems": [str(problem) for problem in problems], "proved": found, "seeds": seeds or SAMPLE})
    else:
        for problem in problems:
            click.echo(str(problem))
        for name, wrong in found.items():
            click.echo(f"{name}: {f'holds under {seeds or SAMPLE} seeds' if not wrong else f'{len(wrong)} faults'}")
            for what in wrong:
                click.echo(f"  {what}")
    if faulty or any(found.values()):
        click.get_current_context().exit(ExitCode.BAD_INPUT)


@click.command("new")
@click.argument("scenario_id", metavar="ID")
def new(scenario_id: str) -> None:
    """Write a scenario with comments into the folder `scenarios` of the course, to be filled in."""
    from fieldkit.course import COURSE_FILE
    from fieldkit.files import refusal, write_whole
    from fieldkit.library.fields import SLUG
    from fieldkit.library.templates import scenario_template

    folder = course_folder()
    if not (folder / COURSE_FILE).exists():
        raise BadInput(f"{folder} is no course folder.", "Go into one, or name it: fieldkit --course FOLDER ...")
    if not SLUG.fullmatch(scenario_id) or len(scenario_id) > 40:
        raise BadInput(
            f'A scenario cannot be called "{scenario_id}".', "Take small Latin letters, digits and single dashes."
        )
    path = folder / "scenarios" / f"{scenario_id}.yaml"
    if path.exists():
        raise BadInput(f"{path} is there already.", "Nothing was written. Choose another id, or edit that file.")
    try:
        path.parent.mkdir(exist_ok=True)
        write_whole(path, [scenario_template(scenario_id).encode("utf-8")])
    except OSError as error:
        raise refusal(error, f"{path} was not written") from error
    click.echo(str(path))
    tell(f"Fill it in, then: fieldkit scenario check {scenario_id}")


@click.command("pack")
@click.argument("scenario_id", metavar="ID")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--key", type=click.Path(path_type=Path, exists=True, dir_okay=False), required=True,
              help="A file with the key that the centres share.")  # fmt: skip
def pack(scenario_id: str, file: Path, key: Path) -> None:
    """Put a scenario and what it needs into one FILE, signed with the key that the centres share."""
    from fieldkit.steps.exchange import pack_scenario

    names = pack_scenario(scenario_library(), scenario_id, file, key)
    click.echo(str(file))
    tell("In it: " + ", ".join(names))


@click.command("install")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--key", type=click.Path(path_type=Path, exists=True, dir_okay=False), required=True,
              help="A file with the key that the centres share.")  # fmt: skip
@click.option("--replace", is_flag=True, help="Put it in place of files that are there and differ.")
def install(file: Path, key: Path, replace: bool) -> None:
    """Check the signature of FILE and put its scenario into this course."""
    from fieldkit.course import COURSE_FILE
    from fieldkit.steps.exchange import install_scenario

    folder = course_folder()
    if not (folder / COURSE_FILE).exists():
        raise BadInput(f"{folder} is no course folder.", "Go into one, or name it: fieldkit --course FOLDER ...")
    for path in install_scenario(file, key, folder, replace=replace):
        click.echo(str(path))
