"""The command `fieldkit`: finds the subcommand, runs it, and turns every ending into words and an exit code.

Subcommands are imported when they are called, so that `--help` loads nothing heavy.
"""

from __future__ import annotations

import os
import sys
from errno import EINVAL
from gettext import gettext as _
from importlib import import_module
from typing import Any

import click

from fieldkit import __version__
from fieldkit.errors import ExitCode, FieldkitError

from .language import ENGLISH, SCREEN, screen_language, speaking, spoken
from .standard import open_closed
from .wildcards import spread

COMMANDS = {
    "new": "Make a course folder with commented examples.",
    "check": "Find everything that is wrong with a course.",
    "draw": "Draw exercises and rotation from a seed.",
    "print": "Print the pack: sheets, briefs, cards, documents, tags.",
    "selftest": "Try printer, pen and phone before the day.",
    "score": "Take marks down.",
    "scan": "Read photographed and scanned sheets.",
    "correct": "Correct marks; the earlier ones stay in the record.",
    "void": "Void a sheet.",
    "bind": "Give a spare sheet to a trainee.",
    "review": "Settle what waits for a person.",
    "history": "Show all that was said about a sheet or a trainee.",
    "status": "Show which sheets are scored, partly marked or missing.",
    "results": "Show who passed which station.",
    "report": "Write evaluation reports as PDF.",
    "calibrate": "Before the day: show where instructors differ.",
    "analyse": "Say how good the assessment was, and what to mend.",
    "scenario": "List, show and draw the scenarios of the library.",
    "sheets": "List the printed sheets with their boxes, for programs.",
    "record": "Show the record, entry by entry.",
    "protect": "Keep names and remarks behind a passphrase.",
    "bundle": "Write this laptop's course to one encrypted file.",
    "merge": "Take in the bundles of other laptops.",
    "backup": "Write everything of the course to one file.",
    "verify": "Check that the record is whole and unaltered.",
    "repair": "Put a damaged record together again.",
    "translation": "Give texts to a translator, take them back, note reviews.",
    "proof": "Print any text as it will look on paper, to check it.",
    "demo": "Make a whole made-up course, from scenarios to reports.",
}


def command_named(name: str) -> click.Command:
    """The command that `name` stands for, imported now, with its help in English."""
    command: click.Command = import_module(f"fieldkit.cli.{name}_command").command
    return command


class LazyGroup(click.Group):
    """Knows its commands by name and first line; imports `fieldkit.cli.<name>` when one is needed."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        from .translated import translated

        return translated(command_named(cmd_name))

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            from difflib import get_close_matches

            near = get_close_matches(args[0], COMMANDS, n=2)
            told = _("There is no command {name}.").format(name=args[0])
            if near:
                told += " " + _("Did you mean: {names}?").format(names=", ".join(near))
            raise click.UsageError(told, ctx) from error

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section(_("Commands")):
            formatter.write_dl([(name, _(what)) for name, what in COMMANDS.items()])


def _checked(ctx: click.Context, param: click.Parameter, value: str | None) -> str | None:
    """Refuses a language that is not known, with those that are; says so where a known one is for paper only."""
    if value is None or value.lower() in SCREEN:
        return value
    from fieldkit.model.texts import LANGUAGES, language_code

    code = language_code(value)
    if code is None:
        known = ", ".join(f"{name} ({LANGUAGES[name].name})" for name in SCREEN)
        raise click.BadParameter(
            _('There is no language "{name}" on screen. There are: {known}.').format(name=value, known=known),
            ctx,
            param,
        )
    if code not in SCREEN:
        click.echo(_("{language} is for paper; on screen fieldkit speaks English.").format(language=code), err=True)
    return code


def _width() -> int:
    """How wide help is. As click has it, which would import shutil to find out, and with it three compressors."""
    try:
        columns = int(os.environ.get("COLUMNS") or 0) or os.get_terminal_size(1).columns or 80
    except (ValueError, OSError):
        columns = 80
    return max(min(columns, 80) - 2, 50)


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"], "terminal_width": _width()})
@click.option(
    "--course", "folder", metavar="FOLDER", default=".", help="The course's folder (else the one you are in)."
)
@click.option(
    "--lang",
    "screen",
    metavar="LANG",
    is_eager=True,
    expose_value=False,
    callback=_checked,
    help="Language on screen: en, ru or ky (else the system's).",
)
@click.option("--quiet", is_flag=True, help="Say only what was asked for and what is wrong.")
@click.option("--no-color", is_flag=True, help="No colours (NO_COLOR does the same).")
@click.option("--debug", is_flag=True, hidden=True, help="Show where in the program an error arose.")
@click.version_option(__version__, prog_name="fieldkit", message="%(prog)s %(version)s")
@click.pass_context
def cli(ctx: click.Context, folder: str, quiet: bool, no_color: bool, debug: bool) -> None:
    """Exercises, scoresheets, marks and reports for practicals at border crossing points.

    A course is a folder. Begin with `fieldkit demo`, or `fieldkit new FOLDER`.
    """
    ctx.obj = {"folder": folder, "quiet": quiet, "debug": debug}
    if no_color or os.environ.get("NO_COLOR"):
        ctx.color = False


def main(args: list[str] | None = None) -> None:
    """Run the command line and exit."""
    open_closed()
    for stream in (sys.stdout, sys.stderr):
        _prepare(stream)
    sys.exit(run(args))


def _prepare(stream: Any) -> None:
    """Output is UTF-8 where it does not go to a terminal; what a terminal cannot show never stops a command."""
    if not hasattr(stream, "reconfigure"):
        return
    if not stream.isatty():
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    elif stream.encoding.lower() in ("utf-8", "utf8"):
        stream.reconfigure(errors="backslashreplace")
    else:
        from .streams import get_nearest

        get_nearest(stream)


def run(args: list[str] | None = None) -> int:
    """Run the command line; returns the exit code. Every refusal ends here, as words on stderr."""
    arguments = spread(sys.argv[1:]) if args is None else args
    with speaking(screen_language(arguments)):
        return _run(arguments)


def _run(arguments: list[str]) -> int:
    try:
        code = _group().main(args=arguments, prog_name="fieldkit", standalone_mode=False)
        sys.stdout.flush()
        return int(code) if isinstance(code, int) else ExitCode.DONE
    except click.exceptions.Exit as ending:
        return ending.exit_code
    except SystemExit:  # of click, where the program that output goes to wants no more of it
        return ExitCode.DONE
    except click.UsageError as error:
        error.show()
        return ExitCode.USAGE
    except FieldkitError as refusal:
        if "--debug" in arguments:
            raise
        click.echo(str(refusal), err=True)
        return refusal.exit_code
    except (KeyboardInterrupt, click.Abort):
        click.echo("\n" + _("Interrupted. Everything saved so far is there."), err=True)
        return ExitCode.INTERRUPTED
    except OSError as error:
        if _reader_left(error):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return ExitCode.DONE
        if "--debug" in arguments:
            raise
        click.echo(_told(error), err=True)
        return ExitCode.FAILED


def _reader_left(error: OSError, windows: bool = os.name == "nt") -> bool:
    """Whether the program that output goes to wants no more of it; Windows has a vaguer word for that."""
    return isinstance(error, BrokenPipeError) or (windows and error.errno == EINVAL and error.filename is None)


def _group() -> click.Group:
    """The command line in the language of the screen. In English it needs nothing, and `--help` is the faster."""
    if spoken() == ENGLISH:
        return cli
    from .translated import translated

    return translated(cli)


def _told(error: OSError) -> str:
    """What the operating system refused, in words."""
    import errno

    from fieldkit.files import why_not

    what = f"{error.filename}: " if error.filename else ""
    known = {
        errno.ENOSPC: _("the disk is full. Make room and try again; nothing was left half written."),
        errno.EFBIG: _("the file may not grow any further. Nothing was left half written."),
        errno.EROFS: _("the disk is read-only. Copy the course to one that can be written to."),
        errno.EACCES: _("not allowed. Close other programs that use it, or choose a folder that you may write to."),
    }
    return f"{what}{known.get(error.errno or 0) or why_not(error)}"
