"""Terminals with an old code page, as Windows and some Linux systems still have them."""

from __future__ import annotations

import codecs
from functools import partial
from typing import TextIO

# What an old code page lacks, and what is nearest to it there.
NEAR = {"ң": "н", "ө": "о", "ү": "у", "Ң": "Н", "Ө": "О", "Ү": "У", "«": '"', "»": '"', "“": '"', "”": '"', "„": '"'}
NEAR |= {"–": "-", "—": "-", "−": "-", "…": "...", "’": "'", "‘": "'", "×": "x", "→": "->"}


def get_nearest(stream: TextIO) -> None:
    """Let a terminal show the nearest letter for one that its code page lacks; printing never fails."""
    codecs.register_error(f"nearest-{stream.encoding}", partial(_nearest, stream.encoding))
    stream.reconfigure(errors=f"nearest-{stream.encoding}")  # type: ignore[attr-defined]


def _nearest(encoding: str, error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    near = (NEAR.get(letter, "?") for letter in error.object[error.start : error.end])
    return "".join(letter if _fits(letter, encoding) else "?" for letter in near), error.end


def _fits(letter: str, encoding: str) -> bool:
    try:
        letter.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True
