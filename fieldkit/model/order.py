"""In what order things happened, as far as clocks can tell."""

from __future__ import annotations

from collections.abc import Iterable

from fieldkit.model.entry import Entry


def in_time(entries: Iterable[Entry]) -> list[Entry]:
    """Entries in the order in which they were made. On one laptop that is their number: a clock set back changes
    nothing. Between laptops only their clocks can say; of one whose clock was set back, the latest that it showed."""
    shown: dict[str, str] = {}
    timed = []
    for entry in sorted(entries, key=lambda e: (e.device, e.seq, e.hash)):
        shown[entry.device] = max(entry.at, shown.get(entry.device, ""))
        timed.append((shown[entry.device], entry.device, entry.seq, entry.hash, entry))
    return [entry for *_, entry in sorted(timed, key=lambda one: one[:4])]
