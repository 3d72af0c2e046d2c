"""fieldkit scenario preview, check, new, key, pack and install: for those who write scenarios and pass them on"""

from __future__ import annotations

import re
from gettext import gettext as _
from gettext import ngettext
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
            self.fail(_('"{text}" is no seed and no range of seeds such as 1..20').format(text=value), param, ctx)
        first = int(found[1])
        last = int(found[2]) if found[2] else first
        if not first <= last < first + 100_000:
            told = _("{text}: write the smaller seed first, and at most 100,000 of them")
            self.fail(told.format(text=value), param, ctx)
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
    heads = (_("seed"), _("hard"), _("planted (level)"), _("points"), _("decoys"))
    click.echo("{:>9}  {:>4}  {:34} {:44} {}".format(*heads))
    for row in rows:
        codes = " ".join(f"{code}({level})" for code, level in row.codes) or _("clean")
        points, decoys = " ".join(row.points) or "-", " ".join(row.decoys) or "-"
        click.echo(f"{row.seed:>9}  {row.difficulty:>4}  {codes:34} {points:44} {decoys}")
    hard = [row.difficulty for row in rows if not row.clean]
    clean = len(rows) - len(hard)
    if hard:
        told = _("{clean} of {n} clean; the others from {least} to {most} levels together.")
        tell(told.format(clean=clean, n=len(rows), least=min(hard), most=max(hard)))


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
            held = _("{name}: holds under {n} seeds").format(name=name, n=seeds or SAMPLE)
            failed = ngettext("{name}: {n} fault", "{name}: {n} faults", len(wrong)).format(name=name, n=len(wrong))
            click.echo(failed if wrong else held)
            for what in wrong:
                click.echo(f"  {what}")
    if faulty or any(found.values()):
        click.get_current_context().exit(ExitCode.BAD_INPUT)


@click.command("new")
@click.argument("scenario_id", metavar="ID")
def new(scenario_id: str) -> None:
    """Write a scenario with comments into the folder `scenarios` of the course, to be filled in."""
    from fieldkit.files import refusal, write_whole
    from fieldkit.library.kinds import SLUG
    from fieldkit.library.templates import scenario_template

    folder = _course_to_write()
    if not SLUG.fullmatch(scenario_id) or len(scenario_id) > 40:
        raise BadInput(
            _('A scenario cannot be called "{name}".').format(name=scenario_id),
            _("Take small Latin letters, digits and single dashes."),
        )
    path = folder / "scenarios" / f"{scenario_id}.yaml"
    if path.exists():
        raise BadInput(
            _("{path} is there already.").format(path=path),
            _("Nothing was written. Choose another id, or edit that file."),
        )
    try:
        path.parent.mkdir(exist_ok=True)
        write_whole(path, [scenario_template(scenario_id).encode("utf-8")])
    except OSError as error:
        raise refusal(error, _("{path} was not written").format(path=path)) from error
    click.echo(str(path))
    tell(_("Fill it in, then: fieldkit scenario check {name}").format(name=scenario_id))


@click.command("key")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
def key(file: Path) -> None:
    """Make this centre's key for passing scenarios on: FILE is secret, FILE.pub is for the other centres."""
    from fieldkit.steps.preparing.exchange import write_key

    secret, public, fingerprint = write_key(file)
    click.echo(f"{secret}\n{public}")
    tell(_("Keep {file} like the key of a safe: who has it can sign in your name.").format(file=secret))
    tell(
        _("Give {file} to the other centres, and tell them by telephone that it is {key}.").format(
            file=public, key=fingerprint
        )
    )


@click.command("pack")
@click.argument("scenario_id", metavar="ID")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--key", "key_file", type=click.Path(path_type=Path, exists=True, dir_okay=False), required=True,
              help="Your centre's secret key.")  # fmt: skip
def pack(scenario_id: str, file: Path, key_file: Path) -> None:
    """Put a scenario and what it needs into one FILE, signed with your centre's key."""
    from fieldkit.steps.preparing.exchange import pack_scenario

    names = pack_scenario(scenario_library(), scenario_id, file, key_file)
    click.echo(str(file))
    tell(_("In it: {names}").format(names=", ".join(names)))


@click.command("install")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--key", "key_files", type=click.Path(path_type=Path, exists=True, dir_okay=False), required=True,
              multiple=True, help="The public key of a centre that you trust; may be given several times.")  # fmt: skip
@click.option("--replace", is_flag=True, help="Put it in place of files that are there and differ.")
def install(file: Path, key_files: tuple[Path, ...], replace: bool) -> None:
    """Check the signature of FILE and put its scenario into this course."""
    from fieldkit.steps.preparing.exchange import install_scenario

    written = install_scenario(file, key_files, _course_to_write(), replace=replace)
    for path in written:
        click.echo(str(path))
    if not written:
        tell(_("All of it is here already, the very same; nothing was written."))


def _course_to_write() -> Path:
    """The course's folder; refuses any other."""
    from fieldkit.course import COURSE_FILE

    folder = course_folder()
    if not (folder / COURSE_FILE).exists():
        raise BadInput(
            _("{folder} is no course folder.").format(folder=folder),
            _("Go into one, or name it: fieldkit --course FOLDER ..."),
        )
    return folder
