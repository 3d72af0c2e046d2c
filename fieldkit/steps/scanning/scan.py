"""Reading sheets back: from files to pages, to bins, to the record.

Pictures are read side by side (`workers`); what they say is taken down in the order of the files (`book`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from gettext import gettext as _
from pathlib import Path

from fieldkit.course import OWN_FOLDERS, SCANS, Course
from fieldkit.errors import BadInput
from fieldkit.record.lock import Lock
from fieldkit.scan.bins import Bin
from fieldkit.steps.scanning.book import Book, ScannedPage
from fieldkit.steps.scanning.pictures import files_in, needs_scan_extra, sources_in
from fieldkit.steps.scanning.readings import record_held_back
from fieldkit.steps.scanning.review_page import write_review
from fieldkit.steps.scanning.spares import bind_by_stickers, foretold
from fieldkit.steps.scanning.workers import Page, SideBySide, side_by_side

Progress = Callable[[int, int], None]  # pages done, pages in all


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
    course: Course,
    paths: Iterable[Path],
    *,
    dry_run: bool = False,
    by: str = "",
    progress: Progress | None = None,
    read: SideBySide = side_by_side,
) -> Scanned:
    """Read the sheets in `paths` (files, or folders of files) and record every mark that is sure, in the name of the
    instructor on the sheet, else of `by`. `dry_run` records nothing. `read` has pages read, see `early`.

    Refuses paths that are not there, and a course without sheets. No picture, whatever is wrong with it, stops the
    rest.
    """
    kept = [course.path(SCANS, sheet) for sheet in course.state.issued]
    files = files_in(paths, [*(course.path(name) for name in OWN_FOLDERS), *kept])
    needs_scan_extra(load=False)
    if not course.state.issued:
        raise BadInput(_("This course has no printed sheets to read."), _("Print them first: fieldkit print"))
    sources = [source for file in files for source in sources_in(file)]
    if dry_run:
        book = Book(course, by, dry_run)
        _read_all(sources, book, read, progress)
        book.foretell(foretold(course, book.seen))
        return Scanned(tuple(book.pages))
    with _alone(course):
        record_held_back(course, by)
        book = Book(course, by, dry_run)
        try:
            _read_all(sources, book, read, progress)
        finally:
            book.write()  # interrupted, too: what was read need not be read again
        bound = bind_by_stickers(course)
        record_held_back(course, by)  # also of spares that somebody gave meanwhile
        book.look_again(bound)
        return Scanned(tuple(book.pages), write_review(course))


def _read_all(sources: list[Page], book: Book, read: SideBySide, progress: Progress | None) -> None:
    for done, (source, found) in enumerate(read(sources, book.reader()), 1):
        book.add(source, found)
        if progress:
            progress(done, len(sources))


@contextmanager
def _alone(course: Course) -> Iterator[None]:
    """Nobody else takes pictures of this course down meanwhile: both would take down the same page."""
    path = course.path(SCANS, "scan.lock")
    path.parent.mkdir(exist_ok=True)
    lock = Lock(path, patience=1)
    lock.take()
    try:
        course.refresh()
        yield
    finally:
        lock.leave()
        lock.close()
