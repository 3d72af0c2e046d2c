"""How bright the paper is at each place, so that darkness means ink and not shadow."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

from fieldkit.scan.placing import Grey, Placement, halved
from fieldkit.scan.thresholds import THRESHOLDS

Floats = npt.NDArray[Any]
PER_MM = 0.8  # pixels a millimetre, about, of the small picture that holds the paper's brightness
FINER_PER_MM = 1.6  # and where the edge of a shadow runs through a box
ROUND_MM = 3.5  # so far from the middle of a box its surroundings lie


@dataclass(frozen=True)
class Lit:
    """A grey picture, and in `paper` how bright its paper is without ink, `times` smaller."""

    grey: Grey
    paper: Grey
    times: int

    @classmethod
    def measure(cls, grey: Grey, placement: Placement, centres_mm: npt.NDArray[Any]) -> Lit:
        """As bright as is needed to see what lies at `centres_mm` (n, 2): more finely where a shadow ends there."""
        lit = cls._closed(grey, placement, PER_MM)
        shadow_ends = lit.steps(placement, centres_mm).max() > THRESHOLDS.shadow_edge
        return cls._closed(grey, placement, FINER_PER_MM) if shadow_ends else lit

    @classmethod
    def _closed(cls, grey: Grey, placement: Placement, per_mm: float) -> Lit:
        """Closing takes out what is dark and small, and keeps the edges of shadows."""
        times = max(1, int(placement.scale / per_mm / 2)) * 2
        height, width = (side // times * times for side in grey.shape)
        size = width // times, height // times  # a whole number of pixels into one, by halves first: many times faster
        small = cv2.resize(halved(grey[:height, :width]), size, interpolation=cv2.INTER_AREA)
        width = round(THRESHOLDS.ink_mm * placement.scale / times) | 1
        ink = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (width, width))
        paper = cv2.morphologyEx(cv2.blur(small, (3, 3)), cv2.MORPH_CLOSE, ink)
        return cls(grey, cv2.GaussianBlur(paper, (0, 0), 1.5), times)

    def darkness(self, placement: Placement, centres_mm: npt.NDArray[Any], reach: float, fine: int) -> Floats:
        """Square patches (n, s, s) of `fine` pixels a millimetre, reaching `reach` millimetres from each centre (n, 2),
        which is their middle pixel. 0 is paper, 1 is no light at all; below 0 is brighter than the paper."""
        x, y = _maps(placement, centres_mm, reach, fine)
        seen = cv2.remap(self.grey, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
        low = 0.5 / self.times - 0.5
        paper = cv2.remap(
            self.paper, x / self.times + low, y / self.times + low, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
        )
        dark = 1 - seen.astype(np.float32) / np.maximum(paper, 1)
        return dark.reshape(-1, x.shape[1], x.shape[1])

    def steps(self, placement: Placement, centres_mm: npt.NDArray[Any]) -> npt.NDArray[Any]:
        """How many times as bright as its darkest side the brightest side of each box (n) is."""
        sides = ROUND_MM * np.array([[-1, 0], [1, 0], [0, -1], [0, 1]])
        around = (centres_mm[:, None] + sides).reshape(-1, 2)
        bright = self.brightness(placement, around).reshape(-1, len(sides))
        return np.asarray(bright.max(axis=1) / np.maximum(bright.min(axis=1), 1))

    def brightness(self, placement: Placement, points_mm: npt.NDArray[Any]) -> npt.NDArray[Any]:
        """How bright the paper is at each point, 0 to 255."""
        at = ((placement.pixels(points_mm) + 0.5) / self.times).astype(int)
        high, wide = self.paper.shape
        return self.paper[at[:, 1].clip(0, high - 1), at[:, 0].clip(0, wide - 1)].astype(float)


def _maps(placement: Placement, centres_mm: npt.NDArray[Any], reach: float, fine: int) -> tuple[Floats, Floats]:
    """Where the pixels of the patches lie in the picture; around each centre the page is taken as even."""
    steps = round(reach * fine)
    along = np.arange(-steps, steps + 1, dtype=np.float32) / fine
    pixels = placement.pixels(centres_mm).astype(np.float32)[:, :, None, None]
    slopes = placement.slopes(centres_mm).astype(np.float32)[:, :, :, None, None]
    down = along[:, None]
    x = pixels[:, 0] + slopes[:, 0, 0] * along + slopes[:, 0, 1] * down
    y = pixels[:, 1] + slopes[:, 1, 0] * along + slopes[:, 1, 1] * down
    return x.reshape(-1, len(along)), y.reshape(-1, len(along))
