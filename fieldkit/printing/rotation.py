"""The rotation on paper: who is when at which station, for hanging up; and each instructor's own line of the day."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from fieldkit.model.plan import Group, Pack, Visit
from fieldkit.paper.furniture import MARGIN, Imprint
from fieldkit.paper.page import Pdf
from fieldkit.paper.text import Rich, Span, isolate
from fieldkit.paper.words import word
from fieldkit.printing.flow import Column, Piece, gap, heading, print_pages, stack, table_head, table_row
from fieldkit.printing.naming import clock, day, group_title, name_of, place_of, station_title

FIRST_COLUMN = 44.0
SLOTS_ACROSS = 5  # slots beside each other; more go into tables below
KEPT_MEMBERS = 8  # the lines of a group of up to so many stay on one page


def print_rotation(pdf: Pdf, pack: Pack) -> None:
    """First every group with its trainees and their times, then the instructors."""
    lang = pack.language_of(None)
    teachers = [i for i in pack.instructors if i in _busy(pack)]
    pieces = [piece for group in pack.plan.groups for piece in _group(pdf, pack, group, lang)]
    pieces.append(heading(pdf, word("rotation_instructors", lang), lang, before=2))
    pieces += [
        piece
        for slots in _shares(range(1, pack.plan.slots + 1))
        for piece in _instructors(pdf, pack, teachers, slots, lang)
    ]
    imprint = Imprint(word("rotation", lang), word("rotation_groups", lang), pack.settings.title, training=False)
    print_pages(pdf, imprint, pieces, lang)


def _group(pdf: Pdf, pack: Pack, group: Group, lang: str) -> list[Piece]:
    """Tables of one group: a column for each slot from its first visit to its last, a line for each trainee with the
    time of his turn."""
    starts = {(s.trainee, s.station): s.starts for s in pack.sheets if s.copy == 1}
    visits = {v.slot: v for v in pack.plan.visits if v.group == group.id}
    if not visits:
        return []
    pieces = [heading(pdf, group_title(group.id, lang), lang, before=2)]
    for slots in _shares(range(min(visits), max(visits) + 1)):
        columns = _columns(pdf, pack, slots, lang)
        where = ["", *(_where(pack, visits.get(slot), lang) for slot in slots)]
        head = stack([table_head(pdf, columns, lang), table_row(pdf, columns, where, lang, top=True)])
        pieces.append(head)
        for place, member in enumerate(group.members):
            times = [_time(starts, member, visits.get(slot)) for slot in slots]
            cells = [name_of(pack.trainees[member]), *times]
            keep = place < len(group.members) - 1 and len(group.members) <= KEPT_MEMBERS
            pieces.append(replace(table_row(pdf, columns, cells, lang, keep=keep), head=head))
        pieces.append(gap(5))
    return pieces


def _instructors(pdf: Pdf, pack: Pack, teachers: Iterable[str], slots: Sequence[int], lang: str) -> list[Piece]:
    """A table of instructors: where each is in each slot, and with which group; second markers too."""
    columns = _columns(pdf, pack, slots, lang)
    pieces = [table_head(pdf, columns, lang)]
    for teacher in teachers:
        cells: list[Rich] = [name_of(pack.instructors[teacher])]
        for slot in slots:
            own = [v for v in pack.plan.visits if v.slot == slot and v.instructor == teacher]
            second = [v for v in pack.plan.visits if v.slot == slot and v in _doubled(pack, teacher)]
            cells.append(_posting(pack, own, second, lang))
        pieces.append(table_row(pdf, columns, cells, lang, least_mm=9))
    return [*pieces, gap(6)]


def _posting(pack: Pack, own: Sequence[Visit], second: Sequence[Visit], lang: str) -> Rich:
    lines = [f"{station_title(pack, v.station, lang)}, {isolate(v.group)}" for v in own]
    lines += [
        f"{station_title(pack, v.station, lang)}, {isolate(v.group)} ({word('second_sheet', lang)})" for v in second
    ]
    return "\n".join(lines) or "\u2013"


def _doubled(pack: Pack, teacher: str) -> list[Visit]:
    """The visits that an instructor marks as the second one."""
    pairs = {pair for pair, second in pack.plan.doubles.items() if second == teacher}
    members = {group.id: group.members for group in pack.plan.groups}
    return [v for v in pack.plan.visits if any((m, v.station) in pairs for m in members[v.group])]


def _busy(pack: Pack) -> set[str]:
    return {v.instructor for v in pack.plan.visits} | set(pack.plan.doubles.values())


def _shares(slots: range) -> list[range]:
    """Slots, shared out evenly over as many tables as are needed."""
    tables = math.ceil(len(slots) / SLOTS_ACROSS)
    return [slots[first:after] for first, after in pairwise(len(slots) * k // tables for k in range(tables + 1))]


def _columns(pdf: Pdf, pack: Pack, slots: Sequence[int], lang: str) -> list[Column]:
    """A first column for names, and one for each slot, as wide as in the other tables."""
    wide = (pdf.width_mm - 2 * MARGIN - FIRST_COLUMN) / min(SLOTS_ACROSS, pack.plan.slots)
    return [Column("", FIRST_COLUMN), *(Column(_slot_title(s, _first_start(pack, s), lang), wide) for s in slots)]


def _slot_title(slot: int, starts: str, lang: str) -> str:
    number = word("slot", lang, slot=slot)
    return f"{number}, {isolate(clock(starts))}\n{isolate(day(starts))}" if starts else number


def _first_start(pack: Pack, slot: int) -> str:
    """When a slot begins: the earliest planned start in it; empty where nothing is planned."""
    there = {(v.station, v.group) for v in pack.plan.visits if v.slot == slot}
    return min(
        (s.starts for s in pack.sheets if s.starts and (s.station, s.group) in there and not s.spare), default=""
    )


def _where(pack: Pack, visit: Visit | None, lang: str) -> Rich:
    """Station, place and instructor of a visit, or rest."""
    if visit is None:
        return word("rest", lang)
    lines = [place_of(pack, visit.station), name_of(pack.instructors.get(visit.instructor))]
    return [Span(station_title(pack, visit.station, lang), bold=True), Span("".join(f"\n{x}" for x in lines if x))]


def _time(starts: Mapping[tuple[str, str], str], member: str, visit: Visit | None) -> str:
    if visit is None:
        return ""
    return isolate(clock(starts.get((member, visit.station), ""))) or "\u2013"
