"""Mock papers as forms: numbered boxes after a layout, or in pairs; a ledger, a slip; signatures with a stamp."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple

from fieldkit.generator.facts import SIGNED
from fieldkit.model.papers import DOCUMENT_FORMS, DocumentForm, FormField
from fieldkit.paper.furniture import MARGIN
from fieldkit.paper.page import Pdf, hairline, rect
from fieldkit.paper.text import Style, draw_block, draw_line, measure_block, width
from fieldkit.printing.flow import Piece, gap, stacked_height
from fieldkit.printing.form_layouts import EMPTY_LINES, LAYOUTS, LEDGERS, LINES, TICKETS, Band, Layout
from fieldkit.printing.form_table import AIR, CAPTION, EMPTY_ROW, Document, caption, numbered, table, value
from fieldkit.printing.stamp import draw_stamp

__all__ = ["CAPTION", "caption", "numbered", "paper", "value"]

VALUE, NARROW_VALUE = Style(11, 14), Style(9, 11)
MARK = Style(24, bold=True)
LEAST_BOX, SIGNATURE_BOX = 12.0, 24.0
STAMP = 15.0  # the least room for a signature and its stamp
WIDE = 80.0  # a value longer than this has a whole line for itself
NARROW, NARROWER = 34.0, 21.0  # boxes less wide have captions in one language, and smaller letters
TO_FILL_BOX, TO_FILL_ROW = 18.0, 14.0  # room to write by hand
MOST_TO_FILL = 110.0  # the last boxes of a form to fill in grow with the page up to this
TICKET_WIDE = 96.0
FRAME = 0.6


class Box(NamedTuple):
    """A box of a layout: the fields in it side by side, or one large word; its share of its row."""

    fields: tuple[FormField, ...]
    mark: str
    weight: int


def paper(pdf: Pdf, name: str, document: Document, lang: str, room: float) -> list[Piece]:
    """A paper as pieces from top to bottom, for pages with so much room."""
    form = DOCUMENT_FORMS[name]
    if name in TICKETS:
        return [_ticket(pdf, form, document, lang)]
    if name in LEDGERS:
        empty: list[Document] = [{}] * LEDGERS[name]
        return table(pdf, form.fields, [document, *empty], lang)
    if name in LAYOUTS:
        return _after(LAYOUTS[name], pdf, name, document, lang, room)
    return _in_pairs(pdf, form, document, lang, room)


# After a layout


def _after(layout: Layout, pdf: Pdf, name: str, document: Document, lang: str, room: float) -> list[Piece]:
    """The bands and the table, with as many empty lines as the form has, or fewer where the page is full."""
    form = DOCUMENT_FORMS[name]
    known = {field.name: field for field in (*form.fields, *form.blanks)}
    bands = [band if isinstance(band, str) else _band(pdf, band, known, document, lang) for band in layout]
    taken = sum(band.height_mm for band in bands if isinstance(band, Piece))
    rows: list[Document] = [*document.get("lines", ()), *([{}] * EMPTY_LINES.get(name, 0))]
    lines = table(pdf, form.lines, rows, lang, EMPTY_ROW) if LINES in layout else []
    while rows and not rows[-1] and taken + sum(piece.height_mm for piece in lines) > room:
        rows.pop()
        lines.pop()
    return [piece for band in bands for piece in (lines if isinstance(band, str) else [band])]


def _band(pdf: Pdf, band: Band, known: dict[str, FormField], document: Document, lang: str) -> Piece:
    """Stacks side by side, as high as the highest; the last row of the others grows with it."""
    room = pdf.width_mm - 2 * MARGIN
    stacks = []
    for share, rows in band:
        wide = room * share / sum(other for other, _ in band)
        stacks.append((wide, [_row(row, wide, known, document, lang) for row in rows]))
    height = max(sum(high for high, _ in rows) for _, rows in stacks)

    def draw(y: float) -> None:
        x = MARGIN
        for wide, rows in stacks:
            top = y
            for place, (high, boxes) in enumerate(rows):
                taken = y + height - top if place == len(rows) - 1 else high
                left = x
                for own, box in boxes:
                    _draw_box(pdf, left, top, own, taken, box, document, lang)
                    left += own
                top += high
            x += wide
        rect(pdf, MARGIN, y, room, height, line_mm=FRAME)

    return Piece(height, draw)


def _row(
    row: str, wide: float, known: dict[str, FormField], document: Document, lang: str
) -> tuple[float, list[tuple[float, Box]]]:
    """The height of a row, and its boxes with their widths."""
    least, *names = row.split()
    boxes = [_box(name, known) for name in names]
    total = sum(box.weight for box in boxes)
    sized = [(wide * box.weight / total, box) for box in boxes]
    needed = (_needed(own, box, document, lang) for own, box in sized)
    return max(float(least), *needed), sized


def _box(name: str, known: dict[str, FormField]) -> Box:
    if name.startswith("@"):
        return Box((), name[1:], 1)
    names, _, weight = name.partition(":")
    return Box(tuple(known[each] for each in names.split("+")), "", int(weight or 1))


def _needed(wide: float, box: Box, document: Document, lang: str) -> float:
    """The height that a box takes with what stands in it."""
    if not box.fields:
        return 0.0
    inner = wide / len(box.fields) - 2 * AIR
    captions = max(measure_block(inner, numbered(f, lang, inner, inner < NARROW), CAPTION, lang) for f in box.fields)
    texts = (value(document, field) for field in box.fields)
    heights = (STAMP if text == SIGNED else measure_block(inner, text, _style(inner), lang) for text in texts)
    return 2 * AIR + captions + max(heights)


def _style(inner: float) -> Style:
    return NARROW_VALUE if inner < NARROWER else VALUE


def _draw_box(pdf: Pdf, x: float, y: float, wide: float, high: float, box: Box, document: Document, lang: str) -> None:
    """A frame; its captions small at the top, its values below them, each number once."""
    rect(pdf, x, y, wide, high)
    if box.mark:
        draw_line(pdf, x, y + high / 2 + 3.5, box.mark, replace(MARK, align="center"), width_mm=wide)
        return
    part = wide / len(box.fields)
    inner, said = part - 2 * AIR, ""
    for place, field in enumerate(box.fields):
        left = x + place * part + AIR
        own = replace(field, box="" if field.box == said else field.box)
        said = field.box
        title, text = numbered(own, lang, inner, inner < NARROW), value(document, field)
        down = measure_block(inner, title, CAPTION, lang)
        draw_block(pdf, left, y + AIR - 0.5, inner, title, CAPTION, lang=lang)
        if text == SIGNED:
            draw_stamp(pdf, left, y + AIR + down, inner, high - 2 * AIR - down, field.name)
        else:
            draw_block(pdf, left, y + AIR + down, inner, text, _style(inner), lang=lang)


# In pairs


def _in_pairs(pdf: Pdf, form: DocumentForm, document: Document, lang: str, room: float) -> list[Piece]:
    """The boxes in pairs, then the table, then what is signed, then what is filled in by hand: what is left of the
    page is room to write."""
    signed = [f for f in form.fields if f.name.endswith("_signature")]
    plain = [f for f in form.fields if f not in signed]
    pieces = [_boxes(pdf, pair, document, lang, LEAST_BOX) for pair in _pairs(plain, document)]
    if form.lines and document.get("lines"):
        pieces += [gap(3), *table(pdf, form.lines, document["lines"], lang), gap(3)]
    pairs = [signed[i : i + 2] for i in range(0, len(signed), 2)]
    pieces += [_boxes(pdf, pair, document, lang, SIGNATURE_BOX) for pair in pairs]
    by_hand = [form.to_fill[i : i + 2] for i in range(0, len(form.to_fill), 2)]
    pieces += [_boxes(pdf, pair, {}, lang, TO_FILL_BOX) for pair in by_hand]
    left = room - stacked_height(pieces)
    if form.lines_to_fill:
        rows = max(form.lines_to_fill, int((left - 3) / TO_FILL_ROW) - 1)
        pieces += [gap(3), *table(pdf, form.lines, [{}] * rows, lang, TO_FILL_ROW)]
    elif by_hand:
        last = min(TO_FILL_BOX + left, MOST_TO_FILL)
        pieces[-1] = _boxes(pdf, by_hand[-1], {}, lang, max(TO_FILL_BOX, last))
    return pieces


def _pairs(fields: Iterable[FormField], document: Document) -> list[list[FormField]]:
    """Fields two in a line; one with a long value stands alone."""
    lines: list[list[FormField]] = []
    open_line = False
    for field in fields:
        alone = width(value(document, field), VALUE) > WIDE
        if open_line and not alone:
            lines[-1].append(field)
            open_line = False
        else:
            lines.append([field])
            open_line = not alone
    return lines


def _boxes(pdf: Pdf, fields: Sequence[FormField], document: Document, lang: str, least: float) -> Piece:
    """One line of a form: its boxes side by side, as high as the highest."""
    wide = (pdf.width_mm - 2 * MARGIN) / len(fields)
    boxes = [Box((field,), "", 1) for field in fields]
    height = max(least, *(_needed(wide, box, document, lang) for box in boxes))

    def draw(y: float) -> None:
        for place, box in enumerate(boxes):
            _draw_box(pdf, MARGIN + place * wide, y, wide, height, box, document, lang)

    return Piece(height, draw)


# A slip


def _ticket(pdf: Pdf, form: DocumentForm, document: Document, lang: str) -> Piece:
    """A narrow slip as a weighbridge prints it: a caption and its value on each line."""
    left, inner = (pdf.width_mm - TICKET_WIDE) / 2, TICKET_WIDE - 12
    label, bold = inner * 0.62, replace(VALUE, bold=True, align="end")
    step = 2 * CAPTION.line_mm + 2.5
    height = step * len(form.fields) + 10

    def draw(y: float) -> None:
        pdf.setDash(3, 2)
        rect(pdf, left, y, TICKET_WIDE, height)
        pdf.setDash()
        for place, field in enumerate(form.fields):
            top = y + 5 + place * step
            draw_block(pdf, left + 6, top, label, numbered(field, lang, label), CAPTION, lang=lang, max_lines=2)
            draw_line(pdf, left + 6 + label, top + 5, value(document, field), bold, width_mm=inner - label)
            hairline(pdf, left + 6, top + step - 1, left + 6 + inner, top + step - 1, line_mm=0.1)

    return Piece(height, draw)
