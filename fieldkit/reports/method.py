"""How results come about, in plain words: the policy of the course, printed with every figure it decides."""

from __future__ import annotations

from fieldkit.paper.text import TEXT
from fieldkit.reports.data import ReportData
from fieldkit.reports.figures import percent
from fieldkit.reports.layout import Flow
from fieldkit.reports.quality_reasons import in_language
from fieldkit.reports.words import say


def add_method(flow: Flow, data: ReportData) -> None:
    """The method of the course, as paragraphs under a heading."""
    lang = flow.paper.lang
    flow.heading(say("method", lang))
    for paragraph in method(data, lang):
        flow.text(paragraph, TEXT, gap=1.2)


def method(data: ReportData, lang: str) -> list[str]:
    """The paragraphs: points, passing, double marking, retakes, rating, and what few people mean."""
    policy = data.settings.policy
    needed = policy.stations_to_pass
    passing = [say("method-pass", lang, percent=percent(policy.pass_mark, lang)), _other_marks(data, lang)]
    passing.append(say("method-all", lang) if needed is None else say("method-some", lang, n=needed))
    retakes = say("method-retakes", lang, n=policy.retakes) if policy.retakes else say("method-no-retakes", lang)
    return [
        say("method-points", lang),
        " ".join(filter(None, passing)),
        *_standards(data, lang),
        f"{_double(data, lang)} {retakes} {say('method-rating', lang)}",
        say("method-small", lang),
    ]


def _other_marks(data: ReportData, lang: str) -> str:
    """The stations whose pass mark is another than the course's."""
    policy = data.settings.policy
    others = [s for s in data.settings.stations if s.pass_mark is not None and s.pass_mark != policy.pass_mark]
    listed = ", ".join(f"{data.title(s.id, lang)} {percent(s.pass_mark, lang)}" for s in others)
    return say("method-pass-other", lang, list=listed) if others else ""


def _standards(data: ReportData, lang: str) -> list[str]:
    """Where a method sets the pass marks: what it came to at each station, and why."""
    listed = [
        say("method-standard-at", lang, station=data.title(station, lang),
            percent=percent(data.settings.pass_mark(station), lang), reason=in_language(mark.reason, lang))
        for station, mark in data.standards.items()
    ]  # fmt: skip
    return [" ".join([say("method-standard", lang), *listed])] if listed else []


def _double(data: ReportData, lang: str) -> str:
    twice = sum(len(station.sheets) > 1 for result in data.results for station in result.stations)
    if not twice:
        return say("method-double-none", lang)
    return say("method-double-" + data.settings.policy.double_counts, lang, n=twice)
