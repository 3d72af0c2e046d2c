"""The close of the day: how every issued sheet ended, and the code that stands for the record, to be signed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from fieldkit.model.codes import show_short
from fieldkit.model.course import CourseSettings
from fieldkit.model.marks import MarkedSheet
from fieldkit.model.people import Person
from fieldkit.paper.furniture import MARGIN, Imprint
from fieldkit.paper.page import Pdf, open_pdf
from fieldkit.paper.text import HEADING, SMALL, TEXT, TITLE, Rich, Span, isolate
from fieldkit.paper.words import word
from fieldkit.printing.flow import Column, Piece, paragraph, print_pages, table_head, table_row
from fieldkit.printing.manifest import signatures
from fieldkit.printing.naming import DOT

ENDINGS = ("scored", "review", "missing", "void", "spare")


@dataclass(frozen=True)
class Closing:
    """What is printed: every issued sheet as it stands at `at` (ISO, UTC), and the head code of the record."""

    settings: CourseSettings
    people: Mapping[str, Person]
    sheets: Sequence[MarkedSheet]
    head: str
    at: str

    def ending(self, sheet: MarkedSheet) -> str:
        """How a sheet ends: one of ENDINGS."""
        if sheet.voided:
            return "void"
        if not sheet.trainee:
            return "spare"
        return {"scored": "scored", "review": "review"}.get(sheet.status, "missing")

    @property
    def counts(self) -> dict[str, int]:
        """Sheets by ending; adds up to all that were issued."""
        found = Counter(self.ending(sheet) for sheet in self.sheets)
        return {ending: found[ending] for ending in ENDINGS}


def print_closing(closing: Closing, path: Path) -> None:
    """Write the page(s) to sign; the file is whole or not there."""
    settings, lang = closing.settings, closing.settings.languages[0]
    title = word("closing", lang)
    path.parent.mkdir(parents=True, exist_ok=True)
    with open_pdf(path, title=f"{settings.title}: {title}", lang=lang, page_size=settings.paper) as pdf:
        columns = _columns(pdf, lang)
        pieces = _summary(pdf, closing, lang)
        for station in dict.fromkeys(sheet.station for sheet in closing.sheets):
            pieces.append(paragraph(pdf, station, replace(HEADING, size=10.5), lang, before=3, after=0.5, keep=True))
            pieces.append(table_head(pdf, columns, lang))
            pieces += [_row(pdf, closing, columns, s, lang) for s in closing.sheets if s.station == station]
        pieces.append(signatures(pdf, lang))
        whose = DOT.join(part for part in (settings.crossing_point, closing.at[:16].replace("T", " ") + " UTC") if part)
        print_pages(pdf, Imprint(title, whose, settings.title, training=False), pieces, lang)


def _summary(pdf: Pdf, closing: Closing, lang: str) -> list[Piece]:
    counts = ", ".join(f"{n} {word(f'ends_{ending}', lang)}" for ending, n in closing.counts.items())
    return [
        paragraph(pdf, word("record_code", lang), TEXT, lang, keep=True),
        paragraph(pdf, isolate(closing.head), TITLE, lang, after=1, keep=True),
        paragraph(pdf, word("record_code_hint", lang, code=isolate(closing.head)), SMALL, lang, after=3),
        paragraph(pdf, f"{word('sheets_issued', lang, count=len(closing.sheets))}: {counts}.", TEXT, lang, after=2),
    ]


def _columns(pdf: Pdf, lang: str) -> list[Column]:
    room = pdf.width_mm - 2 * MARGIN - 24
    shares = (("trainee", 0.38), ("instructor", 0.27), ("ends_as", 0.35))
    return [Column(word("sheet", lang), 24), *(Column(word(key, lang), room * share) for key, share in shares)]


def _row(pdf: Pdf, closing: Closing, columns: list[Column], sheet: MarkedSheet, lang: str) -> Piece:
    def name(number: str) -> str:
        return closing.people[number].name if number in closing.people else number

    ending = closing.ending(sheet)
    ends = word(f"ends_{ending}", lang) + (f": {sheet.voided}" if sheet.voided else "")
    bold = ending in ("missing", "review")
    cells: list[Rich] = [
        [Span(show_short(sheet.sheet), bold=True)],
        name(sheet.trainee),
        name(sheet.instructor),
        [Span(ends, bold)],
    ]
    return table_row(pdf, columns, cells, lang)
