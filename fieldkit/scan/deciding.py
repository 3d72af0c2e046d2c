"""Empty, marked or doubtful: from what was measured to what is said. Whatever is not plain goes to a person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

import numpy as np
import numpy.typing as npt

from fieldkit.model.sheet import Box
from fieldkit.scan.measuring import Measures
from fieldkit.scan.thresholds import THRESHOLDS, Thresholds


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


def look(measures: Measures, table: Thresholds = THRESHOLDS) -> list[Saw]:
    """What each box looks like."""
    usual = float(np.median(measures.outline))
    hidden = (measures.outline < table.outline * usual) | (measures.ink < -table.glare)
    hidden |= measures.paper < table.shaded * np.median(measures.paper)
    inked = (measures.ink >= table.marked_ink) & (measures.depth >= table.marked_depth)
    inked &= measures.depth >= _faintest(measures, inked, usual, table)
    quiet = measures.depth[measures.ink <= table.empty_ink]
    empty_depth = max(table.empty_depth, table.noise_depth * float(np.median(quiet)) if len(quiet) else 0.0)
    empty = (measures.ink <= table.empty_ink) & (measures.depth <= empty_depth)
    marks = np.where(_struck(measures, table), Saw.STRUCK, Saw.MARKED)
    saw = np.where(inked, marks, np.where(empty, Saw.EMPTY, Saw.DOUBTFUL))
    return list(np.where(hidden, Saw.HIDDEN, saw))


def _faintest(measures: Measures, inked: npt.NDArray[np.bool_], usual: float, table: Thresholds) -> float:
    """How dark a mark must be to be one like the others of its page: fainter ones may be dirt, or rubbed out. In blurred
    pictures thin strokes are much fainter than broad ones, and the outlines say how blurred it is."""
    if inked.sum() < table.like_others_from:
        return 0.0
    return float(table.like_others * np.median(measures.depth[inked]) * min(1.0, usual / table.sharp_outline))


def _struck(measures: Measures, table: Thresholds) -> npt.NDArray[np.bool_]:
    """Solid ink that reaches beyond opposite edges: no mark is as wide as that, however far off its middle."""
    left, right, up, down = (measures.beyond > table.beyond * measures.depth[:, None]).T
    return (measures.solid > table.solid) & ((left & right) | (up & down))  # type: ignore[no-any-return]


def read_items(
    boxes: Sequence[Box], saw: Sequence[Saw], measures: Measures, table: Thresholds = THRESHOLDS
) -> list[Reading]:
    """One reading for each item, in the order of the boxes: sure only where exactly one box is marked."""
    rows: dict[str, list[int]] = {}
    for number, box in enumerate(boxes):
        rows.setdefault(box.item, []).append(number)
    return [_read(item, numbers, boxes, saw, measures, table) for item, numbers in rows.items()]


def _read(
    item: str, row: list[int], boxes: Sequence[Box], saw: Sequence[Saw], measures: Measures, table: Thresholds
) -> Reading:
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
    if any(measures.depth[n] > table.rubbed_out * measures.depth[marked[0]] for n in unclear):
        return Reading(item, None, "a second box may be marked")
    return Reading(item, boxes[marked[0]].mark)
