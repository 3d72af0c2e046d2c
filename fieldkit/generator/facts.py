"""The facts of one consignment, drawn so that they fit each other: every paper is a view of them.

All values are text, as they are printed; weights, numbers and money are exact.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from fieldkit.generator import stock
from fieldkit.generator.container_number import draw_container_number
from fieldkit.generator.dice import Dice

DEFAULT_DAY = "2026-09-14"
NOT_THERE = "-"
SIGNED = "подписано, М.П. / signed, stamp"
SCALE_STEP_KG = 20  # what a weighbridge shows

Case = dict[str, Any]


def draw_case(dice: Dice, container: bool, day: str = DEFAULT_DAY, sort: str = "") -> Case:
    """One consignment: field names to text, and `goods`, a list of lines. It travels in a container or in a trailer.

    `sort`: "cold" for one kind of cold goods in a refrigerated unit, "dangerous" for a tank of one substance.
    """
    border = date.fromisoformat(day)
    route = dice.pick(stock.ROUTES)
    loading = border - timedelta(days=dice.between(*route.days))
    case: Case = {
        "crossing_point": dice.pick(route.crossing_points),
        "origin": stock.COUNTRIES[route.origin],
        "dispatch_country": stock.COUNTRIES[route.origin],
        "dispatch_place": dice.pick(route.places),
        "destination_country": stock.COUNTRIES["KG"],
        "destination_place": dice.pick(stock.DESTINATIONS),
        "loading_date": loading.isoformat(),
        "border_date": border.isoformat(),
    }
    case |= _parties(dice, route.origin, case) | _papers(dice, loading, border) | _vehicle(dice, container, border)
    case |= _container(dice, border, sort) if container else dict.fromkeys(_CONTAINER_FIELDS, NOT_THERE)
    case |= {
        "in_container": "1" if container else "0",
        "seal_number": f"TRN{dice.digits(7)}",
        "seal_class": "H",
        "seal_maker": dice.pick(stock.SEAL_MAKERS),
        "applied_at": case["dispatch_place"],
        "applied_on": case["loading_date"],
        "applied_by": dice.pick(stock.SEAL_OFFICERS),
    }
    case |= _cargo(dice, _kinds(dice, route.origin, sort), case)
    case |= _weighing(dice, case)
    return case


_CONTAINER_FIELDS = (
    "container_number", "size_type", "size_text", "max_gross_kg", "container_tare_kg", "examine_by", "csc_approval",
    "csc_made", "csc_serial", "stacking_kg", "racking_n",
)  # fmt: skip


def _parties(dice: Dice, origin: str, case: Mapping[str, str]) -> Case:
    return {
        "consignor": f"{dice.pick(stock.CONSIGNORS[origin])}, {case['dispatch_place']}",
        "consignee": f"{dice.pick(stock.CONSIGNEES)}, {case['destination_place']}",
        "carrier": dice.pick(stock.CARRIERS),
        "declarant": dice.pick(stock.DECLARANTS),
        "driver": dice.pick(stock.DRIVERS),
        "delivery_place": f"{case['destination_place']}, KG",
        "loading_place": f"{case['dispatch_place']}, {origin}",
        "terms": f"{dice.pick(('CPT', 'CIP', 'DAP'))} {case['destination_place']}",
        "office": case["crossing_point"],
    }


def _papers(dice: Dice, loading: date, border: date) -> Case:
    invoice = f"INV-{dice.digits(5)}"
    invoice_date = loading - timedelta(days=dice.between(1, 6))
    contract_date = invoice_date - timedelta(days=dice.between(20, 200))
    certificate = f"TRN-{dice.digits(6)}"
    return {
        "invoice_number": invoice,
        "invoice_date": invoice_date.isoformat(),
        "contract": f"TR-{dice.digits(3)}, {contract_date.isoformat()}",
        "cmr_number": dice.digits(7),
        "certificate": certificate,
        "attached": f"{invoice}, packing list, {certificate}",
        "procedure": "ИМ 40",
        "declaration_number": f"00000/{border:%d%m%y}/{dice.digits(7)}",
        "declaration_date": border.isoformat(),
        "ticket": dice.digits(6),
        "consignor_signature": SIGNED,
        "carrier_signature": SIGNED,
        "declarant_signature": SIGNED,
        "issuer_signature": SIGNED,
    }


def _vehicle(dice: Dice, container: bool, border: date) -> Case:
    trailer_tare = stock.CHASSIS_TARE_KG if container else stock.TRAILER_TARE_KG
    return {
        "tractor_plate": _plate(dice),
        "trailer_plate": _plate(dice),
        "tractor_vin": _vin(dice),
        "trailer_vin": _vin(dice),
        "tractor_tare_kg": str(dice.between(*stock.TRACTOR_TARE_KG, step=20)),
        "trailer_tare_kg": str(dice.between(*trailer_tare, step=20)),
        "vehicle_approval": f"TRN-{dice.digits(5)}",
        "approval_until": (border + timedelta(days=dice.between(40, 600))).isoformat(),
        "inside_length_m": str(stock.TRAILER_LENGTH_M),
    }


def _plate(dice: Dice) -> str:
    letters = "".join(dice.pick(stock.PLATE_LETTERS) for _ in range(3))
    return f"{stock.PLATE_REGION} {dice.digits(3)} {letters}"


def _vin(dice: Dice) -> str:
    """17 characters without I, O and Q. No check digit: most of the world does not use it (ISO 3779)."""
    middle = "".join(dice.pick("ABCDEFGHJKLMNPRSTUVWXYZ0123456789") for _ in range(8))
    return f"{stock.MAKERS_OF_VEHICLES}{middle}{dice.digits(6)}"


def _container(dice: Dice, border: date, sort: str) -> Case:
    kind = dice.pick(stock.REEFER_TYPES if sort == "cold" else stock.CONTAINER_TYPES)
    made_year = border.year - dice.between(3, 12)
    due = border + timedelta(days=dice.between(90, 800))
    return {
        "container_number": draw_container_number(dice),
        "size_type": kind.code,
        "size_text": kind.text,
        "max_gross_kg": str(dice.pick(kind.max_gross_kg)),
        "container_tare_kg": str(dice.between(*kind.tare_kg, step=10)),
        "inside_length_m": str(kind.inside_length_m),
        "examine_by": f"{due:%Y-%m}",
        "csc_approval": f"TRN/{dice.digits(4)}/{made_year}",
        "csc_made": f"{dice.between(1, 12):02}/{made_year}",
        "csc_serial": f"FK{dice.digits(6)}",
        "stacking_kg": "192000",
        "racking_n": "150000",
    }


def _kinds(dice: Dice, origin: str, sort: str) -> list[stock.Goods]:
    """One to three kinds of goods of that origin; a cold or dangerous load is of one kind."""
    if sort:
        return [dice.pick(stock.COLD_GOODS if sort == "cold" else stock.DANGEROUS)]
    return dice.sample([goods for goods in stock.GOODS if origin in goods.origins], dice.between(1, 3))


def _cargo(dice: Dice, kinds: list[stock.Goods], case: Mapping[str, str]) -> Case:
    """Lines of goods that fit the unit by weight and by volume, and their sums."""
    litres, kilos = _room(case)
    filled = dice.between(55, 88)
    weights = [dice.between(2, 6) for _ in kinds]
    lines: list[dict[str, str]] = []
    for goods, weight in zip(kinds, weights, strict=True):
        share = Decimal(weight * filled) / (100 * sum(weights))
        lines.append(_line(dice, goods, len(lines) + 1, litres * share, kilos * share))
    total = sum((Decimal(line["amount"]) for line in lines), Decimal(0))
    rate = Decimal(dice.between(86_0000, 90_0000)) / 10_000
    return {
        "goods": lines,
        "items": str(len(lines)),
        "packages": _sum(lines, "packages"),
        "net_kg": _sum(lines, "net_kg"),
        "gross_kg": _sum(lines, "gross_kg"),
        "currency": "USD",
        "total_value": money(total),
        "rate": str(rate),
        "customs_value": money(total * rate),
    }


def _room(case: Mapping[str, str]) -> tuple[int, int]:
    """Litres and kilograms that the unit may carry."""
    kind = stock.TYPE_BY_CODE.get(case["size_type"])
    if kind is None:
        return stock.TRAILER_VOLUME_M3 * 1000, stock.MOST_CARGO_KG
    free = int(case["max_gross_kg"]) - int(case["container_tare_kg"])
    return kind.volume_m3 * 1000, min(stock.MOST_CARGO_KG, free)


def _line(dice: Dice, goods: stock.Goods, number: int, litres: Decimal, kilos: Decimal) -> dict[str, str]:
    net, tare = Decimal(dice.pick(goods.net_kg)), Decimal(goods.tare_kg)
    packages = max(1, min(int(litres / goods.litres), int(kilos / (net + tare))))
    pieces = net if goods.unit.endswith("kg") else Decimal(dice.pick(goods.pieces))
    price = Decimal(dice.between(*goods.price)) / 100
    bulk = goods.litres == 1  # a tank: one "package" of so many kilograms
    return {
        "marks": f"FK-{number}",
        "description": goods.description,
        "hs_code": goods.hs_code,
        "packages": "1" if bulk else str(packages),
        "packing": goods.packing,
        "net_kg": number_text(packages * net),
        "gross_kg": number_text(packages * (net + tare)),
        "quantity": number_text(packages * pieces),
        "unit": goods.unit,
        "unit_price": money(price),
        "amount": money(packages * pieces * price),
    }


def _weighing(dice: Dice, case: Mapping[str, str]) -> Case:
    """What a weighbridge shows, to the step of its scale and one step off at most; the tares off that are the cargo."""
    tares = sum(
        int(case[f]) for f in ("tractor_tare_kg", "trailer_tare_kg", "container_tare_kg") if case[f] != NOT_THERE
    )
    steps = int((tares + Decimal(case["gross_kg"])) / SCALE_STEP_KG)
    weighed = (steps + dice.below(2)) * SCALE_STEP_KG
    return {"weighed_kg": str(weighed), "cargo_kg": str(weighed - tares)}


def _sum(lines: list[dict[str, str]], field: str) -> str:
    return number_text(sum((Decimal(line[field]) for line in lines), Decimal(0)))


def number_text(number: Decimal) -> str:
    """An exact number without needless zeros and without an exponent."""
    return format(number.normalize(), "f")


def money(amount: Decimal) -> str:
    """An amount with two decimals."""
    return f"{amount:.2f}"
