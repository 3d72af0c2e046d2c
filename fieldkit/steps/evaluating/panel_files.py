"""What a panel decided about the pass mark: files in the course's folder `standards`, or all that is wrong with them.

    angoff.csv    judge, station, item, probability                           one row for each item and judge
    ebel.csv      judge, station, item, relevance, difficulty, probability    the same; one probability for each cell
    hofstee.csv   judge, lowest_mark, highest_mark, lowest_fail, highest_fail (, station)         one row for each judge

A probability is the share of just-competent trainees who would get the item, 0 to 1; a column `percent`, 0 to 100, does
as well. Hofstee's limits are per cent; a row without a station counts for the course and every station without its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from gettext import gettext as _
from pathlib import Path

from fieldkit.course import Course
from fieldkit.errors import BadInput, Problem
from fieldkit.model.scoresheet import Item
from fieldkit.steps.evaluating.table_file import number
from fieldkit.steps.marking.csv_rows import Rows, read_rows

FOLDER = "standards"
PANELS = ("angoff", "ebel", "hofstee")
RELEVANCE = ("essential", "important", "acceptable", "questionable")
DIFFICULTY = ("easy", "medium", "hard")
LIMITS = ("lowest_mark", "highest_mark", "lowest_fail", "highest_fail")
WHOLE = ""  # the course
FEWEST_JUDGES = 5

Ratings = dict[str, dict[str, dict[str, float]]]  # by station, judge and item


@dataclass
class Panel:
    """What one file says. `ratings` has shares by station, judge and item; `cells` each item's cell by the same;
    `boxes` Hofstee's four limits in per cent by station and judge. `problems` has all that is wrong."""

    ratings: Ratings = field(default_factory=dict)
    cells: dict[tuple[str, str, str], tuple[str, str]] = field(default_factory=dict)
    boxes: dict[str, dict[str, tuple[float, ...]]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def panel_path(course: Course, method: str) -> Path:
    """Where the file of a method lies."""
    return course.path(FOLDER, f"{method}.csv")


def read_panel(course: Course, method: str) -> Panel | None:
    """What the panel decided for a method; None where there is no file. Raises BadInput with all that is wrong."""
    panel = _read(course, method)
    if panel and (wrong := [problem for problem in panel.problems if not problem.warning]):
        raise BadInput.from_problems(wrong)
    return panel


def panel_problems(course: Course) -> Iterator[Problem]:
    """What is wrong with the panel's files, and what the course's method is missing."""
    wished = {course.settings.standard(station.id) for station in course.settings.stations}
    for method in PANELS:
        panel = _read(course, method)
        if panel:
            yield from panel.problems
        elif method in wished:
            what = _("the pass marks are to be set by {method}, and this file is not there").format(method=method)
            remedy = _("Until it is, the fixed pass mark counts.")
            yield Problem(str(panel_path(course, method)), 0, 0, what, remedy, warning=True)


def items_at(course: Course, station: str) -> Mapping[str, float]:
    """The items of a station that carry points, with the most that each can earn."""
    from fieldkit.generator.draw import draw_exercise

    settings = course.settings.station(station)
    if settings is None:
        return {}
    exercise = draw_exercise(course.library.scenario(settings.scenario), course.library, 0, clean=False)
    return {item.id: most for item in exercise.items if (most := most_points(item))}


def most_points(item: Item) -> float:
    """The most that an item can earn."""
    return float(max((p for mark in item.scale.marks if (p := item.points_for(mark)) is not None), default=0))


def _read(course: Course, method: str) -> Panel | None:
    path = panel_path(course, method)
    if not path.exists():
        return None
    rows, panel = _rows(path, method), Panel()
    if method == "hofstee":
        _read_boxes(course, rows, panel)
    else:
        _read_ratings(course, rows, panel, sorted_items=method == "ebel")
        panel.problems += _left_out(course, path, panel, method)
    panel.problems[:0] = rows.problems
    return panel


def _rows(path: Path, method: str) -> Rows:
    """The rows of a file, whichever column has the shares."""
    if method == "hofstee":
        return read_rows(path, ("judge", *LIMITS))
    sorting = ("relevance", "difficulty") if method == "ebel" else ()
    try:
        return read_rows(path, ("judge", "station", "item", *sorting, "probability"))
    except BadInput as refusal:
        if not any("probability" in problem.what for problem in refusal.problems):
            raise
    return read_rows(path, ("judge", "station", "item", *sorting, "percent"))


def _read_ratings(course: Course, rows: Rows, panel: Panel, *, sorted_items: bool) -> None:
    known = {station.id: items_at(course, station.id) for station in course.settings.stations}
    seen: dict[tuple[str, str, str], int] = {}
    shares: dict[tuple[str, str, str], tuple[float, int]] = {}
    for line, row in rows.rows:
        judge, station, item = (row[name] for name in ("judge", "station", "item"))
        share = _share(rows, line, row)
        if absent := [name for name in ("judge", "station", "item") if not row[name]]:
            rows.problem(line, _("{columns} is empty").format(columns=", ".join(absent)))
        elif station not in known:
            _unknown_station(rows, line, station, known)
        elif item not in known[station]:
            told = _('station {station} has no item "{item}" that carries points')
            remedy = _("Its items: {items}.").format(items=", ".join(known[station]))
            rows.problem(line, told.format(station=station, item=item), remedy)
        elif (judge, station, item) in seen:
            told = _('{judge} rates "{item}" of {station} twice (first on line {line})')
            rows.problem(line, told.format(judge=judge, item=item, station=station, line=seen[judge, station, item]))
        elif share is not None and (not sorted_items or _sorted(rows, line, row, share, panel, shares)):
            panel.ratings.setdefault(station, {}).setdefault(judge, {})[item] = share
        seen.setdefault((judge, station, item), line)


def _unknown_station(rows: Rows, line: int, station: str, known: Mapping[str, object]) -> None:
    remedy = _("The stations are {stations}.").format(stations=", ".join(known))
    rows.problem(line, _('there is no station "{station}"').format(station=station), remedy)


def _share(rows: Rows, line: int, row: Mapping[str, str]) -> float | None:
    """The share on a row, 0 to 1; None where it is missing or wrong, which is noted."""
    column, most = ("probability", 1.0) if "probability" in row else ("percent", 100.0)
    value = number(rows, line, column, row[column].removesuffix("%").strip())
    if value is None:
        if not row[column]:
            rows.problem(line, _("{columns} is empty").format(columns=column))
        return None
    if not 0 <= value <= most:
        remedy = _("Write a number from {least} to {most}.").format(least=0, most=f"{most:g}")
        rows.problem(
            line, _('column "{column}": {value} is out of range').format(column=column, value=f"{value:g}"), remedy
        )
        return None
    return value / most


def _sorted(
    rows: Rows, line: int, row: Mapping[str, str], share: float, panel: Panel,
    shares: dict[tuple[str, str, str], tuple[float, int]],
) -> bool:  # fmt: skip
    """Notes the cell of an item; whether it has one, with one and the same share for all items of a judge's cell."""
    relevance, difficulty = row["relevance"].casefold(), row["difficulty"].casefold()
    for column, word, words in (("relevance", relevance, RELEVANCE), ("difficulty", difficulty, DIFFICULTY)):
        if word not in words:
            told = _('column "{column}": "{word}" is not one of its words').format(column=column, word=word)
            rows.problem(line, told, _("Write one of: {words}.").format(words=", ".join(words)))
            return False
    earlier, first = shares.setdefault((row["judge"], relevance, difficulty), (share, line))
    if abs(earlier - share) > 1e-9:
        told = _("the cell {cell} of {judge} has two shares: {one} on line {line}, {other} here")
        cell = f"{relevance}/{difficulty}"
        rows.problem(
            line, told.format(cell=cell, judge=row["judge"], one=f"{earlier:g}", line=first, other=f"{share:g}")
        )
        return False
    panel.cells[row["station"], row["judge"], row["item"]] = (relevance, difficulty)
    return True


def _read_boxes(course: Course, rows: Rows, panel: Panel) -> None:
    known = {station.id: True for station in course.settings.stations}
    seen: dict[tuple[str, str], int] = {}
    for line, row in rows.rows:
        judge, station = row["judge"], row.get("station", WHOLE)
        limits = [number(rows, line, name, row[name].removesuffix("%").strip()) for name in LIMITS]
        if absent := [name for name in ("judge", *LIMITS) if not row[name]]:
            rows.problem(line, _("{columns} is empty").format(columns=", ".join(absent)))
        elif station and station not in known:
            _unknown_station(rows, line, station, known)
        elif (judge, station) in seen:
            told = _("{judge} speaks twice for the same (first on line {line})")
            rows.problem(line, told.format(judge=judge, line=seen[judge, station]))
        elif all(limit is not None for limit in limits):
            _box(rows, line, tuple(limit or 0.0 for limit in limits), panel.boxes.setdefault(station, {}), judge)
        seen.setdefault((judge, station), line)


def _box(rows: Rows, line: int, limits: tuple[float, ...], boxes: dict[str, tuple[float, ...]], judge: str) -> None:
    lowest_mark, highest_mark, lowest_fail, highest_fail = limits
    if not all(0 <= limit <= 100 for limit in limits):
        rows.problem(line, _("a limit lies outside 0 to 100 %"))
    elif not lowest_mark < highest_mark:
        rows.problem(line, _("the lowest acceptable pass mark is not below the highest"))
    elif not lowest_fail < highest_fail:
        rows.problem(line, _("the lowest acceptable share of failures is not below the highest"))
    else:
        boxes[judge] = limits


def _left_out(course: Course, path: Path, panel: Panel, method: str) -> Iterator[Problem]:
    """What a panel has not rated where its method is wished: told, as the fixed mark counts there."""
    for station in course.settings.stations:
        if course.settings.standard(station.id) != method:
            continue
        judges, items = panel.ratings.get(station.id, {}), items_at(course, station.id)
        for judge, ratings in judges.items():
            if missing := [item for item in items if item not in ratings]:
                told = _("{judge} has not rated {items} of station {station}, and is left out there")
                what = told.format(judge=judge, items=", ".join(missing), station=station.id)
                yield Problem(str(path), 0, 0, what, warning=True)
        whole = sum(all(item in ratings for item in items) for ratings in judges.values())
        if whole < FEWEST_JUDGES:
            told = _("station {station}: judges who rated every item: {n}, needed: {least}; the fixed pass mark counts")
            what = told.format(station=station.id, n=whole, least=FEWEST_JUDGES)
            yield Problem(str(path), 0, 0, what, warning=True)
