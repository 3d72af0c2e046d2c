"""`fieldkit repair`: put a damaged record together again from all that is whole in it; keep what was there beside."""

from __future__ import annotations

from dataclasses import dataclass, field
from gettext import gettext as _
from pathlib import Path

from fieldkit.errors import BadInput, Problem
from fieldkit.files import keep_beside, read_bytes, refusal
from fieldkit.record.examine import Examination, examine, lost_entry
from fieldkit.record.journal import Journal
from fieldkit.record.lock import Lock
from fieldkit.record.names import JOURNAL, LOCK, SNAPSHOT
from fieldkit.record.snapshot import write_snapshot


@dataclass(frozen=True)
class RepairReport:
    """What is wrong, and what the repair does about it, or would do.

    `lost` are the problems whose entries cannot be got back; `hopeless` those that no repair of files can change.
    """

    problems: list[Problem]
    entries: int
    lost: list[Problem] = field(default_factory=list)
    hopeless: list[Problem] = field(default_factory=list)
    kept_beside: list[Path] = field(default_factory=list)
    needed: bool = False
    done: bool = False


def repair(folder: Path, *, do: bool) -> RepairReport:
    """Say what a repair of the record in `folder` would do, or with `do` do it.

    The damaged files stay beside as `scores.json.damaged-…` and `scores.journal.damaged-…`; the new `scores.json`
    holds every entry that is whole. Raises RecordBusy, and FieldkitError when the folder cannot be written to.
    """
    if not folder.is_dir():
        raise BadInput(_("{folder}: there is no such folder.").format(folder=folder))
    if not do:
        return _report(examine(folder))
    lock = Lock(folder / LOCK)
    try:
        lock.take()
        try:
            return _repair(folder)
        finally:
            lock.leave()
            lock.close()
    except OSError as error:
        raise refusal(error, _("nothing was repaired")) from error


def _repair(folder: Path) -> RepairReport:
    found = examine(folder)
    report = _report(found)
    if not report.needed:
        return report
    contents = {path: read_bytes(path) for path in (folder / SNAPSHOT, folder / JOURNAL)}
    kept = [keep_beside(path, "damaged", data) for path, data in contents.items() if data]
    digest, _ = write_snapshot(folder / SNAPSHOT, found.entries, "")
    Journal(folder / JOURNAL).restart(digest)
    return RepairReport(report.problems, report.entries, report.lost, report.hopeless, kept, needed=True, done=True)


def _report(found: Examination) -> RepairReport:
    of_files = [problem for problem in found.damage if problem.file in (SNAPSHOT, JOURNAL)]
    hopeless = [problem for problem in found.damage if problem not in of_files]
    lost = [problem for problem in of_files if problem.remedy == lost_entry()]
    return RepairReport(found.problems, len(found.entries), lost, hopeless, needed=bool(of_files))
