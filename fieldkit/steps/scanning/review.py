"""What waits for a person, and settling it: marks that differ, readings that were not sure, sheets as a whole."""

from __future__ import annotations

from collections.abc import Mapping
from gettext import gettext as _
from typing import Any

from fieldkit.course import Course
from fieldkit.library.translations import use_translations
from fieldkit.model.scoresheet import RATINGS, Item
from fieldkit.steps.marking.changes import settle, waiting
from fieldkit.steps.marking.find_sheet import find_sheet
from fieldkit.steps.marking.pages_read import WHOLE, crop_path, pictures_of_items
from fieldkit.steps.scanning.readings import record_held_back, settle_reading, waiting_readings
from fieldkit.steps.scanning.spares import OWN, RETAKE, SPARE, is_spare, settle_whole
from fieldkit.steps.scanning.voided import STAYS, is_void_alone, settle_void


def to_review(course: Course, lang: str = "") -> list[dict[str, Any]]:
    """Everything that waits, as plain data, sheet by sheet. `values` are the marks that stand; a reading has `why` it
    waits, the mark that was read surely if any. `crop` is where the latest picture of its row lies, `picture` that of
    the whole page, `crops` has every picture of the row, the oldest first. Where a whole sheet waits the item is
    "sheet". Items are told in `lang`, else in the course's first language.
    """
    use_translations(course.folder)
    pictures = pictures_of_items(course)
    found = []
    for one in waiting(course, lang):
        shown = pictures.get((one["sheet"], one["item"]), [])
        crops = [crop_path(picture, one["item"]) for picture in shown]
        latest = {"crop": crops[-1] if crops else "", "crops": crops, "picture": shown[-1] if shown else ""}
        found.append({**one, "why": _("marked differently"), "mark": None, **latest})
    known = {(one["sheet"], one["item"]) for one in found}
    for one in waiting_readings(course, lang):
        if (one["sheet"], one["item"]) not in known:
            shown = pictures.get((one["sheet"], one["item"]), [])
            crops = [crop_path(picture, one["item"]) for picture in shown] or list(filter(None, [one["crop"]]))
            found.append({**one, "crops": crops, "values": _standing(course, one)})
    order = {sheet: number for number, sheet in enumerate(dict.fromkeys(one["sheet"] for one in found))}
    return sorted(found, key=lambda one: order[one["sheet"]])


def _standing(course: Course, one: Mapping[str, Any]) -> list[dict[str, str]]:
    return [
        {"mark": v.mark, "instructor": v.instructor, "channel": v.channel, "at": v.at, "reason": v.reason}
        for v in course.state.marked(one["sheet"]).standing(one["item"])
    ]


def choices(course: Course, one: Mapping[str, Any], lang: str = "") -> dict[str, str]:
    """What may be said of something that waits, each with its words: of an item its marks, in the order of its boxes;
    of a sheet and its spare, which counts; of a spare that is nobody's, every trainee."""
    from fieldkit.paper.words import word

    lang = lang or course.settings.languages[0]
    if one["item"] != WHOLE:
        item = _item(course, one)
        if item is None:
            return {rating: word(f"rating_{rating}", lang) for rating in RATINGS}
        return {mark.id: mark.label[lang] for mark in item.scale.marks}
    if is_void_alone(course, one["sheet"]):
        return {STAYS: _("it stays void"), OWN: _("it counts, with the marks on it")}
    if not is_spare(course, one["sheet"]):
        return {
            SPARE: _("the spare counts, this sheet stays void"),
            OWN: _("this sheet counts, the spare becomes void"),
            RETAKE: _("both count: the spare is a retake"),
        }
    return {number: person.name for number, person in course.trainees.items()}


def _item(course: Course, one: Mapping[str, Any]) -> Item | None:
    return course.state.marked(one["sheet"]).act(one["item"])


def needs_reason(course: Course, one: Mapping[str, Any], mark: str) -> bool:
    """Whether a mark fails a critical item, so that a reason must be given with it."""
    item = _item(course, one)
    chosen = item.scale.mark(mark) if item else None
    return bool(item and chosen and item.fails_with(chosen) and not any(v["reason"] for v in one["values"]))


def changed_since(course: Course, one: Mapping[str, Any], lang: str = "") -> str:
    """What happened to something that waits since it was shown as `one`; empty where a person still decides on all of
    it."""
    course.refresh()
    place = one["sheet"], one["item"]
    now = next((other for other in to_review(course, lang) if (other["sheet"], other["item"]) == place), None)
    if now is None:
        return _("Somebody else has settled it meanwhile.")
    same = all(now.get(said) == one.get(said) for said in ("values", "reads", "mark", "trainee"))
    return "" if same else _something_else()


def said_since(course: Course, one: Mapping[str, Any], settled: str) -> str:
    """What others said of an item since it was `settled` by that mark; empty where they said nothing."""
    course.refresh()
    standing = {value.mark for value in course.state.marked(one["sheet"]).standing(one["item"])}
    return "" if standing == {settled} else _something_else()


def _something_else() -> str:
    return _("Something else was said of it meanwhile. It is asked again the next time.")


def settle_items(
    course: Course, typed: str, marks: Mapping[str, str], by: str, why: str, reasons: Mapping[str, str]
) -> None:
    """Settle items of a sheet: a difference by an agreed mark, a doubtful reading by the mark a person saw in it, a
    whole sheet by what is said of the item "sheet"."""
    sheet = find_sheet(course.state, typed)
    read = {one["item"]: one for one in waiting_readings(course) if one["sheet"] == sheet}
    differing = course.state.marked(sheet).differing
    by_agreement = {item: mark for item, mark in marks.items() if item in differing or item not in read}
    if by_agreement:
        settle(course, sheet, by_agreement, by, why, reasons)
    for item, mark in marks.items():
        if item == WHOLE and item in read:
            if is_void_alone(course, sheet):
                settle_void(course, read[item], mark, by)
            else:
                settle_whole(course, read[item], mark, by, why)
            record_held_back(course)
        elif item not in by_agreement:
            settle_reading(course, sheet, item, mark, by, reasons.get(item, ""), why)
