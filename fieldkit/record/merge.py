"""Making one record of several: the union of their entries."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from gettext import gettext as _

from fieldkit.errors import BadInput, Problem
from fieldkit.model.entry import Entry, verify_entry
from fieldkit.record.chains import branches
from fieldkit.record.record import Record


@dataclass(frozen=True)
class MergeReport:
    """What came in: `new` entries, how many were `known`, and the names of the branches of devices that forked."""

    new: list[Entry]
    known: int
    forked: list[str] = field(default_factory=list)


def merge_entries(record: Record, entries: Iterable[Entry]) -> MergeReport:
    """Add to `record` what it does not have yet, all or none.

    Set union by device, number and hash: any order, any part first, twice is once. Another entry under a number that
    is taken comes from a copied or altered laptop; both stay, and `forked` names the branches that came to differ by
    this merge (chains.py). Raises BadInput naming every entry whose hash does not fit; then nothing was added.
    """
    given = list(entries)
    unknown = [entry for entry in given if not record.knows(entry)]
    altered = [entry for entry in unknown if not verify_entry(entry)]
    if altered:
        told = _("entry {n} of {device} was altered: its hash does not fit")
        raise BadInput.from_problems(
            [Problem("merge", 0, 0, told.format(n=entry.seq, device=entry.device)) for entry in altered]
        )
    if not unknown:
        return MergeReport([], len(given))
    before = set(branches(record.entries))
    new = record.admit(unknown)
    after = set(branches(record.entries))
    return MergeReport(new, len(given) - len(new), sorted(after - before))
