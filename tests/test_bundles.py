"""Several laptops become one course: nothing doubled, nothing lost, and what is no bundle of ours changes nothing."""

from __future__ import annotations

import json
import random
import shutil
from itertools import permutations
from pathlib import Path

import pytest
import scan_pictures as paper
from conftest import Command

from fieldkit.course import Course
from fieldkit.model.sheet import lay_out
from fieldkit.steps.marking.pages_read import crop_path, pages_read
from fieldkit.steps.marking.score import Marking, give_marks
from fieldkit.steps.scanning.review import to_review

PASSPHRASE = "кош келиңиз"


def files(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def entries(run: Command, course: Path) -> list[str]:
    return [json.loads(line)["hash"] for line in run("record", "--json", course=course).out.splitlines()]


@pytest.fixture
def laptops(course: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fieldkit_command: Command) -> list[Path]:
    """Open bundles of three laptops: each marked a sheet of its own, and all of them a fourth, one differently.

    They are not encrypted, because a passphrase takes a second to try, on purpose.
    """
    bundles = []
    for number in range(3):
        folder = tmp_path / f"laptop {number}"
        shutil.copytree(course, folder)
        monkeypatch.setenv("FIELDKIT_DEVICE", f"LAPTOP-{number}")
        with Course(folder) as opened:
            sheets = [s for s in opened.state.all_marked() if s.trainee]
            for sheet in (sheets[number], sheets[3]):
                marks = {i.id: i.scale.marks[0].id for i in sheet.items}
                rating = "5" if number == 2 else "3"
                give_marks(opened, Marking(sheet.sheet, sheet.instructor, marks | {"rating": rating}))
        bundles.append(tmp_path / f"{number}.bundle")
        assert fieldkit_command("bundle", "--open", bundles[-1], course=folder).code == 0
    monkeypatch.delenv("FIELDKIT_DEVICE")
    return bundles


@pytest.fixture
def sealed(course: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fieldkit_command: Command) -> Path:
    """A bundle of the course as it is, behind a passphrase."""
    monkeypatch.setenv("FIELDKIT_PASSPHRASE", PASSPHRASE)
    bundle = tmp_path / "sealed.bundle"
    assert fieldkit_command("bundle", bundle, course=course).code == 0
    return bundle


def test_any_order_gives_the_same_course(
    fieldkit_command: Command, course: Path, laptops: list[Path], tmp_path: Path
) -> None:
    """Three bundles merged in any order, one by one or together, give the same record, and again changes nothing."""
    seen = set()
    for number, order in enumerate(permutations(laptops)):
        folder = tmp_path / f"merged {number}"
        shutil.copytree(course, folder)
        assert fieldkit_command("merge", order[0], course=folder).code in (0, 4)
        assert fieldkit_command("merge", *order[1:], course=folder).code == 4
        seen.add(tuple(entries(fieldkit_command, folder)))
        before = entries(fieldkit_command, folder)
        fieldkit_command("merge", *order, course=folder)
        assert entries(fieldkit_command, folder) == before
        assert fieldkit_command("verify", course=folder).code == 0
    assert len(seen) == 1


def test_what_was_marked_differently_waits(fieldkit_command: Command, course: Path, laptops: list[Path]) -> None:
    """Marks that agree agree by themselves; the one that differs waits for a person."""
    fieldkit_command("merge", *laptops, course=course)
    waiting = json.loads(fieldkit_command("review", "--json", course=course).out)
    assert [one["item"] for one in waiting] == ["rating"]
    assert [value["mark"] for value in waiting[0]["values"]] == ["3", "3", "5"]


@pytest.mark.parametrize("what", ["empty", "text", "half", "flipped", "missing"])
def test_what_is_no_bundle_changes_nothing(
    fieldkit_command: Command, course: Path, sealed: Path, tmp_path: Path, what: str
) -> None:
    """An empty file, a text, half a bundle or one with a changed byte is refused with its reason."""
    whole = sealed.read_bytes()
    middle = len(whole) // 2
    made = {
        "empty": b"",
        "text": b"hello" * 99,
        "half": whole[:middle],
        "flipped": whole[:middle] + bytes([whole[middle] ^ 1]) + whole[middle + 1 :],
    }
    bad = tmp_path / "bad.bundle"
    if what in made:
        bad.write_bytes(made[what])
    before = files(course)
    ended = fieldkit_command("merge", bad, sealed, course=course)
    assert (ended.code, len(ended.err) > 20) == (3, True)
    assert files(course) == before


def test_the_wrong_passphrase_is_refused(
    fieldkit_command: Command, course: Path, sealed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without the right passphrase nothing is read and nothing is written."""
    monkeypatch.setenv("FIELDKIT_PASSPHRASE", "wrong")
    before = files(course)
    assert fieldkit_command("merge", sealed, course=course).code == 3
    assert files(course) == before


def test_another_courses_bundle_is_refused(fieldkit_command: Command, laptops: list[Path], tmp_path: Path) -> None:
    """A bundle of another course, even of the same title, is refused."""
    other = tmp_path / "other"
    sizes = ("--trainees", 2, "--stations", 1, "--instructors", 1, "--until", "draw")
    assert fieldkit_command("demo", other, "--seed", 99, *sizes).code == 0
    before = files(other)
    ended = fieldkit_command("merge", laptops[0], course=other)
    assert (ended.code, "course" in ended.err) == (3, True)
    assert files(other) == before


def test_a_new_laptop_is_set_up_by_a_bundle(
    fieldkit_command: Command, course: Path, laptops: list[Path], tmp_path: Path
) -> None:
    """A laptop with an empty course of its own takes everything from one bundle; files that differ are kept aside."""
    fresh = tmp_path / "fresh"
    assert fieldkit_command("new", fresh, "--code", "DEMO").code == 0
    own = (fresh / "course.yaml").read_bytes()
    assert fieldkit_command("merge", laptops[0], course=fresh).code == 0
    assert (fresh / "course.yaml").read_bytes() == own
    assert any(path.name == "course.yaml" for path in (fresh / "merged").rglob("*"))
    assert len(entries(fieldkit_command, fresh)) > len(entries(fieldkit_command, course))


def test_a_backup_brings_everything_back(
    fieldkit_command: Command, course: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After a backup stock TinyDB sees every entry, and the backup alone restores the record."""
    import tinydb

    monkeypatch.setenv("FIELDKIT_PASSPHRASE", PASSPHRASE)
    backup = tmp_path / "резерв.bundle"
    assert fieldkit_command("backup", backup, course=course).code == 0
    before = entries(fieldkit_command, course)
    with tinydb.TinyDB(course / "scores.json", access_mode="r", encoding="utf-8") as stock:
        assert sum(len(stock.table(name)) for name in stock.tables()) >= len(before)
    for name in ("scores.json", "scores.journal"):
        (course / name).unlink(missing_ok=True)
    assert fieldkit_command("merge", backup, course=course).code == 0
    assert entries(fieldkit_command, course) == before


def test_a_bundle_is_never_written_over(fieldkit_command: Command, course: Path, laptops: list[Path]) -> None:
    """A file that is there already is left alone."""
    before = laptops[0].read_bytes()
    assert fieldkit_command("bundle", "--open", laptops[0], course=course).code == 3
    assert laptops[0].read_bytes() == before


def test_no_passphrase_no_bundle(
    fieldkit_command: Command, course: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without a passphrase, a key or the explicit wish to leave it open, no bundle is made."""
    monkeypatch.delenv("FIELDKIT_PASSPHRASE", raising=False)
    monkeypatch.setattr("sys.stdin", None)
    assert fieldkit_command("bundle", tmp_path / "x.bundle", course=course).code == 3
    assert not (tmp_path / "x.bundle").exists()


def test_the_refused_one_of_several_is_named(
    fieldkit_command: Command, course: Path, laptops: list[Path], tmp_path: Path
) -> None:
    """Of several bundles the one that is no good is named, and a folder that is not there is told as such."""
    torn = tmp_path / "torn.bundle"
    torn.write_bytes(laptops[1].read_bytes()[:-9])
    ended = fieldkit_command("merge", laptops[0], torn, laptops[2], course=course)
    assert (ended.code, "torn.bundle" in ended.err, "0.bundle" in ended.err) == (3, True, False)
    ended = fieldkit_command("bundle", tmp_path / "nowhere" / "x.bundle", "--open", course=course)
    assert (ended.code, "no folder" in ended.err) == (3, True)


def test_two_laptops_photograph_one_sheet(
    fieldkit_command: Command, course: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A sheet that two laptops photographed has both pictures after the merge, each beside its own marks; what was not
    read surely on the other laptop is told, pictures are told by the number of their sheets."""
    with Course(course) as opened:
        sheet = next(s for s in opened.state.all_marked() if s.trainee)
        issued = opened.state.issued[sheet.sheet]
        boxes = lay_out(sheet.items, issued.paper)[0].boxes
        printed = paper.printed(opened.path(*issued.pages[0][0].split("/")), issued.pages[0][1])
    plain = next(item.id for item in sheet.items if not item.critical)
    for number in range(2):
        shutil.copytree(course, tmp_path / f"{number}")
        page = printed.copy()
        paper.mark(page, [box for box in boxes if box.item == plain][number], random.Random(1), "disc")
        (tmp_path / f"{number}.jpg").write_bytes(paper.jpeg(paper.photographed(page, random.Random(number))))
        monkeypatch.setenv("FIELDKIT_DEVICE", f"LAPTOP-{number}")
        assert fieldkit_command("scan", tmp_path / f"{number}.jpg", course=tmp_path / f"{number}").code == 4
        assert (
            fieldkit_command("bundle", "--open", tmp_path / f"{number}.bundle", course=tmp_path / f"{number}").code == 0
        )
    ended = fieldkit_command("merge", tmp_path / "1.bundle", course=tmp_path / "0")
    assert ended.code == 4
    assert "New pictures of 1 sheet," in ended.err
    assert "kept aside" not in ended.err
    assert ".png" not in ended.err
    assert "items wait for a person" in ended.err
    with Course(tmp_path / "0") as merged, Course(tmp_path / "1") as other:
        (one,) = [one for one in to_review(merged) if one["item"] == plain]
        (theirs,) = pages_read(other)
        crop = crop_path(theirs.picture, plain)
        assert crop in one["crops"]
        assert len(set(one["crops"])) == 2
        assert merged.path(*crop.split("/")).read_bytes() == other.path(*crop.split("/")).read_bytes()
        assert crop.split("/")[-2] in merged.path("scans", "review.html").read_text(encoding="utf-8")
