"""Plain text from a stranger: a file of it, what may stand in it, and what is said of a word that is not known."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from difflib import get_close_matches
from gettext import gettext as _
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from fieldkit.errors import Problem
from fieldkit.files import why_not


class UnreadableError(Exception):
    """A file that cannot be read at all; `problem` says why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem


class NotUtf8Error(UnreadableError):
    """A file that is no UTF-8 text."""


def read_text(path: Path | Traversable, limit: int) -> str:
    """The text of a UTF-8 file of at most `limit` bytes. Raises UnreadableError, with the reason in plain words."""
    name = str(path)
    if path.is_dir():
        raise UnreadableError(
            Problem(name, 0, 0, _("this is a folder, not a file"), _("Rename it and put the file in its place."))
        )
    try:
        with path.open("rb") as stream:
            data = stream.read(limit + 1)
    except FileNotFoundError:
        raise UnreadableError(Problem(name, 0, 0, _("the file is not there"))) from None
    except OSError as error:
        what = _("the file cannot be read: {why}").format(why=why_not(error))
        raise UnreadableError(Problem(name, 0, 0, what)) from None
    if len(data) > limit:
        what = _("the file is larger than {n} MB").format(n=limit // 1_000_000)
        raise UnreadableError(
            Problem(name, 0, 0, what, _("A file of this kind is never so large; look for what got into it."))
        )
    try:
        if (zero := data.find(b"\0")) >= 0:  # UTF-16 without its mark is valid UTF-8, full of zeros
            raise UnicodeDecodeError("utf-8", data, zero, zero + 1, "zero")
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        remedy = _("Save it again with the encoding UTF-8.")
        raise NotUtf8Error(Problem(name, line, 0, _("the file is not UTF-8 text"), remedy)) from None


def tidy(text: str) -> str:
    """`text` in one form: composed letters (NFC), single blanks, none at the ends."""
    return " ".join(unicodedata.normalize("NFC", text).split())


# Joiners are part of Persian spelling. Everything else that has no shape of its own is refused: it hides or reorders.
_JOINERS = "\u200c\u200d"


def unprintable(text: str) -> str:
    """The code (U+0007) of the first control or layout character in `text`; empty where there is none."""
    bad = next((c for c in text if unicodedata.category(c) in ("Cc", "Cf", "Cs", "Co", "Cn") and c not in _JOINERS), "")
    return f"U+{ord(bad):04X}" if bad else ""


def no_language(word: str) -> str:
    """That a language is not one of ours."""
    return _('"{name}" is no language that fieldkit knows').format(name=word)


def hint(word: str, known: Mapping[str, Any] | list[str] | tuple[str, ...]) -> str:
    """`Did you mean ...?` for a misspelt word; all that is known, if little, where nothing is near."""
    near = get_close_matches(word, list(known), n=1, cutoff=0.6)
    if near:
        return _("Did you mean `{name}`?").format(name=near[0])
    return _("Known here: {known}.").format(known=", ".join(sorted(known))) if len(known) <= 12 else ""
