"""A protected course: a laptop that is lost gives away no name, and a passphrase that is forgotten loses no mark."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from conftest import Command

from fieldkit.course import Course
from fieldkit.model.marks import REMARKS
from fieldkit.record.sealed import new_keys
from fieldkit.record.sealed import seal as sealed
from fieldkit.steps.keeping.protect import open_names, readable
from fieldkit.steps.marking.score import Marking, give_marks

NUMBER = "KG-4471903"  # long enough not to turn up by chance in a packed file
REMARK = "Асанов was late, and calm all the same."


def given_away(folder: Path, secret: str) -> list[str]:
    """The files in which a text can be read as it stands."""
    wanted = secret.encode("utf-8")
    return [p.name for p in folder.rglob("*") if p.is_file() and wanted in p.read_bytes()]


@pytest.fixture
def protected(fieldkit_command: Command, tmp_path: Path, printed_course: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A course whose names went behind a passphrase before anything was drawn."""
    folder = tmp_path / "course"
    folder.mkdir()
    for name in ("course.yaml", "trainees.csv", "instructors.csv"):
        (folder / name).write_bytes((printed_course / name).read_bytes().replace(b"T01", NUMBER.encode()))
    monkeypatch.setenv("FIELDKIT_PASSPHRASE", "жашыруун сөз")
    assert fieldkit_command("protect", course=folder).code == 0
    monkeypatch.delenv("FIELDKIT_PASSPHRASE")
    for step in ("draw", "print"):
        assert fieldkit_command(step, course=folder).code == 0
    with Course(folder) as opened:
        sheet = next(s for s in opened.state.all_marked() if s.trainee)
        marks = {item.id: item.scale.marks[0].id for item in sheet.items} | {"rating": "4", REMARKS: REMARK}
        give_marks(opened, Marking(sheet.sheet, sheet.instructor, marks))
    return folder


@pytest.mark.parametrize("secret", ["Асанов", NUMBER, "Торугарт,", REMARK])
def test_nothing_in_the_folder_gives_a_name_away(protected: Path, secret: str) -> None:
    """No file of the course, record and pack included, has a name, a number or a remark in readable form."""
    assert given_away(protected, secret) == []


def test_reports_without_the_passphrase_carry_callsigns(fieldkit_command: Command, protected: Path) -> None:
    """Without the passphrase everything works, with callsigns in place of names."""
    assert fieldkit_command("report", course=protected).code == 0
    with Course(protected) as opened:
        assert {p.name for p in (protected / "reports" / "trainees").iterdir()} == {f"{n}.pdf" for n in opened.trainees}
        assert all(number.startswith("C") for number in opened.trainees)


def test_with_the_passphrase_names_and_remarks_are_there(
    fieldkit_command: Command, protected: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The right passphrase brings names and remarks back; a wrong one is refused."""
    from fieldkit.steps.evaluating.results import results_of
    from fieldkit.steps.keeping.protect import open_names

    with Course(protected) as opened:
        open_names(opened, "жашыруун сөз")
        assert "Асанов Бакыт" in {p.name for p in opened.trainees.values()}
        sheets = [sheet.marked for r in results_of(opened) for s in r.stations for sheet in s.sheets]
        assert REMARK in {sheet.mark(REMARKS) for sheet in sheets}
    monkeypatch.setenv("FIELDKIT_PASSPHRASE", "wrong")
    assert fieldkit_command("report", course=protected).code == 3


def test_a_forgotten_passphrase_loses_no_mark(fieldkit_command: Command, protected: Path) -> None:
    """With the names gone for good, every mark and result is still there."""
    (protected / "names.age").unlink()
    results = json.loads(fieldkit_command("results", "--json", course=protected).out)
    assert sum(s["passed"] is True for t in results["trainees"] for s in t["stations"]) == 1


def test_a_late_arrival_is_protected_too(
    fieldkit_command: Command, protected: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name added to the roster later goes behind the passphrase by the same command; nobody's callsign changes."""
    roster = protected / "trainees.csv"
    before = roster.read_text("utf-8")
    roster.write_text(before + "T99,Кеч Келген,\n", "utf-8")
    monkeypatch.setenv("FIELDKIT_PASSPHRASE", "жашыруун сөз")
    assert fieldkit_command("protect", course=protected).code == 0
    assert "Келген" not in roster.read_text("utf-8")
    assert set(before.splitlines()) <= set(roster.read_text("utf-8").splitlines())


def test_there_are_callsigns_for_everybody() -> None:
    """A large roster gets callsigns too, each its own."""
    from fieldkit.steps.keeping.protect import _callsign

    taken: set[str] = set()
    for _ in range(1200):
        taken.add(_callsign(taken))
    assert len(taken) == 1200


def test_without_a_passphrase_the_way_is_told(
    fieldkit_command: Command, course: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The refusal names what this command can do, and no option that it lacks."""
    monkeypatch.delenv("FIELDKIT_PASSPHRASE", raising=False)
    ended = fieldkit_command("protect", course=course)
    assert (ended.code, "FIELDKIT_PASSPHRASE" in ended.err, "--to" in ended.err) == (3, True, False)


def test_the_history_says_that_a_remark_is_sealed(fieldkit_command: Command, protected: Path) -> None:
    """On screen a sealed remark is called so, and is no heap of letters."""
    with Course(protected) as opened:
        sheet = next(s for s in opened.state.all_marked() if s.given.get(REMARKS))
    told = fieldkit_command("history", sheet.sheet, course=protected).out
    assert ("(sealed)" in told, "age:" in told) == (True, False)


def test_a_remark_of_a_laptop_that_was_protected_by_itself(
    fieldkit_command: Command, protected: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A remark that another laptop sealed with its own key stays sealed, and every report is written all the same."""
    with Course(protected) as opened:
        sheet = [s for s in opened.state.all_marked() if s.trainee][1]
        marks = {item.id: item.scale.marks[0].id for item in sheet.items} | {"rating": "4"}
        monkeypatch.setattr("fieldkit.record.sealed.seal", lambda text, public: sealed(text, new_keys()[0]))
        give_marks(opened, Marking(sheet.sheet, sheet.instructor, marks | {REMARKS: REMARK}))
    monkeypatch.setenv("FIELDKIT_PASSPHRASE", "жашыруун сөз")
    ended = fieldkit_command("report", course=protected)
    assert ended.code == 0, ended
    with Course(protected) as opened:
        open_names(opened, "жашыруун сөз")
        assert readable(opened, opened.state.marked(sheet.sheet)).mark(REMARKS) == "(sealed)"
