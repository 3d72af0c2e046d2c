"""The instructor's card: one page wide, folded twice and sealed, so that only its outside face can be read.

The top strip is folded back and becomes the outside; the rest is folded in the middle, print inside. A longer card
goes on on pages that are laid into the fold.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import groupby

from fieldkit.model.codes import short_id, show_short
from fieldkit.model.exercise import Exercise, Planted
from fieldkit.model.find_items import fits, label_of, rows_without_find
from fieldkit.model.papers import DOCUMENT_FORMS
from fieldkit.model.people import Person
from fieldkit.model.plan import Pack
from fieldkit.model.scenario import Point, Scenario
from fieldkit.model.scoresheet import Item
from fieldkit.model.texts import LANGUAGES, Text
from fieldkit.paper.furniture import BOTTOM, CONTENT_TOP, MARGIN, Imprint, draw_foot, draw_head
from fieldkit.paper.page import Pdf, hairline, next_page
from fieldkit.paper.text import GREY, HEADING, SMALL, TEXT, TITLE, Rich, Span, draw_block, draw_line, isolate
from fieldkit.paper.words import word
from fieldkit.printing.flow import (
    Column,
    Piece,
    bullets,
    draw_pieces,
    gap,
    heading,
    paragraph,
    share_out,
    table_head,
    table_row,
)
from fieldkit.printing.naming import DOT, group_title, moment, name_of, station_title
from fieldkit.printing.sketch import DISC_R, HEIGHT, WIDTH, Shown, draw_disc, draw_sketch, sketch_for

FLAP = 62.0  # the strip that becomes the outside face
CONTENT = FLAP + 7
LEGEND_COLUMNS = 3
LEGEND_LINE = 6.6


def print_cards(pdf: Pdf, pack: Pack, station: str, groups: Sequence[str]) -> None:
    """The cards of a station's exercises, each in the language of the instructor who sets it up.

    All have as many pages as the longest, so that no one feels from outside which of them has nothing to place.
    """
    cards = [_pages(pdf, pack, station, group) for group in groups]
    most = max(len(pages) for pages in cards)
    for group, pages in zip(groups, cards, strict=True):
        _print_card(pdf, pack, station, group, [*pages, *([[]] * (most - len(pages)))])


def _pages(pdf: Pdf, pack: Pack, station: str, group: str) -> list[list[Piece]]:
    """What stands on the pages of a card."""
    first, room = pdf.height_mm - BOTTOM - CONTENT, pdf.height_mm - BOTTOM - CONTENT_TOP
    return share_out(
        _pieces(pdf, pack, station, group, pack.language_of(_instructor(pack, station, group))), first, room
    )


def _instructor(pack: Pack, station: str, group: str) -> Person | None:
    visit = next((v for v in pack.plan.visits if (v.station, v.group) == (station, group)), None)
    return pack.instructors.get(visit.instructor) if visit else None


def _print_card(pdf: Pdf, pack: Pack, station: str, group: str, pages: Sequence[Sequence[Piece]]) -> None:
    instructor = _instructor(pack, station, group)
    lang = pack.language_of(instructor)
    imprint = Imprint(
        word("card", lang),
        DOT.join((group_title(group, lang), station_title(pack, station, lang))),
        pack.settings.title,
    )
    for number, page in enumerate(pages, 1):
        if number == 1:
            _outside(pdf, pack, station, group, name_of(instructor), imprint, lang)
        else:
            draw_head(pdf, imprint, lang=lang)
        draw_pieces(page or _left_empty(pdf, lang), CONTENT if number == 1 else CONTENT_TOP)
        draw_foot(pdf, imprint, number, len(pages), lang=lang)
        next_page(pdf)


def _left_empty(pdf: Pdf, lang: str) -> list[Piece]:
    """A word on a page that is there for the thickness alone, so that nobody looks for what is missing."""
    return [paragraph(pdf, word("left_empty", lang), replace(SMALL, color=GREY), lang)]


def _outside(pdf: Pdf, pack: Pack, station: str, group: str, instructor: str, imprint: Imprint, lang: str) -> None:
    """The face that is seen when the card is sealed: whose it is, and nothing of what is inside; the folds."""
    room = pdf.width_mm - 2 * MARGIN
    exercise = pack.exercises[station, group]
    draw_line(pdf, MARGIN, 15, imprint.course, replace(SMALL, color=GREY), lang=lang, width_mm=room, shorten=True)
    draw_line(pdf, MARGIN, 25, word("sealed", lang), replace(TITLE, size=26), lang=lang, width_mm=room)
    draw_line(pdf, MARGIN, 33, imprint.whose, HEADING, lang=lang, width_mm=room, shorten=True)
    starts = min((s.starts for s in pack.sheets if (s.station, s.group) == (station, group) and s.starts), default="")
    scenario = f"{word('scenario', lang)} {isolate(f'{exercise.scenario} v{exercise.version}')}"
    facts = [moment(starts, lang), scenario, instructor]
    draw_line(pdf, MARGIN, 39.5, DOT.join(f for f in facts if f), TEXT, lang=lang, width_mm=room, shorten=True)
    draw_block(pdf, MARGIN, 43, room, word("sealed_hint", lang), TEXT, lang=lang, max_lines=2)
    draw_line(pdf, MARGIN, FLAP - 3, word("training", lang), replace(SMALL, bold=True), lang=lang, width_mm=room)
    pdf.setDash(1, 3)
    hairline(pdf, 12, FLAP, pdf.width_mm - 12, FLAP)
    pdf.setDash()
    draw_line(
        pdf, MARGIN, FLAP + 4, word("fold", lang), replace(SMALL, color=GREY), lang=lang, width_mm=room, shorten=True
    )
    for y in (FLAP, FLAP + (pdf.height_mm - FLAP) / 2):
        for x in (3.0, pdf.width_mm - 11.0):
            hairline(pdf, x, y, x + 8, y, line_mm=0.3)


def _pieces(pdf: Pdf, pack: Pack, station: str, group: str, lang: str) -> list[Piece]:
    scenario, exercise = pack.scenario_at(station), pack.exercises[station, group]
    tags = pack.tag_ids.get((station, group), {})
    return [
        *_key(pdf, pack, scenario, exercise, tags, lang),
        *_plan(pdf, pack, scenario, exercise, lang),
        *_set_up(pdf, scenario, exercise, tags, lang),
        *_list(pdf, "safety", scenario.safety, exercise, lang),
        *_list(pdf, "say", [exercise.situation, exercise.task], exercise, lang),
        *_list(pdf, "model_answer", scenario.model_answer, exercise, lang),
        *_list(pdf, "take_away", scenario.clean_up, exercise, lang),
    ]


def _list(pdf: Pdf, title: str, texts: Sequence[Text], exercise: Exercise, lang: str) -> list[Piece]:
    """A heading and a list under it; nothing at all where the list is empty."""
    lines = [text.fill(exercise.facts)[lang] for text in texts if text]
    if not lines:
        return []
    return [heading(pdf, word(title, lang), lang), *bullets(pdf, lines, TEXT, lang)]


# The key


def _key(
    pdf: Pdf, pack: Pack, scenario: Scenario, exercise: Exercise, tags: Mapping[str, str], lang: str
) -> list[Piece]:
    room = pdf.width_mm - 2 * MARGIN
    columns = [
        Column("", 10),
        Column(word("what", lang), room * 0.36),
        Column(word("where", lang), room * 0.26),
        Column(word("answer", lang), room * 0.38 - 10),
    ]
    pieces = [heading(pdf, word("key", lang), lang, before=0)]
    if exercise.clean:
        pieces.append(paragraph(pdf, word("clean_unit", lang), replace(TEXT, bold=True), lang, after=2, keep=True))
    pieces.append(table_head(pdf, columns, lang))
    pieces += [_planted(pdf, columns, p, scenario, pack, tags, lang) for p in exercise.planted]
    pieces += _nothing(pdf, columns, rows_without_find(exercise), lang)
    if exercise.decoys:
        pieces.append(
            paragraph(pdf, word("decoys", lang), replace(TEXT, bold=True), lang, before=3, after=1, keep=True)
        )
        pieces += [_planted(pdf, columns, p, scenario, pack, tags, lang) for p in exercise.decoys]
    return pieces


def _nothing(pdf: Pdf, columns: Sequence[Column], items: Sequence[Item], lang: str) -> list[Piece]:
    """The rows of the sheet behind which nothing is planted, and how they are marked where nothing is reported."""
    pieces = []
    for _, group in groupby(items, key=lambda item: item.scale.id):
        alike = list(group)
        mark = next(mark for mark in alike[0].scale.marks if fits(mark.id, planted=False))
        labels = isolate(", ".join(label_of(item.id) or "" for item in alike))
        said = [Span(f"{labels}  ", bold=True), Span(word("nothing_here", lang, mark=isolate(mark.label[lang])))]
        pieces.append(table_row(pdf, columns, ["", said, "", ""], lang, style=replace(SMALL, size=9.5)))
    return pieces


def _planted(
    pdf: Pdf,
    columns: Sequence[Column],
    find: Planted,
    scenario: Scenario,
    pack: Pack,
    tags: Mapping[str, str],
    lang: str,
) -> Piece:
    point = _point(pack, scenario, find.point)
    where = [f"{point.number}  {point.name[lang]}"] if point else []
    seen = ", ".join(isolate(_document_title(name, lang)) for name in find.shown_in if name in DOCUMENT_FORMS)
    where += [word("shown_in", lang, where=seen)] if seen else []
    tag = tags.get(find.label)
    where += [word("tag", lang, id=isolate(show_short(short_id(tag))))] if tag and find.tagged else []
    cells: list[Rich] = [[Span(find.label, bold=True)], find.what[lang], "\n".join(where), find.answer[lang]]
    return table_row(pdf, columns, cells, lang, style=replace(SMALL, size=9.5))


def _point(pack: Pack, scenario: Scenario, point: str | None) -> Point | None:
    found = pack.point_lists.get(scenario.points)
    return found.point(point) if found is not None and point is not None else None


def _document_title(name: str, lang: str) -> str:
    """How a paper or label is called; what is no paper is the unit itself."""
    form = DOCUMENT_FORMS.get(name)
    return form.title[lang] if form is not None else word("unit", lang)


# The plan


def _plan(pdf: Pdf, pack: Pack, scenario: Scenario, exercise: Exercise, lang: str) -> list[Piece]:
    """The sketch of the unit and the list of its points; nothing for a scenario without points."""
    points = pack.point_lists.get(scenario.points)
    if points is None:
        return []
    shown = {point.id: _shown(point, exercise) for point in points.points}
    pieces = [heading(pdf, f"{word('plan', lang)}: {points.title[lang]}", lang)]
    sketch = sketch_for(scenario.unit, shown)
    if sketch is not None:
        left = (pdf.width_mm - WIDTH) / 2
        pieces.append(Piece(HEIGHT + 3, lambda y: draw_sketch(pdf, left, y + 1, sketch, shown), keep=True))
    return [*pieces, _legend(pdf, points.points, shown, lang)]


def _shown(point: Point, exercise: Exercise) -> Shown:
    planted = [p.label for p in exercise.planted if p.point == point.id]
    decoys = [f"({p.label})" for p in exercise.decoys if p.point == point.id]
    return Shown(point.number, bool(planted), " ".join(planted + decoys))


def _legend(pdf: Pdf, points: Sequence[Point], shown: dict[str, Shown], lang: str) -> Piece:
    per_column = -(-len(points) // LEGEND_COLUMNS)
    wide = (pdf.width_mm - 2 * MARGIN) / LEGEND_COLUMNS
    rtl = LANGUAGES[lang].right_to_left

    def draw(y: float) -> None:
        for place, point in enumerate(points):
            column, row = divmod(place, per_column)
            x = MARGIN + (LEGEND_COLUMNS - 1 - column if rtl else column) * wide
            middle, own = y + (row + 0.5) * LEGEND_LINE, shown[point.id]
            draw_disc(pdf, x + wide - DISC_R if rtl else x + DISC_R, middle, own)
            name: Rich = [Span(point.name[lang]), *([Span("  " + own.letters, bold=True)] if own.letters else [])]
            left, room = x + (2 if rtl else 2 * DISC_R + 2), wide - 2 * DISC_R - 4
            draw_line(pdf, left, middle + 1.2, name, SMALL, lang=lang, width_mm=room, shorten=True)

    return Piece(per_column * LEGEND_LINE, draw)


# Setting up


def _set_up(pdf: Pdf, scenario: Scenario, exercise: Exercise, tags: Mapping[str, str], lang: str) -> list[Piece]:
    """What to prepare, the labels to fix to the unit with what they say, and where the tags go."""
    lines: list[Rich] = [text.fill(exercise.facts)[lang] for text in (*scenario.prepare, *scenario.props)]
    between = "\u061b " if LANGUAGES[lang].right_to_left else "; "
    for name, document in exercise.documents.items():
        form = DOCUMENT_FORMS[name]
        if form.label:
            values = between.join(f"{f.caption[lang]} {isolate(document.get(f.name, ''))}" for f in form.fields)
            lines.append([Span(form.title[lang] + ". ", bold=True), Span(values)])
    own = {p.label for p in (*exercise.planted, *exercise.decoys)}
    objects = {name: tag for name, tag in tags.items() if name not in own}
    for name, tag in objects.items():
        shown = isolate(show_short(short_id(tag)))
        lines.append([Span(word("tag", lang, id=shown), bold=True), Span(": " + _document_title(name, lang))])
    if not lines:
        return []
    return [heading(pdf, word("set_up", lang), lang), *bullets(pdf, lines, TEXT, lang), gap(1)]
