"""fieldkit calibrate"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from .shared import json_option, print_json

if TYPE_CHECKING:
    from fieldkit.judging.calibration import Calibration, ItemAgreement, PersonAgreement

EN = "en"


@click.command("calibrate")
@click.argument("file", type=click.Path(path_type=Path))
@json_option
def command(file: Path, as_json: bool) -> None:
    """Before the day: show where instructors differ who all marked the same performances.

    FILE is a CSV file with the columns performance, instructor, item, mark: a few scripted performances (a colleague
    acts them out, or on film), marked by everybody on their own. Marks are numbers, or the words of the scale.
    """
    from fieldkit.steps.calibrate import calibrate

    found = calibrate(file)
    if as_json:
        print_json(found.as_dict())
        return
    for line in _summary(found):
        click.echo(line)


def _summary(found: Calibration) -> Iterator[str]:
    from fieldkit.reports.quality_figures import share

    yield (
        f"{_counted(found.performances, 'performance')}, {_counted(len(found.items), 'item')},"
        f" {_counted(len(found.people), 'instructor')}."
    )
    yield f"All items, pairs of instructors with the same mark: {share(found.exact, EN)}"
    yield ""
    yield "Talk about these first (who gave what)"
    apart = [item for item in found.items if item.apart]
    for item in apart:
        yield from _item(item)
    if len(found.people) < 2:
        yield "  Nothing to compare: only one instructor has marked."
    elif not apart:
        yield "  Nothing: everybody gave the same marks."
    agreed = [item.item for item in found.items if not item.apart and item.exact.n]
    if agreed:
        yield f"  The same mark from everybody: {', '.join(agreed)}."
    yield ""
    yield "Instructors (to talk about; this is no judgement)"
    for person in found.people:
        yield from _person(person)


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}{'s' if number != 1 else ''}"


def _item(item: ItemAgreement) -> Iterator[str]:
    from fieldkit.reports.quality_figures import share, told

    yield f"  {item.item}: pairs of instructors with the same mark: {share(item.exact, EN)}"
    for apart in item.apart:
        by_mark: dict[str, list[str]] = {}
        for who, mark in apart.marks.items():
            by_mark.setdefault(mark, []).append(who)
        yield f"      {apart.performance}: " + "; ".join(f"{mark}: {', '.join(w)}" for mark, w in by_mark.items())
    if item.alpha.value is not None:
        yield f"      beyond chance (Krippendorff's alpha): {told(item.alpha, 2, EN)}"


def _person(person: PersonAgreement) -> Iterator[str]:
    from fieldkit.reports.quality_figures import share, told

    yield f"  {person.instructor}: the same as most of the others: {share(person.same, EN)}"
    low, high = person.difference.low, person.difference.high
    if person.difference.value is not None:
        clear = low is not None and high is not None and not low <= 0 <= high
        yield f"      own mark minus the others': {told(person.difference, 2, EN)}{'  look here' if clear else ''}"
    if person.missing:
        listed = [f"{performance} {item}" for performance, item in person.missing]
        more = f" and {len(listed) - 6} more" if len(listed) > 6 else ""
        yield f"      not marked: {', '.join(listed[:6])}{more}"
