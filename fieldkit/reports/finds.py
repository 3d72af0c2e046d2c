"""What was planted and what became of it: counted over groups, and told to a trainee without giving the hide away.

A trainee reads the kind of a find and its place, never what lay there or what a paper said instead: units and papers
are used again, for a retake or in another course. Only the report of a station says it, which is for instructors.
"""

from __future__ import annotations

from collections.abc import Iterable

from fieldkit.judging.detection_counts import Chance, DetectionCount, chances
from fieldkit.judging.results import StationResult
from fieldkit.model.exercise import Exercise, Planted
from fieldkit.model.find_items import label_of
from fieldkit.model.finds import FIND_CODES
from fieldkit.model.papers import DOCUMENT_FORMS
from fieldkit.model.scoresheet import Item
from fieldkit.reports.data import ReportData
from fieldkit.reports.words import say


def act(data: ReportData, trainee: str, station: str, item: Item, lang: str) -> str:
    """The act of an item as a trainee may read it afterwards: the row of a find names its kind and place."""
    label = label_of(item.id)
    exercise = data.exercise(trainee, station)
    if label is None or exercise is None:
        return item.text[lang]
    find = next((find for find in exercise.planted if find.label == label), None)
    if find is None:
        return say("image-sound" if label.isdigit() else "nothing-there", lang, label=label)
    kind = FIND_CODES[find.code].title[lang] if find.code in FIND_CODES else find.code
    where = _where(data, exercise, find, lang)
    row = "image" if label.isdigit() else "find"
    return say(row, lang, label=label, what=f"{kind} ({where})" if where else kind)


def planted_words(find: Planted, lang: str) -> str:
    """What was planted, in full, for instructors; what is in an image names the image itself."""
    answer = find.answer[lang]
    return answer if find.label.isdigit() else say("find", lang, label=find.label, what=answer)


def _where(data: ReportData, exercise: Exercise, find: Planted, lang: str) -> str:
    """The inspection point or the paper."""
    scenario = data.scenarios.get(exercise.scenario)
    points = data.point_lists.get(scenario.points) if scenario else None
    point = points.point(find.point) if points and find.point else None
    form = DOCUMENT_FORMS.get(find.shown_in[0]) if find.shown_in else None
    return point.name[lang] if point else form.title[lang] if form else ""


def act_for_all(item: Item, lang: str) -> str:
    """The act of an item where many trainees are spoken of, who had different finds behind one row."""
    label = label_of(item.id)
    if label is None:
        return item.text[lang]
    return say("image-any" if label.isdigit() else "find-any", lang, label=label)


def chances_in(data: ReportData, results: Iterable[StationResult]) -> list[Chance]:
    """Every chance on the first sheets of decided stations."""
    pairs = []
    for result in results:
        exercise = data.exercise(result.trainee, result.station)
        if exercise is not None and result.passed is not None and result.sheets:
            pairs.append((result.sheets[0].marked, exercise))
    return chances(pairs)


def tally(found: Iterable[Chance]) -> DetectionCount:
    """All chances added up."""
    return sum((chance.count for chance in found), DetectionCount())
