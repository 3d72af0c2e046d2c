"""What is wrong with a picture in which no sheet was found."""

from __future__ import annotations

import cv2
import numpy as np

from fieldkit.scan.placing import Grey
from fieldkit.scan.thresholds import THRESHOLDS

LOOKED_AT = 800  # pixels of the longer side
LEAST_CONTRAST = 25  # of 255: below it the picture is empty
LEAST_SHARE, LEAST_SOLID = 0.15, 0.85  # of a bright shape that may be a sheet: of the picture, of its own outline


def too_dark(grey: Grey) -> bool:
    """Whether even the brightest part is dark."""
    return bool(np.percentile(grey[::8, ::8], 98) < THRESHOLDS.dark)


def blurred_paper(grey: Grey) -> bool:
    """Whether there is something like a sheet in it, and nothing sharp."""
    times = LOOKED_AT / max(grey.shape)
    small = cv2.resize(grey, None, fx=times, fy=times, interpolation=cv2.INTER_AREA) if times < 1 else grey
    small = cv2.medianBlur(small, 3)  # noise is no edge
    steps = np.maximum(np.abs(cv2.Sobel(small, cv2.CV_32F, 1, 0)), np.abs(cv2.Sobel(small, cv2.CV_32F, 0, 1))) / 8
    low, high = np.percentile(small, (2, 98))
    if high - low < LEAST_CONTRAST:
        return False
    sharp = np.percentile(steps, 99.5) / (high - low)
    return bool(sharp < THRESHOLDS.sharp_step and _has_paper(small))


def _has_paper(small: Grey) -> bool:
    """Whether one bright shape without dents fills much of the picture."""
    _, bright = cv2.threshold(small, 0, 255, cv2.THRESH_OTSU)
    outlines, _ = cv2.findContours(bright, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    largest = max(outlines, key=cv2.contourArea, default=None)
    if largest is None:
        return False
    area = cv2.contourArea(largest)
    return area > LEAST_SHARE * small.size and area > LEAST_SOLID * cv2.contourArea(cv2.convexHull(largest))
