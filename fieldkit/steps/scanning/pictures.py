"""The files that are meant, and what one picture gives. Whatever is wrong with one is its own trouble."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from functools import lru_cache
from gettext import gettext as _
from importlib.util import find_spec
from pathlib import Path

from fieldkit.errors import BadInput, NotInstalled
from fieldkit.model.codes import Code, short_id
from fieldkit.scan.bins import Bin, Reading, Refused
from fieldkit.scan.files import CannotRead, Source, kind_of, sources_of
from fieldkit.steps.scanning.sheets import CourseSheets

PICTURES = (".jpg", ".jpeg", ".png", ".tif", ".tiff", ".pdf", ".heic", ".heif", ".bmp", ".webp")  # in a folder
NEEDED = ("cv2", "numpy", "zxingcpp", "pypdfium2")


def needs_scan_extra(*, load: bool = True) -> None:
    """Refuses, naming what to install, where the packages that read pictures are missing. They take a while to `load`;
    where others do the reading, it is enough that they are there."""
    try:
        if load:
            import fieldkit.scan.reading  # noqa: F401
            from fieldkit.scan.memory import keep_memory

            keep_memory()
        elif not all(map(find_spec, NEEDED)):
            raise ImportError
    except ImportError as error:
        raise NotInstalled(_("Reading sheets from pictures"), "scan") from error


def files_in(paths: Iterable[Path], own: Sequence[Path] = ()) -> list[Path]:
    """The files that are meant, each once; of a folder, its pictures, save those in folders that are its `own`. Refuses
    what is not there."""
    files: dict[Path, None] = {}
    missing = []
    for path in paths:
        if path.is_dir():
            place = path.resolve()
            files |= dict.fromkeys(_pictures_in(path, {folder for folder in own if place in folder.parents}))
        elif path.is_file():
            files[path] = None
        else:
            missing.append(_("{path}: there is no such file or folder.").format(path=path))
    if missing:
        raise BadInput("\n".join(missing), _("Nothing was read."))
    if not files:
        raise BadInput(_("There are no pictures to read."), _("Name the pictures, or the folder they are in."))
    return list(files)


def _pictures_in(folder: Path, but: Set[Path]) -> list[Path]:
    """The pictures in a folder and those below it, `but` for some; nothing hidden, which other systems leave on
    memory sticks."""
    found = (path for path in folder.rglob("*") if _is_picture(path))
    seen = (path for path in found if not any(part.startswith(".") for part in path.relative_to(folder).parts))
    return sorted(path for path in seen if but.isdisjoint(path.resolve().parents))


def _is_picture(path: Path) -> bool:
    """Whether a file is a picture by its name (which then is told, whatever is wrong with it), or by its bytes."""
    if path.suffix.lower() in PICTURES:
        return path.is_file() or (path.is_symlink() and not path.is_dir())
    try:
        with path.open("rb") as opened:
            return bool(kind_of(opened.read(16)))
    except (CannotRead, OSError):
        return False


@dataclass(frozen=True)
class Found:
    """What one picture gave: a page that was read, its straightened `picture` and the `rows` of it by item where they
    are kept, and the stickers on it where it is a spare; or a refusal (bin, why, sheet)."""

    digest: str = ""
    code: Code | None = None
    readings: tuple[Reading, ...] = ()
    picture: bytes = field(default=b"", repr=False)
    rows: Mapping[str, bytes] = field(default_factory=dict, repr=False)
    stickers: tuple[Code, ...] = ()
    refusal: tuple[Bin, str, str] | None = None


def sources_in(file: Path) -> list[tuple[Source, str]]:
    """The pages of a file, each with why it cannot be read, where that is known already."""
    try:
        return [(source, "") for source in sources_of(file)]
    except CannotRead as why:
        return [(Source(file), str(why))]


@dataclass(frozen=True)
class PictureReader:
    """Reads one picture after the other, each by itself, so that any process can. `read_before` are (digest, page)."""

    sheets: CourseSheets
    read_before: frozenset[tuple[str, int]]
    dry_run: bool

    def read(self, source: Source, known: str = "") -> Found:
        """Read one page. Whatever happens here is this page's own trouble, never that of the others."""
        digest = ""
        try:
            if known:
                raise CannotRead(known)
            digest = self._digest(source)
            return Found(digest) if (digest, source.page) in self.read_before else self._seen(source, digest)
        except Refused as refused:
            sheet = short_id(refused.code.id) if refused.code else ""
            return Found(digest, refusal=(refused.bin, refused.why, sheet))
        except CannotRead as refused:
            return _unreadable(str(refused), digest)
        except MemoryError:
            return _unreadable(_("the picture is too large for this computer"), digest)
        except OSError as error:
            return _unreadable(_("the file cannot be opened: {why}").format(why=error.strerror or error), digest)
        except Exception as error:  # a fault in reading one picture must not lose the others
            return fault(type(error).__name__, digest)

    def _digest(self, source: Source) -> str:
        """The content hash of a file, where it is needed to tell it from others."""
        if self.dry_run and not self.read_before:
            return ""
        stat = source.file.stat()
        return _digest(source.file, stat.st_mtime_ns, stat.st_size)

    def _seen(self, source: Source, digest: str) -> Found:
        from fieldkit.scan.pictures import open_picture
        from fieldkit.scan.reading import read_picture
        from fieldkit.scan.stickers import persons_on
        from fieldkit.scan.straight import straighten

        seen = read_picture(open_picture(source), self.sheets.layout_of)
        found = Found(digest, seen.code, seen.readings)
        if self.sheets.is_spare(seen.code):
            found = replace(found, stickers=persons_on(seen))
        if self.dry_run:
            return found
        straight = straighten(seen)
        return replace(found, picture=straight.page, rows=straight.rows)


def fault(what: str, digest: str = "") -> Found:
    """Where reading itself failed; `what` is for whoever mends it."""
    why = _("it could not be read ({fault}): copy it again, or photograph the sheet again")
    return _unreadable(why.format(fault=what), digest)


def _unreadable(why: str, digest: str) -> Found:
    return Found(digest, refusal=(Bin.UNREADABLE, why, ""))


@lru_cache(maxsize=64)
def _digest(file: Path, changed: int, size: int) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()[:32]
