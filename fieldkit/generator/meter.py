"""Readings of a density meter along a vehicle, each beside the reference of a part of the same kind."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from fieldkit.generator.dice import Dice
from fieldkit.generator.documents import Documents
from fieldkit.generator.facts import Case
from fieldkit.generator.planting import Change, Plant, emptied, in_line
from fieldkit.generator.seen import Papers, Seen

PARTS = (
    "Бампер / Bumper", "Шина, передняя левая / Tyre, front left", "Шина, передняя правая / Tyre, front right",
    "Дверь кабины, левая / Cab door, left", "Дверь кабины, правая / Cab door, right",
    "Бак, левый / Tank, left", "Бак, правый / Tank, right", "Передняя стенка / Front wall",
    "Боковая стенка, левая / Side wall, left", "Боковая стенка, правая / Side wall, right",
    "Пол, перед / Floor, front", "Пол, зад / Floor, rear", "Запасное колесо / Spare wheel", "Двери / Doors",
)  # fmt: skip
ORDINARY_PERCENT = 8  # readings of sound parts lie so close to their reference
STANDS_OUT_PERCENT = 20
PASSED = "пройдена / passed"


def draw_meter(dice: Dice, case: Case) -> Case:
    """Ten to fourteen readings, all close to their reference, of an instrument that is calibrated and self-tested."""
    border = date.fromisoformat(case["border_date"])
    parts = PARTS[: dice.between(10, len(PARTS))]
    readings = []
    for number, part in enumerate(parts, 1):
        reference = dice.between(24, 60)
        spread = reference * ORDINARY_PERCENT // 100
        reading = dice.between(reference - spread, reference + spread)
        readings.append(
            {"reading_line": str(number), "part": part, "reference": str(reference), "reading": str(reading)}
        )
    return {
        "meter_number": f"DM-{dice.digits(4)}",
        "meter_until": (border + timedelta(days=dice.between(40, 700))).isoformat(),
        "self_test": PASSED,
        "readings": readings,
    }


def errors(documents: Papers, today: str) -> Iterator[Seen]:
    """Readings that stand out, and a self-test that is not on record."""
    for name, paper in documents.items():
        if "self_test" in paper and paper["self_test"] != PASSED:
            yield Seen("M02", "self_test", (name,))
        for row in paper.get("lines") or ():
            if "reading" in row and _off(row) > STANDS_OUT_PERCENT:
                yield Seen("M01", "reading", (name,), row["reading_line"])


def _off(row: dict[str, str]) -> int:
    """By how many percent a reading is off its reference, rounded up."""
    reference = int(row["reference"])
    return -(-100 * abs(int(row["reading"]) - reference) // reference)


def _stands_out(level: int, least: int, most: int) -> Plant:
    """One reading is off its reference by `least` to `most` percent."""

    def way(dice: Dice, documents: Documents, names: tuple[str, ...]) -> Change | None:
        if "meter-log" not in names:
            return None
        place = dice.below(len(documents["meter-log"]["lines"]))
        reference = int(documents["meter-log"]["lines"][place]["reference"])
        wrong = str(reference + reference * dice.between(least, most) // 100)
        return in_line(documents, "meter-log", place, "reading", wrong, level, key="reading_line")

    return way


PLANTS: dict[str, tuple[Plant, ...]] = {
    "M01": (_stands_out(1, 60, 90), _stands_out(2, 35, 50), _stands_out(3, 26, 32)),
    "M02": (emptied("meter-log", ("self_test",)),),
}
