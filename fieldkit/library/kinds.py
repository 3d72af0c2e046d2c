"""What may stand behind a key: texts, ids, numbers, dates, choices. Each kind reads one node of a tree into a value."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from gettext import gettext as _

from fieldkit.library.fields import ListOf, Reading
from fieldkit.library.plain_text import hint, no_language, tidy, unprintable
from fieldkit.library.yaml_reader import Leaf, Node, Tree
from fieldkit.model.local_forms import western
from fieldkit.model.texts import LANGUAGES, Text, language_code

SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
QUOTED_MOST = 60  # characters of what stands there, in a message


def cannot_be(name: str, text: str) -> str:
    """That what stands there is not of the right form."""
    shown = text if len(text) <= QUOTED_MOST else text[:QUOTED_MOST] + "\u2026"
    return _('{name} cannot be "{text}"').format(name=name, text=shown)


@dataclass(frozen=True)
class Words:
    """One line of text."""

    most: int = 200

    @property
    def label(self) -> str:
        """How the README calls it."""
        return "text"

    def read(self, node: Node, name: str, reading: Reading) -> str | None:
        """The text, without blanks around it."""
        if not isinstance(node, Leaf):
            reading.problem(node, _("{name} is to be a text").format(name=name))
            return None
        text = tidy(node.text)
        if not text or len(text) > self.most:
            what = _("{name} has {n} characters, and may have 1 to {most}")
            reading.problem(node, what.format(name=name, n=len(text), most=self.most))
            return None
        if bad := unprintable(text):
            what = _("{name} holds a character that cannot be printed ({letter})").format(name=name, letter=bad)
            reading.problem(node, what, _("Remove it."))
            return None
        return text


@dataclass(frozen=True)
class Texts:
    """A text in several languages."""

    most: int = 1000

    @property
    def label(self) -> str:
        """How the README calls it."""
        return "text by language"

    def read(self, node: Node, name: str, reading: Reading) -> Text | None:
        """The text. One that is written without languages counts as English and is shown where no other is there."""
        if isinstance(node, Leaf):
            words = Words(self.most).read(node, name, reading)
            return None if words is None else Text({"en": words})
        if not isinstance(node, Tree) or not node.nodes:
            what = _("{name} is to be a text, or one text for each language (`en: ...`, `ru: ...`)")
            reading.problem(node, what.format(name=name))
            return None
        found: dict[str, str] = {}
        for word, inner in node.nodes.items():
            code = language_code(word)
            if code is None:
                reading.problem(node.keys[word], no_language(word), hint(word, LANGUAGES))
            elif code in found:
                what = _("{name} has two texts in {language}").format(name=name, language=LANGUAGES[code].name)
                reading.problem(node.keys[word], what, _("Keep one of them."))
            elif (words := Words(self.most).read(inner, f"{name} ({code})", reading)) is not None:
                found[code] = words
        return Text({code: found[code] for code in LANGUAGES if code in found})


@dataclass(frozen=True)
class Slug:
    """An id: small letters, digits and dashes."""

    most: int = 40

    @property
    def label(self) -> str:
        """How the README calls it."""
        return "id"

    def read(self, node: Node, name: str, reading: Reading) -> str | None:
        """The id."""
        text = node.text if isinstance(node, Leaf) else ""
        if not SLUG.fullmatch(text) or len(text) > self.most:
            remedy = _("Write small Latin letters, digits and single dashes, at most {most}, such as `seal-check`.")
            what = cannot_be(name, text) if text else _("{name} is to be an id").format(name=name)
            reading.problem(node, what, remedy.format(most=self.most))
            return None
        return text


@dataclass(frozen=True)
class Pattern:
    """A text of a certain form."""

    label: str
    form: str
    remedy: str
    most: int = 0  # the length that the remedy names

    def read(self, node: Node, name: str, reading: Reading) -> str | None:
        """The text as written."""
        text = node.text.strip() if isinstance(node, Leaf) else ""
        if not re.fullmatch(self.form, text):
            what = cannot_be(name, text) if text else _("{name} is to be a text").format(name=name)
            reading.problem(node, what, _(self.remedy).format(most=self.most))
            return None
        return text


@dataclass(frozen=True)
class Day:
    """A date."""

    label: str = "date"

    def read(self, node: Node, name: str, reading: Reading) -> str | None:
        """The date as ISO text."""
        text = western(node.text).strip() if isinstance(node, Leaf) else ""
        try:
            if len(text) != 10:
                raise ValueError
            return date.fromisoformat(text).isoformat()
        except ValueError:
            reading.problem(node, cannot_be(name, text), _("Write a date as year-month-day: 2026-09-14."))
            return None


@dataclass(frozen=True)
class Whole:
    """A whole number within limits."""

    least: int
    most: int

    @property
    def label(self) -> str:
        """How the README calls it."""
        return f"whole number {self.least} to {self.most}"

    def read(self, node: Node, name: str, reading: Reading) -> int | None:
        """The number."""
        text = western(node.text) if isinstance(node, Leaf) else ""
        if not re.fullmatch(r"[-+]?[0-9]{1,9}", text) or not self.least <= int(text) <= self.most:
            remedy = _("Write a whole number from {least} to {most}.").format(least=self.least, most=self.most)
            reading.problem(node, cannot_be(name, text), remedy)
            return None
        return int(text)


@dataclass(frozen=True)
class Exact:
    """An exact number within limits, decimals allowed."""

    least: str
    most: str

    @property
    def label(self) -> str:
        """How the README calls it."""
        return f"number {self.least} to {self.most}"

    def read(self, node: Node, name: str, reading: Reading) -> Decimal | None:
        """The number, exactly as written."""
        text = western(node.text) if isinstance(node, Leaf) else ""
        good = re.fullmatch(r"[-+]?[0-9]{1,9}(\.[0-9]{1,6})?", text)
        if not good or not Decimal(self.least) <= Decimal(text) <= Decimal(self.most):
            remedy = _("Write a number from {least} to {most}, with a point before decimals.")
            reading.problem(node, cannot_be(name, text), remedy.format(least=self.least, most=self.most))
            return None
        return Decimal(text)


@dataclass(frozen=True)
class Flag:
    """True or false."""

    label: str = "true or false"

    def read(self, node: Node, name: str, reading: Reading) -> bool | None:
        """The truth."""
        text = node.text.lower() if isinstance(node, Leaf) and node.plain else ""
        if text not in ("true", "false"):
            reading.problem(node, _("{name} is to be true or false").format(name=name))
            return None
        return text == "true"


@dataclass(frozen=True)
class OneOf:
    """One of a few words."""

    words: tuple[str, ...]
    title: str = ""

    @property
    def label(self) -> str:
        """How the README calls it."""
        return self.title or "one of " + ", ".join(f"`{word}`" for word in self.words)

    def read(self, node: Node, name: str, reading: Reading) -> str | None:
        """The word."""
        text = node.text if isinstance(node, Leaf) else ""
        if text not in self.words:
            reading.problem(node, cannot_be(name, text), hint(text, self.words))
            return None
        return text


@dataclass(frozen=True)
class Languages:
    """A language by its code."""

    label: str = "language"

    def read(self, node: Node, name: str, reading: Reading) -> str | None:
        """The code that fieldkit uses."""
        text = node.text if isinstance(node, Leaf) else ""
        code = language_code(text)
        if code is None:
            reading.problem(node, no_language(text), hint(text, LANGUAGES))
        return code


@dataclass(frozen=True)
class Range:
    """Two whole numbers, from and to; or one number for both."""

    least: int
    most: int

    @property
    def label(self) -> str:
        """How the README calls it."""
        return f"whole number {self.least} to {self.most}, or two of them as `[from, to]`"

    def read(self, node: Node, name: str, reading: Reading) -> tuple[int, int] | None:
        """(from, to)."""
        kind = Whole(self.least, self.most)
        if isinstance(node, Leaf):
            one = kind.read(node, name, reading)
            return None if one is None else (one, one)
        pair = ListOf(kind, 2, 2).read(node, name, reading)
        if pair is None or len(pair) != 2:
            return None
        if pair[0] > pair[1]:
            what = _("{name} runs from {first} to {last}").format(name=name, first=pair[0], last=pair[1])
            reading.problem(node, what, _("Write the smaller number first."))
            return None
        return pair[0], pair[1]
