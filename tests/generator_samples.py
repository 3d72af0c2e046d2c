"""One case of every sort with every paper that it can have, for the tests of the generator."""

from __future__ import annotations

from typing import Any

from fieldkit.generator import consignments, custody, field_test, images, information, meter, transit
from fieldkit.generator.dice import Dice
from fieldkit.generator.documents import Documents, build_documents
from fieldkit.generator.facts import DEFAULT_DAY, draw_case
from fieldkit.library.load import load_library
from fieldkit.model.papers import DOCUMENT_FORMS

TABLES = load_library().tables
ONLY = {"cold": "cold", "dangerous": "dangerous"}  # papers that only such goods have
SCHEMES = ("grading-5x5x5", "grading-3x5x2", "grading-4x4")


def full_case(seed: int, container: bool = True, day: str = DEFAULT_DAY, sort: str = "") -> dict[str, Any]:
    """Every fact that a case of this sort can have."""
    dice = Dice(seed)
    case = draw_case(dice, container, day, sort)
    for draw in (
        transit.draw_bill,
        transit.draw_tir,
        custody.draw_custody,
        field_test.draw_field_test,
        meter.draw_meter,
    ):
        case |= draw(dice, case)
    if sort:
        case |= {"cold": transit.draw_cold, "dangerous": transit.draw_dangerous}[sort](dice, case)
    case |= information.draw_reports(dice, case, TABLES[SCHEMES[seed % 3]], (4, 5))
    case |= consignments.draw_consignments(dice, case, TABLES["indicators"], (12, 14))
    return case | images.draw_images(dice, case, 6)


def forms_of(sort: str = "") -> list[str]:
    """The papers that a case of this sort can have."""
    return [name for name, form in DOCUMENT_FORMS.items() if ONLY.get(form.needs, sort) == sort]


def papers_of(seed: int, container: bool = True, day: str = DEFAULT_DAY, sort: str = "") -> Documents:
    """All of those papers."""
    return build_documents(full_case(seed, container, day, sort), forms_of(sort))


def sort_for(code: str) -> str:
    """The sort of case in which a find can be planted."""
    return {"D12": "dangerous", "D14": "cold"}.get(code, "")
