"""What waits for a person: shown with its picture, settled one after the other, and kept for an appeal."""

from __future__ import annotations

import random
import re
import shutil
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import click
import cv2
import pypdfium2
import pytest
import scan_pictures as paper
from PIL import Image

from fieldkit.cli.main import run
from fieldkit.course import Course
from fieldkit.model.sheet import lay_out
from fieldkit.model.state import SETTLED
from fieldkit.steps.demo import DemoSize, run_demo
from fieldkit.steps.marking.pages_read import PAGE_READ, crop_path, pages_read
from fieldkit.steps.marking.score import Marking, give_marks
from fieldkit.steps.scanning.review import choices, needs_reason, settle_items, to_review
from fieldkit.steps.scanning.review_page import write_review
from fieldkit.steps.scanning.scan import scan


@pytest.fixture(scope="module")
def scanned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A course with one photographed sheet: an empty row, a doubly marked one, a failed critical one, and one that was
    typed in otherwise."""
    folder = tmp_path_factory.mktemp("review") / "course"
    run_demo(folder, DemoSize(2, 1, 2), 5, until="print")
    with Course(folder) as course:
        sheet = next(s for s in course.state.all_marked() if s.trainee)
        issued, rng = course.state.issued[sheet.sheet], random.Random(3)
        page = paper.printed(course.path(*issued.pages[0][0].split("/")), issued.pages[0][1])
        plain = [item for item in sheet.items if not item.critical]
        critical = next(item for item in sheet.items if item.critical)
        fails = next(m.id for m in critical.scale.marks if m.fails)
        boxes: dict[str, list[Any]] = {}
        for box in lay_out(sheet.items, issued.paper)[0].boxes:
            boxes.setdefault(box.item, []).append(box)
        for item, row in boxes.items():
            marked = {plain[0].id: [], plain[1].id: row[:2], critical.id: [b for b in row if b.mark == fails]}
            for box in marked.get(item, row[:1]):
                paper.mark(page, box, rng, "cross")
        other = plain[2].scale.marks[1].id
        give_marks(course, Marking(sheet.sheet, sheet.instructor, {plain[2].id: other}), whole=False)
        picture = paper.photographed(page, rng)
        exif = Image.Exif()
        exif[271] = "a phone"
        Image.fromarray(picture).save(folder / "photo.jpg", quality=85, exif=exif)
        scan(course, [folder / "photo.jpg"])
    return folder


@pytest.fixture
def course(scanned: Path, tmp_path: Path) -> Iterator[Course]:
    shutil.copytree(scanned, tmp_path / "course")
    with Course(tmp_path / "course") as opened:
        yield opened


def sheet_of(course: Course) -> str:
    return str(to_review(course)[0]["sheet"])


def test_the_page_shows_all_that_waits(course: Course) -> None:
    """review.html has every item in plain words with its crop and its boxes, and needs nothing from elsewhere."""
    page = course.path("scans", "review.html").read_text(encoding="utf-8")
    found = to_review(course)
    assert len(found) == 4
    for one in found:
        assert one["text"] in page
        assert one["why"] in page
        assert course.path(*one["crop"].split("/")).exists()
        assert all(words in page for words in choices(course, one).values())
    assert page.count("data:image/png;base64,") == len(found)
    assert not re.findall(r"(?:src|href)=\"(?!data:|[0-9A-Z]+/page)|https?:|<script|@import|url\(", page)


def test_what_is_kept_of_a_picture(course: Course) -> None:
    """The straightened page with its crops takes at most 300 kB, and says nothing of where, when or by what it was
    photographed."""
    kept = course.path("scans", sheet_of(course))
    assert sum(file.stat().st_size for file in kept.rglob("*") if file.is_file()) <= 300_000
    for file in [*kept.rglob("*.jpg"), *kept.rglob("*.png")]:
        with Image.open(file) as image:
            assert not image.getexif()
            assert not {"exif", "comment", "Software"} & set(image.info)


def test_a_grainy_picture_takes_no_more(course: Course) -> None:
    """However grainy a picture is, what is kept of it takes at most 300 kB."""
    photo = cv2.imread(str(course.path("photo.jpg")), cv2.IMREAD_GRAYSCALE)
    course.path("grainy.jpg").write_bytes(paper.jpeg(paper.noisy(photo, 22, random.Random(1)), 95))
    (page,) = scan(course, [course.path("grainy.jpg")]).pages
    assert page.bin == "duplicate"
    second = course.path(*pages_read(course)[-1].picture.split("/"))
    kept = [second, *second.with_suffix("").iterdir()]
    assert 150_000 < sum(file.stat().st_size for file in kept) <= 300_000


def at_the_keyboard(monkeypatch: pytest.MonkeyPatch, answers: list[Any]) -> list[str]:
    """Someone who types `answers`, and then Ctrl-C; returns what was asked."""
    asked: list[str] = []

    def prompt(text: str, **kind: Any) -> Any:
        asked.append(text)
        if not answers:
            raise click.Abort
        return answers.pop(0)

    monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)
    monkeypatch.setattr(click, "prompt", prompt)
    return asked


def test_one_after_the_other(
    course: Course, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each question names the picture; a difference asks why, a failed critical item its reason."""
    waiting = to_review(course)
    answers: list[Any] = []
    for one in waiting:
        possible = list(choices(course, one))
        answers.append(1 + possible.index(one["mark"]) if one["mark"] else 1)
        answers += ["I01"] if one is waiting[0] else []
        answers += ["no helmet"] if "critical" in one["why"] else []
        answers += ["seen on film"] if len({v["mark"] for v in one["values"]}) > 1 else []
    asked = at_the_keyboard(monkeypatch, answers)
    course.close()
    assert run(["--course", str(course.folder), "review"]) == 0
    told = capsys.readouterr().out
    assert all(str(course.path(*one["crop"].split("/"))) in told for one in waiting)
    assert "Why it failed, as on the sheet (Enter: later, q: stop)" in asked
    assert answers == []
    page = course.path("scans", "review.html").read_text(encoding="utf-8")
    assert "Nothing waits" in page


def test_a_course_in_another_language(scanned: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The page shows items as they are printed, in Kyrgyz or Dari; a terminal, which cannot join the letters of Dari,
    shows them in the language of the screen."""
    for lang, on_screen in (("ky", "ky"), ("prs", "en")):
        folder = tmp_path / lang
        shutil.copytree(scanned, folder)
        settings = folder / "course.yaml"
        settings.write_text(settings.read_text("utf-8").replace("languages: [en]", f"languages: [{lang}]"), "utf-8")
        run(["--course", str(folder), "review", "--list"])
        told = capsys.readouterr().out
        page = (folder / "scans" / "review.html").read_text(encoding="utf-8")
        with Course(folder) as course:
            for one, shown in zip(to_review(course), to_review(course, on_screen), strict=True):
                assert one["text"] in page
                assert shown["text"] in told
                assert all(words in page for words in choices(course, one).values())
            assert {one["text"] for one in to_review(course)}.isdisjoint(
                one["text"] for one in to_review(course, "ru" if lang == "ky" else "en")
            )


def test_interrupted(course: Course, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C keeps what was settled so far; a wrong name of who settles is asked for again, and nothing is lost."""
    count = len(to_review(course))
    asked = at_the_keyboard(monkeypatch, ["", "1", "X99", "i01", "seen on film"])
    course.close()
    assert run(["--course", str(course.folder), "review"]) == 130
    with Course(course.folder) as again:
        assert len(to_review(again)) == count - 1
        text = again.path("scans", "review.html").read_text(encoding="utf-8")
        assert f"{count - 1} items wait" in text
    assert asked.count("Settled by (number of the instructor, q: stop)") == 2


@pytest.mark.parametrize(("key", "asked_on"), [("q", False), ("й", False), ("", True)])
def test_q_is_no_reason(course: Course, monkeypatch: pytest.MonkeyPatch, key: str, asked_on: bool) -> None:
    """Asked why a critical item failed, q stops and Enter leaves it for later; neither is taken down as the reason."""
    waiting = to_review(course)
    critical = next(n for n, one in enumerate(waiting) if "critical" in one["why"])
    fails = 1 + list(choices(course, waiting[critical])).index(waiting[critical]["mark"])
    asked = at_the_keyboard(monkeypatch, [*[""] * critical, fails, key, "q"])
    course.close()
    assert run(["--course", str(course.folder), "review", "--by", "I01"]) == 4
    assert (len(asked) == critical + 3) == asked_on
    with Course(course.folder) as again:
        assert len(to_review(again)) == len(waiting)


def test_a_wrong_key_can_be_taken_back(
    course: Course, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """`b` shows the item before again, with what was just settled; another mark corrects it, and both stay."""
    place, one = next((n, one) for n, one in enumerate(to_review(course)) if not (one["values"] or one["mark"]))
    right, wrong = list(choices(course, one))[:2]
    answers = [*[""] * place, "2", "I01", "И", "1", "pressed the wrong key", "b", "1", "q"]
    asked = at_the_keyboard(monkeypatch, answers)
    course.close()
    assert run(["--course", str(course.folder), "review"]) == 4
    assert asked.count("Why this mark (Enter: later, q: stop)") == 1
    assert f"settled just now: {choices(course, one)[wrong]}" in capsys.readouterr().out
    with Course(course.folder) as again:
        assert [value.mark for value in again.state.marked(one["sheet"]).given[one["item"]]] == [wrong, right]
        assert again.state.marked(one["sheet"]).mark(one["item"]) == right


def test_the_page_goes_as_the_questions_go(course: Course, monkeypatch: pytest.MonkeyPatch) -> None:
    """review.html numbers what waits as the questions do, says what was read, and is made anew where it is gone."""
    course.path("scans", "review.html").unlink()
    waiting = to_review(course)
    at_the_keyboard(monkeypatch, ["q"])
    course.close()
    run(["--course", str(course.folder), "review"])
    text = course.path("scans", "review.html").read_text(encoding="utf-8")
    places = [text.index(f">{n}/{len(waiting)}<") for n in range(1, len(waiting) + 1)]
    texts = [text.index(one["text"], place) for one, place in zip(waiting, places, strict=True)]
    assert sorted(places + texts) == [at for pair in zip(places, texts, strict=True) for at in pair]
    read = next(choices(course, one)[one["mark"]] for one in waiting if one["mark"])
    assert f"read: {read}" in text


@pytest.mark.parametrize("settled", [True, False])
def test_something_new_while_a_person_thinks(
    course: Course, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], settled: bool
) -> None:
    """What somebody else says of an item while its question stands is not settled unseen: the question comes again."""
    one = next(one for one in to_review(course) if one["values"])
    possible = list(choices(course, one))
    third = next(m for m in possible if m not in {v["mark"] for v in one["values"]} | {one["mark"]})

    def meanwhile() -> None:
        with Course(course.folder) as other:
            if settled:
                settle_items(other, one["sheet"], {one["item"]: third}, "I02", "seen", {one["item"]: "open"})
            else:
                marking = Marking(one["sheet"], "I02", {one["item"]: third}, {one["item"]: "open"})
                give_marks(other, marking, whole=False)

    answers: list[Any] = [""] * [(o["sheet"], o["item"]) for o in to_review(course)].index((one["sheet"], one["item"]))
    answers += ["1", "I01"] + ["no helmet"] * needs_reason(course, one, possible[0]) + ["on film"]
    at_the_keyboard(monkeypatch, answers)
    asked = click.prompt

    def prompt(text: str, **kind: Any) -> Any:
        if len(answers) == 1:
            meanwhile()
        return asked(text, **kind)

    monkeypatch.setattr(click, "prompt", prompt)
    course.close()
    run(["--course", str(course.folder), "review"])
    assert "meanwhile" in capsys.readouterr().out
    with Course(course.folder) as after:
        standing = {value.mark for value in after.state.marked(one["sheet"]).standing(one["item"])}
        assert third in standing
        assert any(o["item"] == one["item"] for o in to_review(after)) != settled


def test_something_new_before_a_wrong_key_is_corrected(
    course: Course, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Going back to what was just settled corrects that, and no mark that somebody else has given since."""
    one = to_review(course)[0]
    first, second, *_ = choices(course, one)
    clash = len({v["mark"] for v in one["values"]}) > 1
    answers: list[Any] = ["1", "I01", *["open"] * needs_reason(course, one, first), *["on film"] * clash, "b"]
    answers += ["2", *["open"] * needs_reason(course, one, second), "a wrong key"]
    at_the_keyboard(monkeypatch, answers)
    asked = click.prompt

    def prompt(text: str, **kind: Any) -> Any:
        if len(answers) == 1:
            with Course(course.folder) as other:
                marking = Marking(one["sheet"], "I02", {one["item"]: second}, {one["item"]: "open"})
                give_marks(other, marking, whole=False)
        return asked(text, **kind)

    monkeypatch.setattr(click, "prompt", prompt)
    course.close()
    run(["--course", str(course.folder), "review"])
    assert "meanwhile" in capsys.readouterr().out
    with Course(course.folder) as after:
        assert {v.mark for v in after.state.marked(one["sheet"]).standing(one["item"])} == {first, second}


def test_a_sheet_that_contradicts_a_typed_mark(course: Course) -> None:
    """A critical item that was typed as done and is failed on the sheet is settled once, with the reason and why given:
    it does not wait again, and both marks stay in the record."""
    sheet = course.state.marked(sheet_of(course))
    critical = next(one for one in to_review(course) if "critical" in one["why"])
    item, fails = critical["item"], critical["mark"]
    passes = next(mark for mark in choices(course, critical) if mark != fails)
    give_marks(course, Marking(sheet.sheet, sheet.instructor, {item: passes}), whole=False)
    (one,) = [one for one in to_review(course) if one["item"] == item]
    words = choices(course, one)
    assert one["why"] == f"the sheet says {words[fails]}, the record {words[passes]}"
    other = next(who for who in course.instructors if who != sheet.instructor)
    settle_items(course, sheet.sheet, {item: fails}, other, "seen in the picture", {item: "no helmet"})
    assert item not in [one["item"] for one in to_review(course)]
    after = course.state.marked(sheet.sheet)
    assert (after.mark(item), after.reason(item)) == (fails, "no helmet")
    assert {value.mark for value in after.given[item]} == {passes, fails}
    assert [e.body["why"] for e in course.record.entries if e.kind == SETTLED] == ["seen in the picture"]


@pytest.mark.parametrize("key", ["q", "Й"])
def test_keys_that_mean_nothing(
    course: Course, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], key: str
) -> None:
    """A wrong key is answered with what can be typed, digits of Dari and Pashto are digits, and q stops for now."""
    count = len(to_review(course))
    asked = at_the_keyboard(monkeypatch, ["abc", "99", "۰", key])
    course.close()
    assert run(["--course", str(course.folder), "review"]) == 4
    assert capsys.readouterr().out.count("Type a number from 1 to") == 2
    assert len(asked) == 4
    with Course(course.folder) as again:
        assert len(to_review(again)) == count


def test_a_stranger_settles_nothing(course: Course, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever is not in the roster is refused before anything is asked."""
    asked = at_the_keyboard(monkeypatch, ["1"])
    course.close()
    assert run(["--course", str(course.folder), "review", "--by", "I99"]) == 3
    assert asked == []


def test_two_pictures_that_differ(course: Course, capsys: pytest.CaptureFixture[str]) -> None:
    """Where two pictures of a sheet differ, both are shown, on screen and on the page."""
    one = next(one for one in to_review(course) if one["why"] == "marked differently")
    sheet, item = one["sheet"], one["item"]
    (page,) = [p for p in pages_read(course) if p.sheet == sheet]
    second = replace(page, digest="0" * 32, file="again.jpg", picture=f"scans/{sheet}/page-1-000000.jpg")
    kept, again = (course.path(*one.picture.split("/")) for one in (page, second))
    shutil.copytree(kept.with_suffix(""), again.with_suffix(""))
    shutil.copy(kept, again)
    course.append([(PAGE_READ, second.body)], "scan")
    (both,) = [o for o in to_review(course) if (o["sheet"], o["item"]) == (sheet, item)]
    assert both["crops"] == [crop_path(one.picture, item) for one in (page, second)]
    assert both["crop"] == both["crops"][-1]
    write_review(course)
    text = course.path("scans", "review.html").read_text(encoding="utf-8")
    assert text.count("data:image/png;base64,") == 2 * len(to_review(course))
    assert text.index(kept.name) < text.index(again.name)
    course.close()
    run(["--course", str(course.folder), "review", "--list"])
    told = capsys.readouterr().out
    assert all(name in told for name in both["crops"])


def test_pictures_that_are_gone(course: Course, capsys: pytest.CaptureFixture[str]) -> None:
    """Where somebody has emptied the folder of pictures, that is said, and everything else works."""
    shutil.rmtree(course.path("scans"))
    count = len(to_review(course))
    write_review(course)
    text = course.path("scans", "review.html").read_text(encoding="utf-8")
    assert text.count("Its picture is no longer there") == count
    course.close()
    assert run(["--course", str(course.folder), "review", "--list"]) == 4
    assert capsys.readouterr().out.count("Its picture is no longer there") == count


def pages(file: Path) -> tuple[str, int]:
    """The text of a PDF in one line, and how many pictures it has."""
    document = pypdfium2.PdfDocument(file)
    text = " ".join(page.get_textpage().get_text_range() for page in document)
    images = sum(1 for page in document for _ in page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_IMAGE]))
    return " ".join(text.split()), images


def test_an_appeal_shows_every_mark(course: Course, capsys: pytest.CaptureFixture[str]) -> None:
    """The report for an appeal has each item's crop and all that was said of it, replaced marks as well."""
    sheet = sheet_of(course)
    one = next(one for one in to_review(course) if one["why"] == "marked differently")
    where = ["--course", str(course.folder)]
    course.close()
    settled = f"{one['item']}={one['values'][0]['mark']}"
    assert run([*where, "review", sheet, settled, "--by", "I01", "--why", "seen on film"]) == 4
    assert run([*where, "report", "appeal", sheet]) == 0
    file = Path(capsys.readouterr().out.strip().splitlines()[-1])
    assert file.name == f"{sheet}.pdf"
    text, images = pages(file)
    assert all(words in text for words in ("read from a picture", "typed", "agreed", "replaced", "seen on film"))
    with Course(course.folder) as again:
        assert images == len(again.state.marked(sheet).due)
    assert run([*where, "report", "appeal"]) == 3
    assert run([*where, "report", "appeal", "T99"]) == 3


def test_an_appeal_is_in_one_language(course: Course) -> None:
    """What fieldkit itself notes beside a mark stands in the language of the report, not in English."""
    one = next(one for one in to_review(course) if one["why"] == "no box is marked")
    settle_items(course, one["sheet"], {one["item"]: next(iter(choices(course, one)))}, "I01", "", {})
    course.close()
    run(["--course", str(course.folder), "report", "appeal", one["sheet"], "--lang", "ru"])
    text, _ = pages(course.path("reports", "appeals", f"{one['sheet']}.pdf"))
    assert "решено по снимку" in text
    assert "settled from" not in text


def test_a_trainees_report_shows_crops_when_asked(course: Course) -> None:
    """Rows as photographed are in a trainee's report with --crops, and only then."""
    trainee = to_review(course)[0]["trainee"]
    course.close()
    counts = []
    for more in ([], ["--crops"]):
        run(["--course", str(course.folder), "report", "trainee", trainee, *more])
        counts.append(pages(course.path("reports", "trainees", f"{trainee}.pdf"))[1])
    assert counts[0] == 0
    assert counts[1] > 10
