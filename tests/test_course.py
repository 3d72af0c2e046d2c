"""A course from folder to reports: drawing again keeps what was printed, printing again changes nothing."""

from __future__ import annotations

import errno
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from conftest import Command

from fieldkit.course import Course


def sheets(run: Command, course: Path) -> list[dict[str, Any]]:
    return json.loads(run("sheets", "--json", course=course).out)


def entries(run: Command, course: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in run("record", "--json", course=course).out.splitlines()]


def test_a_made_course_passes_its_own_check(fieldkit_command: Command, printed_course: Path) -> None:
    """Nothing is wrong with a course that fieldkit made."""
    assert fieldkit_command("check", course=printed_course).code == 0


def test_every_trainee_has_a_sheet_at_every_station(fieldkit_command: Command, printed_course: Path) -> None:
    """Six trainees at four stations have a sheet each; every printed page has a code of its own."""
    pages = sheets(fieldkit_command, printed_course)
    assert len({(s["trainee"], s["station"]) for s in pages if s["trainee"]}) == 24
    assert len({s["code"] for s in pages}) == len(pages)
    assert all(Path(s["pdf"]).exists() for s in pages)


def test_every_entry_of_the_record_is_there(fieldkit_command: Command, printed_course: Path) -> None:
    """The record can be read entry by entry, each with its hash and the one before."""
    found = entries(fieldkit_command, printed_course)
    assert [e["seq"] for e in found] == list(range(1, len(found) + 1))
    assert [e["prev"] for e in found[1:]] == [e["hash"] for e in found[:-1]]


def test_printing_again_changes_nothing(fieldkit_command: Command, course: Path) -> None:
    """The pack printed twice is the same to the byte, and no sheet is issued twice."""
    before = entries(fieldkit_command, course)
    pack = {p.name: p.read_bytes() for p in (course / "pack").rglob("*.pdf")}
    assert fieldkit_command("print", course=course).code == 0
    assert entries(fieldkit_command, course) == before
    assert {p.name: p.read_bytes() for p in (course / "pack").rglob("*.pdf")} == pack


def test_papers_of_an_earlier_print_are_named(fieldkit_command: Command, course: Path) -> None:
    """A file of a station that the course no longer has is named after printing, so that nobody uses it."""
    assert "earlier print" not in fieldkit_command("print", course=course).err
    (course / "pack" / "cards" / "S9.pdf").write_bytes(b"%PDF")
    assert "cards/S9.pdf" in fieldkit_command("print", course=course).err


def test_drawing_again_keeps_what_was_printed(fieldkit_command: Command, course: Path) -> None:
    """A second draw, even with another seed, leaves printed sheets and their exercises as they are."""
    before = sheets(fieldkit_command, course)
    assert fieldkit_command("draw", "--seed", "99", course=course).code == 0
    assert fieldkit_command("print", course=course).code == 0
    assert sheets(fieldkit_command, course) == before


def test_a_late_trainee_gets_sheets(fieldkit_command: Command, course: Path) -> None:
    """A trainee added after printing is drawn and printed in; everybody else's sheets keep their codes."""
    before = {s["code"] for s in sheets(fieldkit_command, course)}
    roster = course / "trainees.csv"
    roster.write_text(roster.read_text("utf-8") + "T99,Кеч Келген,,,KG\n", "utf-8")
    assert fieldkit_command("print", course=course).code == 3
    assert fieldkit_command("draw", course=course).code == 0
    assert fieldkit_command("print", course=course).code == 0
    after = sheets(fieldkit_command, course)
    assert before <= {s["code"] for s in after}
    assert {s["station"] for s in after if s["trainee"] == "T99"} == {"S1", "S2", "S3", "S4"}


def test_drawing_afresh_voids_the_old_sheets(fieldkit_command: Command, course: Path) -> None:
    """Drawn afresh, the old sheets are void and every code is new."""
    before = {s["code"] for s in sheets(fieldkit_command, course)}
    assert fieldkit_command("draw", "--afresh", "--seed", "12", course=course).code == 0
    assert fieldkit_command("print", course=course).code == 0
    after = sheets(fieldkit_command, course)
    assert {s["code"] for s in after if s["status"] != "void"}.isdisjoint(before)
    assert {s["code"] for s in after if s["status"] == "void"} == before
    assert fieldkit_command("check", course=course).code == 0


def test_a_changed_scenario_is_noticed(fieldkit_command: Command, course: Path) -> None:
    """A scenario edited after the draw is refused at printing, and check says so; marks can still be given."""
    from importlib.resources import files

    text = (files("fieldkit.scenarios") / "container-seal.yaml").read_text("utf-8")
    own = course / "scenarios" / "container-seal.yaml"
    own.parent.mkdir(exist_ok=True)
    version = next(line for line in text.splitlines() if line.startswith("version:"))
    own.write_text(text.replace(version, "version: 99"), "utf-8")
    assert "changed" in fieldkit_command("print", course=course).err
    assert "changed" in fieldkit_command("check", course=course).out
    assert fieldkit_command("status", course=course).code == 0


def test_reports_are_written(fieldkit_command: Command, course: Path) -> None:
    """Reports for trainees, stations and the course exist even when nothing was marked."""
    assert fieldkit_command("report", course=course).code == 0
    names = {p.relative_to(course / "reports").as_posix() for p in (course / "reports").rglob("*.pdf")}
    assert {"course.pdf", "trainees/T01.pdf", "stations/S1.pdf"} <= names


def test_status_counts_every_sheet(fieldkit_command: Command, course: Path) -> None:
    """Status has every issued sheet in exactly one state."""
    status = json.loads(fieldkit_command("status", "--json", course=course).out)
    with Course(course) as opened:
        issued = len(opened.state.issued)
    assert sum(status["total"].values()) + status["spares"] == issued
    assert status["total"] == {"issued": issued - status["spares"]}


def test_two_trainees_one_station(fieldkit_command: Command, tmp_path: Path) -> None:
    """The smallest course works as the largest does: one trainee, one station, one instructor."""
    folder = tmp_path / "small"
    ended = fieldkit_command("demo", folder, "--trainees", 1, "--stations", 1, "--instructors", 1)
    assert ended.code == 0, ended
    assert (folder / "reports" / "course.pdf").exists()


def test_a_new_course_is_made_whole_or_not_at_all(
    fieldkit_command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the disk is full, no example stays behind, and the same command works once there is room."""
    from fieldkit import files

    whole, room = files.write_whole, [2]

    def write(path: Path, pieces: Iterable[bytes]) -> int:
        room[0] -= 1
        if room[0] < 0:
            raise OSError(errno.ENOSPC, "No space left on device", str(path))
        return whole(path, pieces)

    monkeypatch.setattr("fieldkit.steps.preparing.new.write_whole", write)
    ended = fieldkit_command("new", tmp_path / "course")
    assert (ended.code, "disk is full" in ended.err) == (1, True)
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]
    room[0] = 99
    assert fieldkit_command("new", tmp_path / "course").code == 0


def test_people_who_may_not_be_meant_are_pointed_out(fieldkit_command: Command, tmp_path: Path) -> None:
    """Examples left in the rosters, the same name twice, and a trainee who is an instructor: all told, none refused."""
    folder = tmp_path / "course"
    assert fieldkit_command("new", folder).code == 0
    told = fieldkit_command("check", course=folder)
    assert (told.code, "EX-01, EX-02, EX-03, EX-04" in told.out, "EX-I1, EX-I2" in told.out) == (0, True, True)
    (folder / "trainees.csv").write_text("number,name\nT1,Ann\nT2,Bob\nT3,ann\n", encoding="utf-8")
    (folder / "instructors.csv").write_text("number,name\nT2,Bob\n", encoding="utf-8")
    told = fieldkit_command("check", course=folder)
    assert (told.code, "T1, T3" in told.out, "T2 is a trainee and an instructor" in told.out) == (0, True, True)
    assert "examples" not in told.out


def test_status_before_printing_says_what_comes_first(fieldkit_command: Command, tmp_path: Path) -> None:
    """Where no sheet was printed, the status says what to do and not that nothing is missing."""
    fieldkit_command("new", tmp_path / "course")
    told = fieldkit_command("status", course=tmp_path / "course")
    assert (told.code, "fieldkit draw, fieldkit print" in told.out) == (0, True)


def test_status_names_trainees_in_the_order_of_the_roster(fieldkit_command: Command, course: Path) -> None:
    """People are found in the status where they are found in the roster."""
    lines = fieldkit_command("status", course=course).out.partition("Trainees\n")[2].splitlines()[:6]
    assert [line.split()[0] for line in lines] == [f"T{n:02}" for n in range(1, 7)]
