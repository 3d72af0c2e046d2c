"""The manifest: every sheet that was issued, to be ticked off and signed when the day closes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from fieldkit.model.codes import show_short
from fieldkit.model.plan import Pack, Sheet
from fieldkit.model.texts import LANGUAGES
from fieldkit.paper.furniture import MARGIN, Imprint
from fieldkit.paper.page import Pdf, hairline
from fieldkit.paper.text import HEADING, SMALL, TEXT, Rich, Span, draw_line
from fieldkit.paper.words import word
from fieldkit.printing.flow import CELL_GAP, Column, Piece, column_lefts, paragraph, print_pages, table_head, table_row
from fieldkit.printing.naming import DOT, name_of, station_title

TICK = 19.0  # a column to tick
ROW = 7.5


def print_manifest(pdf: Pdf, pack: Pack, pages: Mapping[str, int]) -> None:
    """All sheets by station, spares last; `pages` is the number of pages of each sheet by its short id."""
    lang = pack.language_of(None)
    columns = _columns(pdf, lang)
    pieces: list[Piece] = []
    for station in pack.settings.stations:
        sheets = sorted((s for s in pack.sheets if s.station == station.id), key=lambda s: (s.spare, s.starts, s.copy))
        title = f"{station_title(pack, station.id, lang)}: {len(sheets)}"
        pieces.append(paragraph(pdf, title, replace(HEADING, size=10.5), lang, before=3, after=0.5, keep=True))
        pieces += [_row(pdf, pack, columns, sheet, pages, lang) for sheet in sheets]
    pieces += [paragraph(pdf, word("manifest_hint", lang), TEXT, lang, before=5, keep=True), signatures(pdf, lang)]
    issued = word("sheets_issued", lang, count=len(pack.sheets))
    whose = DOT.join(part for part in (pack.settings.crossing_point, issued) if part)
    imprint = Imprint(word("manifest", lang), whose, pack.settings.title, training=False)
    print_pages(pdf, imprint, pieces, lang, repeat=table_head(pdf, columns, lang))


def _columns(pdf: Pdf, lang: str) -> list[Column]:
    room = pdf.width_mm - 2 * MARGIN - 24 - 12 - 3 * TICK
    return [
        Column(word("sheet", lang), 24),
        Column(word("trainee", lang), room * 0.58),
        Column(word("instructor", lang), room * 0.42),
        Column(word("pages_column", lang), 12, "center"),
        *(Column(word(key, lang), TICK, "center") for key in ("returned", "spare", "void")),
    ]


def _row(pdf: Pdf, pack: Pack, columns: list[Column], sheet: Sheet, pages: Mapping[str, int], lang: str) -> Piece:
    """One sheet; thin uprights part the columns to tick, so that nothing there looks like a box of a scoresheet."""
    trainee = "" if sheet.spare else name_of(pack.trainees[sheet.trainee])
    instructor = name_of(pack.instructors.get(sheet.instructor)) or word("spare_sheet", lang)
    if sheet.copy > 1 and not sheet.spare:
        instructor += f" ({word('second_sheet', lang)})"
    cells: list[Rich] = [[Span(show_short(sheet.id), bold=True)], trainee, instructor, str(pages[sheet.id]), "", "", ""]
    row = table_row(pdf, columns, cells, lang, least_mm=ROW)

    before = slice(-4, -1) if LANGUAGES[lang].right_to_left else slice(-3, None)
    uprights = [left - CELL_GAP / 2 for left in column_lefts(pdf, columns, lang)[before]]

    def draw(y: float) -> None:
        row.draw(y)
        for x in uprights:
            hairline(pdf, x, y, x, y + row.height_mm)

    return Piece(row.height_mm, draw)


def signatures(pdf: Pdf, lang: str) -> Piece:
    """Lines to sign and date."""

    def draw(y: float) -> None:
        middle, right = pdf.width_mm * 0.6, pdf.width_mm - MARGIN
        for x, end, label in ((MARGIN, middle - 5, "signature"), (middle, right, "date")):
            hairline(pdf, x, y + 14, end, y + 14)
            draw_line(pdf, x, y + 18, word(label, lang), SMALL, lang=lang, width_mm=end - x)

    return Piece(20, draw)
