"""Translations as a spreadsheet for the colleague who translates: one row a text, and back."""

from __future__ import annotations

import io
from collections.abc import Iterable
from dataclasses import dataclass
from gettext import gettext as _
from pathlib import Path

from fieldkit.errors import BadInput
from fieldkit.files import refusal, write_whole
from fieldkit.model.texts import LANGUAGES, language_code

COLUMNS = ("source", "translation", "status", "note", "where")
WIDTHS = (60, 60, 14, 30, 34)
MAX_BYTES = 10_000_000
MAX_ROWS = 50_000


@dataclass(frozen=True)
class SheetRow:
    """One row: the English text, its translation, and what is said about it. `line` counts from 1."""

    line: int
    source: str
    translation: str
    status: str = ""
    note: str = ""
    where: str = ""


def write_sheet(path: Path, lang: str, rows: Iterable[SheetRow]) -> None:
    """Write the spreadsheet of one language, whole or not at all. The worksheet is called by the language's code."""
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font

    book = Workbook()
    sheet = book.active
    sheet.title = lang
    sheet.append(COLUMNS)
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for row in rows:
        sheet.append((row.source, row.translation, row.status, row.note, row.where))
        for cell in sheet[sheet.max_row]:
            cell.data_type = "s"  # a text that begins with = is no formula
            cell.alignment = Alignment(wrap_text=True, vertical="top")
        if LANGUAGES[lang].right_to_left:
            sheet.cell(sheet.max_row, 2).alignment = Alignment(wrap_text=True, vertical="top", readingOrder=2)
    for letter, width in zip("ABCDE", WIDTHS, strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.freeze_panes = "A2"
    data = io.BytesIO()
    book.save(data)
    try:
        write_whole(path, [data.getvalue()])
    except OSError as error:
        raise refusal(error, _("{path} was not written").format(path=path)) from error


def read_sheet(path: Path) -> tuple[str, list[SheetRow]]:
    """The language of a spreadsheet and its rows. Refuses a file that `write_sheet` cannot have written."""
    import zipfile

    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    if not path.is_file():
        raise BadInput(
            _("{path} is not there.").format(path=path),
            _("Name the spreadsheet that `fieldkit translation export` wrote."),
        )
    try:
        with zipfile.ZipFile(path) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > 5 * MAX_BYTES:
                raise BadInput(
                    _("{path} unpacks to more than a translation can be.").format(path=path), _("Export it again.")
                )
        book = load_workbook(path, read_only=True, data_only=True)
        sheet = book.worksheets[0]
        lang = language_code(sheet.title)
        cells = [
            [_text(value) for value in line]
            for line in sheet.iter_rows(max_row=MAX_ROWS, max_col=len(COLUMNS), values_only=True)
        ]
        book.close()
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, IndexError, OSError, TypeError) as error:
        told = _("{path} is no XLSX file that can be read ({why}).").format(path=path, why=type(error).__name__)
        raise BadInput(told, _("Save it again.")) from None
    if lang is None or lang == "en":
        known = ", ".join(code for code in LANGUAGES if code != "en")
        raise BadInput(
            _('{path}: the worksheet is called "{name}", which is no language to translate into.').format(
                path=path, name=sheet.title
            ),
            _("Call it by the language's code: {known}.").format(known=known),
        )
    if not cells or [cell.strip().lower() for cell in cells[0][:2]] != list(COLUMNS[:2]):
        told = _("{path}: the first row is not {columns}.").format(path=path, columns=", ".join(COLUMNS))
        raise BadInput(told, _("Export it again."))
    return lang, [
        SheetRow(number, *_padded(line)) for number, line in enumerate(cells[1:], 2) if line and line[0].strip()
    ]


def _text(value: object) -> str:
    return "" if value is None else str(value)


def _padded(line: list[str]) -> list[str]:
    return (line + [""] * len(COLUMNS))[: len(COLUMNS)]
