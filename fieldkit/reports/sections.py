"""Parts that the reports of a station and of the course share: the answer on top, rows of dots, hard items, tables."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import Literal, NamedTuple

from fieldkit.judging.results import ItemTally, Score, StationResult
from fieldkit.paper.charts import bar, dot_plot
from fieldkit.paper.text import INK, TEXT, TITLE, Rich, Span, Style
from fieldkit.reports.data import ReportData
from fieldkit.reports.figures import NO_FIGURE, exact_percent, percent
from fieldkit.reports.finds import act_for_all
from fieldkit.reports.layout import NOTE, SMALL, SMALL_END, STEP, Block, Flow, Paper
from fieldkit.reports.words import say

DOTS_MM, LOW_DOTS_MM = 8.0, 5.8  # height of a row of dots, and where there are many rows
ROW_AIR = 0.55

NAME_MM, WORDS_MM = 50.0, 36.0  # beside a row of dots

Dot = tuple[Fraction, bool]  # the exact percentage, and whether it passed


def dots_of(results: Sequence[StationResult]) -> list[Dot]:
    """A dot for each decided result that has a percentage."""
    return [dot for r in results if r.passed is not None and (dot := dot_of(r.score, r.passed)) is not None]


def dot_of(score: Score, passed: bool) -> Dot | None:
    """The dot of one score; none where nothing counts."""
    exact = exact_percent(score)
    return None if exact is None else (exact, passed)


def add_answer(flow: Flow, about: str, answer: str, reasons: str) -> None:
    """What the report is about, its answer in large type, and the words that explain it."""
    paper = flow.paper
    style = replace(TITLE, color=INK)
    parts: list[tuple[str, Style]] = [(about, NOTE), (answer, style), (reasons, TEXT)]
    heights = [paper.height(paper.room, text, look) if text else 0.0 for text, look in parts]

    def draw(y: float) -> None:
        for (text, look), height in zip(parts, heights, strict=True):
            if text:
                paper.block(0, y, paper.room, text, look)
            y += height + (3.0 if look is NOTE else 0.0)

    flow.add(sum(heights) + 3.0, draw)


def add_dots(
    flow: Flow, name: str, dots: Sequence[Dot], mark: Fraction, words: Rich, *, dots_mm: float = DOTS_MM
) -> None:
    """One row: a name, a dot for each result on a line from 0 to 100 %, and what it comes to in words."""
    paper, name_mm, words_mm = flow.paper, NAME_MM, WORDS_MM
    start, plot = _plot(paper)
    names = paper.height(name_mm, name, SMALL, 3)
    tall = max(dots_mm + 3.4, names)

    def draw(y: float) -> None:
        axis = y + dots_mm
        paper.block(0, axis - names / 2 - 2, name_mm, name, SMALL, 3)
        dot_plot(paper.pdf, paper.left(start, plot), axis, plot, dots, mark, lang=paper.lang, height_mm=dots_mm)
        tall_words = paper.height(words_mm, words, SMALL, 2)
        paper.block(paper.room - words_mm, axis - tall_words / 2 - 2, words_mm, words, SMALL_END, 2)

    flow.add(tall + 1.0, draw)


def _plot(paper: Paper) -> tuple[float, float]:
    """Where the line of a row of dots begins, and how long it is."""
    start = NAME_MM + 4
    return start, paper.room - start - WORDS_MM - 4


def add_mark(flow: Flow, mark: Decimal) -> None:
    """The words over the lines of the pass mark below."""
    paper = flow.paper
    flow.add(STEP, lambda y: above_mark(paper, y, _plot(paper), mark), keep=True)


def above_mark(paper: Paper, y: float, chart: tuple[float, float], mark: Decimal) -> None:
    """The words of a pass mark over its place in a chart (offset, width), kept within the chart."""
    words = say("pass-mark", paper.lang, percent=percent(mark, paper.lang))
    width, (start, length) = paper.width(words, NOTE) + 0.1, chart
    place = start + length * float(mark) / 100 - width / 2
    paper.line(min(max(place, start), start + length - width), y, width, words, NOTE)


def add_legend(flow: Flow) -> None:
    """What the dots mean."""
    flow.text(say("dots-mean", flow.paper.lang), NOTE, gap=1.0)


def add_hardest(flow: Flow, data: ReportData, tallies: Sequence[ItemTally], *, with_station: bool) -> None:
    """The items that the fewest earned all points on, each with its bar and its count."""
    paper, lang = flow.paper, flow.paper.lang
    act_mm = paper.room - 72

    for tally in tallies:
        critical = [Span(say("critical-mark", lang) + " ", bold=True)] if tally.item.critical else []
        act: list[Span] = [*critical, Span(act_for_all(tally.item, lang))]
        where = data.title(tally.station, lang) if with_station else ""
        flow.add(*_hard(paper, act, where, tally, act_mm))


def _hard(
    paper: Paper, act: list[Span], where: str, tally: ItemTally, act_mm: float
) -> tuple[float, Callable[[float], None]]:
    tall = paper.height(act_mm, act, SMALL, 3)
    below = paper.height(act_mm, where, NOTE, 1) if where else 0.0

    def draw(y: float) -> None:
        paper.block(0, y, act_mm, act, SMALL, 3)
        if where:
            paper.line(0, y + tall, act_mm, where, NOTE)
        share = Fraction(tally.full * 100, tally.counted)
        bar(paper.pdf, paper.left(act_mm + 6, 40), y + STEP / 2, 40, share, lang=paper.lang)
        words = say("full-of", paper.lang, n=tally.full, of=tally.counted)
        paper.line(paper.room - 24, y, 24, words, replace(SMALL_END, bold=True))

    return tall + below + 2.0, draw


@dataclass(frozen=True)
class Column:
    """One column of a table: its head, its width in millimetres, and to which side its cells lean."""

    head: str
    width: float
    align: Literal["start", "end"] = "start"


class Styled(NamedTuple):
    """A cell that looks other than most."""

    text: Rich
    style: Style = SMALL


Cell = Rich | Styled


class Table:
    """Rows under a head that comes again on every page; cells wrap, and the row grows with them."""

    def __init__(self, flow: Flow, columns: Sequence[Column], *, space_mm: float = 4.0) -> None:
        self.flow, self.paper, self.columns = flow, flow.paper, columns
        self.offsets = [sum(c.width + space_mm for c in columns[:n]) for n in range(len(columns))]
        self.head = Block(STEP + 0.8, self._draw_head) if any(column.head for column in columns) else None
        if self.head:
            flow.blocks.append(replace(self.head, keep=True))

    def _draw_head(self, y: float) -> None:
        for column, offset in zip(self.columns, self.offsets, strict=True):
            self.paper.line(offset, y, column.width, column.head, replace(NOTE, align=column.align))

    def row(
        self,
        cells: Sequence[Cell],
        *,
        most: int = 4,
        least: float = 0.0,
        extra: Callable[[float], object] | None = None,
    ) -> None:
        """One row, at least `least` high; a cell is a text, or a text with its style.

        `extra` draws more, given the top of the text.
        """
        looks = [cell if isinstance(cell, Styled) else Styled(cell) for cell in cells]
        fitted = [
            (text, replace(style, align=col.align)) for (text, style), col in zip(looks, self.columns, strict=True)
        ]
        heights = [
            self.paper.height(col.width, text, style, most)
            for (text, style), col in zip(fitted, self.columns, strict=True)
        ]

        def draw(y: float) -> None:
            self.paper.rule(0, y, self.paper.room)
            for (text, style), column, offset in zip(fitted, self.columns, self.offsets, strict=True):
                self.paper.block(offset, y + ROW_AIR, column.width, text, style, most)
            if extra:
                extra(y + ROW_AIR)

        self.flow.add(max(*heights, least) + 2 * ROW_AIR, draw, again=self.head)

    def end(self, *, rule: bool = False) -> None:
        """Hold the last two rows together; with `rule`, a line below the last."""
        blocks = self.flow.blocks
        if len(blocks) > 1:
            blocks[-2] = replace(blocks[-2], keep=True)
        if rule:
            blocks[-1] = replace(blocks[-1], keep=True)
            self.flow.add(0.5, lambda y: self.paper.rule(0, y, self.paper.room))


def count_of(n: int, of: int, lang: str) -> str:
    """`3 of 8`; a dash where there was no chance."""
    return say("full-of", lang, n=n, of=of) if of else NO_FIGURE
