"""The pages of the exercise before the day: sealed scripts with their key, and what to talk about afterwards."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from fieldkit.generator.performances import DO, Performance
from fieldkit.model.course import CourseSettings
from fieldkit.model.scoresheet import Item
from fieldkit.model.texts import Text
from fieldkit.paper.furniture import Imprint
from fieldkit.paper.page import open_pdf
from fieldkit.paper.text import TEXT, Span
from fieldkit.paper.words import word
from fieldkit.reports.calibration_words import say
from fieldkit.reports.layout import Flow, Paper
from fieldkit.reports.letters import printable
from fieldkit.reports.sections import Column, Table
from fieldkit.reports.words import dotted

if TYPE_CHECKING:
    from fieldkit.judging.calibration import Apart, Calibration

NUMBER_MM, WAY_MM, MARK_MM, SPACE_MM = 7.0, 36.0, 30.0, 4.0
MOST_KEYS = 6  # performances side by side in one key


def write_scripts(
    path: Path, settings: CourseSettings, station: Text, performances: Sequence[Performance], seed: int
) -> None:
    """Write the scripts of a station, a page for each performance, and the key on the last."""
    lang = settings.languages[0]
    with open_pdf(path, title=say("scripts", lang), lang=lang, page_size=settings.paper) as pdf:
        flow = Flow(Paper(pdf, lang))
        for number, performance in enumerate(performances):
            _script(flow, performance, fresh=number > 0)
        for first in range(0, len(performances), MOST_KEYS):
            _key(flow, performances[first : first + MOST_KEYS])
        imprint = Imprint(say("scripts", lang), printable(station[lang]), printable(settings.title), "", False)
        flow.draw(imprint, dotted((settings.code, say("seed", lang, seed=seed))))


def _script(flow: Flow, performance: Performance, *, fresh: bool) -> None:
    lang = flow.paper.lang
    flow.heading(say("performance", lang, name=performance.name), fresh=fresh)
    flow.text(say("sealed", lang), replace(TEXT, bold=True))
    flow.text(say("how-to-act", lang), TEXT, gap=1.0)
    flow.add(3.0, lambda y: None)
    room = flow.paper.room - NUMBER_MM - WAY_MM - MARK_MM - 3 * SPACE_MM
    heads = [Column("", NUMBER_MM, "end"), Column(say("act", lang), room), Column(say("way", lang), WAY_MM)]
    table = Table(flow, [*heads, Column(say("right", lang), MARK_MM)], space_mm=SPACE_MM)
    for number, act in enumerate(performance.acts, 1):
        way = [Span(say(act.way, lang), bold=act.way != DO)]
        table.row([str(number), printable(act.item.text[lang]), way, printable(act.mark.label[lang])], most=6)
    table.end()


def _key(flow: Flow, performances: Sequence[Performance]) -> None:
    lang = flow.paper.lang
    flow.heading(say("key", lang), fresh=True)
    flow.text(say("key-means", lang), TEXT, gap=1.0)
    flow.add(3.0, lambda y: None)
    wide = min(28.0, 100.0 / len(performances))
    room = flow.paper.room - NUMBER_MM - (wide + SPACE_MM) * len(performances) - SPACE_MM
    heads = [Column("", NUMBER_MM, "end"), Column(say("act", lang), room)]
    table = Table(flow, [*heads, *(Column(one.name, wide) for one in performances)], space_mm=SPACE_MM)
    for number, acts in enumerate(zip(*(one.acts for one in performances), strict=True), 1):
        marks = [[Span(printable(act.mark.label[lang]), bold=act.way != DO)] for act in acts]
        table.row([str(number), printable(acts[0].item.text[lang]), *marks], most=6)
    table.end()


def write_agreement(
    path: Path, settings: CourseSettings, station: Text, found: Calibration, names: Mapping[str, str],
    items: Mapping[str, Item],
) -> None:  # fmt: skip
    """Write what the instructors should talk about, act by act, and how often each gave what the others gave."""
    lang = settings.languages[0]
    with open_pdf(path, title=say("agreement", lang), lang=lang, page_size=settings.paper) as pdf:
        flow = Flow(Paper(pdf, lang))
        _apart(flow, found, names, items)
        _people(flow, found, names)
        imprint = Imprint(say("agreement", lang), printable(station[lang]), printable(settings.title), "", False)
        flow.draw(imprint, settings.code)


def _apart(flow: Flow, found: Calibration, names: Mapping[str, str], items: Mapping[str, Item]) -> None:
    lang, room = flow.paper.lang, flow.paper.room
    if not any(item.apart for item in found.items):
        flow.heading(say("alike", lang))
        return
    flow.text(say("talk-about", lang), TEXT)
    flow.add(3.0, lambda y: None)
    widths = (44.0, 5.0, 58.0, 20.0)
    heads = ("act", None, "given", "right")
    columns = [Column(say(key, lang) if key else "", mm) for key, mm in zip(heads, widths, strict=True)]
    rest = room - sum(widths) - SPACE_MM * len(widths)
    table = Table(flow, [*columns, Column(say("begin", lang), rest)], space_mm=SPACE_MM)
    for item in found.items:
        act = items[item.item].text[lang] if item.item in items else word("overall", lang)
        for number, apart in enumerate(item.apart):
            label = partial(_label, items.get(item.item), lang)
            given = [(label(mark), who) for mark, who in _by_mark(apart, names).items()]
            lines: list[Span] = []
            for n, (mark, who) in enumerate(given):
                lines += [
                    Span(f"{mark}: ", bold=True),
                    Span(printable(", ".join(who)) + ("; " if n < len(given) - 1 else "")),
                ]
            alone = next((who[0] for _, who in given if len(who) == 1), "")
            table.row([
                "" if number else printable(act), apart.performance, lines, label(apart.key) if apart.key else "",
                printable(say(apart.why, lang, name=alone)),
            ], most=10)  # fmt: skip
    table.end()


def _by_mark(apart: Apart, names: Mapping[str, str]) -> dict[str, list[str]]:
    """Who gave each mark, the most frequent first."""
    found: dict[str, list[str]] = {}
    for who, mark in apart.marks.items():
        found.setdefault(mark, []).append(names.get(who, who))
    return dict(sorted(found.items(), key=lambda one: -len(one[1])))


def _label(item: Item | None, lang: str, mark: str) -> str:
    known = item.scale.mark(mark) if item else None
    return printable(known.label[lang] if known else mark)


def _people(flow: Flow, found: Calibration, names: Mapping[str, str]) -> None:
    lang, first = flow.paper.lang, len(flow.blocks)
    flow.add(4.0, lambda y: None)
    heads = [Column(say("instructor", lang), 70.0), Column(say("same", lang), 45.0), Column(say("rightly", lang), 40.0)]
    table = Table(flow, heads)
    for person in found.people:
        counts = [
            say("of", lang, n=one.count, of=one.n) if one.count is not None else "–"
            for one in (person.same, person.right)
        ]
        table.row([printable(names.get(person.instructor, person.instructor)), *counts])
    table.end()
    flow.keep_whole(first)
