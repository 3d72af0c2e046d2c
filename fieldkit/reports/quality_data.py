"""What the quality file is made from: an analysis with the words for the labels in it. No clock, no files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from fieldkit.judging.policy import PassMark
from fieldkit.model.texts import Text

if TYPE_CHECKING:
    from fieldkit.judging.analysis import Analysis


@dataclass(frozen=True)
class QualityData:
    """The analysis of one course, of several pooled, or of a table.

    `trainees` and `instructors` are names by label, `stations` titles by label, `acts` texts of items by (station,
    item); a label without words stands for itself. `standards` has what a method made of each station's pass mark.
    `courses` are the names of what was pooled; `left_out` counts sheets that could not be used; `guessed_most` says
    that the points that could be had were taken from the marks. `code`, `made_on` (ISO date) and `head` say where the
    figures come from.
    """

    title: str
    analysis: Analysis
    crossing_point: str = ""
    days: str = ""
    trainees: Mapping[str, str] = field(default_factory=dict)
    stations: Mapping[str, Text] = field(default_factory=dict)
    instructors: Mapping[str, str] = field(default_factory=dict)
    acts: Mapping[tuple[str, str], Text] = field(default_factory=dict)
    standards: Mapping[str, PassMark] = field(default_factory=dict)
    courses: tuple[str, ...] = ()
    left_out: int = 0
    guessed_most: bool = False
    code: str = ""
    made_on: str = ""
    head: str = ""
    lang: str = "en"
    paper: str = "a4"

    def trainee(self, label: str) -> str:
        """A trainee's name with the number in front."""
        name = self.trainees.get(label, "")
        return f"{label} {name}" if name and name != label else label

    def station(self, label: str, lang: str) -> str:
        """What a station is called."""
        found = self.stations.get(label)
        return (found[lang] if found else "") or label

    def instructor(self, label: str) -> str:
        """An instructor's name."""
        return self.instructors.get(label) or label

    def act(self, station: str, item: str, lang: str) -> str:
        """The text of an item."""
        found = self.acts.get((station, item))
        return (found[lang] if found else "") or item
