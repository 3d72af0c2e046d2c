"""Personal stickers on a page that was read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

from fieldkit.model.codes import Code, NotOurs, parse_code
from fieldkit.model.sheet import STICKER
from fieldkit.scan.codes import codes_on
from fieldkit.scan.reading import Seen

AROUND = 12.0  # millimetres round the place for a sticker that are looked at closely: few are stuck exactly
FINE = 8  # pixels a millimetre there


def persons_on(seen: Seen) -> tuple[Code, ...]:
    """The codes of persons, of whatever course, that lie within the page; each once."""
    found: dict[Code, None] = {}
    for text, corners in _texts(seen):
        try:
            code = parse_code(text)
        except NotOurs:
            continue
        if code.kind == "P" and _within(seen, corners):
            found[code] = None
    return tuple(found)


def _texts(seen: Seen) -> Iterator[tuple[str, npt.NDArray[Any]]]:
    """Texts of codes and their corners in millimetres: in the whole picture, then at the sticker's place, straight."""
    for text, pixels in codes_on(seen.grey):
        yield text, seen.placement.millimetres(pixels)
    (left, top), (wide, high) = seen.page.sticker_corner, STICKER
    corner = np.array([left - AROUND, top - AROUND])
    size = round((wide + 2 * AROUND) * FINE), round((high + 2 * AROUND) * FINE)
    to_mm = np.array([[1 / FINE, 0, corner[0]], [0, 1 / FINE, corner[1]], [0, 0, 1]])
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    place = cv2.warpPerspective(seen.grey, seen.placement.homography @ to_mm, size, flags=flags, borderValue=255)
    for text, pixels in codes_on(place):
        yield text, pixels / FINE + corner


def _within(seen: Seen, corners: npt.NDArray[Any]) -> bool:
    x, y = corners.mean(axis=0)
    return bool(0 < x < seen.page.width_mm and 0 < y < seen.page.height_mm)
