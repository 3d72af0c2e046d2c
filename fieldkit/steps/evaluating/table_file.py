"""Marks from a table made elsewhere: a CSV file as columns for the analysis, or everything that is wrong with it."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from gettext import gettext as _
from pathlib import Path

from fieldkit.judging.table import ItemMarks, MarkTable, OverallRatings
from fieldkit.model.local_forms import EASTERN_DIGITS
from fieldkit.model.scoresheet import RATING, RATINGS
from fieldkit.steps.marking.csv_rows import Rows, read_rows

COLUMNS = ("trainee", "station", "instructor", "item", "mark")
NOT_APPLICABLE = frozenset({"", "-", "–", "n/a", "na"})


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
