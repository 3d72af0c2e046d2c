"""Files of every kind: what the picture in them is, and what is said of those that hold none."""

from __future__ import annotations

import io
import random
import struct
import sys
import zlib
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

import cv2
import numpy as np
import pytest
import scan_pictures as paper
from PIL import Image
from scan_sheet import Sheet, filled, refusal

from fieldkit.scan.files import CannotRead, Source, sources_of, take_turns
from fieldkit.scan.pictures import open_picture
from fieldkit.scan.reading import read_picture

Marks = dict[str, str]


@pytest.fixture(scope="module")
def photo(tmp_path_factory: pytest.TempPathFactory) -> tuple[Sheet, np.ndarray, Marks]:
    """A sheet, a photo of it, and its marks."""
    sheet, rng = Sheet(tmp_path_factory.mktemp("sheet")), random.Random(31)
    page, marks = filled(sheet, rng)
    return sheet, paper.photographed(page, rng), marks


def read_file(sheet: Sheet, file: Path, page: int = 1) -> dict[str, str | None]:
    return {r.item: r.mark for r in read_picture(open_picture(Source(file, page)), sheet.page_of).readings}


def pixels_of(file: Path) -> list[np.ndarray]:
    return [open_picture(source).grey for source in sources_of(file)]


def save(image: Image.Image, file: Path, **how: object) -> Path:
    image.save(file, **how)
    return file


@pytest.mark.parametrize("name", ["a.jpg", "a.tif"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_however_the_phone_was_held(photo: tuple, tmp_path: Path, orientation: int, name: str) -> None:
    """A picture may lie on any side in its file; where the file says that it is mirrored, too, it is turned back."""
    sheet, image, marks = photo
    stored = Image.fromarray(image)
    undo = {2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}  # how Pillow turns it so that the orientation turns it back
    if orientation > 1:
        stored = stored.transpose(Image.Transpose(undo[orientation]))
    exif = Image.Exif()
    exif[0x0112] = orientation
    how = {"exif": exif.tobytes(), "quality": 85} if name == "a.jpg" else {"exif": exif}
    assert read_file(sheet, save(stored, tmp_path / name, **how)) == marks


def test_a_mirrored_picture_is_refused(photo: tuple) -> None:
    """A picture that shows the sheet in a mirror is not read."""
    sheet, image, _ = photo
    refusal(sheet, np.ascontiguousarray(image[:, ::-1]))


FORMATS = {
    "cmyk.jpg": lambda i, f: i.convert("CMYK").save(f, quality=85),
    "colour.jpg": lambda i, f: i.convert("RGB").save(f, quality=85),
    "progressive.jpg": lambda i, f: i.save(f, quality=85, progressive=True),
    "quality20.jpg": lambda i, f: i.save(f, quality=20),
    "grey.png": lambda i, f: i.save(f),
    "16bit.png": lambda i, f: f.write_bytes(cv2.imencode(".png", np.asarray(i).astype(np.uint16) * 257)[1].tobytes()),
    "alpha.png": lambda i, f: i.convert("RGBA").save(f),
    "palette.png": lambda i, f: i.convert("RGB").quantize(32).save(f),
    "grey.bmp": lambda i, f: i.save(f),
    "still.webp": lambda i, f: i.save(f, quality=85),
    "moving.webp": lambda i, f: i.save(f, save_all=True, append_images=[i.rotate(180)], duration=100),
    "grey.tif": lambda i, f: i.save(f, compression="tiff_lzw"),
    "16bit.tif": lambda i, f: Image.fromarray(np.asarray(i).astype(np.uint16) * 257).save(f),
    "picture.jpg": lambda i, f: i.save(f, format="PNG"),
}


@pytest.mark.parametrize("name", FORMATS)
def test_formats(photo: tuple, tmp_path: Path, name: str) -> None:
    """A picture is read however its program has stored it, and whatever its name says."""
    sheet, image, marks = photo
    file = tmp_path / "сурот تصویر" / name
    file.parent.mkdir()
    FORMATS[name](Image.fromarray(image), file)
    assert read_file(sheet, file) == marks


def test_a_faxed_tiff_of_several_pages(photo: tuple, tmp_path: Path) -> None:
    """Every page of a black and white TIFF is a picture of its own."""
    sheet, _, marks = photo
    rng = random.Random(32)
    faxed = [Image.fromarray(paper.faxed(filled(sheet, rng)[0], rng)).convert("1") for _ in range(2)]
    file = save(faxed[0], tmp_path / "fax.tif", save_all=True, append_images=faxed[1:], compression="group4")
    assert [s.page for s in sources_of(file)] == [1, 2]
    assert all(read_file(sheet, file, n).keys() == marks.keys() for n in (1, 2))


def huge_png() -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", 30000, 30000, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", b"") + chunk(b"IEND", b"")


BAD = {
    "empty.jpg": (b"", "empty"),
    "text.jpg": (b"no picture at all, only words", "no picture"),
    "moving.gif": (b"GIF89a" + bytes(40), "no picture"),
    "huge.png": (huge_png(), "900 megapixels"),
    "iphone.heic": (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(40), "fieldkit[heic]"),
    "broken.pdf": (b"%PDF-1.7 nothing follows", "PDF is damaged"),
    "broken.tif": (b"II*\0\x08\0\0\0\xff\xff", "damaged"),
}


@pytest.mark.parametrize("name", BAD)
def test_what_holds_no_picture_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """An empty file, a text, a moving picture, a giant: each is told for what it is."""
    monkeypatch.setitem(sys.modules, "pi_heif", None)
    file = tmp_path / name
    file.write_bytes(BAD[name][0])
    with pytest.raises(CannotRead) as said:
        pixels_of(file)
    assert BAD[name][1] in str(said.value)


@pytest.mark.parametrize("part", [0.02, 0.5, 0.98])
def test_a_file_that_is_cut_short(photo: tuple, tmp_path: Path, part: float) -> None:
    """A picture that was not copied whole is not read in part."""
    data = paper.jpeg(photo[1])
    file = tmp_path / "cut.jpg"
    file.write_bytes(data[: int(part * len(data))])
    with pytest.raises(CannotRead, match="cut short"):
        assert open_picture(Source(file)).grey is not None


def test_a_pdf_of_scans(photo: tuple, tmp_path: Path) -> None:
    """The scans in a PDF are read page by page."""
    sheet, image, marks = photo
    pages = [Image.fromarray(image), Image.fromarray(np.ascontiguousarray(np.rot90(image, 2)))]
    file, out = tmp_path / "scans.pdf", io.BytesIO()
    pages[0].save(out, format="PDF", save_all=True, append_images=pages[1:], resolution=150)
    file.write_bytes(out.getvalue())
    assert [read_file(sheet, source.file, source.page) for source in sources_of(file)] == [marks, marks]


def on_glass(image: Image.Image) -> Image.Image:
    """Ink alone: what is paper is transparent, and would be black."""
    return Image.merge("LA", [Image.new("L", image.size, 0), image.point(lambda v: 255 - v)])


GLASS = {
    "glass.png": lambda i, f: on_glass(i).save(f),
    "glass colours.png": lambda i, f: on_glass(i).convert("RGBA").save(f),
    "glass.webp": lambda i, f: on_glass(i).convert("RGBA").save(f, lossless=True, exact=True),
    "glass.tif": lambda i, f: on_glass(i).convert("RGBA").save(f, compression="tiff_lzw"),
}


@pytest.mark.parametrize("name", GLASS)
def test_ink_without_paper(photo: tuple, tmp_path: Path, name: str) -> None:
    """A picture whose paper is transparent is read as ink on white."""
    sheet, image, marks = photo
    GLASS[name](Image.fromarray(image), tmp_path / name)
    assert read_file(sheet, tmp_path / name) == marks


@pytest.mark.parametrize(("mode", "name"), [("CMYK", "a.tif"), ("RGBA", "a.png"), ("RGB", "a.webp")])
def test_pictures_that_take_much_memory(tmp_path: Path, mode: str, name: str) -> None:
    """A picture that would take more than 400 MB to read is refused by its size, which is told with what to do."""
    Image.new(mode, (6100, 6100), "white").save(tmp_path / name)
    with pytest.raises(CannotRead, match="37 megapixels; of such a file up to"):
        pixels_of(tmp_path / name)


class Turn(AbstractContextManager[None]):
    """Counts how often it is taken."""

    taken = 0

    def __enter__(self) -> None:
        self.taken += 1

    def __exit__(self, *_: object) -> None:
        pass


def test_large_pictures_take_turns(tmp_path: Path) -> None:
    """A picture that takes much memory to unpack waits for its turn; those of phones and scanners do not."""
    small, large = (4000, 3000), (6000, 4000)
    waits = {}
    for name, size in (("a.tif", small), ("b.jpg", large), ("c.tif", large), ("d.png", large)):
        Image.new("RGB", size, "white").save(tmp_path / name)
        turn = Turn()
        take_turns(turn)
        assert max(open_picture(Source(tmp_path / name)).grey.shape) >= 1700
        waits[name] = turn.taken
    assert waits == {"a.tif": 0, "b.jpg": 0, "c.tif": 1, "d.png": 1}
    take_turns(nullcontext())
