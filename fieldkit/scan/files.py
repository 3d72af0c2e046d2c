"""Which pages a file holds. A file is what its bytes say, whatever it is called.

Nothing heavy is imported here: this is asked before anything is read.
"""

from __future__ import annotations

import warnings
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from gettext import gettext as _
from pathlib import Path
from typing import Any

MOST_PAGES = 2000  # of one file
LARGE = 16_000_000  # pixels: a picture that takes more than about 100 MB to unpack


class CannotRead(Exception):
    """A file that gives no picture; the message says why and what to do."""


@dataclass(frozen=True)
class Source:
    """One page of one file: pages count from 1."""

    file: Path
    page: int = 1


class _Large:
    turn: AbstractContextManager[object] = nullcontext()


def take_turns(lock: AbstractContextManager[object]) -> None:
    """From now on hold `lock`, which other processes have too, while something large is unpacked."""
    _Large.turn = lock


def in_turn(pixels: int) -> AbstractContextManager[object]:
    """Within this a picture of so many pixels may be unpacked; large ones one after the other, for memory."""
    return _Large.turn if pixels > LARGE else nullcontext()


def kind_of(head: bytes) -> str:
    """What a file is by its first bytes. Raises CannotRead for anything that is no picture."""
    if not head:
        raise CannotRead(_("the file is empty: copy it again from the phone or the scanner"))
    for kind, starts in _STARTS.items():
        if head.startswith(starts):
            return kind
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "webp"
    if head[4:8] == b"ftyp" and head[8:12] in (b"heic", b"heix", b"heif", b"mif1", b"msf1", b"hevc"):
        return "heic"
    raise CannotRead(_("this is no picture of a kind that is read: JPEG, PNG, TIFF, PDF and HEIC are"))


_STARTS: dict[str, bytes | tuple[bytes, ...]] = {
    "jpeg": b"\xff\xd8\xff",
    "png": b"\x89PNG\r\n\x1a\n",
    "tiff": (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+"),
    "pdf": b"%PDF",
    "bmp": b"BM",
}


def sources_of(file: Path) -> list[Source]:
    """The pages of a file. Raises CannotRead where not even their number can be told."""
    try:
        with file.open("rb") as opened:
            kind = kind_of(opened.read(16))
    except OSError as error:
        raise CannotRead(_("the file cannot be opened: {why}").format(why=error.strerror or error)) from error
    count = {"pdf": _pdf_pages, "tiff": _tiff_pages}.get(kind, lambda _: 1)(file)
    if count > MOST_PAGES:
        told = _("the file has {n} pages; up to {most} are read at a time: split it")
        raise CannotRead(told.format(n=count, most=MOST_PAGES))
    return [Source(file, page) for page in range(1, count + 1)]


def open_pdf(file: Path) -> Any:
    """The document in a PDF file. Raises CannotRead."""
    import pypdfium2

    try:
        return pypdfium2.PdfDocument(file.open("rb"), autoclose=True)
    except pypdfium2.PdfiumError as error:
        if "assword" in str(error):
            raise CannotRead(_("the PDF has a password: save it without one")) from error
        raise CannotRead(_("the PDF is damaged: scan or copy it again")) from error


def _pdf_pages(file: Path) -> int:
    document = open_pdf(file)
    try:
        return len(document)
    finally:
        document.close()


def _tiff_pages(file: Path) -> int:
    from PIL import Image

    try:
        with warnings.catch_warnings(action="ignore"), Image.open(file) as image:
            return int(getattr(image, "n_frames", 1))
    except Exception as error:  # as above
        raise CannotRead(_("the picture is damaged: copy it again from the phone or the scanner")) from error
