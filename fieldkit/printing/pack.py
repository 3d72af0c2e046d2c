"""The pack: everything that is printed before the day, as PDF files in the course's folder `pack`.

    scoresheets/STATION.pdf   the sheets of a station in the order in which they are used
    spares.pdf                sheets without a name
    stickers.pdf              each trainee's own code, to stick on a spare sheet
    briefs.pdf                for the trainees
    cards/STATION.pdf         for the instructors, to be folded and sealed
    documents/STATION-GROUP.pdf, tags/STATION.pdf
    rotation.pdf, manifest.pdf

Nothing is written before everything was checked; each file then appears whole or not at all.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from gettext import gettext as _
from pathlib import Path
from typing import NamedTuple

from fieldkit.errors import BadInput
from fieldkit.files import refusal
from fieldkit.model.plan import Pack, PrintedPage, Sheet
from fieldkit.model.sheet import lay_out
from fieldkit.paper.page import Pdf, open_pdf
from fieldkit.paper.words import word
from fieldkit.printing.brief import group_languages, print_briefs
from fieldkit.printing.card import print_cards
from fieldkit.printing.check import problems_in
from fieldkit.printing.documents import print_documents
from fieldkit.printing.manifest import print_manifest
from fieldkit.printing.naming import items_of, station_title
from fieldkit.printing.rotation import print_rotation
from fieldkit.printing.scoresheet import SheetPrinter
from fieldkit.printing.stickers import print_stickers
from fieldkit.printing.tags import Tag, print_tags, tags_at

PARTS = ("scoresheets", "spares", "stickers", "briefs", "cards", "documents", "tags", "rotation", "manifest")


class _Job(NamedTuple):
    """One file: its path in the pack, its title, and what draws it; drawing sheets tells the pages of each."""

    path: str
    title: str
    draw: Callable[[Pdf], Iterable[tuple[Sheet, int]] | None]


def print_pack(
    pack: Pack, folder: Path, *, only: Collection[str] | None = None, progress: Callable[[str], None] | None = None
) -> list[PrintedPage]:
    """Print a pack, or the parts of it named in `only`, into `folder`; returns where each page of each sheet stands.

    `progress` is told each file that is done, by its path from `folder`; printed pages name sheets by their short id
    and files by `folder` and that path. Raises BadInput with all problems before anything is written, FieldkitError
    where a file cannot be written.
    """
    if unknown := sorted(set(only or ()) - set(PARTS)):
        raise BadInput(
            _("There is no part of the pack called {names}.").format(names=", ".join(unknown)),
            _("Parts: {known}.").format(known=", ".join(PARTS)),
        )
    if problems := problems_in(pack):
        raise BadInput.from_problems(problems)
    jobs = [job for part in PARTS if only is None or part in only for job in _JOBS[part](pack)]
    lang, printed = pack.language_of(None), []
    for job in jobs:
        path = folder / job.path
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise refusal(error, _("{path} was not printed").format(path=path)) from error
        with open_pdf(
            path, title=f"{pack.settings.title}: {job.title}", lang=lang, page_size=pack.settings.paper
        ) as pdf:
            printed += _numbered(str(path), job.draw(pdf) or ())
        if progress:
            progress(job.path)
    return printed


def _numbered(path: str, drawn: Iterable[tuple[Sheet, int]]) -> list[PrintedPage]:
    """Where the pages of sheets came to stand in their file."""
    found: list[PrintedPage] = []
    for sheet, pages in drawn:
        found += [PrintedPage(sheet.id, page, path, len(found) + page) for page in range(1, pages + 1)]
    return found


def _draw_sheets(pack: Pack, sheets: Iterable[Sheet]) -> Callable[[Pdf], list[tuple[Sheet, int]]]:
    def draw(pdf: Pdf) -> list[tuple[Sheet, int]]:
        printer = SheetPrinter(pdf, pack)
        return [(sheet, printer.draw(sheet)) for sheet in sheets]

    return draw


def _scoresheets(pack: Pack) -> Iterator[_Job]:
    for station in pack.settings.stations:
        sheets = [s for s in pack.sheets if s.station == station.id and not s.spare]
        if sheets:
            sheets.sort(key=lambda s: (s.starts, s.copy))
            yield _Job(
                f"scoresheets/{station.id}.pdf", _title(pack, "scoresheet", station.id), _draw_sheets(pack, sheets)
            )


def _spares(pack: Pack) -> Iterator[_Job]:
    if spares := [s for s in pack.sheets if s.spare]:
        yield _Job("spares.pdf", _title(pack, "spare_sheet"), _draw_sheets(pack, spares))


def _stickers(pack: Pack) -> Iterator[_Job]:
    if pack.person_ids:
        yield _Job("stickers.pdf", _title(pack, "stickers"), lambda pdf: print_stickers(pdf, pack))


def _briefs(pack: Pack) -> Iterator[_Job]:
    yield _Job("briefs.pdf", _title(pack, "brief"), lambda pdf: print_briefs(pdf, pack))


def _cards(pack: Pack) -> Iterator[_Job]:
    for station in pack.settings.stations:
        groups = [g.id for g in pack.plan.groups if (station.id, g.id) in pack.exercises]

        def draw(pdf: Pdf, station: str = station.id, groups: list[str] = groups) -> None:
            print_cards(pdf, pack, station, groups)

        if groups:
            yield _Job(f"cards/{station.id}.pdf", _title(pack, "card", station.id), draw)


def _documents(pack: Pack) -> Iterator[_Job]:
    """Papers in the language of their group, where it has one in common; else in the course's."""
    for station in pack.settings.stations:
        for group in pack.plan.groups:
            exercise = pack.exercises.get((station.id, group.id))
            if exercise is None or not exercise.documents:
                continue
            langs = list(group_languages(pack, group.id))
            lang = langs[0] if len(langs) == 1 else pack.language_of(None)

            def draw(pdf: Pdf, station: str = station.id, group: str = group.id, lang: str = lang) -> None:
                print_documents(pdf, pack, station, group, lang)

            yield _Job(f"documents/{station.id}-{group.id}.pdf", _title(pack, "documents", station.id), draw)


def _tags(pack: Pack) -> Iterator[_Job]:
    for station in pack.settings.stations:
        if tags := tags_at(pack, station.id):

            def draw(pdf: Pdf, station: str = station.id, tags: list[Tag] = tags) -> None:
                print_tags(pdf, pack, station, tags)

            yield _Job(f"tags/{station.id}.pdf", _title(pack, "tags", station.id), draw)


def _rotation(pack: Pack) -> Iterator[_Job]:
    yield _Job("rotation.pdf", _title(pack, "rotation"), lambda pdf: print_rotation(pdf, pack))


def _manifest(pack: Pack) -> Iterator[_Job]:
    pages = {s.id: len(lay_out(items_of(pack, s), pack.settings.paper, pack.layout)) for s in pack.sheets}
    yield _Job("manifest.pdf", _title(pack, "manifest"), lambda pdf: print_manifest(pdf, pack, pages))


def _title(pack: Pack, key: str, station: str = "") -> str:
    lang = pack.language_of(None)
    return word(key, lang) + (f", {station_title(pack, station, lang)}" if station else "")


_JOBS: dict[str, Callable[[Pack], Iterator[_Job]]] = {
    "scoresheets": _scoresheets,
    "spares": _spares,
    "stickers": _stickers,
    "briefs": _briefs,
    "cards": _cards,
    "documents": _documents,
    "tags": _tags,
    "rotation": _rotation,
    "manifest": _manifest,
}
