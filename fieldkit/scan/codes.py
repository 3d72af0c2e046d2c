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
from fieldkit.scan.equalising import MODULES, equalised
from fieldkit.scan.flattening import flattened
from fieldkit.scan.placing import CODE, Anchors, Grey, Placement, Points, bare_page, enlarged, halved, marker_corners

MODULE = 8  # pixels of a module in the straightened code
NOWHERE = Anchors(np.empty((0, 2)), np.empty((0, 2)))


def read_code(grey: Grey, placement: Placement) -> tuple[Code, Anchors] | None:
    """The code of a placed page, and where its corners were found, if that can be told. None where nothing can be read;
    raises NotOurs for somebody else's code."""
    other: NotOurs | None = None
    for text, anchors in _tries(grey, placement):
        try:
            code = parse_code(text)
        except NotOurs as why:
            other = why
            continue
        if code.kind == "S":
            return code, anchors
        other = NotOurs("that of a tag or a sticker, not of a sheet")
    if other:
        raise other
    return None


def _tries(grey: Grey, placement: Placement) -> Iterator[tuple[str, Anchors]]:
    """Texts and corners of codes, first where the code should be, then anywhere in the picture."""
    patch = _straight_code(grey, placement)
    corner, mm = np.array(bare_page(placement.paper).code_corner), CODE_SIZE / MODULES / MODULE
    for text, pixels in _read(_sharpened(patch)):
        yield text, _anchors(placement, (pixels + 0.5) * mm + corner)
    for text, _ in _read(equalised(patch)):
        yield text, NOWHERE  # it is drawn where it should be, wherever it was
    for text, pixels in _read(patch):
        yield text, _anchors(placement, (pixels + 0.5) * mm + corner)
    if (flat := flattened(patch)) is not None:
        for text, _ in _read(equalised(flat[0])) or _read(flat[0]):
            yield text, _anchors(placement, (flat[1] + 0.5) * mm + corner)
    for text, pixels in _read(grey):
        yield text, _anchors(placement, placement.millimetres(pixels))


def _anchors(placement: Placement, found: npt.NDArray[Any]) -> Anchors:
    """The corners of the code, found at these millimetres."""
    corners = marker_corners(placement.paper, CODE).astype(float)
    return Anchors(corners, found - corners)


def codes_anywhere(grey: Grey) -> dict[str, Points]:
    """The texts of all codes in a picture, wherever they are, each with its four corners in pixels."""
    return dict(_read(grey)) or {text: enlarged(pixels, 2) for text, pixels in _read(halved(grey))}


def of_sheets(codes: dict[str, Points]) -> list[Points]:
    """The corners of those codes that are of sheets."""
    return [pixels for text, pixels in codes.items() if _is_sheet(text)]


def _is_sheet(text: str) -> bool:
    try:
        return parse_code(text).kind == "S"
    except NotOurs:
        return False


def codes_on(patch: Grey) -> list[tuple[str, npt.NDArray[Any]]]:
    """Text and corners in pixels of each code in a picture of about MODULE pixels a module, as it is and sharpened."""
    return _read(patch) + _read(_sharpened(patch))


def _straight_code(grey: Grey, placement: Placement) -> Grey:
    left, top = bare_page(placement.paper).code_corner
    size = MODULE * MODULES
    mm = CODE_SIZE / size
    to_mm = np.array([[mm, 0, left + mm / 2], [0, mm, top + mm / 2], [0, 0, 1]])
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    return cv2.warpPerspective(grey, placement.homography @ to_mm, (size, size), flags=flags)


def _sharpened(patch: Grey) -> Grey:
    """The code as it is read best: noise smoothed, edges raised."""
    calm = cv2.GaussianBlur(patch, (0, 0), MODULE / 4)
    around = cv2.blur(cv2.blur(calm, (2 * MODULE - 1,) * 2), (2 * MODULE - 1,) * 2)  # quicker than a Gaussian as wide
    return cv2.addWeighted(calm, 2.5, around, -1.5, 0)


def _read(grey: Grey) -> list[tuple[str, npt.NDArray[Any]]]:
    """The text and the four corners (4, 2) in pixels, clockwise from its own top left, of each code in a picture."""
    found = zxingcpp.read_barcodes(grey, formats=zxingcpp.BarcodeFormat.QRCode)  # type: ignore[arg-type]
    return [(code.text, _corners(code.position)) for code in found if code.text]


def _corners(position: zxingcpp.Position) -> npt.NDArray[Any]:
    four = position.top_left, position.top_right, position.bottom_right, position.bottom_left
    return np.array([[corner.x, corner.y] for corner in four], float)
