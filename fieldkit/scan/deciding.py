"""Empty, marked or doubtful: from what was measured to what is said. Whatever is not plain goes to a person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

import numpy as np
import numpy.typing as npt

from fieldkit.model.sheet import Box
from fieldkit.scan.bins import CROSSED, FAINT, HIDDEN, NONE, SECOND, SEVERAL, STRUCK, Reading
from fieldkit.scan.lines import DOWN, NOBODY, UP, columns
from fieldkit.scan.measuring import Measures
from fieldkit.scan.medians import median
from fieldkit.scan.thresholds import THRESHOLDS

REFERENCES = 2  # boxes
RING_SIDES = 3  # of the four edges of a box: no tail and no stroke from a neighbour passes so many


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
    """What is usual on a page, and what follows from it: how dark its outlines and its marks are, and how dark a
    line must be to be one, for noise."""

    outline: float
    mark: npt.NDArray[Any] | float
    line: float

    @property
    def faintest_mark(self) -> npt.NDArray[Any] | float:
        """A fainter one than this may be dirt, or rubbed out. In blurred pictures thin strokes are much fainter than
        broad ones, and the outlines say how blurred it is."""
        return THRESHOLDS.like_others * self.mark * min(1.0, self.outline / THRESHOLDS.sharp_outline)

    @property
    def pen_line(self) -> npt.NDArray[Any] | float:
        """A line this dark is no fold: outlines say how dark a printed line is in this picture, marks what a pen is."""
        return THRESHOLDS.pen_line * self.outline * self.mark


def look(boxes: Sequence[Box], measures: Measures) -> list[Saw]:
    """What each box looks like; the last are the two reference boxes, the empty one behind the solid one."""
    usual = _usual(measures)
    lines = measures.lines
    lined, joined = lines.dark > usual.line, lines.partner != NOBODY
    crossed_out = lined & ~joined & (lines.dark > usual.pen_line) & ~_streaked(boxes, measures, usual)
    ink, depth = np.where((lined & ~lines.begins)[:, None], measures.beside, measures.all_ink).T
    inked = _inked(ink, depth) & (measures.span >= THRESHOLDS.span) & (depth >= usual.faintest_mark)
    inked &= ~lined | ~lines.begins | (measures.beside[:, 1] >= THRESHOLDS.foot)
    empty = (ink <= THRESHOLDS.empty_ink) & (depth <= THRESHOLDS.empty_depth)
    nobodys = lined & joined & ~inked & ~inked[lines.partner]  # a stroke through two boxes that is all there is of both
    crossed_out[-REFERENCES:] = nobodys[-REFERENCES:] = False  # nobody marks those: it is a fold or a streak
    looks: list[tuple[npt.NDArray[Any], Saw]] = [
        (_hidden(measures, usual.outline), Saw.HIDDEN),
        (inked & _struck(measures) | (measures.frame > THRESHOLDS.framed), Saw.STRUCK),
        (crossed_out | nobodys, Saw.DOUBTFUL),
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
    return _Usual(
        outline,
        float(median(measures.depth[inked])) if enough else measures.depth,
        max(THRESHOLDS.line, THRESHOLDS.noise_line * float(median(measures.lines.dark))),
    )


def _inked(ink: npt.NDArray[Any], depth: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """Ink that may be a mark: dark, or a thin stroke, which is less dark in a picture but stands out more."""
    dark, stroke = depth >= THRESHOLDS.marked_depth, depth - ink >= THRESHOLDS.stroke
    return (ink >= THRESHOLDS.marked_ink) & (dark | stroke)


def _hidden(measures: Measures, outline: float) -> npt.NDArray[Any]:
    hidden = (measures.outline < THRESHOLDS.outline * outline) | (measures.ink < -THRESHOLDS.glare)
    return hidden | (measures.paper < THRESHOLDS.shaded * median(measures.paper))


def _streaked(boxes: Sequence[Box], measures: Measures, usual: _Usual) -> npt.NDArray[Any]:
    """The boxes of columns through most of which a line runs down the page: a dirty scanner, or a hard fold."""
    lines = measures.lines.leaving
    down = np.minimum(lines[:, UP], lines[:, DOWN]) > usual.line
    streaked = np.zeros(len(boxes), bool)
    for column in columns(boxes):
        if len(column) >= THRESHOLDS.streak_from and down[column].mean() >= THRESHOLDS.streak:
            streaked[column] = down[column]
    return streaked


def _struck(measures: Measures) -> npt.NDArray[Any]:
    """Solid ink that reaches beyond opposite edges: no mark is as wide as that, however far off its middle."""
    left, right, up, down = (measures.beyond > THRESHOLDS.beyond * measures.depth[:, None]).T
    return (measures.solid > THRESHOLDS.solid) & ((left & right) | (up & down))


def read_items(boxes: Sequence[Box], saw: Sequence[Saw], measures: Measures) -> list[Reading]:
    """One reading for each item, in the order of the boxes: sure only where exactly one box is marked."""
    rows: dict[str, list[int]] = {}
    for number, box in enumerate(boxes):
        rows.setdefault(box.item, []).append(number)
    return [_read(item, numbers, boxes, saw, measures) for item, numbers in rows.items()]


def _read(item: str, row: list[int], boxes: Sequence[Box], saw: Sequence[Saw], measures: Measures) -> Reading:
    looks = {saw[n] for n in row}
    marked = [n for n in row if saw[n] is Saw.MARKED]
    if Saw.HIDDEN in looks:
        return Reading(item, None, HIDDEN)
    if Saw.STRUCK in looks:
        return Reading(item, None, STRUCK)
    if len(marked) > 1:
        return Reading(item, None, SEVERAL)
    unclear = [n for n in row if saw[n] is Saw.DOUBTFUL]
    if not marked:
        return Reading(item, None, FAINT if unclear else CROSSED if Saw.CROSSED in looks else NONE)
    if any(measures.depth[n] > THRESHOLDS.rubbed_out * measures.depth[marked[0]] for n in unclear):
        return Reading(item, None, SECOND)
    if any(_ringed(n, marked[0], measures) or _hollowed(n, measures) for n in row if n != marked[0]):
        return Reading(item, None, SECOND)
    return Reading(item, boxes[marked[0]].mark)


def _ringed(box: int, marked: int, measures: Measures) -> bool:
    """Whether a ring is drawn round a box, about as dark as the mark in its row: it may be meant instead."""
    least = max(THRESHOLDS.ringed * float(measures.depth[marked]), THRESHOLDS.empty_depth)
    return int((measures.beyond[box] > least).sum()) >= RING_SIDES


def _hollowed(box: int, measures: Measures) -> bool:
    """Whether a box may have been filled as a whole, on a page where only the rim is left of what is solid."""
    if not measures.hollow:
        return False
    usual = THRESHOLDS.noise_rim * float(median(np.abs(measures.rim)))
    return bool(measures.rim[box] > np.clip(usual, *THRESHOLDS.rim))


def references_told_apart(saw: Sequence[Saw], measures: Measures) -> bool:
    """Whether the two reference boxes look solid and empty; they are the last, the empty one behind the solid one."""
    solid, empty = saw[-REFERENCES:]
    if measures.hollow:
        of_solid, of_empty = measures.rim[-REFERENCES:]
        specks = float(median(np.sort(measures.depth)[: len(measures.depth) // 2]))  # at least half are empty
        apart = of_solid > THRESHOLDS.hollow_rim and of_empty < THRESHOLDS.hollow_empty
        return empty is Saw.EMPTY and bool(apart and specks < THRESHOLDS.specks)
    marked = Saw.MARKED, Saw.STRUCK
    return solid in marked and empty not in (*marked, Saw.HIDDEN)  # a fold or a stain may cross the empty one
