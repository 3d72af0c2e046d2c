"""Mock papers: boxes with small numbered captions and values, and labels to cut out for what hangs on the unit.

Which fields a paper has is said once, in `model/papers.py`; the layout here follows from that table.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from fieldkit.model.papers import DOCUMENT_FORMS, DocumentForm, FormField
from fieldkit.model.plan import Pack
from fieldkit.model.texts import Text
from fieldkit.paper.furniture import BOTTOM, MARGIN, TRAINING, Imprint, draw_foot
from fieldkit.paper.page import Pdf, hairline, next_page, rect
from fieldkit.paper.text import GREY, SMALL, TEXT, Span, Style, draw_block, draw_line, isolate, measure_block, width
from fieldkit.paper.words import word
from fieldkit.printing.flow import Piece, draw_pieces, gap, share_out
from fieldkit.printing.naming import DOT, group_title, station_title

TITLE = Style(16, bold=True)
CAPTION = Style(8.5, 10)
VALUE = Style(11, 14)
TABLE_VALUE = Style(10, 12.5)
TOP = 28.0  # where the boxes of a paper begin
AIR = 1.5  # inside a box
LEAST_BOX, SIGNATURE_BOX = 12.0, 24.0
LEAST_ROW = 11.0
WIDE = 80.0  # a value longer than this has a whole line for itself
LABEL_GAP = 8.0
NARROW = ("packages", "unit", "hs_code", "gross_kg", "net_kg", "unit_price", "amount", "quantity", "packing", "marks")

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
            pages += [(_caption(form.title, lang), p) for p in share_out(_paper(pdf, form, document, lang), room, room)]
    labels = [_label(pdf, name, doc, lang) for name, doc in documents.items() if DOCUMENT_FORMS[name].label]
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


def _head(pdf: Pdf, title: str, lang: str) -> None:
    room = pdf.width_mm - 2 * MARGIN
    draw_line(pdf, MARGIN, 16, word("training", lang), TRAINING, lang=lang, width_mm=room)
    draw_line(pdf, MARGIN, 24, title, TITLE, lang=lang, width_mm=room, shorten=True)


def _caption(text: Text, lang: str) -> str:
    """A caption as forms have it: in the reader's language and in English."""
    own, english = text[lang], text["en"]
    return own if own == english else f"{own} / {isolate(english)}"


# Papers


def _paper(pdf: Pdf, form: DocumentForm, document: Document, lang: str) -> list[Piece]:
    """The boxes in pairs, then the table of goods, then what is signed."""
    signed = [f for f in form.fields if f.name.endswith("_signature")]
    plain = [f for f in form.fields if f not in signed]
    pieces = [_boxes(pdf, pair, document, lang, LEAST_BOX) for pair in _pairs(plain, document)]
    if form.lines and document.get("lines"):
        pieces += [gap(3), *_goods(pdf, form.lines, document["lines"], lang), gap(3)]
    pairs = [signed[i : i + 2] for i in range(0, len(signed), 2)]
    return [*pieces, *(_boxes(pdf, pair, document, lang, SIGNATURE_BOX) for pair in pairs)]


def _pairs(fields: Iterable[FormField], document: Document) -> list[list[FormField]]:
    """Fields two in a line; one with a long value stands alone."""
    lines: list[list[FormField]] = []
    open_line = False
    for field in fields:
        alone = width(_value(document, field), VALUE) > WIDE
        if open_line and not alone:
            lines[-1].append(field)
            open_line = False
        else:
            lines.append([field])
            open_line = not alone
    return lines


def _value(document: Document, field: FormField) -> str:
    return str(document.get(field.name, ""))


def _boxes(pdf: Pdf, fields: Sequence[FormField], document: Document, lang: str, least: float) -> Piece:
    """One line of a form: its boxes side by side, as high as the highest."""
    wide = (pdf.width_mm - 2 * MARGIN) / len(fields)
    inner = wide - 2 * AIR
    texts = [_numbered(f, lang) for f in fields]
    values = [_value(document, f) for f in fields]
    caption = max(measure_block(inner, text, CAPTION, lang) for text in texts)
    height = max(least, 2 * AIR + caption + max(measure_block(inner, value, VALUE, lang) for value in values))

    def draw(y: float) -> None:
        for place, (text, value) in enumerate(zip(texts, values, strict=True)):
            x = MARGIN + place * wide
            rect(pdf, x, y, wide, height)
            draw_block(pdf, x + AIR, y + AIR - 0.5, inner, text, CAPTION, lang=lang)
            draw_block(pdf, x + AIR, y + AIR + caption, inner, value, VALUE, lang=lang)

    return Piece(height, draw)


def _numbered(field: FormField, lang: str) -> list[Span]:
    number = [Span(f"{field.box}  ", bold=True)] if field.box else []
    return [*number, Span(_caption(field.caption, lang))]


def _goods(pdf: Pdf, columns: Sequence[FormField], rows: Sequence[Document], lang: str) -> list[Piece]:
    """The table of goods: narrow columns for numbers, the rest for the description."""
    room = pdf.width_mm - 2 * MARGIN
    narrow = min(26.0, room / len(columns))
    wide = [c for c in columns if c.name not in NARROW]
    widths = [(room - narrow * (len(columns) - len(wide))) / len(wide) if c in wide else narrow for c in columns]
    head = _cells(pdf, widths, [_numbered(c, lang) for c in columns], CAPTION, lang)
    return [head, *(_cells(pdf, widths, [_value(row, c) for c in columns], TABLE_VALUE, lang) for row in rows)]


def _cells(pdf: Pdf, widths: Sequence[float], texts: Sequence[str | list[Span]], style: Style, lang: str) -> Piece:
    heights = [measure_block(w - 2 * AIR, text, style, lang) for w, text in zip(widths, texts, strict=True)]
    height = max(LEAST_ROW, max(heights) + 2 * AIR)

    def draw(y: float) -> None:
        x = MARGIN
        for wide, text in zip(widths, texts, strict=True):
            rect(pdf, x, y, wide, height)
            draw_block(pdf, x + AIR, y + AIR, wide - 2 * AIR, text, style, lang=lang)
            x += wide

    return Piece(height, draw, keep=style is CAPTION)


# Labels


def _label(pdf: Pdf, name: str, document: Document, lang: str) -> Piece:
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
        draw_line(pdf, MARGIN + 4, y + 7, _caption(form.title, lang), style, lang=lang, width_mm=room - 8, shorten=True)
        draw_line(pdf, MARGIN + 4, y + 11.5, word("training", lang), SMALL, lang=lang, width_mm=room - 8)
        hairline(pdf, MARGIN, y + 14, MARGIN + room, y + 14)
        for down, line in enumerate(lines):
            for across, field in enumerate(line):
                x, top = MARGIN + 4 + across * half, y + 15 + down * high
                draw_line(pdf, x, top + 4, _numbered(field, lang), CAPTION, lang=lang, width_mm=half - 8, shorten=True)
                big = Style(18, bold=True)
                draw_line(pdf, x, top + 12, _value(document, field), big, lang=lang, width_mm=half - 8, shorten=True)

    return Piece(height, draw)
