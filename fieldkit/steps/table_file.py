"""Marks from a table made elsewhere: a CSV file as columns for the analysis, or everything that is wrong with it."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from fieldkit.errors import BadInput, Problem
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
        raise BadInput(told + (f"\n... and {more} more like these." if more > 0 else ""), problems=self.problems)


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
                found.problem(reader.line_num, f"there are {len(cells)} values for {len(head)} columns")
            else:
                found.rows.append((reader.line_num, dict(zip(head, [*cells, *[""] * len(head)], strict=False))))
    except csv.Error as error:
        found.problem(reader.line_num, f"the line cannot be read: {error}")
    if not found.rows:
        found.problem(0, "there are no marks in it", f"The columns are {', '.join(needed)}, one row a mark.")
    return found


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        remedy = "Save it as “CSV UTF-8”."
        raise BadInput(f"{path} is not in UTF-8 (byte {error.start + 1}).", remedy) from error
    except OSError as error:
        raise BadInput(f"{path} cannot be read: {error.strerror or error}.", "Check its name and place.") from error


def _head(path: Path, line: int, cells: Sequence[str], needed: Sequence[str]) -> list[str]:
    head = [cell.casefold() for cell in cells]
    missing = [name for name in needed if name not in head]
    double = sorted({name for name in head if name and head.count(name) > 1})
    if missing:
        remedy = f"The first line names the columns: {', '.join(needed)}."
        raise BadInput.from_problems([Problem(str(path), line, 0, f"no column {', '.join(missing)}", remedy)])
    if double:
        raise BadInput.from_problems([Problem(str(path), line, 0, f"two columns are called {', '.join(double)}")])
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
            rows.problem(line, f"{', '.join(absent)} is empty")
        elif key in seen:
            rows.problem(line, f'item "{key[3]}" of this sheet appears twice (first on line {seen[key]})')
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
        rows.problem(line, f'the overall rating "{mark}" is not on its scale', f"It is {RATINGS[0]} to {RATINGS[-1]}.")


def _points(rows: Rows, line: int, row: Mapping[str, str]) -> tuple[float | None, float | None]:
    points, of = number(rows, line, "mark", row["mark"]), number(rows, line, "of", row.get("of", ""))
    if points is not None and points < 0:
        rows.problem(line, f"a mark of {points:g} is below 0")
    elif of is not None and of <= 0:
        rows.problem(line, f'column "of": {of:g} is not above 0')
    elif points is not None and of is not None and points > of:
        rows.problem(line, f"a mark of {points:g} is above the most that could be had ({of:g})")
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
    rows.problem(line, f'column "{column}" holds "{text}", which is not a number')
    return None


def _table(
    marks: Mapping[tuple[str, str, str, str], tuple[float | None, float | None]],
    ratings: Mapping[tuple[str, str, str], float],
) -> MarkTable:
    most: dict[tuple[str, str], float] = {}
    for (_, station, _, item), (points, _) in marks.items():
        most[station, item] = max(most.get((station, item), 0.0), points or 0.0)
    made = [(*key, p, (most[key[1], key[3]] or 1.0) if of is None else of) for key, (p, of) in marks.items()]
    columns = list(zip(*made, strict=True)) if made else [()] * 6
    rated = [(*key, grade) for key, grade in ratings.items()]
    overall = list(zip(*rated, strict=True)) if rated else [()] * 4
    return MarkTable(ItemMarks(*columns), OverallRatings(*overall))
