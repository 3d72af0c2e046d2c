"""A centre's scenarios in a folder that its courses share: they work exactly like the library's and the course's."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from conftest import Command

from fieldkit.errors import BadInput
from fieldkit.generator.draw import draw_exercise
from fieldkit.library.load import Library, load_library
from fieldkit.library.shared import KEY, VARIABLE
from fieldkit.library.templates import scenario_template


@pytest.fixture
def shared(tmp_path: Path) -> Path:
    """The centre's folder, with a scenario of its own, one in place of the library's, a point list and a scoresheet."""
    folder = tmp_path / "наш центр"
    (folder / "scenarios" / "points").mkdir(parents=True)
    (folder / "scoresheets").mkdir()
    put(folder, "centre-seal")
    put(folder, "container-seal")
    (folder / "scenarios" / "points" / "gate.yaml").write_text(
        "id: gate\nversion: 1\ntitle: Gate\nsource: own\npoints:\n  - {number: 1, point: doors}\n", encoding="utf-8"
    )
    return folder


def put(folder: Path, name: str, title: str = "Of the centre") -> Path:
    path = folder / "scenarios" / f"{name}.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(scenario_template(name).replace("Title of the exercise", title), encoding="utf-8")
    return path


def with_key(course: Path, folder: Path | str) -> Library:
    path = course / "course.yaml"
    path.write_text(f"{path.read_text(encoding='utf-8')}\n{KEY}: '{folder}'\n", encoding="utf-8")
    return load_library(course)


def test_a_shared_folder_works_like_the_library(course: Path, shared: Path) -> None:
    """Named in course.yaml, in full or from the course's folder on: its scenarios are found, drawn and told apart."""
    library = with_key(course, Path("..") / shared.name if shared.parent == course.parent else shared)

    assert library.problems == []
    assert library.origins["centre-seal"] == library.origins["container-seal"] == "shared"
    assert library.origins["documents-desk"] == "library"
    assert library.own == {"centre-seal", "container-seal"}
    assert "gate" in library.point_lists
    assert library.scenario("container-seal").title["en"] == "Of the centre"
    assert draw_exercise(library.scenario("centre-seal"), library, 2, clean=False).planted


def test_it_may_be_named_in_the_environment(
    shared: Path, course: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fieldkit_command: Command
) -> None:
    """For all courses at once, and where there is no course at all; course.yaml goes before it."""
    monkeypatch.setenv(VARIABLE, str(shared))
    assert load_library().origins["centre-seal"] == "shared"
    assert load_library(course).origins["centre-seal"] == "shared"
    listed = json.loads(fieldkit_command("scenario", "list", "--json").out)
    assert {row["scenario"] for row in listed if row["from"] == "shared"} == {"centre-seal", "container-seal"}
    other = tmp_path / "other"
    put(other, "other-seal")
    library = with_key(course, other)
    assert (library.origins.get("other-seal"), library.origins.get("centre-seal")) == ("shared", None)


def test_an_id_that_is_in_both_places_is_named(course: Path, shared: Path, fieldkit_command: Command) -> None:
    """The course's own counts, and the check says so, with both files."""
    own = put(course, "centre-seal", "Of the course")
    library = with_key(course, shared)

    assert library.scenario("centre-seal").title["en"] == "Of the course"
    (told,) = [str(problem) for problem in library.problems]
    assert told.startswith(f"{own}:1:1: warning: ")
    assert str(shared / "scenarios" / "centre-seal.yaml") in told
    assert "centre-seal" in fieldkit_command("check", course=course).err + fieldkit_command("check", course=course).out


def test_a_folder_that_is_not_there_is_refused(course: Path, fieldkit_command: Command) -> None:
    """With the drive unplugged nothing is drawn from other scenarios in silence."""
    with pytest.raises(BadInput, match="no such folder is not there"):
        with_key(course, "no such folder")
    done = fieldkit_command("draw", course=course)
    assert done.code == 3
    assert "shared folder" in done.err


def test_what_is_wrong_in_it_is_told_with_its_place(course: Path, shared: Path) -> None:
    """A mistake in a shared file is told with file and line like any other."""
    path = put(shared, "centre-seal")
    path.write_text(path.read_text(encoding="utf-8").replace("minutes: 10", "minutes: ten"), encoding="utf-8")
    library = with_key(course, shared)

    assert any(str(problem).startswith(f"{path}:") and "minutes" in problem.what for problem in library.problems)
    with pytest.raises(BadInput, match="minutes"):
        library.scenario("centre-seal")
