"""Item by item: what every sheet of a trainee says, with reasons, corrections and remarks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from fieldkit.judging.results import SheetResult, StationResult, TraineeResult
from fieldkit.model.marks import ENDED, STARTED, Given, MarkedSheet
from fieldkit.model.scoresheet import RATING, Item
from fieldkit.paper.cleaning import isolate
from fieldkit.paper.text import ALERT, INK, Span, Style
from fieldkit.reports.crops import add_crops
from fieldkit.reports.data import ReportData
from fieldkit.reports.figures import NO_FIGURE, figure, percent, shown_percent
from fieldkit.reports.findings import MarkedItem, corrections, marked_items, remarks_on
from fieldkit.reports.finds import act
from fieldkit.reports.layout import (
    BOLD,
    GAP,
    NOTE,
    SMALL,
    SMALL_BOLD,
    SMALL_END,
    STEP,
    WARNING,
    Block,
    Flow,
    verdict_sign,
)
from fieldkit.reports.letters import printable
from fieldkit.reports.words import dotted, plural_count, rating_words, reason_words, say, verdict_words, why_words

SIGN, NUMBER, ACT = 0.0, (3.5, 7.0), 13.0  # where the sign, the number and the act of a row stand
POINTS_MM, MARK_MM, SPACE_MM = 16.0, 34.0, 3.0
MARK_OF_TWO_MM = 28.0  # where two columns of marks stand side by side
ROW_AIR = 0.55  # above and below the text of a row
VERDICT_MM = 58.0
TOGETHER = 3  # rows that stay together at the head of a table and at its end
SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
MISSED = replace(SMALL_BOLD, color=ALERT)


def add_items(flow: Flow, data: ReportData, result: TraineeResult) -> None:
    """Every station's items on pages of their own; two sheets with the same items stand side by side."""
    lang = flow.paper.lang
    if any(station.sheets for station in result.stations):
        flow.heading(say("item-by-item", lang), fresh=flow.left_on_first_page() >= 0)
        flow.text(say("how-chosen", lang), NOTE)
    for station in data.in_rotation(result):
        for sheets in _side_by_side(station):
            _Table(flow, data, station, sheets).add()


def _side_by_side(station: StationResult) -> list[tuple[SheetResult, ...]]:
    """The sheets that share a table: both of a pair with the same items, else each on its own."""
    sheets = station.sheets
    if len(sheets) == 2 and [i.id for i in sheets[0].marked.items] == [i.id for i in sheets[1].marked.items]:
        return [sheets]
    return [(sheet,) for sheet in sheets]


class _Table:
    """One station of one trainee: a row for each item, and what is said below."""

    def __init__(self, flow: Flow, data: ReportData, station: StationResult, sheets: tuple[SheetResult, ...]) -> None:
        self.flow, self.data, self.station, self.sheets = flow, data, station, sheets
        self.paper, self.lang = flow.paper, flow.paper.lang
        self.footnotes: list[str] = []
        self.mark_mm = MARK_MM if len(sheets) == 1 else MARK_OF_TWO_MM
        self.marks_at = self.paper.room - POINTS_MM - len(sheets) * (self.mark_mm + SPACE_MM)
        self.act_mm = self.marks_at - SPACE_MM - ACT
        self.title = data.title(station.station, self.lang)

    def add(self) -> None:
        """Put the table into the flow."""
        first = len(self.flow.blocks)
        self._head()
        again = self._continued()
        columns = [marked_items(self.station, sheet.marked) for sheet in self.sheets]
        rows = [] if all(sheet.status == "issued" for sheet in self.sheets) else list(zip(*columns, strict=True))
        for number, entries in enumerate(rows, 1):
            inside = TOGETHER <= number <= len(rows) - TOGETHER
            self._row(number, entries, again, keep=not inside and number < len(rows))
        for sheet in self.sheets:
            self._note_corrections(sheet.marked, RATING)
            for remark in remarks_on(sheet.marked):
                spans = [Span(self._remark_by(sheet), bold=True), Span(isolate(printable(remark)))]
                self.flow.text(spans, SMALL, gap=1.0, offset=ACT)
        for footnote in self.footnotes:
            self.flow.text(footnote, NOTE, gap=0.6, offset=ACT)
        self.flow.keep_whole(first)

    def _remark_by(self, sheet: SheetResult) -> str:
        words = say("remark", self.lang)
        if len(self.sheets) > 1:
            words = say("by-whom", self.lang, what=words, name=self.data.instructor(sheet.marked.instructor))
        return words + ". "

    def _head(self) -> None:
        """The station and its verdict; who marked; and over two columns of marks, whose each is."""
        paper = self.paper
        about = "\n".join(self._about(sheet) for sheet in self.sheets)
        about_mm, title_mm = paper.height(paper.room, about), paper.height(paper.room - VERDICT_MM, self.title, BOLD, 2)
        names_mm = STEP + 1.2 if len(self.sheets) > 1 else 0.0

        def draw(y: float) -> None:
            paper.block(0, y, paper.room - VERDICT_MM - 4, self.title, BOLD, 2)
            self._verdict(y)
            paper.block(0, y + title_mm, paper.room, about, NOTE)
            for place, sheet in enumerate(self.sheets if names_mm else ()):
                name = self.data.instructor(sheet.marked.instructor)
                paper.line(self._mark_at(place), y + title_mm + about_mm + 1.2, self.mark_mm, name, SMALL_BOLD)

        self.flow.add(title_mm + about_mm + names_mm + 0.8, draw, gap=GAP - 1, keep=True)

    def _mark_at(self, place: int) -> float:
        return self.marks_at + place * (self.mark_mm + SPACE_MM)

    def _verdict(self, y: float) -> None:
        paper, station = self.paper, self.station
        if station.passed is None:
            words = why_words(station.why_open, self.lang)
        else:
            shown = shown_percent(station.score, station.pass_mark)
            words = ", ".join((verdict_words(station.passed, self.lang), percent(shown, self.lang)))
        width = min(paper.width(words, BOLD) + 0.1, VERDICT_MM - 6)
        colour = ALERT if station.passed is False else INK
        paper.line(paper.room - width, y, width, words, replace(BOLD, color=colour))
        paper.sign(paper.room - width - 4.5, y + BOLD.line_mm / 2, verdict_sign(station.passed))

    def _about(self, sheet: SheetResult) -> str:
        """Who marked, when, and what it came to."""
        lang, score = self.lang, sheet.score
        start, end = (_note(sheet.marked, name) for name in (STARTED, ENDED))
        points, of = figure(score.points, lang), figure(score.of, lang)
        parts = [
            say("instructor", lang, name=self.data.instructor(sheet.marked.instructor)),
            say("times", lang, start=start, end=end) if start and end else "",
            say("points-of", lang, points=points, of=of, n=plural_count(score.of)) if score.of else "",
            say("rating-is", lang, rating=rating_words(sheet.rating, lang)) if sheet.rating else "",
        ]
        return dotted(parts)

    def _continued(self) -> Block:
        words = say("continued", self.lang, title=self.title)
        return Block(STEP + 0.8, lambda y: self.paper.line(0, y, self.paper.room, words, SMALL_BOLD))

    def _row(self, number: int, entries: Sequence[MarkedItem], again: Block, *, keep: bool) -> None:
        paper, item = self.paper, entries[0].item
        critical = [Span(say("critical-mark", self.lang) + " ", bold=True)] if item.critical else []
        words = act(self.data, self.station.trainee, self.station.station, item, self.lang)
        spans = [*critical, Span(words)]
        marks = [self._mark(entry) for entry in entries]
        marks_mm = max(paper.height(self.mark_mm, words, style, 3) for words, style in marks)
        reasons = list(dict.fromkeys(reason for entry in entries if (reason := entry.sheet.reason(item.id))))

        def draw(y: float) -> None:
            paper.rule(0, y, paper.room)
            y += ROW_AIR
            self._sign(entries[0], y)
            paper.line(*NUMBER[:1], y, NUMBER[1], str(number), SMALL_END)
            paper.block(ACT, y, self.act_mm, spans)
            for place, (words, style) in enumerate(marks):
                paper.block(self._mark_at(place), y, self.mark_mm, words, style, 3)
            paper.line(paper.room - POINTS_MM, y, POINTS_MM, self._points(entries[0]), SMALL_END)

        height = max(paper.height(self.act_mm, spans), marks_mm) + 2 * ROW_AIR
        shown = any((entry.sheet.sheet, item.id) in self.data.crops for entry in entries)
        self.flow.add(height, draw, keep=keep or bool(reasons) or shown, again=again)
        for entry in entries:
            add_crops(self.flow, self.data.crops.get((entry.sheet.sheet, item.id), ())[-1:], ACT)
        for reason in reasons:
            told = [Span(say("reason", self.lang) + " ", bold=True), Span(isolate(printable(reason)))]
            self.flow.text(told, WARNING, offset=ACT)

    def _sign(self, entry: MarkedItem, y: float) -> None:
        """A cross where all was lost or a critical item failed, a half circle where part was, else nothing."""
        if entry.missed:
            self.paper.sign(SIGN, y + STEP / 2, "no")
        elif entry.lost:
            self.paper.sign(SIGN, y + STEP / 2, "part")
        elif entry.mark is None:
            self.paper.sign(SIGN, y + STEP / 2, "open")

    def _mark(self, entry: MarkedItem) -> tuple[str, Style]:
        """The mark in words, as it is to look; a corrected one with the number of its footnote."""
        sheet, item = entry.sheet, entry.item
        if entry.mark is None:
            standing = dict.fromkeys(value.mark for value in sheet.standing(item.id))
            names = f" {say('or-between', self.lang)} ".join(self._label(entry, mark) for mark in standing)
            words = say("differ", self.lang, marks=names) if names else say("not-marked", self.lang)
            return words, SMALL_BOLD
        return entry.mark.label[self.lang] + self._note_corrections(sheet, item.id), _style(entry)

    def _label(self, entry: MarkedItem, mark_id: str) -> str:
        mark = entry.item.scale.mark(mark_id)
        return mark.label[self.lang] if mark else mark_id

    def _points(self, entry: MarkedItem) -> str:
        """Points earned out of those to be had."""
        if entry.earned is None or not entry.best:
            return NO_FIGURE
        return say("full-of", self.lang, n=figure(entry.earned, self.lang), of=figure(entry.best, self.lang))

    def _note_corrections(self, sheet: MarkedSheet, item_id: str) -> str:
        """The number of a footnote that tells what a mark was before; nothing where it was never changed."""
        found = corrections(sheet, item_id)
        if not found:
            return ""
        item = sheet.act(item_id)
        number = str(len(self.footnotes) + 1).translate(SUPERSCRIPTS)
        told = "; ".join(self._told(item, value, before) for value, before in found)
        what = "" if item else say("rating-head", self.lang) + " "
        self.footnotes.append(f"{number} {what}{told}")
        return f" {number}"

    def _told(self, item: Item | None, value: Given, before: Sequence[str]) -> str:
        """One correction: what it was, by whom, when and why."""
        lang = self.lang
        marks = [item.scale.mark(mark) for mark in before] if item else []
        was = (
            [mark.label[lang] for mark in marks if mark] if item else [rating_words(int(mark), lang) for mark in before]
        )
        values = {
            "was": f" {say('or-between', lang)} ".join(was),
            "by": self.data.instructor(value.by),
            "when": moment(value.at),
        }
        if value.why:
            return say("corrected-why", lang, why=printable(reason_words(value.why, lang)), **values)
        return say("corrected", lang, **values)


def _style(entry: MarkedItem) -> Style:
    """How a mark is written: what was missed stands out, what does not count steps back."""
    if entry.missed:
        return MISSED
    if entry.earned is None:
        return NOTE
    return SMALL_BOLD if entry.lost else SMALL


def moment(at: str) -> str:
    """A time of the record as people read it: `2026-05-12T09:14:03Z` is shown as `2026-05-12 09:14 UTC`."""
    return f"{at[:10]} {at[11:16]} UTC" if len(at) >= 16 else at


def _note(sheet: MarkedSheet, name: str) -> str:
    """A note that stands on a sheet, such as the time it was begun."""
    return printable(sheet.mark(name) or "")
