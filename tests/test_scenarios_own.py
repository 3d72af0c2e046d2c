"""A course's own scenarios: they stand in place of the library's, and everything wrong with them is told."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from fieldkit.errors import BadInput
from fieldkit.generator.checker import find_errors
from fieldkit.generator.draw import draw_exercise
from fieldkit.generator.facts import DEFAULT_DAY
from fieldkit.library.checks import check_scenarios
from fieldkit.library.load import Library, load_library

SMALL = """\
id: own
version: 1
subject: containers
unit: container
title: Own
situation: A container waits at {crossing_point}.
task: Look at it.
minutes: 10
facts: [route, container, seal]
points: ctpat-7
finds:
  - {code: D02}
  - {code: A03, points: [floor, roof], what: Put it there., answer: It is there.}
find_count: [1, 2]
documents: [cmr, seal-log]
scoresheet: field-check
items:
  - {id: one, text: Does one}
  - {id: two, text: Does two}
  - {id: three, text: Does three}
  - {id: four, text: Does four}
sources: [own]
"""


def own(tmp_path: Path, text: str, name: str = "own") -> Library:
    folder = tmp_path / "scenarios"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return load_library(tmp_path)


def told(tmp_path: Path, text: str) -> list[str]:
    """The problems of one scenario of the course's own, each from its line on."""
    library = own(tmp_path, text)
    problems = [*library.problems, *check_scenarios(library)]
    return [str(problem).split("own.yaml:", 1)[1] for problem in sorted(problems)]


def test_an_own_scenario_is_added(tmp_path: Path) -> None:
    """A scenario in the course folder is there beside those of the library, and is known as the course's own."""
    library = own(tmp_path, SMALL)

    assert told(tmp_path, SMALL) == []
    assert library.own == {"own"}
    assert draw_exercise(library.scenario("own"), library, 2, clean=False).planted


def test_an_own_scenario_replaces_the_one_of_that_id(tmp_path: Path) -> None:
    """The course's container-seal is the one that counts."""
    library = own(tmp_path, SMALL.replace("id: own", "id: container-seal"), "container-seal")

    assert library.scenario("container-seal").title["en"] == "Own"


def test_a_broken_replacement_does_not_let_the_old_one_slip_in(tmp_path: Path) -> None:
    """When the course's own container-seal has problems, the library's is not used in silence."""
    library = own(tmp_path, "id: container-seal\n", "container-seal")

    assert "container-seal" not in library.scenarios
    with pytest.raises(BadInput, match='has no "task"'):
        library.scenario("container-seal")


def test_a_file_is_called_like_its_id(tmp_path: Path) -> None:
    """A copied file whose id was forgotten is told, with both ways to mend it."""
    found = told(tmp_path, SMALL.replace("id: own", "id: other"))

    assert found == ['1:1: the file holds the id "other". Call the file other.yaml, or write `id: own`.']


MISTAKES = [
    ("scoresheet: field-check", "scoresheet: feild-check", "16:13", "Did you mean `field-check`?"),
    ("points: ctpat-7", "points: ctpat-77", "10:9", "Did you mean `ctpat-7`?"),
    ("[cmr, seal-log]", "[cmr, seal-book]", "15:18", "Did you mean `seal-log`?"),
    ("[route, container, seal]", "[rout, container, seal]", "9:9", "Did you mean `route`?"),
    ("{code: D02}", "{code: D99}", "12:12", 'no find "D99"'),
    ("{code: D02}", "{code: d2}", "12:12", "capital letter and two digits"),
    ("{code: D02}", "{code: N01, what: a, answer: b}", "12:12", "Move it to `decoys`"),
    ("{code: D02}", "{code: D08}", "12:12", "cannot be seen: it needs two papers with origin"),
    ("{code: D02}", "{code: D02, documents: [invoice]}", "12:29", 'no document "invoice"'),
    ("{code: D02}", "{code: D05, documents: [seal-log]}", "12:29", "no such field"),
    ("{code: D02}", "{code: D02, level: 2}", "12:17", "level of its own"),
    ("[floor, roof]", "[flor, roof]", "13:26", "Did you mean `floor`?"),
    (", what: Put it there.", "", "13:12", 'has no "what"'),
    ("find_count: [1, 2]", "find_count: [2, 4]", "14:13", "only 2 to choose from"),
    ("find_count: [1, 2]", "find_count: [2, 1]", "14:13", "smaller number first"),
    ("find_count: [1, 2]", "find_count: 0", "14:13", "from 1 to 5"),
    ("{id: one,", "{id: works-in-pair,", "18:5", "in the scoresheet"),
    ("{id: one,", "{id: find-a,", "18:5", "kept for the rows"),
    ("{id: one,", "{id: rating,", "18:10", "overall rating"),
    ("{id: one,", "{id: two,", "19:5", "appears twice (first on line 18)"),
    ("text: Does one}", "text: Does one, scale: dnoe}", "18:38", "Did you mean `done`?"),
    ("{crossing_point}", "{crossing_pont}", "6:12", "Did you mean `crossing_point`?"),
    ("{crossing_point}", "{tractor_plate}", "6:12", "no fact of this scenario"),
    ("{crossing_point}", "{crossing_point", "6:12", "a { or } stands alone"),
    ("{crossing_point}", "crossing_point}", "6:12", "a { or } stands alone"),
    ("minutes: 10", f"minutes: {'9' * 4000}", "8:10", 'cannot be "99999'),
    ("task: Look at it.", "task: Look at it.\nhand_in: At {crossing_point}", "8:10", "Only the situation"),
    ("subject: containers", "subject: container", "3:10", "Did you mean `containers`?"),
    ("minutes: 10", "minutes: 10 min", "8:10", "whole number"),
    ("text: Does one}", f"text: {'x' * 111}}}", "18:21", "111 characters"),
    ("text: Does one}", "text: Reads the seal and records the number}", "18:5", 'warning: the item "one" (en) seems'),
    ("points: ctpat-7", "points: ctpat-7\ntable: indicatrs", "11:8", "Did you mean `indicators`?"),
    ("[route, container, seal]", "[route, container, seal, reports]", "9:8", "Name one: `table: grading-3x5x2"),
    ("items:", "item:", "17:1", "Did you mean `items`?"),
]


@pytest.mark.parametrize(("right", "wrong", "place", "words"), MISTAKES)
def test_a_mistake_is_told_in_its_place(tmp_path: Path, right: str, wrong: str, place: str, words: str) -> None:
    """Each mistake an author can make is told with line, column and what to do."""
    assert SMALL.count(right) == 1
    found = told(tmp_path, SMALL.replace(right, wrong))

    assert any(line.startswith(f"{place}: ") and words in line for line in found), found
    assert all(len(line) < 400 for line in found)


def test_one_error_never_hides_another(tmp_path: Path) -> None:
    """A vague description would hide a wrong code in its line: the pair is drawn again until both can be seen.

    With a single line of goods it cannot be, and is refused.
    """
    text = SMALL.replace("{code: D02}", "{code: D06, documents: [cmr]}").replace(
        "container, seal]", "container, goods]"
    )
    text = re.sub(r"\{code: A03.*", "{code: D15, documents: [cmr]}", text).replace("[1, 2]", "[2, 2]")
    library = own(tmp_path, text)
    lines = set()
    for seed in range(12):
        try:
            exercise = draw_exercise(library.scenario("own"), library, seed, clean=False)
        except BadInput:
            assert len(draw_exercise(library.scenario("own"), library, seed, clean=True).facts["goods"]) == 1
            continue
        assert {error.code for error in find_errors(exercise.documents, DEFAULT_DAY)} == {"D06", "D15"}
        lines.add(len(exercise.facts["goods"]))
    assert lines == {2, 3}


def test_what_can_never_be_planted_is_refused(tmp_path: Path) -> None:
    """Two hides and one point: the scenario is refused by name instead of drawn with less."""
    text = SMALL.replace("{code: D02}", "{code: A01, points: [floor], what: a, answer: b}").replace(
        "floor, roof", "floor"
    )
    library = own(tmp_path, text.replace("[1, 2]", "[2, 2]"))

    with pytest.raises(BadInput, match='"own" cannot plant 2 finds'):
        draw_exercise(library.scenario("own"), library, 1, clean=False)


def test_finds_that_need_the_same_point_are_told(tmp_path: Path) -> None:
    """Finds that have fewer points than are to be planted are told before anything is drawn; a point more is enough."""
    text = SMALL.replace("{code: D02}", "{code: A01, points: [floor], what: a, answer: b}").replace(
        "[floor, roof], what: Put", "[floor], what: Put"
    )

    assert told(tmp_path, text) == [
        "14:13: find_count goes up to 2, and at most 1 of the finds can lie on a unit at the same time: each needs a "
        "point of its own. Lower it, or give the finds more points."
    ]
    assert told(tmp_path, text.replace("A01, points: [floor]", "A01, points: [floor, roof]")) == []


def test_papers_that_need_facts_are_told(tmp_path: Path) -> None:
    """A safety plate without a container would be empty; the message says which facts to add."""
    text = SMALL.replace("[route, container, seal]", "[route, seal]").replace(
        "[cmr, seal-log]", "[cmr, seal-log, csc-plate]"
    )

    assert "Add container to `facts`" in told(tmp_path, text)[0]


def test_too_few_rows_are_a_warning_only(tmp_path: Path) -> None:
    """A sheet with few rows is allowed, and told."""
    found = told(tmp_path, SMALL.replace("  - {id: two, text: Does two}\n  - {id: three, text: Does three}\n", ""))

    assert len(found) == 1
    assert "warning: the sheet has 8 rows" in found[0]


def test_a_broken_scoresheet_is_told_once(tmp_path: Path) -> None:
    """A mistake in an own scoresheet is told there, and not again in every scenario that uses it."""
    (tmp_path / "scoresheets").mkdir()
    (tmp_path / "scoresheets" / "field-check.yaml").write_text("id: field-check\n", encoding="utf-8")
    library = own(tmp_path, SMALL)

    assert library.problems
    assert all("scoresheets" in problem.file for problem in library.problems)


SHEET = """\
id: own-sheet
version: 1
title: Own
scales:
  - id: done
    marks:
      - {id: "yes", label: "Yes", share: 1}
      - {id: "no", label: "No", share: 0, fails: true}
items: []
"""


@pytest.mark.parametrize(
    ("right", "wrong", "words"),
    [
        (', share: 1}', "}", "has no share"),
        (', share: 1}', ", share: 1, counts: false}", "does not count"),
        (', share: 1}', ", share: 0.5}", "earns all points"),
        (', fails: true', "", "can fail a critical item"),
        ('label: "Yes"', "label: Extraordinarily", "does not fit above its boxes"),
        ('label: "Yes"', "label: one two three four five", "may have 1 to 21"),
        ('{id: "no"', '{id: "yes"', "appears twice"),
    ],
)  # fmt: skip
def test_a_scale_that_cannot_work_is_told(tmp_path: Path, right: str, wrong: str, words: str) -> None:
    """A scale without full points, without a failing mark, or with labels too long for the sheet is told."""
    (tmp_path / "scoresheets").mkdir()
    (tmp_path / "scoresheets" / "own-sheet.yaml").write_text(SHEET.replace(right, wrong), encoding="utf-8")
    problems = load_library(tmp_path).problems

    assert any(words in problem.what for problem in problems), problems


def test_an_own_point_list_and_own_points(tmp_path: Path) -> None:
    """A centre's own list may use known points and name new ones; an unknown point without a name is told."""
    folder = tmp_path / "scenarios" / "points"
    folder.mkdir(parents=True)
    (folder / "gate.yaml").write_text(
        "id: gate\nversion: 1\ntitle: Gate\nsource: own\npoints:\n"
        "  - {number: 1, point: doors}\n  - {number: 2, point: step, name: The step}\n",
        encoding="utf-8",
    )
    library = load_library(tmp_path)

    assert library.problems == []
    assert [point.name["en"] for point in library.point_lists["gate"].points] == [
        "Inside and outside doors",
        "The step",
    ]

    (folder / "gate.yaml").write_text(
        "id: gate\nversion: 1\ntitle: Gate\nsource: own\npoints:\n  - {number: 1, point: dors}\n", encoding="utf-8"
    )
    assert "Did you mean `doors`?" in load_library(tmp_path).problems[0].remedy
