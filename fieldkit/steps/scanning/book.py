"""Taking down what was read: marks into the record, pictures into the folder `scans`, and where each page ended.

Some hundred pages are written at a time: first the straightened pages, then the marks, then that the pages were read.
So whatever is cut off is read again.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from gettext import gettext as _
from itertools import count
from pathlib import Path
from typing import Any

from fieldkit.course import Course
from fieldkit.files import refusal, write_whole
from fieldkit.model.codes import short_id, show_short
from fieldkit.model.marks import MarkedSheet
from fieldkit.model.state import CALIBRATION_DRAWN, MARKS
from fieldkit.scan.bins import Bin, Reading
from fieldkit.scan.files import Source
from fieldkit.steps.marking.pages_read import PAGE_READ, SCANNED, SCANS, PageRead, crop_path, pages_read
from fieldkit.steps.marking.score import Marking, give_all
from fieldkit.steps.scanning.ending import Ending, beside, ending_of
from fieldkit.steps.scanning.pictures import Found, PictureReader
from fieldkit.steps.scanning.readings import instructor_of
from fieldkit.steps.scanning.selftest_sheet import selftest_code
from fieldkit.steps.scanning.sheets import EXERCISE, SELFTEST, CourseSheets, Issued

BY = "scan"
AT_A_TIME = 100  # pages between two writes to the record


@dataclass(frozen=True)
class ScannedPage:
    """One page that was put in: where it ended and why; `readings` are (item, mark or None, what is unclear)."""

    file: Path
    page: int
    bin: Bin
    sheet: str = ""
    why: str = ""
    readings: tuple[tuple[str, str | None, str], ...] = ()
    waits: bool = False

    def as_dict(self) -> dict[str, Any]:
        """For programs."""
        readings = [{"item": i, "mark": mark, "sure": mark is not None} for i, mark, _ in self.readings]
        told = {"file": str(self.file), "page": self.page, "bin": str(self.bin), "sheet": self.sheet, "why": self.why}
        return told | {"readings": readings}


class Book:
    """Knows what was read before, decides where each page ends, and takes marks down."""

    def __init__(self, course: Course, by: str, dry_run: bool) -> None:
        self.course, self.dry_run = course, dry_run
        self.pages: list[ScannedPage] = []
        self._by = by
        earlier = pages_read(course)
        self._read_before = {(page.digest, page.page): page for page in earlier}
        self._first: dict[tuple[str, int], PageRead] = {}
        for page in earlier:
            self._first.setdefault((page.sheet, page.sheet_page), page)
        self._pictures = {page.picture for page in earlier}
        self._gone = {key for key, page in self._read_before.items() if self._lost(page.picture)}
        self._state = course.state
        self._waiting: list[tuple[PageRead, Ending]] = []
        self.seen: list[PageRead] = []
        self._spares: list[tuple[int, tuple[Reading, ...], PageRead | None]] = []

    def reader(self) -> PictureReader:
        """What reads the pictures; it knows no more of the course than that takes."""
        state = self._state
        issued = {
            name: Issued(one.sheet.code_id, one.form, one.paper, one.layout, one.sheet.spare)
            for name, one in state.issued.items()
        }
        sheets = CourseSheets(state.code, _elsewhere(self.course), issued, state.forms)
        return PictureReader(sheets, frozenset(self._read_before.keys() - self._gone), self.dry_run)

    def _lost(self, picture: str) -> bool:
        """Whether a picture that was kept has been taken away since, or did not reach the disk."""
        if not picture:
            return False
        path = self.course.path(*picture.split("/"))
        return not path.exists() or not path.stat().st_size  # empty is what a power cut leaves

    def add(self, source: Source, found: Found) -> None:
        """Decide where a page ends. Raises FieldkitError where its picture cannot be kept."""
        if (before := self._read_before.get((found.digest, source.page))) and found.digest:
            told = _("this file was read before, on {day}") if before.at else _("this file was read before")
            why = told.format(day=before.at[:10])
            if found.picture and self._lost(before.picture):
                self._write_pictures(before.picture, before.sheet, found)
                why = "; ".join((why, _("its picture was gone, and is kept again")))
            self.pages.append(ScannedPage(source.file, source.page, Bin.DUPLICATE, before.sheet, why))
        elif found.refusal:
            name, why, sheet = found.refusal
            self.pages.append(ScannedPage(source.file, source.page, name, sheet, why, waits=name == Bin.UNREADABLE))
        else:
            self._add_seen(source, found)
        if len(self._waiting) >= AT_A_TIME:
            self.write()

    def _add_seen(self, source: Source, found: Found) -> None:
        assert found.code is not None
        code, readings = found.code, found.readings
        sheet = self._state.marked(short_id(code.id))
        key = sheet.sheet, code.page
        first = self._first.get(key)
        ending = ending_of(sheet, readings, first, self._instructor(sheet))
        page = PageRead(source.file.name, found.digest, source.page, *key, marks=ending.marks, waits=ending.waits)
        page = replace(page, stickers=tuple(str(person) for person in found.stickers))
        if found.picture:
            page = replace(page, picture=self._keep(*key, found))
            self._waiting.append((page, ending))
        self.seen.append(page)
        self._first.setdefault(key, page)
        if found.digest:
            self._read_before[found.digest, source.page] = page
        if not sheet.trainee:
            self._spares.append((len(self.pages), readings, first))
        said = tuple((r.item, r.mark, r.why) for r in readings)
        told = ScannedPage(source.file, source.page, ending.bin, sheet.sheet, ending.why, said, ending.open)
        self.pages.append(told)

    def _instructor(self, sheet: MarkedSheet) -> str:
        """Who marked a sheet; nobody, where the roster does not have him."""
        who = instructor_of(self.course, sheet, self._by)
        return who if who in self.course.instructors else ""

    def _keep(self, sheet: str, number: int, found: Found) -> str:
        """Write the straightened page and the crops of its rows, all or none; an earlier picture of the page stays,
        but what a scan of the same file that was cut off has left is written over."""
        names = (f"{SCANS}/{sheet}/{_named(number, found.digest, again)}" for again in count(1))
        picture = next(name for name in names if name not in self._pictures)
        self._pictures.add(picture)
        self._write_pictures(picture, sheet, found)
        return picture

    def _write_pictures(self, picture: str, sheet: str, found: Found) -> None:
        files = {crop_path(picture, item): row for item, row in found.rows.items()} | {picture: found.picture}
        paths = {self.course.path(*name.split("/")): data for name, data in files.items()}
        try:
            for path, data in paths.items():
                path.parent.mkdir(parents=True, exist_ok=True)
                write_whole(path, [data], lasting=False)
        except OSError as error:
            for path in paths:
                with suppress(OSError):  # what cannot be taken away is written over when the sheet is read again
                    path.unlink(missing_ok=True)
            told = _("the picture of sheet {sheet} was not kept, and its marks were not recorded")
            raise refusal(error, told.format(sheet=show_short(sheet))) from error

    def write(self) -> None:
        """Take down what has gathered: marks first, so that a page counts as read only when its marks are there."""
        if self._waiting:
            with self.course.alone():
                self._write()

    def _write(self) -> None:
        markings, besides = [], []
        for page, ending in self._waiting:
            sheet = self.course.state.marked(page.sheet)
            if sheet.voided or not sheet.trainee:  # perhaps only since the page was read: then it waits as a whole
                continue
            who = self._instructor(sheet)
            if ending.give:
                markings.append(Marking(page.sheet, who, ending.give))
            if ending.beside:
                besides.append((MARKS, beside(page.sheet, who, ending.beside)))
        if markings:
            give_all(self.course, markings, whole=False, channel=SCANNED)
        self.course.append([*besides, *((PAGE_READ, page.body) for page, _ in self._waiting)], BY)
        self._waiting.clear()
        self._state = self.course.state

    def foretell(self, spares: Mapping[str, str]) -> None:
        """Say of these spares, which nothing is recorded of, what their stickers would come to."""
        for number, _readings, _first in self._spares:
            told = self.pages[number]
            if told.sheet in spares:
                self.pages[number] = replace(told, why=spares[told.sheet])

    def look_again(self, spares: Collection[str]) -> None:
        """Decide anew where the pages of these spares end, which were given to a trainee since they were read."""
        for number, readings, first in self._spares:
            told = self.pages[number]
            if told.sheet in spares:
                sheet = self.course.state.marked(told.sheet)
                ending = ending_of(sheet, readings, first, self._instructor(sheet))
                given = _("given to {trainee} by the sticker on it").format(trainee=sheet.trainee)
                why = "; ".join(filter(None, (given, ending.why)))
                self.pages[number] = replace(told, bin=ending.bin, why=why, waits=ending.open)


def _elsewhere(course: Course) -> dict[str, str]:
    """What is said of the sheets that another command reads, by the id in their code."""
    said = {selftest_code(course).id: SELFTEST}
    if any(entry.kind == CALIBRATION_DRAWN for entry in course.record.entries):
        from fieldkit.steps.calibrating.exercise_scan import exercise_sheets  # which loads what draws exercises

        said |= dict.fromkeys(exercise_sheets(course), EXERCISE)
    return said


def _named(number: int, digest: str, again: int) -> str:
    """What a picture of a page is called: by the file it came from, so that no other laptop gives another picture the
    same name."""
    return f"page-{number}-{digest[:6]}.jpg" if again == 1 else f"page-{number}-{digest[:6]}-{again}.jpg"
