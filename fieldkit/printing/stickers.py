"""Personal stickers: each trainee's own code with name and number, to cut out and stick on a spare sheet."""

from __future__ import annotations

import math
from dataclasses import replace

from fieldkit.model.codes import Code
from fieldkit.model.people import Person
from fieldkit.model.plan import Pack
from fieldkit.model.sheet import CODE_SIZE, STICKER
from fieldkit.paper.code import draw_code
from fieldkit.paper.page import Pdf, hairline, next_page
from fieldkit.paper.text import LEAST, SMALL, Style, draw_block, draw_line, isolate, measure_block, width
from fieldkit.paper.words import word
from fieldkit.printing.naming import DOT

TOP = 22.0  # of the first row, from the top of the page; above it the hint
EDGE = 8.0  # kept free at the other edges: most printers do not reach them
CUT = 3.0  # the length of a cut mark
NAME = Style(LEAST, 9.4, bold=True, align="center")


def print_stickers(pdf: Pdf, pack: Pack) -> None:
    """Pages of stickers in the order of the roster, in the language of the course."""
    lang, (wide, high) = pack.language_of(None), STICKER
    across, down = int((pdf.width_mm - 2 * EDGE) // wide), int((pdf.height_mm - TOP - EDGE) // high)
    left = (pdf.width_mm - across * wide) / 2
    people = [person for number, person in pack.trainees.items() if number in pack.person_ids]
    for start in range(0, len(people), across * down):
        title, bold = _title(pack, lang), replace(SMALL, bold=True)
        draw_line(pdf, left, 10, title, bold, lang=lang, width_mm=across * wide, shorten=True)
        hint = word("stickers_hint", lang)
        draw_line(pdf, left, 15, hint, SMALL, lang=lang, width_mm=across * wide, shorten=True)
        here = people[start : start + across * down]
        _cut_marks(pdf, left, across, math.ceil(len(here) / across))
        for place, person in enumerate(here):
            row, column = divmod(place, across)
            _sticker(pdf, pack, person, left + column * wide, TOP + row * high, lang)
        next_page(pdf)


def _title(pack: Pack, lang: str) -> str:
    return word("stickers", lang) + DOT + isolate(pack.settings.title)


def _sticker(pdf: Pdf, pack: Pack, person: Person, x_mm: float, y_mm: float, lang: str) -> None:
    wide, high = STICKER
    code = str(Code("P", pack.settings.code, pack.person_ids[person.number]))
    draw_code(pdf, x_mm + (wide - CODE_SIZE) / 2, y_mm, CODE_SIZE, code)
    room = wide - 2
    who, number = isolate(person.name), word("number", lang, number=person.number)
    between = "\n" if width(who, NAME, lang) <= room else DOT
    said = number if person.name == person.number else who + between + number
    y = y_mm + high - 1 - measure_block(room, said, NAME, lang, 2)  # the code's own border leaves room for it
    draw_block(pdf, x_mm + 1, y, room, said, NAME, lang=lang, max_lines=2)


def _cut_marks(pdf: Pdf, left_mm: float, across: int, down: int) -> None:
    """A small cross wherever cuts meet."""
    wide, high = STICKER
    for column in range(across + 1):
        for row in range(down + 1):
            x, y = left_mm + column * wide, TOP + row * high
            hairline(pdf, x - CUT / 2, y, x + CUT / 2, y)
            hairline(pdf, x, y - CUT / 2, x, y + CUT / 2)
