"""The geometry of a scoresheet, in millimetres from the top left corner of the page, once for printer and reader.

A sheet has one page or more; every page has four corner markers, a code, side dots and a pair of reference boxes in
the same places. Positions depend on the list of items only, never on texts, so a sheet is the same in every language.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from fieldkit.model.scoresheet import RATING, RATINGS, Item, Scale

LAYOUT = 1  # stands in every printed code; a reader refuses one that it does not know
TWO_LANGUAGES = 2  # the layout whose rows have room for two languages
LAYOUTS = (LAYOUT, TWO_LANGUAGES)
PAPER = {"a4": (210.0, 297.0), "letter": (215.9, 279.4)}

MARGIN = 12.0
MARKER = 12.0  # side of a corner marker
MARKER_INSET = 15.0  # its centre, from both edges of the page
# The inner 4 x 4 cells of the markers, row by row, 1 is white: ids 0 to 3 of the public ArUco dictionary 4X4_50,
# clockwise from the top left corner of the page.
MARKERS = ("1011010100110010", "0000111110011010", "0011001100101101", "1001100101000110")

CODE_SIZE = 30.0  # the QR code with its quiet zone
CODE_TOP = 8.0
STICKER = (34.0, 35.0)  # width and height of a personal sticker
STICKER_TOP, STICKER_GAP = 5.0, 3.0  # its place on a spare sheet: from the top, and from the code
BOX_R = 2.75  # half the side of a box
BOX_LINE = 0.3
COLUMN = 20.0  # from one box of a row to the next: room for the word above it in any language
LAST_COLUMN = 20.0  # the centre of the last box, from the right edge
REFERENCE_Y = 47.0  # one box printed solid, one left empty
SIDE_DOT_R = 1.5
SIDE_DOT_INSET = 7.5

FIRST_BLOCK = 54.0
HEADING = 8.0  # the scale's words above a block of rows
ROW_LEAST, ROW_MOST, ROW_LONG = 9.0, 12.0, 10.0
HEADING_TWO, ROW_TWO = 15.5, 15.0  # with two languages: two lines of each
GAP_EVERY, GAP = 5, 1.5
BOTTOM = 25.0  # kept free below the rows, for markers and foot line
FOOT = 49.0  # rating, times, remarks and signatures, on the last page
RATING_Y = 13.0  # the boxes of the rating, from the top of the foot block


@dataclass(frozen=True)
class Shape:
    """Heights in millimetres: the scale's words above a block, a row on a sheet of one page, at least and at most, and
    a row on a sheet of several pages."""

    heading: float
    row_least: float
    row_most: float
    row_long: float


SHAPES = {
    LAYOUT: Shape(HEADING, ROW_LEAST, ROW_MOST, ROW_LONG),
    TWO_LANGUAGES: Shape(HEADING_TWO, ROW_TWO, ROW_TWO, ROW_TWO),
}


@dataclass(frozen=True)
class Box:
    """A box to mark, by its centre and half its side."""

    item: str
    mark: str
    x_mm: float
    y_mm: float
    r_mm: float = BOX_R


@dataclass(frozen=True)
class Row:
    """One item on paper. `number` counts through the whole sheet from 1; `y_mm` is the middle of the row."""

    item: str
    number: int
    y_mm: float
    height_mm: float
    boxes: tuple[Box, ...]


@dataclass(frozen=True)
class Block:
    """Rows of one scale under one heading; `y_mm` is the top of the heading, `columns` the centres of its boxes."""

    scale: Scale
    y_mm: float
    heading_mm: float
    columns: tuple[float, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Page:
    """One page of a sheet. `rating` and `foot_mm` (the top of the foot block) are on the last page only."""

    number: int
    of: int
    width_mm: float
    height_mm: float
    blocks: tuple[Block, ...]
    rating: tuple[Box, ...]
    foot_mm: float | None

    @property
    def boxes(self) -> tuple[Box, ...]:
        """Every box that may be marked on this page, rows first."""
        return tuple(box for block in self.blocks for row in block.rows for box in row.boxes) + self.rating

    @property
    def markers(self) -> tuple[tuple[float, float], ...]:
        """Centres of the corner markers, clockwise from the top left."""
        right, low = self.width_mm - MARKER_INSET, self.height_mm - MARKER_INSET
        return ((MARKER_INSET, MARKER_INSET), (right, MARKER_INSET), (right, low), (MARKER_INSET, low))

    @property
    def side_dots(self) -> tuple[tuple[float, float], ...]:
        """Centres of the dots along both edges, by which a curled page is followed."""
        ys = [self.height_mm * k / 6 for k in range(1, 6)]
        return tuple((x, y) for x in (SIDE_DOT_INSET, self.width_mm - SIDE_DOT_INSET) for y in ys)

    @property
    def code_corner(self) -> tuple[float, float]:
        """Top left corner of the code with its quiet zone."""
        return self.width_mm - MARKER_INSET - MARKER / 2 - 3 - CODE_SIZE, CODE_TOP

    @property
    def sticker_corner(self) -> tuple[float, float]:
        """Top left corner of the place for a sticker on a spare sheet; one that is stuck elsewhere is found as well."""
        return self.code_corner[0] - STICKER_GAP - STICKER[0], STICKER_TOP

    @property
    def reference_filled(self) -> Box:
        """The box that is printed solid."""
        return Box("reference", "filled", self.width_mm - LAST_COLUMN - 2 * COLUMN, REFERENCE_Y)

    @property
    def reference_empty(self) -> Box:
        """The box that is printed empty and stays so."""
        return Box("reference", "empty", self.width_mm - LAST_COLUMN, REFERENCE_Y)


def lay_out(items: Sequence[Item], paper: str = "a4", layout: int = LAYOUT) -> tuple[Page, ...]:
    """The pages of a sheet with `items` in this order. A short list has taller rows, a long one more pages.

    `layout` is one of LAYOUTS; the whole course has the same, whatever its languages are.
    """
    width, height = PAPER[paper]
    shape = SHAPES[layout]
    shares, row_height = _share_out(items, height, shape)
    pages, first = [], 0
    for number, share in enumerate(shares, 1):
        last = number == len(shares)
        foot = height - BOTTOM - FOOT if last else None
        blocks = _blocks(items[first : first + share], first, width, row_height, shape.heading)
        rating = _rating(width, foot) if foot is not None else ()
        pages.append(Page(number, len(shares), width, height, blocks, rating, foot))
        first += share
    return tuple(pages)


def _share_out(items: Sequence[Item], height: float, shape: Shape) -> tuple[list[int], float]:
    """How many items each page takes, and the height of a row."""
    room = height - BOTTOM - FIRST_BLOCK
    spare = room - FOOT - _taken(items, shape.heading)
    if not items or spare >= shape.row_least * len(items):
        return [len(items)], min(shape.row_most, spare / max(1, len(items)))
    shares, left = [], list(items)
    while _taken(left, shape.heading) + shape.row_long * len(left) > room - FOOT:
        count = len(left) - 3  # the last page never holds the foot alone
        while count > 1 and _taken(left[:count], shape.heading) + shape.row_long * count > room:
            count -= 1
        shares.append(max(1, count))
        left = left[max(1, count) :]
    return [*shares, len(left)], shape.row_long


def _taken(items: Sequence[Item], heading: float) -> float:
    """Millimetres that headings and gaps take, rows left out."""
    counts = [len(list(run)) for _, run in groupby(items, key=lambda item: item.scale.id)]
    return sum(heading + GAP * (math.ceil(count / GAP_EVERY) - 1) for count in counts)


def _blocks(items: Sequence[Item], before: int, width: float, row_height: float, heading: float) -> tuple[Block, ...]:
    blocks, y, number = [], FIRST_BLOCK, before
    for _, run in groupby(items, key=lambda item: item.scale.id):
        members, top = list(run), y
        marks = members[0].scale.marks
        columns = tuple(width - LAST_COLUMN - COLUMN * (len(marks) - 1 - k) for k in range(len(marks)))
        rows, y = [], y + heading
        for place, item in enumerate(members):
            y += GAP if place and place % GAP_EVERY == 0 else 0
            number += 1
            middle = round(y + row_height / 2, 3)
            boxes = tuple(Box(item.id, mark.id, x, middle) for mark, x in zip(item.scale.marks, columns, strict=True))
            rows.append(Row(item.id, number, middle, row_height, boxes))
            y += row_height
        blocks.append(Block(members[0].scale, top, heading, columns, tuple(rows)))
    return tuple(blocks)


def _rating(width: float, foot: float) -> tuple[Box, ...]:
    last = width - LAST_COLUMN
    return tuple(
        Box(RATING, mark, last - COLUMN * (len(RATINGS) - 1 - k), foot + RATING_Y) for k, mark in enumerate(RATINGS)
    )
