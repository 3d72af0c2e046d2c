"""From boxes to items: sure only where exactly one box of a row is marked, and nothing speaks against it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from fieldkit.model.sheet import Box
from fieldkit.scan.bins import CROSSED, FAINT, HIDDEN, NONE, SECOND, SEVERAL, STRUCK, Reading
from fieldkit.scan.deciding import REFERENCES, Saw
from fieldkit.scan.lines import LEFT, RIGHT, rows
from fieldkit.scan.measuring import Measures
from fieldkit.scan.medians import median
from fieldkit.scan.thresholds import THRESHOLDS


def read_items(boxes: Sequence[Box], saw: Sequence[Saw], measures: Measures) -> list[Reading]:
    """One reading for each item, in the order of the boxes: sure only where exactly one box is marked."""
    return [_read(item, row, boxes, saw, measures) for item, row in rows(boxes).items()]


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
    if any(_second(n, marked[0], measures) for n in unclear):
        return Reading(item, None, SECOND)
    if _struck_through(row, marked[0], measures):
        return Reading(item, None, STRUCK)
    others = [n for n in row if n != marked[0]]
    if (
        _linked(row, marked[0], measures)
        or _pointed(row, marked[0], measures)
        or any(_meant(n, marked[0], measures) for n in others)
    ):
        return Reading(item, None, SECOND)
    return Reading(item, boxes[marked[0]].mark)


def _second(box: int, marked: int, measures: Measures) -> bool:
    """Whether an unclear box may be marked as well: it is not as faint against the marked one as what was rubbed out,
    or a stroke that ends inside the box still stands out in it, as a rubber leaves none and a crease does not end."""
    depth = float(measures.depth[box])
    stroke = depth - float(measures.ink[box]) > THRESHOLDS.smudged
    ends = measures.lines.dark[box] <= measures.line and bool((measures.beyond[box] < THRESHOLDS.beyond * depth).all())
    return depth > THRESHOLDS.rubbed_out * float(measures.depth[marked]) or (stroke and ends)


def _meant(box: int, marked: int, measures: Measures) -> bool:
    """Whether an empty box may be meant instead of the one marked in its row."""
    return _ringed(box, marked, measures) or _hollowed(box, measures)


def _ringed(box: int, marked: int, measures: Measures) -> bool:
    """Whether a ring is drawn round a box, about as dark as the mark in its row: it may be meant instead."""
    least = max(THRESHOLDS.ringed * float(measures.depth[marked]), THRESHOLDS.empty_depth)
    return bool(measures.round[box] > least)


def _struck_through(row: list[int], marked: int, measures: Measures) -> bool:
    """Whether a line is drawn through a solid mark, from side to side, and through no other box of its row: what runs
    through them as well is a fold."""
    others = max((float(measures.sideways[n]) for n in row if n != marked), default=0.0)
    return bool(measures.solid[marked] > THRESHOLDS.solid and measures.sideways[marked] - others > measures.line)


def _linked(row: list[int], marked: int, measures: Measures) -> bool:
    """Whether a line runs from one box of a row to the next, about as dark as the mark, as an arrow does; what is
    outside the row on both sides as well is a fold."""
    leaving = measures.lines.leaving
    between = max((min(leaving[a, RIGHT], leaving[b, LEFT]) for a, b in pairwise(row)), default=0.0)
    fold = min(leaving[row[0], LEFT], leaving[row[-1], RIGHT])
    return bool(between - fold > max(THRESHOLDS.linked * float(measures.depth[marked]), measures.line))


def _pointed(row: list[int], marked: int, measures: Measures) -> bool:
    """Whether a line, or the head of an arrow, comes to a box of the row that is not marked, from a side and about as
    dark as the mark; or writing."""
    others = [n for n in row if n != marked]
    leaving = measures.lines.leaving
    fold = min(leaving[row[0], LEFT], leaving[row[-1], RIGHT])
    line = max((measures.aside[n] for n in others), default=0.0) - fold
    head = max((measures.heads[n] for n in others), default=0.0)
    return bool(max(line, head) > max(THRESHOLDS.pointed * float(measures.depth[marked]), measures.line))


def _hollowed(box: int, measures: Measures) -> bool:
    """Whether a box may have been filled as a whole, on a page where only the rim is left of what is solid."""
    return measures.hollow and bool(measures.rim[box] > measures.full_rim)


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
