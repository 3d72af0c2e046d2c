"""Commands whose help is in the language of the screen."""

from __future__ import annotations

import gettext
from collections.abc import Callable
from copy import copy
from typing import TypeVar

import click

# What click calls the value of an option, in words for everybody.
PLAIN = {"integer": "number", "integer range": "number", "float": "number", "boolean": "yes or no"}

C = TypeVar("C", bound=click.Command)
Say = Callable[[str], str]


def translated(command: C, say: Say = gettext.gettext) -> C:
    """A copy of a command whose help is in the language of the screen. `say` translates one message."""
    shown = copy(command)
    shown.help = _paragraphs(command.help, say)
    shown.options_metavar = command.options_metavar and say(command.options_metavar)
    shown.params = [_translated(param, say) for param in command.params]
    shown._help_option = None  # click keeps the one that it made first, in the language of then
    if isinstance(shown, click.Group):
        shown.subcommand_metavar = say(shown.subcommand_metavar)
        shown.commands = {name: translated(inner, say) for name, inner in shown.commands.items()}
    return shown


def _translated(param: click.Parameter, say: Say) -> click.Parameter:
    shown = copy(param)
    if isinstance(shown, click.Option):
        shown.help = _paragraphs(shown.help, say)
    if param.metavar:
        shown.metavar = say(param.metavar)
    elif isinstance(param, click.Argument) and not isinstance(param.type, click.Choice):
        name = say((param.name or "").upper())
        shown.metavar = (name if param.required else f"[{name}]") + ("..." if param.nargs != 1 else "")
    if not isinstance(param.type, (click.Choice, click.DateTime)):
        shown.type = copy(param.type)
        shown.type.name = say(
            "file" if isinstance(param.type, click.Path) else PLAIN.get(param.type.name, param.type.name)
        )
    return shown


def _paragraphs(text: str | None, say: Say) -> str | None:
    """A help text translated as a whole; how its lines are broken in the source does not matter."""
    return text and say("\n\n".join(" ".join(part.split()) for part in text.split("\n\n")))
