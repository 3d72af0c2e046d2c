"""Setting the pass mark: methods that use the overall ratings (`borderline`) and that ask a panel (`panels`)."""

from __future__ import annotations

from fieldkit.judging.borderline import (
    BorderlineGroup,
    BorderlineRegression,
    CourseCut,
    Cut,
    borderline_group,
    borderline_regression,
    course_cut,
    resampled_cuts,
    resampled_medians,
)
from fieldkit.judging.panels import Angoff, Ebel, EbelPanel, Hofstee, angoff, ebel, ebel_panel, hofstee

__all__ = [
    "Angoff", "BorderlineGroup", "BorderlineRegression", "CourseCut", "Cut", "Ebel", "EbelPanel", "Hofstee", "angoff",
    "borderline_group", "borderline_regression", "course_cut", "ebel", "ebel_panel", "hofstee", "resampled_cuts",
    "resampled_medians",
]  # fmt: skip
