"""Empty, marked or doubtful: from what was measured of a box to what it looks like."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import chain, pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

from fieldkit.model.sheet import Box
from fieldkit.scan.lines import DOWN, NOBODY, UP, columns, rows
from fieldkit.scan.measuring import Measures
from fieldkit.scan.medians import median
from fieldkit.scan.thresholds import THRESHOLDS

REFERENCES = 2  # boxes
STAIN_SIDES = 2  # of the four edges of a box: the tail of a tick passes one
BY_CORNER = (False, True, True, False)  # the right and the upper edge
CROSS_ENDS = 3  # that leave a box: a tick has two, a cross may have missed an edge


class Saw(Enum):
    """What a box looks like."""

    EMPTY = "empty"
    CROSSED = "empty, with a line that comes from elsewhere"
    MARKED = "marked"
    DOUBTFUL = "doubtful"
    STRUCK = "struck out"
    HIDDEN = "hidden"


@dataclass(frozen=True)
class _Usual:
    """What is usual on a page, and what follows from it: how dark its outlines and its marks are."""

    outline: float
    mark: npt.NDArray[Any] | float

    @property
    def thin_mark(self) -> npt.NDArray[Any] | float:
        """How dark marks by thin strokes are: in blurred pictures much fainter than broad ones, and the outlines say
        how blurred it is."""
        return self.mark * min(1.0, self.outline / THRESHOLDS.sharp_outline)

    @property
    def pen_line(self) -> npt.NDArray[Any] | float:
        """A line this dark is no fold: outlines say how dark a printed line is in this picture, marks what a pen is."""
        return THRESHOLDS.pen_line * self.outline * self.mark


def look(boxes: Sequence[Box], measures: Measures) -> list[Saw]:
    """What each box looks like; the last are the two reference boxes, the empty one behind the solid one."""
    usual = _usual(measures)
    lines = measures.lines
    lined, joined = lines.dark > measures.line, lines.partner != NOBODY
    streaked = _streaked(boxes, measures)
    crossed_out = lined & ~joined & (lines.dark > usual.pen_line) & ~streaked
    ink, depth = np.where((lined & ~lines.begins)[:, None], measures.beside, measures.all_ink).T
    inked = _inked(ink, depth) & ~_slip(measures) & (depth >= THRESHOLDS.like_others * usual.thin_mark)
    inked &= ~lined | ~lines.begins | (measures.beside[:, 1] >= THRESHOLDS.foot)
    empty = (ink <= THRESHOLDS.empty_ink) & (depth <= THRESHOLDS.empty_depth)
    nobodys = lined & joined & ~inked & ~inked[lines.partner]  # a stroke through two boxes that is all there is of both
    crossed_out[-REFERENCES:] = nobodys[-REFERENCES:] = False  # nobody marks those: it is a fold or a streak
    overdrawn = _overdrawn(boxes, inked, measures) & ~streaked
    overdrawn[-REFERENCES:] = False
    looks: list[tuple[npt.NDArray[Any], Saw]] = [
        (_hidden(measures, usual.outline), Saw.HIDDEN),
        (_struck(inked, measures) | (measures.frame > THRESHOLDS.framed) | overdrawn, Saw.STRUCK),
        (crossed_out | nobodys | inked & _stained(measures, usual), Saw.DOUBTFUL),
        (inked, Saw.MARKED),
        (empty & lined, Saw.CROSSED),
        (empty, Saw.EMPTY),
    ]
    first = np.select([are for are, _ in looks], range(len(looks)), len(looks))
    return [looks[n][1] if n < len(looks) else Saw.DOUBTFUL for n in first]


def _usual(measures: Measures) -> _Usual:
    outline = max(float(median(measures.outline)), THRESHOLDS.usual_outline * float(measures.outline[-1]))
    inked = _inked(measures.ink, measures.depth)
    enough = inked.sum() >= THRESHOLDS.usual_from
    return _Usual(outline, float(median(measures.depth[inked])) if enough else measures.depth)


def _inked(ink: npt.NDArray[Any], depth: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """Ink that may be a mark: dark, or a thin stroke, which is less dark in a picture but stands out more."""
    dark, stroke = depth >= THRESHOLDS.marked_depth, depth - ink >= THRESHOLDS.stroke
    return (ink >= THRESHOLDS.marked_ink) & (dark | stroke)


def _hidden(measures: Measures, outline: float) -> npt.NDArray[Any]:
    hidden = (measures.outline < THRESHOLDS.outline * outline) | (measures.ink < -THRESHOLDS.glare)
    return hidden | (measures.paper < THRESHOLDS.shaded * median(measures.paper))


def _stained(measures: Measures, usual: _Usual) -> npt.NDArray[Any]:
    """Which boxes have ink fainter than marks are on this page, and as faint beyond two of their edges: the ring of a
    cup, or a crease. The tail of a tick leaves by one corner, and so past two edges at once."""
    passed = _passed(measures.beyond, measures.depth)
    tail = (passed == BY_CORNER).all(axis=1) & (measures.strokes.ends == 1)
    return (measures.depth < THRESHOLDS.stained * usual.thin_mark) & (passed.sum(axis=1) >= STAIN_SIDES) & ~tail


def _streaked(boxes: Sequence[Box], measures: Measures) -> npt.NDArray[Any]:
    """The boxes of columns through most of which a line runs down the page: a dirty scanner, or a hard fold."""
    lines = measures.lines.leaving
    down = np.minimum(lines[:, UP], lines[:, DOWN]) > measures.line
    streaked = np.zeros(len(boxes), bool)
    for column in columns(boxes):
        if len(column) >= THRESHOLDS.streak_from and down[column].mean() >= THRESHOLDS.streak:
            streaked[column] = down[column]
    return streaked


def _struck(inked: npt.NDArray[Any], measures: Measures) -> npt.NDArray[Any]:
    """Solid ink that reaches beyond opposite edges: no mark is as wide as that, however far off its middle. Where most
    marks of a page are, this hand marks so: there it is ink more solid than is usual, or, where that is solid, further
    out."""
    solid = measures.solid
    struck = inked & (solid > THRESHOLDS.solid) & _opposite(measures.beyond, measures.depth) & ~_cross(measures)
    if THRESHOLDS.usual_from <= inked.sum() < 2 * struck.sum():
        usual = float(median(solid[struck]))
        filled = usual >= THRESHOLDS.filled
        struck &= _opposite(measures.far, measures.depth) if filled else solid >= (1 + usual) / 2
    return struck


def _overdrawn(boxes: Sequence[Box], inked: npt.NDArray[Any], measures: Measures) -> npt.NDArray[Any]:
    """Which marks have more drawn over them than a tick or a cross has strokes, beyond the edges; or strokes that go
    further out than marks do. Where most marks of a page are such, this hand marks so, or with so broad a pen."""
    strokes, marks = measures.strokes, inked.sum()
    more, further = inked & (strokes.level | strokes.across & ~_cross(measures)), inked & strokes.far_across
    if not (more | further).any():
        return more
    more &= ~_entered(boxes, measures)
    if marks >= THRESHOLDS.usual_from:
        more &= more.sum() < THRESHOLDS.usual_overdrawn * marks
        if (inked & (strokes.ends >= CROSS_ENDS)).sum() >= THRESHOLDS.usual_crosses * marks:
            further &= strokes.out_across
    return (more | further) & ~_folded(boxes, measures)


def _cross(measures: Measures) -> npt.NDArray[Any]:
    """Which boxes have two strokes and no more, of which at least two ends leave: blurred ones may look solid."""
    return (measures.strokes.ends > 1) & (measures.strokes.others <= THRESHOLDS.overdrawn)


def _folded(boxes: Sequence[Box], measures: Measures) -> npt.NDArray[Any]:
    """The boxes through which a line runs that runs through another of their row as well: a fold."""
    sideways = measures.sideways > measures.line
    folded = np.zeros(len(boxes), bool)
    for row in rows(boxes).values():
        folded[row] = sideways[row] & (sideways[row].sum() > 1)
    return folded


def _entered(boxes: Sequence[Box], measures: Measures) -> npt.NDArray[Any]:
    """The boxes into which the tail of a tick may come from the box below."""
    leaving, entered = measures.lines.leaving, np.zeros(len(boxes), bool)
    for above, below in chain.from_iterable(map(pairwise, columns(boxes))):
        entered[above] = min(leaving[above, DOWN], leaving[below, UP]) >= measures.line
    return entered


def _slip(measures: Measures) -> npt.NDArray[Any]:
    """Which boxes have a thin stroke too short for a mark, a dot of the pen, or specks that lie apart."""
    short = (measures.length < THRESHOLDS.slip) & (measures.solid < THRESHOLDS.thin)
    return short | (measures.piece < THRESHOLDS.piece)


def _opposite(outside: npt.NDArray[Any], depth: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """Which boxes have ink outside opposite edges, about as dark as inside."""
    left, right, up, down = _passed(outside, depth).T
    return (left & right) | (up & down)


def _passed(outside: npt.NDArray[Any], depth: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """Which edges (n, 4) of each box the ink inside passes, about as dark."""
    return outside > THRESHOLDS.beyond * depth[:, None]
