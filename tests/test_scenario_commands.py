"""The commands of those who write scenarios: list, preview, check, new, images."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from conftest import Command

from fieldkit.library.checks import check_scenarios
from fieldkit.library.load import load_library
from fieldkit.library.templates import scenario_template


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """A course folder, as far as scenarios need one."""
    folder = tmp_path / "Торугарт"
    folder.mkdir()
    (folder / "course.yaml").write_text("code: A\ntitle: A\n", encoding="utf-8")
    return folder


def test_a_list_can_be_narrowed(fieldkit_command: Command) -> None:
    """Subject, unit, minutes, difficulty and language each leave out what does not fit."""
    everything = json.loads(fieldkit_command("scenario", "list", "--json").out)
    assert len(everything) >= 28
    for option, value, fits in (
        ("--subject", "risk", lambda s: s["subject"] == "risk"),
        ("--unit", "tanker", lambda s: s["unit"] == "tanker"),
        ("--minutes", "12", lambda s: s["minutes"] <= 12),
        ("--difficulty", "2", lambda s: s["difficulty"] == 2),
    ):
        found = json.loads(fieldkit_command("scenario", "list", option, value, "--json").out)
        assert found
        assert found == [s for s in everything if fits(s)]
    russian = json.loads(fieldkit_command("scenario", "list", "--in", "ru", "--json").out)
    assert [s["scenario"] for s in russian] == [s["scenario"] for s in everything]
    assert fieldkit_command("scenario", "list", "--in", "xx").code == 2


def test_variants_stand_side_by_side(fieldkit_command: Command) -> None:
    """One line for each seed, the clean ones named, levels added up."""
    rows = json.loads(fieldkit_command("scenario", "preview", "risk-channels", "--seeds", "0..7", "--json").out)

    assert [row["seed"] for row in rows] == list(range(8))
    assert sum(row["clean"] for row in rows) == 2
    assert all(row["difficulty"] == sum(level for _, level in row["codes"]) for row in rows)
    assert fieldkit_command("scenario", "preview", "risk-channels", "--seeds", "9..3").code == 2


def test_a_new_scenario_can_be_drawn_as_it_stands(fieldkit_command: Command, course: Path) -> None:
    """`scenario new` writes a file that passes the check; a second one of that name is refused."""
    assert fieldkit_command("scenario", "new", "own-seal", course=course).code == 0
    library = load_library(course)
    assert [str(p) for p in (*library.problems, *check_scenarios(library))] == []
    assert (course / "scenarios" / "own-seal.yaml").read_text(encoding="utf-8") == scenario_template("own-seal")
    assert fieldkit_command("scenario", "check", "own-seal", "--seeds", "12", course=course).code == 0
    assert fieldkit_command("scenario", "new", "own-seal", course=course).code == 3
    assert fieldkit_command("scenario", "new", "Own Seal", course=course).code == 3


def test_a_faulty_scenario_fails_the_check(fieldkit_command: Command, course: Path) -> None:
    """A scenario that cannot hold ends with 3 and says why."""
    (course / "scenarios").mkdir()
    path = course / "scenarios" / "bad.yaml"
    path.write_text(scenario_template("bad").replace("[cmr, seal-log, seal]", "[cmr]"), encoding="utf-8")

    done = fieldkit_command("scenario", "check", "bad", course=course)
    assert done.code == 3
    assert "D02 cannot be seen" in done.out


def test_images_are_shown_on_a_screen_without_the_key(fieldkit_command: Command, course: Path, tmp_path: Path) -> None:
    """One HTML file with an image, a grid and a decision for each plate; nothing from outside, nothing of the key."""
    pytest.importorskip("numpy")
    page = tmp_path / "снимки.html"
    done = fieldkit_command("scenario", "images", "scanner-container-images", str(page), "--seed", "3", "--lang", "ru")
    assert done.code == 0
    text = page.read_text(encoding="utf-8")
    assert text.count("<section ") == 6
    assert text.count("data:image/png;base64,") == 12
    assert 'data-cell="L4"' in text
    words = re.sub(r"base64,[^\"]+", "", text)
    assert "http" not in words
    assert not re.search(r"X0\d|planted|clean|odd", words)

    refused = fieldkit_command("scenario", "images", "container-seal", str(page))
    assert (refused.code, refused.err.count("Traceback")) == (3, 0)
    assert fieldkit_command("scenario", "images", "S9", str(page), "--group", "G1", course=course).code == 3
