"""Tables on mock papers: columns as wide as what stands in them, and a head that comes again on the next page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from fieldkit.model.papers import FormField
from fieldkit.model.texts import Text
from fieldkit.paper.furniture import MARGIN
from fieldkit.paper.page import Pdf, rect
from fieldkit.paper.text import Align, Span, Style, draw_block, isolate, measure_block, width
from fieldkit.printing.flow import Piece

CAPTION = Style(8.5, 10)
TABLE_VALUE = Style(10, 12.5)
SMALL_VALUE = Style(8.5, 10.5)  # in tables with many columns
AIR = 1.5  # inside a box
LEAST_ROW = 11.0
EMPTY_ROW = 7.0
# Columns of numbers, compared by eye from line to line.
NUMBERS = (
    "packages", "net_kg", "gross_kg", "quantity", "unit_price", "amount", "load_kg", "usd_per_kg", "guide_usd",
    "weight",
)  # fmt: skip
# How much of the spare room a column gets that is filled in by hand; 1 where nothing is said.
BY_HAND = {
    "seen": 6,
    "decision": 4,
    "reasons": 8,
    "channel": 2,
    "reported": 12,
    "handed_by": 3,
    "received_by": 3,
    "purpose": 3,
}

Document = Mapping[str, Any]


def caption(text: Text, lang: str, between: str = " / ") -> str:
    """A caption as forms have it: in the reader's language and in English."""
    own, english = text[lang], text["en"]
    return own if own == english else f"{own}{between}{isolate(english)}"


def numbered(field: FormField, lang: str, room: float, short: bool = False) -> list[Span]:
    """Number and caption, each language on a line of its own where `room` is not enough for both beside each other;
    `short`: in one language only."""
    number = [Span(f"{field.box}  ", bold=True)] if field.box else []
    if short:
        return [*number, Span(field.caption[lang])]
    beside = [*number, Span(caption(field.caption, lang))]
    return beside if width(beside, CAPTION, lang) <= room else [*number, Span(caption(field.caption, lang, "\n"))]


def value(document: Document, field: FormField) -> str:
    """What stands in a box."""
    return str(document.get(field.name, ""))


def table(
    pdf: Pdf, columns: Sequence[FormField], rows: Sequence[Document], lang: str, least: float = LEAST_ROW
) -> list[Piece]:
    """A table with columns as wide as what stands in them, in smaller letters where there are many."""
    room = pdf.width_mm - 2 * MARGIN
    style = SMALL_VALUE if len(columns) > 7 else TABLE_VALUE
    widths = _widths(columns, rows, style, lang, room)
    short = len(columns) > 7
    captions = [numbered(c, lang, w - 2 * AIR, short) for c, w in zip(columns, widths, strict=True)]
    aligns: list[Align] = ["right" if c.name in NUMBERS else "start" for c in columns]
    head = _cells(pdf, widths, captions, aligns, CAPTION, lang, LEAST_ROW)
    cells = [_cells(pdf, widths, [value(row, c) for c in columns], aligns, style, lang, least) for row in rows]
    return [replace(head, keep=True), *(replace(cell, head=head) for cell in cells)]


def _widths(
    columns: Sequence[FormField], rows: Sequence[Document], style: Style, lang: str, room: float
) -> list[float]:
    """Every column gets its longest word; what is left goes to those with more to say."""
    least, wanted = [], []
    for column in columns:
        caption = column.caption[lang]
        values = [value(row, column) for row in rows]
        words = [width(word, style) for value in values for word in value.split()]
        words += [width(word, CAPTION) for word in (*caption.split(), *column.caption["en"].split())]
        least.append(max(words, default=0.0) + 2 * AIR + 0.4)
        wanted.append(max([least[-1], *(width(value, style) + 2 * AIR for value in values)]))
    if sum(least) >= room:
        return [one * room / sum(least) for one in least]
    spare, more = room - sum(least), sum(wanted) - sum(least)
    if not more:
        weights = [BY_HAND.get(column.name, 1) for column in columns]
        return [one + spare * weight / sum(weights) for one, weight in zip(least, weights, strict=True)]
    return [one + spare * (want - one) / more for one, want in zip(least, wanted, strict=True)]


def _cells(
    pdf: Pdf,
    widths: Sequence[float],
    texts: Sequence[str | list[Span]],
    aligns: Sequence[Align],
    style: Style,
    lang: str,
    least: float,
) -> Piece:
    """One row of a table."""
    heights = [measure_block(w - 2 * AIR, text, style, lang) for w, text in zip(widths, texts, strict=True)]
    height = max(least if style is not SMALL_VALUE else 0.0, max(heights) + 2 * AIR)

    def draw(y: float) -> None:
        x = MARGIN
        for wide, text, align in zip(widths, texts, aligns, strict=True):
            rect(pdf, x, y, wide, height)
            draw_block(pdf, x + AIR, y + AIR, wide - 2 * AIR, text, replace(style, align=align), lang=lang)
            x += wide

    return Piece(height, draw)
