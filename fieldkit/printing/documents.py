"""Mock papers: boxes with small numbered captions and values, and labels to cut out for what hangs on the unit.

Which fields a paper has is said once, in `model/papers.py`; the layout here follows from that table.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
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
ORANGE = (1.0, 0.58, 0.1)
TO_FILL_BOX, TO_FILL_ROW = 18.0, 14.0  # room to write by hand
SMALL_VALUE = Style(8.5, 10.5)  # in tables with many columns

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
            pages += [(_caption(form.title, lang), page) for page in _pages(_paper(pdf, form, document, lang), room)]
            pages += [(_caption(form.title, lang), page) for page in _plates(pdf, form, document, lang, room)]
    labels = [
        _orange_plate(pdf, doc, lang) if name == "adr-plate" else _label(pdf, name, doc, lang)
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


@dataclass(frozen=True)
class TableRow(Piece):
    """A row of a table that knows its head, which stands above it again on a new page."""

    head: Piece | None = None


def _pages(pieces: Sequence[Piece], room: float) -> list[list[Piece]]:
    """Pieces by page; a table that goes on begins with its head again."""
    heads = [piece.head for piece in pieces if isinstance(piece, TableRow) and piece.head]
    later = room - max((head.height_mm for head in heads), default=0.0)
    pages = share_out(pieces, room, later)
    for page in pages[1:]:
        first = page[0]
        if isinstance(first, TableRow) and first.head:
            page.insert(0, first.head)
    return pages


def _plates(pdf: Pdf, form: DocumentForm, document: Document, lang: str, room: float) -> list[list[Piece]]:
    """The pages of pictures of a paper whose lines hold scenes; none for any other paper."""
    if "scene" not in form.hidden:
        return []
    from fieldkit.printing.plates import plate

    return share_out([plate(pdf, row, lang) for row in document["lines"]], room, room)


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
        pieces += [gap(3), *_table(pdf, form.lines, document["lines"], lang), gap(3)]
    pairs = [signed[i : i + 2] for i in range(0, len(signed), 2)]
    pieces += [_boxes(pdf, pair, document, lang, SIGNATURE_BOX) for pair in pairs]
    by_hand = [form.to_fill[i : i + 2] for i in range(0, len(form.to_fill), 2)]
    pieces += [_boxes(pdf, pair, {}, lang, TO_FILL_BOX) for pair in by_hand]
    if form.lines_to_fill:
        empty = [{field.name: "" for field in form.lines}] * form.lines_to_fill
        pieces += [gap(3), *_table(pdf, form.lines, empty, lang, TO_FILL_ROW)]
    return pieces


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


def _numbered(field: FormField, lang: str, short: bool = False) -> list[Span]:
    """Number and caption; `short`: in one language only."""
    number = [Span(f"{field.box}  ", bold=True)] if field.box else []
    return [*number, Span(field.caption[lang] if short else _caption(field.caption, lang))]


def _table(
    pdf: Pdf, columns: Sequence[FormField], rows: Sequence[Document], lang: str, least: float = LEAST_ROW
) -> list[Piece]:
    """A table with columns as wide as what stands in them, in smaller letters where there are many."""
    room = pdf.width_mm - 2 * MARGIN
    style = SMALL_VALUE if len(columns) > 7 else TABLE_VALUE
    widths = _widths(columns, rows, style, lang, room)
    head = _cells(pdf, widths, [_numbered(c, lang, len(columns) > 7) for c in columns], CAPTION, lang, LEAST_ROW)
    cells = [_cells(pdf, widths, [_value(row, c) for c in columns], style, lang, least) for row in rows]
    return [replace(head, keep=True), *(TableRow(cell.height_mm, cell.draw, head=head) for cell in cells)]


def _widths(
    columns: Sequence[FormField], rows: Sequence[Document], style: Style, lang: str, room: float
) -> list[float]:
    """Every column gets its longest word; what is left goes to those with more to say."""
    least, wanted = [], []
    for column in columns:
        caption = column.caption[lang]
        values = [_value(row, column) for row in rows]
        words = [width(word, style) for value in values for word in value.split()]
        words += [width(word, CAPTION) for word in (*caption.split(), *column.caption["en"].split())]
        least.append(max(words, default=0.0) + 2 * AIR + 0.4)
        wanted.append(max([least[-1], *(width(value, style) + 2 * AIR for value in values)]))
    if sum(least) >= room:
        return [one * room / sum(least) for one in least]
    spare, more = room - sum(least), sum(wanted) - sum(least)
    if not more:
        return [one + spare / len(least) for one in least]
    return [one + spare * (want - one) / more for one, want in zip(least, wanted, strict=True)]


def _cells(
    pdf: Pdf, widths: Sequence[float], texts: Sequence[str | list[Span]], style: Style, lang: str, least: float
) -> Piece:
    """One row of a table."""
    heights = [measure_block(w - 2 * AIR, text, style, lang) for w, text in zip(widths, texts, strict=True)]
    height = max(least if style is not SMALL_VALUE else 0.0, max(heights) + 2 * AIR)

    def draw(y: float) -> None:
        x = MARGIN
        for wide, text in zip(widths, texts, strict=True):
            rect(pdf, x, y, wide, height)
            draw_block(pdf, x + AIR, y + AIR, wide - 2 * AIR, text, style, lang=lang)
            x += wide

    return Piece(height, draw)


# Labels


def _orange_plate(pdf: Pdf, document: Document, lang: str) -> Piece:
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
