"""Pages that fill from the top: pieces of known height, shared out over pages that all have head and foot."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from fieldkit.model.texts import LANGUAGES
from fieldkit.paper.furniture import BOTTOM, CONTENT_TOP, MARGIN, Imprint, draw_foot, draw_head
from fieldkit.paper.page import Pdf, hairline, next_page
from fieldkit.paper.text import HEADING, SMALL, Align, Rich, Style, draw_block, measure_block

CELL_GAP = 2.0  # between the texts of two columns
CELL_AIR = 1.2  # above and below the text of a cell


@dataclass(frozen=True)
class Piece:
    """Something of `height_mm`; `draw` puts it on the page, its top at a given y. `keep`: the next stays with it.

    `head`: of a row, the head of its table, which stands above it again on a new page.
    """

    height_mm: float
    draw: Callable[[float], None]
    keep: bool = False
    head: Piece | None = None


@dataclass(frozen=True)
class Column:
    """A column of a table: its heading, its width, and where its texts stand."""

    title: str
    width_mm: float
    align: Align = "start"


def share_out(pieces: Sequence[Piece], first: float, room: float) -> list[list[Piece]]:
    """Pieces by page: `first` millimetres on the first page, `room` on the others. Kept pieces move together; a table
    that goes on begins with its head again."""
    pages: list[list[Piece]] = [[]]
    left = first
    heads = max((piece.head.height_mm for piece in pieces if piece.head), default=0.0)
    for chunk in _kept_together(pieces, room - heads):
        height = stacked_height(chunk)
        if height > left and (pages[-1] or first < room):
            head = chunk[0].head
            pages.append([head] if head else [])
            left = room - stacked_height(pages[-1])
        pages[-1].extend(chunk)
        left -= height
    return pages


def stacked_height(pieces: Sequence[Piece]) -> float:
    """The height of pieces one under the other, in millimetres."""
    return sum(piece.height_mm for piece in pieces)


def print_pages(pdf: Pdf, imprint: Imprint, pieces: Sequence[Piece], lang: str, *, repeat: Piece | None = None) -> int:
    """All pieces with head and foot on every page, `repeat` at the top of each; returns the number of pages."""
    top = CONTENT_TOP + (repeat.height_mm if repeat else 0)
    room = pdf.height_mm - BOTTOM - top
    pages = share_out(pieces, room, room)
    for number, page in enumerate(pages, 1):
        draw_head(pdf, imprint, lang=lang)
        if repeat:
            repeat.draw(CONTENT_TOP)
        draw_pieces(page, top)
        draw_foot(pdf, imprint, number, len(pages), lang=lang)
        next_page(pdf)
    return len(pages)


def draw_pieces(pieces: Sequence[Piece], y_mm: float) -> None:
    """Pieces one under the other from y down."""
    for piece in pieces:
        piece.draw(y_mm)
        y_mm += piece.height_mm


def stack(pieces: Sequence[Piece]) -> Piece:
    """Pieces as one, kept with what follows."""
    return Piece(stacked_height(pieces), lambda y: draw_pieces(pieces, y), keep=True)


def gap(height_mm: float) -> Piece:
    """Empty room."""
    return Piece(height_mm, lambda y: None)


def paragraph(
    pdf: Pdf,
    text: Rich,
    style: Style,
    lang: str,
    *,
    left: float = MARGIN,
    width: float | None = None,
    before: float = 0,
    after: float = 0,
    keep: bool = False,
) -> Piece:
    """A text across the page, or in the column from `left`."""
    room = pdf.width_mm - MARGIN - left if width is None else width
    height = measure_block(room, text, style, lang)

    def draw(y: float) -> None:
        draw_block(pdf, left, y + before, room, text, style, lang=lang)

    return Piece(before + height + after, draw, keep)


def heading(pdf: Pdf, text: str, lang: str, *, before: float = 5) -> Piece:
    """A heading, kept with what follows."""
    return paragraph(pdf, text, HEADING, lang, before=before, after=1, keep=True)


def bullets(pdf: Pdf, texts: Sequence[Rich], style: Style, lang: str) -> list[Piece]:
    """Texts one under the other, each behind a short dash; the first two stay together."""
    return [_bullet(pdf, text, style, lang, keep=not place and len(texts) > 1) for place, text in enumerate(texts)]


def _bullet(pdf: Pdf, text: Rich, style: Style, lang: str, keep: bool) -> Piece:
    indent = 5.0
    rtl = LANGUAGES[lang].right_to_left
    body = paragraph(
        pdf,
        text,
        style,
        lang,
        left=MARGIN if rtl else MARGIN + indent,
        width=pdf.width_mm - 2 * MARGIN - indent,
        after=0.8,
    )

    def draw(y: float) -> None:
        draw_block(pdf, MARGIN, y, pdf.width_mm - 2 * MARGIN, "\u2013", style, lang=lang)
        body.draw(y)

    return Piece(body.height_mm, draw, keep)


def table_row(
    pdf: Pdf,
    columns: Sequence[Column],
    cells: Sequence[Rich],
    lang: str,
    *,
    style: Style = SMALL,
    least_mm: float = 6.5,
    top: bool = False,
    line_mm: float = 0.1,
    keep: bool = False,
) -> Piece:
    """One row, as high as its highest cell and `least_mm` at least, with a line under it; cells stand in its middle,
    or at its `top`."""
    texts = [measure_block(c.width_mm - CELL_GAP, cell, style, lang) for c, cell in zip(columns, cells, strict=True)]
    height = max(least_mm, max(texts) + 2 * CELL_AIR)

    lefts = column_lefts(pdf, columns, lang)
    total = sum(column.width_mm for column in columns)
    start = pdf.width_mm - MARGIN - total if LANGUAGES[lang].right_to_left else MARGIN

    def draw(y: float) -> None:
        for column, left, cell, taken in zip(columns, lefts, cells, texts, strict=True):
            own = replace(style, align=column.align)
            top_mm = y + (CELL_AIR if top else (height - taken) / 2)
            draw_block(pdf, left, top_mm, column.width_mm - CELL_GAP, cell, own, lang=lang)
        hairline(pdf, start, y + height, start + total, y + height, line_mm=line_mm)

    return Piece(height, draw, keep)


def column_lefts(pdf: Pdf, columns: Sequence[Column], lang: str) -> list[float]:
    """The left edges of columns; in a right-to-left language the first stands at the right edge of the page."""
    widths = [column.width_mm for column in columns]
    before = [0.0, *accumulate(widths)]
    if LANGUAGES[lang].right_to_left:
        return [pdf.width_mm - MARGIN - after + CELL_GAP for after in before[1:]]
    return [MARGIN + start for start in before[:-1]]


def table_head(pdf: Pdf, columns: Sequence[Column], lang: str) -> Piece:
    """The row of headings of a table."""
    bold = replace(SMALL, bold=True)
    return table_row(pdf, columns, [c.title for c in columns], lang, style=bold, line_mm=0.3, keep=True)


def _kept_together(pieces: Sequence[Piece], room: float) -> list[list[Piece]]:
    """Pieces in the bunches that stay on one page; what is higher than a page is no bunch."""
    chunks: list[list[Piece]] = []
    joined = False
    for piece in pieces:
        if joined and stacked_height(chunks[-1]) + piece.height_mm <= room:
            chunks[-1].append(piece)
        else:
            chunks.append([piece])
        joined = piece.keep
    return chunks
