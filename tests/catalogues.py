"""The catalogues of the messages on screen: `python tests/catalogues.py` brings them up to date with the code.

It collects every message of fieldkit and of click (whose "Usage:" and "Options:" come from the same catalogue), puts
new ones into each `fieldkit/locale/<language>/LC_MESSAGES/fieldkit.po` with an empty translation, takes out those
that are gone, and compiles the `.mo` beside it, which is what Python reads. Needs Babel.
"""

from __future__ import annotations

import ast
import io
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import click
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from fieldkit import __version__

ROOT = Path(__file__).resolve().parent.parent
LOCALE = ROOT / "fieldkit" / "locale"
DOMAIN = "fieldkit"
# Which arguments of a call are messages. A key that a YAML file must have says in its third what to write.
FUNCTIONS = {"_": (0,), "N_": (0,), "gettext": (0,), "ngettext": (0, 1), "Key": (2,), "Pattern": (2,)}
CLICK = ("core", "decorators", "exceptions", "formatting", "parser", "termui", "types", "_termui_impl")
BEGUN = datetime(2026, 11, 22, tzinfo=UTC)  # one date for all, so that bringing up to date changes only what changed
# What click says only to those who program with it.
FOR_PROGRAMMERS = (
    "%(prog)s",
    "Arguments take exactly",
    "Boolean option",
    "Choice(",
    "Confirm the",
    "Could not determine",
    "DeprecationWarning",
    "Name '",
    "No options defined",
    "Unknown color",
    "Value must be",
    "{editor}",
    "{value!r} is not a valid UUID",
)
HEADER = """\
What fieldkit says on screen, in {language}.

Nobody who speaks {language} has reviewed these texts yet.
Edit them with any text editor or PO editor, then run: python tests/catalogues.py
"""

Message = str | tuple[str, str]


def messages() -> dict[Message, str]:
    """Every message that a person may see, with the file that has it: one text, or singular and plural."""
    found: dict[Message, str] = {}
    for path in (*sorted((ROOT / "cli").rglob("*.py")), *sorted((ROOT / "fieldkit").rglob("*.py"))):
        for message in in_source(path.read_text(encoding="utf-8")):
            found.setdefault(message, path.relative_to(ROOT).as_posix())
    for message in notes():
        found.setdefault(message, "fieldkit/library/templates.py")
    for message in in_commands():
        found.setdefault(message, "cli: help")
    return found


def notes() -> Iterator[str]:
    """What stands behind the # in the files of a new course."""
    from fieldkit.library import templates

    return templates.notes()


def in_source(text: str) -> Iterator[Message]:
    """The messages that a module hands to gettext, or marks for it."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in FUNCTIONS:
            if node.func.id == "Key" and not any(keyword.arg == "required" for keyword in node.keywords):
                continue
            places = FUNCTIONS[node.func.id]
            arguments = [node.args[place] for place in places if place < len(node.args)]
            given = [a.value for a in arguments if isinstance(a, ast.Constant) and isinstance(a.value, str)]
            if len(given) == len(places):
                yield given[0] if len(given) == 1 else (given[0], given[1])


def in_commands() -> Iterator[str]:
    """The help texts of every command: what they are for, what their options do, what stands for an argument."""
    from fieldkit.cli import main
    from fieldkit.cli.translated import translated

    said: list[str] = list(main.COMMANDS.values())

    def note(message: str) -> str:
        said.append(message)
        return message

    translated(main.cli, note)
    for name in main.COMMANDS:
        translated(main.command_named(name), note)
    yield from (message for message in said if message)


def in_click() -> Iterator[Message]:
    """The messages of the command-line library; they are looked up in the same catalogue."""
    folder = Path(click.__file__).parent
    for path in (folder / f"{name}.py" for name in CLICK):
        if path.exists():
            found = in_source(path.read_text(encoding="utf-8"))
            yield from (message for message in found if not str(message).startswith(FOR_PROGRAMMERS))
    yield from ("default", "required")


def catalogue_file(language: str) -> Path:
    """Where the translations into a language lie."""
    return LOCALE / language / "LC_MESSAGES" / f"{DOMAIN}.po"


def read(language: str) -> Catalog:
    """The catalogue of a language, empty where there is none yet."""
    path = catalogue_file(language)
    if not path.exists():
        return Catalog(locale=language, domain=DOMAIN)
    with path.open("rb") as file:
        catalogue = read_po(file, locale=language, domain=DOMAIN)
    catalogue.creation_date = catalogue.revision_date = BEGUN
    return catalogue


def compiled(catalogue: Catalog) -> bytes:
    """What gettext reads."""
    out = io.BytesIO()
    write_mo(out, catalogue)
    return out.getvalue()


def update(language: str) -> list[Message]:
    """Bring one catalogue up to date; returns the messages that still want a translation."""
    old, path = read(language), catalogue_file(language)
    name = old.locale.get_display_name("en") if old.locale else language
    comment = "".join(f"# {line}".rstrip() + "\n" for line in HEADER.format(language=name).splitlines())
    new = Catalog(
        locale=language,
        domain=DOMAIN,
        project="fieldkit",
        version=__version__,
        fuzzy=False,
        header_comment=comment.rstrip(),
        msgid_bugs_address="see README.md",
        last_translator="not reviewed by a speaker",
        language_team=name,
    )
    new.creation_date = new.revision_date = BEGUN
    wanted = dict.fromkeys(in_click(), "click") | messages()
    for message, where in sorted(wanted.items(), key=lambda one: (one[1], str(one[0]))):  # the same in every run
        kept = old.get(message if isinstance(message, str) else message[0])
        plural = isinstance(message, tuple)
        string = kept.string if kept and isinstance(kept.string, tuple) == plural else None
        new.add(message, string, locations=[(where, None)])
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(file, new, width=120, sort_by_file=True, include_lineno=False)
    path.with_suffix(".mo").write_bytes(compiled(read(language)))
    return [m.id for m in new if m.id and not (all(m.string) if isinstance(m.string, tuple) else m.string)]


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT / "tests"))
    import conftest  # noqa: F401  makes cli/ part of the package in a bare checkout

    for each in sorted(path.name for path in LOCALE.iterdir() if path.is_dir()):
        left = update(each)
        print(f"{each}: {len(list(read(each))) - 1} messages, {len(left)} not translated")
        for message in left:
            print(f"    {message!r}")
