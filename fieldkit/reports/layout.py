"""How a report comes down the page: blocks of known height, shared out over pages before the first is drawn.

Every place is an offset from the side on which the language begins, so that a page of Dari is the mirror of one of
English without another line of code.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from fieldkit.model.local_forms import shown_day
from fieldkit.model.texts import LANGUAGES
from fieldkit.paper.charts import Sign, sign
from fieldkit.paper.furniture import BOTTOM, CONTENT_TOP, FOOT_LINE, MARGIN, Imprint, draw_foot, draw_head
from fieldkit.paper.page import MM, Colour, Pdf, hairline, next_page
from fieldkit.paper.text import (
    ALERT,
    GREY,
    HEADING,
    INK,
    SMALL,
    TEXT,
    Rich,
    Style,
    baseline,
    draw_block,
    draw_line,
    measure_block,
)
from fieldkit.paper.text import width as text_width
from fieldkit.reports.data import ReportData
from fieldkit.reports.words import dotted, say

BOLD = replace(TEXT, bold=True)
SMALL_BOLD = replace(SMALL, bold=True)
NOTE = replace(SMALL, color=GREY)
WARNING = replace(SMALL, color=ALERT)
SMALL_END = replace(SMALL, align="end")
SMALL_BOLD_END = replace(SMALL_BOLD, align="end")
NOTE_END = replace(NOTE, align="end")
STEP = SMALL.line_mm  # the height of a line of small text, which most rows are
GAP = 6.0  # between sections
COLUMN_GAP = 8.0
_TOGETHER = 8  # lines of a paragraph that stay on one page
RULE: Colour = (0.75, 0.75, 0.75)


class Paper:
    """A PDF with a language: draws at offsets from the side where lines begin, within the margins."""

    def __init__(self, pdf: Pdf, lang: str) -> None:
        self.pdf, self.lang = pdf, lang
        self.rtl = LANGUAGES[lang].right_to_left

    @property
    def room(self) -> float:
        """The width between the margins."""
        return self.pdf.width_mm - 2 * MARGIN

    def left(self, offset: float, width: float) -> float:
        """Where on the page a box of `width` begins that lies `offset` from the start of the line."""
        return self.pdf.width_mm - MARGIN - offset - width if self.rtl else MARGIN + offset

    def line(self, offset: float, y: float, width: float, text: Rich, style: Style = SMALL) -> None:
        """One line with its top at y, cut with an ellipsis where it is too long."""
        x = self.left(offset, width)
        draw_line(self.pdf, x, y + baseline(style), text, style, lang=self.lang, width_mm=width, shorten=True)

    def block(
        self, offset: float, y: float, width: float, text: Rich, style: Style = SMALL, most: int | None = None
    ) -> float:
        """A paragraph with its top at y; returns its height."""
        return draw_block(self.pdf, self.left(offset, width), y, width, text, style, lang=self.lang, max_lines=most)

    def height(self, width: float, text: Rich, style: Style = SMALL, most: int | None = None) -> float:
        """The height of a paragraph."""
        return measure_block(width, text, style, self.lang, most)

    def width(self, text: Rich, style: Style = SMALL) -> float:
        """The width of a line."""
        return text_width(text, style, self.lang)

    def upright(self, offset: float, y: float, height: float, text: Rich, style: Style, most: int) -> None:
        """A paragraph that reads upwards, its lines as long as `height`, beginning at y and going on to the right."""
        x, bottom = self.pdf.at(self.left(offset, most * style.line_mm), y)
        self.pdf.saveState()
        self.pdf.translate(x, bottom)
        self.pdf.rotate(90)
        self.pdf.translate(0, -self.pdf.at(0, 0)[1])
        draw_block(self.pdf, 0, 0, height, text, replace(style, align="left"), lang=self.lang, max_lines=most)
        self.pdf.restoreState()

    def rule(self, offset: float, y: float, width: float, colour: Colour = RULE, line_mm: float = 0.1) -> None:
        """A thin line across."""
        x = self.left(offset, width)
        hairline(self.pdf, x, y, x + width, y, colour=colour, line_mm=line_mm)

    def sign(self, offset: float, y: float, kind: Sign, size: float = 2.6, colour: Colour | None = None) -> None:
        """A sign whose middle is at y, in a box as wide as the sign."""
        shown = colour or (ALERT if kind == "no" else INK)
        sign(self.pdf, self.left(offset, size) + size / 2, y, kind, size, shown)


Draw = Callable[[float], object]


@dataclass(frozen=True)
class Block:
    """Something that is not torn apart: its height, and how it is drawn with its top at y.

    `gap` is the space above it, left out at the head of a page; `keep` holds it on one page with the next block;
    `again` is drawn first where a new page begins with this block; `fresh` begins a new page.
    """

    height: float
    draw: Draw
    gap: float = 0.0
    keep: bool = False
    again: Block | None = None
    fresh: bool = False


@dataclass
class Flow:
    """Blocks that follow each other, and what is fixed at the foot of the first page."""

    paper: Paper
    blocks: list[Block] = field(default_factory=list)
    first_foot: Block | None = None

    def add(
        self, height: float, draw: Draw, *, gap: float = 0.0, keep: bool = False, again: Block | None = None
    ) -> None:
        """One more block."""
        self.blocks.append(Block(height, draw, gap, keep, again))

    def heading(self, text: Rich, *, gap: float = GAP, fresh: bool = False) -> None:
        """A heading that stays with what follows."""
        paper = self.paper
        height = paper.height(paper.room, text, HEADING) + 1.5
        self.blocks.append(
            Block(height, lambda y: paper.block(0, y, paper.room, text, HEADING), gap, True, fresh=fresh)
        )

    def text(self, text: Rich, style: Style = SMALL, *, gap: float = 0.0, offset: float = 0.0) -> None:
        """A paragraph, which may go on on the next page."""
        paper, room = self.paper, self.paper.room - offset
        count = round(paper.height(room, text, style) / style.line_mm)
        for first in range(0, count, _TOGETHER):
            part = slice(first, min(first + _TOGETHER, count))
            self.add(
                (part.stop - part.start) * style.line_mm,
                partial(_draw_part, paper, offset, room, text, style, part),
                gap=0.0 if first else gap,
            )

    def keep_whole(self, first: int, share: float = 0.5) -> None:
        """Hold the blocks from number `first` on together, where they take less than this share of a page."""
        blocks = self.blocks[first:]
        page = self.paper.pdf.height_mm - BOTTOM - CONTENT_TOP
        if sum(block.height + block.gap for block in blocks) < page * share:
            self.blocks[first:] = [replace(b, keep=True, again=None) for b in blocks[:-1]] + [
                replace(b, again=None) for b in blocks[-1:]
            ]

    def left_on_first_page(self) -> float:
        """The height that the blocks so far leave on the first page; below 0 where they need more than one."""
        foot = self.first_foot.height if self.first_foot else 0.0
        page = self.paper.pdf.height_mm - BOTTOM - CONTENT_TOP - foot
        return page - sum(block.height + block.gap for block in self.blocks)

    def pages(self) -> list[list[tuple[float, Block]]]:
        """The blocks of each page, with their tops. A page holds one block at least."""
        bottom = self.paper.pdf.height_mm - BOTTOM
        foot = self.first_foot.height if self.first_foot else 0.0
        pages: list[list[tuple[float, Block]]] = [[]]
        y = CONTENT_TOP
        for run in _runs(self.blocks):
            limit = bottom - (foot if len(pages) == 1 else 0.0)
            height = sum(block.height + block.gap for block in run)
            if pages[-1] and (run[0].fresh or y + height > limit + 0.01):
                pages.append([])
                y = CONTENT_TOP
                if again := run[0].again:
                    pages[-1].append((y, again))
                    y += again.height
            for block in run:
                y += block.gap if pages[-1] else 0.0
                pages[-1].append((y, block))
                y += block.height
        return pages

    def draw(self, imprint: Imprint, origin: str) -> None:
        """Draw every page with its head and foot; `origin` says on each where the figures come from."""
        pages = self.pages()
        for number, page in enumerate(pages, 1):
            self._furniture(imprint, origin, number, len(pages))
            for y, block in page:
                block.draw(y)
            if number == 1 and self.first_foot:
                self.first_foot.draw(self.paper.pdf.height_mm - BOTTOM - self.first_foot.height)
            next_page(self.paper.pdf)

    def _furniture(self, imprint: Imprint, origin: str, number: int, of: int) -> None:
        paper = self.paper
        draw_head(paper.pdf, imprint, lang=paper.lang)
        draw_foot(paper.pdf, imprint, number, of, lang=paper.lang)
        y = paper.pdf.height_mm - FOOT_LINE - baseline(NOTE)
        paper.line(0, y, paper.room * 0.6, origin, NOTE)


def turn(pdf: Pdf) -> None:
    """Lay the page on its side; to be called before anything is drawn on it."""
    pdf.width_mm, pdf.height_mm = pdf.height_mm, pdf.width_mm
    pdf.setPageSize((pdf.width_mm * MM, pdf.height_mm * MM))


def _draw_part(paper: Paper, offset: float, room: float, text: Rich, style: Style, part: slice, y: float) -> None:
    draw_block(paper.pdf, paper.left(offset, room), y, room, text, style, lang=paper.lang, part=part)


def _runs(blocks: Sequence[Block]) -> list[list[Block]]:
    """Blocks that stay together."""
    runs: list[list[Block]] = []
    kept = False
    for block in blocks:
        if kept:
            runs[-1].append(block)
        else:
            runs.append([block])
        kept = block.keep
    return runs


def signatures(paper: Paper, who: Sequence[str]) -> Block:
    """Lines to sign on, side by side."""
    column = (paper.room - COLUMN_GAP * (len(who) - 1)) / len(who)

    def draw(y: float) -> None:
        for number, name in enumerate(who):
            offset = number * (column + COLUMN_GAP)
            paper.rule(offset, y + 13, column, INK)
            paper.line(offset, y + 13.5, column, name, SMALL_BOLD)
            paper.line(offset, y + 13.5 + STEP, column, say("signature", paper.lang), NOTE)

    return Block(13.5 + 2 * STEP, draw)


def verdict_sign(passed: bool | None) -> Sign:
    """The sign that stands with a verdict."""
    signs: dict[bool | None, Sign] = {True: "yes", False: "no", None: "open"}
    return signs[passed]


def origin(data: ReportData, lang: str) -> str:
    """Where the figures of a page come from: the course's code, the day, the record's head."""
    made = say("made", lang, date=shown_day(data.made_on, lang)) if data.made_on else ""
    record = say("record", lang, head=data.head) if data.head else ""
    return dotted((data.settings.code, made, record))
