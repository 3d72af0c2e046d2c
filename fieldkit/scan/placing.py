"""Where the page lies in the picture: from its corner markers, of which three are enough, or two with the code."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

from fieldkit.model.sheet import CODE_SIZE, MARKER, MARKERS, PAPER, Page
from fieldkit.scan.equalising import MODULES, QUIET
from fieldkit.scan.thresholds import THRESHOLDS

Grey = npt.NDArray[Any]  # (height, width) of uint8: 0 black, 255 white
Points = npt.NDArray[Any]  # (n, 2): x and y
MARKER_WINDOW = 23  # pixels, for the local threshold that finds dark squares
FIRST_PERIMETER = 0.09  # of a marker, as a share of the picture's longer side: without the boxes of a page in full
LEAST_PERIMETER = 0.05  # where markers are missing, for a page that is small in its picture
CELLS = 6  # across a marker, its black edge included
REFINED = 0.6  # of a cell: so far round a corner of a marker its edges are looked at, to place it exactly
EXACT = (cv2.TERM_CRITERIA_EPS | cv2.TERM_CRITERIA_MAX_ITER, 30, 0.1)
MOST_LOOKALIKES = 3  # markers of one number that are tried
CODE = 4  # the number of the code among the corner markers, 0 to 3
LOWER = (2, 3)  # markers


@dataclass(frozen=True)
class Anchors:
    """Printed things whose place is known: `points` (n, 2) where flat paper has them, `moved` (n, 2) how far from there
    they were found, both in millimetres."""

    points: npt.NDArray[Any]
    moved: npt.NDArray[Any]


@dataclass(frozen=True)
class Placement:
    """How millimetres of a page of `paper` become pixels. `error_mm` is what the markers leave unexplained; `corners`
    are the markers (0 to 3; 4 is the code) it rests on, each with the pixels of its four corners, clockwise."""

    paper: str
    homography: npt.NDArray[Any]
    error_mm: float
    corners: dict[int, Points]

    @property
    def size_mm(self) -> tuple[float, float]:
        """Width and height of the page."""
        return PAPER[self.paper]

    def pixels(self, points_mm: npt.ArrayLike) -> npt.NDArray[Any]:
        """Pixels (n, 2) of points (n, 2) in millimetres."""
        return _project(self.homography, np.asarray(points_mm, float))

    def millimetres(self, pixels: npt.ArrayLike) -> npt.NDArray[Any]:
        """Points (n, 2) in millimetres that lie at pixels (n, 2)."""
        return _project(np.linalg.inv(self.homography), np.asarray(pixels, float))

    def slopes(self, points_mm: npt.ArrayLike) -> npt.NDArray[Any]:
        """How pixels change with millimetres at each point: (n, 2, 2)."""
        points = np.asarray(points_mm, float)
        h = self.homography
        w = points @ h[2, :2] + h[2, 2]
        pixels = self.pixels(points)
        return (h[None, :2, :2] - pixels[:, :, None] * h[None, None, 2, :2]) / w[:, None, None]

    @property
    def scale(self) -> float:
        """Pixels a millimetre in the middle of the page."""
        middle = self.slopes([[self.size_mm[0] / 2, self.size_mm[1] / 2]])[0]
        return float(np.sqrt(abs(np.linalg.det(middle))))


def bare_page(paper: str) -> Page:
    """A page of that paper with nothing but what all pages have."""
    width, height = PAPER[paper]
    return Page(1, 1, width, height, (), (), None)


def find_markers(grey: Grey) -> dict[int, list[Points]]:
    """Every corner marker in the picture by its number, each as its four corners in pixels, clockwise."""
    found: dict[int, list[Points]] = {}
    half = halved(grey)
    quarter = halved(half)  # shows those of a sharp picture, in a third of the time
    for smaller, times, least in (
        (quarter, 4, FIRST_PERIMETER),
        (half, 2, FIRST_PERIMETER),
        (grey, 1, LEAST_PERIMETER),
    ):
        if len(found) < len(MARKERS):
            found = _markers_in(smaller, least, times, grey) | found
    return found


def halved(grey: Grey) -> Grey:
    """A picture of half the width and height."""
    return cv2.resize(grey, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)


def enlarged(pixels: Points, times: int) -> Points:
    """Where pixels of a picture that was made `times` smaller lie in the whole."""
    return (pixels + 0.5) * times - 0.5


def _markers_in(smaller: Grey, least: float, times: int, grey: Grey) -> dict[int, list[Points]]:
    """The markers of at least that perimeter in a picture that was made `times` smaller than `grey`, where their
    corners are."""
    corners, numbers, _ = detector(least).detectMarkers(smaller)
    found: dict[int, list[Points]] = {}
    for number, (four,) in zip([] if numbers is None else map(int, numbers.ravel()), corners, strict=True):
        if number < len(MARKERS):
            found.setdefault(number, []).append(_exact(enlarged(four, times), grey))
    return found


def _exact(corners: Points, grey: Grey) -> Points:
    """The corners of a marker, found about there, to a small part of a pixel."""
    window = max(2, round(REFINED * cv2.arcLength(corners, True) / 4 / CELLS))
    return cv2.cornerSubPix(grey, corners[:, None].copy(), (window, window), (-1, -1), EXACT)[:, 0]


def detector(least: float) -> cv2.aruco.ArucoDetector:
    """What finds markers and squares whose edge is at least this share of the longer side of the picture."""
    parameters = cv2.aruco.DetectorParameters()
    parameters.adaptiveThreshWinSizeMin = parameters.adaptiveThreshWinSizeMax = MARKER_WINDOW
    parameters.minMarkerPerimeterRate = least
    return cv2.aruco.ArucoDetector(cv2.aruco.getPredefinedDictionary(cv2.aruco.DICT_4X4_50), parameters)


def place(markers: dict[int, list[Points]]) -> Placement | None:
    """The placement that explains most markers best, over all papers; None where no three of them agree."""
    numbers = sorted(markers)
    best: Placement | None = None
    for chosen in product(*(markers[number][:MOST_LOOKALIKES] for number in numbers)):
        for paper in PAPER:
            found = _agreeing(dict(zip(numbers, chosen, strict=True)), paper)
            if found and (best is None or _rank(found) < _rank(best)):
                best = found
    return best


def place_with_code(markers: dict[int, list[Points]], codes: list[Points]) -> Placement | None:
    """The placement by two markers and the code of a sheet, each of `codes` as its four corners. One of the markers
    must be a lower one: from the top alone, nobody can tell how far away the bottom is."""
    if not codes or not any(number in markers for number in LOWER):
        return None
    return place(markers | {CODE: [code.astype(np.float32) for code in codes]})


def _rank(placement: Placement) -> tuple[int, float]:
    return -len(placement.corners), placement.error_mm


def _agreeing(corners: dict[int, Points], paper: str) -> Placement | None:
    """The placement by these markers, one left out where it disagrees with the other three."""
    if len(corners) < 3:
        return None
    whole = _fit(corners, paper)
    if whole.error_mm <= THRESHOLDS.placed_mm or len(corners) == 3:
        return whole if whole.error_mm <= THRESHOLDS.placed_mm else None
    without = [_fit({n: c for n, c in corners.items() if n != left}, paper) for left in corners]
    best = min(without, key=lambda p: p.error_mm)
    return best if best.error_mm <= THRESHOLDS.placed_mm else None


def _fit(corners: dict[int, Points], paper: str) -> Placement:
    millimetres = np.concatenate([marker_corners(paper, number) for number in corners])
    pixels = np.concatenate(list(corners.values()))
    homography, _ = cv2.findHomography(millimetres, pixels)
    if homography is None or abs(np.linalg.det(homography)) < 1e-12:
        return Placement(paper, np.eye(3), np.inf, corners)
    placement = Placement(paper, homography, 0.0, corners)
    off = np.linalg.norm(placement.millimetres(pixels) - millimetres, axis=1)
    return Placement(paper, homography, float(np.sqrt(np.mean(off**2))), corners)


def marker_corners(paper: str, number: int) -> Points:
    """The four corners of a marker, or of the code without its quiet zone, in millimetres, clockwise from its own top
    left."""
    page = bare_page(paper)
    if number == CODE:
        x, y = np.array(page.code_corner) + CODE_SIZE / 2
        half = CODE_SIZE / 2 * (1 - 2 * QUIET / MODULES)
    else:
        (x, y), half = page.markers[number], MARKER / 2
    return np.array(
        [[x - half, y - half], [x + half, y - half], [x + half, y + half], [x - half, y + half]], np.float32
    )


def marker_anchors(placement: Placement) -> Anchors:
    """The markers of a placement, by their middles."""
    points = np.array([marker_corners(placement.paper, number).mean(axis=0) for number in placement.corners])
    found = np.array([placement.millimetres(four).mean(axis=0) for four in placement.corners.values()])
    return Anchors(points.astype(float), found - points)


def _project(homography: npt.NDArray[Any], points: npt.NDArray[Any]) -> npt.NDArray[Any]:
    projected = points @ homography[:, :2].T + homography[:, 2]
    return projected[:, :2] / projected[:, 2:]


def refit(placement: Placement, paper: str) -> Placement:
    """The placement by the same markers on another paper."""
    return _fit(placement.corners, paper)
