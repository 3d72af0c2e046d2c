"""A field test: the label of its kit and the record of the test. Nothing here says how a test works."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from fieldkit.generator import stock
from fieldkit.generator.dice import Dice
from fieldkit.generator.documents import Documents
from fieldkit.generator.facts import SIGNED, Case
from fieldkit.generator.planting import Change, Plant, altered, differs, emptied
from fieldkit.generator.seen import Papers, Seen

PRESUMPTIVE = (
    "предположительно положительный / presumptive positive",
    "предположительно отрицательный / presumptive negative",
    "неопределённый / inconclusive",
)
CONFIRMED = ("подтверждено / confirmed", "установлено: наркотик / identified as a drug")


def draw_field_test(dice: Dice, case: Case) -> Case:
    """A kit in date and a record that follows its leaflet."""
    border = date.fromisoformat(case["border_date"])
    least = dice.between(20, 60, 10)
    most = least + dice.between(30, 90, 10)
    first, second = dice.sample(stock.SEAL_OFFICERS, 2)
    return {
        "kit_name": f"Учебный тест / Training test {dice.pick('ABCD')}",
        "kit_lot": f"TRN{dice.digits(5)}",
        "kit_until": (border + timedelta(days=dice.between(40, 700))).isoformat(),
        "read_window": f"{least}-{most}",
        "exhibit_number": case.get("exhibit_number") or f"E-{dice.digits(4)}",
        "tested_on": f"{border.isoformat()} {dice.between(9, 17):02}:{dice.between(0, 55, 5):02}",
        "read_after_s": str(dice.between(least, most, 5)),
        "test_result": dice.pick(PRESUMPTIVE),
        "tester": first,
        "test_witness": second,
        "operator_signature": SIGNED,
    }


def errors(documents: Papers, today: str) -> Iterator[Seen]:
    """A kit out of date, another lot, a wrong time, a result that claims too much, a test done alone."""
    lots = {name: paper["kit_lot"] for name, paper in documents.items() if "kit_lot" in paper}
    if len(set(lots.values())) > 1:
        yield Seen("T02", "kit_lot", tuple(lots))
    kits = {name: paper for name, paper in documents.items() if "read_window" in paper}
    for name, paper in documents.items():
        if "kit_until" in paper and paper["kit_until"] < today:
            yield Seen("T01", "kit_until", (name,))
        if "test_result" in paper and paper["test_result"] not in PRESUMPTIVE:
            yield Seen("T03", "test_result", (name,))
        if "test_witness" in paper and paper["test_witness"] in ("", paper["tester"]):
            yield Seen("T05", "test_witness", (name,))
        if paper.get("operator_signature") == "":
            yield Seen("T05", "operator_signature", (name,))
        for kit, label in kits.items() if "read_after_s" in paper else ():
            least, most = (int(number) for number in label["read_window"].split("-"))
            if not least <= int(paper["read_after_s"]) <= most:
                yield Seen("T04", "read_after_s", (name, kit))


def _out_of_date(dice: Dice, value: str) -> str:
    return (date.fromisoformat(value) - timedelta(days=dice.between(720, 1100))).isoformat()


def _other_lot(dice: Dice, value: str) -> str:
    return value[:3] + str((int(value[3:]) + dice.between(1, 99998)) % 100000).zfill(5)


def _too_late(dice: Dice, value: str) -> str:
    return str(int(value) + dice.between(160, 600, 10))


def _read_too_late(dice: Dice, documents: Documents, names: tuple[str, ...]) -> Change | None:
    places = [(name, "read_after_s") for name in names if "read_after_s" in documents[name]]
    return altered(dice, documents, places, _too_late, 3) if "test-kit" in documents else None


def _alone(dice: Dice, documents: Documents, names: tuple[str, ...]) -> Change | None:
    """The second officer is the first one again."""
    places = [(name, "test_witness") for name in names if "test_witness" in documents[name]]
    return altered(dice, documents, places, lambda _dice, _value: documents["test-record"]["tester"], 2)


PLANTS: dict[str, tuple[Plant, ...]] = {
    "T01": (differs(("kit_until",), _out_of_date, 1, alone=True),),
    "T02": (differs(("kit_lot",), _other_lot, 2),),
    "T03": (differs(("test_result",), lambda dice, _value: dice.pick(CONFIRMED), 1, alone=True),),
    "T04": (_read_too_late,),
    "T05": (_alone, emptied("test-record", ("test_witness", "operator_signature"))),
}
