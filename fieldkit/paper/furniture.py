"""What every page carries: its head, its foot line, the training line, and the corner markers of a scoresheet."""

from __future__ import annotations

from dataclasses import dataclass, replace

from fieldkit.model.sheet import MARKER, MARKERS
from fieldkit.model.texts import TRANSLATIONS
from fieldkit.paper.page import MM, Pdf, hairline
from fieldkit.paper.text import GREY, HEADING, LEAST, SMALL, TITLE, Span, draw_line, fit, isolate
from fieldkit.paper.words import word

MARGIN = 15.0
CONTENT_TOP = 36.0  # where the content of a page with a head begins
FOOT_LINE = 13.0  # the baseline of the foot, from the lower edge
NOTE_UNDER = 3.4  # from there to the line that says that a translation is not reviewed
BOTTOM = 20.0  # kept free below the content
TRAINING = replace(SMALL, bold=True)
NOTE = replace(SMALL, color=GREY)


@dataclass(frozen=True)
class Imprint:
    """What a page says of itself: what it is, whose, of which course, and its code (a short id, where it has one)."""

    title: str
    whose: str
    course: str
    code: str = ""
    training: bool = True


def draw_head(pdf: Pdf, imprint: Imprint, *, lang: str) -> None:
    """Title, owner and course at the top of a page; the content begins at CONTENT_TOP."""
    room = pdf.width_mm - 2 * MARGIN
    draw_line(pdf, MARGIN, 15, imprint.course, NOTE, lang=lang, width_mm=room, shorten=True)
    draw_line(
        pdf,
        MARGIN,
        23,
        imprint.title,
        fit(imprint.title, TITLE, room, lang, 13),
        lang=lang,
        width_mm=room,
        shorten=True,
    )
    if imprint.whose:
        draw_line(pdf, MARGIN, 29.5, imprint.whose, HEADING, lang=lang, width_mm=room, shorten=True)
    hairline(pdf, MARGIN, 32, pdf.width_mm - MARGIN, 32, line_mm=0.3)


def draw_foot(pdf: Pdf, imprint: Imprint, page: int, of: int, *, lang: str) -> None:
    """The foot line: TRAINING where the page could be taken for a real paper, page x of y, and the code."""
    y, room = pdf.height_mm - FOOT_LINE, pdf.width_mm - 2 * MARGIN
    hairline(pdf, MARGIN, y - 4.5, pdf.width_mm - MARGIN, y - 4.5)
    if imprint.training:
        draw_line(pdf, MARGIN, y, word("training", lang), TRAINING, lang=lang, width_mm=room)
    count = page_and_code(page, of, imprint.code, lang)
    draw_line(pdf, MARGIN, y, count, replace(SMALL, align="end"), lang=lang, width_mm=room)
    if note := not_reviewed(lang):
        draw_line(pdf, MARGIN, y + NOTE_UNDER, note, replace(NOTE, size=LEAST, align="end"), lang=lang, width_mm=room)


def not_reviewed(lang: str, beside: str = "") -> str:
    """What the foot says where no speaker has reviewed a language of the page; empty where one has."""
    return word("not_reviewed", lang) if {lang, beside} & TRANSLATIONS.unreviewed else ""


def page_and_code(page: int, of: int, code: str, lang: str) -> list[Span]:
    """Page x of y and the code, as they stand at the end of every foot line."""
    spans = [Span(word("page", lang, page=page, pages=of))]
    return [*spans, Span("   " + isolate(code), bold=True)] if code else spans


def draw_marker(pdf: Pdf, x_mm: float, y_mm: float, number: int) -> None:
    """Corner marker `number` (0 to 3) with its centre at (x, y), as one path of black cells."""
    bits = MARKERS[number]
    white = {(row + 1, column + 1) for row in range(4) for column in range(4) if bits[4 * row + column] == "1"}
    cell = MARKER / 6
    left, top = x_mm - MARKER / 2, y_mm - MARKER / 2
    path = pdf.beginPath()
    for row in range(6):
        for column in range(6):
            if (row, column) not in white:
                x, y = pdf.at(left + column * cell, top + (row + 1) * cell)
                path.rect(x, y, cell * MM, cell * MM)
    pdf.setFillColorRGB(0, 0, 0)
    pdf.drawPath(path, stroke=0, fill=1)
