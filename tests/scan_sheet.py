"""One printed sheet, and what is read from pictures of it."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import numpy as np
import printing_samples as samples
import pytest
import scan_pictures as paper

from fieldkit.model.codes import Code
from fieldkit.model.sheet import Box, Page, lay_out
from fieldkit.paper.page import open_pdf
from fieldkit.printing.scoresheet import SheetPrinter
from fieldkit.scan.pictures import Picture
from fieldkit.scan.reading import Refused, Seen, read_picture

ITEMS = samples.make_items(12, scales=(samples.DONE, samples.QUALITY))


class Sheet:
    """The first page of a printed sheet of twelve items, in one language or two, of the first trainee or another."""

    def __init__(self, folder: Path, size: str = "a4", lang: str = "ru", beside: str = "", number: int = 1) -> None:
        people = ("Айбек Касымов", "Нурлан Токтогулов")[:number]
        pack = samples.make_pack(people, items=ITEMS, paper=size, lang=lang, spares=0)
        if beside:
            settings = replace(pack.settings, bilingual_sheets=True, languages=(lang, beside))
            trainees = {number: replace(person, language=beside) for number, person in pack.trainees.items()}
            pack = replace(pack, settings=settings, trainees=trainees)
        self.size, self.layout = size, lay_out(ITEMS, size, pack.layout)[0]
        file = folder / f"{size} {lang} {beside} {number}.pdf"
        with open_pdf(file, title="Sheet", lang=lang, page_size=size) as pdf:
            SheetPrinter(pdf, pack).draw(pack.sheets[number - 1])
        self.blank = paper.printed(file)

    def page_of(self, code: Code) -> tuple[str, Page]:
        """What a course would say of its code."""
        return self.size, self.layout

    def box(self, item: str, number: int = 0) -> Box:
        """One of the boxes of an item, counted from the left."""
        return self.row(item)[number]

    def row(self, item: str) -> list[Box]:
        """The boxes of an item."""
        return [box for box in self.layout.boxes if box.item == item]

    def row_mm(self, item: str) -> float:
        """From the row above an item to its own."""
        above = max(box.y_mm for box in self.layout.boxes if box.y_mm < self.box(item).y_mm)
        return self.box(item).y_mm - above


def seen(sheet: Sheet, image: np.ndarray) -> Seen:
    """What is read from a picture, by way of a JPEG."""
    return read_picture(Picture("jpeg", paper.jpeg(image), image.shape[1], image.shape[0]), sheet.page_of)


def read(sheet: Sheet, image: np.ndarray) -> dict[str, str | None]:
    return {r.item: r.mark for r in seen(sheet, image).readings}


def why(sheet: Sheet, image: np.ndarray) -> dict[str, str]:
    return {r.item: r.why for r in seen(sheet, image).readings}


def filled(sheet: Sheet, rng: random.Random, **how: object) -> tuple[np.ndarray, dict[str, str]]:
    page = sheet.blank.copy()
    return page, paper.fill(page, sheet.layout, rng, **how)  # type: ignore[arg-type]


def refusal(sheet: Sheet, image: np.ndarray) -> Refused:
    with pytest.raises(Refused) as refused:
        seen(sheet, image)
    return refused.value
