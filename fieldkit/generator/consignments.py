"""A table of consignments with public risk indicators, and the channels that their weights lead to.

Usual prices, trades and the weights are papers on the desk, so the key can be worked out from the papers alone.
Indicators speak of consignments and of what firms did, never of where people come from.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import Decimal

from fieldkit.generator import stock
from fieldkit.generator.dice import Dice
from fieldkit.generator.documents import Documents
from fieldkit.generator.facts import Case
from fieldkit.generator.information import both
from fieldkit.generator.planting import Change, Plant, in_line
from fieldkit.generator.seen import Papers, Seen
from fieldkit.model.reference import ReferenceTable

LINES = (12, 30)
NEW_DAYS = 180  # a trader known for less is new
TABLE, GUIDE, WEIGHTS = "consignment-table", "goods-guide", "indicator-guide"
# Goods with their usual price for a kilogram in cents and the business that deals in them; ordinary round figures.
GUIDE_ROWS = (
    ("Плитка / Tiles", 25, 60, "Стройматериалы / Building"),
    ("Краска / Paint", 110, 260, "Стройматериалы / Building"),
    ("Мебель / Furniture", 180, 420, "Мебель / Furniture"),
    ("Обувь / Footwear", 900, 2400, "Одежда и обувь / Clothing"),
    ("Футболки / T-shirts", 700, 1800, "Одежда и обувь / Clothing"),
    ("Ткань / Fabric", 380, 900, "Одежда и обувь / Clothing"),
    ("Чай / Tea", 260, 640, "Продукты / Food"),
    ("Рис / Rice", 70, 140, "Продукты / Food"),
    ("Посуда / Tableware", 220, 520, "Хозтовары / Household"),
    ("Моющие средства / Detergents", 90, 210, "Хозтовары / Household"),
    ("Тормозные колодки / Brake pads", 420, 980, "Автозапчасти / Car parts"),
    ("Шины / Tyres", 280, 560, "Автозапчасти / Car parts"),
)
WrongOf = Callable[[Dice, dict[str, str], str], str]
_FIRST = ("Пример", "Учебный", "Образец", "Демо")
_SECOND = ("Торг", "Импорт", "Плюс", "Сервис", "Логистик", "Трейд", "Снаб", "Маркет")
ON_TIME, CHANGED = "в срок / on time", "изменены после прибытия / changed on arrival"


def draw_consignments(dice: Dice, case: Case, table: ReferenceTable, rows: tuple[int, int]) -> Case:
    """Lines without any indicator, and the guides that are needed to read them."""
    border = date.fromisoformat(case["border_date"])
    traders = dice.shuffled([f"«{first} {second}»" for first in _FIRST for second in _SECOND])
    return {
        "table_number": f"RT-{dice.digits(4)}",
        "consignments": [_line(dice, n, traders[n - 1], border) for n in range(1, dice.between(*rows) + 1)],
        "guide": [
            {"guide_goods": goods, "guide_usd": f"{_usd(least)}-{_usd(most)}", "guide_business": business}
            for goods, least, most, business in GUIDE_ROWS
        ],
        "indicators": [
            {"part": "Индикатор / Indicator" if row.part == "indicator" else "Коридор / Channel", "kind": row.part,
             "code": row.code, "meaning": both(row.words),
             "weight": str(row.weight) if row.part == "indicator" else f"≥ {row.weight}"}
            for row in table.rows
        ],
    }  # fmt: skip


def _line(dice: Dice, number: int, trader: str, border: date) -> dict[str, str]:
    goods, least, most, business = dice.pick(GUIDE_ROWS)
    route = dice.pick(stock.ROUTES)
    places = (dice.pick(route.places), dice.pick(route.crossing_points), dice.pick(stock.DESTINATIONS))
    return {
        "line": str(number),
        "trader": trader,
        "trader_since": f"{border - timedelta(days=dice.between(NEW_DAYS + 60, 4000)):%Y-%m}",
        "business": business,
        "cargo": goods,
        "route": " - ".join(places),
        "load_kg": str(dice.between(2400, 20000, 100)),
        "usd_per_kg": _usd(dice.between(least, most)),
        "record": f"{dice.between(0, 9)}, 0",
        "lodged": ON_TIME,
    }


def _usd(cents: int) -> str:
    return f"{Decimal(cents) / 100:.2f}"


def errors(documents: Papers, today: str) -> Iterator[Seen]:
    """Every indicator in every line that these papers show."""
    if TABLE not in documents:
        return
    guide = {row["guide_goods"]: row for row in documents.get(GUIDE, {}).get("lines", ())}
    new_from = f"{date.fromisoformat(documents[TABLE]['border_date']) - timedelta(days=NEW_DAYS):%Y-%m}"
    for row in documents[TABLE]["lines"]:
        usual = guide.get(row["cargo"])
        if row["trader_since"] > new_from:
            yield Seen("R01", "trader_since", (TABLE,), row["line"])
        if not _logical(row["route"]):
            yield Seen("R02", "route", (TABLE,), row["line"])
        if usual is not None:
            least, most = (Decimal(part) for part in usual["guide_usd"].split("-"))
            if not least <= Decimal(row["usd_per_kg"]) <= most:
                yield Seen("R03", "usd_per_kg", (TABLE, GUIDE), row["line"])
            if row["business"] != usual["guide_business"]:
                yield Seen("R05", "business", (TABLE, GUIDE), row["line"])
        if row["cargo"] in stock.VAGUE_DESCRIPTIONS:
            yield Seen("R04", "cargo", (TABLE,), row["line"])
        if not row["record"].endswith(", 0"):
            yield Seen("R06", "record", (TABLE,), row["line"])
        if row["lodged"] != ON_TIME:
            yield Seen("R07", "lodged", (TABLE,), row["line"])


def _logical(route: str) -> bool:
    """Whether a way from a place to a crossing point is one that trucks take."""
    start, crossing, _ = route.split(" - ")
    return any(start in known.places and crossing in known.crossing_points for known in stock.ROUTES)


def channel_key(documents: Papers, today: str) -> str:
    """Line by line the channel that the weights lead to, every line that is not in the lowest one named."""
    guide = documents.get(WEIGHTS)
    if guide is None:
        return ""
    weights = {row["code"]: int(row["weight"]) for row in guide["lines"] if row["kind"] == "indicator"}
    channels = sorted(((int(row["weight"].removeprefix("≥ ")), row["meaning"]) for row in guide["lines"]
                       if row["kind"] == "channel"), reverse=True)  # fmt: skip
    found: dict[str, list[str]] = defaultdict(list)
    for seen in errors(documents, today):
        found[seen.row].append(seen.code)
    named: dict[str, list[str]] = defaultdict(list)
    for line, codes in sorted(found.items(), key=lambda entry: int(entry[0])):
        total = sum(weights.get(code, 0) for code in codes)
        channel = next((name for least, name in channels if total >= least), channels[-1][1])
        named[channel].append(f"{line} ({' + '.join(codes)} = {total})")
    lines = [f"{name}: {', '.join(named[name])}" for _, name in channels[:-1] if named[name]]
    return "; ".join([*lines, f"{channels[-1][1]}: остальные / the others"])


def _in_table(field: str, level: int, wrong_of: WrongOf, needs: str = TABLE) -> Plant:
    """One line gets an indicator; every second time in a line that has one already, so that some lines weigh more."""

    def way(dice: Dice, documents: Documents, names: tuple[str, ...]) -> Change | None:
        if TABLE not in names or needs not in documents:
            return None
        rows = documents[TABLE]["lines"]
        marked = [int(seen.row) - 1 for seen in errors(documents, "")]
        place = dice.pick(marked) if marked and dice.chance(1, 2) else dice.below(len(rows))
        wrong = wrong_of(dice, rows[place], documents[TABLE]["border_date"])
        return in_line(documents, TABLE, place, field, wrong, level)

    return way


def _since(dice: Dice, row: dict[str, str], day: str) -> str:
    return f"{date.fromisoformat(day) - timedelta(days=dice.between(20, NEW_DAYS - 60)):%Y-%m}"


def _detour(dice: Dice, row: dict[str, str], day: str) -> str:
    start, _, end = row["route"].split(" - ")
    others = [p for r in stock.ROUTES for p in r.crossing_points if not _logical(f"{start} - {p} - {end}")]
    return f"{start} - {dice.pick(sorted(set(others)))} - {end}"


def _cheap(dice: Dice, row: dict[str, str], day: str) -> str:
    """Well below or above what such goods cost."""
    price = Decimal(row["usd_per_kg"])
    factor = dice.pick((Decimal("0.25"), Decimal("0.3"), Decimal("3.5"), Decimal("4")))
    return f"{price * factor:.2f}"


def _other_business(dice: Dice, row: dict[str, str], day: str) -> str:
    return dice.pick(sorted({business for *_, business in GUIDE_ROWS} - {row["business"]}))


PLANTS: dict[str, tuple[Plant, ...]] = {
    "R01": (_in_table("trader_since", 1, _since),),
    "R02": (_in_table("route", 3, _detour),),
    "R03": (_in_table("usd_per_kg", 2, _cheap, GUIDE),),
    "R04": (_in_table("cargo", 1, lambda dice, _row, _day: dice.pick(stock.VAGUE_DESCRIPTIONS)),),
    "R05": (_in_table("business", 2, _other_business, GUIDE),),
    "R06": (_in_table("record", 1, lambda dice, _row, _day: f"{dice.between(4, 9)}, {dice.between(1, 3)}"),),
    "R07": (_in_table("lodged", 1, lambda _dice, _row, _day: CHANGED),),
}
