"""Marks typed into a spreadsheet: a CSV file as markings of sheets, or everything that is wrong with it."""

from __future__ import annotations

from gettext import gettext as _
from pathlib import Path

from fieldkit.steps.marking.csv_rows import read_rows
from fieldkit.steps.marking.score import Marking, read_mark

COLUMNS = ("sheet", "item", "mark")


def read_markings(path: Path, by: str = "") -> list[Marking]:
    """Markings from a CSV file with the columns sheet, item, mark and, where wanted, reason and by: one row a mark.

    The overall rating is the item `rating`. `by` is the instructor where no column says so. Raises BadInput with every
    problem and its line.
    """
    rows = read_rows(path, COLUMNS)
    marks: dict[tuple[str, str], dict[str, str]] = {}
    reasons: dict[tuple[str, str], dict[str, str]] = {}
    if rows.rows and not by and "by" not in rows.rows[0][1]:
        rows.problem(1, _("no column {names}").format(names="by"), _("Add it, or say with --by whose marks these are."))
    for line, row in rows.rows if not rows.problems else ():
        key, item = (row["sheet"], row.get("by") or by), row["item"]
        named = {name: row[name] for name in COLUMNS} | {"by": key[1]}
        if absent := [name for name, value in named.items() if not value]:
            rows.problem(line, _("{columns} is empty").format(columns=", ".join(absent)))
        elif item in marks.setdefault(key, {}):
            rows.problem(line, _('item "{item}" of sheet {sheet} appears twice').format(item=item, sheet=key[0]))
        else:
            marks[key][item] = read_mark(item, row["mark"])
            if reason := row.get("reason"):
                reasons.setdefault(key, {})[item] = reason
    rows.refuse()
    return [Marking(*key, given, reasons.get(key, {})) for key, given in marks.items()]
