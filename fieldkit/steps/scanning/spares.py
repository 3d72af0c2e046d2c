"""Spare sheets that were photographed: whose they are by their stickers, and what then waits for a person.

A spare is given to the trainee whose sticker is on it, and to nobody where that could be wrong: two stickers, one of
another course, or a trainee who has marks at that station already. Where a sheet turns up marked after a spare took
its place, both wait for a person.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from gettext import gettext as _
from typing import Any

from fieldkit.course import Course
from fieldkit.errors import BadInput
from fieldkit.model.codes import parse_code, person_id, show_short
from fieldkit.model.marks import MarkedSheet
from fieldkit.model.state import VOIDED
from fieldkit.steps.marking.changes import (
    bind,
    bound,
    check_retakes,
    counts_again,
    give_spare,
    marked_in,
    refuse_stranger,
    replaced_by_spares,
)
from fieldkit.steps.marking.pages_read import WHOLE, PageRead, pages_read, settled_readings, settlement

BY = "scan"
SPARE, OWN, RETAKE = "spare", "own", "retake"  # what a person may say where both a sheet and its spare are marked
CHOICES = (SPARE, OWN, RETAKE)


@dataclass(frozen=True)
class Photographed:
    """All pages that were read, by sheet; the trainees by the id in their code; which spare took whose place."""

    pages: dict[str, list[PageRead]]
    people: Mapping[str, str]
    replaced: Mapping[str, str]


def photographed(course: Course) -> Photographed:
    """What pictures say, gathered once."""
    pages: dict[str, list[PageRead]] = {}
    for page in pages_read(course):
        pages.setdefault(page.sheet, []).append(page)
    people = {person_id(course.state.key, number): number for number in course.trainees}
    return Photographed(pages, people, replaced_by_spares(course))


def bind_by_stickers(course: Course) -> list[str]:
    """Give every photographed spare to the trainee whose sticker is on it, where nothing speaks against it; returns
    these spares."""
    with course.alone():
        return _bind_by_stickers(course)


def _bind_by_stickers(course: Course) -> list[str]:
    seen, given = photographed(course), []
    for name in seen.pages:
        sheet = _unbound(course, name)
        trainee, why = whose(course, seen, sheet) if sheet else ("", "")
        if sheet and trainee and not why:
            give_spare(course, sheet, trainee, BY, "by the sticker on it")
            given.append(name)
    return given


def foretold(course: Course, pages: Sequence[PageRead]) -> dict[str, str]:
    """What would come of the spares on these pages, which are not in the record: by sheet, whose it would be, or why a
    person would be asked."""
    seen = photographed(course)
    for page in pages:
        seen.pages.setdefault(page.sheet, []).append(page)
    said = {}
    for name in dict.fromkeys(page.sheet for page in pages):
        if sheet := _unbound(course, name):
            trainee, why = whose(course, seen, sheet)
            said[name] = why or _("would be given to {trainee} by the sticker on it").format(trainee=trainee)
    return said


def _unbound(course: Course, name: str) -> MarkedSheet | None:
    if name not in course.state.issued or name in course.state.bound_apart:
        return None
    sheet = course.state.marked(name)
    return None if sheet.trainee or sheet.voided else sheet


def whose(course: Course, seen: Photographed, sheet: MarkedSheet) -> tuple[str, str]:
    """The trainee whose sticker a spare sheet carries ("" for none), and why it is not given to anybody by itself."""
    trainee, why = _by_sticker(course, seen, sheet.sheet)
    if why:
        return "", why
    for other in course.state.all_marked():
        if other.station != sheet.station or other.voided or other.sheet == sheet.sheet:
            continue
        if other.trainee == trainee and (other.status != "issued" or other.sheet in seen.pages):
            said = _("sticker of {trainee}, who has the sheet {sheet} at this station: is it a retake?")
            return trainee, said.format(trainee=trainee, sheet=show_short(other.sheet))
        if not other.trainee and other.sheet in seen.pages and _by_sticker(course, seen, other.sheet)[0] == trainee:
            said = _("sticker of {trainee}, and another spare of this station, {sheet}, has one as well")
            return trainee, said.format(trainee=trainee, sheet=show_short(other.sheet))
    return trainee, ""


def _by_sticker(course: Course, seen: Photographed, sheet: str) -> tuple[str, str]:
    codes = {parse_code(text) for page in seen.pages[sheet] for text in page.stickers}
    if not codes:
        return "", _("a spare sheet without a sticker: whose is it?")
    if strange := sorted({code.course for code in codes} - {course.state.code}):
        return "", _("a spare sheet with a sticker of the course {code}: whose is it?").format(code=", ".join(strange))
    people = sorted(seen.people.get(code.id, "") for code in codes)
    if "" in people:
        return "", _("a spare sheet with a sticker of nobody in the roster: whose is it?")
    if len(people) > 1:
        return "", _("a spare sheet with several stickers, {trainees}: whose is it?").format(trainees=", ".join(people))
    return people[0], ""


def whole_sheets(course: Course) -> Iterator[dict[str, Any]]:
    """The sheets that wait as a whole: spares that are nobody's yet or somebody else's than their sticker says, and
    sheets that are marked though a spare took their place."""
    seen, settled = photographed(course), settled_readings(course)
    yield from _given_twice(course, seen)
    for name, pages in seen.pages.items():
        if sheet := _unbound(course, name):
            why = whose(course, seen, sheet)[1]
        else:
            sheet, why = _otherwise_stuck(course, seen, settled, name)
        if sheet and why:
            yield shown(sheet, pages, [page.entry for page in pages], why, _("A spare sheet"))
    for name, spare in seen.replaced.items():
        reads = _marks_on(course, seen, name)
        if any((WHOLE, read) not in settled for read in reads):
            why = _("the spare sheet {spare} was given in its place, and yet it is marked: which counts?")
            why = why.format(spare=show_short(spare))
            yield shown(course.state.marked(name), seen.pages.get(name, ()), reads, why, _("The whole sheet"))


def _given_twice(course: Course, seen: Photographed) -> Iterator[dict[str, Any]]:
    """Spares that two laptops gave to different trainees, and two that they gave to one."""
    for name, trainees in course.state.bound_apart.items():
        if name in course.state.voided:
            continue
        if len(trainees) > 1:
            why = _("given to {trainees} on different laptops: whose is it?").format(trainees=", ".join(trainees))
        else:
            why = _("{trainee} was given two spares of this station on different laptops: void the one that is wrong")
            why = why.format(trainee=trainees[0])
        yield shown(course.state.marked(name), seen.pages.get(name, ()), (), why, _("A spare sheet"))


def _otherwise_stuck(
    course: Course, seen: Photographed, settled: Container[tuple[str, str]], name: str
) -> tuple[MarkedSheet | None, str]:
    """A spare that somebody was given though its sticker is another's, and what is to be said of it."""
    if not is_spare(course, name) or name in course.state.voided or name in course.state.bound_apart:
        return None, ""
    sheet, (trainee, _why) = course.state.marked(name), _by_sticker(course, seen, name)
    new = any((WHOLE, page.entry) not in settled for page in seen.pages[name] if page.stickers)
    if not trainee or trainee == sheet.trainee or not new:
        return None, ""
    told = _("its sticker is of {other}, and it was given to {trainee}: whose is it?")
    return sheet, told.format(other=trainee, trainee=sheet.trainee)


def is_spare(course: Course, name: str) -> bool:
    """Whether a sheet was printed as a spare."""
    return name in course.state.issued and course.state.issued[name].sheet.spare


def _marks_on(course: Course, seen: Photographed, name: str) -> list[str]:
    """The entries with marks of a sheet: pictures, and what another laptop was given before the two were merged."""
    given = {value.entry for values in course.state.given.get(name, {}).values() for value in values}
    return [page.entry for page in seen.pages.get(name, ()) if page.marks] + sorted(given)


def shown(sheet: MarkedSheet, pages: Sequence[PageRead], reads: Sequence[str], why: str, text: str) -> dict[str, Any]:
    """A sheet that waits as a whole, as `waiting_readings` gives it."""
    picture = pages[0].picture if pages else ""
    return {
        "sheet": sheet.sheet,
        "trainee": sheet.trainee,
        "station": sheet.station,
        "item": WHOLE,
        "text": text,
        "why": why,
        "mark": None,
        "crop": picture,
        "picture": picture,
        "reads": list(reads),
    }


def settle_whole(course: Course, one: Mapping[str, Any], said: str, by: str, why: str) -> None:
    """Settle a sheet that waits as a whole. Of a spare `said` is the trainee; of a sheet that a spare replaced it is
    "spare" (the spare counts), "own" (the sheet counts, the spare is void) or "retake" (both count)."""
    marked = marked_in(course)
    with course.alone():
        _settle_whole(course, marked, one, said, by, why)


def _settle_whole(
    course: Course, marked: Mapping[str, list[str]], one: Mapping[str, Any], said: str, by: str, why: str
) -> None:
    seen = photographed(course)
    spare = seen.replaced.get(one["sheet"], "")
    if not spare and one["trainee"]:
        _give_to_another(course, one, said, by, why)
        return
    if not spare:
        bind(course, one["sheet"], said, by, why)
        return
    if said not in CHOICES:
        raise BadInput(_('"{said}" is none of {choices}.').format(said=said, choices=", ".join(CHOICES)))
    refuse_stranger(course, by)
    entries = [settlement(one["sheet"], WHOLE, one["reads"])]
    if said != SPARE:
        entries.append(counts_again(course, one["sheet"]))
    if said == OWN:
        known = marked.get(spare, [])
        entries.append((VOIDED, {"sheet": spare, "why": why or f"sheet {one['sheet']} counts", "seen": known}))
    if said == RETAKE:
        trainee, attempt = course.state.bound[spare]
        check_retakes(course, trainee, one["station"], attempt + 1)
        entries.append(bound(course, spare, trainee, attempt + 1, why))
    course.append(entries, by)


def _give_to_another(course: Course, one: Mapping[str, Any], said: str, by: str, why: str) -> None:
    """Give a spare to whom a person says, the sticker's trainee or the one who has it; what it replaced counts again
    where it goes to another."""
    refuse_stranger(course, by)
    if said not in course.trainees:
        raise BadInput(_('There is no trainee "{trainee}" in the roster.').format(trainee=said))
    settled = settlement(one["sheet"], WHOLE, one["reads"])
    if said == one["trainee"]:
        course.append([settled], by)
        return
    give_spare(course, course.state.marked(one["sheet"]), said, by, why, [settled])
