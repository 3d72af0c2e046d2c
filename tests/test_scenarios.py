"""The scenarios that come with fieldkit: complete, drawn the same everywhere, never telling what is planted."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path

import pytest

from fieldkit.errors import BadInput
from fieldkit.generator.checker import find_errors
from fieldkit.generator.decoys import BLANK_TAG
from fieldkit.generator.discrepancies import PLANTS
from fieldkit.generator.draw import draw_exercise, exercise_json, is_clean
from fieldkit.generator.facts import DEFAULT_DAY
from fieldkit.generator.wording import UNIT_ITSELF
from fieldkit.library import point_file, reference_file, scenario_file, scoresheet_file
from fieldkit.library.checks import FEWEST_ITEMS, check_scenarios
from fieldkit.library.fields import markdown
from fieldkit.library.load import load_library
from fieldkit.library.scoresheet_file import LABEL_LETTERS, MOST_ITEM
from fieldkit.model.find_items import FALSE_REPORT_SCALE, FIND_SCALE, find_item_id, images_of, rows_without_find
from fieldkit.model.finds import FIND_CODES
from fieldkit.model.papers import DOCUMENT_FORMS, FACT_GROUPS
from fieldkit.model.scenario import COMPETENCIES, SUBJECT_TITLES, UNIT_TITLES
from fieldkit.model.sheet import lay_out
from fieldkit.model.texts import Text

ROOT = Path(__file__).resolve().parent.parent
LIBRARY = load_library()
NAMES = sorted(LIBRARY.scenarios)
SEEDS = range(24)
# Another digest means that every exercise printed so far would be drawn differently: count the scenario's version up.
GOLDEN = {
    "container-7-point": "0148c76f7d90ef45",
    "container-load-check": "fce97c0abc3e5f93",
    "container-marks-and-plate": "815292c3a21f2058",
    "container-reefer-8-point": "5eb01e6bf8ec9100",
    "container-seal": "c626992965905b81",
    "documents-desk": "fe4a102b115f448f",
    "documents-manifest-bill": "13af8bc6b0a48eed",
    "documents-tir-set": "493059b16975f689",
    "documents-values-weights": "225234070f9836ea",
    "intelligence-3x5x2": "64a2452605fa8d3c",
    "intelligence-4x4": "f44f15044cd9eaf6",
    "intelligence-5x5x5": "b1401db1447e890e",
    "legal-after-the-find": "db54f91b5e885211",
    "legal-custody-check": "5adc971646e19537",
    "legal-record-of-find": "c08975c65fe9eb73",
    "narcotics-density-meter": "20574024976b6394",
    "narcotics-dog-search": "8ca130641c03d70d",
    "narcotics-field-test": "7ced11dd0d9769f6",
    "risk-arrivals-board": "bacfce0d6347cfb6",
    "risk-channels": "ec6b2b3230f76127",
    "risk-five-first": "3e1d3ae8bd1661c9",
    "scanner-container-images": "9881d090066f6a74",
    "scanner-image-and-declaration": "9730904cb1954821",
    "scanner-site-safety": "cecd12b88ef6db3e",
    "trailer-curtain-tir": "4f6fcfcd49912103",
    "trailer-refrigerated": "868a99d19244e917",
    "trailer-tanker-adr": "9a31fe27d505bf9a",
    "truck-trailer-17-point": "870a02234b62d763",
}


def texts_in(value: object) -> list[Text]:
    """Every text by language inside a scenario, an item or a list of them."""
    if isinstance(value, Text):
        return [value]
    if isinstance(value, tuple):
        return [text for inner in value for text in texts_in(inner)]
    if hasattr(value, "__dataclass_fields__"):
        return [text for name in value.__dataclass_fields__ for text in texts_in(getattr(value, name))]
    return []


def test_the_library_has_no_problems() -> None:
    """What comes with fieldkit passes its own check, warnings included."""
    assert [str(problem) for problem in (*LIBRARY.problems, *check_scenarios(LIBRARY))] == []
    assert {"container-seal", "container-7-point", "truck-trailer-17-point", "documents-desk"} <= set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_every_text_is_there_in_english_and_russian(name: str) -> None:
    """No text of a scenario, its scoresheet or its points is missing in English or Russian."""
    scenario = LIBRARY.scenarios[name]
    everything = (scenario, LIBRARY.scoresheets[scenario.scoresheet], LIBRARY.point_lists.get(scenario.points, ()))
    missing = [text for text in texts_in(everything) if text and not (text.has("en") and text.has("ru"))]

    assert missing == []


def test_words_of_the_model_are_there_in_english_and_russian() -> None:
    """Subjects, units, competencies, finds and forms have both languages."""
    tables = [*SUBJECT_TITLES.values(), *UNIT_TITLES.values(), *COMPETENCIES.values()]
    tables += [code.title for code in FIND_CODES.values()] + [form.title for form in DOCUMENT_FORMS.values()]

    assert all(text.has("en") and text.has("ru") for text in tables)


@pytest.mark.parametrize("name", NAMES)
def test_a_scenario_is_complete(name: str) -> None:
    """Brief, set-up, props, safety, answer, clean-up and sources are all there."""
    scenario = LIBRARY.scenarios[name]

    for part in ("situation", "task", "hand_in", "prepare", "props", "safety", "model_answer", "clean_up", "sources"):
        assert getattr(scenario, part), part
    assert any(item.critical for item in (*LIBRARY.scoresheets[scenario.scoresheet].items, *scenario.items))


@pytest.mark.parametrize("name", NAMES)
def test_a_sheet_fits_and_never_tells(name: str) -> None:
    """All seeds give the same rows, 10 to 16 of them on one page, each of two lines at most."""
    drawn = [draw_exercise(LIBRARY.scenarios[name], LIBRARY, seed) for seed in SEEDS]
    rows = drawn[0].items

    assert all(exercise.items == rows for exercise in drawn)
    assert FEWEST_ITEMS <= len(rows) <= 16
    assert len(lay_out(rows)) == 1
    assert len({item.id for item in rows}) == len(rows)
    assert all(len(line) <= MOST_ITEM for item in rows for line in item.text.by_language.values())
    assert all(re.fullmatch("[a-z0-9-]+", item.id) and item.id != "rating" for item in rows)
    labels = {label for item in rows for mark in item.scale.marks for label in mark.label.by_language.values()}
    assert all(len(word) <= LABEL_LETTERS for label in labels for word in label.split())


@pytest.mark.parametrize("name", NAMES)
def test_clean_units_are_clean_and_never_announced(name: str) -> None:
    """Exactly one unit in four is clean, and a clean one has nothing planted in its papers."""
    scenario = LIBRARY.scenarios[name]
    for block in range(0, len(SEEDS), 4):
        assert sum(is_clean(scenario, seed) for seed in range(block, block + 4)) == 1
    for seed in SEEDS:
        exercise = draw_exercise(scenario, LIBRARY, seed)
        assert exercise.clean == is_clean(scenario, seed) == (not exercise.planted)
        if exercise.clean:
            assert find_errors(exercise.documents, DEFAULT_DAY) == []
    assert draw_exercise(scenario, LIBRARY, 1, clean=True).clean
    assert not draw_exercise(scenario, LIBRARY, 1, clean=False).clean


@pytest.mark.parametrize("name", NAMES)
def test_exactly_what_is_planted_can_be_seen(name: str) -> None:
    """The papers show the planted errors and no others, in the papers that the card names."""
    scenario = LIBRARY.scenarios[name]
    for seed in SEEDS:
        exercise = draw_exercise(scenario, LIBRARY, seed)
        errors = find_errors(exercise.documents, DEFAULT_DAY)
        wrong_papers = [find for find in exercise.planted if find.code in PLANTS]
        assert {error.code for error in errors} == {find.code for find in wrong_papers}
        for find in wrong_papers:
            assert set(find.shown_in) <= set(exercise.documents)
            assert any(find.shown_in[0] in error.documents for error in errors if error.code == find.code)
        assert all(find.shown_in == (UNIT_ITSELF,) for find in exercise.planted if find.code not in PLANTS)


@pytest.mark.parametrize("name", NAMES)
def test_no_two_things_lie_on_one_point(name: str) -> None:
    """Finds and decoys each have a point of their own, on the scenario's list, and a label in the order of the walk."""
    scenario = LIBRARY.scenarios[name]
    known = [point.id for point in LIBRARY.point_lists[scenario.points].points] if scenario.points else []
    for seed in SEEDS:
        exercise = draw_exercise(scenario, LIBRARY, seed)
        points = [thing.point for thing in (*exercise.planted, *exercise.decoys) if thing.point]
        assert len(set(points)) == len(points)
        assert set(points) <= set(known)
        walked = [known.index(find.point) for find in exercise.planted if find.point]
        assert walked == sorted(walked)
        labels = [find.label for find in exercise.planted]
        assert images_of(scenario) or labels == list("ABCDE")[: len(labels)]
        assert all(find_item_id(find.label) in {item.id for item in exercise.items} for find in exercise.planted)
        least, most = scenario.find_count
        assert len(rows_without_find(exercise)) == (images_of(scenario) or most) - len(exercise.planted)
        assert exercise.clean or least <= len(exercise.planted) <= most


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_left_to_fill_in(name: str) -> None:
    """No text on card, brief or paper has an unfilled {place} or an empty answer."""
    for seed in SEEDS:
        exercise = draw_exercise(LIBRARY.scenarios[name], LIBRARY, seed)
        texts = texts_in((exercise.situation, exercise.task, exercise.planted, exercise.decoys))
        assert all("{" not in line for text in texts for line in text.by_language.values())
        assert all(thing.what and thing.answer for thing in (*exercise.planted, *exercise.decoys))


@pytest.mark.parametrize("name", NAMES)
def test_every_find_and_decoy_is_drawn_sometimes(name: str) -> None:
    """Over 100 seeds each find and each decoy of a scenario turns up."""
    scenario = LIBRARY.scenarios[name]
    drawn = [draw_exercise(scenario, LIBRARY, seed) for seed in range(100)]

    assert {find.code for exercise in drawn for find in exercise.planted} == {find.code for find in scenario.finds}
    laid = {decoy.code for exercise in drawn for decoy in exercise.decoys} - {BLANK_TAG}
    assert laid == {decoy.code for decoy in scenario.decoys}


@pytest.mark.parametrize("name", NAMES)
def test_seeds_differ_and_repeat(name: str) -> None:
    """The same seed gives the same exercise, other seeds give others."""
    scenario = LIBRARY.scenarios[name]
    first = [json.dumps(exercise_json(draw_exercise(scenario, LIBRARY, seed))) for seed in SEEDS]

    assert first == [json.dumps(exercise_json(draw_exercise(scenario, LIBRARY, seed))) for seed in SEEDS]
    assert len(set(first)) == len(SEEDS)
    assert len({json.dumps(json.loads(text)["facts"]) for text in first}) == len(SEEDS)


@pytest.mark.parametrize("name", sorted(GOLDEN))
def test_exercises_are_those_that_were_always_drawn(name: str) -> None:
    """The exercises of three seeds are the very bytes they were when this scenario's version was new."""
    drawn = [exercise_json(draw_exercise(LIBRARY.scenarios[name], LIBRARY, seed)) for seed in (1, 2, 3)]
    digest = hashlib.sha256(json.dumps(drawn, ensure_ascii=False).encode("utf-8")).hexdigest()

    assert digest[:16] == GOLDEN[name]


def test_json_has_the_promised_shape() -> None:
    """`scenario draw --json` has its keys in their order, and plain values only."""
    drawn = exercise_json(draw_exercise(LIBRARY.scenarios["documents-desk"], LIBRARY, 1, clean=False))

    assert list(drawn) == ["scenario", "version", "subject", "seed", "clean", "facts", "planted", "documents"]
    assert list(drawn["planted"][0]) == ["code", "point", "shown_in"]
    assert json.loads(json.dumps(drawn)) == drawn
    assert "float" not in {type(value).__name__ for value in drawn["facts"].values()}


def test_an_unknown_scenario_is_refused_with_what_is_near() -> None:
    """A misspelt scenario gets the right one named."""
    with pytest.raises(BadInput, match="no scenario") as refused:
        LIBRARY.scenario("container-seel")
    assert "container-seal" in refused.value.hint


def test_marks_of_added_rows_are_worth_what_they_say() -> None:
    """Found earns all, with help half, missed nothing; a row with nothing behind it does not count."""
    assert [str(mark.share) for mark in FIND_SCALE.marks] == ["1", "0.5", "0", "None"]
    assert [str(mark.share) for mark in FALSE_REPORT_SCALE.marks] == ["1", "0"]


SCENARIO_TABLES = (scenario_file.SCENARIO, scenario_file.FIND, scoresheet_file.ITEM, point_file.NAMES, point_file.NAME,
                   point_file.POINT_LIST, point_file.STEP, reference_file.REFERENCE, reference_file.ROW)  # fmt: skip
SCORESHEET_TABLES = (scoresheet_file.SCORESHEET, scoresheet_file.SCALE, scoresheet_file.MARK, scoresheet_file.ITEM)


@pytest.mark.parametrize(("folder", "tables"), [("scenarios", SCENARIO_TABLES), ("scoresheets", SCORESHEET_TABLES)])
def test_documents_and_code_name_the_same_keys(folder: str, tables: tuple[object, ...]) -> None:
    """Each README prints the very tables that files are checked by, and no other key."""
    readme = (ROOT / folder / "README.md").read_text(encoding="utf-8")
    for table in tables:
        assert markdown(table) in readme
        readme = readme.replace(markdown(table), "", 1)
    assert "| key | kind | about |" not in readme


def test_documents_name_every_fact_paper_and_find() -> None:
    """The README lists exactly the groups of facts, the papers and the codes that there are."""
    readme = (ROOT / "scenarios" / "README.md").read_text(encoding="utf-8")
    rows = {
        line.split("|")[1].strip().strip("`")
        for line in readme.splitlines()
        if re.match(r"\| `[a-zA-Z0-9-]+` \|", line)
    }
    keys = {key.name for table in SCENARIO_TABLES for key in table.keys}

    assert {*FACT_GROUPS, *DOCUMENT_FORMS, *FIND_CODES} <= rows
    assert rows - keys <= {*FACT_GROUPS, *DOCUMENT_FORMS, *FIND_CODES}
    for group, facts in FACT_GROUPS.items():
        assert f"| `{group}` | {', '.join(f'`{fact}`' for fact in facts)} |" in readme


def test_the_example_in_the_documents_works(tmp_path: Path) -> None:
    """The small scenario of the README can be copied into a course and drawn."""
    readme = (ROOT / "scenarios" / "README.md").read_text(encoding="utf-8")
    (tmp_path / "scenarios").mkdir()
    (tmp_path / "scenarios" / "seal-at-night.yaml").write_text(
        readme.split("```yaml\n")[1].split("```")[0], encoding="utf-8"
    )
    library = load_library(tmp_path)

    assert [str(problem) for problem in (*library.problems, *check_scenarios(library)) if not problem.warning] == []
    assert draw_exercise(library.scenario("seal-at-night"), library, 1, clean=False).planted[0].code == "D02"
