"""Tags for doors, seals, hides and other objects: eight on a page, to cut out.

A tag shows its code, its short id and where it belongs, and nothing of what it is laid with: trainees see it too.
Which tag goes where stands on the instructor's card.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from fieldkit.model.codes import Code, short_id, show_short
from fieldkit.model.plan import Pack
from fieldkit.paper.code import draw_code
from fieldkit.paper.page import Pdf, hairline, next_page
from fieldkit.paper.text import SMALL, TEXT, Style, draw_block, draw_line
from fieldkit.paper.words import word
from fieldkit.printing.naming import group_title, station_title

ACROSS, DOWN = 2, 4
CODE_MM = 30.0
EDGE_X, EDGE_Y = 12.0, 14.0  # from the edges of the page to the outermost cuts
CUT = 4.0  # the length of a cut mark


class Tag(NamedTuple):
    """One tag: the group it belongs to, and its id."""

    group: str
    code_id: str


def tags_at(pack: Pack, station: str) -> list[Tag]:
    """The tags of a station, group by group; within a group in an order that says nothing of what they are for."""
    groups = [g.id for g in pack.plan.groups if (station, g.id) in pack.tag_ids]
    return [Tag(group, code_id) for group in groups for code_id in sorted(pack.tag_ids[station, group].values())]


def print_tags(pdf: Pdf, pack: Pack, station: str, tags: Sequence[Tag]) -> None:
    """Pages of tags, ordered as `tags`, in the language of the course."""
    lang, per_page = pack.language_of(None), ACROSS * DOWN
    wide, high = (pdf.width_mm - 2 * EDGE_X) / ACROSS, (pdf.height_mm - 2 * EDGE_Y) / DOWN
    title = station_title(pack, station, lang)
    for start in range(0, len(tags), per_page):
        _cut_marks(pdf, wide, high)
        for place, tag in enumerate(tags[start : start + per_page]):
            down, across = divmod(place, ACROSS)
            _tag(pdf, pack, tag, title, EDGE_X + across * wide, EDGE_Y + down * high, wide, high, lang)
        next_page(pdf)


def _tag(
    pdf: Pdf, pack: Pack, tag: Tag, title: str, x_mm: float, y_mm: float, wide: float, high: float, lang: str
) -> None:
    left, top = x_mm + 3, y_mm + (high - CODE_MM) / 2
    draw_code(pdf, left, top, CODE_MM, str(Code("T", pack.settings.code, tag.code_id)))
    words_left = left + CODE_MM + 3
    room = x_mm + wide - 4 - words_left
    draw_line(
        pdf, words_left, top + 8, show_short(short_id(tag.code_id)), Style(20, bold=True), lang=lang, width_mm=room
    )
    taken = draw_block(
        pdf, words_left, top + 11, room, word("training", lang), replace(SMALL, bold=True), lang=lang, max_lines=3
    )
    taken += draw_block(pdf, words_left, top + 12.5 + taken, room, title, TEXT, lang=lang, max_lines=3)
    draw_line(
        pdf, words_left, top + 16.5 + taken, group_title(tag.group, lang), TEXT, lang=lang, width_mm=room, shorten=True
    )


def _cut_marks(pdf: Pdf, wide: float, high: float) -> None:
    """A small cross wherever cuts meet."""
    for across in range(ACROSS + 1):
        for down in range(DOWN + 1):
            x, y = EDGE_X + across * wide, EDGE_Y + down * high
            hairline(pdf, x - CUT / 2, y, x + CUT / 2, y)
            hairline(pdf, x, y - CUT / 2, x, y + CUT / 2)
