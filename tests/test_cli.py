"""The command line: help that is true, exit codes as printed in the README, no traceback in front of anybody."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import click
import pytest
from conftest import ROOT, Command

from fieldkit.cli.main import COMMANDS, cli
from fieldkit.errors import MEANINGS, ExitCode, Problem

README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_exit_codes_are_those_of_the_readme() -> None:
    """The table in the README and the program's own have the same codes and meanings."""
    rows = re.findall(r"^\| (\d+) \| (.+?) \|$", README, re.MULTILINE)
    assert {int(code): meaning for code, meaning in rows} == {int(code): meaning for code, meaning in MEANINGS.items()}
    assert set(MEANINGS) == set(ExitCode)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_there_and_in_the_readme(name: str) -> None:
    """Each command that help lists can be called, has its help, and stands in the README."""
    command = cli.get_command(click.Context(cli), name)
    assert command is not None
    assert command.name == name
    assert (command.help or "").strip()
    assert f"| `fieldkit {name}" in README


def test_the_readme_names_no_command_that_is_not_there() -> None:
    """Every command in the README's table exists."""
    assert set(re.findall(r"^\| `fieldkit (\w+)", README, re.MULTILINE)) == set(COMMANDS)


def test_help_loads_nothing_heavy() -> None:
    """Asking for help loads neither PDF, image nor number libraries."""
    heavy = (
        "reportlab",
        "numpy",
        "scipy",
        "cv2",
        "tinydb",
        "yaml",
        "openpyxl",
        "qrcode",
        "uharfbuzz",
        "pydantic",
        "flask",
    )
    code = (
        "import sys; from fieldkit.cli.main import run; run(['--help']); "
        f"print([m for m in {heavy!r} if m in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)
    assert done.stderr.strip() == "[]"


def test_a_misspelt_command_is_understood(fieldkit_command: Command) -> None:
    """A command that is nearly one is answered with the one that was meant."""
    ended = fieldkit_command("scroe")
    assert (ended.code, "score" in ended.err) == (2, True)


def test_a_problem_says_where_what_and_what_to_do() -> None:
    """Problems read as `file:line:column: what. Remedy.`"""
    problem = Problem("seal.yaml", 14, 5, 'item "B2" appears twice (first on line 9)', "Give one of them another id.")
    assert str(problem) == 'seal.yaml:14:5: item "B2" appears twice (first on line 9). Give one of them another id.'


def test_an_unknown_scenario_is_refused(fieldkit_command: Command, tmp_path: Path) -> None:
    """A scenario that is not there is refused with the nearest ones."""
    ended = fieldkit_command("scenario", "draw", "container-sael", "--seed", 1, course=tmp_path)
    assert (ended.code, "container-seal" in ended.err) == (3, True)


@pytest.mark.parametrize(
    "args", [("scenario", "list"), ("scenario", "show", "container-seal"), ("--version",), ("demo", "--help")]
)
def test_reading_commands_work_outside_a_course(
    fieldkit_command: Command, tmp_path: Path, args: tuple[str, ...]
) -> None:
    """The library can be looked at without a course."""
    ended = fieldkit_command(*args, course=tmp_path)
    assert (ended.code, bool(ended.out.strip())) == (0, True)


def test_the_same_seed_draws_the_same(fieldkit_command: Command, tmp_path: Path) -> None:
    """One exercise drawn twice from a seed is the same text to the byte, and another seed gives another."""
    drawn = [
        fieldkit_command("scenario", "draw", "container-seal", "--seed", n, "--json", course=tmp_path).out
        for n in (5, 5, 6)
    ]
    assert drawn[0] == drawn[1] != drawn[2]


def test_an_unknown_language_lists_those_there_are(fieldkit_command: Command, tmp_path: Path) -> None:
    """A language that is not known is refused, and the known ones are named."""
    ended = fieldkit_command("demo", tmp_path / "x", "--lang", "tlh")
    assert ended.code == 2
    assert all(code in ended.err for code in ("en", "ru", "ky", "prs", "ps"))
