"""Bills and manifests, TIR carnets, cold goods and dangerous goods: facts, and what an officer can see is wrong."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from fieldkit.generator import stock
from fieldkit.generator.dice import Dice
from fieldkit.generator.documents import Documents
from fieldkit.generator.facts import SIGNED, Case
from fieldkit.generator.planting import Change, Plant, altered, differs
from fieldkit.generator.seen import Papers, Seen

AIR_SPREAD_C = 3  # return air and set point of a unit that works differ by no more
TIR_DAYS = 60  # a carnet is accepted for so long after it was issued


def draw_bill(dice: Dice, case: Case) -> Case:
    """Numbers of bill of lading and manifest, and who is told of the arrival."""
    return {
        "bill_number": f"TRN{dice.digits(8)}",
        "manifest_number": f"M-{dice.digits(5)}",
        "notify": case["declarant"],
    }


def draw_tir(dice: Dice, case: Case) -> Case:
    """A TIR carnet in force on the day, issued before the loading."""
    issued = date.fromisoformat(case["loading_date"]) - timedelta(days=dice.between(2, 20))
    return {
        "tir_number": f"TX{dice.digits(8)}",
        "tir_holder": f"TRN/000/{dice.digits(6)}, {case['carrier']}",
        "tir_association": "Учебное объединение / Training association",
        "tir_valid_until": (issued + timedelta(days=TIR_DAYS)).isoformat(),
        "holder_signature": SIGNED,
        "departure_signature": SIGNED,
    }


def draw_cold(dice: Dice, case: Case) -> Case:
    """A refrigeration unit set to what its goods need, and its return air close to it."""
    set_point = stock.SET_POINTS[case["goods"][0]["description"]]
    return {
        "set_point_c": str(set_point),
        "return_air_c": str(set_point + dice.between(0, 2)),
        "reefer_mode": dice.pick(("Непрерывный / Continuous", "Старт-стоп / Start-stop")),
        "reefer_hours": str(dice.between(1200, 9800)),
    }


def draw_dangerous(dice: Dice, case: Case) -> Case:
    """What the tank carries, as the ADR lists call it."""
    goods = next(entry for entry in stock.DANGEROUS if entry.description == case["goods"][0]["description"])
    border = date.fromisoformat(case["border_date"])
    return {
        "un_number": goods.un_number,
        "hazard_number": goods.hazard_number,
        "shipping_name": goods.shipping_name,
        "adr_class": goods.adr_class,
        "driver_adr_until": (border + timedelta(days=dice.between(40, 780))).isoformat(),
        "tank_until": (border + timedelta(days=dice.between(40, 780))).isoformat(),
    }


def errors(documents: Papers, today: str) -> Iterator[Seen]:
    """Air far from the set point; a name, a hazard number and a UN number that do not belong together."""
    for name, paper in documents.items():
        if "return_air_c" in paper and abs(int(paper["return_air_c"]) - int(paper["set_point_c"])) > AIR_SPREAD_C:
            yield Seen("D14", "return_air_c", (name,))
        substance = stock.DANGEROUS_BY_UN.get(paper.get("un_number", ""))
        if "un_number" in paper and (
            substance is None
            or paper.get("shipping_name", substance.shipping_name) != substance.shipping_name
            or paper.get("hazard_number", substance.hazard_number) != substance.hazard_number
        ):
            yield Seen("D12", "un_number", (name,))


def _warmer(dice: Dice, value: str) -> str:
    return str(int(value) + dice.between(8, 16))


def _other_un(dice: Dice, value: str) -> str:
    return dice.pick([entry.un_number for entry in stock.DANGEROUS if entry.un_number != value])


def _other_hazard(dice: Dice, documents: Documents, names: tuple[str, ...]) -> Change | None:
    """A hazard number that belongs to another substance."""
    places = [(name, "hazard_number") for name in names if "hazard_number" in documents[name]]
    others = sorted({entry.hazard_number for entry in stock.DANGEROUS})
    return altered(dice, documents, places, lambda d, v: d.pick([h for h in others if h != v]), 3)


def _other_number(dice: Dice, value: str) -> str:
    """Another digit among the last four that stand before a comma or the end."""
    places = [n for n, c in enumerate(value.partition(",")[0]) if c.isdigit()][-4:]
    place = dice.pick(places)
    return value[:place] + str((int(value[place]) + dice.between(1, 9)) % 10) + value[place + 1 :]


PLANTS: dict[str, tuple[Plant, ...]] = {
    "D12": (differs(("un_number",), _other_un, 2), _other_hazard),
    "D14": (
        differs(("set_point_c",), _warmer, 1),
        differs(("return_air_c",), _warmer, 2, alone=True),
    ),
    "D16": (differs(("tir_number", "tir_holder", "vehicle_approval"), _other_number, 2),),
}
