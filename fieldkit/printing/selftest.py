"""The self-test sheet: a scoresheet's page whose rows say how to fill them, for no trainee and no instructor."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from fieldkit.model.codes import Code, short_id, show_short
from fieldkit.model.scoresheet import Item
from fieldkit.model.sheet import CODE_SIZE, MARGIN, Page
from fieldkit.paper.code import draw_code
from fieldkit.paper.page import Pdf, next_page
from fieldkit.paper.text import TEXT, draw_block, draw_line
from fieldkit.paper.words import word
from fieldkit.printing.sheet_form import draw_shared, draw_write_on, head_right

NEXT_TOP = 25.0  # of what to do with it, from the top of the page
LINES_UP, LINE = 60.0, 9.0  # to write on: the first from the lower edge of the page, and from one to the next


def draw_selftest(pdf: Pdf, page: Page, items: Mapping[str, Item], code: Code, course: str, lang: str) -> None:
    """Draw the sheet with its code; `items` are its rows by id, `course` the title at its head."""
    draw_shared(pdf, page, items, word("selftest", lang), word("selftest_how", lang), course, lang)
    x, y = page.code_corner
    draw_code(pdf, x, y, CODE_SIZE, str(code))
    short = show_short(short_id(code.id))
    draw_line(pdf, x, y + CODE_SIZE + 3.2, short, replace(TEXT, bold=True, align="center"), width_mm=CODE_SIZE)
    room = head_right(page) - MARGIN
    draw_block(pdf, MARGIN, NEXT_TOP, room, word("selftest_next", lang), TEXT, lang=lang, max_lines=4)
    for number, key in enumerate(("printer", "pen", "phone")):
        y = page.height_mm - LINES_UP + number * LINE
        draw_write_on(pdf, MARGIN, page.width_mm - MARGIN, y, word(key, lang), lang)
    next_page(pdf)
