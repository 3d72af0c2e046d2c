"""Pages and files: measured from the top left, the same bytes for the same drawing, whole or not there."""

from __future__ import annotations

import errno
import io
import re
from pathlib import Path

import pypdfium2
import pytest

from fieldkit import files
from fieldkit.errors import BadInput, FieldkitError
from fieldkit.paper.page import begin_form, do_form, end_form, hairline, has_form, next_page, open_pdf, rect
from fieldkit.paper.text import TEXT, draw_line, isolate

BLACK = (0.0, 0.0, 0.0)


def drawn(**options: str) -> bytes:
    """A small PDF of two pages."""
    file = io.BytesIO()
    with open_pdf(file, title="Бланк مهر", **options) as pdf:
        for page in (1, 2):
            draw_line(pdf, 15, 20, f"Лист {page}, {isolate('مهر ۱۵')}", lang=options.get("lang", "en"), width_mm=180)
            next_page(pdf)
    return file.getvalue()


def dark_box(pdf: bytes) -> tuple[float, float, float, float]:
    """Left, top, right and bottom, in millimetres, of what is dark on the first page."""
    page = pypdfium2.PdfDocument(pdf)[0]
    picture = page.render(scale=200 / 72, grayscale=True).to_pil().point(lambda value: 255 * (value < 128))
    box = picture.getbbox()
    assert box is not None
    return tuple(round(edge * 25.4 / 200, 1) for edge in box)  # type: ignore[return-value]


def test_the_same_drawing_gives_the_same_bytes() -> None:
    """Printing the same page twice gives the same file, byte for byte."""
    assert drawn(lang="prs") == drawn(lang="prs")


@pytest.mark.parametrize(("size", "points"), [("a4", (595.28, 841.89)), ("letter", (612.0, 792.0))])
def test_paper_sizes(size: str, points: tuple[float, float]) -> None:
    """A4 and Letter pages have their true sizes."""
    assert pypdfium2.PdfDocument(drawn(page_size=size))[0].get_size() == pytest.approx(points, abs=0.1)


def test_document_says_its_title_language_and_direction() -> None:
    """Readers are told the title, the language, and that Dari and Pashto documents run from right to left."""
    dari, russian = drawn(lang="prs"), drawn(lang="ru")

    assert pypdfium2.PdfDocument(dari).get_metadata_value("Title") == "Бланк مهر"
    assert re.search(rb"/Lang \(fa-AF\)", dari)
    assert re.search(rb"/Direction /R2L", dari)
    assert b"/R2L" not in russian


def test_every_font_is_embedded_and_only_what_is_used() -> None:
    """Nothing depends on the fonts of the reader's machine, and a page of few letters is a small file."""
    pdf = drawn(lang="ru")

    assert b"/FontFile2" in pdf
    assert b"Helvetica" not in pdf
    assert len(pdf) < 12_000


def test_places_are_measured_from_the_top_left() -> None:
    """A rectangle lies where it was put, in millimetres from the top left corner, on the page and in a form."""
    for in_form in (False, True):
        file = io.BytesIO()
        with open_pdf(file, title="x") as pdf:
            if in_form:
                begin_form(pdf, "a name with spaces, ы", 50, 40)
                rect(pdf, 10, 5, 20, 30, line_mm=0, fill=BLACK)
                end_form(pdf)
                do_form(pdf, "a name with spaces, ы", 20, 25)
            else:
                rect(pdf, 30, 30, 20, 30, line_mm=0, fill=BLACK)

        assert dark_box(file.getvalue()) == pytest.approx((30, 30, 50, 60), abs=0.2)


def test_a_form_as_large_as_the_page_lies_on_it_exactly() -> None:
    """What many pages share is drawn once, and shows on each page where it was drawn, text and lines alike."""
    file = io.BytesIO()
    with open_pdf(file, title="x", lang="prs") as pdf:
        assert not has_form(pdf, "shared")
        begin_form(pdf, "shared")
        hairline(pdf, 20, 40, 190, 40, line_mm=0.5)
        draw_line(pdf, 20, 39, "بررسی", TEXT, lang="prs", width_mm=170)
        end_form(pdf)
        assert has_form(pdf, "shared")
        for _ in range(3):
            do_form(pdf, "shared")
            next_page(pdf)

    left, top, right, bottom = dark_box(file.getvalue())
    assert (left, right, bottom) == pytest.approx((20, 190, 40.25), abs=0.3)
    assert 35 < top < 38
    assert len(pypdfium2.PdfDocument(file.getvalue())) == 3


def test_after_an_error_nothing_is_written(tmp_path: Path) -> None:
    """A file in use keeps its old content when drawing the new one fails half way."""
    path = tmp_path / "бланк مهر.pdf"
    path.write_bytes(b"old")

    with pytest.raises(BadInput), open_pdf(path, title="x") as pdf:
        draw_line(pdf, 10, 10, "汉")

    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_full_disk_leaves_the_old_file_and_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a full disk the file that was there stays, nothing half written lies about, and the message says why."""
    path = tmp_path / "pack.pdf"
    path.write_bytes(b"old")

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(files.os, "fsync", full)
    with pytest.raises(FieldkitError, match=r"pack\.pdf.*disk is full"), open_pdf(path, title="x") as pdf:
        draw_line(pdf, 10, 10, "text")

    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    """Writing into a folder that does not exist is refused with the path in the message."""
    with pytest.raises(FieldkitError, match="nowhere"), open_pdf(tmp_path / "nowhere" / "x.pdf", title="x") as pdf:
        draw_line(pdf, 10, 10, "text")
