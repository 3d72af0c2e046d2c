"""Trainees' briefs: one page in large type for each group and station, in each language that the group needs.

A group shares a brief, which saves paper: its members work one after the other at the same exercise.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from fieldkit.model.plan import Pack
from fieldkit.paper.furniture import BOTTOM, CONTENT_TOP, Imprint
from fieldkit.paper.page import Pdf
from fieldkit.paper.text import TEXT, Style, isolate
from fieldkit.paper.words import word
from fieldkit.printing.flow import Piece, bullets, heading, paragraph, print_pages
from fieldkit.printing.naming import DOT, clock, group_title, name_of, place_of, station_title

SIZES = (16.0, 14.0, 13.0, 12.0, 10.5, 9.0)  # the largest at which the brief stays on one page


def print_briefs(pdf: Pdf, pack: Pack) -> None:
    """The briefs of all visits, station by station, groups in the order in which they come."""
    order = {station.id: place for place, station in enumerate(pack.settings.stations)}
    for visit in sorted(pack.plan.visits, key=lambda v: (order[v.station], v.slot)):
        for lang in group_languages(pack, visit.group):
            _brief(pdf, pack, visit.station, visit.group, lang)


def group_languages(pack: Pack, group: str) -> Iterator[str]:
    """The languages of a group's members, each once."""
    yield from dict.fromkeys(pack.language_of(person) for person in pack.members(group))


def _brief(pdf: Pdf, pack: Pack, station: str, group: str, lang: str) -> None:
    parts = (word("brief", lang), group_title(group, lang), isolate(place_of(pack, station)))
    whose = DOT.join(part for part in parts if part.strip("\u2068\u2069"))
    imprint = Imprint(station_title(pack, station, lang), whose, pack.settings.title)
    room = pdf.height_mm - BOTTOM - CONTENT_TOP
    for size in SIZES:
        pieces = _pieces(pdf, pack, station, group, lang, Style(size))
        if sum(piece.height_mm for piece in pieces) <= room:
            break
    print_pages(pdf, imprint, pieces, lang)


def _pieces(pdf: Pdf, pack: Pack, station: str, group: str, lang: str, style: Style) -> list[Piece]:
    scenario, exercise = pack.scenario_at(station), pack.exercises[station, group]
    pieces = []
    for title, text in (("situation", exercise.situation), ("task", exercise.task)):
        body = paragraph(pdf, text[lang], style, lang)
        pieces += [heading(pdf, word(title, lang), lang), body]
    pieces.append(heading(pdf, word("time_allowed", lang), lang))
    pieces.append(paragraph(pdf, word("minutes", lang, minutes=scenario.minutes), replace(style, bold=True), lang))
    pieces += [paragraph(pdf, line, TEXT, lang) for line in _turns(pack, station, group, lang)]
    if hand_in := scenario.hand_in.fill(exercise.facts)[lang]:
        pieces += [heading(pdf, word("hand_in", lang), lang), paragraph(pdf, hand_in, style, lang)]
    if safety := [text.fill(exercise.facts)[lang] for text in scenario.safety if text]:
        pieces += [heading(pdf, word("safety", lang), lang), *bullets(pdf, safety, style, lang)]
    return pieces


def _turns(pack: Pack, station: str, group: str, lang: str) -> list[str]:
    """Who of this language comes when, in order."""
    found = []
    for sheet in pack.sheets:
        if (sheet.station, sheet.group, sheet.copy) == (station, group, 1) and not sheet.spare:
            person = pack.trainees[sheet.trainee]
            if pack.language_of(person) == lang:
                found.append((sheet.starts, name_of(person)))
    return [f"{isolate(clock(starts))}   {name}" if starts else name for starts, name in sorted(found)]
