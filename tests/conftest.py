"""Lets the tests run from a bare checkout, and gives them courses to work on."""

from __future__ import annotations

import io
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path

import pytest

import fieldkit

ROOT = Path(__file__).resolve().parent.parent

# cli/, scenarios/ and scoresheets/ lie beside the package in a checkout, and inside it once installed.
if Path(fieldkit.__file__).resolve().parent == ROOT / "fieldkit" and str(ROOT) not in fieldkit.__path__:
    fieldkit.__path__.append(str(ROOT))

os.environ["LANGUAGE"] = "en"  # the tests speak English on every machine, in this process and in those they start


@dataclass(frozen=True)
class Ended:
    """How a command ended: its exit code, what it printed and what it said."""

    code: int
    out: str
    err: str


Command = Callable[..., Ended]


@pytest.fixture(autouse=True)
def no_translations_of_another_course() -> Iterator[None]:
    """What a course says of its translations, digits and dates holds in one test only."""
    yield
    from fieldkit.model.local_forms import set_manner
    from fieldkit.model.texts import TRANSLATIONS

    set_manner(False, False)
    TRANSLATIONS.own, TRANSLATIONS.unreviewed = {}, frozenset()


@pytest.fixture
def fieldkit_command() -> Command:
    """Runs the command line as a user does, in this process: `fieldkit_command("status", course=folder)`."""

    def run(*args: object, course: Path | None = None) -> Ended:
        from fieldkit.cli.main import run as run_cli

        out, err = io.StringIO(), io.StringIO()
        where = ["--course", str(course)] if course else []
        with redirect_stdout(out), redirect_stderr(err):
            code = run_cli([*where, *map(str, args)])
        return Ended(int(code), out.getvalue(), err.getvalue())

    return run


@pytest.fixture(scope="session")
def printed_course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A made-up course, drawn and printed, in a folder named as folders are named there. Do not write to it."""
    from fieldkit.steps.demo import DemoSize, run_demo

    folder = tmp_path_factory.mktemp("printed") / "Торугарт 2026 گمرک"
    run_demo(folder, DemoSize(trainees=6, stations=4, instructors=3), seed=11, until="print")
    return folder


@pytest.fixture
def course(printed_course: Path, tmp_path: Path) -> Path:
    """A copy of the printed course, to be marked."""
    folder = tmp_path / "Торугарт 2026 گمرک"
    shutil.copytree(printed_course, folder)
    return folder
