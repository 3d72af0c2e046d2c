"""The commands of those who write scenarios: list, preview, check, new, pack, install."""

from __future__ import annotations

import json
import zipfile
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


def key(folder: Path, text: str = "a key that the centres share") -> str:
    path = folder / f"{abs(hash(text))}.key"
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_a_scenario_travels_signed(fieldkit_command: Command, course: Path, tmp_path: Path) -> None:
    """Packed here, installed there: the same bytes; the library's own files are not copied."""
    assert fieldkit_command("scenario", "new", "own-seal", course=course).code == 0
    packed, there = tmp_path / "own.zip", tmp_path / "there"
    there.mkdir()
    (there / "course.yaml").write_text("code: B\ntitle: B\n", encoding="utf-8")
    assert (
        fieldkit_command("scenario", "pack", "own-seal", str(packed), "--key", key(tmp_path), course=course).code == 0
    )

    assert fieldkit_command("scenario", "install", str(packed), "--key", key(tmp_path), course=there).code == 0
    written = sorted(path.relative_to(there).as_posix() for path in there.rglob("*.yaml"))
    assert written == ["course.yaml", "scenarios/own-seal.yaml"]
    assert (there / written[1]).read_bytes() == (course / written[1]).read_bytes()


def test_a_changed_or_foreign_file_is_refused(fieldkit_command: Command, course: Path, tmp_path: Path) -> None:
    """Another key, a changed byte, a name that leads out, a file that is no ZIP: nothing is written."""
    packed = tmp_path / "one.zip"
    assert fieldkit_command("scenario", "pack", "container-seal", str(packed), "--key", key(tmp_path)).code == 0
    with zipfile.ZipFile(packed) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}

    def refused(data: dict[str, bytes], **how: str) -> bool:
        bad = tmp_path / "bad.zip"
        with zipfile.ZipFile(bad, "w") as archive:
            for name, content in data.items():
                archive.writestr(name, content)
        done = fieldkit_command("scenario", "install", str(bad), "--key", how.get("key", key(tmp_path)), course=course)
        return done.code == 3 and not (course / "scenarios").exists()

    assert refused(files, key=key(tmp_path, "another key, quite another"))
    assert refused({**files, "scenarios/container-seal.yaml": files["scenarios/container-seal.yaml"] + b"#"})
    assert refused({**files, "../evil.yaml": b"id: evil"})
    (tmp_path / "no.zip").write_bytes(b"no zip")
    assert (
        fieldkit_command("scenario", "install", str(tmp_path / "no.zip"), "--key", key(tmp_path), course=course).code
        == 3
    )
    assert (
        fieldkit_command("scenario", "pack", "container-seal", str(packed), "--key", key(tmp_path, "short")).code == 3
    )


def test_what_is_there_is_replaced_only_when_asked(fieldkit_command: Command, course: Path, tmp_path: Path) -> None:
    """A course's own scenario of that id stays, unless --replace says otherwise."""
    packed = tmp_path / "one.zip"
    fieldkit_command("scenario", "new", "own-seal", course=course)
    fieldkit_command("scenario", "pack", "own-seal", str(packed), "--key", key(tmp_path), course=course)
    own = course / "scenarios" / "own-seal.yaml"
    whole = own.read_text(encoding="utf-8")
    own.write_text(whole.replace("minutes: 10", "minutes: 12"), encoding="utf-8")

    assert fieldkit_command("scenario", "install", str(packed), "--key", key(tmp_path), course=course).code == 3
    assert "minutes: 12" in own.read_text(encoding="utf-8")
    assert (
        fieldkit_command("scenario", "install", str(packed), "--key", key(tmp_path), "--replace", course=course).code
        == 0
    )
    assert own.read_text(encoding="utf-8") == whole
