"""`fieldkit selftest`: a sheet that says how to fill it, and what came of it."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import scan_pictures as paper

from fieldkit.cli.main import run
from fieldkit.course import Course
from fieldkit.errors import BadInput
from fieldkit.scan import bins
from fieldkit.steps.demo import DemoSize, run_demo
from fieldkit.steps.scanning.scan import scan
from fieldkit.steps.scanning.selftest import SELFTEST, _remedy, earlier_selftests, take_selftest
from fieldkit.steps.scanning.selftest_sheet import clear_rows, page_of, print_selftest


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Course]:
    folder = tmp_path_factory.mktemp("selftest") / "course"
    run_demo(folder, DemoSize(1, 1, 1), 3, until="print")
    with Course(folder) as opened:
        yield opened


def filled(course: Course, file: Path, *, wrong: str = "", ink: tuple[int, int] = paper.PEN, dim: float = 1.0) -> Path:
    """The printed sheet, filled as it says (but for the row `wrong`) and photographed."""
    rng = random.Random(1)
    page = paper.printed(print_selftest(course))
    key = clear_rows()
    boxes = {(box.item, box.mark): box for box in page_of(course.settings.paper).boxes}
    if wrong:
        key[wrong] = next(mark for mark in "1234" if mark != key[wrong])
    for row, mark in key.items():
        paper.mark(page, boxes[row, mark], rng, row.partition("-")[0].replace("filled", "disc"), ink)
    for mark in "13":
        paper.mark(page, boxes["double", mark], rng, "cross")
    paper.strike(page, boxes["struck", "2"], rng)
    picture = paper.photographed(page, rng)
    file.write_bytes(paper.jpeg((picture * dim).astype(np.uint8)))
    return file


def test_a_sheet_filled_as_it_says(course: Course, tmp_path: Path) -> None:
    """All clear rows are read, the odd ones are left to a person, and what came of it stays with the course."""
    test = take_selftest(course, [filled(course, tmp_path / "a.jpg")], "blue pen, old phone")
    assert (test.right, test.clear, test.wrong, test.asked, test.odd) == (len(clear_rows()),) * 2 + ((), 3, 3)
    assert test.advice == ["This printer, pen and phone do well."]
    assert course.record.entries[-1].kind == SELFTEST
    (kept,) = [one for one in earlier_selftests(course) if one.note]
    assert (kept.right, kept.note, kept.advice) == (test.right, "blue pen, old phone", test.advice)
    assert kept.at


def test_a_row_that_is_not_as_it_should_be(course: Course, tmp_path: Path) -> None:
    """A row that reads otherwise than its key is told by its printed number, and scanning is advised against."""
    test = take_selftest(course, [filled(course, tmp_path / "a.jpg", wrong="tick-1")])
    assert [row for row, _, _ in test.wrong] == [5]
    assert not test.trusted
    assert "Row 5 was read as box" in test.advice[0]
    assert "do not scan" in test.advice[1]


def test_a_row_that_is_wrong_in_every_picture(course: Course, tmp_path: Path) -> None:
    """With several pictures of one sheet a row that reads wrongly is told once."""
    files = [filled(course, tmp_path / f"{n}.jpg", wrong="tick-1") for n in range(2)]
    test = take_selftest(course, files)
    assert [row for row, _, _ in test.wrong] == [5, 5]
    assert sum("Row 5 was read" in sentence for sentence in test.advice) == 1


def test_a_pen_that_is_too_faint(course: Course, tmp_path: Path) -> None:
    """Marks too faint to be sure of are left to a person, and a darker pen is advised."""
    test = take_selftest(course, [filled(course, tmp_path / "a.jpg", ink=(205, 215))])
    assert test.right < test.clear
    assert test.trusted
    assert any("darker pen" in sentence for sentence in test.advice)
    assert all("(Rows: " in sentence for sentence in test.advice)
    assert sorted({row for rows in test.rows.values() for row in rows}) == list(range(1, 13))
    assert earlier_selftests(course)[-1].advice == test.advice
    assert not any("do well" in sentence for sentence in test.advice)


def test_pictures_that_cannot_be_read(course: Course, tmp_path: Path) -> None:
    """A picture without the sheet, and one taken in the dark, are named with why; a text is no picture."""
    (tmp_path / "part.jpg").write_bytes(paper.jpeg(paper.printed(print_selftest(course))[:200, :200]))
    (tmp_path / "text.jpg").write_text("no picture", encoding="utf-8")
    filled(course, tmp_path / "dark.jpg", dim=0.06)
    test = take_selftest(course, [tmp_path])
    assert (test.pictures, len(test.refused), test.clear) == (3, 3, 0)
    assert all(why.partition(": ")[2] for why in test.refused)
    assert test.advice[0] == "No picture could be read."


def test_it_never_becomes_marks(course: Course, tmp_path: Path) -> None:
    """The sheet of a self-test among the scoresheets is told as such, and nothing of it is recorded."""
    entries = len(course.record.entries)
    (page,) = scan(course, [filled(course, tmp_path / "a.jpg")]).pages
    assert page.bin == "not-ours"
    assert "fieldkit selftest" in page.why
    assert len(course.record.entries) == entries


def test_a_scoresheet_is_no_self_test(course: Course, tmp_path: Path) -> None:
    """A scoresheet given to the self-test is refused by name."""
    issued = next(iter(course.state.issued.values()))
    page = paper.printed(course.path(*issued.pages[0][0].split("/")))
    (tmp_path / "a.jpg").write_bytes(paper.jpeg(page))
    test = take_selftest(course, [tmp_path / "a.jpg"])
    assert test.refused == ("a.jpg: it is not the self-test sheet of this course",)


def test_before_the_draw(tmp_path: Path) -> None:
    """A course that was not drawn has no codes yet, and says what to do."""
    run_demo(tmp_path / "new", DemoSize(1, 1, 1), 3, until="draw")
    for name in ("scores.json", "scores.journal"):
        (tmp_path / "new" / name).unlink(missing_ok=True)
    with Course(tmp_path / "new") as course, pytest.raises(BadInput, match="not been drawn"):
        print_selftest(course)


def test_the_command(course: Course, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Without pictures it prints the sheet and lists what was tried; with them it says how it went."""
    where = ["--course", str(course.folder), "selftest"]
    picture = str(filled(course, tmp_path / "a.jpg"))
    assert run([*where, picture, "--note", "the good pen"]) == 0
    assert "12 of 12 rows read right" in capsys.readouterr().out
    assert run([*where, picture, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["advice"] == ["This printer, pen and phone do well."]
    assert run(where) == 0
    out = capsys.readouterr().out
    assert Path(out.splitlines()[0]).exists()
    assert "the good pen" in out
    assert run([*where, str(filled(course, tmp_path / "b.jpg", wrong="cross-0"))]) == 1
    assert run([*where, str(tmp_path / "nothing.jpg")]) == 3


def test_every_doubt_has_its_remedy() -> None:
    """Whatever a row may be left to a person for, the self-test says what to change."""
    doubts = {value for name, value in vars(bins).items() if name.isupper() and isinstance(value, str)}
    assert len(doubts) >= 7
    assert [why for why in doubts if _remedy(why) == why] == []
