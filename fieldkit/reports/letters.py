"""Letters that cannot be printed: refused where a file can be mended, spelt out where the record cannot."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from fieldkit.errors import BadInput
from fieldkit.model.people import Person
from fieldkit.paper.fonts import describe, missing
from fieldkit.reports.data import ReportData
from fieldkit.reports.words import competency_name


def printable(text: str) -> str:
    """A text of the record as it can be printed: a letter that the font lacks is shown by its number, [U+1F600].

    What was said is in the record for good, so it must not keep a report from being written.
    """
    for char in missing(text):
        text = text.replace(char, f"[U+{ord(char):04X}]")
    return text


def check_letters(data: ReportData) -> None:
    """Raise BadInput that names every letter the font lacks, and the name or title it stands in."""
    found = [(where, text, chars) for where, text in _texts(data) if (chars := missing(text))]
    if found:
        lines = [
            f'{where} "{text}" cannot be printed: the font has no {_named(chars)}.' for where, text, chars in found
        ]
        raise BadInput("\n".join(dict.fromkeys(lines)), "Write it with other letters; nothing was printed.")


def _named(chars: Iterable[str]) -> str:
    return ", ".join(map(describe, chars))


def _texts(data: ReportData) -> Iterator[tuple[str, str]]:
    settings = data.settings
    yield from (
        ("course title", settings.title),
        ("crossing point", settings.crossing_point),
        ("course code", settings.code),
    )
    for number, person in data.trainees.items():
        yield from _person(f"trainee {number}", person)
    for number, person in data.instructors.items():
        yield from _person(f"instructor {number}", person)
    for station in settings.stations:
        yield f"station {station.id}", station.place
        for text in (
            station.title,
            data.scenarios[station.scenario].title if station.scenario in data.scenarios else station.title,
        ):
            yield from ((f"title of station {station.id}", words) for words in text.by_language.values())
    yield from _items(data)


def _person(where: str, person: Person) -> Iterator[tuple[str, str]]:
    for text in (person.name, person.fathers_name, person.rank, person.unit, person.country, person.number):
        yield where, text


def _items(data: ReportData) -> Iterator[tuple[str, str]]:
    """The words of items and their marks, each list once: most sheets of a station share it."""
    seen: set[int] = set()
    for result in data.results:
        for station in result.stations:
            for sheet in station.sheets:
                if id(sheet.marked.items) in seen:
                    continue
                seen.add(id(sheet.marked.items))
                for item in sheet.marked.items:
                    where = f"item {item.id} of station {station.station}"
                    yield where, competency_name(item.competency, settings_language(data))
                    for text in (item.text, *(mark.label for mark in item.scale.marks)):
                        yield from ((where, words) for words in text.by_language.values())


def settings_language(data: ReportData) -> str:
    """The first language of the course."""
    return data.settings.languages[0]
