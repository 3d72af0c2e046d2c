"""Reading sheets back: from files to pages, to bins, to the record.

Pictures are read side by side; what they say is taken down in the order of the files, some hundred pages at a time:
first the straightened pages, then the marks, then that the pages were read. So whatever is cut off is read again.
"""

from __future__ import annotations

import hashlib
import os
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fieldkit.course import Course
from fieldkit.errors import BadInput, NotInstalled
from fieldkit.model.codes import Code, short_id
from fieldkit.model.marks import MarkedSheet
from fieldkit.model.sheet import LAYOUTS, Page, lay_out
from fieldkit.model.state import MARKS, Issued
from fieldkit.scan.bins import Bin
from fieldkit.steps.readings import (
    NO_INSTRUCTOR,
    PAGE_READ,
    SCANNED,
    SCANS,
    PageRead,
    crop_path,
    instructor_of,
    pages_read,
    record_held_back,
    waiting_readings,
    withheld,
)
from fieldkit.steps.review_page import write_review
from fieldkit.steps.score import Marking, give_all

if TYPE_CHECKING:
    from fieldkit.scan.pictures import Source
    from fieldkit.scan.reading import Seen
    from fieldkit.scan.straight import Straight

__all__ = ["Scanned", "ScannedPage", "record_held_back", "scan", "waiting_readings"]

BY = "scan"
AT_A_TIME = 100  # pages between two writes to the record
PICTURES = (".jpg", ".jpeg", ".png", ".tif", ".tiff", ".pdf", ".heic", ".heif", ".bmp", ".webp")  # in a folder
ANOTHER_PICTURE_HELPS = ("a box cannot be seen", "a mark is too faint to be sure")

Progress = Callable[[int, int], None]  # pages done, pages in all


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


@dataclass(frozen=True)
class Scanned:
    """All pages that were put in, in their order; `left` is how many items of the course wait for a person."""

    pages: tuple[ScannedPage, ...]
    left: int = 0

    @property
    def totals(self) -> dict[str, int]:
        """Pages by bin; they add up to the pages put in."""
        counts = Counter(page.bin for page in self.pages)
        return {str(name): counts[name] for name in Bin}

    @property
    def waiting(self) -> bool:
        """Whether a person has something to do."""
        return bool(self.left) or any(page.waits for page in self.pages)


def scan(
    course: Course, paths: Iterable[Path], *, dry_run: bool = False, by: str = "", progress: Progress | None = None
) -> Scanned:
    """Read the sheets in `paths` (files, or folders of files) and record every mark that is sure, in the name of the
    instructor on the sheet, else of `by`. `dry_run` records nothing.

    Refuses paths that are not there, and a course without sheets. No picture, whatever is wrong with it, stops the
    rest.
    """
    files = _files(paths)
    needs_scan_extra()
    if not course.state.issued:
        raise BadInput("This course has no printed sheets to read.", "Print them first: fieldkit print")
    if not dry_run:
        record_held_back(course, by)
    book = _Book(course, by, dry_run)
    sources = [source for file in files for source in _sources(file)]
    try:
        for done, (source, found) in enumerate(_side_by_side(sources, book), 1):
            book.add(source, found)
            if progress:
                progress(done, len(sources))
    finally:
        book.write()  # interrupted, too: what was read need not be read again
    return Scanned(tuple(book.pages), book.close())


def _files(paths: Iterable[Path]) -> list[Path]:
    """The files that are meant, each once; of a folder, its pictures. Refuses what is not there."""
    files: dict[Path, None] = {}
    missing = []
    for path in paths:
        if path.is_dir():
            found = sorted(p for p in path.rglob("*") if p.suffix.lower() in PICTURES and p.is_file())
            files |= dict.fromkeys(found)
        elif path.exists():
            files[path] = None
        else:
            missing.append(f"{path}: there is no such file or folder.")
    if missing:
        raise BadInput("\n".join(missing), "Nothing was read.")
    if not files:
        raise BadInput("There are no files to read.", "Name the pictures, or the folder they are in.")
    return list(files)


def needs_scan_extra() -> None:
    """Refuses, naming what to install, where the packages that read pictures are missing."""
    try:
        import fieldkit.scan.reading  # noqa: F401
    except ImportError as error:
        raise NotInstalled("Reading sheets from pictures", "scan") from error


# Reading, which may go on in several threads


@dataclass(frozen=True)
class _Found:
    """What one picture gave: a page that was seen, or a refusal (bin, why, sheet)."""

    digest: str = ""
    seen: Seen | None = None
    straight: Straight | None = None
    refusal: tuple[Bin, str, str] | None = None


def _sources(file: Path) -> list[tuple[Source, str]]:
    """The pages of a file, each with why it cannot be read, where that is known already."""
    from fieldkit.scan.pictures import CannotRead, Source, sources_of

    try:
        return [(source, "") for source in sources_of(file)]
    except CannotRead as why:
        return [(Source(file), str(why))]


def _side_by_side(sources: list[tuple[Source, str]], book: _Book) -> Iterator[tuple[Source, _Found]]:
    """What each source gave, in their order, as many at a time as there are processors."""
    workers = min(_processors(), 8)
    ahead: deque[tuple[Source, Future[_Found]]] = deque()
    pool = ThreadPoolExecutor(workers)
    try:
        for source, known in sources:
            ahead.append((source, pool.submit(_look_at, source, known, book)))
            if len(ahead) > 2 * workers:
                first, future = ahead.popleft()
                yield first, future.result()
        for first, future in ahead:
            yield first, future.result()
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _processors() -> int:
    """How many processors this process may use."""
    allowed = getattr(os, "sched_getaffinity", None)  # not on Windows and macOS
    return len(allowed(0)) if allowed else os.cpu_count() or 1


def _look_at(source: Source, known: str, book: _Book) -> _Found:
    """Read one page. Whatever happens here is this page's own trouble, never that of the others."""
    from fieldkit.scan.pictures import CannotRead, open_picture
    from fieldkit.scan.reading import Refused, read_picture
    from fieldkit.scan.straight import straighten

    digest = ""
    try:
        if known:
            raise CannotRead(known)
        digest = book.digest(source)
        if (digest, source.page) in book.read_before:
            return _Found(digest)
        seen = read_picture(open_picture(source), book.layout_of)
        return _Found(digest, seen, None if book.dry_run else straighten(seen))
    except Refused as refused:
        sheet = short_id(refused.code.id) if refused.code else ""
        return _Found(digest, refusal=(refused.bin, refused.why, sheet))
    except CannotRead as refused:
        return _Found(digest, refusal=(Bin.UNREADABLE, str(refused), ""))
    except MemoryError:
        return _Found(digest, refusal=(Bin.UNREADABLE, "the picture is too large for this computer", ""))
    except Exception as error:  # a fault in reading one picture must not lose the others
        why = f"it could not be read ({type(error).__name__}): copy it again, or photograph the sheet again"
        return _Found(digest, refusal=(Bin.UNREADABLE, why, ""))


# Taking down


class _Book:
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
        self._state = course.state
        self._layouts: dict[tuple[str, str, int], tuple[Page, ...]] = {}
        self._waiting: list[tuple[PageRead, dict[str, str], dict[str, str]]] = []

    def layout_of(self, code: Code) -> tuple[str, Page]:
        """The paper and the layout of the page that a code names. Raises Refused for what this course did not print."""
        from fieldkit.scan.reading import Refused

        name = short_id(code.id)
        issued = self._state.issued.get(name)
        if code.course != self._state.code:
            raise Refused(Bin.NOT_OURS, f"it is from the course {code.course}; this is {self._state.code}")
        if code.kind != "S":
            raise Refused(Bin.NOT_OURS, "its code is that of a tag or a sticker, not of a sheet")
        if issued is None or issued.sheet.code_id != code.id:
            raise Refused(Bin.NOT_OURS, "it was not issued by this course: was it printed on another laptop?")
        pages = self._laid_out(issued)
        if code.layout != issued.layout or code.layout not in LAYOUTS or not 1 <= code.page <= len(pages):
            raise Refused(Bin.UNREADABLE, "it has a layout that this version of fieldkit does not read", code)
        return issued.paper, pages[code.page - 1]

    def _laid_out(self, issued: Issued) -> tuple[Page, ...]:
        """The pages of a sheet, worked out once for each form and paper."""
        form = issued.form, issued.paper, issued.layout
        if form not in self._layouts:
            self._layouts[form] = lay_out(self._state.forms[issued.form], issued.paper, issued.layout)
        return self._layouts[form]

    def digest(self, source: Source) -> str:
        """The content hash of a file, where it is needed to tell it from others."""
        if self.dry_run and not self.read_before:
            return ""
        stat = source.file.stat()
        return _digest(source.file, stat.st_mtime_ns, stat.st_size)

    def add(self, source: Source, found: _Found) -> None:
        """Decide where a page ends."""
        if found.refusal:
            name, why, sheet = found.refusal
            self.pages.append(ScannedPage(source.file, source.page, name, sheet, why, waits=name == Bin.UNREADABLE))
        elif (before := self.read_before.get((found.digest, source.page))) and found.digest:
            why = f"this file was read before{f', on {before.at[:10]}' if before.at else ''}"
            self.pages.append(ScannedPage(source.file, source.page, Bin.DUPLICATE, before.sheet, why))
        else:
            assert found.seen is not None
            self._add_seen(source, found, found.seen)
        if len(self._waiting) >= AT_A_TIME:
            self.write()

    def _add_seen(self, source: Source, found: _Found, seen: Seen) -> None:
        sheet = self._state.marked(short_id(seen.code.id))
        key = sheet.sheet, seen.code.page
        first = self._first.get(key)
        page = PageRead(source.file.name, found.digest, source.page, sheet.sheet, seen.code.page)
        decided = _decide(sheet, seen, first, self._instructor(sheet))
        page = replace(page, marks=decided.marks, waits=decided.waits)
        self._first.setdefault(key, page)
        if found.digest:
            self.read_before[found.digest, source.page] = page
        readings = tuple((r.item, r.mark, r.why) for r in seen.readings)
        told = ScannedPage(source.file, source.page, decided.bin, sheet.sheet, decided.why, readings, decided.open)
        self.pages.append(told)
        if not self.dry_run:
            assert found.straight is not None
            page = replace(page, picture=self._keep(sheet.sheet, seen.code.page, found.straight))
            self._waiting.append((page, decided.give, decided.beside))

    def _instructor(self, sheet: MarkedSheet) -> str:
        """Who marked a sheet; nobody, where the roster does not have him."""
        who = instructor_of(self.course, sheet, self._by)
        return who if who in self.course.instructors else ""

    def _keep(self, sheet: str, number: int, straight: Straight) -> str:
        """Write the straightened page and the crops of its rows; an earlier picture of the same page stays."""
        folder = self.course.path(SCANS, sheet)
        folder.mkdir(parents=True, exist_ok=True)
        again = next(n for n in range(1, 1000) if not (folder / _named(number, n)).exists())
        picture = f"{SCANS}/{sheet}/{_named(number, again)}"
        (folder / _named(number, again)).write_bytes(straight.page)
        for item, row in straight.rows.items():
            path = self.course.path(*crop_path(picture, item).split("/"))
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(row)
        return picture

    def write(self) -> None:
        """Take down what has gathered: marks first, so that a page counts as read only when its marks are there."""
        if not self._waiting:
            return
        markings, besides = [], []
        for page, give, beside in self._waiting:
            who = self._instructor(self._state.marked(page.sheet))
            if give:
                markings.append(Marking(page.sheet, who, give))
            if beside:
                besides.append((MARKS, _beside(page.sheet, who, beside)))
        if markings:
            give_all(self.course, markings, whole=False, channel=SCANNED)
        self.course.append([*besides, *((PAGE_READ, page.body) for page, _, _ in self._waiting)], BY)
        self._waiting.clear()
        self._state = self.course.state

    def close(self) -> int:
        """Show what waits; returns how many items that are."""
        if self.dry_run:
            return 0
        waiting = waiting_readings(self.course)
        write_review(self.course, waiting)
        return len(waiting)


def _named(number: int, again: int) -> str:
    return f"page-{number}.jpg" if again == 1 else f"page-{number}-picture-{again}.jpg"


def _beside(sheet: str, instructor: str, marks: dict[str, str]) -> dict[str, Any]:
    """The body of an entry with marks that differ from an earlier picture's and do not replace them."""
    why = "another picture of the same sheet"
    body = {"sheet": sheet, "instructor": instructor, "channel": SCANNED, "marks": marks}
    return body | {"reasons": {}, "why": why, "replaces": {}}


@lru_cache(maxsize=64)
def _digest(file: Path, changed: int, size: int) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()[:32]


@dataclass
class _Decided:
    """What a page comes to: sure marks and what waits, what of it is recorded now, what beside, and where it ends."""

    marks: dict[str, str] = field(default_factory=dict)
    waits: dict[str, str] = field(default_factory=dict)
    give: dict[str, str] = field(default_factory=dict)
    beside: dict[str, str] = field(default_factory=dict)
    bin: Bin = Bin.READ
    why: str = ""
    open: bool = False


def _decide(sheet: MarkedSheet, seen: Seen, first: PageRead | None, who: str) -> _Decided:
    """Item by item; the first picture of a sheet stays, and a later one may only add what the first could not show."""
    decided, notes, differ = _Decided(), {}, []
    for reading in seen.readings:
        item, mark = reading.item, reading.mark
        standing = {value.mark for value in sheet.standing(item)}
        before = first.marks.get(item) if first else None
        if mark is None:
            if before is None and not standing:
                decided.waits[item] = notes[item] = reading.why
            continue
        if first and item in first.waits and first.waits[item] not in ANOTHER_PICTURE_HELPS:
            decided.waits[item] = notes[item] = first.waits[item]
            continue
        decided.marks[item] = mark
        if why := withheld(sheet, item, mark) or ("" if who else NO_INSTRUCTOR):
            notes[item] = why
        elif before not in (None, mark):
            decided.beside[item] = mark
        elif before is None:
            decided.give[item] = mark
        if (standing | ({before} if before else set())) - {mark}:
            differ.append(item)
    _tell(decided, notes, differ, first)
    return decided


def _tell(decided: _Decided, notes: dict[str, str], differ: list[str], first: PageRead | None) -> None:
    """The bin of a page, and why."""
    told = [f"{', '.join(i for i in notes if notes[i] == why)}: {why}" for why in dict.fromkeys(notes.values())]
    if differ:
        told.append(f"differs from what is there already: {', '.join(differ)}")
    decided.open = bool(told)
    if first:
        told.insert(0, "another picture of a sheet that was read before")
        added = [item for item in decided.give if item in first.waits]
        told += [f"read now: {', '.join(added)}"] if added else []
    decided.bin = Bin.DUPLICATE if first else Bin.REVIEW if told else Bin.READ
    decided.why = "; ".join(told)
