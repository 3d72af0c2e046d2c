"""What the commands share: opening the course, printing data, options that mean the same everywhere."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from gettext import gettext as _
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from fieldkit.errors import BadInput
from fieldkit.model.codes import SHORT_LENGTH, read_short
from fieldkit.model.texts import LANGUAGES, language_code

from .language import ENGLISH, speak

if TYPE_CHECKING:
    from fieldkit.course import Course
    from fieldkit.library.load import Library

PASSPHRASE = "FIELDKIT_PASSPHRASE"

HALF = SHORT_LENGTH // 2  # a sheet's id is printed in two groups of so many letters and digits

F = TypeVar("F", bound=Callable[..., Any])


class ForSheet(click.Command):
    """A command about a sheet, whose id may be typed as it is printed: in two groups, which are two arguments."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Join such groups where the check character says that they belong together."""
        for at, (first, second) in enumerate(pairwise(args)):
            if len(first) == len(second) == HALF and read_short(first + second):
                return super().parse_args(ctx, [*args[:at], first + second, *args[at + 2 :]])
        return super().parse_args(ctx, args)


def course_folder() -> Path:
    """The folder that --course names, else the one we stand in."""
    return Path(click.get_current_context().find_root().obj["folder"])


@contextmanager
def open_course() -> Iterator[Course]:
    """The course that --course names, open; what its record warns of is told."""
    from fieldkit.course import Course

    with Course(course_folder()) as course:
        for warning in course.record.warnings:
            click.echo(_("Warning: {what}").format(what=warning), err=True)
        yield course


def tell(message: str = "") -> None:
    """A message for the person at the screen: to stderr, and not at all with --quiet. Nobody who listens any more is no
    reason to stop what is being done."""
    if not click.get_current_context().find_root().obj["quiet"]:
        with suppress(BrokenPipeError):
            click.echo(message, err=True)


def print_json(data: Any) -> None:
    """Data for programs, to stdout: stable order, letters as they are."""
    click.echo(json.dumps(data, ensure_ascii=False, indent=1))


def pairs(texts: Iterable[str], option: str) -> dict[str, str]:
    """`item=value` texts as a mapping. Refuses another form, and an item given twice."""
    found: dict[str, str] = {}
    for text in texts:
        name, separator, value = (part.strip() for part in text.partition("="))
        if not separator or not name or not value:
            raise BadInput(
                _('{option}: "{text}" is not of the form item=value.').format(option=option, text=text),
                _("Nothing was written."),
            )
        if name in found:
            raise BadInput(
                _('{option}: "{name}" is given twice.').format(option=option, name=name), _("Nothing was written.")
            )
        found[name] = value
    return found


def passphrase_for(question: str, *, new: bool, hint: str = "") -> str | None:
    """The passphrase from the environment, or asked for at a terminal with `question`; a new one is asked for twice.

    Without either, a new one is refused with `hint`, and an old one is None: perhaps none is needed.
    """
    if given := os.environ.get(PASSPHRASE):
        return given
    if sys.stdin and sys.stdin.isatty():
        text = click.prompt(question, hide_input=True, confirmation_prompt=new, default=None if new else "")
        return str(text) or None
    if new:
        raise BadInput(_("No passphrase was given."), hint)
    return None


def json_option(command: F) -> F:
    """--json, on every command that reads. Data for programs are the same in every language of the screen."""
    return click.option(
        "--json", "as_json", is_flag=True, callback=_in_english, is_eager=True, help="Print data for programs."
    )(command)


def _in_english(ctx: click.Context, param: click.Parameter, value: bool) -> bool:
    if value:
        speak(ENGLISH)
    return value


def show_names(course: Course) -> None:
    """On a protected course: names instead of callsigns, when the passphrase is at hand or given now."""
    if not course.protected:
        return
    from fieldkit.steps.keeping.protect import open_names

    passphrase = os.environ.get(PASSPHRASE)
    if passphrase is None and sys.stdin and sys.stdin.isatty():
        passphrase = click.prompt(
            _("Passphrase of the names (Enter: callsigns)"), hide_input=True, default="", show_default=False
        )
    if passphrase:
        open_names(course, passphrase)
    else:
        tell(_("Callsigns are printed in place of names."))


class LanguageOption(click.ParamType):
    """A language by its code or another name for it."""

    name = "LANG"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The code of the language; an unknown one is refused with those that are known."""
        code = language_code(value) if value else ""
        if code is None:
            known = ", ".join(f"{code} ({language.name})" for code, language in LANGUAGES.items())
            self.fail(
                _('There is no language "{name}". There are: {known}.').format(name=value, known=known), param, ctx
            )
        return code


def lang_option(command: F) -> F:
    """--lang, where something is printed."""
    return click.option("--lang", type=LanguageOption(), default="", help="Print all of it in this language.")(command)


def scenario_library() -> Library:
    """The built-in library, with the scenarios of the course one stands in or names."""
    from fieldkit.course import COURSE_FILE
    from fieldkit.library.load import load_library

    folder = course_folder()
    return load_library(folder if (folder / COURSE_FILE).exists() else None)
