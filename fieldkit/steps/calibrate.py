"""Before the day: the marks that all instructors gave to the same performances, from a file, and how they agree."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from fieldkit.errors import NotInstalled
from fieldkit.steps.score import read_mark
from fieldkit.steps.table_file import read_rows

if TYPE_CHECKING:
    from fieldkit.judging.calibration import Calibration

COLUMNS = ("performance", "instructor", "item", "mark")


def calibrate(path: Path) -> Calibration:
    """Agreement on the performances in a CSV file with the columns performance, instructor, item, mark.

    A mark may be a number or a word of a scale; an empty one was not given. Raises BadInput with every problem and its
    line, NotInstalled without the extra.
    """
    rows = read_rows(path, COLUMNS)
    marks: dict[tuple[str, str], dict[str, str]] = {}
    seen: dict[tuple[str, str, str], int] = {}
    for line, row in rows.rows:
        performance, who, item = (row[name] for name in COLUMNS[:3])
        if absent := [name for name in COLUMNS[:3] if not row[name]]:
            rows.problem(line, f"{', '.join(absent)} is empty")
        elif (performance, who, item) in seen:
            first = seen[performance, who, item]
            rows.problem(line, f'{who} marks "{item}" of {performance} twice (first on line {first})')
        elif row["mark"]:
            marks.setdefault((performance, item), {})[who] = read_mark(item, row["mark"])
        seen.setdefault((performance, who, item), line)
    if rows.rows and not rows.problems and not marks:
        rows.problem(0, "no row has a mark")
    rows.refuse()
    try:
        from fieldkit.judging.calibration import calibration
    except ImportError as error:
        raise NotInstalled("The comparison of instructors", "statistics") from error
    return calibration(marks)
