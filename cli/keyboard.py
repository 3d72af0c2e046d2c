"""Single keys from a terminal, none of them lost however fast they are typed.

The terminal stays in key-by-key mode for as long as keys are wanted: switching it for every key, as the usual ways do,
throws away what was typed in between.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click

ESCAPE, CTRL_C = "\x1b", "\x03"


class Keys:
    """Reads keys one at a time; an arrow comes as one string (`\\x1b[A`, on Windows `\\xe0H`)."""

    def __init__(self) -> None:
        self._typed = ""

    def read(self) -> str:
        """The next key. Raises KeyboardInterrupt for Ctrl-C and EOFError when the terminal is gone."""
        if not self._typed:
            self._typed = self._more()
        length = 1
        if self._typed.startswith(ESCAPE) and self._typed[1:2] in ("[", "O"):
            length = 3
        elif self._typed[0] in "\x00\xe0" and os.name == "nt":
            length = 2
        key, self._typed = self._typed[:length], self._typed[length:]
        if key == CTRL_C:
            raise KeyboardInterrupt
        return key

    def line(self, question: str) -> str:
        """A whole line, answered with Enter."""
        return click.prompt(question, default="", show_default=False, prompt_suffix=": ").strip()

    def _more(self) -> str:
        import msvcrt

        key = msvcrt.getwch()  # type: ignore[attr-defined]
        return key + (msvcrt.getwch() if key in "\x00\xe0" else "")  # type: ignore[attr-defined]


class _PosixKeys(Keys):
    def __init__(self, saved: list[object]) -> None:
        super().__init__()
        self._saved = saved

    def _more(self) -> str:
        data = os.read(0, 1024)
        if not data:
            raise EOFError
        while True:
            try:
                return data.decode("utf-8")
            except UnicodeDecodeError:  # half a letter: the rest is on its way
                data += os.read(0, 1)

    def line(self, question: str) -> str:
        import termios

        now = termios.tcgetattr(0)
        termios.tcsetattr(0, termios.TCSADRAIN, self._saved)  # type: ignore[arg-type]
        try:
            return super().line(question)
        finally:
            termios.tcsetattr(0, termios.TCSADRAIN, now)


@contextmanager
def keys() -> Iterator[Keys]:
    """The keyboard in key-by-key mode; the terminal is put back as it was, whatever happens."""
    sys.stdout.flush()
    if os.name == "nt":
        yield Keys()
        return
    import termios

    saved = termios.tcgetattr(0)
    mode = termios.tcgetattr(0)
    # Ctrl-C comes as a key like any other (ISIG): a signal is lost when it falls just before the reading of a key.
    mode[3] &= ~(termios.ICANON | termios.ECHO | termios.ISIG)
    termios.tcsetattr(0, termios.TCSADRAIN, mode)
    try:
        yield _PosixKeys(saved)
    finally:
        termios.tcsetattr(0, termios.TCSADRAIN, saved)
