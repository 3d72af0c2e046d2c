"""What was planted and what became of it: finds named in a trainee's own words, and counted over groups."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from fieldkit.generator.find_items import LABELS, NO_FALSE_REPORT, find_item_id
from fieldkit.judging.results import StationResult
from fieldkit.model.exercise import Planted
from fieldkit.model.scoresheet import Item
from fieldkit.reports.data import ReportData
from fieldkit.reports.words import say

_LABEL_OF = {find_item_id(label): label for label in LABELS}


@dataclass(frozen=True)
class FindTally:
    """Chances to find what was planted and to report what was not, and what was made of them.

    `found` counts those found alone; `helped` those found with help. `sheets` were marked for false reports.
    """

    chances: int = 0
    found: int = 0
    helped: int = 0
    sheets: int = 0
    false_reports: int = 0

    def __add__(self, other: FindTally) -> FindTally:
        return FindTally(
            self.chances + other.chances,
            self.found + other.found,
            self.helped + other.helped,
            self.sheets + other.sheets,
            self.false_reports + other.false_reports,
        )


def act(data: ReportData, trainee: str, station: str, item: Item, lang: str) -> str:
    """The act of an item as a trainee may read it afterwards: the row of a find names what was there."""
    label = _LABEL_OF.get(item.id)
    exercise = data.exercise(trainee, station)
    if label is None or exercise is None:
        return item.text[lang]
    find = next((find for find in exercise.planted if find.label == label), None)
    if find is None:
        return say("nothing-there", lang, label=label)
    return say("find", lang, label=label, what=find.answer[lang]) if find.answer else item.text[lang]


def act_for_all(item: Item, lang: str) -> str:
    """The act of an item where many trainees are spoken of, who had different finds behind one row."""
    label = _LABEL_OF.get(item.id)
    return say("find-any", lang, label=label) if label else item.text[lang]


def tally(data: ReportData, results: Iterable[StationResult]) -> FindTally:
    """All that the first sheets of scored stations say about finds."""
    total = FindTally()
    for _, one in by_find(data, results):
        total += one
    return total


def by_find(data: ReportData, results: Iterable[StationResult]) -> list[tuple[Planted | None, FindTally]]:
    """One tally for each find on each sheet, and one under None for the false reports of the sheet."""
    found: list[tuple[Planted | None, FindTally]] = []
    for result in results:
        exercise = data.exercise(result.trainee, result.station)
        if exercise is None or result.passed is None or not result.sheets:
            continue
        sheet = result.sheets[0].marked
        for find in exercise.planted:
            mark = sheet.mark(find_item_id(find.label))
            if mark in ("found", "found-with-help", "not-found"):
                found.append((find, FindTally(1, int(mark == "found"), int(mark == "found-with-help"))))
        if (mark := sheet.mark(NO_FALSE_REPORT.id)) is not None:
            found.append((None, FindTally(sheets=1, false_reports=int(mark == "false-report"))))
    return found
