"""Marks from a table made elsewhere: a CSV file as columns for the analysis, or everything that is wrong with it."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from gettext import gettext as _
from pathlib import Path

from fieldkit.errors import BadInput, Problem
from fieldkit.files import why_not
from fieldkit.judging.table import ItemMarks, MarkTable, OverallRatings
from fieldkit.model.scoresheet import RATING, RATINGS
from fieldkit.steps.score import EASTERN_DIGITS

COLUMNS = ("trainee", "station", "instructor", "item", "mark")
SEPARATORS = ",;\t"
NOT_APPLICABLE = frozenset({"", "-", "–", "n/a", "na"})
MOST_SHOWN = 20


@dataclass
class Rows:
    """The rows of a file by line, as they are read; `problems` grows with all that is wrong."""

    path: Path
    rows: list[tuple[int, dict[str, str]]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def problem(self, line: int, what: str, remedy: str = "") -> None:
        """Something is wrong on a line."""
        self.problems.append(Problem(str(self.path), line, 0, what, remedy))

    def refuse(self) -> None:
        """Raise BadInput with all problems (the first 20 by name), if there are any."""
        if not self.problems:
            return
        more = len(self.problems) - MOST_SHOWN
        told = "\n".join(str(problem) for problem in self.problems[:MOST_SHOWN])
        told += "\n" + _("... and more like these: {n}.").format(n=more) if more > 0 else ""
        raise BadInput(told, problems=self.problems)


def read_rows(path: Path, needed: Sequence[str]) -> Rows:
    """The rows of a CSV file in UTF-8 by the names of its columns, whatever the case, with their lines.

    Commas, semicolons or tabs may part the columns. Raises BadInput for a file that cannot be read, a missing or double
    column, and a file without rows; rows that are too long or leave a needed name empty are noted as problems.
    """
    text = _text(path)
    first = text.lstrip("\r\n").split("\n", 1)[0]
    separator = max(SEPARATORS, key=first.count)
    found, head = Rows(path), None
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        for cells in reader:
            cells = [cell.strip() for cell in cells]
            if not any(cells):
                continue
            if head is None:
                head = _head(path, reader.line_num, cells, needed)
            elif len(cells) <= max(head.index(name) for name in needed) or any(cells[len(head) :]):
                told = _("there are {values} values for {columns} columns").format(values=len(cells), columns=len(head))
                found.problem(reader.line_num, told)
            else:
                found.rows.append((reader.line_num, dict(zip(head, [*cells, *[""] * len(head)], strict=False))))
    except csv.Error as error:
        found.problem(reader.line_num, _("the line cannot be read: {why}").format(why=error))
    if not found.rows:
        remedy = _("The columns are {columns}, one row a mark.").format(columns=", ".join(needed))
        found.problem(0, _("there are no marks in it"), remedy)
    return found


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        told = _("{path} is not in UTF-8 (byte {n}).").format(path=path, n=error.start + 1)
        raise BadInput(told, _("Save it as “CSV UTF-8”.")) from error
    except OSError as error:
        told = _("{path} cannot be read: {why}.").format(path=path, why=why_not(error))
        raise BadInput(told, _("Check its name and place.")) from error


def _head(path: Path, line: int, cells: Sequence[str], needed: Sequence[str]) -> list[str]:
    head = [cell.casefold() for cell in cells]
    missing = [name for name in needed if name not in head]
    double = sorted({name for name in head if name and head.count(name) > 1})
    if missing:
        what = _("no column {names}").format(names=", ".join(missing))
        remedy = _("The first line names the columns: {names}.").format(names=", ".join(needed))
        raise BadInput.from_problems([Problem(str(path), line, 0, what, remedy)])
    if double:
        what = _("two columns are called {names}").format(names=", ".join(double))
        raise BadInput.from_problems([Problem(str(path), line, 0, what)])
    return head


@dataclass(frozen=True)
class TableMarks:
    """The marks of a table; `guessed_most` where it did not say what could be had, see `table_from`."""

    marks: MarkTable
    guessed_most: bool


def table_from(path: Path) -> TableMarks:
    """The marks in a CSV file with the columns trainee, station, instructor, item, mark and, where wanted, of.

    `mark` holds points; an empty one, or `n/a`, did not apply. The item `rating` is the overall rating, 1 to 5. Without
    `of`, the most that anybody got for an item counts as the most that could be had (1 where nobody got anything).
    Raises BadInput with every problem, each with its line.
    """
    rows = read_rows(path, COLUMNS)
    marks: dict[tuple[str, str, str, str], tuple[float | None, float | None]] = {}
    ratings: dict[tuple[str, str, str], float] = {}
    seen: dict[tuple[str, ...], int] = {}
    for line, row in rows.rows:
        key = row["trainee"], row["station"], row["instructor"], row["item"]
        if absent := [name for name in COLUMNS[:4] if not row[name]]:
            rows.problem(line, _("{columns} is empty").format(columns=", ".join(absent)))
        elif key in seen:
            told = _('item "{item}" of this sheet appears twice (first on line {line})')
            rows.problem(line, told.format(item=key[3], line=seen[key]))
        elif key[3].casefold() == RATING:
            _rate(rows, line, row["mark"], key[:3], ratings)
        else:
            marks[key] = _points(rows, line, row)
        seen.setdefault(key, line)
    rows.refuse()
    return TableMarks(_table(marks, ratings), any(of is None and p is not None for p, of in marks.values()))


def _rate(
    rows: Rows, line: int, mark: str, key: tuple[str, str, str], ratings: dict[tuple[str, str, str], float]
) -> None:
    text = mark.translate(EASTERN_DIGITS)
    if text in RATINGS:
        ratings[key] = float(text)
    elif mark.casefold() not in NOT_APPLICABLE:
        told = _('the overall rating "{mark}" is not on its scale').format(mark=mark)
        rows.problem(line, told, _("It is {least} to {most}.").format(least=RATINGS[0], most=RATINGS[-1]))


def _points(rows: Rows, line: int, row: Mapping[str, str]) -> tuple[float | None, float | None]:
    points, of = number(rows, line, "mark", row["mark"]), number(rows, line, "of", row.get("of", ""))
    if points is not None and points < 0:
        rows.problem(line, _("a mark of {mark} is below 0").format(mark=f"{points:g}"))
    elif of is not None and of <= 0:
        rows.problem(line, _('column "{column}": {value} is not above 0').format(column="of", value=f"{of:g}"))
    elif points is not None and of is not None and points > of:
        told = _("a mark of {mark} is above the most that could be had ({most})")
        rows.problem(line, told.format(mark=f"{points:g}", most=f"{of:g}"))
    return points, of


def number(rows: Rows, line: int, column: str, text: str) -> float | None:
    """A number in a column; None where it is empty or does not apply. Text is noted as a problem."""
    if text.casefold() in NOT_APPLICABLE:
        return None
    try:
        value = float(text.translate(EASTERN_DIGITS).replace(",", "."))
    except ValueError:
        value = math.nan
    if math.isfinite(value) and abs(value) < 1e9:
        return value
    rows.problem(line, _('column "{column}": "{text}" is not a number').format(column=column, text=text))
    return None


def _table(
    marks: Mapping[tuple[str, str, str, str], tuple[float | None, float | None]],
    ratings: Mapping[tuple[str, str, str], float],
) -> MarkTable:
    most: dict[tuple[str, str], float] = {}
    for (_who, station, _by, item), (points, _of) in marks.items():
        most[station, item] = max(most.get((station, item), 0.0), points or 0.0)
    made = [(*key, p, (most[key[1], key[3]] or 1.0) if of is None else of) for key, (p, of) in marks.items()]
    columns = list(zip(*made, strict=True)) if made else [()] * 6
    rated = [(*key, grade) for key, grade in ratings.items()]
    overall = list(zip(*rated, strict=True)) if rated else [()] * 4
    return MarkTable(ItemMarks(*columns), OverallRatings(*overall))
