"""Bad input: everything wrong is told at once, with its place and what to do, and nothing is written."""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Command

HEAD = "number,name,rank,unit,country\n"


@pytest.fixture
def made(tmp_path: Path, printed_course: Path) -> Path:
    """A course that is filled in and not drawn yet."""
    folder = tmp_path / "course"
    folder.mkdir()
    for name in ("course.yaml", "trainees.csv", "instructors.csv"):
        shutil.copy(printed_course / name, folder / name)
    return folder


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def listing(folder: Path) -> list[str]:
    return sorted(p.name for p in folder.iterdir())


def a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


BAD: list[tuple[str, Callable[[Path], object], tuple[str, ...]]] = [
    ("a number twice", lambda c: edit(c / "trainees.csv", "T02,", "T01,"), ("trainees.csv:3", "T01")),
    ("an empty roster", lambda c: (c / "trainees.csv").write_text(HEAD, "utf-8"), ("trainees.csv",)),
    ("no roster", lambda c: (c / "instructors.csv").unlink(), ("instructors",)),
    ("two stations of one id", lambda c: edit(c / "course.yaml", "id: S2", "id: S1"), ("course.yaml", "S1")),
    (
        "an unknown scenario",
        lambda c: edit(c / "course.yaml", "container-seal", "container-sael"),
        ("course.yaml:", "container-seal"),
    ),
    ("course.yaml is a folder", lambda c: a_folder(c / "course.yaml"), ("course.yaml",)),
    (
        "10 MB of YAML",
        lambda c: (c / "course.yaml").write_text("# " + "x" * 10_000_000, "utf-8"),
        ("course.yaml", "MB"),
    ),
    (
        "a name of 200 letters",
        lambda c: edit(c / "trainees.csv", "T01,Асанов", "T01," + "А" * 200),
        ("trainees.csv:2",),
    ),
    ("Chinese in a name", lambda c: edit(c / "trainees.csv", "Асанов", "Асанов汉"), ("T01", "汉", "U+6C49")),
    ("an emoji in a name", lambda c: edit(c / "trainees.csv", "Асанов", "Асанов😀"), ("T01", "U+1F600")),
    ("a misspelt key", lambda c: edit(c / "course.yaml", "stations:", "statoins:"), ("course.yaml:", "stations")),
    (
        "a key twice",
        lambda c: edit(c / "course.yaml", "code: DEMO", "code: DEMO\ncode: OTHER"),
        ("course.yaml:", "code"),
    ),
    (
        "another alphabet of bytes",
        lambda c: (c / "trainees.csv").write_bytes((HEAD + "T01,Асанов,,,").encode("cp1251")),
        ("trainees.csv", "UTF-8"),
    ),
]


@pytest.mark.parametrize(("what", "spoil", "said"), BAD, ids=[what for what, _, _ in BAD])
@pytest.mark.parametrize("command", ["check", "draw"])
def test_bad_input_is_named_and_writes_nothing(
    fieldkit_command: Command,
    made: Path,
    command: str,
    what: str,
    spoil: Callable[[Path], object],
    said: tuple[str, ...],
) -> None:
    """Whatever is wrong in a course's files: exit 3, the place and the reason in words, and no record begun."""
    spoil(made)
    before = listing(made)
    ended = fieldkit_command(command, course=made)
    assert ended.code == 3, ended
    assert all(word in ended.out + ended.err for word in said), ended
    assert listing(made) == before


def test_all_problems_are_told_at_once(fieldkit_command: Command, made: Path) -> None:
    """A course with four things wrong is told all four by one check."""
    edit(made / "trainees.csv", "T02,", "T01,")
    edit(made / "trainees.csv", "Асанов", "汉")
    edit(made / "course.yaml", "container-seal", "container-sael")
    edit(made / "course.yaml", "pass_mark: 70", "pass_mark: 700")
    out = fieldkit_command("check", course=made).out
    assert all(word in out for word in ("T01", "pass_mark")), out


@pytest.mark.parametrize("name", ["O'Brien <b>&amp; Co</b>", "Мария-Анна Ө", "{name} %s \\n", 'Иван "Ваня"'])
def test_odd_names_are_printed_as_they_are(fieldkit_command: Command, made: Path, name: str) -> None:
    """Apostrophes, brackets and signs in a name stop nothing, on paper or in reports."""
    edit(made / "trainees.csv", "Асанов Бакыт", '"' + name.replace('"', '""') + '"')
    for step in ("draw", "print", "report"):
        ended = fieldkit_command(step, course=made)
        assert ended.code in (0, 4), ended


def test_a_folder_without_a_course(fieldkit_command: Command, tmp_path: Path) -> None:
    """Away from a course the command says so, and how to go on."""
    ended = fieldkit_command("status", course=tmp_path)
    assert (ended.code, "fieldkit new" in ended.err) == (3, True)


def test_steps_out_of_order_say_what_comes_first(fieldkit_command: Command, made: Path) -> None:
    """Printing before drawing says to draw first."""
    ended = fieldkit_command("print", course=made)
    assert (ended.code, "fieldkit draw" in ended.err) == (3, True)


def test_new_does_not_overwrite(fieldkit_command: Command, made: Path) -> None:
    """A folder that holds a course is left as it is."""
    before = {p.name: p.read_bytes() for p in made.iterdir()}
    assert fieldkit_command("new", made).code == 3
    assert fieldkit_command("demo", made).code == 3
    assert {p.name: p.read_bytes() for p in made.iterdir()} == before


def test_a_new_course_passes_its_check(fieldkit_command: Command, tmp_path: Path) -> None:
    """What `new` writes can be checked, drawn and printed as it stands."""
    folder = tmp_path / "Нарын 2026"
    assert fieldkit_command("new", folder).code == 0
    for step in ("check", "draw", "print"):
        ended = fieldkit_command(step, course=folder)
        assert ended.code == 0, ended


@pytest.mark.skipif(os.name == "nt" or getattr(os, "geteuid", lambda: 0)() == 0, reason="root may write anywhere")
def test_a_read_only_course_is_told(fieldkit_command: Command, made: Path) -> None:
    """Where nothing may be written the command says so in words."""
    made.chmod(stat.S_IRUSR | stat.S_IXUSR)
    try:
        ended = fieldkit_command("draw", course=made)
    finally:
        made.chmod(stat.S_IRWXU)
    assert ended.code == 1
    assert "Traceback" not in ended.err
