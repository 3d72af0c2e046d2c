"""Every text that a course prints, by the part it belongs to: what there is to translate and to review."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from fieldkit.course import Course
from fieldkit.model.texts import Text

_PLACE = re.compile(r"\{[^{}]*\}")
Found = dict[str, "Printed"]


@dataclass(frozen=True)
class Printed:
    """One text, and where it stands in its part."""

    text: Text
    where: str


def parts_of(course: Course) -> dict[str, Found]:
    """The parts that a course prints, each with its texts by English source: the words on every page, those of
    reports, of the quality file and of the instructors' exercise, papers and finds, made-up names, inspection points,
    scoresheets, and the scenarios that come with fieldkit.

    A course's own scenarios are the centre's words and are not among them.
    """
    from fieldkit.generator import decoys, stock, wording
    from fieldkit.model import find_items
    from fieldkit.model.finds import FIND_CODES
    from fieldkit.model.papers import DOCUMENT_FORMS
    from fieldkit.model.scenario import COMPETENCIES
    from fieldkit.paper.words import WORDS
    from fieldkit.printing import plates, screen_images
    from fieldkit.reports import calibration_words, quality_reasons, quality_words
    from fieldkit.reports.words import WORDS as REPORT_WORDS
    from fieldkit.steps.scanning.selftest_sheet import ODD, SCALE, WAYS

    library = course.library
    scenarios = {s.scenario: library.scenario(s.scenario) for s in course.settings.stations}
    built_in = {name: scenario for name, scenario in scenarios.items() if name not in library.own}
    papers = {name: DOCUMENT_FORMS[name] for s in scenarios.values() for name in s.documents if name in DOCUMENT_FORMS}
    kinds = {find.code: FIND_CODES[find.code] for s in scenarios.values() for find in (*s.finds, *s.decoys)}
    lists = {s.points: library.point_lists[s.points] for s in scenarios.values() if s.points in library.point_lists}
    images = [*_own(plates), *_own(screen_images)]
    rows = [item for s in scenarios.values() for item in find_items.find_items(s)]
    found = {
        "words": _texts([WORDS, COMPETENCIES, rows, WAYS, ODD, SCALE]),
        "reports": _texts([REPORT_WORDS]),
        "quality": _texts([*_own(quality_words), *_own(quality_reasons)]),
        "calibration": _texts(_own(calibration_words)),
        "papers": _texts([papers, kinds, *_own(wording), *_own(decoys), *images]),
        "names": _texts([stock.LOCAL_NAMES]),
        "points": _texts([lists]),
    }
    for name in sorted({s.scoresheet for s in scenarios.values()} & set(library.scoresheets)):
        found[name] = _texts([library.scoresheets[name]])
    return found | {name: _texts([scenario]) for name, scenario in built_in.items()}


def _own(module: object) -> list[object]:
    """The texts that stand at the top of a module, alone or in tables."""
    return [value for value in vars(module).values() if isinstance(value, (Text, Mapping, tuple))]


def _texts(roots: Iterable[object]) -> Found:
    found: Found = {}
    for root in roots:
        for where, text in _walk(root, ""):
            source = text.by_language.get("en", "")
            if any(map(str.isalpha, _PLACE.sub("", source))):  # a text of places and signs is the same everywhere
                found.setdefault(source, Printed(text, where))
    return found


def _walk(value: object, where: str) -> Iterator[tuple[str, Text]]:
    if isinstance(value, Text):
        yield where, value
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _walk(inner, f"{where} {key}".strip())
    elif isinstance(value, (tuple, list)):
        for place, inner in enumerate(value, 1):
            yield from _walk(inner, f"{where} {place}".strip())
    elif dataclasses.is_dataclass(value):
        for part in dataclasses.fields(value):
            yield from _walk(getattr(value, part.name), f"{where} {part.name.replace('_', ' ')}".strip())
