"""Rosters: trainees and instructors from a CSV or XLSX file, with every problem in its row and column."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import fields as dataclass_fields
from decimal import Decimal
from gettext import gettext as _
from pathlib import Path

from fieldkit.errors import Problem
from fieldkit.library.plain_text import (
    NotUtf8Error,
    UnreadableError,
    hint,
    no_language,
    read_text,
    tidy,
    unprintable,
)
from fieldkit.model.local_forms import EASTERN_DIGITS
from fieldkit.model.people import Person
from fieldkit.model.texts import LANGUAGES, language_code

MAX_BYTES = 2_000_000
MAX_PEOPLE = 2_000
LONGEST_NAME = 120
LONGEST_OTHER = 80
NUMBER = re.compile(r"[A-Za-z0-9\u0400-\u04FF](?:[A-Za-z0-9\u0400-\u04FF._-]{0,30}[A-Za-z0-9\u0400-\u04FF])?")
# Windows keeps these names for itself, whatever the ending.
RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?", re.IGNORECASE)
GENDERS = {"f": "f", "ж": "f", "female": "f", "женский": "f", "m": "m", "м": "m", "male": "m", "мужской": "m"}

# What the head of a column may say, in small letters.
COLUMNS = {
    "number": ("number", "no", "no.", "№", "id", "personnel number", "номер", "табельный номер", "личный номер"),
    "name": ("name", "full name", "фио", "ф.и.о.", "имя", "фамилия имя отчество", "аты-жөнү"),
    "fathers_name": ("fathers_name", "father's name", "patronymic", "отчество", "имя отца", "атасынын аты"),
    "rank": ("rank", "звание", "чин", "наамы"),
    "unit": ("unit", "post", "подразделение", "пост", "место службы"),
    "country": ("country", "страна", "өлкө"),
    "gender": ("gender", "sex", "пол"),
    "language": ("language", "язык", "тил"),
}
_HEADS = {head: column for column, heads in COLUMNS.items() for head in heads}

Row = tuple[int, list[str]]  # line, cells


def read_roster(path_stem: Path) -> tuple[tuple[Person, ...], list[Problem]]:
    """The people in `path_stem`.csv or .xlsx, and what is wrong with the file. Nobody, where anything is wrong."""
    csv_path, xlsx_path = path_stem.with_name(path_stem.name + ".csv"), path_stem.with_name(path_stem.name + ".xlsx")
    if csv_path.exists() and xlsx_path.exists():
        what = _("both {one} and {other} are there, so it is not clear which one counts")
        what = what.format(one=csv_path.name, other=xlsx_path.name)
        return (), [Problem(str(csv_path), 0, 0, what, _("Remove one of them."))]
    path = xlsx_path if xlsx_path.exists() else csv_path
    try:
        rows = _xlsx_rows(path) if path is xlsx_path else _csv_rows(path)
    except UnreadableError as refusal:
        return (), [refusal.problem]
    return _people(str(path), [row for row in rows if any(row[1])])


def _csv_rows(path: Path) -> list[Row]:
    """The rows of a CSV file, whichever of comma, semicolon and tab its head uses."""
    try:
        text = read_text(path, MAX_BYTES)
    except NotUtf8Error as refusal:
        raise _unreadable(path, refusal.problem.what, _how_to_save()) from None
    head = next((line for line in text.splitlines() if line.strip()), "")
    separator = max(",;\t", key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    rows: list[Row] = []
    line = 1
    try:
        for cells in reader:
            rows.append((line, [tidy(cell) for cell in cells]))
            line = reader.line_num + 1
    except csv.Error as error:
        what = _("the quotes in this row do not match ({why})").format(why=error)
        raise _unreadable(path, what, _("Correct them."), line) from None
    return rows


def _how_to_save() -> str:
    return _(
        'Open it in the spreadsheet program and save it as "CSV UTF-8" (Excel), or as Text CSV with the character set '
        "Unicode (UTF-8) (LibreOffice); or save it as XLSX."
    )


def _xlsx_rows(path: Path) -> list[Row]:
    """The rows of the first worksheet of an XLSX file, numbers as they are shown."""
    import zipfile  # both are slow to import, and most rosters are CSV

    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    if path.is_dir():
        raise _unreadable(path, _("this is a folder, not a file"), _("Rename it."))
    if path.stat().st_size > MAX_BYTES:
        what = _("the file is larger than {n} MB").format(n=MAX_BYTES // 1_000_000)
        raise _unreadable(path, what, _("Keep the roster only."))
    try:
        _check_unpacked(path)
        book = load_workbook(path, read_only=True, data_only=True)
        found = []
        for line, cells in enumerate(book.worksheets[0].iter_rows(values_only=True, max_col=40), start=1):
            if line > 10 * MAX_PEOPLE:
                break
            found.append((line, [tidy(_as_text(cell)) for cell in cells]))
        book.close()
    except UnreadableError:
        raise
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, IndexError, OSError, TypeError) as error:
        what = _("this is no XLSX file that can be read ({why})").format(why=type(error).__name__)
        raise _unreadable(path, what, _("Save it again.")) from None
    return found


def _check_unpacked(path: Path) -> None:
    """Refuse a file that is small and unpacks to something huge."""
    import zipfile

    with zipfile.ZipFile(path) as archive:
        if sum(entry.file_size for entry in archive.infolist()) > 50 * MAX_BYTES:
            raise _unreadable(path, _("the file unpacks to more than a roster can be"), _("Save it again."))


def _as_text(cell: object) -> str:
    """A cell as a person sees it: 7.0 is 7, nothing is nothing."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(Decimal(str(cell))) if isinstance(cell, float) else str(cell)


def _people(file: str, rows: list[Row]) -> tuple[tuple[Person, ...], list[Problem]]:
    if not rows:
        remedy = _("Write a row of column names and one row for each person.")
        return (), [Problem(file, 0, 0, _("the roster is empty"), remedy)]
    problems: list[Problem] = []
    columns = _columns(file, rows[0], problems)
    if problems:
        return (), problems
    if len(rows) == 1:
        return (), [Problem(file, rows[0][0], 0, _("the roster names nobody"), _("Write one row for each person."))]
    if len(rows) - 1 > MAX_PEOPLE:
        what = _("the roster has more than {n} rows").format(n=MAX_PEOPLE)
        return (), [Problem(file, rows[MAX_PEOPLE + 1][0], 0, what)]
    people = [_person(file, row, columns, problems) for row in rows[1:]]
    _check_twice(file, people, [line for line, __ in rows[1:]], problems)
    return (() if any(not p.warning for p in problems) else tuple(people)), problems


def _columns(file: str, head: Row, problems: list[Problem]) -> list[str]:
    """The field of Person that each column fills; empty for a column without a name."""
    line, cells = head
    columns = [_HEADS.get(cell.casefold(), "") for cell in cells]
    for place, (cell, column) in enumerate(zip(cells, columns, strict=True), start=1):
        if cell and not column:
            known = hint(cell.casefold(), _HEADS) or _("Known here: {known}.").format(known=", ".join(COLUMNS))
            what = _('the column "{column}" is not known').format(column=cell)
            problems.append(Problem(file, line, place, what, known))
        elif column and columns.index(column) != place - 1:
            what = _("there are two columns for {column}").format(column=column)
            problems.append(Problem(file, line, place, what, _("Remove one of them.")))
    for needed in ("number", "name"):
        if needed not in columns:
            remedy = _("The first row names the columns: {columns}").format(columns="number, name, …")
            what = _('there is no column "{column}"').format(column=needed)
            problems.append(Problem(file, line, 0, what, remedy))
    return columns


def _person(file: str, row: Row, columns: list[str], problems: list[Problem]) -> Person:
    line, cells = row
    if any(cells[len(columns) :]):
        what = _("the row has {cells} cells, and there are {columns} columns")
        what = what.format(cells=len(cells), columns=len(columns))
        remedy = _("Put quotes around a name that holds a comma.")
        problems.append(Problem(file, line, len(columns) + 1, what, remedy))
    values = {field.name: "" for field in dataclass_fields(Person)}
    for place, (column, cell) in enumerate(zip(columns, cells, strict=False), start=1):
        if column:
            values[column] = _value(file, line, place, column, cell, problems)
    for needed in ("number", "name"):
        place = columns.index(needed) + 1
        if not (cells[place - 1] if place <= len(cells) else ""):
            what = _("this person has no number") if needed == "number" else _("this person has no name")
            problems.append(Problem(file, line, place, what, _("Write one.")))
    return Person(**values)


def _value(file: str, line: int, place: int, column: str, cell: str, problems: list[Problem]) -> str:
    """The cell as Person wants it; empty, and a problem noted, where it cannot be."""

    def wrong(what: str, remedy: str = "") -> str:
        problems.append(Problem(file, line, place, what, remedy))
        return ""

    longest = LONGEST_NAME if column in ("name", "fathers_name") else LONGEST_OTHER
    if len(cell) > longest:
        what = _("this {column} has {n} characters, and may have {most}")
        return wrong(what.format(column=column, n=len(cell), most=longest), _("Shorten it."))
    if bad := unprintable(cell):
        what = _("this {column} holds a character that cannot be printed ({letter})")
        return wrong(what.format(column=column, letter=bad), _("Type it again."))
    if not cell:
        return ""
    if column == "number":
        number = unicodedata.normalize("NFKC", cell).translate(EASTERN_DIGITS)
        if not NUMBER.fullmatch(number) or RESERVED.fullmatch(number):
            what = _('"{text}" cannot be a number').format(text=cell)
            return wrong(what, _("Use letters, digits, points and dashes only, without blanks."))
        return number
    if column == "gender":
        what = _('the gender "{text}" is not known').format(text=cell)
        return GENDERS.get(cell.casefold()) or wrong(what, _("Write f or m, or nothing."))
    if column == "language":
        return language_code(cell) or wrong(no_language(cell), hint(cell, LANGUAGES))
    return cell


def _check_twice(file: str, people: Iterable[Person], lines: list[int], problems: list[Problem]) -> None:
    seen: dict[str, int] = {}
    for person, line in zip(people, lines, strict=True):
        number = person.number.casefold()  # file names on Windows do not tell large from small letters
        if number and number in seen:
            what = _('the number "{number}" appears twice (first in row {line})')
            what = what.format(number=person.number, line=seen[number])
            problems.append(Problem(file, line, 0, what, _("Give one of them another number.")))
        seen.setdefault(number, line)


def _unreadable(path: Path, what: str, remedy: str, line: int = 0) -> UnreadableError:
    return UnreadableError(Problem(str(path), line, 0, what, remedy))
