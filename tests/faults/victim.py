"""A process that writes to a record and is meant to die: what it prints has been acknowledged, and nothing else.

victim.py type FOLDER COUNT         appends COUNT entries one by one (0: until it is killed)
victim.py import FOLDER COUNT       appends batches of seven, and takes a snapshot after every third
victim.py steps FOLDER DIE_AT HALF  does one of everything and stops dead at its step number DIE_AT, a write, fsync
                                    or replace; with HALF, a write that it dies at has written half its bytes
victim.py limit FOLDER BYTES        appends until no file may grow beyond BYTES, then says how it was refused
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import Any, NoReturn

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from fieldkit.errors import FieldkitError
from fieldkit.record import Record

BATCH = 7


def body(number: int) -> dict[str, Any]:
    """A body of about the size that a marked sheet has."""
    marks = {f"item-{n}": ("done", "partly", "not-done")[(number + n) % 3] for n in range(12)}
    return {"number": number, "sheet": f"4C7QK2M9XD{number:06d}", "marks": marks, "remarks": "Пломба № 7 осмотрена"}


def say(text: object) -> None:
    """Acknowledge: one write, so that a killed process never acknowledges by half."""
    os.write(1, f"{text}\n".encode())


def type_marks(folder: Path, amount: int) -> None:
    """Appends one entry after the other, saying each number once it is saved."""
    with Record.open(folder, write=True, device="VICTIM") as record:
        say("ready")
        for _ in range(amount) if amount else count():
            say(record.append("marks", body(len(record.entries)), "asanov").hash)


def import_marks(folder: Path, amount: int) -> None:
    """Appends batches, with snapshots between them."""
    with Record.open(folder, write=True, device="VICTIM") as record:
        say("ready")
        for turn in range(amount) if amount else count():
            made = record.append_many([("marks", body(turn))] * BATCH, "asanov")
            say(" ".join(entry.hash for entry in made))
            if turn % 3 == 2:
                record.snapshot()


def one_of_everything(folder: Path) -> None:
    """Every kind of write that a record does, in a few steps."""
    with Record.open(folder, write=True, device="VICTIM") as record:
        say(record.append("marks", body(1), "asanov").hash)
        say(" ".join(e.hash for e in record.append_many([("marks", body(2))] * BATCH, "asanov")))
        record.snapshot()
        say(record.append("marks", body(3), "asanov").hash)
        record.snapshot()
        say(record.append("marks", body(4), "asanov").hash)
    say("end")


def die_at(step: int, half: bool) -> None:
    """Make the step number `step` the last thing that this process does, before it has happened."""
    steps = count(1)

    def wrapped(real: Callable[..., Any], is_write: bool) -> Callable[..., Any]:
        def call(*args: Any, **named: Any) -> Any:
            if (args and args[0] == 1) or next(steps) != step:
                return real(*args, **named)
            if half and is_write:
                real(args[0], args[1][: len(args[1]) // 2])
            return _die()

        return call

    os.write = wrapped(os.write, True)
    os.fsync = wrapped(os.fsync, False)
    os.ftruncate = wrapped(os.ftruncate, False)
    Path.replace = wrapped(Path.replace, False)  # type: ignore[method-assign]


def _die() -> NoReturn:
    os._exit(9)


def fill(folder: Path, size: int) -> None:
    """Appends and takes snapshots under a limit of file size, until refused; says the refusal's exit code."""
    import resource

    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
    with Record.open(folder, write=True, device="VICTIM") as record:
        try:
            for number in count():
                say(record.append("marks", body(number), "asanov").hash)
                if number % 5 == 4:
                    record.snapshot()
        except FieldkitError as error:
            say(f"refused {int(error.exit_code)}: {error.message}")


def main(what: str, folder: str, number: str, half: str = "") -> None:
    """Do what the command line says."""
    if what == "steps":
        die_at(int(number), bool(half))
        one_of_everything(Path(folder))
    else:
        {"type": type_marks, "import": import_marks, "limit": fill}[what](Path(folder), int(number))


if __name__ == "__main__":
    main(*sys.argv[1:])
