"""What would print wrongly, found before anything is written: letters without a glyph, texts that do not fit."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from gettext import gettext as _

from fieldkit.errors import Problem
from fieldkit.model.plan import Pack
from fieldkit.model.scoresheet import Item
from fieldkit.model.texts import Text
from fieldkit.paper.fonts import describe, missing
from fieldkit.printing.naming import items_of
from fieldkit.printing.scoresheet import second_language, sheet_language
from fieldkit.printing.sheet_form import LABEL_STYLES, label_fits, too_long


def problems_in(pack: Pack) -> list[Problem]:
    """Everything that stands against printing a pack, in the order of its parts."""
    return [*_missing_letters(pack), *_misfits(pack)]


def _missing_letters(pack: Pack) -> Iterator[Problem]:
    """One problem for each text with letters that the fonts lack; the same text is named once."""
    told: set[str] = set()
    for where, field, words in _strings(pack):
        lacking = [] if words in told else missing(words)
        told.add(words)
        if lacking:
            letters = ", ".join(describe(char) for char in lacking)
            what = _('{field} "{text}" has letters that cannot be printed: {letters}')
            what = what.format(field=field, text=words, letters=letters)
            yield Problem(where, 0, 0, what, _("Write it in Latin, Cyrillic or Arabic letters."))


def _strings(pack: Pack) -> Iterator[tuple[str, str, str]]:
    """Every string that may be printed: where it stands, the name of its field, and itself."""
    roots: list[tuple[str, object]] = [("course.yaml", pack.settings)]
    roots += [(f"trainee {number}", person) for number, person in pack.trainees.items()]
    roots += [(f"instructor {number}", person) for number, person in pack.instructors.items()]
    roots += [(f"scenario {name}", scenario) for name, scenario in pack.scenarios.items()]
    roots += [(f"points {name}", points) for name, points in pack.point_lists.items()]
    roots += [(f"exercise {station}, group {group}", e) for (station, group), e in pack.exercises.items()]
    for where, root in roots:
        for field, words in _walk(root, ""):
            yield where, field, words


def _walk(value: object, field: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield field, value
    elif isinstance(value, Text):
        for lang, words in value.by_language.items():
            yield f"{field} ({lang})", words
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _walk(inner, f"{field} {key}".strip())
    elif isinstance(value, (tuple, list)):
        for place, inner in enumerate(value, 1):
            yield from _walk(inner, f"{field} {place}".strip())
    elif dataclasses.is_dataclass(value):
        for part in dataclasses.fields(value):
            yield from _walk(getattr(value, part.name), f"{field} {part.name.replace('_', ' ')}".strip())


def _misfits(pack: Pack) -> Iterator[Problem]:
    """Items longer than their row, and words of scales wider than their column, in the languages printed."""
    told: set[tuple[str, str]] = set()
    for station, lang, items in _printed_items(pack):
        for item, letters in too_long(items, lang, pack.settings.paper, pack.layout):
            if (item.id, lang) not in told:
                told.add((item.id, lang))
                what = _('the item "{item}" ({lang}) is {n} letters longer than its row holds: "{text}"')
                what = what.format(item=item.id, lang=lang, n=letters, text=item.text[lang])
                yield Problem(_("station {station}").format(station=station), 0, 0, what, _("Shorten it."))
        for mark in (mark for item in items for mark in item.scale.marks):
            words = mark.label[lang]
            if (words, lang) not in told and not label_fits(words, LABEL_STYLES[-1], lang):
                told.add((words, lang))
                what = _('"{text}" ({lang}) does not fit above the boxes of the mark "{mark}"')
                what = what.format(text=words, lang=lang, mark=mark.id)
                remedy = _("Take at most two words of ten letters.")
                yield Problem(_("station {station}").format(station=station), 0, 0, what, remedy)


def _printed_items(pack: Pack) -> Iterator[tuple[str, str, tuple[Item, ...]]]:
    """Each list of items in each language in which it is printed, once."""
    seen = set()
    for sheet in pack.sheets:
        items = items_of(pack, sheet)
        for lang in filter(None, (sheet_language(pack, sheet), second_language(pack, sheet))):
            key = (sheet.station, lang, tuple((item.id, item.text[lang]) for item in items))
            if key not in seen:
                seen.add(key)
                yield sheet.station, lang, items
