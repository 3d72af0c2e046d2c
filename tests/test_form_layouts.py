"""Mock papers look like forms, and no layout loses a box."""

from __future__ import annotations

from collections import Counter

import pytest

from fieldkit.model.papers import DOCUMENT_FORMS
from fieldkit.printing.form_layouts import EMPTY_LINES, LAYOUTS, LEDGERS, LINES, TICKETS


def boxes(name: str) -> list[str]:
    rows = [row for band in LAYOUTS[name] if not isinstance(band, str) for _, stack in band for row in stack]
    cells = [cell for row in rows for cell in row.split()[1:] if not cell.startswith("@")]
    return [field for cell in cells for field in cell.partition(":")[0].split("+")]


@pytest.mark.parametrize("name", LAYOUTS)
def test_every_box_of_a_form_has_its_place_once(name: str) -> None:
    """Whatever the form has is printed, once; its table too; an error planted in any box can be seen on paper."""
    form = DOCUMENT_FORMS[name]
    assert Counter(boxes(name)) == Counter(field.name for field in (*form.fields, *form.blanks))
    assert bool(form.lines) == (LINES in LAYOUTS[name])


def test_layouts_are_of_papers_that_there_are() -> None:
    """No layout is left over from a paper that has gone."""
    assert {*LAYOUTS, *LEDGERS, *TICKETS, *EMPTY_LINES} <= set(DOCUMENT_FORMS)
    assert all(form.blanks == () or name in LAYOUTS for name, form in DOCUMENT_FORMS.items())
