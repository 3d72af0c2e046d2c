"""From files to grey pictures no larger than reading needs."""

from __future__ import annotations

import io
import struct
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from gettext import gettext as _
from typing import Any

import cv2
import numpy as np

from fieldkit.scan.files import LARGE, CannotRead, Source, in_turn, kind_of, open_pdf
from fieldkit.scan.placing import Grey
from fieldkit.scan.thresholds import THRESHOLDS

MOST_MEGAPIXELS = {"jpeg": 220, "progressive": 60, "png": 60}  # as OpenCV decodes them, in 300 MB and less
MOST_BY_PILLOW = {1: 60, 2: 60, 3: 48, 4: 36}  # by the number of its bands; an A4 scanned at 600 dpi has 35
MOST_OF_WEBP = 20  # of which Pillow keeps several copies
MOST_SIDE = 65536  # pixels: more is a damaged file
BY_PILLOW = ("tiff", "bmp", "webp")  # read from the file itself
PNG_WITH_ALPHA = (4, 6)  # colour types of its header
PDF_LONG_SIDE = 2340  # pixels: A4 at 200 dpi


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
            power = max(p for p in _REDUCED if p <= times) if self.kind in ("jpeg", "progressive") else 1
            unpacked = self.width * self.height // (power**2 if self.kind == "jpeg" else 1)
            try:
                with in_turn(unpacked):
                    grey = cv2.imdecode(np.frombuffer(self.data, np.uint8), _REDUCED[power])
            except (cv2.error, MemoryError):
                grey = None
        if grey is None:
            raise CannotRead(_("the picture is damaged: copy it again from the phone or the scanner"))
        return _smaller(grey, max(grey.shape) * times // max(self.width, self.height))


def _smaller(grey: Grey, times: int) -> Grey:
    """A picture so many times smaller, where that is more than once."""
    if times <= 1:
        return grey
    return cv2.resize(grey, (grey.shape[1] // times, grey.shape[0] // times), interpolation=cv2.INTER_AREA)


_REDUCED = {
    1: cv2.IMREAD_GRAYSCALE,
    2: cv2.IMREAD_REDUCED_GRAYSCALE_2,
    4: cv2.IMREAD_REDUCED_GRAYSCALE_4,
    8: cv2.IMREAD_REDUCED_GRAYSCALE_8,
}


def open_picture(source: Source) -> Picture:
    """The picture of one page. Raises CannotRead."""
    try:
        with source.file.open("rb") as opened:
            kind = kind_of(opened.read(16))
            if kind == "pdf":
                return _from_pdf(source)
            opened.seek(0)
            data = b"" if kind in BY_PILLOW else opened.read()
    except OSError as error:
        raise CannotRead(_("the file cannot be opened: {why}").format(why=error.strerror or error)) from error
    return _READERS[kind](data, source)


def _from_jpeg(data: bytes, source: Source) -> Picture:
    width, height, start, progressive = _jpeg_size(data)
    kind = "progressive" if progressive else "jpeg"
    _check_size(MOST_MEGAPIXELS[kind], width, height)
    if data.rfind(b"\xff\xd9", start) < 0:
        raise CannotRead(_("the file is cut short: copy it again from the phone or the scanner"))
    return Picture(kind, data, width, height)


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
    _check_size(MOST_MEGAPIXELS["png"], width, height)
    if b"IEND" not in data[-4096:]:
        raise CannotRead(_("the file is cut short: copy it again"))
    if data[25] in PNG_WITH_ALPHA or b"tRNS" in data[:4096]:  # OpenCV leaves out what is transparent, and how much
        return _from_pillow(data, source)
    return Picture("png", data, width, height)


def _from_pillow(data: bytes, source: Source) -> Picture:
    """TIFF, BMP and WebP, which may have several pages or more ways of packing than OpenCV knows."""
    from PIL import Image

    # From an open file: by its name Pillow maps some TIFFs into memory, and turned ones with their sides swapped.
    with io.BytesIO(data) if data else source.file.open("rb") as file:
        return _by_pillow(lambda: Image.open(file), source.page)


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
    """A picture that Pillow opens; a mirrored one is turned back, as its EXIF says. Nothing of it is kept twice in
    colour: that is what takes memory."""
    from PIL import ImageOps

    try:
        with warnings.catch_warnings(action="ignore"), opened() as image:
            if page > 1:
                image.seek(page - 1)
            _check_size(MOST_OF_WEBP if image.format == "WEBP" else MOST_BY_PILLOW[len(image.getbands())], *image.size)
            with in_turn(image.width * image.height):
                ImageOps.exif_transpose(image, in_place=True)
                grey = _on_white(_reduced(image))
    except CannotRead:
        raise
    except Exception as error:  # Pillow raises whatever its decoders do
        raise CannotRead(_("the picture is damaged: copy it again from the phone or the scanner")) from error
    return Picture("grey", grey, grey.shape[1], grey.shape[0])


def _reduced(image: Any) -> Any:
    """A picture of Pillow's, smaller where it is very large: made grey as a whole it would take twice the memory."""
    times = round((image.width * image.height / LARGE) ** 0.5)
    return image.reduce(times) if times > 1 and image.mode in ("L", "RGB", "RGBA", "CMYK") else image


def _on_white(image: Any) -> Grey:
    """A picture of Pillow's in grey; paper shows where it is transparent."""
    from PIL import Image

    if image.mode.startswith("I"):  # 16 bits, which Pillow would cut off instead of making them 8
        return (np.asarray(image) >> 8).clip(0, 255).astype(np.uint8)
    if not image.has_transparency_data:
        return np.asarray(image.convert("L"))
    ink = image if "A" in image.getbands() else image.convert("RGBA")
    paper = Image.new("L", image.size, 255)
    paper.paste(ink.convert("L"), mask=ink.getchannel("A"))
    return np.asarray(paper)


_READERS: dict[str, Callable[[bytes, Source], Picture]] = {
    "jpeg": _from_jpeg,
    "png": _from_png,
    "heic": _from_heic,
    "tiff": _from_pillow,
    "bmp": _from_pillow,
    "webp": _from_pillow,
}


def _check_size(most: int, width: int, height: int) -> None:
    if not 0 < width < MOST_SIDE or not 0 < height < MOST_SIDE:
        raise CannotRead(_("the picture is damaged: copy it again from the phone or the scanner"))
    if width * height > most * 1_000_000:
        told = _(
            "the picture has {n} megapixels; of such a file up to {most} are read: photograph it smaller, "
            "or scan it at 200 to 300 dpi"
        )
        raise CannotRead(told.format(n=width * height // 1_000_000, most=most))


def _pixels_on(page: Any) -> int:
    """How many pixels the largest picture on a page of a PDF has."""
    from pypdfium2.raw import FPDF_PAGEOBJ_IMAGE

    sizes = (one.get_px_size() for one in page.get_objects(filter=[FPDF_PAGEOBJ_IMAGE]))
    return max((wide * high for wide, high in sizes), default=0)


def _from_pdf(source: Source) -> Picture:
    document = open_pdf(source.file)
    try:
        page = document[source.page - 1]
        scale = min(8.0, PDF_LONG_SIDE / max(1.0, *page.get_size()))
        with in_turn(_pixels_on(page)):
            bitmap = page.render(scale=scale, grayscale=True)
        grey = bitmap.to_numpy().reshape(bitmap.height, bitmap.width, -1)[:, :, 0].copy()
        bitmap.close()
        page.close()
    except Exception as error:  # PDFium's own errors have no common kind
        raise CannotRead(_("this page of the PDF is damaged: scan it again")) from error
    finally:
        document.close()
    return Picture("grey", grey, grey.shape[1], grey.shape[0])
