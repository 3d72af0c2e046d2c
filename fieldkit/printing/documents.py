"""Mock papers, each from the top of a page, and labels to cut out for what hangs on the unit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from fieldkit.model.papers import DOCUMENT_FORMS
from fieldkit.model.plan import Pack
from fieldkit.paper.furniture import BOTTOM, MARGIN, TRAINING, Imprint, draw_foot
from fieldkit.paper.page import Pdf, next_page
from fieldkit.paper.text import GREY, SMALL, Style, draw_line
from fieldkit.paper.words import word
from fieldkit.printing.flow import Piece, draw_pieces, share_out
from fieldkit.printing.form_boxes import caption, paper
from fieldkit.printing.labels import label, orange_plate
from fieldkit.printing.naming import DOT, group_title, station_title

TITLE = Style(16, bold=True)
TOP = 28.0  # where the boxes of a paper begin

Document = Mapping[str, Any]


def print_documents(pdf: Pdf, pack: Pack, station: str, group: str, lang: str) -> None:
    """The papers of one exercise, each from the top of a page, and after them its labels, several on a page."""
    documents = pack.exercises[station, group].documents
    whose = DOT.join((group_title(group, lang), station_title(pack, station, lang)))
    pages: list[tuple[str, list[Piece]]] = []
    room = pdf.height_mm - BOTTOM - TOP
    for name, document in documents.items():
        form = DOCUMENT_FORMS[name]
        if not form.label:
            shown = _plates if "scene" in form.hidden else _sheets
            pages += [(caption(form.title, lang), page) for page in shown(pdf, name, document, lang, room)]
    labels = [
        orange_plate(pdf, doc, lang) if name == "adr-plate" else label(pdf, name, doc, lang)
        for name, doc in documents.items()
        if DOCUMENT_FORMS[name].label
    ]
    if labels:
        pages += [(word("labels", lang), page) for page in share_out(labels, room, room)]
    for number, (title, pieces) in enumerate(pages, 1):
        _head(pdf, title, lang)
        draw_pieces(pieces, TOP)
        draw_foot(pdf, Imprint("", "", ""), number, len(pages), lang=lang)
        y = pdf.height_mm - 8
        draw_line(
            pdf,
            MARGIN,
            y,
            whose,
            replace(SMALL, color=GREY),
            lang=lang,
            width_mm=pdf.width_mm - 2 * MARGIN,
            shorten=True,
        )
        next_page(pdf)


def _sheets(pdf: Pdf, name: str, document: Document, lang: str, room: float) -> list[list[Piece]]:
    """The pages of a paper with boxes."""
    return share_out(paper(pdf, name, document, lang, room), room, room)


def _plates(pdf: Pdf, name: str, document: Document, lang: str, room: float) -> list[list[Piece]]:
    """The pages of a paper whose lines are pictures."""
    from fieldkit.printing.plates import plate

    return share_out([plate(pdf, document["set_number"], row, lang) for row in document["lines"]], room, room)


def _head(pdf: Pdf, title: str, lang: str) -> None:
    room = pdf.width_mm - 2 * MARGIN
    draw_line(pdf, MARGIN, 16, word("training", lang), TRAINING, lang=lang, width_mm=room)
    draw_line(pdf, MARGIN, 24, title, TITLE, lang=lang, width_mm=room, shorten=True)
