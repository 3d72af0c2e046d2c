"""What a scenario draws beyond the consignment: transit papers, custody, tests, information, tables, images."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any

from fieldkit.generator.consignments import LINES as CONSIGNMENT_LINES
from fieldkit.generator.consignments import channel_key, draw_consignments
from fieldkit.generator.custody import draw_custody
from fieldkit.generator.dice import Dice
from fieldkit.generator.documents import Documents
from fieldkit.generator.facts import Case
from fieldkit.generator.field_test import draw_field_test
from fieldkit.generator.images import draw_images
from fieldkit.generator.information import LINES as REPORT_LINES
from fieldkit.generator.information import draw_reports, grade_key
from fieldkit.generator.meter import draw_meter
from fieldkit.generator.transit import draw_bill, draw_cold, draw_dangerous, draw_tir
from fieldkit.model.find_items import images_of
from fieldkit.model.reference import ReferenceTable
from fieldkit.model.scenario import Scenario

# In this order, since a later one may read what an earlier one drew.
_PLAIN: Mapping[str, Callable[[Dice, Case], Case]] = {
    "bill": draw_bill,
    "tir": draw_tir,
    "cold": draw_cold,
    "dangerous": draw_dangerous,
    "custody": draw_custody,
    "field-test": draw_field_test,
    "meter": draw_meter,
}
_WITH_TABLE: Mapping[str, tuple[Callable[[Dice, Case, ReferenceTable, tuple[int, int]], Case], tuple[int, int]]] = {
    "reports": (draw_reports, REPORT_LINES),
    "consignments": (draw_consignments, CONSIGNMENT_LINES),
}


def draw_materials(
    scenario: Scenario, case: Case, dice: Callable[[str], Dice], table: ReferenceTable | None
) -> dict[str, Any]:
    """The facts of every group in `scenario.facts` that the consignment itself does not have."""
    found: dict[str, Any] = {}
    for group, draw in _PLAIN.items():
        if group in scenario.facts:
            found |= draw(dice(group), case | found)
    for group, (draw_table, usual) in _WITH_TABLE.items():
        if group in scenario.facts:
            assert table is not None, f"{scenario.id}: the facts {group} need a table"
            found |= draw_table(dice(group), case, table, _rows(scenario, usual))
    if "images" in scenario.facts:
        found |= draw_images(dice("images"), case, images_of(scenario))
    return found


def _rows(scenario: Scenario, usual: tuple[int, int]) -> tuple[int, int]:
    return scenario.rows if scenario.rows != (0, 0) else usual


def key_facts(groups: Collection[str], documents: Documents, day: str) -> dict[str, str]:
    """What only the instructor's card says: worked out from the papers as they are printed."""
    found = {}
    if "consignments" in groups:
        found["channel_key"] = channel_key(documents, day)
    if "reports" in groups:
        found["grade_key"] = grade_key(documents)
    return found
