"""Fair variants: groups get exercises that are equally hard; a scenario that does not hold is found out."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fieldkit.generator.balancing import balanced_seeds
from fieldkit.generator.draw import draw_exercise
from fieldkit.generator.facts import draw_case
from fieldkit.generator.proving import prove, variants
from fieldkit.library.load import load_library

LIBRARY = load_library()


@pytest.mark.parametrize("name", ["container-7-point", "documents-desk", "risk-channels", "scanner-container-images"])
def test_groups_get_equally_hard_exercises(name: str) -> None:
    """Over six groups the difficulties lie within one level of each other; clean units keep their seed."""
    scenario = LIBRARY.scenarios[name]
    seeds, clean = [11, 22, 33, 44, 55, 66], [False, True, False, False, False, False]
    chosen = balanced_seeds(scenario, LIBRARY, seeds, clean)
    hard = [
        draw_exercise(scenario, LIBRARY, seed, clean=False).difficulty
        for seed, is_clean in zip(chosen, clean, strict=True)
        if not is_clean
    ]

    assert max(hard) - min(hard) <= 1
    assert chosen[1] == 22
    assert len(set(chosen)) == len(chosen)
    assert chosen == balanced_seeds(scenario, LIBRARY, seeds, clean)


def test_without_anything_planted_seeds_stay() -> None:
    """Where all units are clean, nothing has to be balanced."""
    assert balanced_seeds(LIBRARY.scenarios["container-seal"], LIBRARY, [1, 2], [True, True]) == (1, 2)


@pytest.mark.parametrize("name", sorted(LIBRARY.scenarios))
def test_every_scenario_holds(name: str) -> None:
    """A sample of the proof that `fieldkit scenario check --seeds 10000` runs over the whole library."""
    assert prove(LIBRARY.scenarios[name], LIBRARY, range(1000, 1012)) == []


def test_a_scenario_that_does_not_hold_is_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """Papers that contradict each other without anything planted, and a find without an answer, are told."""
    scenario = LIBRARY.scenarios["container-seal"]
    monkeypatch.setattr(
        "fieldkit.generator.draw.draw_case", lambda *a, **k: {**draw_case(*a, **k), "container_number": "ZZQU1234567"}
    )
    assert any("seen D01" in what for what in prove(scenario, LIBRARY, range(4)))
    monkeypatch.undo()

    silent = replace(
        scenario, finds=tuple(replace(f, answer=replace(f.answer, by_language={})) for f in scenario.finds)
    )
    assert any("has no answer" in what for what in prove(silent, LIBRARY, range(8)))


def test_a_variant_says_what_a_seed_gives() -> None:
    """Codes with levels, points and difficulty of a seed are those of its exercise."""
    scenario = LIBRARY.scenarios["truck-trailer-17-point"]
    for found in variants(scenario, LIBRARY, range(8)):
        exercise = draw_exercise(scenario, LIBRARY, found.seed)
        assert found.codes == tuple((find.code, find.level) for find in exercise.planted)
        assert (found.clean, found.difficulty) == (exercise.clean, exercise.difficulty)
