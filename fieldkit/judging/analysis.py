"""The whole analysis of a course from its marks: pure, the same marks give the same figures.

`analyse` puts a table of marks through the statistics and returns what a training centre asks: which stations to mend
and why, which items are too easy, too hard or go against the rest, how the instructors mark (look here, never an
accusation, never a new score), how reliable the result is and what more stations or a second instructor would buy, who
lies within the error of the pass mark, and where each method would put it. Where the rotation falls apart into groups
that nothing links, they are named and nothing is compared across them. Every figure is an `Estimate` that knows its n.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from fieldkit.judging.cut_findings import CutFinding, Standards, course_mark, cut_findings, station_marks
from fieldkit.judging.double_marking import AgreementFinding, agreement_finding, doubles
from fieldkit.judging.estimate import as_plain
from fieldkit.judging.instructor_findings import InstructorFinding, instructor_findings
from fieldkit.judging.intervals import SEED
from fieldkit.judging.passing_findings import PassingFinding, ReliabilityFinding, passing_finding, reliability_finding
from fieldkit.judging.severity import Group, severities
from fieldkit.judging.sheets import Sheets, coded
from fieldkit.judging.station_findings import ItemFinding, StationFinding, item_findings, station_findings
from fieldkit.judging.table import ItemMarks, MarkTable, Outcomes, OverallRatings, pool

__all__ = ["Analysis", "ItemMarks", "MarkTable", "Outcomes", "OverallRatings", "Standards", "analyse", "pool"]

SAMPLES, RESAMPLED_UP_TO = 2000, 300


@dataclass(frozen=True)
class Counts:
    """What the analysis rests on."""

    trainees: int
    stations: int
    instructors: int
    items: int
    sheets: int
    marks: int


@dataclass(frozen=True)
class Analysis:
    """All findings. `groups` is empty where everybody can be compared; else `not_linked` says why not.

    `severity_reason` says why there is no severity where the overall ratings give none. `resamples` is how many
    resamples of trainees the intervals rest on (0: intervals by formula only).
    """

    counts: Counts
    groups: tuple[Group, ...]
    not_linked: str | None
    stations: tuple[StationFinding, ...]
    items: tuple[ItemFinding, ...]
    instructors: tuple[InstructorFinding, ...]
    severity_reason: str | None
    agreement: AgreementFinding
    reliability: ReliabilityFinding
    cuts: tuple[CutFinding, ...]
    passing: PassingFinding
    resamples: int

    def as_dict(self) -> dict[str, Any]:
        """Plain dictionaries, lists and numbers for JSON."""
        plain: dict[str, Any] = as_plain(self)
        return plain


def analyse(
    table: MarkTable, standards: Standards | None = None, samples: int | None = None, seed: int = SEED
) -> Analysis:
    """The analysis of a table of marks; raises BadInput, naming every problem, for a table with impossible entries.

    `samples` resamples of trainees make the intervals; None takes 2,000 for up to 300 trainees and none above, where
    the formulas do.
    """
    standards = standards or Standards()
    sheets = coded(table)
    draws = _samples(sheets, samples)
    items = item_findings(sheets)
    pairs, found = doubles(sheets), severities(sheets)
    reliability, own = reliability_finding(sheets, draws, seed)
    cuts = cut_findings(sheets, standards, draws, seed)
    by_station = station_marks(cuts, sheets.stations, standards)
    return Analysis(
        counts=Counts(
            len(sheets.trainees),
            len(sheets.stations),
            len(sheets.instructors),
            len(items),
            len(sheets.person),
            sheets.marks,
        ),
        groups=found.groups,
        not_linked=found.reason if found.groups else None,
        stations=station_findings(sheets, items, standards, table.course_of),
        items=items,
        instructors=instructor_findings(sheets, pairs, found),
        severity_reason=found.reason,
        agreement=agreement_finding(sheets, pairs, draws),
        reliability=reliability,
        cuts=cuts,
        passing=passing_finding(sheets, course_mark(cuts, standards, by_station), by_station, reliability, own),
        resamples=draws,
    )


def _samples(sheets: Sheets, samples: int | None) -> int:
    if samples is not None:
        return samples
    return SAMPLES if len(sheets.trainees) <= RESAMPLED_UP_TO else 0
