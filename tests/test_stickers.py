"""Spare sheets with a personal sticker: whose they become, and when a person is asked."""

from __future__ import annotations

import json
import random
import shutil
from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
import pypdfium2
import pytest
import scan_pictures as paper
import zxingcpp

from fieldkit.cli.main import run
from fieldkit.course import Course
from fieldkit.model.codes import Code, parse_code, person_id
from fieldkit.model.sheet import STICKER, lay_out
from fieldkit.model.state import BOUND, VOIDED
from fieldkit.paper.code import matrix
from fieldkit.record.merge import merge_entries
from fieldkit.steps.demo import DemoSize, run_demo
from fieldkit.steps.marking.changes import bind, void
from fieldkit.steps.marking.pages_read import PageRead
from fieldkit.steps.marking.score import Marking, give_marks
from fieldkit.steps.preparing.draw import draw_course
from fieldkit.steps.preparing.pack import print_course
from fieldkit.steps.scanning.readings import waiting_readings
from fieldkit.steps.scanning.review import settle_items
from fieldkit.steps.scanning.scan import scan
from fieldkit.steps.scanning.spares import foretold

Stuck = tuple[str, float, float]  # a trainee, and where the corner of the sticker is (x, y in millimetres)


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("stickers") / "course"
    run_demo(folder, DemoSize(3, 1, 2), 5, until="print")
    return folder


@pytest.fixture
def course(printed: Path, tmp_path: Path) -> Iterator[Course]:
    shutil.copytree(printed, tmp_path / "course")
    with Course(tmp_path / "course") as opened:
        yield opened


def spares(course: Course) -> list[str]:
    return [s.sheet for s in course.state.all_marked() if not s.trainee]


def own(course: Course, trainee: str) -> str:
    return next(s.sheet for s in course.state.all_marked() if s.trainee == trainee and s.copy == 1)


def stickers(course: Course) -> dict[str, paper.Grey]:
    """Each trainee's sticker, cut out of the printed page."""
    page = paper.printed(course.path("pack", "stickers.pdf"))
    people = {person_id(course.state.key, number): number for number in course.trainees}
    cut = {}
    for code in zxingcpp.read_barcodes(page):
        middle = [(code.position.top_left.x + code.position.bottom_right.x) / 2, code.position.top_left.y]
        left, top = round(middle[0] - STICKER[0] / 2 * paper.PER_MM), round(middle[1] - 4 * paper.PER_MM)
        label = page[top : top + round(STICKER[1] * paper.PER_MM), left : left + round(STICKER[0] * paper.PER_MM)]
        cut[people[parse_code(code.text).id]] = label
    return cut


def picture(
    course: Course,
    sheet: str,
    file: Path,
    *stuck: Stuck,
    labels: dict[str, paper.Grey] | None = None,
    seed: int = 1,
    number: int = 1,
) -> dict[str, str]:
    """A page of a sheet filled in with stickers on it, photographed; returns its marks. No critical item fails."""
    issued, marked, rng = course.state.issued[sheet], course.state.marked(sheet), random.Random(seed)
    layout = lay_out(marked.items, issued.paper)[number - 1]
    pdf, pdf_page = issued.pages[number - 1]
    page = paper.printed(course.path(*pdf.split("/")), pdf_page)
    fails = {(i.id, m.id) for i in marked.items for m in i.scale.marks if i.fails_with(m)}
    marks = {}
    for item in dict.fromkeys(box.item for box in layout.boxes):
        box = rng.choice([b for b in layout.boxes if b.item == item and (item, b.mark) not in fails])
        paper.mark(page, box, rng)
        marks[item] = box.mark
    for trainee, x, y in stuck:
        label = (labels or stickers(course))[trainee]
        turn = cv2.getRotationMatrix2D((label.shape[1] / 2, label.shape[0] / 2), rng.uniform(-6, 6), 1)
        turn[:, 2] += np.array([x, y]) * paper.PER_MM
        cv2.warpAffine(label, turn, page.shape[::-1], dst=page, borderMode=cv2.BORDER_TRANSPARENT)
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(paper.jpeg(paper.photographed(page, rng)))
    return marks


def here(course: Course, trainee: str) -> Stuck:
    """On the place printed for it."""
    return trainee, *lay_out(course.state.marked(spares(course)[0]).items)[0].sticker_corner


def sticker(course: Course, trainee: str) -> str:
    """What the code on a trainee's sticker says."""
    return str(Code("P", course.state.code, person_id(course.state.key, trainee)))


def standing(course: Course, sheet: str) -> dict[str, str | None]:
    marked = course.state.marked(sheet)
    return {item: marked.mark(item) for item in marked.due if marked.standing(item)}


def test_every_trainee_has_a_sticker(course: Course) -> None:
    """The page of stickers has one code for each trainee, which says nothing of whose it is; a late one gets his too,
    and the others keep theirs."""
    before = stickers(course)
    assert set(before) == set(course.trainees)
    text = pypdfium2.PdfDocument(course.path("pack", "stickers.pdf"))[0].get_textpage().get_text_range()
    assert all(person.name in text for person in course.trainees.values() if person.name.isascii())
    ids = {number: person_id(course.state.key, number) for number in course.trainees}
    assert not any(number in ident for number, ident in ids.items())
    roster = course.path("trainees.csv")
    late = roster.read_text(encoding="utf-8").splitlines()[1].replace("T01", "T99")
    roster.write_text(roster.read_text(encoding="utf-8") + late + "\n", encoding="utf-8")
    course.__dict__.pop("trainees")
    draw_course(course)
    print_course(course)
    assert set(stickers(course)) == {*ids, "T99"}
    assert {number: person_id(course.state.key, number) for number in ids} == ids


def test_a_sticker_says_whose_a_spare_is(course: Course, tmp_path: Path) -> None:
    """A spare sheet with a sticker on its place becomes that trainee's, its marks are recorded, his empty sheet is
    void, and it is told."""
    spare = spares(course)[0]
    marks = picture(course, spare, tmp_path / "a.jpg", here(course, "T02"))
    scanned = scan(course, [tmp_path / "a.jpg"])
    (page,) = scanned.pages
    assert (page.bin, page.why) == ("read", "given to T02 by the sticker on it")
    assert not scanned.waiting
    assert (course.state.marked(spare).trainee, standing(course, spare)) == ("T02", marks)
    assert course.state.marked(own(course, "T02")).voided


def test_a_sticker_anywhere_on_the_page(course: Course, tmp_path: Path) -> None:
    """A sticker that was not stuck on its place is found as well; the boxes it covers go to a person."""
    spare = spares(course)[0]
    marks = picture(course, spare, tmp_path / "a.jpg", ("T01", 40, 245))
    scan(course, [tmp_path / "a.jpg"])
    assert (course.state.marked(spare).trainee, standing(course, spare)) == ("T01", marks)
    covered = spares(course)[0]
    marks = picture(course, covered, tmp_path / "b.jpg", ("T03", 150, 100))
    (page,) = scan(course, [tmp_path / "b.jpg"]).pages
    assert page.bin == "review"
    assert course.state.marked(covered).trainee == "T03"
    got = standing(course, covered)
    assert got.items() < marks.items()


def test_a_sticker_beside_the_sheet(course: Course, tmp_path: Path) -> None:
    """A sticker that lies on the desk, not on the sheet, says nothing; on the sheet another one counts."""
    one, two = spares(course)[:2]
    labels = stickers(course)
    for number, (sheet, stuck) in enumerate([(one, ()), (two, (here(course, "T02"),))]):
        picture(course, sheet, tmp_path / "a.jpg", *stuck, labels=labels, seed=number)
        photo = cv2.imdecode(np.fromfile(tmp_path / "a.jpg", np.uint8), cv2.IMREAD_GRAYSCALE)
        label = cv2.resize(labels["T01"], (238, 245), interpolation=cv2.INTER_AREA)
        wider = np.full((photo.shape[0], photo.shape[1] + 260), 80, np.uint8)
        wider[:, 260:], wider[900:1145, 10:248] = photo, label
        (tmp_path / f"{number}.jpg").write_bytes(paper.jpeg(wider))
    assert len(zxingcpp.read_barcodes(wider)) == 3
    scan(course, [tmp_path / "0.jpg", tmp_path / "1.jpg"])
    assert not course.state.marked(one).trainee
    assert course.state.marked(two).trainee == "T02"


@pytest.mark.parametrize(
    ("stuck", "says"), [((), "without a sticker"), (("T01", "T02"), "several stickers, T01, T02")], ids=["none", "two"]
)
def test_who_is_not_sure(course: Course, tmp_path: Path, stuck: tuple[str, ...], says: str) -> None:
    """Without a sticker, or with two, the spare waits for a person; with its marks it is given when he says whose."""
    spare = spares(course)[0]
    places = [(trainee, 60 + 50 * n, 240) for n, trainee in enumerate(stuck)]
    marks = picture(course, spare, tmp_path / "a.jpg", *places)
    scanned = scan(course, [tmp_path / "a.jpg"])
    assert scanned.waiting
    assert not course.state.marked(spare).trainee
    (one,) = waiting_readings(course)
    assert (one["sheet"], one["item"]) == (spare, "sheet")
    assert says in one["why"]
    settle_items(course, spare, {"sheet": "T02"}, next(iter(course.instructors)), "", {})
    assert standing(course, spare) == marks
    assert waiting_readings(course) == []


@pytest.mark.parametrize(("code", "says"), [("OSH25", "of the course OSH25"), ("DEMO", "of nobody in the roster")])
def test_a_sticker_of_another_course(course: Course, tmp_path: Path, code: str, says: str) -> None:
    """A sticker of another course is named, and gives the sheet to nobody."""
    spare = spares(course)[0]
    dark = np.kron(matrix(str(Code("P", code, "0123456789ABCDEF"))), np.ones((9, 9)))
    label = np.pad(np.where(dark > 0, 0, 255).astype(np.uint8), 36, constant_values=255)
    picture(course, spare, tmp_path / "a.jpg", here(course, "T01"), labels={"T01": label})
    scan(course, [tmp_path / "a.jpg"])
    assert not course.state.marked(spare).trainee
    assert says in waiting_readings(course)[0]["why"]


def test_a_trainee_who_has_marks_there(course: Course, tmp_path: Path) -> None:
    """Where the trainee's own sheet is marked already, or is among the pictures, no spare is given in silence."""
    spare, first = spares(course)[0], own(course, "T01")
    folder = tmp_path / "in"
    picture(course, spare, folder / "a.jpg", here(course, "T01"))
    marks = picture(course, first, folder / "b.jpg")
    scanned = scan(course, [folder])
    assert [page.bin for page in scanned.pages] == ["review", "read"]
    assert standing(course, first) == marks
    assert "is it a retake?" in waiting_readings(course)[0]["why"]
    settle_items(course, spare, {"sheet": "T01"}, next(iter(course.instructors)), "", {})
    assert course.state.marked(spare).attempt == 2


def test_two_spares_with_the_same_sticker(course: Course, tmp_path: Path) -> None:
    """Two spares of one station that carry one trainee's sticker both wait."""
    one, two, *_ = spares(course)
    picture(course, one, tmp_path / "in" / "a.jpg", here(course, "T01"))
    picture(course, two, tmp_path / "in" / "b.jpg", here(course, "T01"), seed=2)
    scan(course, [tmp_path / "in"])
    assert {w["sheet"] for w in waiting_readings(course)} == {one, two}
    void(course, two, next(iter(course.instructors)), "spoiled")
    scan(course, [tmp_path / "in"])
    assert course.state.marked(one).trainee == "T01"


@pytest.mark.parametrize("said", ["spare", "own", "retake"])
def test_the_own_sheet_turns_up_later(course: Course, tmp_path: Path, said: str) -> None:
    """A sheet that is photographed marked after a spare took its place waits, until a person says which counts."""
    spare, first, by = spares(course)[0], own(course, "T01"), next(iter(course.instructors))
    spare_marks = picture(course, spare, tmp_path / "a.jpg", here(course, "T01"))
    marks = picture(course, first, tmp_path / "b.jpg", seed=3)
    scan(course, [tmp_path / "a.jpg"])
    assert scan(course, [tmp_path / "b.jpg"]).waiting
    (one,) = waiting_readings(course)
    assert (one["sheet"], one["item"]) == (first, "sheet")
    settle_items(course, first, {"sheet": said}, by, "asked the instructor", {})
    assert waiting_readings(course) == []
    own_sheet, other = course.state.marked(first), course.state.marked(spare)
    assert (bool(own_sheet.voided), bool(other.voided)) == {"spare": (True, False), "own": (False, True)}.get(
        said, (False, False)
    )
    assert (first in course.state.voided) == (said == "spare")
    assert other.attempt == (2 if said == "retake" else 1)
    assert standing(course, spare) == spare_marks
    assert standing(course, first) == ({} if said == "spare" else marks)


def test_another_laptop_had_typed_marks(course: Course, tmp_path: Path) -> None:
    """Where marks of the own sheet come in from another laptop after a spare took its place, both wait for a person."""
    spare, first = spares(course)[0], course.state.marked(own(course, "T01"))
    give_marks(course, Marking(first.sheet, first.instructor, {"rating": "3"}), whole=False)
    course.append(
        [
            (VOIDED, {"sheet": first.sheet, "why": "replaced", "spare": spare}),
            (BOUND, {"sheet": spare, "trainee": "T01", "attempt": 1, "why": ""}),
        ],
        "scan",
    )
    (one,) = waiting_readings(course)
    assert (one["sheet"], one["item"], one["crop"]) == (first.sheet, "sheet", "")
    settle_items(course, first.sheet, {"sheet": "own"}, first.instructor, "", {})
    assert (course.state.marked(first.sheet).mark("rating"), course.state.marked(spare).voided != "") == ("3", True)
    assert waiting_readings(course) == []


@pytest.mark.parametrize("said", ["T01", "T02"])
def test_a_sticker_against_what_was_said(course: Course, tmp_path: Path, said: str) -> None:
    """A spare that was given to one and carries the sticker of another waits; then what it replaced counts again."""
    spare, by = spares(course)[0], next(iter(course.instructors))
    bind(course, spare, "T01", by)
    marks = picture(course, spare, tmp_path / "a.jpg", here(course, "T02"))
    assert scan(course, [tmp_path / "a.jpg"]).waiting
    (one,) = waiting_readings(course)
    assert one["why"] == "its sticker is of T02, and it was given to T01: whose is it?"
    settle_items(course, spare, {"sheet": said}, by, "", {})
    assert waiting_readings(course) == []
    assert (course.state.marked(spare).trainee, standing(course, spare)) == (said, marks)
    voided = [t for t in ("T01", "T02") if course.state.marked(own(course, t)).voided]
    assert voided == [said]


def test_a_sheet_of_two_pages(tmp_path: Path) -> None:
    """One sticker on one page says whose the whole sheet is, in whatever order and however often it is scanned."""
    run_demo(tmp_path / "course", DemoSize(2, 1, 1), 5, until="draw")
    settings = tmp_path / "course" / "course.yaml"
    settings.write_text(settings.read_text(encoding="utf-8") + "paper: letter\n", encoding="utf-8")
    with Course(tmp_path / "course") as course:
        print_course(course)
        one, two = spares(course)[:2]
        assert len(course.state.issued[one].pages) == 2
        x, y = lay_out(course.state.marked(one).items, "letter")[0].sticker_corner
        marks = picture(course, one, tmp_path / "1 b.jpg", number=2)
        marks |= picture(course, one, tmp_path / "2 a.jpg", ("T01", x, y))
        assert [p.bin for p in scan(course, [tmp_path / "1 b.jpg", tmp_path / "2 a.jpg"]).pages] == ["read", "read"]
        assert standing(course, one) == marks
        marks = picture(course, two, tmp_path / "3.jpg", ("T02", x, y))
        assert not scan(course, [tmp_path / "3.jpg"]).waiting
        marks |= picture(course, two, tmp_path / "4.jpg", number=2)
        assert [p.bin for p in scan(course, [tmp_path / "4.jpg"]).pages] == ["read"]
        assert standing(course, two) == marks


def test_typed_marks_count_as_marks(course: Course, tmp_path: Path) -> None:
    """A trainee with typed marks at the station is not given a spare in silence either."""
    spare, first = spares(course)[0], course.state.marked(own(course, "T01"))
    give_marks(course, Marking(first.sheet, first.instructor, {"rating": "3"}), whole=False)
    picture(course, spare, tmp_path / "a.jpg", here(course, "T01"))
    assert scan(course, [tmp_path / "a.jpg"]).waiting
    assert not course.state.marked(spare).trainee


def test_the_commands(course: Course, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`fieldkit scan` tells whose the spare became; `fieldkit review` takes the trainee of one that is nobody's."""
    one, two, *_ = spares(course)
    picture(course, one, tmp_path / "in" / "a.jpg", here(course, "T01"))
    picture(course, two, tmp_path / "in" / "b.jpg", seed=2)
    course.close()
    where = ["--course", str(course.folder)]
    assert run([*where, "scan", str(tmp_path / "in")]) == 4
    assert "given to T01 by the sticker" in capsys.readouterr().out
    assert run([*where, "review", "--json"]) == 4
    (waits,) = json.loads(capsys.readouterr().out)
    assert (waits["sheet"], waits["item"]) == (two, "sheet")
    assert run([*where, "review", two, "sheet=T03", "--by", "I01"]) == 0
    with Course(course.folder) as again:
        assert again.state.marked(two).trainee == "T03"


def test_giving_a_photographed_spare(course: Course, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`fieldkit bind` records at once what was read from the picture of the spare."""
    spare = spares(course)[0]
    marks = picture(course, spare, tmp_path / "a.jpg")
    scan(course, [tmp_path / "a.jpg"])
    course.close()
    assert run(["--course", str(course.folder), "bind", spare, "T02", "--by", "I01"]) == 0
    assert "are recorded" in capsys.readouterr().err
    with Course(course.folder) as again:
        assert standing(again, spare) == marks


@pytest.fixture
def two(printed: Path, tmp_path: Path) -> Iterator[tuple[Course, Course]]:
    """The same course on two laptops."""
    for name in ("one", "two"):
        shutil.copytree(printed, tmp_path / name)
    with Course(tmp_path / "one") as one, Course(tmp_path / "two") as other:
        yield one, other


def taken_in(one: Course, other: Course) -> Course:
    """The first laptop's course once it has the record of the second."""
    merge_entries(one.record, other.record.entries)
    one.close()
    return Course(one.folder)


def test_two_laptops_give_a_spare_to_different_trainees(two: tuple[Course, Course]) -> None:
    """Such a spare is nobody's until a person says whose it is; then the other one's own sheet counts again."""
    one, other = two
    spare, by = spares(one)[0], next(iter(one.instructors))
    bind(one, spare, "T01", by)
    bind(other, spare, "T02", by)
    course = taken_in(one, other)
    assert course.state.marked(spare).trainee == ""
    (waits,) = waiting_readings(course)
    assert waits["why"] == "given to T01, T02 on different laptops: whose is it?"
    settle_items(course, spare, {"sheet": "T02"}, by, "asked both", {})
    assert waiting_readings(course) == []
    assert course.state.marked(spare).trainee == "T02"
    assert [bool(course.state.marked(own(course, t)).voided) for t in ("T01", "T02")] == [False, True]


def test_two_laptops_give_a_trainee_a_spare_each(two: tuple[Course, Course]) -> None:
    """Neither counts until one of them is void."""
    one, other = two
    (first, second), by = spares(one)[:2], next(iter(one.instructors))
    bind(one, first, "T01", by)
    bind(other, second, "T01", by)
    course = taken_in(one, other)
    assert [course.state.marked(spare).trainee for spare in (first, second)] == ["", ""]
    assert {waits["sheet"] for waits in waiting_readings(course)} == {first, second}
    void(course, second, by, "written on a spoiled sheet")
    assert (course.state.marked(first).trainee, waiting_readings(course)) == ("T01", [])


def test_a_dry_run_says_whose_a_spare_would_be(course: Course, tmp_path: Path) -> None:
    """`fieldkit scan --dry-run` says of a spare whose sticker it saw, and gives it to nobody."""
    spare = spares(course)[0]
    picture(course, spare, tmp_path / "a.jpg", here(course, "T02"))
    (page,) = scan(course, [tmp_path / "a.jpg"], dry_run=True).pages
    assert page.why == "would be given to T02 by the sticker on it"
    assert not course.state.marked(spare).trainee


def test_what_would_become_of_a_spare(course: Course, tmp_path: Path) -> None:
    """Before anything is recorded it can be told whose a photographed spare would be, and why a person is asked."""
    one, two = spares(course)[:2]
    pages = [
        PageRead("a.jpg", "", 1, one, 1, stickers=(sticker(course, "T01"),)),
        PageRead("b.jpg", "", 1, two, 1),
        PageRead("c.jpg", "", 1, own(course, "T02"), 1),
    ]
    told = foretold(course, pages)
    assert told == {
        one: "would be given to T01 by the sticker on it",
        two: "a spare sheet without a sticker: whose is it?",
    }
    pages[1] = PageRead("d.jpg", "", 1, two, 1, stickers=(sticker(course, "T01"),))
    assert "another spare of this station" in foretold(course, pages)[two]
