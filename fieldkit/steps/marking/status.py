"""Where a course stands: which sheets are issued, scored, partly marked, waiting or missing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fieldkit.course import Course
from fieldkit.model.marks import MarkedSheet
from fieldkit.model.sheet import lay_out
from fieldkit.model.state import Issued
from fieldkit.steps.marking.score import suspicious

STATUSES = ("scored", "review", "partly", "issued", "void")


@dataclass(frozen=True)
class Status:
    """Issued sheets that have a trainee, how many spares there are, and what a person should look at (sheet, note)."""

    sheets: tuple[MarkedSheet, ...]
    spares: int
    notes: tuple[tuple[str, str], ...]

    @property
    def total(self) -> Counter[str]:
        """Sheets by status."""
        return Counter(sheet.status for sheet in self.sheets)

    def by(self, what: str) -> dict[str, Counter[str]]:
        """Sheets by status for each station or trainee, in the order of printing."""
        found: dict[str, Counter[str]] = {}
        for sheet in self.sheets:
            found.setdefault(getattr(sheet, what), Counter())[sheet.status] += 1
        return found

    @property
    def waiting(self) -> tuple[MarkedSheet, ...]:
        """Sheets that wait for a person."""
        return tuple(sheet for sheet in self.sheets if sheet.status == "review")

    @property
    def missing(self) -> tuple[MarkedSheet, ...]:
        """Sheets that were issued and are not marked in full."""
        return tuple(sheet for sheet in self.sheets if sheet.status in ("issued", "partly"))


def course_status(course: Course) -> Status:
    """The status of every issued sheet."""
    marked = course.state.all_marked()
    named = tuple(sheet for sheet in marked if sheet.trainee)
    spares = sum(not sheet.trainee and not sheet.voided for sheet in marked)
    notes = tuple((sheet.sheet, note) for sheet in named if not sheet.voided for note in suspicious(course, sheet))
    return Status(named, spares, notes)


def sheets_list(course: Course) -> list[dict[str, Any]]:
    """Every printed page with its boxes, for programs: one entry a page, in the order of printing."""
    listed = []
    for name, issued in course.state.issued.items():
        marked = course.state.marked(name)
        for page, (pdf, pdf_page) in zip(lay_out(marked.items, issued.paper, issued.layout), issued.pages, strict=True):
            listed.append(
                {
                    "sheet": name,
                    "code": page_code(course, issued, page.number),
                    "trainee": marked.trainee,
                    "station": marked.station,
                    "instructor": marked.instructor,
                    "status": marked.status if marked.trainee or marked.voided else "spare",
                    "pdf": str(course.path(*Path(pdf).parts)),
                    "page": pdf_page,
                    "layout": {"page_mm": [page.width_mm, page.height_mm], "boxes": _boxes(marked, page.boxes)},
                }
            )
    return listed


def page_code(course: Course, issued: Issued, page: int) -> str:
    """What the QR code of one page of a sheet says."""
    from fieldkit.model.codes import Code

    return str(Code("S", course.state.code, issued.sheet.code_id, issued.layout, page))


def _boxes(marked: MarkedSheet, boxes: Iterable[Any]) -> list[dict[str, Any]]:
    items = {item.id: item for item in marked.items}
    listed = []
    for box in boxes:
        item = items.get(box.item)
        mark = item.scale.mark(box.mark) if item else None
        points = item.points_for(mark) if item and mark else None
        listed.append(
            {
                "item": box.item,
                "mark": box.mark,
                "points": None if points is None else format(points, "f"),
                "fails": bool(item and mark and item.fails_with(mark)),
                "x_mm": round(box.x_mm, 3),
                "y_mm": round(box.y_mm, 3),
                "r_mm": box.r_mm,
            }
        )
    return listed
