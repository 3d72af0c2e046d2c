"""Printed scoresheets: where things stand on paper, and what a reader finds there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

import cv2
import numpy as np
import pypdfium2
import pytest
import zxingcpp
from printing_samples import DONE, LONG_NAME, QUALITY, make_items, make_pack, with_sheet

from fieldkit.errors import BadInput
from fieldkit.model.codes import Code, show_short
from fieldkit.model.plan import Pack
from fieldkit.model.sheet import BOX_LINE, CODE_SIZE, LAYOUT, MARGIN, MARKER, SIDE_DOT_R, Page, lay_out
from fieldkit.model.texts import LANGUAGES
from fieldkit.paper.page import open_pdf
from fieldkit.paper.text import SMALL, width
from fieldkit.paper.words import word
from fieldkit.printing.pack import print_pack
from fieldkit.printing.scoresheet import NAME_HEIGHT, NAME_TOP, SheetPrinter

DPI = 200
MM = DPI / 25.4
Picture = np.ndarray


def draw(pack: Pack, folder: Path) -> Path:
    """All sheets of a pack in one file."""
    path = folder / "sheets.pdf"
    with open_pdf(path, title="Sheets", lang="en", page_size=pack.settings.paper) as pdf:
        printer = SheetPrinter(pdf, pack)
        for sheet in pack.sheets:
            printer.draw(sheet)
    return path


def render(path: Path) -> list[Picture]:
    """The pages of a file in grey at DPI."""
    document = pypdfium2.PdfDocument(path)
    return [np.array(page.render(scale=DPI / 72, grayscale=True).to_pil().convert("L")) for page in document]


def written(path: Path) -> list[str]:
    """The text of each page of a file, white space made single."""
    return [" ".join(page.get_textpage().get_text_range().split()) for page in pypdfium2.PdfDocument(path)]


def patch(picture: Picture, x_mm: float, y_mm: float, half_mm: float) -> Picture:
    """The pixels within half_mm of a place."""
    x, y, half = x_mm * MM, y_mm * MM, half_mm * MM
    return picture[round(y - half) : round(y + half) + 1, round(x - half) : round(x + half) + 1]


@cache
def _layouts() -> dict[str, Pack]:
    long = make_items(24, scales=(DONE, QUALITY))
    return {
        "a4 en": make_pack(items=make_items(3)),
        "letter ru two pages": make_pack(["Айбек"], items=long, paper="letter", lang="ru"),
        "a4 prs": make_pack(["احمد ضیا"], items=make_items(16, scales=(QUALITY, DONE)), lang="prs"),
    }


@pytest.fixture(scope="module", params=list(_layouts()))
def printed(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Pack, list[Picture]]:
    """A pack in one of the layouts, and its pages as pictures."""
    pack = _layouts()[request.param]
    return pack, render(draw(pack, tmp_path_factory.mktemp("sheets")))


def pages_of(pack: Pack) -> Sequence[Page]:
    items = next(iter(pack.exercises.values())).items
    return lay_out(items, pack.settings.paper)


def test_every_page_decodes_to_its_own_code(printed: tuple[Pack, list[Picture]]) -> None:
    """Every printed page, spare sheets and second pages too, carries the code of that page of that sheet."""
    pack, pictures = printed
    wanted = [
        str(Code("S", pack.settings.code, sheet.code_id, LAYOUT, page.number))
        for sheet in pack.sheets
        for page in pages_of(pack)
    ]

    found = [[b.text for b in zxingcpp.read_barcodes(p, formats=zxingcpp.BarcodeFormat.QRCode)] for p in pictures]

    assert [[text] for text in wanted] == found
    assert len(set(wanted)) == len(wanted)


def test_boxes_stand_where_the_layout_says(printed: tuple[Pack, list[Picture]]) -> None:
    """Every box has its outline where the layout puts it, and nothing inside it or just outside it."""
    pack, pictures = printed
    for picture, page in zip(pictures, pages_of(pack), strict=False):
        for box in (*page.boxes, page.reference_empty):
            around = patch(picture, box.x_mm, box.y_mm, box.r_mm + BOX_LINE / 2 + 0.7)
            inside = patch(picture, box.x_mm, box.y_mm, box.r_mm - BOX_LINE / 2 - 0.2)
            for side in (-1, 1):
                assert patch(picture, box.x_mm + side * box.r_mm, box.y_mm, 0.15).min() < 100, box
                assert patch(picture, box.x_mm, box.y_mm + side * box.r_mm, 0.15).min() < 100, box
            assert inside.min() > 250, box
            assert min(around[0].min(), around[-1].min(), around[:, 0].min(), around[:, -1].min()) > 250, box


def test_reference_boxes_and_dots_are_solid(printed: tuple[Pack, list[Picture]]) -> None:
    """On every page one reference box is solid black, and so are the dots along the edges."""
    pack, pictures = printed
    for picture, page in zip(pictures, pages_of(pack), strict=False):
        box = page.reference_filled
        assert patch(picture, box.x_mm, box.y_mm, box.r_mm - 0.1).max() < 20
        for x, y in page.side_dots:
            assert patch(picture, x, y, SIDE_DOT_R / 2).max() < 20
            ring = patch(picture, x, y, SIDE_DOT_R + 1)
            assert min(ring[0].min(), ring[-1].min(), ring[:, 0].min(), ring[:, -1].min()) > 250


def test_markers_are_found_where_the_layout_says(printed: tuple[Pack, list[Picture]]) -> None:
    """OpenCV finds the four corner markers, each by its number, within a tenth of a millimetre of the layout."""
    pack, pictures = printed
    finer = cv2.aruco.DetectorParameters()
    finer.cornerRefinementMethod = cv2.aruco.CORNER_REFINE_SUBPIX
    detector = cv2.aruco.ArucoDetector(cv2.aruco.getPredefinedDictionary(cv2.aruco.DICT_4X4_50), finer)
    for picture, page in zip(pictures, pages_of(pack), strict=False):
        corners, ids, _ = detector.detectMarkers(picture)
        found = {int(i): (c[0] + 0.5) / MM for i, c in zip(ids.ravel(), corners, strict=True)}

        assert sorted(found) == [0, 1, 2, 3]
        for number, (x, y) in enumerate(page.markers):
            assert found[number].mean(axis=0) == pytest.approx([x, y], abs=0.1)
            assert found[number][0] == pytest.approx([x - MARKER / 2, y - MARKER / 2], abs=0.1)


def test_nothing_looks_like_a_box_but_is_none(printed: tuple[Pack, list[Picture]]) -> None:
    """Outside the code and the markers, the only squares on a page are its boxes."""
    pack, pictures = printed
    for picture, page in zip(pictures, pages_of(pack), strict=False):
        ink = np.where(picture < 128, 255, 0).astype(np.uint8)
        x, y = page.code_corner
        ink[: round((y + CODE_SIZE) * MM), round(x * MM) : round((x + CODE_SIZE) * MM)] = 0
        for mx, my in page.markers:
            patch(ink, mx, my, MARKER / 2 + 0.5)[:] = 0
        outlines, _ = cv2.findContours(ink, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
        squares = 0
        for outline in outlines:
            _, _, wide, high = (side / MM for side in cv2.boundingRect(outline))
            full = cv2.contourArea(outline) / MM**2 > 0.85 * wide * high
            if full and 3.5 < wide < 9 and 0.8 < wide / high < 1.25:
                squares += 1

        assert squares == len(page.boxes) + 2


def test_a_long_list_flows_onto_a_second_page(tmp_path: Path) -> None:
    """A list of thirty items takes two pages of one sheet, and the printer tells where each of them is."""
    pack = make_pack(["Айбек", "Nurlan"], items=make_items(30), spares=0)

    printed = print_pack(pack, tmp_path, only=["scoresheets"])

    pdf = str(tmp_path / "scoresheets" / "station-1.pdf")
    ids = [sheet.id for sheet in pack.sheets]
    assert [(p.sheet, p.page, p.pdf, p.pdf_page) for p in printed] == [
        (ids[0], 1, pdf, 1),
        (ids[0], 2, pdf, 2),
        (ids[1], 1, pdf, 3),
        (ids[1], 2, pdf, 4),
    ]
    text = written(Path(pdf))
    assert word("goes_on", "en", page=2) in text[0]
    assert "Signature" not in text[0]
    assert "signature" in text[1]


@pytest.mark.parametrize("name", [LONG_NAME, LONG_NAME[:60], "Я", "Ж" * 120, "a " * 60, "محمد " * 20])
def test_a_name_stays_in_its_place(name: str, tmp_path: Path) -> None:
    """However long a name is, nothing but the line of the name changes on the sheet."""
    places = []
    for person in ("Айбек Касымов", name):
        (tmp_path / str(len(places))).mkdir()
        places.append(draw(make_pack([person], spares=0), tmp_path / str(len(places))))
    one, other = (render(path)[0] for path in places)
    right = pages_of(make_pack())[0].code_corner[0]

    differ = np.argwhere(one != other) / MM

    assert differ.size
    assert differ[:, 0].min() > NAME_TOP - 0.3
    assert differ[:, 0].max() < NAME_TOP + NAME_HEIGHT + 0.3
    assert differ[:, 1].min() > MARGIN - 0.5
    assert differ[:, 1].max() < right


def test_a_long_name_is_there_to_its_last_letter(tmp_path: Path) -> None:
    """A name of 120 letters is printed whole, not cut."""
    name = "Абдырахманбекова-Мамытбекова Айжаркын Токтогуловна, " * 2 + "дочь Токтогула"

    text = written(draw(make_pack([name], spares=0), tmp_path))[0]

    assert "дочь Токтогула" in text
    assert "…" not in text


@pytest.mark.parametrize("name", ["O'Brien <b>&amp; Söhne", "A & B", "<para>", "100 % {x} \\n (y)"])
def test_names_are_printed_as_they_are(name: str, tmp_path: Path) -> None:
    """Signs that mean something to a computer mean nothing in a name."""
    assert name in written(draw(make_pack([name], spares=0), tmp_path))[0]


def test_a_sheet_says_what_it_is(tmp_path: Path) -> None:
    """A sheet names trainee, station, instructor, time, course, page, its short id at head and foot, and TRAINING."""
    pack = with_sheet(make_pack(["Айбек Касымов"], spares=0), 0, copy=2)

    text = written(draw(pack, tmp_path))[0]

    for wanted in (
        "Айбек Касымов",
        "Container examination, seven points",
        "Bakyt Toktosunov",
        "2026-05-04 09:00",
        "second instructor",
        "Torugart 2026, seal practical",
        "page 1 of 1",
        "TRAINING - NOT A CUSTOMS DOCUMENT",
        word("how_to_mark", "en"),
    ):
        assert wanted in text
    assert text.count(show_short(pack.sheets[0].id)) == 2


def test_a_spare_sheet_has_no_name(tmp_path: Path) -> None:
    """A spare sheet names nobody and leaves lines for trainee and instructor."""
    pack = make_pack(["Айбек Касымов"], spares=1)

    text = written(draw(pack, tmp_path))[-1]

    assert "Spare scoresheet" in text
    assert "Айбек" not in text
    assert "Bakyt" not in text


def test_a_sheet_is_in_the_language_of_its_instructor(tmp_path: Path) -> None:
    """The instructor reads the sheet while he watches, so it is in his language, unless another was asked for."""
    pack = make_pack(["Айбек"], spares=0)
    russian = replace(pack.instructors["I1"], language="ru")
    pack = replace(pack, instructors={**pack.instructors, "I1": russian})

    assert "Оценочный лист" in written(draw(pack, tmp_path))[0]
    assert "Scoresheet" in written(draw(replace(pack, lang="en"), tmp_path))[0]


def test_an_item_that_does_not_fit_is_refused(tmp_path: Path) -> None:
    """An item too long for its row is named with what is too much, and nothing is printed."""
    items = make_items(10)
    text = "Looks at the seal from all sides, " * 8
    long = replace(items[3], text=type(items[3].text)({"en": text}))

    with pytest.raises(BadInput, match=r"act-4.*letters longer than its row"):
        print_pack(make_pack(items=(*items[:3], long, *items[4:])), tmp_path)

    assert not list(tmp_path.iterdir())


def test_words_between_the_reference_boxes_do_not_meet() -> None:
    """In every language the words beside the reference boxes leave room between them."""
    page = lay_out(make_items(3))[0]
    room = page.reference_empty.x_mm - page.reference_filled.x_mm - 2 * (page.reference_filled.r_mm + 1.5)
    for lang in LANGUAGES:
        assert width(word("marked", lang), SMALL, lang) + width(word("leave_empty", lang), SMALL, lang) < room - 1
