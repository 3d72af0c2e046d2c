"""The last rows of every sheet: one for each thing that may be planted, and one for finding what is not there.

A scenario has as many rows as it plants at most, so that neither the sheet of a clean unit nor a spare one tells
how many finds there are. A row with nothing behind it is marked "None here"; the sealed card says which ones those are.
"""

from __future__ import annotations

from decimal import Decimal

from fieldkit.model.exercise import Exercise
from fieldkit.model.scenario import Scenario
from fieldkit.model.scoresheet import Item, Mark, Scale
from fieldkit.model.texts import text

LABELS = "ABCDE"
DECOY_LABELS = "VWXYZ"
NOTHING_PLANTED = "none-here"

FIND_SCALE = Scale(
    "find",
    (
        Mark("found", text("Found", ru="Найдено"), Decimal(1)),
        Mark("found-with-help", text("With help", ru="С помощью"), Decimal("0.5")),
        Mark("not-found", text("Missed", ru="Пропущено"), Decimal(0), fails=True),
        Mark(NOTHING_PLANTED, text("None here", ru="Здесь нет"), None),
    ),
)
FALSE_REPORT_SCALE = Scale(
    "false-report",
    (
        Mark("none", text("None", ru="Нет"), Decimal(1)),
        Mark("false-report", text("False report", ru="Ложный доклад"), Decimal(0), fails=True),
    ),
)
NO_FALSE_REPORT = Item(
    "no-false-report",
    text("Reports nothing that is not there", ru="Не докладывает о том, чего нет"),
    FALSE_REPORT_SCALE,
    Decimal(2),
    competency="detection",
)


def find_items(scenario: Scenario) -> tuple[Item, ...]:
    """One row for each find that may be planted, and the row for false reports; none where nothing ever is planted."""
    rows = tuple(_find_item(label) for label in LABELS[: scenario.find_count[1]]) if scenario.finds else ()
    return (*rows, NO_FALSE_REPORT) if rows else ()


def find_item_id(label: str) -> str:
    """The item in which the find of that label is marked."""
    return f"find-{label.lower()}"


def rows_without_find(exercise: Exercise) -> tuple[str, ...]:
    """The items of the sheet behind which nothing is planted: they are to be marked `none-here`, and no other is."""
    planted = {find_item_id(find.label) for find in exercise.planted}
    return tuple(item.id for item in exercise.items if item.scale.id == FIND_SCALE.id and item.id not in planted)


def _find_item(label: str) -> Item:
    return Item(
        find_item_id(label),
        text(
            f"Finding {label} (see the sealed card): finds the place and describes it",
            ru=f"Находка {label} (см. закрытую карточку): находит место и описывает",
        ),
        FIND_SCALE,
        Decimal(2),
        competency="detection",
    )
