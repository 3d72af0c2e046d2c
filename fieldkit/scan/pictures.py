"""From files to grey pictures no larger than reading needs. A file is what its bytes say, whatever it is called."""

from __future__ import annotations

import io
import struct
import threading
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from gettext import gettext as _
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from fieldkit.scan.placing import Grey
from fieldkit.scan.thresholds import THRESHOLDS

MOST_MEGAPIXELS = {"jpeg": 220, "progressive": 60, "png": 60, "other": 60}
MOST_SIDE = 65536  # pixels: more is a damaged file
MOST_PAGES = 2000  # of one file
PDF_LONG_SIDE = 2340  # pixels: A4 at 200 dpi
_ONE_AT_A_TIME = threading.Lock()  # PDFium is made for one thread, and Pillow takes much memory


class CannotRead(Exception):
    """A file that gives no picture; the message says why and what to do."""


@dataclass(frozen=True)
class Source:
    """One page of one file: pages count from 1."""

    file: Path
    page: int = 1


@dataclass(frozen=True)
class Picture:
    """A picture that is decoded when it is asked for."""

    kind: str
    data: bytes | Any  # the bytes of the file, or what a reader has made of them
    width: int
    height: int

    @cached_property
    def grey(self) -> Grey:
        """Small enough to be quick, large enough to be read."""
        return self._decode(max(1, max(self.width, self.height) // THRESHOLDS.long_side))

    @property
    def finer(self) -> Grey | None:
        """At full size, where `grey` is not."""
        return self._decode(1) if max(self.grey.shape) < max(self.width, self.height) else None

    def _decode(self, times: int) -> Grey:
        """The picture about `times` smaller. Raises CannotRead for one that is damaged."""
        if isinstance(self.data, np.ndarray):
            grey: Grey | None = self.data
        else:
            power = max(p for p in _REDUCED if p <= times) if self.kind == "jpeg" else 1
            try:
                grey = cv2.imdecode(np.frombuffer(self.data, np.uint8), _REDUCED[power])
            except (cv2.error, MemoryError):
                grey = None
        if grey is None:
            raise CannotRead(_("the picture is damaged: copy it again from the phone or the scanner"))
        left = max(1, max(grey.shape) * times // max(self.width, self.height))
        if left > 1:
            size = (grey.shape[1] // left, grey.shape[0] // left)
            grey = cv2.resize(grey, size, interpolation=cv2.INTER_AREA)
        return grey


_REDUCED = {
    1: cv2.IMREAD_GRAYSCALE,
    2: cv2.IMREAD_REDUCED_GRAYSCALE_2,
    4: cv2.IMREAD_REDUCED_GRAYSCALE_4,
    8: cv2.IMREAD_REDUCED_GRAYSCALE_8,
}


def kind_of(head: bytes) -> str:
    """What a file is by its first bytes. Raises CannotRead for anything that is no picture."""
    if not head:
        raise CannotRead(_("the file is empty: copy it again from the phone or the scanner"))
    for kind, starts in _STARTS.items():
        if head.startswith(starts):
            return kind
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "webp"
    if head[4:8] == b"ftyp" and head[8:12] in (b"heic", b"heix", b"heif", b"mif1", b"msf1", b"hevc", b"avif"):
        return "heic"
    raise CannotRead(_("this is no picture: JPEG, PNG, TIFF, PDF and HEIC are read"))


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


def open_picture(source: Source) -> Picture:
    """The picture of one page. Raises CannotRead."""
    try:
        with source.file.open("rb") as opened:
            kind = kind_of(opened.read(16))
            if kind == "pdf":
                return _from_pdf(source)
            opened.seek(0)
            data = b"" if kind == "tiff" else opened.read()
    except OSError as error:
        raise CannotRead(_("the file cannot be opened: {why}").format(why=error.strerror or error)) from error
    return _READERS[kind](data, source)


def _from_jpeg(data: bytes, source: Source) -> Picture:
    width, height, start, progressive = _jpeg_size(data)
    _check_size("progressive" if progressive else "jpeg", width, height)
    if data.rfind(b"\xff\xd9", start) < 0:
        raise CannotRead(_("the file is cut short: copy it again from the phone or the scanner"))
    return Picture("jpeg", data, width, height)


def _jpeg_size(data: bytes) -> tuple[int, int, int, bool]:
    """Width, height, where the picture itself begins (what stands before that may hold a preview), and whether it is
    progressive, which takes much more memory."""
    at, size, progressive = 2, (0, 0), False
    while at + 9 < len(data):
        if data[at] != 0xFF:
            break
        marker = data[at + 1]
        if marker == 0xFF or 0xD0 <= marker <= 0xD8 or marker == 1:
            at += 1 if marker == 0xFF else 2
            continue
        if marker == 0xDA:
            return *size, at, progressive
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack(">HH", data[at + 5 : at + 9])
            size, progressive = (width, height), marker == 0xC2
        at += 2 + int.from_bytes(data[at + 2 : at + 4], "big")
    raise CannotRead(_("the file is cut short or damaged: copy it again from the phone or the scanner"))


def _from_png(data: bytes, source: Source) -> Picture:
    if len(data) < 33:
        raise CannotRead(_("the file is cut short: copy it again"))
    width, height = struct.unpack(">II", data[16:24])
    _check_size("png", width, height)
    if b"IEND" not in data[-4096:]:
        raise CannotRead(_("the file is cut short: copy it again"))
    return Picture("png", data, width, height)


def _from_pillow(data: bytes, source: Source) -> Picture:
    """TIFF, BMP and WebP, which may have several pages or more ways of packing than OpenCV knows."""
    from PIL import Image

    return _by_pillow(lambda: Image.open(io.BytesIO(data) if data else source.file), source.page)


def _from_heic(data: bytes, source: Source) -> Picture:
    try:
        import pi_heif
    except ImportError:
        told = _(
            'HEIC pictures need an additional part: pip install "fieldkit[heic]", '
            "or let the phone save JPEG (on an iPhone: Settings, Camera, Formats, Most Compatible)"
        )
        raise CannotRead(told) from None
    return _by_pillow(lambda: pi_heif.open_heif(io.BytesIO(data)).to_pillow(), 1)


def _by_pillow(opened: Callable[[], Any], page: int) -> Picture:
    """A picture that Pillow opens; a mirrored one is turned back, as its EXIF says."""
    from PIL import ImageOps

    try:
        with _ONE_AT_A_TIME, warnings.catch_warnings(action="ignore"), opened() as image:
            if page > 1:
                image.seek(page - 1)
            _check_size("other", *image.size)
            upright = ImageOps.exif_transpose(image)
            if upright.mode.startswith("I"):  # 16 bits, which Pillow would cut off instead of making them 8
                grey = (np.asarray(upright) >> 8).clip(0, 255).astype(np.uint8)
            else:
                grey = np.asarray(upright.convert("L"))
    except CannotRead:
        raise
    except Exception as error:  # Pillow raises whatever its decoders do
        raise CannotRead(_("the picture is damaged: copy it again from the phone or the scanner")) from error
    return Picture("grey", grey, grey.shape[1], grey.shape[0])


_READERS: dict[str, Callable[[bytes, Source], Picture]] = {
    "jpeg": _from_jpeg,
    "png": _from_png,
    "heic": _from_heic,
    "tiff": _from_pillow,
    "bmp": _from_pillow,
    "webp": _from_pillow,
}


def _check_size(kind: str, width: int, height: int) -> None:
    if not 0 < width < MOST_SIDE or not 0 < height < MOST_SIDE:
        raise CannotRead(_("the picture is damaged: copy it again from the phone or the scanner"))
    if width * height > MOST_MEGAPIXELS[kind] * 1_000_000:
        told = _(
            "the picture has {n} megapixels, more than a sheet needs: photograph it at up to 50, "
            "or scan it at 200 to 300 dpi"
        )
        raise CannotRead(told.format(n=width * height // 1_000_000))


def _from_pdf(source: Source) -> Picture:
    with _ONE_AT_A_TIME:
        document = _open_pdf(source.file)
        try:
            page = document[source.page - 1]
            scale = min(8.0, PDF_LONG_SIDE / max(1.0, *page.get_size()))
            bitmap = page.render(scale=scale, grayscale=True)
            grey = bitmap.to_numpy().reshape(bitmap.height, bitmap.width, -1)[:, :, 0].copy()
            bitmap.close()
            page.close()
        except Exception as error:  # PDFium's own errors have no common kind
            raise CannotRead(_("this page of the PDF is damaged: scan it again")) from error
        finally:
            document.close()
    return Picture("grey", grey, grey.shape[1], grey.shape[0])


def _open_pdf(file: Path) -> Any:
    import pypdfium2

    try:
        return pypdfium2.PdfDocument(file.open("rb"), autoclose=True)
    except pypdfium2.PdfiumError as error:
        if "assword" in str(error):
            raise CannotRead(_("the PDF has a password: save it without one")) from error
        raise CannotRead(_("the PDF is damaged: scan or copy it again")) from error


def _pdf_pages(file: Path) -> int:
    with _ONE_AT_A_TIME:
        document = _open_pdf(file)
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
