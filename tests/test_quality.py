"""The quality file as it comes out of the printer: what it says, that nothing is cut or lies over something else."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from test_reports import LONG, check_layout, texts

from fieldkit.course import Course
from fieldkit.judging.analysis import analyse
from fieldkit.judging.estimate import Estimate
from fieldkit.judging.table import ItemMarks, MarkTable, OverallRatings
from fieldkit.paper.fonts import missing
from fieldkit.reports.quality_data import QualityData
from fieldkit.reports.quality_figures import number, told
from fieldkit.reports.quality_reasons import REASONS, UNITS, in_language
from fieldkit.reports.quality_report import write_quality_report
from fieldkit.reports.quality_words import DESIGNS, WORDS
from fieldkit.steps.demo import DemoSize, run_demo
from fieldkit.steps.evaluating.analyse import analyse_course

pytestmark = pytest.mark.filterwarnings("error")
SIZES = {
    "a usual course": DemoSize(24, 6, 5),
    "few": DemoSize(7, 4, 3),
    "one trainee": DemoSize(1, 4, 3),
    "one station": DemoSize(12, 1, 2),
    "one instructor": DemoSize(12, 4, 1),
}


@pytest.fixture(scope="module")
def analysed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, QualityData]:
    """Made-up courses of several sizes, analysed."""
    found = {}
    for name, size in SIZES.items():
        folder = tmp_path_factory.mktemp("quality") / name
        run_demo(folder, size, seed=size.trainees, until="draw")
        with Course(folder) as course:
            _mark_without_printing(course)
            found[name] = analyse_course(course, samples=100, today="2026-05-20")
    return found


def _mark_without_printing(course: Course) -> None:
    """Sheets issued and marked as in the demo, without drawing a single page."""
    from fieldkit.model.sheet import LAYOUT
    from fieldkit.model.state import ISSUED, Issued, issued_body
    from fieldkit.steps.demo import _score
    from fieldkit.steps.preparing.pack import pack_of

    pack = pack_of(course)
    entries = [
        (ISSUED, issued_body(Issued(s, course.state.exercises[s.station, s.group].form, LAYOUT, "a4", ())))
        for s in pack.sheets
        if not s.spare
    ]
    course.append(entries, "test")
    _score(course, 3)


@pytest.mark.parametrize("lang", ["en", "ru"])
@pytest.mark.parametrize("name", SIZES)
def test_nothing_is_cut_or_lies_over_anything(
    analysed: dict[str, QualityData], tmp_path: Path, name: str, lang: str
) -> None:
    """Every page keeps its margins, no text lies over other text, and no figure is NaN, in English and Russian."""
    path = write_quality_report(replace(analysed[name], lang=lang), tmp_path / "quality.pdf")
    check_layout(path)
    assert not re.search(r"\b(nan|inf|None)\b", " ".join(texts(path)), re.IGNORECASE)


def test_the_first_page_says_who_is_in_doubt(analysed: dict[str, QualityData], tmp_path: Path) -> None:
    """The answer counts the trainees whose band crosses the pass mark, and the chart names each of them."""
    data = analysed["a usual course"]
    first = texts(write_quality_report(data, tmp_path / "q.pdf"))[0]
    near = [band for band in data.analysis.passing.bands if band.decision == "borderline"]
    expected = f"{len(near)} of 24 trainees lie within" if near else "No trainee lies within"
    assert expected in first
    assert first.count("in doubt") == len(near)
    assert all(data.trainees[band.trainee] in first for band in data.analysis.passing.bands)


def test_instructors_are_not_accused(analysed: dict[str, QualityData], tmp_path: Path) -> None:
    """Where instructors are named the file says that these lines accuse nobody and change no mark."""
    pages = " ".join(texts(write_quality_report(analysed["a usual course"], tmp_path / "q.pdf")))
    assert "They accuse nobody, and no mark is changed by them." in pages
    assert "Nothing here changes a result" in pages


def test_names_of_any_length_fit(analysed: dict[str, QualityData], tmp_path: Path) -> None:
    """Very long and very short names and titles stay within their places."""
    data = analysed["few"]
    names = {label: LONG if n % 2 else "Ы" for n, label in enumerate(data.trainees)}
    people = dict.fromkeys(data.instructors, LONG)
    long = replace(data, trainees=names, instructors=people, title="Щ" * 120, crossing_point=LONG)
    check_layout(write_quality_report(long, tmp_path / "q.pdf"))


def test_a_letter_that_the_font_lacks_is_shown_by_its_number(analysed: dict[str, QualityData], tmp_path: Path) -> None:
    """A strange sign in a table from elsewhere does not keep the file from being written."""
    data = replace(analysed["few"], title="table \U0001f600")
    assert "U+1F600" in texts(write_quality_report(data, tmp_path / "q.pdf"))[0]


def test_groups_that_share_no_instructor_are_named(tmp_path: Path) -> None:
    """A rotation that falls apart is told on the first page, with the names of both groups."""
    rows = [(f"T{t}", f"S{s}", f"I{s % 2 + 2 * (t % 2)}", "a", (t + s) % 3, 2) for t in range(8) for s in range(4)]
    rated = [(*row[:3], 1 + (row[4] + n) % 5) for n, row in enumerate(rows)]
    table = MarkTable(ItemMarks(*zip(*rows, strict=True)), OverallRatings(*zip(*rated, strict=True)))
    data = QualityData("apart", analyse(table, samples=20))
    first = texts(write_quality_report(data, tmp_path / "q.pdf"))[0]
    assert "nothing is compared across them" in first
    assert "T0, T2, T4, T6" in first


def test_every_reason_is_there_in_russian(analysed: dict[str, QualityData]) -> None:
    """Every reason and remark that these courses bring forth has its sentence in Russian."""
    said = {text for data in analysed.values() for text in _sentences(data.analysis.as_dict())}
    english = sorted(text for text in said if in_language(text, "ru") == text)
    inside = sorted(text for text in said if re.search(r"(trainee|mark|rating)s? ", in_language(text, "ru")))
    assert len(said) > 20
    assert english == inside == []


def _sentences(plain: object) -> set[str]:
    """All reasons, and the texts of what to mend or look at, in an analysis as plain data."""
    if isinstance(plain, list):
        return set().union(*(_sentences(one) for one in plain)) if plain else set()
    if not isinstance(plain, dict):
        return set()
    found = set().union(*(_sentences(value) for value in plain.values())) if plain else set()
    found |= {plain["reason"]} if isinstance(plain.get("reason"), str) else set()
    for place in ("mend", "look"):
        found |= {flag["text"] for flag in plain.get(place) or ()}
    return found


PLACES = re.compile(r"\{(\w+)\}")


@pytest.mark.parametrize("catalogue", [WORDS, DESIGNS, UNITS, {r["en"]: r for r in REASONS}])
def test_every_word_is_there_in_english_and_russian(catalogue: dict) -> None:  # type: ignore[type-arg]
    """Each text exists in both languages, names the same values in both, and can be printed."""
    for key, words in catalogue.items():
        english, russian = words.by_language["en"], words.by_language.get("ru", "")
        assert russian or not re.search(r"[A-Za-z]{2}", PLACES.sub("", english)), key
        for form in (russian or english).split("|"):
            assert set(PLACES.findall(form)) == set(PLACES.findall(english.split("|")[0])), key
        assert not missing(english + russian)


def test_a_reason_inside_a_reason_is_translated_too() -> None:
    """“Station S1 has no cut: not enough data …” is Russian from beginning to end."""
    text = in_language("station S1 has no cut: not enough data: 7 ratings, 20 needed", "ru")
    assert text == "у станции S1 нет границы: мало данных: общие оценки – 7, нужно 20"


@pytest.mark.parametrize(
    ("value", "digits", "words"),
    [(0.125, 2, "0.13"), (-0.004, 2, "0.00"), (70.0, 0, "70"), (99.95, 1, "100.0"), (-0.4, 0, "0"), (1e-9, 2, "0.00")],
)
def test_figures_are_rounded_half_up_and_never_minus_nothing(value: float, digits: int, words: str) -> None:
    """0.125 is shown as 0.13, and nothing is shown as -0.00."""
    assert number(value, digits, "en") == words


def test_no_bare_figure_below_the_least_n() -> None:
    """Below its least n a figure is its reason with the interval; above, the value with interval and n."""
    assert told(Estimate(0.5, 0.25, 0.75, 24), 2, "ru") == "0,50 (95 %: 0,25 – 0,75, n = 24)"
    few = Estimate(None, 0.25, 0.75, 7, reason="not enough data: 7 trainees, 20 needed")
    assert told(few, 2, "en") == "not enough data: 7 trainees, 20 needed (95 %: 0.25 to 0.75)"
