"""What all sheets of a station share: markers, boxes, rows, words. Near the boxes there is nothing but the boxes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from fieldkit.model import sheet as geometry
from fieldkit.model.local_forms import shown_number
from fieldkit.model.scoresheet import Item
from fieldkit.model.sheet import (
    BOX_R,
    COLUMN,
    LAYOUT,
    MARGIN,
    REFERENCE_Y,
    TWO_LANGUAGES,
    Block,
    Box,
    Page,
    Row,
    lay_out,
)
from fieldkit.model.texts import LANGUAGES, Text
from fieldkit.paper.furniture import draw_marker, not_reviewed
from fieldkit.paper.page import MM, Colour, Pdf, hairline, rect
from fieldkit.paper.text import (
    ALERT,
    HEADING,
    LEAST,
    SMALL,
    TEXT,
    Span,
    Style,
    baseline,
    draw_block,
    draw_line,
    isolate,
    measure_block,
    width,
    wrap,
)
from fieldkit.paper.words import word
from fieldkit.printing.naming import DOT

CLEAR = geometry.MARKER_INSET + geometry.MARKER / 2 + 3  # between corner markers: from here to as far from the right
FOOT_Y = 14.0  # the first line between the lower markers, from the lower edge
SHORT_CODE = 24.0  # kept free at the end of the foot line for the code of a sheet
PAGE_COUNT = 45.0  # and below it for page x of y
HEAD_GAP = 3.0  # between the head's texts and the code
TEXT_LEFT = 22.5  # of an item; its number and the sign of a critical one stand before it
TEXT_GAP = 4.0  # between an item's text and its first box
ROW_STYLES = (Style(10.5, 12.6), Style(9, 10.8), Style(LEAST, 10.2))
ROW_AIR = 0.3
PALE: Colour = (0.6, 0.6, 0.6)  # of what is only there until a sticker covers it
LABEL_GAP = 0.3  # between two words above their columns, at least
LABEL_STYLES = (Style(9, 9.8, align="center"), Style(LEAST, 9.6, align="center"))


def draw_shared(
    pdf: Pdf,
    page: Page,
    items: Mapping[str, Item],
    what: str,
    title: str,
    course: str,
    lang: str,
    beside: str = "",
    *,
    sticker: bool = False,
) -> None:
    """One page of a station's sheets without what each has for itself. `what` and `title` stand at its head.

    `beside` is a second language for what the trainee reads: the items, the scale's words, where to sign. A `sticker`
    has a place in the head.
    """
    _anchors(pdf, page)
    _head(pdf, page, what + DOT + isolate(course), title, lang, sticker)
    for block in page.blocks:
        _block(pdf, block, items, lang, beside)
    _boxes(pdf, page)
    if page.foot_mm is not None:
        _rating(pdf, page, lang)
        _to_fill_in(pdf, page, page.foot_mm, lang, beside)
    elif page.number < page.of:
        y, goes_on = page.height_mm - geometry.BOTTOM + 5.5, word("goes_on", lang, page=page.number + 1)
        style = replace(TEXT, bold=True, align="center")
        draw_line(pdf, CLEAR, y, goes_on, style, lang=lang, width_mm=page.width_mm - 2 * CLEAR)
    _foot_line(pdf, page, course, lang, beside)


def too_long(items: tuple[Item, ...], lang: str, paper: str, layout: int = LAYOUT) -> list[tuple[Item, int]]:
    """The items whose text does not fit in its row, and by how many letters it is too long."""
    by_id, found = {item.id: item for item in items}, []
    for page in lay_out(items, paper, layout):
        for block in page.blocks:
            for row in block.rows:
                item = by_id[row.item]
                height = row.height_mm / (2 if layout == TWO_LANGUAGES else 1)
                if _row_style(item, height, block, lang) is None:
                    found.append((item, _surplus(item, height, block, lang)))
    return found


def _anchors(pdf: Pdf, page: Page) -> None:
    """What a reader finds the page by: markers, side dots, and the filled reference box."""
    for number, (x, y) in enumerate(page.markers):
        draw_marker(pdf, x, y, number)
    path = pdf.beginPath()
    for x, y in page.side_dots:
        path.circle(*pdf.at(x, y), geometry.SIDE_DOT_R * MM)
    _add_box(pdf, path, page.reference_filled)
    pdf.drawPath(path, stroke=0, fill=1)


def _boxes(pdf: Pdf, page: Page) -> None:
    """Every box outline, as one path; the filled reference box has one too, so that it is as large as the others."""
    path = pdf.beginPath()
    for box in (*page.boxes, page.reference_empty, page.reference_filled):
        _add_box(pdf, path, box)
    pdf.setStrokeColorRGB(0, 0, 0)
    pdf.setLineWidth(geometry.BOX_LINE * MM)
    pdf.drawPath(path, stroke=1, fill=0)


def _add_box(pdf: Pdf, path: object, box: Box) -> None:
    x, y = pdf.at(box.x_mm - box.r_mm, box.y_mm + box.r_mm)
    path.rect(x, y, 2 * box.r_mm * MM, 2 * box.r_mm * MM)  # type: ignore[attr-defined]


def head_right(page: Page, sticker: bool = False) -> float:
    """Where the texts of the head end: before the code, or before the place of the sticker."""
    return (page.sticker_corner if sticker else page.code_corner)[0] - HEAD_GAP


def _sticker_place(pdf: Pdf, page: Page, lang: str) -> None:
    """A light outline that says what it is for."""
    (x, y), (wide, high) = page.sticker_corner, geometry.STICKER
    rect(pdf, x, y, wide, high, line_mm=0.15, colour=PALE)
    style = replace(SMALL, align="center", color=PALE)
    draw_block(pdf, x + 2, y + high / 2 - style.line_mm, wide - 4, word("sticker_here", lang), style, lang=lang)


def _head(pdf: Pdf, page: Page, what: str, title: str, lang: str, sticker: bool) -> None:
    room = head_right(page, sticker) - CLEAR
    draw_line(pdf, CLEAR, 13, what, SMALL, lang=lang, width_mm=room, shorten=True)
    if sticker:  # less room, and no name below that would need some
        draw_block(pdf, CLEAR, 20 - baseline(HEADING), room, title, HEADING, lang=lang, max_lines=2)
        _sticker_place(pdf, page, lang)
    else:
        draw_line(pdf, CLEAR, 20, title, HEADING, lang=lang, width_mm=room, shorten=True)
    filled, empty = page.reference_filled, page.reference_empty
    how = Style(9, 10.8)
    room = filled.x_mm - BOX_R - 4 - MARGIN
    height = measure_block(room, word("how_to_mark", lang), how, lang)
    draw_block(pdf, MARGIN, REFERENCE_Y + 2 - height / 2, room, word("how_to_mark", lang), how, lang=lang)
    y, beside = REFERENCE_Y + 1.1, BOX_R + 1.5
    draw_line(pdf, filled.x_mm + beside, y, word("marked", lang), replace(SMALL, align="left"), lang=lang)
    before = word("leave_empty", lang)
    draw_line(pdf, empty.x_mm - beside - width(before, SMALL, lang), y, before, replace(SMALL, align="left"), lang=lang)


def _block(pdf: Pdf, block: Block, items: Mapping[str, Item], lang: str, beside: str) -> None:
    """The scale's words above their columns, then the rows."""
    under = block.y_mm + block.heading_mm
    for mark, x in zip(block.scale.marks, block.columns, strict=True):
        _label(pdf, x, under - (block.heading_mm / 2 if beside else 0.5), mark.label[lang], lang)
        if beside:
            _label(pdf, x, under - 0.5, mark.label[beside], beside)
    right = block.columns[-1] + geometry.LAST_COLUMN - MARGIN
    hairline(pdf, MARGIN, under, right, under, line_mm=0.2)
    for row in block.rows:
        _row(pdf, row, block, items[row.item], lang, beside)
        low = row.y_mm + row.height_mm / 2
        hairline(pdf, MARGIN, low, right, low)


def _label(pdf: Pdf, x_mm: float, bottom_mm: float, text: str | list[Span], lang: str) -> None:
    """A word or two centred above a column of boxes, the last line's foot at `bottom_mm`."""
    words = text if isinstance(text, str) else text[-1].text
    style = next((s for s in LABEL_STYLES if label_fits(words, s, lang)), LABEL_STYLES[-1])
    room = max(COLUMN - LABEL_GAP, *(width(part, style, lang) for part in words.split()))
    height = measure_block(room, text, style, lang, 2)
    draw_block(pdf, x_mm - room / 2, bottom_mm - height, room, text, style, lang=lang, max_lines=2)


def label_fits(text: str, style: Style, lang: str) -> bool:
    """Whether a scale's word stands above its column on two lines, without a break inside a word."""
    room = COLUMN - LABEL_GAP
    return len(wrap(text, style, room, lang)) <= 2 and all(width(w, style, lang) <= room for w in text.split())


def _row(pdf: Pdf, row: Row, block: Block, item: Item, lang: str, beside: str) -> None:
    """Number, the sign of a critical item, and the act to be seen, in one language or two."""
    left, room = _text_area(block, lang)
    languages = [lang, beside] if beside else [lang]
    styles = [_row_style(item, row.height_mm / len(languages), block, code) or ROW_STYLES[-1] for code in languages]
    texts = list(zip(languages, [_row_text(item, code) for code in languages], styles, strict=True))
    y = row.y_mm - sum(measure_block(room, text, style, code, 2) for code, text, style in texts) / 2
    for code, text, style in texts:
        y += draw_block(pdf, left, y, room, text, style, lang=code, max_lines=2)
    rtl = LANGUAGES[lang].right_to_left
    number_left = left + room + 5.5 if rtl else MARGIN
    draw_line(
        pdf,
        number_left,
        row.y_mm + 1.3,
        shown_number(row.number, lang),
        replace(TEXT, align="right"),
        lang=lang,
        width_mm=4.6,
    )
    if item.critical:
        _critical_sign(pdf, left + room + 3.0 if rtl else TEXT_LEFT - 3.0, row.y_mm)


def _critical_sign(pdf: Pdf, x_mm: float, y_mm: float) -> None:
    """A small solid triangle, point upwards, its middle at (x, y); no box, and far from the boxes."""
    path = pdf.beginPath()
    path.moveTo(*pdf.at(x_mm, y_mm - 1.3))
    path.lineTo(*pdf.at(x_mm + 1.5, y_mm + 1.3))
    path.lineTo(*pdf.at(x_mm - 1.5, y_mm + 1.3))
    path.close()
    pdf.setFillColor(ALERT)
    pdf.drawPath(path, stroke=0, fill=1)


def _row_text(item: Item, lang: str) -> list[Span]:
    critical = [Span(word("critical", lang) + " ", bold=True)] if item.critical else []
    return [*critical, Span(item.text[lang])]


def _text_area(block: Block, lang: str) -> tuple[float, float]:
    """Left edge and width of the items' texts; in a right-to-left language the numbers stand on their right."""
    room = block.columns[0] - BOX_R - TEXT_GAP - TEXT_LEFT
    return (MARGIN if LANGUAGES[lang].right_to_left else TEXT_LEFT), room


def _row_style(item: Item, height: float, block: Block, lang: str) -> Style | None:
    """The largest style in which the text stays in a height on two lines at most; None where it does not."""
    _, room = _text_area(block, lang)
    for style in ROW_STYLES:
        count = len(wrap(_row_text(item, lang), style, room, lang))
        if count <= 2 and count * style.line_mm <= height - ROW_AIR:
            return style
    return None


def _surplus(item: Item, height: float, block: Block, lang: str) -> int:
    words = item.text[lang]
    for letters in range(len(words), 0, -1):
        short = replace(item, text=Text({lang: words[:letters]}))
        if _row_style(short, height, block, lang) is not None:
            return len(words) - letters
    return len(words)


def _foot_line(pdf: Pdf, page: Page, course: str, lang: str, beside: str) -> None:
    room, y = page.width_mm - 2 * CLEAR, page.height_mm - FOOT_Y
    note = not_reviewed(lang, beside)
    first = [Span(word("training", lang), bold=True), Span("   " + note if note else "")]
    rtl = LANGUAGES[lang].right_to_left
    for down, text, kept in ((0, first, SHORT_CODE), (5, course, PAGE_COUNT)):
        left = CLEAR + kept if rtl else CLEAR
        draw_line(pdf, left, y + down, text, SMALL, lang=lang, width_mm=room - kept, shorten=True)
    count = word("page", lang, page=page.number, pages=page.of)
    draw_line(pdf, CLEAR, y + 5, count, replace(SMALL, align="end"), lang=lang, width_mm=room)


def _rating(pdf: Pdf, page: Page, lang: str) -> None:
    first = page.rating[0]
    room = first.x_mm - COLUMN / 2 - 2 - MARGIN
    draw_line(pdf, MARGIN, first.y_mm - 0.5, word("overall", lang), HEADING, lang=lang, width_mm=room)
    draw_line(pdf, MARGIN, first.y_mm + 4, word("overall_hint", lang), SMALL, lang=lang, width_mm=room)
    for box in page.rating:
        text = [Span(box.mark + "\n", bold=True), Span(word(f"rating_{box.mark}", lang))]
        _label(pdf, box.x_mm, first.y_mm - BOX_R - 2, text, lang)
    low = first.y_mm + 6.5
    hairline(pdf, MARGIN, low, page.width_mm - MARGIN, low)


def _to_fill_in(pdf: Pdf, page: Page, foot: float, lang: str, beside: str) -> None:
    """Lines to write on: times, remarks, signatures."""
    right, middle = page.width_mm - MARGIN, page.width_mm / 2
    draw_write_on(pdf, MARGIN, middle - 4, foot + 26, word("started", lang), lang)
    draw_write_on(pdf, middle, right, foot + 26, word("ended", lang), lang)
    draw_write_on(pdf, MARGIN, right, foot + 33.5, word("remarks", lang), lang)
    hairline(pdf, MARGIN, foot + 41, right, foot + 41)
    draw_write_on(pdf, MARGIN, middle - 4, foot + 49, word("instructor_signs", lang), lang)
    signs = [word("trainee_signs", code) for code in (lang, beside) if code]
    draw_write_on(pdf, middle, right, foot + 49, " / ".join(map(isolate, signs)), lang)


def draw_write_on(pdf: Pdf, left_mm: float, right_mm: float, y_mm: float, label: str, lang: str) -> None:
    """A label and a line to write on beside it."""
    taken = width(label, SMALL, lang) + 2
    rtl = LANGUAGES[lang].right_to_left
    draw_line(pdf, left_mm, y_mm - 0.4, label, SMALL, lang=lang, width_mm=right_mm - left_mm)
    hairline(pdf, left_mm if rtl else left_mm + taken, y_mm, right_mm - taken if rtl else right_mm, y_mm)
