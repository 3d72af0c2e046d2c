"""The record of one course, as the rest of fieldkit uses it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from gettext import gettext as _
from pathlib import Path
from types import TracebackType
from typing import Any

from fieldkit.errors import BadInput, Problem
from fieldkit.model.entry import BadEntry, Entry, canonical, utc_text, write_entry
from fieldkit.record.chains import in_order
from fieldkit.record.device import device_name
from fieldkit.record.head import head_of
from fieldkit.record.storage import RecordDB

Clock = Callable[[], datetime]


def _now() -> datetime:
    return datetime.now(UTC)


class Record:
    """The append-only log of a course: `with Record.open(folder, write=True) as record: record.append(…)`."""

    def __init__(self, folder: Path, *, write: bool, device: str | None, clock: Clock) -> None:
        if not folder.is_dir():
            raise BadInput(
                _("{folder}: there is no such folder.").format(folder=folder),
                _("A course is a folder; `fieldkit new` makes one."),
            )
        self.folder = folder
        self._base_device = device_name(folder, device) if write else ""
        self._clock = clock
        self._db = RecordDB(folder)
        self._table = self._db.entries
        self._ledger = self._table.ledger
        self._ordered: tuple[Entry, ...] = ()

    @classmethod
    def open(cls, folder: Path, *, write: bool = False, device: str | None = None, clock: Clock = _now) -> Record:
        """Read the record in `folder`; a folder without one holds the empty record, and stays as it is.

        `device` names this laptop (else FIELDKIT_DEVICE, else worked out, see device.py). Reading takes no lock and
        writes nothing. Raises RecordDamaged (exit 5) naming each damaged line, BadInput for a folder that is none.
        """
        return cls(Path(folder), write=write, device=device, clock=clock)

    @property
    def db(self) -> RecordDB:
        """The record as a TinyDB database, for queries: `record.db.search(where("kind") == "marks")`."""
        return self._db

    @property
    def entries(self) -> tuple[Entry, ...]:
        """All entries, by device, number and hash: the same order whatever order they arrived in."""
        if len(self._ordered) != len(self._ledger.entries):
            self._ordered = in_order(self._ledger.entries)
        return self._ordered

    @property
    def warnings(self) -> list[str]:
        """What was noticed and put right, for the person to read: a torn last line, a snapshot that was not taken."""
        return self._ledger.warnings

    @property
    def device(self) -> str:
        """The device that the next entry will carry. A device that forked is not continued: `X` becomes `X-2`."""
        if not self._base_device:
            raise BadInput("the record was opened for reading only.")
        name, copy = self._base_device, 1
        while self._ledger.chains.forked(name):
            copy += 1
            name = f"{self._base_device}-{copy}"
        return name

    def append(self, kind: str, body: dict[str, Any], by: str) -> Entry:
        """Add one entry; when this returns it is on the disk. `by` says who; `body` holds no floats.

        Raises BadInput for content that cannot be kept, RecordBusy (exit 6) when another process holds the lock for
        long, FieldkitError for a full disk or a read-only folder; then nothing was written.
        """
        return self.append_many([(kind, body)], by)[0]

    def append_many(self, items: Sequence[tuple[str, dict[str, Any]]], by: str) -> list[Entry]:
        """Add entries of one moment, all or none, even if the power fails. Raises as `append` does."""
        with self._ledger:
            entries, written = self._chain(items, by)
            self._table.append(entries, written)
        return entries

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Nobody else writes meanwhile, and all that others wrote before is here: what is decided inside still holds
        when it is appended. Raises as `append` does. To be left soon: others wait, and not for long."""
        with self._ledger:
            yield

    def knows(self, entry: Entry) -> bool:
        """Whether exactly this entry was here when the record was last read."""
        return self._ledger.chains.known(entry)

    def admit(self, entries: Iterable[Entry]) -> list[Entry]:
        """Add entries of other devices that are not here yet, all or none; returns those.

        They are taken as they are: `merge_entries` is the way in that asks whether they were altered.
        """
        with self._ledger:
            fresh = list({entry.hash: entry for entry in entries if not self.knows(entry)}.values())
            self._table.append(fresh, list(map(canonical, fresh)))
        return fresh

    def refresh(self) -> None:
        """Read what other processes appended since."""
        self._ledger.refresh()
        self._ordered = ()

    def head(self) -> str:
        """The code of ten characters that stands for exactly these entries."""
        return head_of(self._ledger.entries)

    def snapshot(self) -> None:
        """Write `scores.json` so that it holds every entry. Raises as `append` does."""
        self._ledger.take_snapshot()

    def verify(self) -> list[Problem]:
        """Everything that is wrong with the files as they are on the disk now. See examine.py."""
        from fieldkit.record.examine import examine  # seldom asked for

        return examine(self.folder).problems

    def close(self) -> None:
        """Tidy up; may renew `scores.json`, and never fails for that."""
        self._ledger.close(tidy=True)

    def __enter__(self) -> Record:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._ledger.close(tidy=kind is None)

    def _chain(self, items: Sequence[tuple[str, dict[str, Any]]], by: str) -> tuple[list[Entry], list[bytes]]:
        device, at = self.device, utc_text(self._clock())
        tip = self._ledger.chains.tip(device)
        seq, prev = (tip.seq, tip.hash) if tip else (0, "")
        entries, written = [], []
        for kind, body in items:
            seq += 1
            try:
                entry, line = write_entry(device, seq, prev, at, by, kind, body)
            except BadEntry as error:
                raise BadInput(_("This cannot be kept in the record: {why}.").format(why=error)) from error
            entries.append(entry)
            written.append(line)
            prev = entry.hash
        return entries, written
