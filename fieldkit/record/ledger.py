"""The entries of one course in memory, and the two files on disk that hold them: read, appended to, renewed."""

from __future__ import annotations

import time
from collections.abc import Iterable
from contextlib import suppress
from gettext import gettext as _
from pathlib import Path
from threading import RLock
from typing import Any, NoReturn

from fieldkit.errors import BadInput, FieldkitError, RecordBusy, RecordDamaged
from fieldkit.files import open_read, refusal
from fieldkit.model.entry import Entry
from fieldkit.record import snapshot
from fieldkit.record.chains import Chains
from fieldkit.record.journal import Journal
from fieldkit.record.lock import PATIENCE, Lock
from fieldkit.record.names import JOURNAL, LOCK, SNAPSHOT
from fieldkit.record.snapshot import Newer, Unsound

_RETRIES = 2
_PAUSE = 0.02  # seconds; the other process is between its two replaces, or in the middle of one write
_SMALL_JOURNAL = 64 * 1024  # bytes; a shorter journal is never worth a snapshot


def _left_out() -> str:
    return _("It is left out.")


class Ledger:
    """The record of the course in `folder`: `entries` in the order in which they arrived here, and their `chains`.

    `with ledger:` holds the lock; everything that writes happens inside.
    """

    def __init__(self, folder: Path, patience: float = PATIENCE) -> None:
        self.folder = folder
        self.warnings: list[str] = []
        self._lock = Lock(folder / LOCK, patience)
        self._one_thread = RLock()
        self._depth = 0
        self._wrote = False
        self._forget()
        self._load_patiently()

    def __enter__(self) -> None:
        """Hold the lock, with everything read that others wrote. Raises RecordBusy, RecordDamaged, FieldkitError.

        One thread at a time; the same thread may enter again.
        """
        self._one_thread.acquire()
        self._depth += 1
        if self._depth > 1:
            return
        try:
            self._lock.take()
            self._catch_up()
        except BaseException as error:
            self.__exit__(type(error), error, None)
            raise

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        """Let others write; a failed write is told in plain words."""
        self._depth -= 1
        if error is not None and not isinstance(error, Exception):
            self._exists = False  # Ctrl-C may fall between the file and the memory of it: both are read anew
        try:
            if not self._depth:
                self._journal.close()
                self._lock.leave()
        finally:
            self._one_thread.release()
        if isinstance(error, OSError):
            raise refusal(error, _("nothing was saved")) from error

    def append(self, entries: list[Entry], written: list[bytes]) -> None:
        """Add entries that are not here yet in one frame, all or none, and wait until they are on the disk.

        `written` are their canonical bytes. To be called inside `with ledger:`.
        """
        if entries:
            self._begin()
            self._journal.append(b"[" + b",".join(written) + b"]")
            self._wrote = True
            for entry in entries:
                self._add(entry)

    def take_snapshot(self) -> None:
        """Write `scores.json` anew, whole, and begin an empty journal behind it."""
        with self:
            self._begin()
            self._journal.close()
            path, follows = self.folder / SNAPSHOT, self._journal.base
            try:
                digest, self._snapshot_size = snapshot.write_snapshot(path, self.entries, follows)
                self._journal.restart(digest)
            except OSError as error:
                doing = _("{file} was not renewed (nothing is lost, {journal} holds every mark)")
                doing = doing.format(file=SNAPSHOT, journal=JOURNAL)
                raise refusal(error, doing) from error

    def refresh(self) -> None:
        """Read what other processes wrote meanwhile; takes no lock."""
        with suppress(Unsound, OSError):
            is_current = self._exists and self._journal.catch_up(self._take, write=False)
            self._journal.close()
            if is_current and not self._journal.cut_short:
                return
        self._load_patiently()

    def close(self, *, tidy: bool) -> None:
        """Let go of the files. To `tidy`: a snapshot, when this process wrote and the journal outgrew the last one."""
        if tidy and self._wrote and self._journal.end > max(_SMALL_JOURNAL, self._snapshot_size):
            try:
                self.take_snapshot()
            except FieldkitError as error:
                self.warnings.append(str(error))
        self._lock.close()

    def _forget(self) -> None:
        self.entries: list[Entry] = []
        self.chains = Chains()
        self._journal = Journal(self.folder / JOURNAL)
        self._exists = False
        self._snapshot_size = 0

    def _load_patiently(self) -> None:
        """Read both files without the lock, again when another process seems to be writing just now."""
        for _attempt in range(_RETRIES):
            with suppress(Unsound):
                self._load()
                if not self._exists or not self._journal.cut_short:
                    return
            time.sleep(_PAUSE)
        self._load_or_stop()
        if self._exists and self._journal.cut_short:
            self.warnings.append(f"{self._what_is_cut()} {_left_out()}")

    def _load_or_stop(self) -> None:
        try:
            self._load()
        except Unsound as error:
            self._stop(error)

    def _load(self) -> None:
        """Read both files. The journal is opened first: an old journal fits a new snapshot, not the other way round."""
        self._forget()
        try:
            file = open_read(self._journal.path)
        except FileNotFoundError:
            if snapshot.read_snapshot(self.folder / SNAPSHOT, lambda documents: None):
                raise Unsound(f"{JOURNAL} is missing") from None
            return
        with file:
            found = snapshot.read_snapshot(self.folder / SNAPSHOT, self._take)
            seal, self._snapshot_size = found or (snapshot.NO_SNAPSHOT, 0)
            self._journal.load(file, (seal.digest, seal.follows), self._take)
        self._exists = True

    def _catch_up(self) -> None:
        """With the lock held: read what is new, and cut off a torn line.

        That a file was missing was seen before the lock was held, and may have changed: nothing is begun on that word.
        """
        if not self._exists or not self._snapshot_size:
            self._load_or_stop()
        if self._exists:
            self._follow()

    def _begin(self) -> None:
        """With the lock held: make the files of an empty record, where something is to be written to it."""
        if not self._snapshot_size:
            if not self._exists:
                self._journal.restart(snapshot.NO_SNAPSHOT.digest)
                self._exists = True
                self._follow()
            self._snapshot_size = snapshot.write_snapshot(self.folder / SNAPSHOT, (), "")[1]

    def _follow(self) -> None:
        try:
            if not self._journal.catch_up(self._take, write=True):
                self._journal.close()
                self._load_or_stop()
                self._journal.catch_up(self._take, write=True)
        except (Unsound, FileNotFoundError) as error:
            self._stop(error)
        if self._journal.cut_short:
            what = self._what_is_cut()
            self.warnings[:] = (told for told in self.warnings if not told.endswith(_left_out()))
            kept = _("It was taken off and kept in {file}.").format(file=self._journal.cut().name)
            self.warnings.append(f"{what} {kept}")

    def _take(self, documents: Iterable[dict[str, Any]]) -> None:
        """Take in stored entries whose bytes were proven sound; equal texts share their memory."""
        same: dict[str, str] = {}
        intern = same.setdefault
        tip = self.chains.tip
        try:
            for d in documents:
                device, prev, by, kind = d["device"], d["prev"], d["by"], d["kind"]
                last = tip(device)
                if last is not None and last.hash == prev:
                    device, prev = last.device, last.hash
                by, kind = intern(by, by), intern(kind, kind)
                self._add(Entry(device, d["seq"], prev, d["hash"], d["at"], by, kind, d["body"]))
        except (KeyError, TypeError) as error:
            raise Unsound("not an entry") from error

    def _add(self, entry: Entry) -> None:
        if self.chains.add(entry):
            self.entries.append(entry)

    def _what_is_cut(self) -> str:
        if not self._journal.end:
            told = _("{file} was cut short in its first line: marks saved after {snapshot} may be missing.")
            return told.format(file=JOURNAL, snapshot=SNAPSHOT)
        told = _(
            "{file}: the last line was cut short (bytes left: {n}), as when the power fails while a mark is being "
            "saved. It had not been confirmed as saved."
        )
        return told.format(file=JOURNAL, n=len(self._journal.torn))

    def _stop(self, error: Exception) -> NoReturn:
        """Say exactly what is damaged."""
        from fieldkit.record.examine import examine

        if isinstance(error, Newer):
            raise BadInput(
                _("The record in {folder} was written by a newer fieldkit.").format(folder=self.folder),
                _("Update fieldkit on this laptop; nothing was changed."),
            ) from error
        found = [problem for problem in examine(self.folder).problems if not problem.warning]
        if not found:
            raise RecordBusy(
                _("The record in {folder} is being changed by another process.").format(folder=self.folder),
                _("Try again."),
            )
        raise RecordDamaged(
            "\n".join(map(str, found)),
            _(
                "Nothing was changed. `fieldkit repair` says what can be saved; a backup or another laptop's bundle "
                "may hold the rest."
            ),
        ) from error
