"""Checking the record, and whether a code printed earlier belongs to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from gettext import gettext as _
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fieldkit.course import COURSE_FILE
from fieldkit.errors import BadInput, Problem

if TYPE_CHECKING:
    from fieldkit.model.entry import Entry


@dataclass(frozen=True)
class Verified:
    """What a check of the record found. `matches` says how a head code fits: in words, "" for not at all, None where
    none was asked about."""

    entries: int
    head: str
    problems: tuple[Problem, ...]
    matches: str | None = None

    @property
    def damaged(self) -> bool:
        """Whether anything is broken (warnings aside)."""
        return any(not problem.warning for problem in self.problems)


def verify_record(folder: Path, head: str | None = None) -> Verified:
    """Check every entry, link and file of the record in `folder`, without changing anything.

    `head` is a code from a manifest: it fits when it stands for exactly these entries, or for those recorded up to
    some earlier moment, with nothing of them changed since.
    """
    from fieldkit.record.examine import examine
    from fieldkit.record.head import head_of, read_head

    if not (folder / COURSE_FILE).exists():
        raise BadInput(_("{folder} holds no course.").format(folder=folder), _("Name it with --course FOLDER."))
    found = examine(folder)
    now = head_of(found.entries)
    matches: str | None = None
    if head is not None:
        wanted = read_head(head)
        if wanted is None:
            raise BadInput(
                _('"{code}" is no head code: it has ten letters and digits.').format(code=head),
                _("It stands on the page that closed the day."),
            )
        matches = _("The code fits: nothing was added or changed since.") if now == wanted else _earlier(folder, wanted)
    return Verified(len(found.entries), now, tuple(found.problems), matches)


def _earlier(folder: Path, wanted: str) -> str:
    """Whether the code was printed at the close of a day, and everything recorded up to then is as it was."""
    from fieldkit.model.state import CLOSED
    from fieldkit.record import Record
    from fieldkit.record.head import head_of

    with Record.open(folder) as record:
        entries = record.entries
    for closing in (e for e in entries if e.kind == CLOSED and e.body["head"] == wanted):
        before = _covered(entries, closing.body)
        if head_of(before) == wanted:
            told = _("The code fits the close of {at}; entries that came since: {n}.")
            return told.format(at=closing.at[:16], n=len(entries) - len(before))
    return ""


def _covered(entries: Sequence[Entry], closing: Mapping[str, Any]) -> list[Entry]:
    """The entries that were here when a day was closed."""
    from fieldkit.record.chains import in_runs

    if "runs" in closing:
        return in_runs(entries, closing["runs"])
    tips = closing["tips"]  # as it was written at first
    return [entry for entry in entries if entry.seq <= tips.get(entry.device, 0)]
