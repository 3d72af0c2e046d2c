"""The language of the screen: which one it is.

Messages are written in English; `fieldkit/locale/` has the others. Dari and Pashto are for paper only: terminals do
not join their letters. JSON, codes, ids, keys and column names are the same in every language.
"""

from __future__ import annotations

import gettext
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import fieldkit

DOMAIN = "fieldkit"
FOLDER = os.path.join(os.path.dirname(fieldkit.__file__), "locale")  # noqa: PTH118, PTH120  pathlib costs `--help`
ENGLISH = "en"
SCREEN = (ENGLISH, "ru", "ky")
VARIABLES = ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")


def N_(text: str) -> str:  # noqa: N802  the usual name of what marks a message that is translated where it is shown
    """Marks a message that stands in a table, for the catalogues."""
    return text


def screen_language(arguments: Sequence[str]) -> str:
    """The language that `--lang` before the command names, else the system's; English where fieldkit has neither."""
    named = _named(arguments)
    if named is None:
        return system_language()
    if named.lower() in SCREEN:
        return named.lower()
    from fieldkit.model.texts import language_code

    code = language_code(named)
    if code is None:  # refused when the arguments are read, in words that the person most likely knows
        return system_language()
    return code if code in SCREEN else ENGLISH


def system_language(windows: bool = os.name == "nt") -> str:
    """The first language of the system's settings that fieldkit has for the screen, else English."""
    said = next((value for name in VARIABLES if (value := os.environ.get(name))), "")
    if not said and windows:
        said = _language_of_windows()
    names = (name.replace("-", "_").partition("_")[0].partition(".")[0].lower() for name in said.split(":"))
    return next((name for name in names if name in SCREEN), ENGLISH)


def _named(arguments: Sequence[str]) -> str | None:
    rest = iter(arguments)
    for argument in rest:
        if argument == "--lang":
            return next(rest, None)
        if argument.startswith("--lang="):
            return argument.partition("=")[2]
        if argument == "--course":
            next(rest, None)
        elif not argument.startswith("-"):
            return None
    return None


def _language_of_windows() -> str:
    import ctypes
    import locale

    user_language = ctypes.windll.kernel32.GetUserDefaultUILanguage()  # type: ignore[attr-defined,unused-ignore]
    return locale.windows_locale.get(user_language, "")


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Everything that `gettext` is asked for, by fieldkit and by click, comes in `language` meanwhile."""
    before, domain = os.environ.get("LANGUAGE"), gettext.textdomain()
    gettext.bindtextdomain(DOMAIN, FOLDER)
    gettext.textdomain(DOMAIN)
    speak(language)
    try:
        yield
    finally:
        gettext.textdomain(domain)
        if before is None:
            del os.environ["LANGUAGE"]
        else:
            os.environ["LANGUAGE"] = before


def speak(language: str) -> None:
    """Go on in `language`."""
    os.environ["LANGUAGE"] = "C" if language == ENGLISH else language  # "C": no catalogue is looked for


def spoken() -> str:
    """The language of the screen."""
    language = os.environ.get("LANGUAGE", ENGLISH)
    return language if language in SCREEN else ENGLISH
