"""Looking at the files of a record line by line: everything that is wrong, named, and every entry that is still whole.

Opening a record is quick and only asks whether all is sound. This is the slow look, for `fieldkit verify`, for
`fieldkit repair`, and for the message when opening fails. It reads whatever is there and writes nothing.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from gettext import gettext as _
from io import BytesIO
from itertools import groupby
from pathlib import Path

from fieldkit.errors import Problem
from fieldkit.files import read_bytes
from fieldkit.model.entry import Entry
from fieldkit.record import mending
from fieldkit.record.chains import Chains, branches, broken_links, gaps
from fieldkit.record.frames import Tail, is_header_begun, judge_tail, payload_of, read_header
from fieldkit.record.names import JOURNAL, SNAPSHOT
from fieldkit.record.snapshot import FIRST_LINE, NO_SNAPSHOT, Seal, read_seal

RECORD = "record"  # where a problem is that lies in no one line
_REGIONS_TO_MEND = 20  # each takes up to a second
_NAMED = re.compile(rb'"device": ?"([A-Z0-9-]+)".*?"seq": ?([0-9]+)', re.DOTALL)


@dataclass
class Examination:
    """What was found: the whole entries in the order of the files, and the problems (warnings among them)."""

    entries: list[Entry] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    _chains: Chains = field(default_factory=Chains)

    @property
    def damage(self) -> list[Problem]:
        """The problems that make the record fail to verify."""
        return [problem for problem in self.problems if not problem.warning]

    def take(self, documents: Iterable[object]) -> list[Entry]:
        """Keep the entries that are whole, each once; returns those that are."""
        whole = [entry for entry in map(mending.sound_entry, documents) if entry]
        self.entries += [entry for entry in whole if self._chains.add(entry)]
        return whole

    def tell(self, file: str, line: int, what: str, remedy: str = "", *, warning: bool = False) -> None:
        """Name a problem."""
        self.problems.append(Problem(file, line, 0, what, remedy, warning))


def mendable() -> str:
    """What to do where nothing is lost."""
    return _("`fieldkit repair` can put it right.")


def lost_entry() -> str:
    """What to do where an entry is lost here."""
    return _("Look for it in a backup or in another laptop's bundle.")


def examine(folder: Path) -> Examination:
    """Everything about the record in `folder`; looks again when another process may just have replaced a file."""
    found = _examine_once(folder)
    return _examine_once(folder) if found.damage else found


def _examine_once(folder: Path) -> Examination:
    journal = read_bytes(folder / JOURNAL) or (b"" if (folder / JOURNAL).exists() else None)
    stored = read_bytes(folder / SNAPSHOT)
    found = Examination()
    seal = _examine_snapshot(stored, found) if stored else NO_SNAPSHOT
    if journal is not None:
        _examine_journal(journal, seal, found)
    elif stored:
        what = _("is missing, and with it all marks that came after {file} was written").format(file=SNAPSHOT)
        remedy = _("Put it back beside {file}; or let `fieldkit repair` begin a new one.").format(file=SNAPSHOT)
        found.tell(JOURNAL, 0, what, remedy)
    _examine_chains(found)
    return found


def _examine_snapshot(data: bytes, found: Examination) -> Seal | None:
    """Read the lines of `scores.json`; returns its seal, or None when that is not true."""
    lines = BytesIO(data).readlines()
    seal = read_seal(lines[-1], hashlib.sha256(b"".join(lines[:-1])))
    if len(lines) == 1 and _examine_foreign(data, found):
        return seal
    is_ended = lines[-1].startswith(b"}")
    for number, line, damaged in _walk(lines[:-1] if is_ended else lines, mending.is_snapshot_line):
        document = mending.document_of(line) or line[line.find(b"{") : line.rfind(b"}") + 1]
        if line != FIRST_LINE:
            _account(SNAPSHOT, number, line, b"[%s]" % document, damaged, found)
        elif damaged:
            found.tell(SNAPSHOT, number, _("the first line is damaged"), mendable())
    if not is_ended:
        found.tell(SNAPSHOT, len(lines), _("the end of the file is missing, and the entries in it"), lost_entry())
    elif seal is None and not found.damage:
        what = _("the seal does not fit, though every entry above it is whole")
        found.tell(SNAPSHOT, len(lines), what, mendable())
    return seal


def _examine_foreign(data: bytes, found: Examination) -> bool:
    """A `scores.json` that another program wrote anew, as stock TinyDB does; False when it is no such thing."""
    try:
        tables = json.loads(data)
        documents = [doc for name, table in tables.items() if name != "seal" for doc in table.values()]
    except (ValueError, AttributeError, RecursionError):
        return False
    whole = found.take(documents)
    what = _("was written by another program than fieldkit; entries that are whole: {whole} of {all}")
    remedy = mendable() if len(whole) == len(documents) else lost_entry()
    found.tell(SNAPSHOT, 1, what.format(whole=len(whole), all=len(documents)), remedy)
    return True


def _examine_journal(data: bytes, seal: Seal | None, found: Examination) -> None:
    lines = BytesIO(data).readlines() or [b""]
    tail = b"" if lines[-1].endswith(b"\n") else lines.pop()
    what = judge_tail(tail)
    if not lines and is_header_begun(tail):
        lost = _("was cut short in its first line; marks given since {file} was written may be missing")
        remedy = _("`fieldkit repair` begins a new one.") + " " + lost_entry()
        found.tell(JOURNAL, 1, lost.format(file=SNAPSHOT), remedy)
    elif what is Tail.TORN:
        _tell_torn(len(lines) + 1, tail, found)
    elif tail:
        lines.append(tail + b"\n" if what is Tail.WHOLE else tail)
    for number, line, damaged in _walk(lines, mending.is_journal_line):
        head = read_header(line)
        if head:
            _examine_header(head[1], seal, damaged, found)
        elif number == 1 and payload_of(line) is None:
            found.tell(JOURNAL, 1, _("the first line is damaged"), mendable())
        else:
            payload = payload_of(line) or line[line.find(b"[") :].rstrip(b"\n")
            _account(JOURNAL, number, line, payload, damaged, found)


def _examine_header(base: str, seal: Seal | None, damaged: bool, found: Examination) -> None:
    if damaged:
        found.tell(JOURNAL, 1, _("the first line is damaged"), mendable())
    if seal is not None and base not in (seal.digest, seal.follows):
        what = _("{file} is missing") if seal is NO_SNAPSHOT else _("does not belong to the {file} beside it")
        remedy = _("Put the right {file} back; `fieldkit repair` keeps what is here.").format(file=SNAPSHOT)
        found.tell(JOURNAL, 1, what.format(file=SNAPSHOT), remedy)


def _walk(lines: list[bytes], is_line: mending.IsLine) -> Iterator[tuple[int, bytes, bool]]:
    """Each line with its number and whether it was damaged; damaged lines come mended where one bit mends them."""
    to_mend = _REGIONS_TO_MEND
    for is_sound, group in groupby(enumerate(lines, 1), key=lambda numbered: is_line(numbered[1])):
        numbered = list(group)
        if is_sound:
            yield from ((number, line, False) for number, line in numbered)
            continue
        to_mend -= 1
        mended = mending.mend(b"".join(line for _, line in numbered), is_line) if to_mend >= 0 else None
        if mended:
            yield from ((numbered[0][0] + n, line, True) for n, line in enumerate(mended))
        else:
            yield from ((number, line, True) for number, line in numbered)


def _account(file: str, number: int, line: bytes, payload: bytes, damaged: bool, found: Examination) -> None:
    """Take the whole entries of a line, and tell which are not."""
    documents = mending.documents_in(payload)
    whole = found.take(documents)
    if damaged:
        called = ", ".join(_entry_name(entry.seq, entry.device) for entry in whole) or _called(line)
        what = _("the line is damaged that holds {entries}").format(entries=called)
        found.tell(file, number, what, mendable() if whole else lost_entry())
    elif len(whole) < len(documents):
        hashes = {entry.hash for entry in whole}
        for document in documents:
            if not isinstance(document, dict) or document.get("hash") not in hashes:
                what = _("{entry} was altered").format(entry=_called(json.dumps(document).encode()))
                found.tell(file, number, what, lost_entry())


def _called(text: bytes) -> str:
    """What a damaged line seems to hold."""
    match = _NAMED.search(text)
    return _entry_name(match[2].decode(), match[1].decode()) if match else _("an entry")


def _entry_name(number: int | str, device: str) -> str:
    return _("entry {n} of {device}").format(n=number, device=device)


def _tell_torn(number: int, line: bytes, found: Examination) -> None:
    what = _("the last line was cut short (bytes left: {n}); such a line was never confirmed as saved")
    remedy = _("The next mark that is saved takes it off and keeps it beside.")
    found.tell(JOURNAL, number, what.format(n=len(line)), remedy, warning=True)


def _examine_chains(found: Examination) -> None:
    for device, stretches in gaps(found.entries).items():
        for first, last in stretches:
            what = _("entries {first} to {last} of {device} are not yet here")
            if first == last:
                what = _("entry {first} of {device} is not yet here")
            what = what.format(first=first, last=last, device=device)
            found.tell(RECORD, 0, what, _("They come with that laptop's bundle."), warning=True)
    for entry in broken_links(found.entries):
        what = _("entry {n} of {device} follows another entry {before} than the one that is here")
        remedy = _("One of them was altered, or is of a copied laptop whose bundle is not here yet.")
        what = what.format(n=entry.seq, device=entry.device, before=entry.seq - 1)
        found.tell(RECORD, 0, what, remedy)
    named = branches(found.entries).items()
    for device, forks in groupby(named, key=lambda item: item[1][0].device):
        one = _("{name} (entries {first} to {last})")
        which = ", ".join(one.format(name=name, first=branch[0].seq, last=branch[-1].seq) for name, branch in forks)
        what = _("{device} is more than one laptop, by a copy or a change: {laptops}")
        found.tell(
            RECORD, 0, what.format(device=device, laptops=which), _("All of these entries are kept."), warning=True
        )
