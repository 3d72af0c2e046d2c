"""What the code on a page says."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt
import zxingcpp

from fieldkit.model.codes import Code, NotOurs, parse_code
from fieldkit.model.sheet import CODE_SIZE
from fieldkit.scan.placing import Anchors, Grey, Placement, bare_page

MODULE = 8  # pixels of a module in the straightened code
MODULES = 33  # of a code of version 2, its quiet zone included
QUIET = 4  # modules of the quiet zone, on each side


def read_code(grey: Grey, placement: Placement) -> tuple[Code, Anchors] | None:
    """The code of a placed page, and where its corners were found. None where nothing can be read; raises NotOurs for
    somebody else's code."""
    other: NotOurs | None = None
    for text, found in _tries(grey, placement):
        try:
            return parse_code(text), Anchors(_corners_mm(placement), found - _corners_mm(placement))
        except NotOurs as why:
            other = why
    if other:
        raise other
    return None


def _tries(grey: Grey, placement: Placement) -> Iterator[tuple[str, npt.NDArray[Any]]]:
    """Texts and corners (in millimetres) of codes, first where the code should be, then anywhere in the picture."""
    corner = np.array(bare_page(placement.paper).code_corner)
    for patch in _sharpened(_straight_code(grey, placement)):
        for text, pixels in _read(patch):
            yield text, (pixels + 0.5) / MODULE * CODE_SIZE / MODULES + corner
    for text, pixels in _read(grey):
        yield text, placement.millimetres(pixels)


def _corners_mm(placement: Placement) -> npt.NDArray[Any]:
    """The corners of the code without its quiet zone, clockwise from the top left."""
    low, high = QUIET * CODE_SIZE / MODULES, (MODULES - QUIET) * CODE_SIZE / MODULES
    square = np.array([[low, low], [high, low], [high, high], [low, high]])
    return square + bare_page(placement.paper).code_corner


def codes_anywhere(grey: Grey) -> list[str]:
    """The texts of all codes in a picture, wherever they are."""
    half: Grey = cv2.resize(grey, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    return [text for text, _ in _read(half) or _read(grey)]


def _straight_code(grey: Grey, placement: Placement) -> Grey:
    left, top = bare_page(placement.paper).code_corner
    size = MODULE * MODULES
    mm = CODE_SIZE / size
    to_mm = np.array([[mm, 0, left + mm / 2], [0, mm, top + mm / 2], [0, 0, 1]])
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    return cv2.warpPerspective(grey, placement.homography @ to_mm, (size, size), flags=flags)


def _sharpened(patch: Grey) -> Iterator[Grey]:
    """The code as it is read best, then in other ways. Of 168 codes in poor photos of 3 megapixels the first way read
    167, as it is 128, blurred alone 91, and module by module 134, among them the one that was left."""
    calm = cv2.GaussianBlur(patch, (0, 0), MODULE / 4)
    sharp = cv2.addWeighted(calm, 2.5, cv2.GaussianBlur(calm, (0, 0), MODULE * 3 / 4), -1.5, 0)
    yield sharp
    yield patch
    half = MODULE // 2
    modules = cv2.blur(sharp, (half, half))[half::MODULE, half::MODULE]
    _, clean = cv2.threshold(modules, 0, 255, cv2.THRESH_OTSU)
    yield cv2.resize(clean, None, fx=MODULE, fy=MODULE, interpolation=cv2.INTER_NEAREST)
    yield calm


def _read(grey: Grey) -> list[tuple[str, npt.NDArray[Any]]]:
    """The text and the four corners (4, 2) in pixels, clockwise from its own top left, of each code in a picture."""
    found = zxingcpp.read_barcodes(grey, formats=zxingcpp.BarcodeFormat.QRCode)  # type: ignore[arg-type]
    return [(code.text, _corners(code.position)) for code in found if code.text]


def _corners(position: zxingcpp.Position) -> npt.NDArray[Any]:
    four = position.top_left, position.top_right, position.bottom_right, position.bottom_left
    return np.array([[corner.x, corner.y] for corner in four], float)
