"""Empty, marked or doubtful: from what was measured to what is said. Whatever is not plain goes to a person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

import numpy as np
import numpy.typing as npt

from fieldkit.model.sheet import Box
from fieldkit.scan.measuring import Measures
from fieldkit.scan.thresholds import THRESHOLDS


class Saw(Enum):
    """What a box looks like."""

    EMPTY = "empty"
    MARKED = "marked"
    DOUBTFUL = "doubtful"
    STRUCK = "struck out"
    HIDDEN = "hidden"


@dataclass(frozen=True)
class Reading:
    """What was read for one item. `mark` is what its one marked box stands for, where that is `sure`; else `why` says
    what a person should look at."""

    item: str
    mark: str | None
    why: str = ""

    @property
    def sure(self) -> bool:
        """Whether the mark may be recorded without a person."""
        return self.mark is not None


def look(measures: Measures) -> list[Saw]:
    """What each box looks like; the last is the empty reference box."""
    usual = max(float(np.median(measures.outline)), THRESHOLDS.usual_outline * float(measures.outline[-1]))
    hidden = (measures.outline < THRESHOLDS.outline * usual) | (measures.ink < -THRESHOLDS.glare)
    hidden |= measures.paper < THRESHOLDS.shaded * np.median(measures.paper)
    inked = (measures.ink >= THRESHOLDS.marked_ink) & (measures.depth >= THRESHOLDS.marked_depth)
    inked &= measures.depth >= _faintest(measures, inked, usual)
    quiet = measures.depth[measures.ink <= THRESHOLDS.empty_ink]
    empty_depth = max(THRESHOLDS.empty_depth, THRESHOLDS.noise_depth * float(np.median(quiet)) if len(quiet) else 0.0)
    empty = (measures.ink <= THRESHOLDS.empty_ink) & (measures.depth <= empty_depth)
    kinds = (Saw.HIDDEN, Saw.STRUCK, Saw.MARKED, Saw.EMPTY, Saw.DOUBTFUL)
    first = np.select([hidden, inked & _struck(measures), inked, empty], range(4), 4)
    return [kinds[n] for n in first]


def _faintest(measures: Measures, inked: npt.NDArray[Any], usual: float) -> float:
    """How dark a mark must be to be one like the others of its page: fainter ones may be dirt, or rubbed out. In
    blurred pictures thin strokes are much fainter than broad ones, and the outlines say how blurred it is."""
    if inked.sum() < THRESHOLDS.like_others_from:
        return 0.0
    return float(THRESHOLDS.like_others * np.median(measures.depth[inked]) * min(1.0, usual / THRESHOLDS.sharp_outline))


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
    looks = [saw[n] for n in row]
    marked = [n for n in row if saw[n] is Saw.MARKED]
    for look_of, why in (
        (Saw.HIDDEN, "a box cannot be seen"),
        (Saw.STRUCK, "a box is struck out"),
    ):
        if look_of in looks:
            return Reading(item, None, why)
    if len(marked) > 1:
        return Reading(item, None, "more than one box is marked")
    unclear = [n for n in row if saw[n] is Saw.DOUBTFUL]
    if not marked:
        return Reading(item, None, "a mark is too faint to be sure" if unclear else "no box is marked")
    if any(measures.depth[n] > THRESHOLDS.rubbed_out * measures.depth[marked[0]] for n in unclear):
        return Reading(item, None, "a second box may be marked")
    return Reading(item, boxes[marked[0]].mark)
