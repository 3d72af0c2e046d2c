"""The report for an appeal: of every item of some sheets all that was ever said, by whom, and its picture."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from fieldkit.model.codes import show_short
from fieldkit.model.marks import Given, MarkedSheet
from fieldkit.model.scoresheet import RATING, Item
from fieldkit.paper.furniture import Imprint
from fieldkit.paper.page import Pdf
from fieldkit.paper.text import Span
from fieldkit.reports.crops import add_crops
from fieldkit.reports.data import ReportData
from fieldkit.reports.files import Report, write_reports
from fieldkit.reports.finds import act
from fieldkit.reports.items import moment
from fieldkit.reports.layout import NOTE, SMALL, SMALL_END, WARNING, Flow, Paper, origin
from fieldkit.reports.letters import printable
from fieldkit.reports.words import dotted, rating_words, reason_words, say

NUMBER_MM, ACT = 7.0, 9.0  # the room of an item's number, and where its words begin
ROW_GAP = 2.2


@dataclass(frozen=True)
class Appeal:
    """What one report is about: its id, the trainee, and the sheets."""

    id: str
    trainee: str
    sheets: tuple[MarkedSheet, ...]


def write_appeal_reports(data: ReportData, folder: Path, appeals: Sequence[Appeal]) -> list[Path]:
    """Write appeals/<id>.pdf for each; returns the files.

    Raises BadInput, and writes nothing, for a letter that cannot be printed.
    """
    reports = []
    for appeal in appeals:
        person = data.trainee(appeal.trainee)
        lang = data.language(person)
        draw = partial(_draw, data=data, appeal=appeal, lang=lang)
        reports.append(Report(appeal.id, person.name, lang, draw))
    return write_reports(data, folder / "appeals", reports, what="appeal", only=None, collected=False)


def _draw(pdf: Pdf, data: ReportData, appeal: Appeal, lang: str) -> None:
    person = data.trainee(appeal.trainee)
    flow = Flow(Paper(pdf, lang))
    flow.text(say("appeal-how", lang), NOTE)
    for sheet in appeal.sheets:
        _add_sheet(flow, data, sheet)
    whose = dotted((person.name, say("number", lang, number=person.number)))
    imprint = Imprint(say("appeal-report", lang), whose, data.settings.title, "", False)
    flow.draw(imprint, origin(data, lang))


def _add_sheet(flow: Flow, data: ReportData, sheet: MarkedSheet) -> None:
    lang = flow.paper.lang
    flow.heading(data.title(sheet.station, lang))
    about = [
        say("sheet-id", lang, id=show_short(sheet.sheet)),
        say("instructor", lang, name=data.instructor(sheet.instructor)) if sheet.instructor else "",
        say("attempt", lang, n=sheet.attempt) if sheet.attempt > 1 else "",
    ]
    flow.text(dotted(about), NOTE)
    if sheet.voided:
        flow.text(say("sheet-void", lang, why=printable(sheet.voided)), WARNING)
    if not sheet.given and not any(name == sheet.sheet for name, _ in data.crops):
        flow.text(say("not-marked", lang), NOTE)
        return
    for number, item in enumerate(sheet.items, 1):
        critical = [Span(say("critical-mark", lang) + " ", bold=True)] if item.critical else []
        words = act(data, sheet.trainee, sheet.station, item, lang)
        _add_item(flow, data, sheet, item, (str(number), [*critical, Span(words)]))
    _add_item(flow, data, sheet, None, ("", [Span(say("rating-head", lang))]))


def _add_item(
    flow: Flow, data: ReportData, sheet: MarkedSheet, item: Item | None, said: tuple[str, list[Span]]
) -> None:
    """What the item asks, its picture, and everything that was given to it, in that order; what no longer stands is
    grey."""
    paper, name = flow.paper, item.id if item else RATING
    number, spans = said
    room = paper.room - ACT

    def draw(y: float) -> None:
        paper.line(0, y, NUMBER_MM, number, SMALL_END)
        paper.block(ACT, y, room, spans, SMALL)

    flow.add(paper.height(room, spans, SMALL), draw, gap=ROW_GAP, keep=True)
    first = len(flow.blocks)
    add_crops(flow, data.crops.get((sheet.sheet, name), ()), ACT)
    standing = {value.entry for value in sheet.standing(name)}
    for value in sheet.given.get(name, ()):
        stands = value.entry in standing
        flow.text(_told(data, item, value, stands, paper.lang), SMALL if stands else NOTE, offset=ACT)
    if not sheet.given.get(name):
        flow.text(say("not-marked", paper.lang), NOTE, offset=ACT)
    flow.keep_whole(first, 0.4)


def _told(data: ReportData, item: Item | None, value: Given, stands: bool, lang: str) -> list[Span]:
    """One value: what, by whom, how, when and why."""
    mark = item.scale.mark(value.mark) if item else None
    words = mark.label[lang] if mark else rating_words(int(value.mark), lang) if not item else value.mark
    parts = [
        "" if stands else say("replaced", lang),
        say(f"channel-{value.channel}", lang),
        say("by", lang, name=data.instructor(value.instructor)),
        moment(value.at),
        say("because", lang, why=printable(value.reason)) if value.reason else "",
        printable(reason_words(value.why, lang)),
    ]
    return [Span(words, bold=stands), Span("\u00a0\u00a0" + dotted(parts))]
