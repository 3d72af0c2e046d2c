"""The report of one trainee: the verdict and what led to it on the first page, every item after it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path

from fieldkit.judging.results import ItemTally, TraineeResult, item_tallies
from fieldkit.model.codes import Code, short_id, show_short
from fieldkit.model.local_forms import shown_day
from fieldkit.model.people import Person
from fieldkit.paper.code import draw_code
from fieldkit.paper.furniture import Imprint
from fieldkit.paper.page import Pdf
from fieldkit.paper.text import ACCENT, ALERT, HEADING, INK, TEXT, TITLE
from fieldkit.reports.data import ReportData
from fieldkit.reports.feedback import add_competencies_and_remarks, add_items_to_name
from fieldkit.reports.files import Report, write_reports
from fieldkit.reports.items import add_items
from fieldkit.reports.layout import (
    NOTE,
    Flow,
    Paper,
    origin,
    signatures,
    verdict_sign,
)
from fieldkit.reports.station_bars import add_station_bars
from fieldkit.reports.words import dotted, say, verdict_words, why_words

CODE_MM = 30.0
CODE_QUIET = 3.0  # of the code's white border, laid over the margin


def write_trainee_reports(
    data: ReportData, folder: Path, *, only: Collection[str] | None = None, collected: bool = False
) -> list[Path]:
    """Write trainees/<number>.pdf for every trainee with results, or all of them as trainees.pdf; returns the files.

    `only` names trainees by number. Raises BadInput, and writes nothing, for an unknown one or a letter that cannot be
    printed.
    """
    everything = (station for result in data.results for station in result.stations)
    tallies = {(one.station, one.item.id): one for one in item_tallies(everything)}
    reports = []
    for result in data.results:
        person = data.trainee(result.trainee)
        lang = data.language(person)
        draw = partial(draw_trainee_report, data=data, result=result, tallies=tallies, lang=lang)
        reports.append(Report(person.number, person.name, lang, draw))
    return write_reports(data, folder / "trainees", reports, what="trainee", only=only, collected=collected)


def draw_trainee_report(
    pdf: Pdf, data: ReportData, result: TraineeResult, tallies: Mapping[tuple[str, str], ItemTally], lang: str
) -> None:
    """Draw one trainee's report, from a fresh page on; the next page is fresh again."""
    person = data.trainee(result.trainee)
    flow = Flow(Paper(pdf, lang))
    flow.first_foot = signatures(flow.paper, [say(k, lang) for k in ("sign-trainee", "sign-instructor", "sign-lead")])
    _top(flow, data, person, result)
    add_station_bars(flow, data, result)
    add_items_to_name(flow, data, result, tallies)
    add_competencies_and_remarks(flow, data, result)
    add_items(flow, data, result)
    code = data.codes.get(person.number, "")
    imprint = Imprint(
        say("trainee-report", lang), person.name, data.settings.title, show_short(short_id(code)) if code else "", False
    )
    flow.draw(imprint, origin(data, lang))


def _top(flow: Flow, data: ReportData, person: Person, result: TraineeResult) -> None:
    """Who it is, and the verdict, beside the code."""
    paper, lang = flow.paper, flow.paper.lang
    code = data.codes.get(person.number, "")
    room = paper.room - (CODE_MM if code else 0)
    about = _about(data, person, paper)
    verdict = verdict_words(result.passed, lang)
    open_ = [s for s in result.stations if s.passed is None]
    if result.passed is None and open_:
        verdict = say("colon", lang, a=verdict, b=say("still-open", lang, n=len(open_)))
    style = replace(TITLE, color={True: ACCENT, False: ALERT, None: INK}[result.passed])
    reasons = _reasons(data, result, lang)
    heights = [
        paper.height(room, about, NOTE, 4),
        paper.height(room - 9, verdict, style),
        paper.height(room, reasons, TEXT, 4),
    ]

    def draw(y: float) -> None:
        if code:
            draw_code(
                paper.pdf,
                paper.left(paper.room - CODE_MM + CODE_QUIET, CODE_MM),
                y - CODE_QUIET,
                CODE_MM,
                str(Code("P", data.settings.code, code)),
            )
        y += paper.block(0, y, room, about, NOTE, 4) + 4
        paper.sign(0, y + style.line_mm / 2, verdict_sign(result.passed), 6.0, style.color)
        y += paper.block(9, y, room - 9, verdict, style)
        paper.block(0, y, room, reasons, TEXT, 4)

    flow.add(max(sum(heights) + 4, CODE_MM - 2 * CODE_QUIET if code else 0), draw)


def _about(data: ReportData, person: Person, paper: Paper) -> str:
    lang, settings = paper.lang, data.settings
    parts = [
        person.name if paper.width(person.name, HEADING) > paper.room * 1.4 else "",
        person.fathers_name and say("fathers-name", lang, name=person.fathers_name),
        *(person.rank, person.unit, person.country),
        say("number", lang, number=person.number),
    ]
    days = " – ".join(dict.fromkeys(shown_day(day, lang) for day in (settings.start, settings.end) if day))
    return "\n".join(dotted(line) for line in (parts, [settings.crossing_point, days]))


def _reasons(data: ReportData, result: TraineeResult, lang: str) -> str:
    """What the verdict rests on: how many stations were passed, which were not, which are open."""
    if not result.stations:
        return say("no-stations", lang)
    needed = data.settings.policy.stations_to_pass
    passed = sum(s.passed is True for s in result.stations)
    counts = {"n": passed, "of": len(result.stations)}
    first = say("of-all-needed", lang, **counts) if needed is None else say("of-needed", lang, needed=needed, **counts)
    failed = ", ".join(
        data.title(s.station, lang) + (f" ({say('critical-item', lang)})" if s.critical_failed else "")
        for s in result.stations
        if s.passed is False
    )
    open_ = ", ".join(
        f"{data.title(s.station, lang)} ({why_words(s.why_open, lang)})" for s in result.stations if s.passed is None
    )
    more = [f"{say(key, lang)}: {names}." for key, names in (("not-passed", failed), ("open", open_)) if names]
    return "\n".join([first, *more])
