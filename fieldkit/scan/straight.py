"""The straightened page and the crops of its rows, for people: to settle what is doubtful, and to keep."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import cv2
import numpy as np

from fieldkit.model.scoresheet import RATING
from fieldkit.model.sheet import BOX_R, COLUMN, MARGIN, Page
from fieldkit.scan.placing import Grey
from fieldkit.scan.reading import Seen
from fieldkit.scan.thresholds import THRESHOLDS

FINE = 5  # pixels a millimetre
PAPER = 235  # the brightness that paper is given
QUALITIES = (60, 45, 30, 20, 10)
MOST_BYTES = 295_000  # of the page with the crops of its rows
GREYS = 16  # of a crop
ABOVE_RATING, BELOW_RATING = 12.0, 6.0  # millimetres round the boxes of the rating, with its words


@dataclass(frozen=True)
class Straight:
    """A page as JPEG, and its rows by item as PNG; neither holds anything of where or when it was photographed."""

    page: bytes
    rows: dict[str, bytes]


def straighten(seen: Seen) -> Straight:
    """The page of a reading, flat and evenly lit."""
    even = _even(_upright(seen))
    rows = {}
    for item, top, bottom, left in _rows(seen.page):
        across, down = seen.moved[item]
        high, low = round((top + down) * FINE), round((bottom + down) * FINE)
        first, last = round((left + across) * FINE), even.shape[1] - round(MARGIN / 2 * FINE)
        rows[item] = _png(even[max(0, high) : low, max(0, first) : last])
    return Straight(_jpeg(even, MOST_BYTES - sum(map(len, rows.values()))), rows)


def _upright(seen: Seen) -> Grey:
    size = round(seen.page.width_mm * FINE), round(seen.page.height_mm * FINE)
    to_mm = np.array([[1 / FINE, 0, 0.5 / FINE], [0, 1 / FINE, 0.5 / FINE], [0, 0, 1]])
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    whole = seen.placement.homography @ to_mm
    return cv2.warpPerspective(seen.grey, whole, size, flags=flags, borderValue=PAPER)


def _even(page: Grey) -> Grey:
    """The page with its paper as bright everywhere."""
    small = cv2.resize(page, None, fx=0.2, fy=0.2, interpolation=cv2.INTER_AREA)
    width = round(THRESHOLDS.ink_mm * FINE * 0.2) | 1
    ink = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (width, width))
    paper = cv2.GaussianBlur(cv2.morphologyEx(small, cv2.MORPH_CLOSE, ink), (0, 0), 2)
    paper = cv2.resize(paper, (page.shape[1], page.shape[0]), interpolation=cv2.INTER_LINEAR)
    return cv2.divide(page, paper, scale=PAPER)


def _rows(page: Page) -> Iterator[tuple[str, float, float, float]]:
    """Each item with the top, bottom and left edge of its row in millimetres."""
    for row in (row for block in page.blocks for row in block.rows):
        yield row.item, row.y_mm - row.height_mm / 2 - 0.5, row.y_mm + row.height_mm / 2 + 0.5, MARGIN / 2
    if page.rating:
        first = page.rating[0]
        left = first.x_mm - COLUMN / 2 - 4 * BOX_R
        yield RATING, first.y_mm - ABOVE_RATING, first.y_mm + BELOW_RATING, left


def _jpeg(page: Grey, most: int) -> bytes:
    data = b""
    for quality in QUALITIES:
        data = cv2.imencode(".jpg", page, [cv2.IMWRITE_JPEG_QUALITY, quality])[1].tobytes()
        if len(data) <= most:
            break
    return data


def _png(row: Grey) -> bytes:
    step = 256 // GREYS
    most = (PAPER - step) // step
    few = np.minimum(row // step, most) * (255 // most)  # paper becomes white
    return cv2.imencode(".png", few.astype(np.uint8), [cv2.IMWRITE_PNG_COMPRESSION, 3])[1].tobytes()
