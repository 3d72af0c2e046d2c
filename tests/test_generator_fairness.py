"""Nothing but the find itself tells a find: not the papers, the tags, the order, the place, or the group before."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from pathlib import Path

import pypdfium2
import pytest

from fieldkit.course import Course
from fieldkit.generator.balancing import balanced_seeds
from fieldkit.generator.decoys import BLANK_TAG, tags_of
from fieldkit.generator.draw import draw_exercise
from fieldkit.generator.rotation import exercise_seed
from fieldkit.library.load import load_library
from fieldkit.model.exercise import Exercise
from fieldkit.steps.preparing.draw import draw_course
from fieldkit.steps.preparing.pack import print_course

LIBRARY = load_library()
NAMES = sorted(LIBRARY.scenarios)
TAGGED = [name for name in NAMES if tags_of(LIBRARY.scenarios[name])]
SEEDS = range(500, 530)


@cache
def drawn(name: str, clean: bool) -> list[Exercise]:
    return [draw_exercise(LIBRARY.scenarios[name], LIBRARY, seed, clean=clean) for seed in SEEDS]


@pytest.mark.parametrize("name", NAMES)
def test_a_clean_unit_looks_like_any_other(name: str) -> None:
    """The same papers in the same order with as many lines and boxes, the same decoys, as many tags, the same rows."""
    for clean, planted in zip(drawn(name, True), drawn(name, False), strict=True):
        assert list(clean.documents) == list(planted.documents)
        for one, other in zip(clean.documents.values(), planted.documents.values(), strict=True):
            assert list(one) == list(other)
            assert len(one.get("lines", ())) == len(other.get("lines", ()))
        assert clean.items == planted.items
        assert (clean.situation, clean.task) == (planted.situation, planted.task)
        left, right = ([d for d in e.decoys if d.code != BLANK_TAG] for e in (clean, planted))
        assert left == right
        assert _tags(clean) == _tags(planted) == tags_of(LIBRARY.scenarios[name])


def _tags(exercise: Exercise) -> int:
    return sum(thing.tagged for thing in (*exercise.planted, *exercise.decoys))


@pytest.mark.parametrize("name", TAGGED)
def test_a_tag_lies_at_a_point_of_its_own_and_tells_nothing(name: str) -> None:
    """Wherever a tagged find may lie, a tag with nothing behind it lies at other times."""
    blank, hides = Counter[str | None](), Counter[str | None]()
    for exercise in (*drawn(name, True), *drawn(name, False)):
        tagged = [thing.point for thing in (*exercise.planted, *exercise.decoys) if thing.tagged]
        assert len(set(tagged)) == len(tagged)
        blank.update(decoy.point for decoy in exercise.decoys if decoy.code == BLANK_TAG)
        hides.update(find.point for find in exercise.planted if find.tagged)
    assert set(hides) <= set(blank)


@pytest.mark.parametrize("name", NAMES)
def test_no_place_has_most_of_what_is_planted(name: str) -> None:
    """Of three or more points, and of three or more papers, none has more than six in ten of what is planted."""
    points, papers = Counter[str](), Counter[str]()
    for exercise in drawn(name, False):
        points.update(find.point for find in exercise.planted if find.point)
        papers.update(find.shown_in[0] for find in exercise.planted if find.shown_in[0] in exercise.documents)
    if tags_of(LIBRARY.scenarios[name]) and len(points) > 2:
        assert max(points.values()) <= 0.6 * points.total()
    if (
        LIBRARY.scenarios[name].subject in ("documents", "containers", "trailers")
        and len(papers) > 2
        and papers.total() > 20
    ):
        assert max(papers.values()) <= 0.6 * papers.total()


@pytest.mark.parametrize("name", NAMES)
def test_one_group_cannot_tell_the_next_what_to_look_for(name: str) -> None:
    """Six groups, one of them with a clean unit: equally hard within one level, and hardly ever the same finds."""
    scenario, repeats = LIBRARY.scenarios[name], 0
    for course in range(2):
        own = [exercise_seed(course, "S1", f"G{n}") for n in range(6)]
        clean = [n == course for n in range(6)]
        seeds = balanced_seeds(scenario, LIBRARY, own, clean)
        exercises = [draw_exercise(scenario, LIBRARY, s, clean=c) for s, c in zip(seeds, clean, strict=True)]
        planted = [e for e, c in zip(exercises, clean, strict=True) if not c]
        hard = [e.difficulty for e in planted]
        assert max(hard) - min(hard) <= 1
        sets = Counter(frozenset((f.code, f.point, f.answer["en"]) for f in e.planted) for e in planted)
        repeats += len(planted) - len(sets)
        assert seeds[course] == own[course]
    assert repeats <= 2


def test_no_card_is_thinner_than_the_others(tmp_path: Path) -> None:
    """The sealed card of a clean unit has as many pages as those of the other groups, so that no hand feels it."""
    (tmp_path / "course.yaml").write_text(
        "code: AB\ntitle: AB\nstart: 2026-05-18\nlanguages: [ru]\ngroup_size: 1\nstations:\n"
        "  - {id: S1, scenario: documents-values-weights}\n  - {id: S2, scenario: risk-channels}\n",
        encoding="utf-8",
    )
    roster = "number,name,rank,unit,country\n" + "".join(f"{{0}}{n},Someone {n},,,\n" for n in range(1, 5))
    (tmp_path / "trainees.csv").write_text(roster.format("T"), encoding="utf-8")
    (tmp_path / "instructors.csv").write_text(roster.format("I"), encoding="utf-8")
    with Course(tmp_path) as course:
        draw_course(course, 5)
        assert any(exercise.clean for exercise in course.state.exercises.values())
        print_course(course, only=["cards"])
    for path in sorted((tmp_path / "pack" / "cards").glob("*.pdf")):
        document = pypdfium2.PdfDocument(path)
        feet = [re.findall(r"страница (\d+) из (\d+)", page.get_textpage().get_text_range()) for page in document]
        assert len({of for found in feet for _, of in found}) == 1
        assert len(feet) == 4 * int(feet[0][0][1])
