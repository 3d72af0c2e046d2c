"""From a scenario and a seed to an exercise: facts, what is planted and where, papers, the rows of the sheet.

The same scenario, version, seed and day give the same exercise on every machine.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from fieldkit.errors import BadInput
from fieldkit.generator import stock
from fieldkit.generator.checker import find_errors
from fieldkit.generator.dice import Dice
from fieldkit.generator.discrepancies import PLANTS, Change, plant
from fieldkit.generator.documents import Documents, build_documents
from fieldkit.generator.facts import DEFAULT_DAY, Case, draw_case
from fieldkit.generator.find_items import DECOY_LABELS, LABELS, find_items
from fieldkit.generator.materials import draw_materials, key_facts
from fieldkit.library.load import Library
from fieldkit.model.exercise import Exercise, Planted
from fieldkit.model.finds import FIND_CODES
from fieldkit.model.papers import DOCUMENT_FORMS, FACT_GROUPS, FormField
from fieldkit.model.scenario import FindChoice, Scenario
from fieldkit.model.texts import LANGUAGES, NO_TEXT, Text, text

CLEAN_EVERY = 4
TRIES = 60
_PLACE = re.compile(r"\{([a-z_]+)\}")
UNIT_ITSELF = "unit"  # where a find shows that is no wrong paper

WRONG_PAPER = text(
    "Printed wrong on purpose: {document}, “{field}”{box}: {wrong}; right would be {right}.",
    ru="Намеренно напечатано неверно: {document}, «{field}»{box}: {wrong}; верно было бы {right}.",
)
WRONG_PAPER_ANSWER = text(
    "{title}. {document}, “{field}”{box}: {wrong}; right would be {right}.",
    ru="{title}. {document}, «{field}»{box}: {wrong}; верно было бы {right}.",
)
NOT_SIGNED = text(
    "Left empty on purpose: {document}, “{field}”{box}.", ru="Намеренно не заполнено: {document}, «{field}»{box}."
)
NOT_SIGNED_ANSWER = text("{title}. {document}, “{field}”{box}.", ru="{title}. {document}, «{field}»{box}.")
_EMPTY = text("left empty", ru="не заполнено")


@dataclass(frozen=True)
class _Laid:
    """What is planted so far, and the papers as they stand with it."""

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
    papers = build_documents(case, scenario.documents)
    laid = _Laid(papers) if clean or not scenario.finds else _plant_all(scenario, seed, papers, case, day)
    sheet = library.scoresheets[scenario.scoresheet]
    return Exercise(
        scenario.id,
        scenario.version,
        scenario.subject,
        seed,
        not laid.finds,
        {name: case[name] for group in scenario.facts for name in FACT_GROUPS[group]}
        | key_facts(scenario.facts, laid.documents, day),
        _in_order(laid.finds, scenario, library),
        _decoys(scenario, seed, laid, case),
        laid.documents,
        (*sheet.items, *scenario.items, *find_items(scenario)),
        _fill(scenario.situation, _spoken(case)),
        _fill(scenario.task, _spoken(case)),
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


def _plant_all(scenario: Scenario, seed: int, papers: Documents, case: Case, day: str) -> _Laid:
    """As many finds as drawn, on points of their own, every wrong paper proved. Tried anew where they got in each
    other's way."""
    dice = _dice(scenario, seed, "finds")
    count = dice.between(*scenario.find_count)
    for _ in range(TRIES):
        laid = _Laid(papers)
        for choice in dice.shuffled(scenario.finds):
            if len(laid.finds) < count:
                laid = _lay(dice, choice, laid, case, day) or laid
        if len(laid.finds) == count:
            return laid
    raise BadInput(
        f'The scenario "{scenario.id}" cannot plant {count} finds with seed {seed}.',
        "Give its finds more points or papers, or lower find_count.",
    )


def _lay(dice: Dice, choice: FindChoice, laid: _Laid, case: Case, day: str) -> _Laid | None:
    """What is laid with one more find; None where it has no free point or cannot be seen."""
    free = [point for point in choice.points if point not in laid.points]
    if choice.points and not free:
        return None
    point = dice.pick(free) if free else None
    points = laid.points | ({point} if point else set())
    if choice.code not in PLANTS:
        return _Laid(laid.documents, (*laid.finds, _thing(choice, point, case)), points)
    if any(find.code == choice.code for find in laid.finds):
        return None
    return _lay_wrong_paper(dice, choice, laid, point, points, case, day)


def _lay_wrong_paper(
    dice: Dice, choice: FindChoice, laid: _Laid, point: str | None, points: frozenset[str], case: Case, day: str
) -> _Laid | None:
    for _ in range(TRIES):
        change = plant(choice.code, dice, laid.documents, choice.documents)
        if change is None:
            return None
        documents = change.apply(laid.documents)
        errors = find_errors(documents, day)
        shown = [seen.documents for seen in errors if seen.code == choice.code and seen.row in ("", change.row)]
        wanted = {choice.code, *(find.code for find in laid.finds if find.code in PLANTS)}
        if {seen.code for seen in errors} == wanted and any(change.document in names for names in shown):
            find = _wrong_paper(choice, change, point, _shown_in(change, shown, documents), case)
            return _Laid(documents, (*laid.finds, find), points)
    return None


def _shown_in(change: Change, shown: list[tuple[str, ...]], documents: Documents) -> tuple[str, ...]:
    """The paper that is wrong, then those it has to be compared with."""
    others = {name for names in shown if change.document in names for name in names}
    return (change.document, *(name for name in documents if name in others and name != change.document))


def _thing(choice: FindChoice, point: str | None, case: Case) -> Planted:
    what, answer = _fill(choice.what, _spoken(case)), _fill(choice.answer, _spoken(case))
    return Planted("", choice.code, point, (UNIT_ITSELF,), what, answer, choice.level or 1, choice.tagged)


def _wrong_paper(choice: FindChoice, change: Change, point: str | None, shown: tuple[str, ...], case: Case) -> Planted:
    form = DOCUMENT_FORMS[change.document]
    box, code = form.field(change.field), FIND_CODES[choice.code]
    values = {
        "title": code.title,
        "document": form.title,
        "field": box.caption if box else form.title,
        "box": _place(box, change.row),
        "row": text(change.row),
        "wrong": text(change.wrong) if change.wrong else _EMPTY,
        "right": text(change.right),
    }
    empty = not change.wrong
    what = choice.what or code.what or (NOT_SIGNED if empty else WRONG_PAPER)
    answer = choice.answer or code.answer or (NOT_SIGNED_ANSWER if empty else WRONG_PAPER_ANSWER)
    values |= _spoken(case)
    return Planted(
        "", choice.code, point, shown, _fill(what, values), _fill(answer, values), change.level, choice.tagged
    )


def _place(box: FormField | None, row: str) -> Text:
    """Where on its paper an error stands: the number of its box, or of its line."""
    if row:
        return text(f" (line {row})", ru=f" (строка {row})")
    return text(f" (box {box.box})", ru=f" (графа {box.box})") if box and box.box else NO_TEXT


def _spoken(case: Case) -> dict[str, Text]:
    """The facts as a text names them: places and people in its own language."""
    return {name: stock.LOCAL_NAMES.get(value) or text(value) for name, value in case.items() if isinstance(value, str)}


def _fill(template: Text, values: Mapping[str, Text]) -> Text:
    """The template with its `{places}` filled in, each in the template's language."""
    known = {lang: template.in_language(lang) for lang in LANGUAGES}
    return Text({lang: _filled(words, values, lang) for lang, words in known.items() if words})


def _filled(words: str, values: Mapping[str, Text], lang: str) -> str:
    """Only the places that are there are looked up; one of which nothing is known stays as it stands."""
    return _PLACE.sub(lambda place: values[place[1]][lang] if place[1] in values else place[0], words)


def _decoys(scenario: Scenario, seed: int, laid: _Laid, case: Case) -> tuple[Planted, ...]:
    """Harmless oddities, on points that no find has."""
    dice = _dice(scenario, seed, "decoys")
    count = dice.between(*scenario.decoy_count)
    taken = set(laid.points)
    found: list[Planted] = []
    for choice in dice.shuffled(scenario.decoys):
        free = [point for point in choice.points if point not in taken]
        if len(found) < count and (free or not choice.points):
            point = dice.pick(free) if free else None
            taken |= {point} if point else set()
            found.append(replace(_thing(choice, point, case), label=DECOY_LABELS[len(found)]))
    return tuple(found)


def _in_order(finds: tuple[Planted, ...], scenario: Scenario, library: Library) -> tuple[Planted, ...]:
    """The finds in the order in which the points are walked, papers last, labelled A, B, C."""
    listed = library.point_lists.get(scenario.points)
    order = {point.id: place for place, point in enumerate(listed.points)} if listed else {}
    ordered = sorted(finds, key=lambda find: (order.get(find.point or "", len(order)), find.code))
    return tuple(replace(find, label=label) for find, label in zip(ordered, LABELS, strict=False))
