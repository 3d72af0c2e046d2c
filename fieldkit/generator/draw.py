"""From a scenario and a seed to an exercise: facts, what is planted and where, papers, the rows of the sheet.

The same scenario, version, seed and day give the same exercise on every machine.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from gettext import gettext as _
from typing import Any

from fieldkit.errors import BadInput
from fieldkit.generator.checker import find_errors
from fieldkit.generator.decoys import blank_tags, draw_decoys
from fieldkit.generator.dice import Dice
from fieldkit.generator.discrepancies import PLANTS, Change, plant
from fieldkit.generator.documents import Documents, build_documents
from fieldkit.generator.facts import DEFAULT_DAY, Case, draw_case
from fieldkit.generator.materials import draw_materials, key_facts
from fieldkit.generator.wording import fill, spoken, thing, wrong_paper
from fieldkit.library.load import Library
from fieldkit.model.exercise import Exercise, Planted
from fieldkit.model.find_items import LABELS, find_items
from fieldkit.model.papers import FACT_GROUPS
from fieldkit.model.scenario import FindChoice, PointList, Scenario

CLEAN_EVERY = 4
TRIES = 60


@dataclass(frozen=True)
class _Laid:
    """What is planted so far, the papers as they stand with it, and the points on which something lies."""

    documents: Documents
    finds: tuple[Planted, ...] = ()
    points: frozenset[str] = frozenset()


def draw_exercise(
    scenario: Scenario, library: Library, seed: int, *, clean: bool | None = None, day: str = DEFAULT_DAY
) -> Exercise:
    """The exercise that `seed` gives. `clean`: nothing is planted; None lets the seed decide (one in four is clean).

    `day` is the date on which it is played. Raises BadInput where the scenario asks for what cannot be planted.
    """
    if clean is None:
        clean = is_clean(scenario, seed)
    case = _case(scenario, library, seed, day)
    decoys = draw_decoys(scenario, _dice(scenario, seed, "decoys"), case)
    bare = _Laid(build_documents(case, scenario.documents), (), frozenset(d.point for d in decoys if d.point))
    laid = bare if clean or not scenario.finds else _plant_all(scenario, seed, bare, case, day)
    points = library.point_lists.get(scenario.points)
    decoys += blank_tags(scenario, _dice(scenario, seed, "tags"), laid.finds, decoys, points)
    sheet = library.scoresheets[scenario.scoresheet]
    return Exercise(
        scenario.id,
        scenario.version,
        scenario.subject,
        seed,
        not laid.finds,
        {name: case[name] for group in scenario.facts for name in FACT_GROUPS[group]}
        | key_facts(scenario.facts, laid.documents, day),
        _in_order(laid.finds, points),
        decoys,
        laid.documents,
        (*sheet.items, *scenario.items, *find_items(scenario)),
        fill(scenario.situation, spoken(case)),
        fill(scenario.task, spoken(case)),
    )


def _case(scenario: Scenario, library: Library, seed: int, day: str) -> Case:
    sort = next((group for group in ("cold", "dangerous") if group in scenario.facts), "")
    case = draw_case(_dice(scenario, seed, "facts"), "container" in scenario.facts, day, sort)
    table = library.tables.get(scenario.table)
    return case | draw_materials(scenario, case, lambda group: _dice(scenario, seed, group), table)


def is_clean(scenario: Scenario, seed: int) -> bool:
    """Whether the seed alone makes a clean unit: exactly one in each four seeds from a multiple of four on."""
    block = Dice(seed // CLEAN_EVERY, scenario.id, scenario.version, "clean")
    return seed % CLEAN_EVERY == block.below(CLEAN_EVERY)


def exercise_json(exercise: Exercise) -> dict[str, Any]:
    """The exercise as plain data, as `fieldkit scenario draw --json` prints it."""
    return {
        "scenario": exercise.scenario,
        "version": exercise.version,
        "subject": exercise.subject,
        "seed": exercise.seed,
        "clean": exercise.clean,
        "facts": dict(exercise.facts),
        "planted": [
            {"code": find.code, "point": find.point, "shown_in": list(find.shown_in)} for find in exercise.planted
        ],
        "documents": {name: dict(paper) for name, paper in exercise.documents.items()},
    }


def _dice(scenario: Scenario, seed: int, purpose: str) -> Dice:
    return Dice(seed, scenario.id, scenario.version, purpose)


def _plant_all(scenario: Scenario, seed: int, bare: _Laid, case: Case, day: str) -> _Laid:
    """As many finds as drawn, on points of their own, every wrong paper proved. Tried anew where they got in each
    other's way."""
    dice = _dice(scenario, seed, "finds")
    count = dice.between(*scenario.find_count)
    for _attempt in range(TRIES):
        laid = bare
        for choice in dice.shuffled(scenario.finds):
            if len(laid.finds) < count:
                laid = _lay(dice, choice, laid, case, day) or laid
        if len(laid.finds) == count:
            return laid
    raise BadInput(
        _('The scenario "{name}" cannot plant {n} finds with seed {seed}.').format(
            name=scenario.id, n=count, seed=seed
        ),
        _("Give its finds more points or papers, or lower find_count."),
    )


def _lay(dice: Dice, choice: FindChoice, laid: _Laid, case: Case, day: str) -> _Laid | None:
    """What is laid with one more find; None where it has no free point or cannot be seen."""
    free = [point for point in choice.points if point not in laid.points]
    if choice.points and not free:
        return None
    point = dice.pick(free) if free else None
    points = laid.points | ({point} if point else set())
    if choice.code not in PLANTS:
        return _Laid(laid.documents, (*laid.finds, thing(choice, point, case)), points)
    if any(find.code == choice.code for find in laid.finds):
        return None
    return _lay_wrong_paper(dice, choice, laid, point, points, case, day)


def _lay_wrong_paper(
    dice: Dice, choice: FindChoice, laid: _Laid, point: str | None, points: frozenset[str], case: Case, day: str
) -> _Laid | None:
    for _attempt in range(TRIES):
        change = plant(choice.code, dice, laid.documents, choice.documents)
        if change is None:
            return None
        documents = change.apply(laid.documents)
        errors = find_errors(documents, day)
        shown = [seen.documents for seen in errors if seen.code == choice.code and seen.row in ("", change.row)]
        wanted = {choice.code, *(find.code for find in laid.finds if find.code in PLANTS)}
        if {seen.code for seen in errors} == wanted and any(change.document in names for names in shown):
            find = wrong_paper(choice, change, point, _shown_in(change, shown, documents), case)
            if not find.label or find.label not in {other.label for other in laid.finds}:
                return _Laid(documents, (*laid.finds, find), points)
    return None


def _shown_in(change: Change, shown: list[tuple[str, ...]], documents: Documents) -> tuple[str, ...]:
    """The paper that is wrong, then those it has to be compared with."""
    others = {name for names in shown if change.document in names for name in names}
    return (change.document, *(name for name in documents if name in others and name != change.document))


def _in_order(finds: tuple[Planted, ...], listed: PointList | None) -> tuple[Planted, ...]:
    """The finds in the order in which the points are walked, papers last, labelled A, B, C; those in images before
    them, labelled by the number of the image."""
    order = {point.id: place for place, point in enumerate(listed.points)} if listed else {}
    ordered = sorted(finds, key=lambda find: (order.get(find.point or "", len(order)), find.code))
    on_images = sorted((find for find in ordered if find.label), key=lambda find: int(find.label))
    others = (find for find in ordered if not find.label)
    return (*on_images, *(replace(find, label=label) for find, label in zip(others, LABELS, strict=False)))
