"""What an attentive officer would find in a set of papers: the proof that exactly the planted errors are there.

The checker sees the papers only, never the facts they were made from.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from itertools import pairwise

from fieldkit.generator import consignments, custody, field_test, images, information, meter, transit
from fieldkit.generator.container_number import is_valid
from fieldkit.generator.facts import NOT_THERE, SCALE_STEP_KG
from fieldkit.generator.seen import Papers, Rule, Seen, number
from fieldkit.generator.stock import GOODS_BY_DESCRIPTION, VAGUE_DESCRIPTIONS

# Fields that say the same on every paper, by the code of the find when they do not.
COMPARED = {
    "D01": ("container_number",),
    "D02": ("seal_number",),
    "D03": ("tractor_plate", "trailer_plate"),
    "D04": ("packages",),
    "D05": ("gross_kg", "net_kg"),
    "D07": ("consignor", "consignee"),
    "D08": ("origin",),
    "D09": ("total_value", "currency"),
    "D12": ("un_number",),
    "D14": ("set_point_c",),
    "D16": ("tir_number", "tir_holder", "vehicle_approval"),
}
# Lines of goods say the same on every paper too; the column `amount` is the price in the declaration.
COMPARED_LINES = {"D04": ("packages",), "D05": ("gross_kg", "net_kg"), "D06": ("hs_code",), "D09": ("amount",)}
SUMS = {"D04": (("packages", "packages"),), "D05": (("gross_kg", "gross_kg"), ("net_kg", "net_kg")),
        "D09": (("amount", "total_value"),)}  # fmt: skip
SIGNATURES = ("consignor_signature", "carrier_signature", "declarant_signature", "issuer_signature",
              "holder_signature", "departure_signature")  # fmt: skip
EXPIRY = ("examine_by", "approval_until", "tir_valid_until", "driver_adr_until", "tank_until", "meter_until")
HIGH_SECURITY = "H"  # the class of ISO 17712 that a loaded container in international traffic needs
# Each of these is not later than the next.
DATE_ORDER = ("invoice_date", "loading_date", "applied_on", "border_date", "declaration_date")


def find_errors(documents: Papers, today: str) -> list[Seen]:
    """Every error that these papers show on the day `today` (ISO)."""
    found: list[Seen] = []
    for rule in _RULES:
        found += rule(documents)
    for dated in (_dates, _expired, *MATERIAL_RULES):
        found += dated(documents, today)
    return sorted(set(found))


def _compare(documents: Papers) -> Iterator[Seen]:
    for code, fields in COMPARED.items():
        for field in fields:
            values = {name: paper[field] for name, paper in documents.items() if field in paper}
            if len(set(values.values())) > 1:
                yield Seen(code, field, tuple(values))


def _compare_lines(documents: Papers) -> Iterator[Seen]:
    for code, fields in COMPARED_LINES.items():
        for field in fields:
            columns = {
                name: tuple(row[field] for row in paper["lines"])
                for name, paper in documents.items()
                if paper.get("lines") and field in paper["lines"][0]
            }
            if len(set(columns.values())) > 1:
                yield Seen(code, field, tuple(columns))


def _sums(documents: Papers) -> Iterator[Seen]:
    for name, paper in documents.items():
        rows = paper.get("lines") or ()
        for code, pairs in SUMS.items():
            for column, total in pairs:
                if rows and total in paper and column in rows[0]:
                    added = sum((number(row[column]) for row in rows), Decimal(0))
                    if added != number(paper[total]):
                        yield Seen(code, total, (name,))


def _lines(documents: Papers) -> Iterator[Seen]:
    """What is wrong within one line of goods."""
    for name, paper in documents.items():
        for row in paper.get("lines") or ():
            goods = GOODS_BY_DESCRIPTION.get(row.get("description", ""))
            if row.get("description") in VAGUE_DESCRIPTIONS:
                yield Seen("D15", "description", (name,))
            elif "hs_code" in row and goods is not None and row["hs_code"] != goods.hs_code:
                yield Seen("D06", "hs_code", (name,))
            if "unit_price" in row and number(row["quantity"]) * number(row["unit_price"]) != number(row["amount"]):
                yield Seen("D09", "amount", (name,))
            if "net_kg" in row and "gross_kg" in row and number(row["net_kg"]) > number(row["gross_kg"]):
                yield Seen("D05", "net_kg", (name,))


def _descriptions(documents: Papers) -> Iterator[Seen]:
    """Goods that are called by different names on different papers."""
    columns = {
        name: tuple(row["description"] for row in paper["lines"])
        for name, paper in documents.items()
        if paper.get("lines") and "description" in paper["lines"][0]
    }
    clear = {names for names in columns.values() if not set(names) & set(VAGUE_DESCRIPTIONS)}
    if len(clear) > 1:
        yield Seen("D06", "description", tuple(columns))


def _values(documents: Papers) -> Iterator[Seen]:
    """Check digits, weighings, customs value, seal class, signatures."""
    for name, paper in documents.items():
        container = paper.get("container_number", NOT_THERE)
        if container != NOT_THERE and not is_valid(container):
            yield Seen("D01", "container_number", (name,))
        if "customs_value" in paper:
            worth = number(paper["total_value"]) * number(paper["rate"])
            if abs(worth - number(paper["customs_value"])) > Decimal("0.01"):
                yield Seen("D09", "customs_value", (name,))
        if paper.get("seal_class", HIGH_SECURITY) != HIGH_SECURITY:
            yield Seen("S02", "seal_class", (name,))
        for field in SIGNATURES:
            if field in paper and not paper[field]:
                yield Seen("D11", field, (name,))
    yield from _weighings(documents)


def _weighings(documents: Papers) -> Iterator[Seen]:
    ticket = documents.get("weighbridge")
    if ticket is None:
        return
    tares = sum((number(ticket[f]) for f in ("tractor_tare_kg", "trailer_tare_kg", "container_tare_kg")), Decimal(0))
    if number(ticket["weighed_kg"]) - tares != number(ticket["cargo_kg"]):
        yield Seen("D05", "cargo_kg", ("weighbridge",))
    for name, paper in documents.items():
        if "gross_kg" in paper and abs(number(paper["gross_kg"]) - number(ticket["cargo_kg"])) > 3 * SCALE_STEP_KG:
            yield Seen("D05", "cargo_kg", ("weighbridge", name))


def _dates(documents: Papers, today: str) -> Iterator[Seen]:
    stated = [
        (field, name, paper[field]) for field in DATE_ORDER for name, paper in documents.items() if field in paper
    ]
    for (earlier, first, before), (later, second, after) in pairwise([*stated, ("", "", today)]):
        if before > after or (earlier == later and before != after):
            yield Seen("D10", earlier, (first, second) if second else (first,))


def _expired(documents: Papers, today: str) -> Iterator[Seen]:
    for name, paper in documents.items():
        for field in EXPIRY:
            if paper.get(field, NOT_THERE) != NOT_THERE and paper[field] < today[: len(paper[field])]:
                yield Seen("D13", field, (name,))


_RULES: tuple[Callable[[Papers], Iterator[Seen]], ...] = (
    _compare,
    _compare_lines,
    _sums,
    _lines,
    _descriptions,
    _values,
)
MATERIAL_RULES: tuple[Rule, ...] = (transit.errors, custody.errors, field_test.errors, meter.errors, information.errors,
                                    consignments.errors, images.errors)  # fmt: skip
