"""Scoresheets: `model/sheet.py` in ink, one form of the PDF for what sheets share, and what each has for itself.

A sheet itself adds only its code, whose it is, and when; the rest (`sheet_form.py`) is drawn once in a file.
"""

from __future__ import annotations

from dataclasses import replace

from fieldkit.model.codes import Code, show_short
from fieldkit.model.plan import Pack, Sheet
from fieldkit.model.scoresheet import Item
from fieldkit.model.sheet import CODE_SIZE, MARGIN, Page, lay_out
from fieldkit.paper.code import draw_code
from fieldkit.paper.furniture import TRAINING
from fieldkit.paper.page import Pdf, begin_form, do_form, end_form, next_page
from fieldkit.paper.text import SMALL, TEXT, Rich, Span, Style, draw_block, draw_line, measure_block, width, wrap
from fieldkit.paper.words import word
from fieldkit.printing.naming import DOT, group_title, items_of, moment, name_of, station_title
from fieldkit.printing.sheet_form import CLEAR, FOOT_Y, draw_shared, draw_write_on, head_right

NAME_TOP, NAME_HEIGHT = 23.2, 10.6
NAME_SIZES = (22, 18, 15)  # on one line, else on two
TWO_LINES = (13.0, 12.0, 11.0, 10.0, 9.0, 8.5)


class SheetPrinter:
    """Draws sheets into one PDF, with one form for each page of each set of items and language."""

    def __init__(self, pdf: Pdf, pack: Pack) -> None:
        self._pdf, self._pack = pdf, pack
        self._forms: dict[tuple[object, ...], tuple[tuple[str, Page], ...]] = {}

    def draw(self, sheet: Sheet) -> int:
        """All pages of a sheet; returns how many they are."""
        lang = sheet_language(self._pack, sheet)
        pages = self._pages(sheet, lang)
        for form, page in pages:
            do_form(self._pdf, form)
            _own(self._pdf, self._pack, sheet, page, lang)
            next_page(self._pdf)
        return len(pages)

    def _pages(self, sheet: Sheet, lang: str) -> tuple[tuple[str, Page], ...]:
        items = items_of(self._pack, sheet)
        beside = second_language(self._pack, sheet)
        texts = ((i.id, i.text[lang], i.critical, i.scale.id) for i in items)
        key = (sheet.station, lang, beside, sheet.spare, *texts)
        if key not in self._forms:
            self._forms[key] = self._draw_forms(sheet, items, (lang, beside), f"sheet{len(self._forms)}")
        return self._forms[key]

    def _draw_forms(
        self, sheet: Sheet, items: tuple[Item, ...], languages: tuple[str, str], name: str
    ) -> tuple[tuple[str, Page], ...]:
        lang, beside = languages
        pages = lay_out(items, self._pack.settings.paper, self._pack.layout)
        by_id = {item.id: item for item in items}
        title = station_title(self._pack, sheet.station, lang)
        what = word("spare_sheet" if sheet.spare else "scoresheet", lang)
        drawn = []
        for page in pages:
            form = f"{name}p{page.number}"
            begin_form(self._pdf, form)
            course = self._pack.settings.title
            draw_shared(self._pdf, page, by_id, what, title, course, lang, beside, sticker=sheet.spare)
            end_form(self._pdf)
            drawn.append((form, page))
        return tuple(drawn)


def sheet_language(pack: Pack, sheet: Sheet) -> str:
    """The language of a sheet: that of the instructor, who must read every item while watching."""
    return pack.language_of(pack.instructors.get(sheet.instructor))


def second_language(pack: Pack, sheet: Sheet) -> str:
    """The language printed beside it: the trainee's, where sheets are bilingual and it is another; else none."""
    if not pack.settings.bilingual_sheets:
        return ""
    own, others = sheet_language(pack, sheet), pack.settings.languages[1:2]
    if not sheet.spare:
        others = (pack.language_of(pack.trainees[sheet.trainee]),)
    return next((lang for lang in others if lang != own), "")


def _own(pdf: Pdf, pack: Pack, sheet: Sheet, page: Page, lang: str) -> None:
    x, y = page.code_corner
    draw_code(pdf, x, y, CODE_SIZE, str(Code("S", pack.settings.code, sheet.code_id, pack.layout, page.number)))
    short = show_short(sheet.id)
    draw_line(pdf, x, y + CODE_SIZE + 3.2, short, replace(TEXT, bold=True, align="center"), width_mm=CODE_SIZE)
    room = page.width_mm - 2 * CLEAR
    draw_line(pdf, CLEAR, page.height_mm - FOOT_Y, short, replace(TRAINING, align="end"), lang=lang, width_mm=room)
    right = head_right(page, sheet.spare)
    if sheet.spare:
        draw_write_on(pdf, MARGIN, right, NAME_TOP + 9.8, word("trainee", lang), lang)
    else:
        _name(pdf, name_of(pack.trainees[sheet.trainee]), right, lang)
    _details(pdf, pack, sheet, right, lang)


def _name(pdf: Pdf, name: str, right: float, lang: str) -> None:
    """The trainee's name, as large as it can be: on one line, or smaller on two."""
    room = right - MARGIN
    for size in NAME_SIZES:
        style = Style(size, bold=True)
        if width(name, style, lang) <= room:
            draw_line(pdf, MARGIN, NAME_TOP + NAME_HEIGHT / 2 + size * 0.127, name, style, lang=lang, width_mm=room)
            return
    sizes = (Style(size, size * 1.12, bold=True) for size in TWO_LINES)
    style = next((s for s in sizes if len(wrap(name, s, room, lang)) <= 2), Style(TWO_LINES[-1], bold=True))
    height = measure_block(room, name, style, lang, 2)
    draw_block(pdf, MARGIN, NAME_TOP + (NAME_HEIGHT - height) / 2, room, name, style, lang=lang, max_lines=2)


def _details(pdf: Pdf, pack: Pack, sheet: Sheet, right: float, lang: str) -> None:
    """Who marks, and when: two lines under the name."""
    if sheet.instructor:
        who: Rich = [
            Span(word("instructor", lang) + ": "),
            Span(name_of(pack.instructors.get(sheet.instructor)), bold=True),
        ]
        draw_line(pdf, MARGIN, 38, who, TEXT, lang=lang, width_mm=right - MARGIN, shorten=True)
    else:
        draw_write_on(pdf, MARGIN, right, 40.5, word("instructor", lang), lang)
    parts = [] if sheet.spare else [word("number", lang, number=sheet.trainee), group_title(sheet.group, lang)]
    parts += [word("planned", lang, time=moment(sheet.starts, lang))] if sheet.starts else []
    parts += [word("second_sheet", lang)] if sheet.copy > 1 and not sheet.spare else []
    draw_line(pdf, MARGIN, 42.5, DOT.join(parts), SMALL, lang=lang, width_mm=right - MARGIN, shorten=True)
