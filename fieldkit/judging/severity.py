"""Who can be compared with whom, and how strictly each instructor rates: one many-facet model for each linked group."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from fieldkit.judging.facets import ManyFacets, many_facet_rasch
from fieldkit.judging.ratings import Ratings
from fieldkit.judging.sheets import Sheets


@dataclass(frozen=True)
class Group:
    """Trainees and the instructors who marked them, whom nothing links to the other groups."""

    trainees: tuple[str, ...]
    instructors: tuple[str, ...]


@dataclass(frozen=True)
class Severities:
    """One model for each group; `groups` is empty in a rotation where everybody can be compared."""

    models: tuple[ManyFacets, ...]
    groups: tuple[Group, ...]
    reason: str | None


def severities(sheets: Sheets) -> Severities:
    """The many-facet model of the overall ratings, one for each group of a rotation that falls apart."""
    rated = ~np.isnan(sheets.grade)
    labels = (sheets.trainees, sheets.stations, sheets.instructors)
    everything = Ratings(labels, (sheets.person, sheets.place, sheets.rater), sheets.grade)
    if not rated.any():
        return Severities((many_facet_rasch(np.full((1, 1), np.nan)),), (), "there are no overall ratings")
    whole = many_facet_rasch(everything.keep(rated))
    apart = whole.groups.get("trainee", ())
    if len(apart) < 2:
        return Severities((whole,), (), whole.reason)
    models, groups = [], []
    for people in apart:
        mine = rated & np.isin(sheets.person, [sheets.trainees.index(name) for name in people])
        models.append(many_facet_rasch(everything.keep(mine)))
        groups.append(Group(people, tuple(sheets.instructors[r] for r in np.unique(sheets.rater[mine]))))
    return Severities(tuple(models), tuple(groups), whole.reason)
