"""Mock papers look like forms, and no layout loses a box."""

from __future__ import annotations

import io
from collections import Counter
from pathlib import Path

import pypdfium2
import pytest

from fieldkit.model.papers import DOCUMENT_FORMS
from fieldkit.paper.page import open_pdf
from fieldkit.printing.flow import stacked_height
from fieldkit.printing.form_boxes import paper
from fieldkit.printing.form_layouts import EMPTY_LINES, LAYOUTS, LEDGERS, LINES, TICKETS
from fieldkit.printing.form_table import NUMBERS, numbered, table


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


ROOM = 240.0  # millimetres of a page


@pytest.mark.parametrize("name", [name for name, form in DOCUMENT_FORMS.items() if form.to_fill or form.lines_to_fill])
def test_a_form_to_fill_in_uses_its_page(name: str) -> None:
    """What is written by hand gets the room that there is: such a form fills its page, and stays on it."""
    pdf = open_pdf(io.BytesIO(), title="test")
    pieces = paper(pdf, name, {}, "ru", ROOM)

    assert 0.75 * ROOM < stacked_height(pieces) <= ROOM


def test_two_languages_stand_beside_each_other_or_below() -> None:
    """A caption has both languages on one line, or each on a line of its own: none is broken after the stroke."""
    field = DOCUMENT_FORMS["cmr"].field("consignor_signature")
    assert field is not None
    said = "".join(span.text for span in numbered(field, "ru", 100))
    assert said.endswith("подпись, печать / \u2068Consignor: signature, stamp\u2069")
    assert "печать\n\u2068Consignor" in "".join(span.text for span in numbered(field, "ru", 60))


def test_numbers_of_a_table_stand_below_each_other(tmp_path: Path) -> None:
    """Columns of numbers are set to the right, so that units stand below units."""
    columns = [field for field in DOCUMENT_FORMS["packing-list"].lines if field.name in (*NUMBERS, "description")]
    rows = [dict.fromkeys((c.name for c in columns), value) for value in ("8", "12345.6")]
    with open_pdf(tmp_path / "table.pdf", title="test") as pdf:
        y = 20.0
        for piece in table(pdf, columns, rows, "en"):
            piece.draw(y)
            y += piece.height_mm
        pdf.showPage()

    read = pypdfium2.PdfDocument(tmp_path / "table.pdf")[0].get_textpage()
    ends = {word: [] for word in ("8", "12345.6")}
    for n in range(read.count_rects()):
        rect = read.get_rect(n)
        if (said := read.get_text_bounded(*rect).strip()) in ends:
            ends[said].append(rect[2])
    assert len(ends["8"]) == len(columns)
    assert all(
        abs(one - other) < 1.5 for one, other in zip(sorted(ends["8"])[1:], sorted(ends["12345.6"])[1:], strict=True)
    )
