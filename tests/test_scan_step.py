"""`fieldkit scan`: from files to the record, every page in one bin, nothing lost and nothing twice."""

from __future__ import annotations

import errno
import hashlib
import io
import json
import random
import shutil
import struct
import zlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest
import scan_pictures as paper
from PIL import Image

from fieldkit.cli import main as program
from fieldkit.course import Course
from fieldkit.errors import BadInput, FieldkitError, RecordBusy
from fieldkit.model.sheet import lay_out
from fieldkit.steps.demo import DemoSize, run_demo
from fieldkit.steps.marking.changes import bind, void, waiting
from fieldkit.steps.marking.pages_read import pages_read
from fieldkit.steps.marking.score import Marking, give_marks
from fieldkit.steps.scanning.readings import NEEDS_REASON, record_held_back, settle_reading, waiting_readings
from fieldkit.steps.scanning.review import choices, settle_items, to_review
from fieldkit.steps.scanning.scan import Scanned, scan


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A made-up course, printed, its sheets not marked yet."""
    folder = tmp_path_factory.mktemp("scan") / "Торугарт گمرک"
    run_demo(folder, DemoSize(3, 2, 2), 5, until="print")
    return folder


@pytest.fixture
def course(printed: Path, tmp_path: Path) -> Iterator[Course]:
    """A copy of its own of that course."""
    folder = tmp_path / "course"
    shutil.copytree(printed, folder)
    with Course(folder) as opened:
        yield opened


def named(course: Course, number: int = 0, spare: bool = False) -> str:
    """The id of a printed sheet with a trainee, or of a spare one."""
    return [s.sheet for s in course.state.all_marked() if bool(s.trainee) != spare][number]


def photo(
    course: Course,
    sheet: str,
    file: Path,
    *,
    seed: int = 1,
    leave: tuple[str, ...] = (),
    changed: dict[str, str] | None = None,
    critical: bool = False,
) -> dict[str, str]:
    """Mark a sheet, scan it into `file`, and return its marks. Critical items fail only where `critical`."""
    issued, marked = course.state.issued[sheet], course.state.marked(sheet)
    layout = lay_out(marked.items, issued.paper)[0]
    pdf, number = issued.pages[0]
    rng = random.Random(seed)
    page, marks = paper.printed(course.path(*pdf.split("/")), number), {}
    items = {item.id: item for item in marked.items}
    for name in dict.fromkeys(box.item for box in layout.boxes):
        boxes = [b for b in layout.boxes if b.item == name]
        if not critical and name in items:
            boxes = [b for b in boxes if not items[name].fails_with(items[name].scale.mark(b.mark))]  # type: ignore[arg-type]
        box = rng.choice(boxes)
        if changed and name in changed:
            box = next(b for b in layout.boxes if (b.item, b.mark) == (name, changed[name]))
        if name not in leave:
            paper.mark(page, box, rng)
            marks[name] = box.mark
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(paper.jpeg(paper.scanned(page, rng, 150)))
    return marks


def bins(scanned: Scanned) -> list[str]:
    return [str(page.bin) for page in scanned.pages]


def standing(course: Course, sheet: str) -> dict[str, str | None]:
    marked = course.state.marked(sheet)
    return {item: marked.mark(item) for item in marked.due if marked.standing(item)}


def other_mark(course: Course, sheet: str, item: str, mark: str) -> str:
    """A mark of an item other than `mark` that does not fail it."""
    act = next(a for a in course.state.marked(sheet).items if a.id == item)
    return next(m.id for m in act.scale.marks if m.id != mark and not act.fails_with(m))


def test_sure_marks_are_recorded(course: Course, tmp_path: Path) -> None:
    """A photographed sheet becomes marks of its instructor, given as scanned, and its picture is kept."""
    sheet = named(course)
    marks = photo(course, sheet, tmp_path / "شیت" / "فرم ۱.jpg")
    scanned = scan(course, [tmp_path / "شیت"])
    assert bins(scanned) == ["read"]
    assert standing(course, sheet) == marks
    given = course.state.marked(sheet).standing("rating")[0]
    assert (given.channel, given.instructor) == ("scanned", course.state.marked(sheet).instructor)
    kept = course.path(*pages_read(course)[0].picture.split("/"))
    assert kept.parent == course.path("scans", sheet)
    assert kept.stat().st_size <= 300_000
    assert {p.stem for p in kept.with_suffix("").iterdir()} == set(marks)
    assert not scanned.waiting


def test_what_is_not_sure_is_not_recorded(course: Course, tmp_path: Path) -> None:
    """A blank item is left out, waits with the crop of its row, and stops waiting when a person has marked it."""
    sheet = named(course)
    marks = photo(course, sheet, tmp_path / "a.jpg", leave=("rating",))
    scanned = scan(course, [tmp_path / "a.jpg"])
    assert bins(scanned) == ["review"]
    assert scanned.waiting
    assert standing(course, sheet) == marks
    (one,) = waiting_readings(course)
    assert (one["sheet"], one["item"], one["why"], one["mark"]) == (sheet, "rating", "no box is marked", None)
    assert course.path(*one["crop"].split("/")).exists()
    page = course.path("scans", "review.html").read_text(encoding="utf-8")
    assert "no box is marked" in page
    assert "data:image/png;base64," in page
    assert "http" not in page
    settle_reading(course, sheet, "rating", "4", course.state.marked(sheet).instructor)
    assert waiting_readings(course) == []
    assert course.state.marked(sheet).mark("rating") == "4"


def test_a_failed_critical_item_waits_for_its_reason(course: Course, tmp_path: Path) -> None:
    """A critical item that was failed is read, and recorded only with a reason."""
    sheet = named(course)
    act = next(a for a in course.state.marked(sheet).items if a.critical)
    failing = next(m.id for m in act.scale.marks if m.fails)
    photo(course, sheet, tmp_path / "a.jpg", changed={act.id: failing})
    scanned = scan(course, [tmp_path / "a.jpg"])
    assert (act.id, failing, "") in scanned.pages[0].readings
    (one,) = waiting_readings(course)
    assert (one["item"], one["mark"], one["why"]) == (act.id, failing, NEEDS_REASON)
    settle_reading(course, sheet, act.id, failing, course.state.marked(sheet).instructor, "no helmet")
    assert course.state.marked(sheet).reason(act.id) == "no helmet"
    assert waiting_readings(course) == []


def test_the_same_file_again(course: Course, tmp_path: Path) -> None:
    """A file that was read before is told so, and changes nothing; nor does the same file under another name."""
    photo(course, named(course), tmp_path / "a.jpg")
    shutil.copy(tmp_path / "a.jpg", tmp_path / "b.jpg")
    assert bins(scan(course, [tmp_path / "a.jpg", tmp_path / "b.jpg"])) == ["read", "duplicate"]
    entries = len(course.record.entries)
    again = scan(course, [tmp_path / "a.jpg"])
    assert bins(again) == ["duplicate"]
    assert "read before" in again.pages[0].why
    assert len(course.record.entries) == entries


def test_a_second_picture_that_agrees(course: Course, tmp_path: Path) -> None:
    """The same sheet photographed twice is kept twice and counted once."""
    sheet = named(course)
    marks = photo(course, sheet, tmp_path / "a.jpg", seed=1)
    photo(course, sheet, tmp_path / "b.jpg", seed=2, changed=marks)
    assert bins(scan(course, [tmp_path / "a.jpg", tmp_path / "b.jpg"])) == ["read", "duplicate"]
    assert standing(course, sheet) == marks
    assert len(list(course.path("scans", sheet).glob("*.jpg"))) == 2
    assert not course.state.marked(sheet).differing


def test_a_second_picture_that_differs(course: Course, tmp_path: Path) -> None:
    """The same sheet twice with different marks: both stay, and the item waits for a person."""
    sheet = named(course)
    marks = photo(course, sheet, tmp_path / "a.jpg", seed=1)
    other = "2" if marks["rating"] != "2" else "3"
    photo(course, sheet, tmp_path / "b.jpg", seed=2, changed={**marks, "rating": other})
    scanned = scan(course, [tmp_path / "a.jpg", tmp_path / "b.jpg"])
    assert bins(scanned) == ["read", "duplicate"]
    assert scanned.waiting
    assert course.state.marked(sheet).differing == ("rating",)
    assert {v["mark"] for v in waiting(course)[0]["values"]} == {marks["rating"], other}


def test_a_row_that_is_empty_in_one_picture_only(course: Course, tmp_path: Path) -> None:
    """A row that one picture shows marked and another of the same sheet empty waits for a person, whichever came first;
    once he has said what holds, no further picture asks again. A sheet printed twice and left empty asks nothing."""
    sheet = named(course)
    marks = photo(course, sheet, tmp_path / "full.jpg", seed=1)
    photo(course, sheet, tmp_path / "part.jpg", seed=2, changed=marks, leave=("rating",))
    photo(course, sheet, tmp_path / "part again.jpg", seed=3, changed=marks, leave=("rating",))
    photo(course, sheet, tmp_path / "empty.jpg", seed=4, leave=tuple(marks))
    assert not scan(course, [tmp_path / "full.jpg", tmp_path / "empty.jpg"]).waiting
    assert scan(course, [tmp_path / "part.jpg"]).waiting
    (one,) = to_review(course)
    assert (one["item"], "no box is marked, and another picture shows" in one["why"]) == ("rating", True)
    assert standing(course, sheet) == marks
    settle_items(course, sheet, {"rating": marks["rating"]}, "I01", "", {})
    assert to_review(course) == []
    assert not scan(course, [tmp_path / "part again.jpg"]).waiting
    assert standing(course, sheet) == marks


def test_a_reading_that_differs_from_a_typed_mark(course: Course, tmp_path: Path) -> None:
    """A typed mark and a scanned one that differ stand side by side."""
    sheet = named(course)
    item = next(a.id for a in course.state.marked(sheet).items if not a.critical)
    marks = photo(course, sheet, tmp_path / "a.jpg")
    typed = other_mark(course, sheet, item, marks[item])
    give_marks(course, Marking(sheet, course.state.marked(sheet).instructor, {item: typed}), whole=False)
    scanned = scan(course, [tmp_path / "a.jpg"])
    assert bins(scanned) == ["review"]
    assert item in scanned.pages[0].why
    assert course.state.marked(sheet).differing == (item,)


def test_a_spare_sheet(course: Course, tmp_path: Path) -> None:
    """A spare sheet waits until somebody says whose it is; then its marks are there without another scan."""
    spare = named(course, spare=True)
    marks = photo(course, spare, tmp_path / "a.jpg")
    assert bins(scan(course, [tmp_path / "a.jpg"])) == ["review"]
    assert standing(course, spare) == {}
    bind(course, spare, next(iter(course.trainees)), next(iter(course.instructors)))
    assert record_held_back(course) == 1
    assert standing(course, spare) == marks
    assert record_held_back(course) == 0


def test_interrupted_and_run_again(course: Course, tmp_path: Path) -> None:
    """Stopped in the middle, the same command goes on: every sheet is read once, whole."""
    sheets = [named(course, n) for n in range(3)]
    marks = {s: photo(course, s, tmp_path / "in" / f"{n}.jpg", seed=n) for n, s in enumerate(sheets)}

    def stop(done: int, of: int) -> None:
        if done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        scan(course, [tmp_path / "in"], progress=stop)
    assert bins(scan(course, [tmp_path / "in"])) == ["duplicate", "duplicate", "read"]
    assert all(standing(course, sheet) == marks[sheet] for sheet in sheets)


def test_the_disk_is_full(course: Course, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a picture cannot be kept nothing of its page is; what came before it is recorded, and again it goes on."""
    sheets = [named(course, n) for n in range(2)]
    marks = {s: photo(course, s, tmp_path / "in" / f"{n}.jpg", seed=n) for n, s in enumerate(sheets)}
    put, written = Path.replace, []

    def full(beside: Path, path: Path) -> Path:
        if sheets[1] in path.parts:
            written.append(path)
            if len(written) > 5:
                raise OSError(errno.ENOSPC, "No space left on device", str(beside))
        return put(beside, path)

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(FieldkitError, match="disk is full"):
        scan(course, [tmp_path / "in"])
    assert standing(course, sheets[0]) == marks[sheets[0]]
    assert standing(course, sheets[1]) == {}
    assert not [p for p in course.path("scans", sheets[1]).rglob("*") if p.is_file()]
    monkeypatch.undo()
    assert bins(scan(course, [tmp_path / "in"])) == ["duplicate", "read"]
    assert standing(course, sheets[1]) == marks[sheets[1]]


def test_what_a_broken_off_scan_left(course: Course, tmp_path: Path) -> None:
    """Pictures that were kept before the power failed, of a page that is in no record, are written over."""
    sheet = named(course)
    photo(course, sheet, tmp_path / "a.jpg")
    name = f"page-1-{hashlib.sha256((tmp_path / 'a.jpg').read_bytes()).hexdigest()[:6]}.jpg"
    course.path("scans", sheet).mkdir(parents=True)
    course.path("scans", sheet, name).write_bytes(b"half")
    scan(course, [tmp_path / "a.jpg"])
    kept = list(course.path("scans", sheet).glob("*.jpg"))
    assert [file.name for file in kept] == [name]
    assert kept[0].read_bytes().startswith(b"\xff\xd8")


def test_pictures_that_somebody_took_away(course: Course, tmp_path: Path) -> None:
    """Where the folder of pictures was emptied, reading the same file again keeps its pictures again, and no mark
    twice."""
    sheet = named(course)
    marks = photo(course, sheet, tmp_path / "a.jpg")
    scan(course, [tmp_path / "a.jpg"])
    (page,) = pages_read(course)
    kept = course.path(*page.picture.split("/"))
    first = {path.name: path.read_bytes() for path in [kept, *kept.with_suffix("").iterdir()]}
    shutil.rmtree(course.path("scans"))
    count = len(course.record.entries)
    (told,) = scan(course, [tmp_path / "a.jpg"]).pages
    assert told.bin == "duplicate"
    assert "kept again" in told.why
    assert {path.name: path.read_bytes() for path in [kept, *kept.with_suffix("").iterdir()]} == first
    assert (len(course.record.entries), standing(course, sheet)) == (count, marks)
    (told,) = scan(course, [tmp_path / "a.jpg"]).pages
    assert "kept again" not in told.why


@pytest.mark.parametrize("counts", [True, False])
def test_a_voided_sheet_that_is_photographed(course: Course, tmp_path: Path, counts: bool) -> None:
    """A sheet that was voided and then photographed with marks waits for a person, who says whether it counts after
    all; it asks once, and the marks count only where he says so."""
    sheet = named(course)
    void(course, sheet, "I01", "torn")
    marks = photo(course, sheet, tmp_path / "a.jpg")
    assert scan(course, [tmp_path / "a.jpg"]).waiting
    (one,) = to_review(course)
    assert (one["item"], list(choices(course, one))) == ("sheet", ["void", "own"])
    assert "torn" in one["why"]
    settle_items(course, sheet, {"sheet": "own" if counts else "void"}, "I01", "", {})
    assert to_review(course) == []
    assert bool(course.state.marked(sheet).voided) != counts
    assert standing(course, sheet) == (marks if counts else {})


def test_a_sheet_voided_after_it_was_read(course: Course, tmp_path: Path) -> None:
    """A sheet that was read first and voided then is simply void: nobody is asked."""
    photo(course, named(course), tmp_path / "a.jpg")
    scan(course, [tmp_path / "a.jpg"])
    void(course, named(course), "I01", "torn")
    assert to_review(course) == []


def test_a_file_that_goes_away(course: Course, tmp_path: Path) -> None:
    """A file that is gone when its turn comes is told so, and the others are read."""
    folder = tmp_path / "in"
    folder.mkdir()
    for n in range(25):
        Image.new("L", (200 + n, 200), 230).save(folder / f"{n:02}.jpg")

    def take_away(done: int, of: int) -> None:
        (folder / "24.jpg").unlink(missing_ok=True)

    pages = scan(course, [folder], progress=take_away).pages
    assert len(pages) == 25
    assert (pages[-1].bin, "cannot be opened" in pages[-1].why) == ("unreadable", True)


def test_a_dry_run_writes_nothing(course: Course, tmp_path: Path) -> None:
    """With --dry-run everything is read and nothing is recorded or kept."""
    photo(course, named(course), tmp_path / "a.jpg")
    before = len(course.record.entries)
    assert bins(scan(course, [tmp_path / "a.jpg"], dry_run=True)) == ["read"]
    assert len(course.record.entries) == before
    assert not course.path("scans").exists()


def _png(wide: int, high: int) -> bytes:
    """A PNG of one bit a pixel that is small as a file, however large it is as a picture."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    packer = zlib.compressobj(9)
    row = b"\0" * (1 + (wide + 7) // 8)
    data = b"".join(packer.compress(row * 100) for _ in range(high // 100)) + packer.flush()
    head = struct.pack(">IIBBBBB", wide, high, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def _pdf(pages: int, password: str = "") -> bytes:
    from reportlab.lib.pdfencrypt import StandardEncryption
    from reportlab.pdfgen.canvas import Canvas

    out = io.BytesIO()
    canvas = Canvas(out, (80, 80), encrypt=StandardEncryption(password) if password else None)
    for _ in range(pages):
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def test_no_file_stops_the_batch(course: Course, tmp_path: Path) -> None:
    """Whatever is put in, each page ends in one bin with its reason, and the good sheet among them is read."""
    folder = tmp_path / "in"
    marks = photo(course, named(course), folder / "m good.jpg")
    good = (folder / "m good.jpg").read_bytes()
    cat = cv2.resize(np.random.default_rng(1).integers(0, 255, (30, 40), np.uint8), (800, 600))  # type: ignore[call-overload]
    files = {
        "bomb.png": (_png(30_000, 30_000), "unreadable", "900 megapixels"),
        "cat.jpg": (paper.jpeg(cat), "not-ours", "no code"),
        "cut.jpg": (good[: len(good) // 2], "unreadable", "cut short"),
        "empty.jpg": (b"", "unreadable", "empty"),
        "head.jpg": (good[:100], "unreadable", "cut short"),
        "locked.pdf": (_pdf(1, "secret"), "unreadable", "password"),
        "no heic.heic": (b"\0\0\0\x18ftypheic" + b"\0" * 40, "unreadable", ""),
        "text.jpg": (b"not a picture", "unreadable", "no picture"),
        "torn.pdf": (b"%PDF-1.7 torn", "unreadable", "damaged"),
        "torn.png": (b"\x89PNG\r\n\x1a\n" + b"x" * 99, "unreadable", "damaged"),
        "torn.tif": (b"II*\0" + b"\xff" * 99, "unreadable", "damaged"),
    }
    for name, (data, _, _) in files.items():
        (folder / name).write_bytes(data)
    scanned = scan(course, [folder])
    found = {page.file.name: page for page in scanned.pages}
    for name, (_, ends, says) in files.items():
        assert found[name].bin == ends, name
        assert says in found[name].why, name
    assert found["m good.jpg"].bin == "read"
    assert standing(course, named(course)) == marks
    assert sum(scanned.totals.values()) == len(scanned.pages) == len(files) + 1


def test_pictures_with_other_names(course: Course, tmp_path: Path) -> None:
    """In a folder a picture is read whatever it is called, a link that leads nowhere is told, and notes are not."""
    folder = tmp_path / "in"
    marks = photo(course, named(course), folder / "photo.jfif")
    (folder / "photo.jfif").rename(folder / "IMG_0001")
    (folder / "notes.txt").write_text("three sheets", encoding="utf-8")
    (folder / "lost.jpg").symlink_to(folder / "nowhere.jpg")
    found = {page.file.name: page for page in scan(course, [folder]).pages}
    assert {name: page.bin for name, page in found.items()} == {"IMG_0001": "read", "lost.jpg": "unreadable"}
    assert standing(course, named(course)) == marks


def test_every_page_of_a_file(course: Course, tmp_path: Path) -> None:
    """A TIFF of several pages, a PDF of scans, a fax and a picture turned by its EXIF are all read."""
    sheets = [named(course, n) for n in range(5)]
    images, marks = [], []
    for n, sheet in enumerate(sheets):
        marks.append(photo(course, sheet, tmp_path / f"{n}.jpg", seed=n))
        images.append(Image.open(tmp_path / f"{n}.jpg"))
    folder = tmp_path / "in"
    folder.mkdir()
    images[0].save(folder / "a.tif", save_all=True, append_images=[images[1]], compression="tiff_lzw")
    images[2].save(folder / "b.pdf", resolution=150)
    images[3].point(lambda v: 255 * (v > 140)).convert("1").save(folder / "c.tiff", compression="group4")
    turned = Image.Exif()
    turned[274] = 4  # mirrored top to bottom
    images[4].transpose(Image.Transpose.FLIP_TOP_BOTTOM).save(folder / "d.jpg", exif=turned)
    scanned = scan(course, [folder])
    assert [(page.file.name, page.page) for page in scanned.pages] == [
        ("a.tif", 1), ("a.tif", 2), ("b.pdf", 1), ("c.tiff", 1), ("d.jpg", 1),
    ]  # fmt: skip
    assert bins(scanned) == ["read"] * 5
    assert [standing(course, sheet) for sheet in sheets] == marks


def test_another_courses_sheet(course: Course, tmp_path: Path) -> None:
    """A sheet of another course is not ours: by its course's name, or because this course issued no such sheet."""
    photo(course, named(course), tmp_path / "a.jpg")
    run_demo(tmp_path / "other", DemoSize(1, 1, 1), 6, until="print")
    with Course(tmp_path / "other") as other:
        (page,) = scan(other, [tmp_path / "a.jpg"], dry_run=True).pages
        assert (page.bin, page.sheet) == ("not-ours", "")
        assert "not issued by this course" in page.why
        other.__dict__["state"] = replace(other.state, code="OSH25")
        (page,) = scan(other, [tmp_path / "a.jpg"], dry_run=True).pages
        assert page.bin == "not-ours"
        assert "from the course DEMO; this is OSH25" in page.why


def test_what_is_not_there(course: Course, tmp_path: Path) -> None:
    """A path that does not exist is refused before anything is read."""
    with pytest.raises(BadInput, match="no such file"):
        scan(course, [tmp_path / "nothing.jpg"])
    (tmp_path / "empty").mkdir()
    (tmp_path / "empty" / "notes.txt").write_text("no picture", encoding="utf-8")
    for nothing in ([], [tmp_path / "empty"]):
        with pytest.raises(BadInput, match="no pictures"):
            scan(course, nothing)


def test_the_command(
    course: Course, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """`fieldkit scan --json` prints pages and totals, and exit 4 says that something waits."""
    monkeypatch.setitem(program.COMMANDS, "scan", "Read sheets back.")
    marks = photo(course, named(course), tmp_path / "a.jpg", leave=("rating",))
    course.close()
    arguments = ["--course", str(course.folder), "scan", str(tmp_path / "a.jpg")]
    assert program.run([*arguments, "--dry-run", "--json"]) == 4
    out = json.loads(capsys.readouterr().out)
    assert out["totals"] == {"read": 0, "review": 1, "not-ours": 0, "unreadable": 0, "duplicate": 0}
    (page,) = out["pages"]
    assert set(page) == {"file", "page", "bin", "sheet", "why", "readings"}
    assert {r["item"]: r["mark"] for r in page["readings"] if r["sure"]} == marks
    assert [r for r in page["readings"] if not r["sure"]] == [{"item": "rating", "mark": None, "sure": False}]
    assert program.run(arguments) == 4
    assert "1 with something to review" in capsys.readouterr().out


def test_a_sheet_that_was_not_filled_in_yet(course: Course, tmp_path: Path) -> None:
    """A sheet that was photographed before anything was marked on it is read when it is photographed again."""
    sheet = named(course)
    photo(course, sheet, tmp_path / "empty.jpg", leave=course.state.marked(sheet).due)
    assert scan(course, [tmp_path / "empty.jpg"]).waiting
    marks = photo(course, sheet, tmp_path / "filled.jpg", seed=2)
    scanned = scan(course, [tmp_path / "filled.jpg"])
    assert standing(course, sheet) == marks
    assert "read now" in scanned.pages[0].why
    assert not scanned.left


def test_a_stranger_marked_nothing(course: Course, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """--by with a number that is not in the roster is refused before anything is read."""
    photo(course, named(course), tmp_path / "a.jpg")
    course.close()
    assert program.run(["--course", str(course.folder), "scan", str(tmp_path / "a.jpg"), "--by", "X99"]) == 3
    assert "X99" in capsys.readouterr().err
    assert not course.path("scans").exists()


def test_an_instructor_who_left_the_roster(course: Course, tmp_path: Path) -> None:
    """Marks of a sheet whose instructor the roster no longer has wait, until --by says who marked it."""
    sheet = named(course)
    marks = photo(course, sheet, tmp_path / "a.jpg")
    other = next(n for n in course.instructors if n != course.state.marked(sheet).instructor)
    course.__dict__["instructors"] = {other: course.instructors[other]}
    assert scan(course, [tmp_path / "a.jpg"]).waiting
    assert standing(course, sheet) == {}
    assert not scan(course, [tmp_path / "a.jpg"], by=other).waiting
    assert standing(course, sheet) == marks
    assert course.state.marked(sheet).standing("rating")[0].instructor == other


def test_a_third_picture_that_differs(course: Course, tmp_path: Path) -> None:
    """Photographed empty, then marked, then marked otherwise: both marks stay and wait for a person, whichever picture
    was the first."""
    sheet = named(course)
    every = tuple(item for item in course.state.marked(sheet).due)
    photo(course, sheet, tmp_path / "0.jpg", seed=1, leave=every)
    marks = photo(course, sheet, tmp_path / "1.jpg", seed=2)
    other = {"rating": "1" if marks["rating"] == "5" else "5"}
    photo(course, sheet, tmp_path / "2.jpg", seed=2, changed=other)
    for number in range(3):
        scan(course, [tmp_path / f"{number}.jpg"])
    assert [one["item"] for one in waiting(course)] == ["rating"]
    assert {value["mark"] for one in waiting(course) for value in one["values"]} == {marks["rating"], other["rating"]}


def at_page(number: int, action: Callable[[Course], object], folder: Path) -> Callable[[int, int], None]:
    """Another command that is given when so many pages are read."""

    def progress(done: int, of: int) -> None:
        if done == number:
            with Course(folder) as other:
                action(other)

    return progress


def test_a_spare_that_is_given_while_it_is_read(course: Course, tmp_path: Path) -> None:
    """A spare that somebody gives to a trainee while its picture is read has its marks when the scan has ended."""
    spare, trainee = named(course, spare=True), next(iter(course.trainees))
    marks = photo(course, spare, tmp_path / "a.jpg")
    give = at_page(1, lambda other: bind(other, spare, trainee, "I01"), course.folder)
    scan(course, [tmp_path / "a.jpg"], progress=give)
    assert standing(course, spare) == marks
    assert to_review(course) == []


def test_a_sheet_that_is_voided_while_it_is_read(course: Course, tmp_path: Path) -> None:
    """A sheet that somebody voids while its picture is read waits for a person, and the other sheets are recorded."""
    sheets = [named(course, n) for n in range(2)]
    marks = {s: photo(course, s, tmp_path / "in" / f"{n}.jpg", seed=n) for n, s in enumerate(sheets)}
    torn = at_page(1, lambda other: void(other, sheets[0], "I01", "torn"), course.folder)
    assert scan(course, [tmp_path / "in"], progress=torn).waiting
    assert [(one["sheet"], one["item"]) for one in to_review(course)] == [(sheets[0], "sheet")]
    assert (standing(course, sheets[0]), standing(course, sheets[1])) == ({}, marks[sheets[1]])
    settle_items(course, sheets[0], {"sheet": "own"}, "I01", "", {})
    assert standing(course, sheets[0]) == marks[sheets[0]]


def test_a_merge_while_pictures_are_read(course: Course, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Marks that another laptop read from the same sheet, and that come in while this one reads it, stay beside what
    this one reads, and what differs waits."""
    monkeypatch.setattr("fieldkit.steps.scanning.book.AT_A_TIME", 1)
    sheets = [named(course, n) for n in range(3)]
    marks = [photo(course, s, tmp_path / "in" / f"{n}.jpg", seed=n) for n, s in enumerate(sheets)]
    theirs = "1" if marks[2]["rating"] == "5" else "5"

    def come_in(other: Course) -> None:
        who = other.state.marked(sheets[2]).instructor
        give_marks(other, Marking(sheets[2], who, {"rating": theirs}), whole=False, channel="scanned")

    scan(course, [tmp_path / "in"], progress=at_page(1, come_in, course.folder))
    assert [(one["sheet"], one["item"]) for one in waiting(course)] == [(sheets[2], "rating")]


def test_a_picture_that_did_not_reach_the_disk(course: Course, tmp_path: Path) -> None:
    """An empty picture, as a power cut leaves it, is kept again when its file is read again."""
    photo(course, named(course), tmp_path / "a.jpg")
    scan(course, [tmp_path / "a.jpg"])
    kept = course.path(*pages_read(course)[0].picture.split("/"))
    kept.write_bytes(b"")
    (told,) = scan(course, [tmp_path / "a.jpg"]).pages
    assert "kept again" in told.why
    assert kept.read_bytes().startswith(b"\xff\xd8")


def test_two_scans_at_once(course: Course, tmp_path: Path) -> None:
    """While pictures are taken down, another scan of the course is refused; afterwards it knows what was read."""
    photo(course, named(course), tmp_path / "a.jpg")
    with Course(course.folder) as other:

        def meanwhile(done: int, of: int) -> None:
            with pytest.raises(RecordBusy):
                scan(other, [tmp_path / "a.jpg"])

        assert bins(scan(course, [tmp_path / "a.jpg"], progress=meanwhile)) == ["read"]
        assert bins(scan(other, [tmp_path / "a.jpg"])) == ["duplicate"]
        assert len(pages_read(other)) == 1


def test_the_folder_of_the_course(course: Course, tmp_path: Path) -> None:
    """In a course's folder its own files are left out, and what other systems hide. Photographs that somebody put into
    `scans` are read when it is named; the pages and rows that are kept there are not."""
    photo(course, named(course), course.path("photos", "a.jpg"))
    scan(course, [course.folder])
    course.path("photos", "._a.jpg").write_bytes(b"left by another system")
    pages = scan(course, [course.folder]).pages
    assert [page.file.name for page in pages] == ["a.jpg"]
    photo(course, named(course, 1), course.path("scans", "b.jpg"))
    assert [page.file.name for page in scan(course, [course.path("scans")]).pages] == ["b.jpg"]


def test_a_station_that_is_gone(course: Course, tmp_path: Path) -> None:
    """Appeal reports are written though course.yaml no longer has one of the stations."""
    from fieldkit.generator.timetable import start_times
    from fieldkit.model.plan import Group, Plan, Visit

    plan = Plan(1, (Group("G1", ("T01",)),), (Visit(1, "S1", "G1", "I01"), Visit(2, "S9", "G1", "I01")), {})
    settings = replace(course.settings, start="2026-11-23")
    assert set(start_times(settings, plan, {"S1": 20})) == {("T01", "S1")}
