"""The sheet of the self-test: its rows, how each is to be filled, and its key. It has no trainee and is never marks."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from gettext import gettext as _
from pathlib import Path

from fieldkit.course import SELFTEST, Course
from fieldkit.errors import BadInput
from fieldkit.model.codes import Code, make_id
from fieldkit.model.scoresheet import Item, Mark, Scale
from fieldkit.model.sheet import LAYOUT, Page, lay_out
from fieldkit.model.texts import Text, text

FILE = f"{SELFTEST}/sheet.pdf"
BOXES = ("1", "2", "3", "4")
SCALE = Scale("boxes", tuple(Mark(box, text(f"Box {box}", ru=f"Клетка {box}"), Decimal(1)) for box in BOXES))
WAYS = {
    "cross": text("A cross in box {box}", ru="Крестик в клетке {box}"),
    "tick": text("A tick in box {box}", ru="Галочка в клетке {box}"),
    "filled": text("Fill box {box}", ru="Закрасьте клетку {box}"),
}
ODD = {
    "blank": text("Leave this row empty", ru="Оставьте строку пустой"),
    "double": text("A cross in box 1 and in box 3", ru="Крестики в клетках 1 и 3"),
    "struck": text(
        "Fill box 2, then scribble it out beyond its edges", ru="Закрасьте клетку 2 и зачеркните её за края"
    ),
}
EACH = 4  # rows for each way


def clear_rows() -> dict[str, str]:
    """The rows that are marked once, with the box that each is marked in."""
    rows = [f"{way}-{number}" for number in range(EACH) for way in WAYS]
    return {row: BOXES[(3 * n + n // 4) % len(BOXES)] for n, row in enumerate(rows)}


def items() -> tuple[Item, ...]:
    """The rows of the sheet."""
    return tuple(Item(row, said, SCALE) for row, said in {**_clear(), **ODD}.items())


def _clear() -> dict[str, Text]:
    return {row: WAYS[row.partition("-")[0]].fill({"box": box}) for row, box in clear_rows().items()}


def row_number(row: str) -> int:
    """The number that is printed before a row."""
    return [item.id for item in items()].index(row) + 1


def page_of(paper: str) -> Page:
    """The one page of the sheet: the rows alone, without rating and signatures."""
    return replace(lay_out(items(), paper, LAYOUT)[0], rating=(), foot_mm=None)


def selftest_code(course: Course) -> Code:
    """What the code on the sheet says. Refuses a course that has no codes yet."""
    if not course.state.key:
        raise BadInput(_("The course has not been drawn yet."), _("Draw it first: fieldkit draw"))
    return Code("S", course.state.code, make_id(course.state.key, "selftest"), LAYOUT)


def print_selftest(course: Course) -> Path:
    """Print the sheet into the course's folder; returns where it lies."""
    from fieldkit.paper.page import open_pdf
    from fieldkit.paper.words import word
    from fieldkit.printing.selftest import draw_selftest

    code, settings = selftest_code(course), course.settings
    path = course.path(*FILE.split("/"))
    path.parent.mkdir(exist_ok=True)
    lang = settings.languages[0]
    with open_pdf(path, title=word("selftest", lang), lang=lang, page_size=settings.paper) as pdf:
        draw_selftest(pdf, page_of(settings.paper), {i.id: i for i in items()}, code, settings.title, lang)
    return path
