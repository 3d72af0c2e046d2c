"""Standard input, output and errors that whoever started the program has closed."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path


def open_closed() -> None:
    """Open what is closed, onto nothing. The next file to be opened would take its number, and be it the record: then
    a message that a package writes there by number would end up in the record."""
    with suppress(OSError):
        while (handle := os.open(os.devnull, os.O_RDWR)) <= 2:
            os.set_inheritable(handle, True)
        os.close(handle)
    for name in ("stdout", "stderr"):  # none of them is there on Windows in a program without a console, either
        if getattr(sys, name) is None:
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115  as long as we run
