"""Translations of a course: what is missing, what nobody has reviewed, out to a spreadsheet and back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from gettext import gettext as _
from pathlib import Path

from fieldkit.course import Course
from fieldkit.errors import BadInput, Problem
from fieldkit.library import translations
from fieldkit.library.plain_text import unprintable
from fieldkit.library.translations import Review
from fieldkit.model.placeholders import faults
from fieldkit.model.texts import FALLBACK, LANGUAGES, TRANSLATIONS
from fieldkit.steps.preparing.printed_texts import Found, parts_of

SOURCE = "en"  # what all is translated from


@dataclass(frozen=True)
class Missing:
    """A text that does not exist in a language, and the language in which it is printed instead."""

    lang: str
    part: str
    where: str
    source: str
    instead: str


def languages_of(course: Course) -> list[str]:
    """The languages a course prints in, English left out, in the order of course.yaml and the rosters."""
    people = [*course.trainees.values(), *course.instructors.values()]
    named = [*course.settings.languages, *(person.language for person in people if person.language)]
    return [lang for lang in dict.fromkeys(named) if lang != SOURCE]


def missing(course: Course, lang: str) -> list[Missing]:
    """Every text of the course that does not exist in `lang`."""
    return [
        Missing(lang, part, printed.where, source, next(c for c in (*FALLBACK[lang], SOURCE) if printed.text.has(c)))
        for part, texts in parts_of(course).items()
        for source, printed in texts.items()
        if not printed.text.has(lang)
    ]


def unreviewed(course: Course, lang: str, parts: Mapping[str, Found] | None = None) -> list[str]:
    """The parts that no speaker of `lang` has reviewed as they are now. English is the source, and needs none."""
    if lang == SOURCE:
        return []
    by_centre = translations.reviews(course.folder).get(lang, {})
    by_library = {file.part for file in translations.library_files() if file.lang == lang and file.reviewed}
    return [
        part
        for part, texts in (parts_of(course) if parts is None else parts).items()
        if texts
        and not (part in by_library and lang not in TRANSLATIONS.own)
        and not _reviewed_in_file(course, part, lang)
        and (part not in by_centre or by_centre[part].texts != _digest(texts, lang))
    ]


def _reviewed_in_file(course: Course, part: str, lang: str) -> bool:
    """Whether a scenario says itself that it was reviewed in a language: `reviewed: ["ru: A. Name, 2026-05-04"]`."""
    if part not in course.library.scenarios or lang in TRANSLATIONS.own:
        return False
    return any(line.lower().startswith(f"{lang}:") for line in course.library.scenario(part).reviewed)


def note_unreviewed(course: Course, lang: str = "") -> None:
    """From here on, pages in a language of the course (or `lang`) that is not reviewed say so in their foot."""
    parts = parts_of(course)
    languages = {*languages_of(course), lang} - {SOURCE, ""}
    TRANSLATIONS.unreviewed = frozenset(code for code in languages if unreviewed(course, code, parts))


def review(course: Course, lang: str, part: str, by: str) -> list[str]:
    """Keep that a speaker has read a part (or `all`) in a language; returns the parts.

    The review counts until one of its texts changes. Refuses a part of which texts are missing.
    """
    known = parts_of(course)
    names = list(known) if part == "all" else [part]
    if part != "all" and part not in known:
        raise BadInput(
            _('There is no part "{part}" to review.').format(part=part),
            _("There are: {known}").format(known=", ".join([*known, "all"])),
        )
    if lang == SOURCE:
        raise BadInput(_("English is what all is translated from; there is nothing to review."))
    if not by.strip():
        raise BadInput(_("A review needs a name."), _("Say who has read it: --by NAME"))
    if gaps := [m for m in missing(course, lang) if m.part in names]:
        raise BadInput(
            _("Texts that are not translated yet: {n} ({language}; {parts}).").format(
                n=len(gaps), language=LANGUAGES[lang].name, parts=", ".join(dict.fromkeys(m.part for m in gaps))
            ),
            _("See which: {command}").format(command="fieldkit check --translations"),
        )
    with course.alone():  # what somebody else keeps at the same moment stays
        kept = translations.reviews(course.folder)
        kept.setdefault(lang, {}).update({name: Review(by.strip(), _digest(known[name], lang)) for name in names})
        translations.keep_reviews(course.folder, kept)
    return names


def _digest(texts: Found, lang: str) -> str:
    return translations.digest({source: printed.text.in_language(lang) for source, printed in texts.items()})


def problems(course: Course) -> Iterator[Problem]:
    """What `fieldkit check` says of translations: for each language one line on what is missing, one on reviews."""
    for lang in languages_of(course):
        name = LANGUAGES[lang].name
        if gaps := missing(course, lang):
            parts = ", ".join(dict.fromkeys(gap.part for gap in gaps))
            instead = LANGUAGES[gaps[0].instead].name
            what = _("texts not translated: {n} ({parts}); {instead} is printed in their place")
            what = what.format(n=len(gaps), parts=parts, instead=instead)
            remedy = _("See which: {command}").format(command="fieldkit check --translations")
            yield Problem(f"{name} ({lang})", 0, 0, what, remedy, warning=True)
        if parts := ", ".join(unreviewed(course, lang)):
            what = _("no speaker has reviewed {parts}; pages say so in their foot").format(parts=parts)
            remedy = _("When one has: {command}").format(command=f"fieldkit translation review {lang} PART --by NAME")
            yield Problem(f"{name} ({lang})", 0, 0, what, remedy, warning=True)


def export(course: Course, lang: str, path: Path) -> int:
    """Write all texts of the course with their translations into a spreadsheet; returns how many they are."""
    from fieldkit.library.translation_sheet import SheetRow, write_sheet

    if lang == SOURCE:
        raise BadInput(_("English is what all is translated from."), _("Name another language."))
    if path.suffix.lower() != ".xlsx":
        raise BadInput(_("{path} does not end in .xlsx.").format(path=path), _("Name an XLSX file."))
    not_reviewed = set(unreviewed(course, lang))
    rows: list[SheetRow] = []
    for part, texts in parts_of(course).items():
        for source, printed in texts.items():
            translation = printed.text.in_language(lang)
            status = "missing" if not translation else "not reviewed" if part in not_reviewed else "reviewed"
            rows.append(SheetRow(len(rows) + 2, source, translation, status, "", f"{part}: {printed.where}"))
    write_sheet(path, lang, rows)
    return len(rows)


def take_in(course: Course, path: Path) -> tuple[str, int]:
    """Take translations from a spreadsheet into the course; returns the language and how many texts changed.

    Refuses, all problems at once and nothing written: a lost or strange placeholder, an unclosed tag, only spaces,
    letters that cannot be printed, two translations of one text, a source that the course does not print.
    """
    from fieldkit.library.translation_sheet import read_sheet

    lang, rows = read_sheet(path)
    known: dict[str, set[str]] = {}
    for texts in parts_of(course).values():
        for source, printed in texts.items():
            known.setdefault(source, set()).add(printed.text.in_language(lang))
    wrong: list[Problem] = []
    changed: dict[str, str] = {}
    seen: dict[str, str] = {}
    for row in rows:
        if not row.translation:
            continue
        wrong += [
            Problem(path.name, row.line, 2, what, remedy) for what, remedy in _faults(row.source, row.translation)
        ]
        if row.source not in known:
            what = _('the course prints no text "{text}"').format(text=_short(row.source))
            wrong.append(Problem(path.name, row.line, 1, what, _("Leave the first column as it was exported.")))
        elif row.translation.strip() in known[row.source]:
            continue  # as it was exported; two parts may word one source in two ways
        elif seen.setdefault(row.source, row.translation) != row.translation:
            what = _('"{text}" has two translations').format(text=_short(row.source))
            wrong.append(Problem(path.name, row.line, 2, what, _("Keep one.")))
        else:
            changed[row.source] = row.translation.strip()
    if wrong:
        raise BadInput.from_problems(wrong)
    if changed:
        with course.alone():
            kept = translations.own_texts(course.folder).get(lang, {})
            translations.keep_own_texts(course.folder, lang, kept | changed)
        TRANSLATIONS.own = translations.own_texts(course.folder)
    return lang, len(changed)


def _faults(source: str, translation: str) -> Iterator[tuple[str, str]]:
    from fieldkit.paper.fonts import describe
    from fieldkit.paper.fonts import missing as letters_missing

    for fault in faults(source, translation):
        yield f'"{_short(source)}": {fault}', _("Write it as in the source.")
    if bad := unprintable(translation.replace("\n", " ")):
        what = _('"{text}": the translation holds a character that cannot be printed ({letter})')
        yield what.format(text=_short(source), letter=bad), _("Remove it.")
    elif letters := letters_missing(translation):
        names = ", ".join(map(describe, letters))
        what = _('"{text}": letters that the fonts lack: {letters}').format(text=_short(source), letters=names)
        yield what, _("Write it with other letters.")


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:59] + "…"
