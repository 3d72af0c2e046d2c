"""The quality file of a course, for specialists: who is in doubt, what to mend, how far the result holds, and how that
was reckoned. Every figure stands with what it rests on, or with the reason why it is missing."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from fieldkit.paper.furniture import Imprint
from fieldkit.paper.page import Pdf, open_pdf
from fieldkit.paper.text import TEXT
from fieldkit.reports.files import make_folder
from fieldkit.reports.layout import NOTE, SMALL, STEP, Flow, Paper
from fieldkit.reports.letters import printable
from fieldkit.reports.quality_charts import band_row
from fieldkit.reports.quality_cuts import add_cuts
from fieldkit.reports.quality_figures import judged, mark_words, told
from fieldkit.reports.quality_instructors import add_instructors
from fieldkit.reports.quality_reasons import in_language
from fieldkit.reports.quality_reliability import add_reliability
from fieldkit.reports.quality_stations import add_items, add_stations
from fieldkit.reports.quality_words import say
from fieldkit.reports.sections import above_mark, add_answer
from fieldkit.reports.words import dotted
from fieldkit.reports.words import say as say_common

if TYPE_CHECKING:
    from fieldkit.judging.passing_findings import TraineeBand
    from fieldkit.reports.quality_data import QualityData

MOST_BANDS = 60
NAME_MM, BAND_MM = 50.0, 98.0


def write_quality_report(data: QualityData, path: Path) -> Path:
    """Write the quality file; letters that the font lacks are shown by their numbers."""
    make_folder(path.parent)
    title = say("quality-file", data.lang)
    with open_pdf(path, title=f"{title}: {data.title}", lang=data.lang, page_size=data.paper) as pdf:
        draw_quality_report(pdf, data)
    return path


def draw_quality_report(pdf: Pdf, data: QualityData) -> None:
    """Draw all pages."""
    flow = Flow(Paper(pdf, data.lang))
    _top(flow, data)
    _bands(flow, data)
    add_stations(flow, data)
    add_items(flow, data)
    add_instructors(flow, data)
    add_reliability(flow, data)
    add_cuts(flow, data)
    _how(flow, data)
    place = dotted((data.crossing_point, data.days))
    imprint = Imprint(say("quality-file", data.lang), printable(data.title), printable(place), "", False)
    flow.draw(imprint, _origin(data))


def _origin(data: QualityData) -> str:
    made = say_common("made", data.lang, date=data.made_on) if data.made_on else ""
    record = say_common("record", data.lang, head=data.head) if data.head else ""
    return dotted((data.code, made, record))


def _top(flow: Flow, data: QualityData) -> None:
    """How many are in doubt, what to look at, and what was left out."""
    lang, analysis = data.lang, data.analysis
    counts = analysis.counts
    numbers = {"trainees": counts.trainees, "stations": counts.stations, "instructors": counts.instructors}
    numbers |= {"items": counts.items, "all-sheets": counts.sheets}
    about = ", ".join(say(key, lang, n=n) for key, n in numbers.items())
    about = about[:1].upper() + about[1:]
    near, known = _near(data), [band for band in analysis.passing.bands if band.decision != "unknown"]
    key = "answer-unknown" if not known else "answer-doubt" if near else "answer-clear"
    answer = say(key, lang, n=len(near), of=len(analysis.passing.bands))
    said = [_to_do(data)]
    if data.courses:
        said.append(say("pooled", lang, list=", ".join(data.courses)))
    if data.left_out:
        said.append(say("left-out", lang, n=data.left_out))
    if data.guessed_most:
        said.append(say("guessed-most", lang))
    add_answer(flow, about, answer, printable(" ".join(said)))
    _groups(flow, data)


def _to_do(data: QualityData) -> str:
    """How much there is to look at; that there is nothing, or too little to say so."""
    lang, analysis = data.lang, data.analysis
    found = {
        "stations": sum(bool(one.mend) for one in analysis.stations),
        "items": sum(bool(one.look) for one in analysis.items),
        "instructors": sum(bool(one.look) for one in analysis.instructors),
    }
    if any(found.values()):
        return say("to-do", lang, **found)
    enough = any(judged(one) for one in analysis.stations) or any(
        i.difficulty.value is not None for i in analysis.items
    )
    return say("to-do-nothing" if enough else "to-do-unknown", lang)


def _groups(flow: Flow, data: QualityData) -> None:
    """Groups that nothing links, by name."""
    lang, groups = data.lang, data.analysis.groups
    if not groups:
        return
    flow.text(say("not-linked", lang, n=len(groups)), replace(TEXT, bold=True))
    for number, group in enumerate(groups, 1):
        people = ", ".join(data.trainee(name) for name in group.trainees)
        instructors = ", ".join(data.instructor(name) for name in group.instructors)
        words = say("group", lang, number=number, trainees=people, instructors=instructors)
        flow.text(printable(words), SMALL, gap=1.0)


def _near(data: QualityData) -> list[TraineeBand]:
    return [band for band in data.analysis.passing.bands if band.decision == "borderline"]


def _bands(flow: Flow, data: QualityData) -> None:
    """Everybody's mean with its band against the pass mark, the best first."""
    lang, passing = data.lang, data.analysis.passing
    bands = sorted(passing.bands, key=lambda b: (-(b.score.value if b.score.value is not None else -1.0), b.trainee))
    near, known = _near(data), [band for band in bands if band.decision != "unknown"]
    key = "bands-unknown" if not known else "bands-doubt" if near else "bands-clear"
    flow.heading(say(key, lang, n=len(near), of=len(bands)))
    mark = passing.pass_mark
    reason = in_language(mark.reason, lang)
    flow.text(say("mark-is", lang, mark=mark_words(mark.value, lang), reason=reason), SMALL)
    shown = bands if len(bands) <= MOST_BANDS else near[:MOST_BANDS]
    chart = (NAME_MM, BAND_MM)
    if shown:
        shown_mark = Decimal(f"{mark.value:.4g}")
        flow.add(STEP, lambda y: above_mark(flow.paper, y, chart, shown_mark), gap=1.5, keep=True)
    for band in shown:
        name = printable(data.trainee(band.trainee))
        doubt = band.decision == "borderline"
        band_row(flow, chart, name, say(band.decision, lang), band.score, mark.value, alert=doubt)
    if len(shown) < len(bands):
        flow.text(say("bands-others", lang, n=len(bands) - len(shown)), SMALL)
    flow.text(say("bands-mean", lang), NOTE, gap=1.0)
    agreement = told(passing.consistency.agreement, 2, lang)
    flow.text(say("same-again", lang, value=agreement), SMALL, gap=1.0)


def _how(flow: Flow, data: QualityData) -> None:
    lang, first = data.lang, len(flow.blocks)
    flow.heading(say("how", lang))
    for key in ("how-n", "how-error", "how-result"):
        flow.text(say(key, lang, samples=data.analysis.resamples), TEXT, gap=1.2)
    flow.keep_whole(first)
