"""One picture, read: where the page is, which sheet it is, and what is marked on it, or why it cannot be read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from gettext import gettext as _

import numpy as np

from fieldkit.model.codes import Code, NotOurs, parse_code
from fieldkit.model.sheet import Page
from fieldkit.scan.bins import N_, Bin, Reading, Refused
from fieldkit.scan.codes import codes_anywhere, of_sheets, read_code
from fieldkit.scan.deciding import REFERENCES, Saw, look
from fieldkit.scan.faults import blurred_paper, too_dark
from fieldkit.scan.following import Followed, follow, strangers
from fieldkit.scan.hollow import black_and_white, hollow_markers
from fieldkit.scan.lighting import Lit
from fieldkit.scan.measuring import Measures, measure
from fieldkit.scan.medians import median
from fieldkit.scan.pictures import Picture
from fieldkit.scan.placing import Anchors, Grey, Placement, Points, find_markers, place, place_with_code, refit
from fieldkit.scan.rows import read_items, references_told_apart
from fieldkit.scan.thresholds import THRESHOLDS

Sheets = Callable[[Code], tuple[str, Page]]  # the paper and page of a code; raises Refused

TWO = 2  # markers, of which the code can be the third
TOO_DARK = N_("too dark: photograph it again with more light")
TWO_SHEETS = N_("two sheets are in the picture: photograph each by itself")
NOTHING = N_("there is no code of fieldkit and no corner marker in it")
BY_AN_APP = N_(
    "{why}; a scanner app seems to have made it black and white: choose colour or grey in the app, or photograph it "
    "with the camera itself"
)


@dataclass(frozen=True)
class Seen:
    """A page that was read: its code, the layout it was read by, a reading for each item; and, for pictures of its
    rows, the grey picture with the place of the page in it and the millimetres by which each row has moved."""

    code: Code
    page: Page
    readings: tuple[Reading, ...]
    grey: Grey = field(repr=False)
    placement: Placement = field(repr=False)
    moved: dict[str, tuple[float, float]] = field(repr=False)
    curled: bool = False


def read_picture(picture: Picture, sheets: Sheets) -> Seen:
    """Read the one sheet in a picture. Raises Refused, or CannotRead for a damaged picture."""
    try:
        return _read_picture(picture, sheets)
    except Refused as refused:
        for_the_picture = refused.bin is Bin.UNREADABLE or refused.why == _(NOTHING)
        told = refused.why in (_(TWO_SHEETS), _(TOO_DARK))
        if not for_the_picture or told or not black_and_white(picture.grey):
            raise
        raise Refused(refused.bin, _(BY_AN_APP).format(why=refused.why), refused.code) from refused


def _read_picture(picture: Picture, sheets: Sheets) -> Seen:
    grey = picture.grey
    placement = _place(grey, sheets)
    if placement.scale < THRESHOLDS.finest and (finer := picture.finer) is not None:
        grey, placement = finer, _place(finer, sheets)
    code, found = _code(grey, placement)
    paper, page = sheets(code)
    if paper != placement.paper:
        placement = refit(placement, paper)
        code, found = _code(grey, placement)
    return _read(grey, placement, page, code, found)


def warm_up() -> None:
    """Read a picture with nothing on it: what is set up at the first picture is then set up, for copies of this process
    too."""
    nothing = Picture("grey", np.full((300, 200), 255, np.uint8), 200, 300)
    with suppress(Refused):
        read_picture(nothing, _unknown)


def _unknown(code: Code) -> tuple[str, Page]:
    raise Refused(Bin.NOT_OURS, "", code)


def _place(grey: Grey, sheets: Sheets) -> Placement:
    markers = find_markers(grey)
    placement = place(markers)
    if placement is None:
        return _place_by_code(grey, markers, sheets)
    others = {n: [m for m in found if m is not placement.corners.get(n)] for n, found in markers.items()}
    others = {n: found for n, found in others.items() if found}
    if others and (place(others) or len(of_sheets(codes_anywhere(grey))) > 1):
        raise _two_sheets()
    return placement


def _place_by_code(grey: Grey, markers: dict[int, list[Points]], sheets: Sheets) -> Placement:
    """The placement where the markers alone do not tell it. Raises Refused."""
    codes = codes_anywhere(grey)
    ours = of_sheets(codes)
    if len(ours) > 1:
        raise _two_sheets()
    placement = place_with_code(markers, ours) if len(markers) == TWO else None
    if placement is None or black_and_white(grey):  # in which corners of codes are not exact
        placement = place(hollow_markers(grey) | markers) or placement
    if placement is None:
        raise _nothing_placed(grey, len(markers), list(codes), sheets)
    return placement


def _two_sheets() -> Refused:
    return Refused(Bin.UNREADABLE, _(TWO_SHEETS))


def _nothing_placed(grey: Grey, markers: int, codes: list[str], sheets: Sheets) -> Refused:
    """Why no page was found in a picture; of which sheet it is at least the code may tell."""
    code = None
    for text in sorted(codes, key=lambda text: "/S/" not in text):  # those of sheets first
        try:
            code = parse_code(text)
            sheets(code)
        except NotOurs:
            continue
        except Refused as refused:
            return refused
    if markers <= TWO and len(find_markers(np.ascontiguousarray(grey[:, ::-1]))) > TWO:
        return Refused(Bin.UNREADABLE, _("the picture is mirrored: photograph it again, not by the front camera"), code)
    if markers > TWO:
        why = _("its corner markers are not where they should be: lay the whole sheet flat inside the picture")
        return Refused(Bin.UNREADABLE, why, code)
    if code is not None or markers > 1:
        why = _("only {n} of its four corner markers can be seen: lay the whole sheet flat inside the picture")
        return Refused(Bin.UNREADABLE, why.format(n=markers), code)
    if too_dark(grey):
        return Refused(Bin.UNREADABLE, _(TOO_DARK))
    if blurred_paper(grey):
        return Refused(Bin.UNREADABLE, _("blurred: hold the phone still, tap on the sheet, photograph it again"))
    return Refused(Bin.NOT_OURS, _(NOTHING))


def _code(grey: Grey, placement: Placement) -> tuple[Code, Anchors]:
    try:
        read = read_code(grey, placement)
    except NotOurs as why:
        raise Refused(Bin.NOT_OURS, _("its code is {what}").format(what=why)) from why
    if read is None:
        told = _("its code cannot be read, for blur, dirt or a fold: lay it flat, photograph it again")
        raise Refused(Bin.UNREADABLE, told)
    return read


def _read(grey: Grey, placement: Placement, page: Page, code: Code, found: Anchors) -> Seen:
    lit, followed, measures = measure_page(grey, placement, page, found)
    saw = look((*page.boxes, page.reference_filled, page.reference_empty), measures)
    if why := next(_faults(lit, placement, page, followed, measures, saw), None):
        raise Refused(Bin.UNREADABLE, why, code)
    readings = read_items(page.boxes, saw[:-REFERENCES], measures)
    moved = {box.item: (float(x), float(y)) for box, (x, y) in zip(page.boxes, followed.moved, strict=False)}
    return Seen(code, page, tuple(readings), grey, placement, moved, followed.curled)


def measure_page(grey: Grey, placement: Placement, page: Page, code: Anchors) -> tuple[Lit, Followed, Measures]:
    """Find and measure the boxes of a page, then its reference boxes, the filled one first."""
    boxes = (*page.boxes, page.reference_filled, page.reference_empty)
    lit = Lit.measure(grey, placement, np.array([[box.x_mm, box.y_mm] for box in boxes]))
    followed = follow(lit, placement, page, boxes, code)
    return lit, followed, measure(lit, placement, boxes, followed)


def _faults(
    lit: Lit, placement: Placement, page: Page, followed: Followed, measures: Measures, saw: list[Saw]
) -> Iterator[str]:
    """Why nothing should be taken from a page."""
    if median(measures.paper) < THRESHOLDS.dim:
        yield _(TOO_DARK)
    if measures.black < THRESHOLDS.black:
        yield _("what is printed black is not dark in it: photograph it again in even light")
    most = THRESHOLDS.lost_curled if followed.curled else THRESHOLDS.lost_boxes
    if saw.count(Saw.HIDDEN) > most * len(saw):
        yield _("its boxes are not where they should be: lay the sheet flat and whole, photograph it again")
    if strangers(lit, placement, page, followed) > THRESHOLDS.strangers:
        yield _("it has more boxes than this sheet should: was it printed from other items?")
    if not references_told_apart(saw, measures):
        yield _("its two reference boxes do not read one solid, one empty: keep them clean, photograph it again")
