"""Translations: complete for every scenario, honest about who has read them, safe to hand out and take back."""

from __future__ import annotations

import json
import shutil
import subprocess
from datetime import date, timedelta
from pathlib import Path

import pytest
from conftest import ROOT, Command
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from fieldkit.course import Course
from fieldkit.library.load import load_library
from fieldkit.library.translations import library_files
from fieldkit.model.local_forms import solar_hijri
from fieldkit.model.placeholders import faults
from fieldkit.model.texts import LANGUAGES, Text, text
from fieldkit.paper import lines
from fieldkit.paper.fonts import missing as letters_missing
from fieldkit.steps.demo import DemoSize, run_demo
from fieldkit.steps.preparing.translate import missing, unreviewed

FOUR = DemoSize(trainees=4, stations=4, instructors=2)


@pytest.fixture(scope="module")
def kyrgyz(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A drawn course in Kyrgyz with the four first scenarios. Do not write to it."""
    folder = tmp_path_factory.mktemp("ky") / "Торугарт گمرک"
    run_demo(folder, FOUR, 3, until="draw", lang="ky")
    return folder


@pytest.fixture
def course(kyrgyz: Path, tmp_path: Path) -> Path:
    """A copy of that course to write to."""
    return Path(shutil.copytree(kyrgyz, tmp_path / "course"))


def _text(pdf: Path, *options: str) -> str:
    """The text of a PDF as a person copies it."""
    tool = shutil.which("pdftotext")
    if tool is None:
        pytest.skip("pdftotext (poppler-utils) is not installed")
    return subprocess.run(
        [tool, *options, "-enc", "UTF-8", str(pdf), "-"], capture_output=True, encoding="utf-8", check=True
    ).stdout


def _foot(pdf: Path) -> str:
    return _text(pdf, "-l", "1")


def test_the_files_keep_places_and_letters() -> None:
    """Every translation that comes with fieldkit keeps its places, and the fonts have all its letters."""
    found = library_files()
    assert {file.lang for file in found} == {"ky", "prs", "ps"}
    wrong = [(f.lang, f.part, text) for f in found for source, text in f.texts.items() if faults(source, text)]
    assert wrong == []
    assert [text for file in found for text in file.texts.values() if letters_missing(text)] == []


def test_afghan_words_are_used() -> None:
    """Dari and Pashto have the words of Afghanistan, not those of Iran."""
    text = " ".join(text for file in library_files() if file.lang in ("prs", "ps") for text in file.texts.values())
    assert [word for word in ("پلمب", "کامیون", "پلاک", "راننده", "گزارش می", "تلفن") if word in text] == []


@pytest.mark.parametrize("lang", ["ru", "ky", "prs", "ps"])
def test_the_library_is_complete(tmp_path: Path, lang: str) -> None:
    """Nothing that a course with every scenario prints is missing in Russian, Kyrgyz, Dari or Pashto."""
    stations = "\n".join(f"  - {{id: S{n}, scenario: {name}}}" for n, name in enumerate(load_library().scenarios, 1))
    (tmp_path / "course.yaml").write_text(f"code: ALL\ntitle: All\nstations:\n{stations}\n", encoding="utf-8")
    for roster in ("trainees", "instructors"):
        (tmp_path / f"{roster}.csv").write_text("number,name\nT1,Asanov Bakyt\n", encoding="utf-8")
    with Course(tmp_path) as course:
        assert [gap.source for gap in missing(course, lang)] == []


def test_nothing_is_called_reviewed_that_nobody_has_read(kyrgyz: Path) -> None:
    """Each part counts as not reviewed in every language but English."""
    with Course(kyrgyz) as course:
        assert all("words" in unreviewed(course, lang) for lang in LANGUAGES if lang != "en")
        assert unreviewed(course, "en") == []


def test_check_tells_in_one_line_a_language(course: Path, fieldkit_command: Command) -> None:
    """`fieldkit check` names a language that nobody has reviewed once, as something to look at."""
    done = fieldkit_command("check", course=course)
    assert done.code == 0
    assert done.out.count("no speaker has reviewed") == 1


def test_pages_say_it_until_reviewed(course: Path, fieldkit_command: Command) -> None:
    """A page says "translation not reviewed" until the centre marks it reviewed, and again when a text changes."""
    note = "котормо текшерилген эмес"
    fieldkit_command("print", "--only", "scoresheets", course=course)
    sheets = course / "pack" / "scoresheets" / "S1.pdf"
    assert note in _foot(sheets)

    with Course(course) as opened:
        gaps = {gap.part for gap in missing(opened, "ky")}
        parts = [part for part in unreviewed(opened, "ky") if part not in gaps]
    for part in parts:
        assert fieldkit_command("translation", "review", "ky", part, "--by", "A. Name", course=course).code == 0
    with Course(course) as opened:
        assert set(unreviewed(opened, "ky")) == gaps

    _translate(course, fieldkit_command, "Your task", "Эмне кыласыз")
    with Course(course) as opened:
        assert set(unreviewed(opened, "ky")) == gaps | {"words"}
    fieldkit_command("print", "--only", "scoresheets", course=course)
    assert note in _foot(sheets)


def test_a_missing_text_is_listed_and_printed_in_the_next_language(course: Path, fieldkit_command: Command) -> None:
    """`fieldkit check --translations` lists what is missing, with the language that is printed in its place."""
    own = course / "scoresheets"
    own.mkdir(exist_ok=True)
    text = (ROOT / "scoresheets" / "field-check.yaml").read_text(encoding="utf-8")
    (own / "field-check.yaml").write_text(text.replace("Field check", "Field control"), encoding="utf-8")
    done = fieldkit_command("check", "--translations", course=course)
    assert "ky  field-check: title  (printed in ru)  Field control" in done.out
    assert Text({"en": "Field control", "ru": "Проверка"})["ky"] == "Проверка"


def _translate(course: Path, fieldkit_command: Command, source: str, translation: str) -> str:
    """Change one translation by way of the spreadsheet; what fieldkit said."""
    path = course / "ky.xlsx"
    assert fieldkit_command("translation", "export", "ky", path, course=course).code == 0
    book = load_workbook(path)
    rows = [row for row in book["ky"].iter_rows(min_row=2) if row[0].value == source]
    assert rows
    for row in rows:
        row[1].value = translation
    book.save(path)
    done = fieldkit_command("translation", "import", path, course=course)
    assert done.code in (0, 3)
    return done.err if done.code else ""


def test_export_and_import_change_nothing(course: Path, fieldkit_command: Command) -> None:
    """A spreadsheet that comes back as it went out changes nothing."""
    path = course / "ky.xlsx"
    fieldkit_command("translation", "export", "ky", path, course=course)
    done = fieldkit_command("translation", "import", path, course=course)
    assert (done.code, "Nothing changed" in done.err) == (0, True)
    assert not (course / "translations").exists()


def test_an_imported_text_is_printed(course: Path, fieldkit_command: Command) -> None:
    """A text from the spreadsheet goes before the one that came with fieldkit."""
    assert _translate(course, fieldkit_command, "Instructor", "Машыктыруучу") == ""
    fieldkit_command("print", "--only", "scoresheets", course=course)
    assert "Машыктыруучу" in _foot(course / "pack" / "scoresheets" / "S1.pdf")


@pytest.mark.parametrize(
    ("translation", "told"),
    [
        ("{page}-бет", "has lost {pages}"),
        ("{pages} беттин {page}-бети {seite}", "names {seite}"),
        ("   ", "only spaces"),
        ("{pages} <b>беттин {page}-бети", "<b> is not closed"),
        ("{pages} беттин {page}-бети 汉", "汉"),
        ("{pages} беттин \u202e{page}-бети", "U+202E"),
    ],
)
def test_a_broken_translation_is_refused_by_name(
    course: Path, fieldkit_command: Command, translation: str, told: str
) -> None:
    """A lost place, an unclosed tag, only spaces, letters that cannot be printed: named, and nothing is written."""
    said = _translate(course, fieldkit_command, "page {page} of {pages}", translation)
    assert told in said
    assert "page {page} of {pages}" in said
    assert not (course / "translations").exists()


def test_a_bilingual_sheet_is_the_same_in_every_pair_of_languages(tmp_path: Path, fieldkit_command: Command) -> None:
    """Sheets in two languages have both texts, and boxes at the same millimetres whoever reads them."""
    folder = tmp_path / "course"
    run_demo(folder, FOUR, 3, until="draw", lang="ru")
    settings = (folder / "course.yaml").read_text(encoding="utf-8")
    (folder / "course.yaml").write_text(settings + "bilingual_sheets: true\n", encoding="utf-8")
    lines = (folder / "trainees.csv").read_text(encoding="utf-8").splitlines()
    languages = ("language", "ky", "prs", "ru", "en")
    joined = "\n".join(f"{line},{lang}" for line, lang in zip(lines, languages, strict=True))
    (folder / "trainees.csv").write_text(joined + "\n", encoding="utf-8")

    assert fieldkit_command("print", "--only", "scoresheets", course=folder).code == 0

    text = _text(folder / "pack" / "scoresheets" / "S1.pdf")
    assert "С усилием дёргает пломбу" in text
    assert "Пломбаны күч менен тартат" in text
    assert "Tugs the seal firmly" in text
    pages = json.loads(fieldkit_command("sheets", "--json", course=folder).out)
    by_sheet: dict[str, list[tuple[float, float]]] = {}
    for page in pages:
        if page["station"] == "S1":
            places = [(box["x_mm"], box["y_mm"]) for box in page["layout"]["boxes"]]
            by_sheet.setdefault(page["sheet"], []).extend(places)
    assert len(by_sheet) >= 4
    assert len({tuple(places) for places in by_sheet.values()}) == 1


def test_digits_and_dates_as_the_course_asks(tmp_path: Path, fieldkit_command: Command) -> None:
    """A Dari sheet shows ۱۲ and the Solar Hijri date where the course asks, and its code in 0 to 9 all the same."""
    folder = tmp_path / "course"
    run_demo(folder, FOUR, 3, until="draw", lang="prs")
    settings = (folder / "course.yaml").read_text(encoding="utf-8")
    (folder / "course.yaml").write_text(settings + "digits: eastern\nsolar_dates: true\n", encoding="utf-8")
    fieldkit_command("print", "--only", "scoresheets", course=folder)
    text = _foot(folder / "pack" / "scoresheets" / "S1.pdf")
    code = json.loads(fieldkit_command("sheets", "--json", course=folder).out)[0]["sheet"]
    assert "2026-05-18" in text
    assert "ثور" in text
    assert "۱۲" in text
    assert f"{code[:4]} {code[4:]}" in text


@pytest.mark.parametrize(
    ("day", "solar"),
    [
        (date(2025, 3, 21), (1404, 1, 1)),
        (date(2024, 3, 20), (1403, 1, 1)),
        (date(2021, 3, 20), (1399, 12, 30)),
        (date(2016, 10, 25), (1395, 8, 4)),
        (date(2000, 1, 1), (1378, 10, 11)),
        (date(1979, 2, 11), (1357, 11, 22)),
    ],
)
def test_solar_dates_are_those_of_the_calendar(day: date, solar: tuple[int, int, int]) -> None:
    """Known days have their known Solar Hijri dates: new years, a leap day, the Afghan law of 4 Aqrab 1395."""
    assert solar_hijri(day) == solar


@given(st.dates(date(1964, 3, 21), date(2093, 3, 18)))
def test_a_day_later_is_a_day_later(day: date) -> None:
    """The next day is the next of the month, or the first of the next month, never lost or doubled."""
    year, month, number = solar_hijri(day)
    after = solar_hijri(day + timedelta(days=1))
    next_month = (year + month // 12, month % 12 + 1, 1)
    assert after == ((year, month, number + 1) if number < 29 else after)
    assert after in {(year, month, number + 1), next_month}


@pytest.mark.parametrize("lang", ["prs", "ps"])
def test_values_keep_their_order_in_a_sentence(lang: str) -> None:
    """A plate number in the key of a Dari or Pashto card stands as it does on the vehicle, on one line."""
    said = text("Right: {right}", prs="درست آن: {right}.", ps="سم یې: {right}.").fill({"right": "00 225 TRB"})[lang]
    (line,) = lines.block(((said, False),), 100_000, lang)
    assert "00\u00a0225\u00a0TRB" in "".join(run.text for run in line.runs)
