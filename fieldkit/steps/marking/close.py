"""Closing the day: every issued sheet accounted for, on a page that proves the record later."""

from __future__ import annotations

from gettext import gettext as _
from pathlib import Path

from fieldkit.course import PACK, Course
from fieldkit.errors import BadInput
from fieldkit.model.state import CLOSED
from fieldkit.printing.closing import Closing, print_closing
from fieldkit.record.chains import runs
from fieldkit.steps.preparing.draw import BY

CLOSING = "closing-"  # how the file begins, before the code


def close_day(course: Course) -> tuple[Path, Closing]:
    """Print how every issued sheet ended, with the head code of the record, and record that this was done.

    The code covers all entries before the closing itself; `fieldkit verify --head CODE` finds it again.
    """
    sheets = course.state.all_marked()
    if not sheets:
        raise BadInput(
            _("Nothing was issued yet, so there is nothing to close."),
            _("Print first: {command}").format(command="fieldkit print"),
        )
    head, covered = course.record.head(), [list(one) for one in runs(course.record.entries)]
    last = max(entry.at for entry in course.record.entries)
    people = {**course.instructors, **course.trainees}
    closing = Closing(course.settings, people, sheets, head, last)
    path = course.path(PACK, f"{CLOSING}{head}.pdf")
    print_closing(closing, path)
    course.append([(CLOSED, {"head": head, "runs": covered, "counts": closing.counts})], BY)
    return path, closing
