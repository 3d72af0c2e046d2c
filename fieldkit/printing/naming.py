"""How people, stations, groups and times are called on paper."""

from __future__ import annotations

from fieldkit.model.local_forms import shown_day
from fieldkit.model.people import Person
from fieldkit.model.plan import Pack, Sheet
from fieldkit.model.scoresheet import Item
from fieldkit.paper.text import isolate
from fieldkit.paper.words import word

DOT = " \u00b7 "


def station_title(pack: Pack, station: str, lang: str) -> str:
    """What a station is called: its own title, else its scenario's, else its id."""
    found = pack.settings.station(station)
    own = found.title[lang] if found is not None else ""
    return own or pack.scenario_at(station).title[lang] or station


def place_of(pack: Pack, station: str) -> str:
    """Where a station is, as course.yaml says; empty where it does not."""
    found = pack.settings.station(station)
    return found.place if found is not None else ""


def name_of(person: Person | None) -> str:
    """Name and father's name, safe inside a sentence of any direction."""
    if person is None:
        return ""
    return isolate(f"{person.name} ({person.fathers_name})" if person.fathers_name else person.name)


def group_title(group: str, lang: str) -> str:
    """`Group G1`."""
    return f"{word('group', lang)} {isolate(group)}"


def clock(starts: str) -> str:
    """The time of day of an ISO text, `09:20`; empty for an empty one."""
    return starts.partition("T")[2][:5]


def day(starts: str) -> str:
    """The date of an ISO text, `2026-05-04`; empty for an empty one."""
    return starts.partition("T")[0]


def moment(starts: str, lang: str = "en") -> str:
    """Date and time of an ISO text, `2026-05-04 09:20`."""
    return isolate(f"{shown_day(day(starts), lang)} {clock(starts)}".strip()) if starts else ""


def items_of(pack: Pack, sheet: Sheet) -> tuple[Item, ...]:
    """The items on a sheet: those of its exercise; a spare sheet without a group takes the station's first."""
    exact = pack.exercises.get((sheet.station, sheet.group))
    if exact is not None:
        return exact.items
    return next(e.items for (station, _), e in pack.exercises.items() if station == sheet.station)
