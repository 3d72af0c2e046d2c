"""The record as a TinyDB database: a `Storage` that appends, and a `Table` that never changes what it holds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, NoReturn

from tinydb import TinyDB
from tinydb.storages import Storage
from tinydb.table import Table

from fieldkit.errors import BadInput, FieldkitError
from fieldkit.model.entry import BadEntry, Entry, as_dict, canonical, from_dict, verify_entry
from fieldkit.record.ledger import Ledger
from fieldkit.record.lock import PATIENCE

ENTRIES = "entries"


class JournalStorage(Storage):
    """TinyDB's view of a ledger. A document's number is its place in the order of arrival; it says nothing else."""

    def __init__(self, folder: Path, patience: float = PATIENCE) -> None:
        super().__init__()
        self.ledger = Ledger(folder, patience)

    def read(self) -> dict[str, dict[str, Any]]:
        """All tables, as TinyDB asks for them."""
        return {ENTRIES: {str(number): as_dict(entry) for number, entry in enumerate(self.ledger.entries, 1)}}

    def write(self, data: dict[str, dict[str, Any]]) -> NoReturn:
        """TinyDB's way to replace everything, which this storage refuses."""
        raise FieldkitError("entries are appended to the record, never changed or removed.")

    def close(self) -> None:
        """Let the ledger tidy up."""
        self.ledger.close(tidy=True)


class EntryTable(Table):
    """The table `entries`. Inserting is one append to the journal; updating and removing are refused."""

    def __init__(self, storage: Storage, name: str, cache_size: int = 0, persist_empty: bool = False) -> None:
        if name != ENTRIES:
            raise FieldkitError(f"the record has one table, {ENTRIES!r}, and no {name!r}.")
        super().__init__(storage, name, cache_size=0)  # other processes append: a cache of queries would go stale
        assert isinstance(storage, JournalStorage)
        self.ledger = storage.ledger

    def insert(self, document: Mapping[str, Any]) -> int:
        """Append one entry; returns its number."""
        return self.insert_multiple([document])[0]

    def insert_multiple(self, documents: Iterable[Mapping[str, Any]]) -> list[int]:
        """Append entries, all or none; they are on the disk when this returns. Raises BadInput for what is no entry."""
        entries = [from_document(document) for document in documents]
        with self.ledger:
            if any(map(self.ledger.chains.known, entries)):
                raise BadInput("an entry that is to be added is in the record already.")
            return self.append(entries, list(map(canonical, entries)))

    def append(self, entries: list[Entry], written: list[bytes]) -> list[int]:
        """Append new and sound entries with their canonical bytes, inside `with ledger:`; returns their numbers."""
        first = len(self.ledger.entries) + 1
        self.ledger.append(entries, written)
        return list(range(first, first + len(entries)))

    def __len__(self) -> int:
        return len(self.ledger.entries)

    def _update_table(self, updater: object) -> NoReturn:
        raise FieldkitError("entries are appended to the record, never changed or removed.")


class RecordDB(TinyDB):
    """`RecordDB(folder)`: the record of a course as TinyDB offers it."""

    table_class = EntryTable
    default_table_name = ENTRIES
    default_storage_class = JournalStorage  # type: ignore[assignment]  # annotated by TinyDB as its own class

    @property
    def entries(self) -> EntryTable:
        """The one table."""
        table = self.table(ENTRIES)
        assert isinstance(table, EntryTable)
        return table


def from_document(document: Mapping[str, Any]) -> Entry:
    """The entry that a document holds, its form and its hash checked. Raises BadInput."""
    try:
        entry = from_dict(document)
    except BadEntry as error:
        raise BadInput(f"not an entry of the record: {error}") from error
    if not verify_entry(entry):
        raise BadInput(f"entry {entry.seq} of {entry.device} was altered: its hash does not fit.")
    return entry
