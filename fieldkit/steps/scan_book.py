"""Taking down what was read: marks into the record, pictures into the folder `scans`, and where each page ended.

Some hundred pages are written at a time: first the straightened pages, then the marks, then that the pages were read.
So whatever is cut off is read again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from dataclasses import dataclass, replace
from functools import lru_cache
from gettext import gettext as _
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fieldkit.course import Course
from fieldkit.files import refusal
from fieldkit.model.codes import Code, short_id, show_short
from fieldkit.model.marks import MarkedSheet
from fieldkit.model.sheet import LAYOUTS, Page, lay_out
from fieldkit.model.state import MARKS, Issued
from fieldkit.scan.bins import Bin
from fieldkit.steps.pages_read import PAGE_READ, SCANNED, SCANS, PageRead, crop_path, pages_read
from fieldkit.steps.readings import instructor_of
from fieldkit.steps.scan_ending import Ending, beside, ending_of
from fieldkit.steps.score import Marking, give_all
from fieldkit.steps.selftest_sheet import selftest_code

if TYPE_CHECKING:
    from fieldkit.scan.deciding import Reading
    from fieldkit.scan.pictures import Source
    from fieldkit.scan.straight import Straight
    from fieldkit.steps.scan_pictures import Found

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
        self.read_before = {(page.digest, page.page): page for page in earlier}
        self._first: dict[tuple[str, int], PageRead] = {}
        for page in earlier:
            self._first.setdefault((page.sheet, page.sheet_page), page)
        self._pictures = {page.picture for page in earlier}
        self._state = course.state
        self._layouts: dict[tuple[str, str, int], tuple[Page, ...]] = {}
        self._waiting: list[tuple[PageRead, Ending]] = []
        self._spares: list[tuple[int, tuple[Reading, ...], PageRead | None]] = []

    def layout_of(self, code: Code) -> tuple[str, Page]:
        """The paper and the layout of the page that a code names. Raises Refused for what this course did not print."""
        from fieldkit.scan.reading import Refused

        issued = self._state.issued.get(short_id(code.id))
        if code.course != self._state.code:
            told = _("it is from the course {other}; this is {course}")
            raise Refused(Bin.NOT_OURS, told.format(other=code.course, course=self._state.code))
        if code == selftest_code(self.course):
            raise Refused(Bin.NOT_OURS, _("it is the self-test sheet: read it with `fieldkit selftest`"))
        if code.kind != "S":
            raise Refused(Bin.NOT_OURS, _("its code is that of a tag or a sticker, not of a sheet"))
        if issued is None or issued.sheet.code_id != code.id:
            raise Refused(Bin.NOT_OURS, _("it was not issued by this course: was it printed on another laptop?"))
        pages = self._laid_out(issued)
        if code.layout != issued.layout or code.layout not in LAYOUTS or not 1 <= code.page <= len(pages):
            raise Refused(Bin.UNREADABLE, _("it has a layout that this version of fieldkit does not read"), code)
        return issued.paper, pages[code.page - 1]

    def _laid_out(self, issued: Issued) -> tuple[Page, ...]:
        """The pages of a sheet, worked out once for each form and paper."""
        form = issued.form, issued.paper, issued.layout
        if form not in self._layouts:
            self._layouts[form] = lay_out(self._state.forms[issued.form], issued.paper, issued.layout)
        return self._layouts[form]

    def is_spare(self, code: Code) -> bool:
        """Whether a code that `layout_of` knows is on a sheet that was printed as a spare."""
        return self._state.issued[short_id(code.id)].sheet.spare

    def digest(self, source: Source) -> str:
        """The content hash of a file, where it is needed to tell it from others."""
        if self.dry_run and not self.read_before:
            return ""
        stat = source.file.stat()
        return _digest(source.file, stat.st_mtime_ns, stat.st_size)

    def add(self, source: Source, found: Found) -> None:
        """Decide where a page ends. Raises FieldkitError where its picture cannot be kept."""
        if found.refusal:
            name, why, sheet = found.refusal
            self.pages.append(ScannedPage(source.file, source.page, name, sheet, why, waits=name == Bin.UNREADABLE))
        elif (before := self.read_before.get((found.digest, source.page))) and found.digest:
            told = _("this file was read before, on {day}") if before.at else _("this file was read before")
            why = told.format(day=before.at[:10])
            self.pages.append(ScannedPage(source.file, source.page, Bin.DUPLICATE, before.sheet, why))
        else:
            self._add_seen(source, found)
        if len(self._waiting) >= AT_A_TIME:
            self.write()

    def _add_seen(self, source: Source, found: Found) -> None:
        assert found.seen is not None
        code, readings = found.seen.code, found.seen.readings
        sheet = self._state.marked(short_id(code.id))
        key = sheet.sheet, code.page
        first = self._first.get(key)
        ending = ending_of(sheet, readings, first, self._instructor(sheet))
        page = PageRead(source.file.name, found.digest, source.page, *key, marks=ending.marks, waits=ending.waits)
        page = replace(page, stickers=tuple(str(person) for person in found.stickers))
        if found.straight:
            page = replace(page, picture=self._keep(*key, found.straight))
            self._waiting.append((page, ending))
        self._first.setdefault(key, page)
        if found.digest:
            self.read_before[found.digest, source.page] = page
        if not sheet.trainee:
            self._spares.append((len(self.pages), readings, first))
        said = tuple((r.item, r.mark, r.why) for r in readings)
        told = ScannedPage(source.file, source.page, ending.bin, sheet.sheet, ending.why, said, ending.open)
        self.pages.append(told)

    def _instructor(self, sheet: MarkedSheet) -> str:
        """Who marked a sheet; nobody, where the roster does not have him."""
        who = instructor_of(self.course, sheet, self._by)
        return who if who in self.course.instructors else ""

    def _keep(self, sheet: str, number: int, straight: Straight) -> str:
        """Write the straightened page and the crops of its rows, all or none; an earlier picture of the page stays,
        but what a scan that was cut off has left is written over."""
        names = (f"{SCANS}/{sheet}/{_named(number, again)}" for again in count(1))
        picture = next(name for name in names if name not in self._pictures)
        self._pictures.add(picture)
        files = {crop_path(picture, item): row for item, row in straight.rows.items()} | {picture: straight.page}
        paths = {self.course.path(*name.split("/")): data for name, data in files.items()}
        try:
            for path, data in paths.items():
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(data)
        except OSError as error:
            for path in paths:
                path.unlink(missing_ok=True)
            told = _("the picture of sheet {sheet} was not kept, and its marks were not recorded")
            raise refusal(error, told.format(sheet=show_short(sheet))) from error
        return picture

    def write(self) -> None:
        """Take down what has gathered: marks first, so that a page counts as read only when its marks are there."""
        if not self._waiting:
            return
        markings, besides = [], []
        for page, ending in self._waiting:
            who = self._instructor(self._state.marked(page.sheet))
            if ending.give:
                markings.append(Marking(page.sheet, who, ending.give))
            if ending.beside:
                besides.append((MARKS, beside(page.sheet, who, ending.beside)))
        if markings:
            give_all(self.course, markings, whole=False, channel=SCANNED)
        self.course.append([*besides, *((PAGE_READ, page.body) for page, _ in self._waiting)], BY)
        self._waiting.clear()
        self._state = self.course.state

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


def _named(number: int, again: int) -> str:
    return f"page-{number}.jpg" if again == 1 else f"page-{number}-picture-{again}.jpg"


@lru_cache(maxsize=64)
def _digest(file: Path, changed: int, size: int) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()[:32]
