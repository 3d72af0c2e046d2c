"""Planting errors in papers: one small function for each way in which a paper can be wrong.

Each takes the dice, the papers and the names of those that may carry the error, and gives the change, or None where
these papers cannot carry it. What was planted is proved by the checker, not here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from copy import deepcopy
from datetime import date, timedelta
from decimal import Decimal

from fieldkit.generator import consignments, custody, field_test, images, information, meter, stock, transit
from fieldkit.generator.checker import EXPIRY, SIGNATURES
from fieldkit.generator.dice import Dice
from fieldkit.generator.documents import Documents
from fieldkit.generator.facts import NOT_THERE, money, number_text
from fieldkit.generator.planting import Change, Plant, altered, differs, line_differs
from fieldkit.generator.seen import number


def plant(code: str, dice: Dice, documents: Documents, allowed: Iterable[str] = ()) -> Change | None:
    """An error of that code in one of the papers (of the `allowed` ones, if any are named), or None."""
    names = tuple(name for name in documents if name in set(allowed)) if allowed else tuple(documents)
    for way in dice.shuffled(PLANTS[code]):
        change = way(dice, documents, names)
        if change is not None and change.wrong != change.right:
            return change
    return None


def _total_differs(field: str, shift: Callable[[Dice, Decimal], Decimal], level: int, with_line: bool) -> Plant:
    """One paper has another total; with its last line changed too, so that its own sum is right, or without."""

    def way(dice: Dice, documents: Documents, names: tuple[str, ...]) -> Change | None:
        fit = [
            name
            for name in names
            if field in documents[name] and documents[name].get("lines") and field in documents[name]["lines"][-1]
        ]
        if not fit or (with_line and sum(field in paper for paper in documents.values()) < 2):
            return None
        name = dice.pick(fit)
        paper = deepcopy(documents[name])
        last = paper["lines"][-1]
        add = shift(dice, number(last[field]))
        right = paper[field]
        paper[field] = number_text(number(right) + add)
        if with_line:
            last[field] = number_text(number(last[field]) + add)
        return Change(name, field, paper[field], right, level, paper)

    return way


def _net_above_gross(dice: Dice, documents: Documents, names: tuple[str, ...]) -> Change | None:
    """A line weighs more without its packing than with it."""
    fit = [
        name
        for name in names
        if documents[name].get("lines") and {"net_kg", "gross_kg"} <= {*documents[name]["lines"][0]}
    ]
    if not fit:
        return None
    name = dice.pick(fit)
    paper = deepcopy(documents[name])
    row = dice.pick(paper["lines"])
    right, gross = row["net_kg"], number(row["gross_kg"])
    row["net_kg"] = number_text(gross + (gross / 20).to_integral_value() + dice.between(10, 60))
    paper["net_kg"] = number_text(number(paper["net_kg"]) + number(row["net_kg"]) - number(right))
    return Change(name, "net_kg", row["net_kg"], right, 1, paper)


def _weighs_otherwise(dice: Dice, documents: Documents, names: tuple[str, ...]) -> Change | None:
    """The weighbridge shows clearly more than the papers declare."""
    if "weighbridge" not in names or not any("gross_kg" in paper for paper in documents.values()):
        return None
    paper = dict(documents["weighbridge"])
    right = paper["cargo_kg"]
    more = dice.between(600, 2400, step=20)
    paper["cargo_kg"], paper["weighed_kg"] = str(int(right) + more), str(int(paper["weighed_kg"]) + more)
    return Change("weighbridge", "cargo_kg", paper["cargo_kg"], right, 2, paper)


def _amount_wrong(dice: Dice, documents: Documents, names: tuple[str, ...]) -> Change | None:
    """On the invoice, quantity times price is not the amount."""
    if "invoice" not in names:
        return None
    paper = deepcopy(documents["invoice"])
    row = dice.pick(paper["lines"])
    right = row["amount"]
    less = (number(right) * dice.between(10, 35) / 100).quantize(Decimal(1))
    row["amount"] = money(number(right) - less)
    paper["total_value"] = money(number(paper["total_value"]) - less)
    return Change("invoice", "amount", row["amount"], right, 3, paper)


def _signature_missing(dice: Dice, documents: Documents, names: tuple[str, ...]) -> Change | None:
    """A box that is to be signed is empty."""
    places = [(name, field) for name in names for field in SIGNATURES if documents[name].get(field)]
    return altered(dice, documents, places, lambda _dice, _value: "", 1)


def _seal_not_entered(dice: Dice, documents: Documents, names: tuple[str, ...]) -> Change | None:
    """A paper leaves the box for the seal number empty."""
    carriers = [name for name, paper in documents.items() if paper.get("seal_number")]
    places = [(name, "seal_number") for name in names if name in carriers and name != "seal" and len(carriers) > 1]
    return altered(dice, documents, places, lambda _dice, _value: "", 1)


def _expired(dice: Dice, documents: Documents, names: tuple[str, ...]) -> Change | None:
    """A certificate ran out before the day."""
    places = [(name, f) for name in names for f in EXPIRY if documents[name].get(f, NOT_THERE) != NOT_THERE]
    return altered(dice, documents, places, _past, 2)


def _past(dice: Dice, value: str) -> str:
    """Well before any day on which the paper was still good: a valid date is at most 800 days ahead."""
    full = date.fromisoformat(value if len(value) == 10 else value + "-01")
    return (full - timedelta(days=dice.between(840, 1300))).isoformat()[: len(value)]


def _later(dice: Dice, value: str) -> str:
    """After the border: no way takes longer than 19 days."""
    return (date.fromisoformat(value) + timedelta(days=dice.between(21, 40))).isoformat()


def _one_digit(dice: Dice, value: str) -> str:
    """Another digit in one place among the last seven digits, never the check digit of a container number."""
    places = [place for place, character in enumerate(value[:-1]) if character.isdigit()][-7:]
    place = dice.pick(places)
    digit = str((int(value[place]) + dice.between(1, 9)) % 10)
    return value[:place] + digit + value[place + 1 :]


def _two_swapped(dice: Dice, value: str) -> str:
    """Two neighbouring digits the other way round; the same text where no two differ."""
    places = [n for n in range(len(value) - 2) if value[n : n + 2].isdigit() and value[n] != value[n + 1]]
    if not places:
        return value
    place = dice.pick(places)
    return value[:place] + value[place + 1] + value[place] + value[place + 2 :]


def _plate_letter(dice: Dice, value: str) -> str:
    """Another last letter on a plate."""
    return value[:-1] + dice.pick([letter for letter in stock.PLATE_LETTERS if letter != value[-1]])


def _other_country(dice: Dice, value: str) -> str:
    return dice.pick(
        [country for country in stock.COUNTRIES.values() if country != value and not country.startswith("KG")]
    )


def _other_firm(dice: Dice, value: str) -> str:
    """Another firm of the same sort in the same place."""
    firm, _, place = value.rpartition(", ")
    sort = next(firms for firms in (*stock.CONSIGNORS.values(), stock.CONSIGNEES) if firm in firms)
    return f"{dice.pick([other for other in sort if other != firm])}, {place}"


def _other_place(dice: Dice, value: str) -> str:
    """The same firm in another place."""
    firm, _, place = value.rpartition(", ")
    places = (
        stock.DESTINATIONS if place in stock.DESTINATIONS else next(r.places for r in stock.ROUTES if place in r.places)
    )
    return f"{firm}, {dice.pick([other for other in places if other != place])}"


def _other_chapter(dice: Dice, value: str) -> str:
    return dice.pick([goods.hs_code for goods in stock.GOODS if goods.hs_code[:2] != value[:2]])


def _vague(dice: Dice, _value: str) -> str:
    return dice.pick(stock.VAGUE_DESCRIPTIONS)


def _lower_value(dice: Dice, value: str) -> str:
    return money((number(value) * dice.between(45, 80) / 100).quantize(Decimal("0.01")))


def _few_packages(dice: Dice, in_line: Decimal) -> Decimal:
    """Some packages more or fewer, never so many fewer that the line is empty."""
    few = dice.between(2, 12)
    return Decimal(-few if in_line > few and dice.chance(1, 2) else few)


def _some_weight(dice: Dice, in_line: Decimal) -> Decimal:
    return Decimal(dice.between(250, 900, step=10))


PLANTS: dict[str, tuple[Plant, ...]] = {
    "D01": (
        differs(("container_number",), _one_digit, 2, alone=True),
        differs(("container_number",), _two_swapped, 3, alone=True),
    ),
    "D02": (
        differs(("seal_number",), _one_digit, 2),
        differs(("seal_number",), _two_swapped, 3),
        _seal_not_entered,
    ),
    "D03": (
        differs(("tractor_plate", "trailer_plate"), _plate_letter, 2),
        differs(("tractor_plate", "trailer_plate"), _two_swapped, 3),
    ),
    "D04": (
        _total_differs("packages", _few_packages, 1, with_line=True),
        _total_differs("packages", _few_packages, 2, with_line=False),
    ),
    "D05": (
        _total_differs("gross_kg", _some_weight, 1, with_line=True),
        _total_differs("gross_kg", _some_weight, 2, with_line=False),
        _net_above_gross,
        _weighs_otherwise,
    ),
    "D06": (line_differs("hs_code", _other_chapter, 2),),
    "D07": (
        differs(("consignor", "consignee"), _other_firm, 1),
        differs(("consignor", "consignee"), _other_place, 2),
    ),
    "D08": (differs(("origin",), _other_country, 2),),
    "D09": (
        differs(("currency",), lambda _dice, _value: "EUR", 1),
        differs(("total_value",), _lower_value, 2),
        _amount_wrong,
    ),
    "D10": (differs(("loading_date",), _later, 1, alone=True), differs(("applied_on",), _later, 2, alone=True)),
    "D11": (_signature_missing,),
    "D13": (_expired,),
    "S02": (differs(("seal_class",), lambda dice, _value: dice.pick("IS"), 2, alone=True),),
    "D15": (line_differs("description", _vague, 1),),
    **transit.PLANTS,
    **custody.PLANTS,
    **field_test.PLANTS,
    **meter.PLANTS,
    **information.PLANTS,
    **consignments.PLANTS,
    **images.PLANTS,
}
