"""Labels to cut out and fix to the unit: seals, plates, marks on a door, the orange plate of dangerous goods."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from fieldkit.model.papers import DOCUMENT_FORMS
from fieldkit.paper.furniture import MARGIN
from fieldkit.paper.page import Pdf, hairline, rect
from fieldkit.paper.text import SMALL, TEXT, Style, draw_line
from fieldkit.paper.words import word
from fieldkit.printing.flow import Piece
from fieldkit.printing.form_boxes import CAPTION, caption, numbered, value

LABEL_GAP = 8.0
ORANGE = (1.0, 0.58, 0.1)
Document = Mapping[str, Any]


def orange_plate(pdf: Pdf, document: Document, lang: str) -> Piece:
    """The orange plate as drivers have it, half its size: hazard number above, UN number below, a black rim."""
    wide, high, rim = 150.0, 112.0, 3.0
    left = (pdf.width_mm - wide) / 2
    number = Style(120, bold=True, align="center")

    def draw(y: float) -> None:
        rect(pdf, left, y, wide, high, line_mm=rim, fill=ORANGE)
        hairline(pdf, left, y + high / 2, left + wide, y + high / 2, line_mm=rim)
        for n, name in enumerate(("hazard_number", "un_number")):
            draw_line(pdf, left, y + high * (n + 0.5) / 2 + 14, str(document[name]), number, width_mm=wide)
        line = replace(SMALL, bold=True, align="center")
        draw_line(pdf, left, y + high + 6, word("training", lang), line, lang=lang, width_mm=wide)

    return Piece(high + 10 + LABEL_GAP, draw)


def label(pdf: Pdf, name: str, document: Document, lang: str) -> Piece:
    """A label to cut out and fix to the unit: its title, and its fields in large letters."""
    form = DOCUMENT_FORMS[name]
    room = pdf.width_mm - 2 * MARGIN
    half = room / 2
    lines = [form.fields[i : i + 2] for i in range(0, len(form.fields), 2)]
    high = 16.0
    height = 16.0 + high * len(lines) + LABEL_GAP

    def draw(y: float) -> None:
        rect(pdf, MARGIN, y, room, height - LABEL_GAP, line_mm=0.5)
        style = replace(TEXT, bold=True)
        draw_line(pdf, MARGIN + 4, y + 7, caption(form.title, lang), style, lang=lang, width_mm=room - 8, shorten=True)
        draw_line(pdf, MARGIN + 4, y + 11.5, word("training", lang), SMALL, lang=lang, width_mm=room - 8)
        hairline(pdf, MARGIN, y + 14, MARGIN + room, y + 14)
        for down, line in enumerate(lines):
            for across, field in enumerate(line):
                x, top = MARGIN + 4 + across * half, y + 15 + down * high
                draw_line(
                    pdf, x, top + 4, numbered(field, lang, room), CAPTION, lang=lang, width_mm=half - 8, shorten=True
                )
                big = Style(18, bold=True)
                draw_line(pdf, x, top + 12, value(document, field), big, lang=lang, width_mm=half - 8, shorten=True)

    return Piece(height, draw)
