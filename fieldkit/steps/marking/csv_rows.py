"""The rows of a CSV file that somebody made in a spreadsheet, with their lines, or everything that is wrong with it."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from gettext import gettext as _
from pathlib import Path

from fieldkit.errors import BadInput, Problem
from fieldkit.files import why_not

SEPARATORS = ",;\t"
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
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
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
