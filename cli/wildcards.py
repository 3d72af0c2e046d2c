"""`*.jpg` on Windows, whose command lines hand it to the program as it is; elsewhere the shell has seen to it."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence

TAKE_FILES = {"scan", "selftest", "merge", "calibrate", "analyse"}  # no option of these takes free text


def spread(arguments: Sequence[str], windows: bool = os.name == "nt") -> list[str]:
    """`arguments` with the files in place of each pattern; a pattern that fits no file stays, to be told of."""
    if not windows or TAKE_FILES.isdisjoint(arguments):
        return list(arguments)
    return [one for argument in arguments for one in _fitting(argument)]


def _fitting(argument: str) -> Iterator[str]:
    if "*" not in argument and "?" not in argument:  # neither can be in the name of a file on Windows
        yield argument
        return
    from glob import glob

    yield from sorted(glob(argument.replace("[", "[[]"))) or [argument]  # noqa: PTH207  its folder is in it
