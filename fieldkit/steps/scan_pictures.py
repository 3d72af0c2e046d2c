"""The files that are meant, and reading them side by side. Whatever is wrong with one is its own trouble."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from gettext import gettext as _
from pathlib import Path
from typing import TYPE_CHECKING

from fieldkit.errors import BadInput, NotInstalled
from fieldkit.model.codes import Code, short_id
from fieldkit.scan.bins import Bin

if TYPE_CHECKING:
    from fieldkit.scan.pictures import Source
    from fieldkit.scan.reading import Seen
    from fieldkit.scan.straight import Straight
    from fieldkit.steps.scan_book import Book

MOST_WORKERS = 8
PICTURES = (".jpg", ".jpeg", ".png", ".tif", ".tiff", ".pdf", ".heic", ".heif", ".bmp", ".webp")  # in a folder


def needs_scan_extra() -> None:
    """Refuses, naming what to install, where the packages that read pictures are missing."""
    try:
        import fieldkit.scan.reading  # noqa: F401
    except ImportError as error:
        raise NotInstalled(_("Reading sheets from pictures"), "scan") from error


def files_in(paths: Iterable[Path]) -> list[Path]:
    """The files that are meant, each once; of a folder, its pictures. Refuses what is not there."""
    files: dict[Path, None] = {}
    missing = []
    for path in paths:
        if path.is_dir():
            found = sorted(p for p in path.rglob("*") if p.suffix.lower() in PICTURES and p.is_file())
            files |= dict.fromkeys(found)
        elif path.is_file():
            files[path] = None
        else:
            missing.append(_("{path}: there is no such file or folder.").format(path=path))
    if missing:
        raise BadInput("\n".join(missing), _("Nothing was read."))
    if not files:
        raise BadInput(_("There are no pictures to read."), _("Name the pictures, or the folder they are in."))
    return list(files)


@dataclass(frozen=True)
class Found:
    """What one picture gave: a page that was seen, with the stickers on it where it is a spare; or a refusal (bin, why,
    sheet)."""

    digest: str = ""
    seen: Seen | None = None
    straight: Straight | None = None
    stickers: tuple[Code, ...] = ()
    refusal: tuple[Bin, str, str] | None = None


def sources_in(file: Path) -> list[tuple[Source, str]]:
    """The pages of a file, each with why it cannot be read, where that is known already."""
    from fieldkit.scan.pictures import CannotRead, Source, sources_of

    try:
        return [(source, "") for source in sources_of(file)]
    except CannotRead as why:
        return [(Source(file), str(why))]


def side_by_side(sources: list[tuple[Source, str]], book: Book) -> Iterator[tuple[Source, Found]]:
    """What each source gave, in their order, as many at a time as there are processors."""
    workers = min(_processors(), MOST_WORKERS)
    ahead: deque[tuple[Source, Future[Found]]] = deque()
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


def _look_at(source: Source, known: str, book: Book) -> Found:
    """Read one page. Whatever happens here is this page's own trouble, never that of the others."""
    from fieldkit.scan.pictures import CannotRead, open_picture
    from fieldkit.scan.reading import Refused, read_picture
    from fieldkit.scan.stickers import persons_on
    from fieldkit.scan.straight import straighten

    digest = ""
    try:
        if known:
            raise CannotRead(known)
        digest = book.digest(source)
        if (digest, source.page) in book.read_before:
            return Found(digest)
        seen = read_picture(open_picture(source), book.layout_of)
        stickers = persons_on(seen) if book.is_spare(seen.code) else ()
        return Found(digest, seen, None if book.dry_run else straighten(seen), stickers)
    except Refused as refused:
        sheet = short_id(refused.code.id) if refused.code else ""
        return Found(digest, refusal=(refused.bin, refused.why, sheet))
    except CannotRead as refused:
        return Found(digest, refusal=(Bin.UNREADABLE, str(refused), ""))
    except MemoryError:
        return Found(digest, refusal=(Bin.UNREADABLE, _("the picture is too large for this computer"), ""))
    except OSError as error:
        why = _("the file cannot be opened: {why}").format(why=error.strerror or error)
        return Found(digest, refusal=(Bin.UNREADABLE, why, ""))
    except Exception as error:  # a fault in reading one picture must not lose the others
        why = _("it could not be read ({fault}): copy it again, or photograph the sheet again")
        return Found(digest, refusal=(Bin.UNREADABLE, why.format(fault=type(error).__name__), ""))
