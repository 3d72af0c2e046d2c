"""Reports as they come out of the printer: what they say, that nothing is cut or lies over something else."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import numpy as np
import pypdfium2
import pytest
from reports_example import ACTS, INSTRUCTORS, NAMES, course, given, items, sheet

from fieldkit.errors import BadInput
from fieldkit.judging.results import course_results
from fieldkit.model.course import Policy
from fieldkit.model.marks import REMARKS, MarkedSheet
from fieldkit.model.people import Person
from fieldkit.model.scenario import Point, PointList
from fieldkit.model.scoresheet import RATING
from fieldkit.model.texts import text
from fieldkit.reports.course_report import write_course_report
from fieldkit.reports.data import ReportData
from fieldkit.reports.files import file_names
from fieldkit.reports.station_report import write_station_reports
from fieldkit.reports.trainee_report import write_trainee_reports

LONG = (
    "Абдурахмангаджи-Мухаммад-Юсуф ибн Саид аль-Каракулджинский-Торугартский "
    "Wolfeschlegelsteinhausenbergerdorff Нурмухаммедов"
)
POINT = 25.4 / 72  # millimetres in a point


def texts(path: Path) -> list[str]:
    """The text of each page, spaces and line ends made plain."""
    with pypdfium2.PdfDocument(path) as pdf:
        return [re.sub(r"\s+", " ", page.get_textpage().get_text_bounded()) for page in pdf]


def boxes(path: Path) -> list[tuple[tuple[float, float], list[tuple[float, float, float, float]]]]:
    """For each page its size and the boxes of its stretches of text (left, bottom, right, top), in millimetres."""
    found = []
    with pypdfium2.PdfDocument(path) as pdf:
        for page in pdf:
            text = page.get_textpage()
            rects = [tuple(part * POINT for part in text.get_rect(n)) for n in range(text.count_rects())]
            # A mark over a letter is a stretch of its own to the reader of the PDF, and lies over its letter.
            rects = [r for r in rects if max(r[2] - r[0], r[3] - r[1]) > 0.9]
            found.append((tuple(side * POINT for side in page.get_size()), rects))
    return found  # type: ignore[return-value]


def check_layout(path: Path) -> None:
    """Fail where text leaves the margins of a page, or lies over other text."""
    for number, ((width, height), rects) in enumerate(boxes(path), 1):
        for left, bottom, right, top in rects:
            assert 14 < left < right < width - 14, (path.name, number, left, right)
            assert 9 < bottom < top < height - 9, (path.name, number, bottom, top)
        for n, (left, bottom, right, top) in enumerate(rects):
            for other in rects[:n]:
                across = min(right, other[2]) - max(left, other[0])
                down = min(top, other[3]) - max(bottom, other[1])
                assert across < 0.3 or down < 0.45, (path.name, number, (left, bottom, right, top), other)


def all_reports(data: ReportData, folder: Path) -> list[Path]:
    """Every kind of report, collected."""
    return [
        *write_trainee_reports(data, folder, collected=True),
        *write_station_reports(data, folder, collected=True),
        write_course_report(data, folder / "course.pdf"),
    ]


CASES = {
    "plain": lambda: course(8, 6, 10, doubles=6, finds=True, scored=0.9),
    "russian": lambda: course(8, 6, 10, lang="ru", doubles=6, finds=True, scored=0.9),
    "right to left": lambda: course(3, 4, 8, lang="prs", doubles=2),
    "long and short names": lambda: course(5, 4, 6, names=(LONG, "Щ" * 120, "Я", "O", "Ng Wolfe")),
    "one of everything": lambda: course(1, 1, 1),
    "nobody": lambda: course(0, 4, 8),
    "nothing": lambda: course(0, 0, 3),
    "no station": lambda: course(3, 0, 3),
    "nothing scored": lambda: course(6, 4, 8, scored=0.0),
    "all failed, 12 stations": lambda: course(3, 12, 6, skill=-1),
    "all perfect": lambda: course(5, 3, 8, skill=3),
    "30 items": lambda: course(2, 4, 30, doubles=2),
    "40 trainees, 12 stations": lambda: course(40, 12, 3),
    "letter paper": lambda: on_letter(course(4, 4, 8)),
    "no code": lambda: course(2, 3, 5, codes=False),
    "own pass marks": lambda: course(6, 4, 8, own_pass_marks=True, policy=Policy(stations_to_pass=3, retakes=0)),
}


def on_letter(data: ReportData) -> ReportData:
    return replace(data, settings=replace(data.settings, paper="letter"))


@pytest.mark.parametrize("case", CASES)
def test_nothing_is_cut_and_nothing_lies_over_something_else(case: str, tmp_path: Path) -> None:
    """Whatever the names, the language and the marks, text stays within the margins and apart from other text."""
    for path in all_reports(CASES[case](), tmp_path):
        check_layout(path)


@pytest.mark.parametrize("case", ["plain", "russian", "nothing scored"])
def test_every_page_says_what_it_is(case: str, tmp_path: Path) -> None:
    """Each page has its course, its title, the state of the record that it rests on, and its number of so many."""
    data = CASES[case]()
    for path in write_trainee_reports(data, tmp_path):
        pages = texts(path)
        person = data.trainee(path.stem)
        for number, page in enumerate(pages, 1):
            assert person.name in page
            assert data.settings.title in page
            assert "7K3F-92QX" in page
            assert "2026-05-15" in page
            assert "TORUGART26" in page
            count = f"страница {number} из {len(pages)}" if case == "russian" else f"page {number} of {len(pages)}"
            assert count in page


def one_station(marks: dict[str, str], **more: object) -> ReportData:
    """A course of one trainee at one station with six items (1, 2, 3, 1, 2, 3 points; the sixth is critical)."""
    data = course(1, 1, 6)
    sheets = [sheet("001", "s1", marks, items(6), **more)]  # type: ignore[arg-type]
    return replace(data, results=course_results(sheets, ["001"], data.settings))


ALL_DONE = {f"item-{n}": "done" for n in range(1, 7)}


def first_page(data: ReportData, folder: Path) -> str:
    return texts(write_trainee_reports(data, folder)[0])[0]


def test_the_verdict_is_in_words(tmp_path: Path) -> None:
    """The first page says passed, not passed, or not decided yet and how much is open."""
    passed = first_page(one_station(ALL_DONE, rating="4"), tmp_path)
    failed = first_page(one_station({**ALL_DONE, "item-3": "not-done", "item-5": "not-done"}, rating="4"), tmp_path)
    open_ = first_page(one_station({"item-1": "done"}), tmp_path)

    assert "Passed 1 of 1 stations passed" in passed
    assert "Not passed" not in passed
    assert "Not passed 0 of 1 stations passed" in failed
    assert "58.3" in failed
    assert "Not decided yet: 1 station still open" in open_
    assert "marked in part" in open_


def test_a_failed_critical_item_is_named_with_its_reason(tmp_path: Path) -> None:
    """Failing a critical item is said on the first page whatever the points, and why is said beside the item."""
    marks = {**ALL_DONE, "item-6": "not-done"}
    data = one_station(marks, rating="2", reasons={"item-6": "No gloves; told twice."})
    data = replace(data, settings=replace(data.settings, policy=Policy(pass_mark=Decimal(50))))
    first, second = texts(write_trainee_reports(data, tmp_path)[0])

    assert f"Critical item failed: {ACTS[5]['en']}" in first
    assert "Not passed: Seal check (critical item)." in first
    assert "75.0" in first
    assert "Reason. No gloves; told twice." in second
    assert f"Critical. {ACTS[5]['en']}" in second


def test_every_item_is_printed_with_its_mark(tmp_path: Path) -> None:
    """After the first page stands each item, with its mark in words and its points."""
    marks = {**ALL_DONE, "item-2": "in-part", "item-4": "not-applicable"}
    second = texts(write_trainee_reports(one_station(marks, rating="3"), tmp_path)[0])[1]

    for number, (mark, points) in enumerate((("done", "1 of 1"), ("in part", "1 of 2"), ("done", "3 of 3")), 1):
        assert f"{number} {ACTS[number - 1]['en']} {mark} {points}" in second
    assert f"4 {ACTS[3]['en']} not applicable –" in second


def test_a_corrected_mark_has_a_footnote(tmp_path: Path) -> None:
    """Beside a corrected mark stands a number, and below what it was, by whom, when and why it was changed."""
    data = one_station(ALL_DONE, rating="4")
    before = data.results[0].stations[0].sheets[0].marked
    first = given("item-2", "not-done", "I1", "old")
    better = given(
        "item-2", "done", "I2", "new", replaces=("old",), why="the photo shows it", at="2026-05-13T10:20:30Z"
    )
    marked = replace(before, given={**before.given, "item-2": (first, better)})
    data = replace(data, results=course_results([marked], ["001"], data.settings))
    page = texts(write_trainee_reports(data, tmp_path)[0])[1]

    assert "done ¹" in page
    assert "¹ corrected: was “not done”, by Maria Lindqvist, 2026-05-13 10:20 UTC: the photo shows it" in page


def test_both_sheets_of_a_double_marked_station_are_shown(tmp_path: Path) -> None:
    """Where two instructors marked, both scores stand on the first page and both columns of marks after it."""
    data = course(1, 1, 6)
    pair = [
        sheet("001", "s1", ALL_DONE, items(6), instructor="I1", rating="4"),
        sheet("001", "s1", {**ALL_DONE, "item-3": "not-done"}, items(6), instructor="I3", copy=2, rating="3"),
    ]
    data = replace(data, results=course_results(pair, ["001"], data.settings))
    first, second = texts(write_trainee_reports(data, tmp_path)[0])

    assert "Marked twice: 100 % by Аскар Жумабаев, 75 % by Сергей Петров. The first counts." in first
    assert f"3 {ACTS[2]['en']} done not done 3 of 3" in second
    assert "Аскар Жумабаев Сергей Петров" in second


def test_marks_that_differ_on_one_sheet_are_both_shown(tmp_path: Path) -> None:
    """Two standing marks for one item are printed side by side as waiting for a decision; neither is chosen."""
    data = one_station(ALL_DONE, rating="4")
    before = data.results[0].stations[0].sheets[0].marked
    both = (given("item-1", "done", "I1", "a"), given("item-1", "not-done", "I1", "b"))
    marked = replace(before, given={**before.given, "item-1": both})
    data = replace(data, results=course_results([marked], ["001"], data.settings))
    first, second = texts(write_trainee_reports(data, tmp_path)[0])

    assert "waits for a decision" in first
    assert "Not decided yet" in first
    assert "done or not done: waits for a decision" in second


def test_a_remark_is_printed_whole_however_long(tmp_path: Path) -> None:
    """The first page may cut a long remark and says so; after it every word of it stands."""
    remark = " ".join(f"word{n}" for n in range(400))
    pages = texts(write_trainee_reports(one_station(ALL_DONE, rating="4", remark=remark), tmp_path)[0])

    assert "In full beside the items." in pages[0]
    assert re.sub(r"\s", "", remark) in re.sub(r"\s", "", "".join(page.split("Item by item")[-1] for page in pages[1:]))


def test_a_trainee_reads_the_kind_of_a_find_and_not_the_hide(tmp_path: Path) -> None:
    """Where the sheet says only "Finding A", the report names kind and place, so that the unit can be used again."""
    data = course(1, 1, 6, finds=True)
    points = PointList("walk", text("Walk"), (Point("floor", "7", text("Floor")),))
    scenarios = {name: replace(one, points="walk") for name, one in data.scenarios.items()}
    data = replace(data, scenarios=scenarios, point_lists={"walk": points})
    second = texts(write_trainee_reports(data, tmp_path)[0])[1]

    assert "Finding A: Trace of a repair (Floor)" in second
    assert "false floor" not in second
    assert "sealed card" not in second


def test_finds_are_counted_with_their_intervals(tmp_path: Path) -> None:
    """The reports of the course and of a station have found, false reports and their 95 % intervals."""
    data = course(8, 2, 6, finds=True)
    whole = " ".join(texts(write_course_report(data, tmp_path / "course.pdf")))
    station = " ".join(texts(write_station_reports(data, tmp_path)[0]))
    for report in (whole, station):
        assert "finds were found" in report
        assert "Trace of a repair" in report
        assert re.search(r"\d+–\d+\s*%", report)
    assert "false floor" in station


def test_nobody_else_is_named_in_a_trainees_report(tmp_path: Path) -> None:
    """A trainee's report may be handed out: it holds no other trainee's name."""
    data = course(8, 4, 6, doubles=4)
    for path in write_trainee_reports(data, tmp_path):
        others = {person.name for number, person in data.trainees.items() if number != path.stem}
        assert not any(name in page for page in texts(path) for name in others)


def test_reports_are_in_each_persons_own_language(tmp_path: Path) -> None:
    """Without --lang a trainee reads his or her own language; with it, that one."""
    data = course(2, 1, 3)
    own = {**data.trainees, "002": replace(data.trainees["002"], language="ru")}
    english, russian = write_trainee_reports(replace(data, trainees=own), tmp_path)
    (all_russian, _) = write_trainee_reports(replace(data, trainees=own, lang="ru"), tmp_path / "b")

    assert "Evaluation report" in texts(english)[0]
    assert "Отчёт об оценке" in texts(russian)[0]
    assert "Отчёт об оценке" in texts(all_russian)[0]


def test_reports_are_written_one_by_one_or_collected(tmp_path: Path) -> None:
    """One file for each trainee or station, named by number or id, or one file with all of them."""
    data = course(3, 2, 4)
    each = write_trainee_reports(data, tmp_path)
    some = write_trainee_reports(data, tmp_path / "b", only=["002"])
    (whole,) = write_trainee_reports(data, tmp_path, collected=True)
    stations = write_station_reports(data, tmp_path, only=["s2"])

    assert [path.relative_to(tmp_path).as_posix() for path in each] == [f"trainees/00{n}.pdf" for n in (1, 2, 3)]
    assert [path.name for path in some] == ["002.pdf"]
    assert len(list((tmp_path / "b").rglob("*.pdf"))) == 1
    assert whole == tmp_path / "trainees.pdf"
    assert texts(whole) == [page for path in each for page in texts(path)]
    assert stations == [tmp_path / "stations" / "s2.pdf"]


def test_the_same_results_give_the_same_bytes(tmp_path: Path) -> None:
    """A report written again from the same record is the same file."""
    first = all_reports(course(4, 3, 5), tmp_path / "a")
    second = all_reports(course(4, 3, 5), tmp_path / "b")

    assert [path.read_bytes() for path in first] == [path.read_bytes() for path in second]


def test_folders_may_have_any_name(tmp_path: Path) -> None:
    """Reports are written into a folder named in Cyrillic and Persian."""
    path = write_course_report(course(1, 1, 2), tmp_path / "Торугарт 2026 گمرک" / "reports" / "course.pdf")

    assert path.stat().st_size > 1000


def test_letters_that_the_font_lacks_are_refused_before_anything_is_written(tmp_path: Path) -> None:
    """Every name with such letters is told, with the letters; no report is written, not even of other trainees."""
    data = course(4, 2, 3, names=("Aibek", "Li 汉字", "Ok 😀"))
    for write in (write_trainee_reports, write_station_reports):
        with pytest.raises(BadInput, match=r'trainee 002 "Li 汉字"(.|\n)*U\+6C49(.|\n)*U\+5B57(.|\n)*U\+1F600'):
            write(data, tmp_path / "reports")
    with pytest.raises(BadInput, match="Li 汉字"):
        write_course_report(data, tmp_path / "reports" / "course.pdf")

    assert not (tmp_path / "reports").exists()


def test_a_remark_with_letters_that_the_font_lacks_is_spelt_out(tmp_path: Path) -> None:
    """What stands in the record for good cannot keep a report from being written: the letter is shown by number."""
    page = first_page(one_station(ALL_DONE, rating="4", remark="well done 😀"), tmp_path)

    assert "well done [U+1F600]" in page


@pytest.mark.parametrize("write", [write_trainee_reports, write_station_reports])
def test_unknown_names_are_refused(write, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    """A trainee or station that is not there is named, and nothing is written."""
    with pytest.raises(BadInput, match="nobody"):
        write(course(2, 2, 3), tmp_path / "reports", only=["nobody"])

    assert not (tmp_path / "reports").exists()


def test_names_with_markup_are_printed_as_they_stand(tmp_path: Path) -> None:
    """<b> and & in a name are letters like others."""
    data = course(1, 1, 3, names=("<b>Anna</b> & {name} %s",))

    assert "<b>Anna</b> & {name} %s" in first_page(data, tmp_path)


def test_file_names_are_safe_on_every_system() -> None:
    """Numbers with slashes, dots, or names that Windows keeps for itself get a file of their own."""
    ids = ["001", "A/7", "A:7", "a_7", "..", "CON", "", "KG-12", "Ж7", "x" * 300]
    names = file_names(ids)

    assert names["001"] == "001.pdf"
    assert names["KG-12"] == "KG-12.pdf"
    assert names["Ж7"] == "Ж7.pdf"
    assert len({name.casefold() for name in names.values()}) == len(ids)
    assert not any(re.search(r'[<>:"/\\|?*]', name) or len(name) > 100 for name in names.values())
    assert names["CON"] != "CON.pdf"
    assert names[".."] == "__.pdf"


def test_the_course_report_opens_with_who_passed(tmp_path: Path) -> None:
    """The first page counts who passed, says where it was hardest, and has every trainee's percent and verdict."""
    data = course(6, 3, 8, seed=4)
    first = texts(write_course_report(data, tmp_path / "course.pdf"))[0]
    passed = sum(result.passed is True for result in data.results)

    assert f"{passed} of 6 trainees passed" in first
    assert "hardest" in first
    for result in data.results:
        row = re.search(re.escape(data.trainee(result.trainee).name) + r"((?: [\d.]+| –)+) (Passed|Not passed)", first)
        assert row
        assert len(row[1].split()) == 3
        assert (row[2] == "Passed") == result.passed


def test_all_trainees_of_a_large_course_are_in_the_table(tmp_path: Path) -> None:
    """40 trainees at 12 stations fill a table that goes on over pages, its head on each."""
    data = course(40, 12, 3)
    pages = texts(write_course_report(data, tmp_path / "course.pdf"))
    tables = [page for page in pages if "Seal check" in page and re.search(r" (Passed|Not passed) ", page)]

    assert all(any(person.name in page for page in tables) for person in data.trainees.values())
    assert sum("Trainee" in page and "Use of tools" in page for page in pages) >= 2


def test_the_course_report_lists_what_is_open_and_what_failed(tmp_path: Path) -> None:
    """Critical failures stand with their reasons, unfinished sheets with why, and the policy in words."""
    data = course(8, 4, 12, scored=0.8, policy=Policy(pass_mark=Decimal("66.5"), stations_to_pass=3, retakes=2))
    text = " ".join(texts(write_course_report(data, tmp_path / "course.pdf")))
    stations = [station for result in data.results for station in result.stations]
    failures = sum(len(station.critical_failed) for station in stations)
    unfinished = sum(station.passed is None for station in stations)

    assert f"{failures} critical failure" in text
    assert "Worked without gloves" in text
    assert f"{unfinished} sheets still open" in text
    assert "marked in part" in text
    assert "passed with 66.5 % or more" in text
    assert "3 stations have to be passed" in text
    assert "2 retakes" in text


def test_finds_and_false_reports_are_counted(tmp_path: Path) -> None:
    """Reports of station and course count finds out of what was planted, and false reports, clean units apart."""
    data = course(8, 1, 6, finds=True)
    station = texts(write_station_reports(data, tmp_path)[0])[0]
    whole = " ".join(texts(write_course_report(data, tmp_path / "course.pdf")))
    marks = [s.sheets[0].marked for r in data.results for s in r.stations]
    found = sum(m.mark("find-a") in ("found", "found-with-help") for m in marks)
    false = sum(m.mark("no-false-report") == "false-report" for m in marks)

    assert f"{found} of 8 finds were found" in whole
    assert f"False reports: {false} of 8 chances." in whole
    assert re.search(r"G1 Finding A: false floor \d of 4 \d of 4", station)


def test_a_station_report_counts_every_mark(tmp_path: Path) -> None:
    """How each item was marked stands in words and numbers that add up to the sheets."""
    data = course(9, 1, 5)
    text = " ".join(texts(write_station_reports(data, tmp_path)[0]))
    counted = re.findall(r"(?:done|in part|not done|not applicable) (\d+)", text[text.index("How each item") :])

    assert sum(map(int, counted)) == 9 * 5
    passed = sum(result.passed is True for result in data.results)
    assert f"{passed} of 9 passed" in text


def test_people_who_left_the_roster_are_known_by_number(tmp_path: Path) -> None:
    """A trainee or instructor who is no longer in the lists still has a report, under the number."""
    data = replace(course(2, 2, 4), trainees={}, instructors={})

    assert "002" in texts(write_trainee_reports(data, tmp_path)[1])[0]
    assert "Instructor I" in " ".join(texts(write_trainee_reports(data, tmp_path)[1]))
    write_course_report(data, tmp_path / "course.pdf")


def test_a_first_page_is_a_first_page(tmp_path: Path) -> None:
    """Verdict, chart, lists, remarks and signatures fit on one page for 6 stations, and the items follow."""
    for path in write_trainee_reports(course(8, 6, 12, doubles=8), tmp_path):
        pages = texts(path)
        for words in (
            "Lowest result",
            "Done well",
            "To work on",
            "Points by competency",
            "remarks",
            "Signature and date",
        ):
            assert words in pages[0], words
        assert "Item by item" in pages[1]


def test_the_code_of_a_report_can_be_read(tmp_path: Path) -> None:
    """The code on the first page says kind P and whose it is, and the foot line has it in short."""
    zxingcpp = pytest.importorskip("zxingcpp")
    path = write_trainee_reports(course(1, 1, 3), tmp_path)[0]
    with pypdfium2.PdfDocument(path) as pdf:
        image = pdf[0].render(scale=200 / 72).to_numpy()
    (code,) = zxingcpp.read_barcodes(np.ascontiguousarray(image))

    assert code.text.startswith("FK1/P/TORUGART26/0010000000000000/")
    assert "0010 0004" in texts(path)[0]


def test_the_example_has_what_these_tests_rest_on() -> None:
    """The made-up courses have names in two scripts, instructors, and a remark here and there."""
    marked = [s.sheets[0].marked for r in course(8, 4, 6).results for s in r.stations]

    assert any(isinstance(m, MarkedSheet) and m.standing(REMARKS) for m in marked)
    assert all(m.mark(RATING) for m in marked)
    assert len(NAMES) == 8
    assert all(isinstance(person, Person) for person in INSTRUCTORS.values())
