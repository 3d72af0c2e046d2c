"""The last rows of every sheet: one for each thing that may be planted, and one for finding what is not there.

A scenario has as many rows as it plants at most, so that neither the sheet of a clean unit nor a spare one tells
how many finds there are. A row with nothing behind it is marked "None here"; the sealed card says which ones those are.

A set of scanner images has a row for each image instead, the sound ones too: decided rightly or not, which gives hits,
misses, false alarms and clearances. A table of consignments has a row for how far the channels agree with the key.
"""

from __future__ import annotations

from decimal import Decimal

from fieldkit.model.exercise import Exercise
from fieldkit.model.finds import IMAGE_FINDS
from fieldkit.model.scenario import Scenario
from fieldkit.model.scoresheet import Item, Mark, Scale
from fieldkit.model.texts import text

LABELS = "ABCDE"
USUAL_IMAGES = 6  # in a set where the scenario says nothing
FIND_ROW = "find-"  # how the ids of these rows begin, before the label
FOUND, WITH_HELP, MISSED, NOTHING_PLANTED = "found", "found-with-help", "not-found", "none-here"
CLEARED, FALSE_REPORT = "cleared", "false-report"

FIND_SCALE = Scale(
    "find",
    (
        Mark(FOUND, text("Found", ru="Найдено"), Decimal(1)),
        Mark(WITH_HELP, text("With help", ru="С помощью"), Decimal("0.5")),
        Mark(MISSED, text("Missed", ru="Пропущено"), Decimal(0), fails=True),
        Mark(NOTHING_PLANTED, text("None here", ru="Здесь нет"), None),
    ),
)
IMAGE_SCALE = Scale(
    "image",
    (
        Mark(FOUND, text("Found", ru="Найдено"), Decimal(1)),
        Mark(MISSED, text("Missed", ru="Пропущено"), Decimal(0), fails=True),
        Mark(CLEARED, text("Cleared", ru="Выпущен"), Decimal(1)),
        Mark(FALSE_REPORT, text("False report", ru="Ложный доклад"), Decimal(0), fails=True),
    ),
)
FALSE_REPORT_SCALE = Scale(
    "false-report",
    (
        Mark("none", text("None", ru="Нет"), Decimal(1)),
        Mark(FALSE_REPORT, text("False report", ru="Ложный доклад"), Decimal(0), fails=True),
    ),
)
CHANNEL_SCALE = Scale(
    "channels",
    (
        Mark("all", text("All", ru="Все"), Decimal(1)),
        Mark("one-off", text("1 differs", ru="1 не так"), Decimal("0.75")),
        Mark("two-off", text("2 differ", ru="2 не так"), Decimal("0.5")),
        Mark("more-off", text("3 or more", ru="3 и более"), Decimal(0), fails=True),
    ),
)
NO_FALSE_REPORT = Item(
    "no-false-report",
    text("Reports nothing that is not there", ru="Не докладывает о том, чего нет"),
    FALSE_REPORT_SCALE,
    Decimal(2),
    competency="detection",
)
CHANNELS_AGREE = Item(
    "channels-agree",
    text(
        "Channels of all lines agree with the key (sealed card)",
        ru="Коридоры всех строк — как в ключе (закрытая карточка)",
    ),
    CHANNEL_SCALE,
    Decimal(2),
    competency="documents",
)


def find_items(scenario: Scenario) -> tuple[Item, ...]:
    """The rows that fieldkit adds to the sheet of a scenario; none where nothing ever is planted."""
    if not scenario.finds:
        return ()
    on_images = tuple(_image_item(n) for n in range(1, images_of(scenario) + 1))
    lettered = not on_images or any(find.code not in IMAGE_FINDS for find in scenario.finds)
    rows = tuple(_find_item(label) for label in LABELS[: scenario.find_count[1]]) if lettered else ()
    channels = (CHANNELS_AGREE,) if "consignments" in scenario.facts else ()
    return (*on_images, *rows, *channels, *((NO_FALSE_REPORT,) if lettered else ()))


def images_of(scenario: Scenario) -> int:
    """How many scanner images a scenario shows: as many for every group, since each has a row on the sheet."""
    if "images" not in scenario.facts:
        return 0
    return scenario.rows[1] or USUAL_IMAGES


def find_item_id(label: str) -> str:
    """The item in which the find of that label is marked; the label of one in an image is the image's number."""
    return FIND_ROW + label.lower()


def label_of(item_id: str) -> str | None:
    """The label of the find that is marked in this item; None for any other item."""
    return item_id.removeprefix(FIND_ROW).upper() if item_id.startswith(FIND_ROW) else None


def fits(mark_id: str, planted: bool) -> bool:
    """Whether a row may be marked so where something is planted behind it, or nothing."""
    return mark_id in ((FOUND, WITH_HELP, MISSED) if planted else (NOTHING_PLANTED, CLEARED, FALSE_REPORT))


def rows_without_find(exercise: Exercise) -> tuple[Item, ...]:
    """The rows of the sheet behind which nothing is planted: `none-here`, or `cleared` if nothing was reported."""
    planted = {find_item_id(find.label) for find in exercise.planted}
    scales = (FIND_SCALE.id, IMAGE_SCALE.id)
    return tuple(item for item in exercise.items if item.scale.id in scales and item.id not in planted)


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


def _image_item(number: int) -> Item:
    return Item(
        find_item_id(str(number)),
        text(
            f"Image {number} (sealed card): decision, cell, reason are right",
            ru=f"Снимок {number} (карточка): решение, клетка, довод верны",
        ),
        IMAGE_SCALE,
        Decimal(2),
        competency="detection",
    )
