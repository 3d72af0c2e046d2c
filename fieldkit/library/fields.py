"""The keys of a YAML file as a table: one place that says what may be written, checks it, and documents it.

A `Key` has a name, a kind and a sentence about it. Kinds read a node of the tree into a plain value and report what
is wrong with it, all of it, in its place. The tables in the READMEs of `scenarios/` and `scoresheets/` are these.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from difflib import get_close_matches
from typing import Any, Protocol

from fieldkit.errors import Problem
from fieldkit.library.yaml_reader import Branch, Leaf, Node, Tree
from fieldkit.model.local_forms import western
from fieldkit.model.texts import LANGUAGES, Text, language_code

SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@dataclass
class Reading:
    """One file while it is read: its name and what was found wrong with it so far."""

    file: str
    problems: list[Problem] = field(default_factory=list)

    def problem(self, node: Node, what: str, remedy: str = "", warning: bool = False) -> None:
        """Note a problem at the place of `node`."""
        self.problems.append(Problem(self.file, node.line, node.column, what, remedy, warning))

    @property
    def failed(self) -> bool:
        """Whether anything was found that is more than a warning."""
        return any(not problem.warning for problem in self.problems)


class Kind(Protocol):
    """What may stand behind a key."""

    @property
    def label(self) -> str:
        """How the README calls it."""

    def read(self, node: Node, name: str, reading: Reading) -> Any:
        """The value of `node`; None, and a problem noted, where it cannot be one."""


@dataclass(frozen=True)
class Key:
    """One key of a table. `about` is its sentence in the README."""

    name: str
    kind: Kind
    about: str
    required: bool = False
    default: Any = None


def hint(word: str, known: Mapping[str, Any] | list[str] | tuple[str, ...]) -> str:
    """`Did you mean ...?` for a misspelt word; all that is known, if little, where nothing is near."""
    near = get_close_matches(word, list(known), n=1, cutoff=0.6)
    if near:
        return f"Did you mean `{near[0]}`?"
    return "Known here: " + ", ".join(sorted(known)) + "." if len(known) <= 12 else ""


@dataclass(frozen=True)
class Table:
    """A group of keys."""

    keys: tuple[Key, ...]
    title: str

    @property
    def label(self) -> str:
        """How the README calls it."""
        return f"{self.title}, see below"

    def read(self, node: Node, name: str, reading: Reading) -> dict[str, Any] | None:
        """Key names to values, with defaults where a key is not there; `@` holds the tree itself, for places."""
        if not isinstance(node, Tree):
            reading.problem(node, f"{name} is to be a group of keys, each on a line of its own (`key: value`)")
            return None
        known = {key.name: key for key in self.keys}
        for word, place in node.keys.items():
            if word not in known:
                reading.problem(place, f'the key "{word}" is not known in {name}', hint(word, known))
        return {"@": node} | {key.name: self._value(key, node, name, reading) for key in self.keys}

    def _value(self, key: Key, tree: Tree, name: str, reading: Reading) -> Any:
        node = tree.nodes.get(key.name)
        if node is None or (isinstance(node, Leaf) and node.empty):
            if key.required:
                reading.problem(tree.keys.get(key.name, tree), f'{name} has no "{key.name}"', f"Add it: {key.about}")
            return key.default
        value = key.kind.read(node, f'"{key.name}"', reading)
        return key.default if value is None else value


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
            reading.problem(node, f"{name} is to be a text")
            return None
        text = tidy(node.text)
        if not text or len(text) > self.most:
            reading.problem(node, f"{name} has {len(text)} characters, and may have 1 to {self.most}")
            return None
        if bad := unprintable(text):
            reading.problem(node, f"{name} holds a character that cannot be printed ({bad})", "Remove it.")
            return None
        return text


def tidy(text: str) -> str:
    """`text` in one form: composed letters (NFC), single blanks, none at the ends."""
    return " ".join(unicodedata.normalize("NFC", text).split())


# Joiners are part of Persian spelling. Everything else that has no shape of its own is refused: it hides or reorders.
_JOINERS = "\u200c\u200d"


def unprintable(text: str) -> str:
    """The code (U+0007) of the first control or layout character in `text`; empty where there is none."""
    bad = next((c for c in text if unicodedata.category(c) in ("Cc", "Cf", "Cs", "Co", "Cn") and c not in _JOINERS), "")
    return f"U+{ord(bad):04X}" if bad else ""


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
            reading.problem(node, f"{name} is to be a text, or one text for each language (`en: ...`, `ru: ...`)")
            return None
        found: dict[str, str] = {}
        for word, inner in node.nodes.items():
            code = language_code(word)
            if code is None:
                reading.problem(node.keys[word], f'"{word}" is no language that fieldkit knows', hint(word, LANGUAGES))
            elif code in found:
                reading.problem(node.keys[word], f"{name} has two texts in {LANGUAGES[code].name}", "Keep one of them.")
            elif (words := Words(self.most).read(inner, f"{name} in {code}", reading)) is not None:
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
            remedy = f"Write small Latin letters, digits and single dashes, at most {self.most}, such as `seal-check`."
            reading.problem(node, f'{name} cannot be "{text}"' if text else f"{name} is to be an id", remedy)
            return None
        return text


@dataclass(frozen=True)
class Pattern:
    """A text of a certain form."""

    label: str
    form: str
    remedy: str

    def read(self, node: Node, name: str, reading: Reading) -> str | None:
        """The text as written."""
        text = node.text.strip() if isinstance(node, Leaf) else ""
        if not re.fullmatch(self.form, text):
            reading.problem(node, f'{name} cannot be "{text}"' if text else f"{name} is to be a text", self.remedy)
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
            reading.problem(node, f'{name} cannot be "{text}"', "Write a date as year-month-day: 2026-09-14.")
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
            reading.problem(
                node, f'{name} cannot be "{text}"', f"Write a whole number from {self.least} to {self.most}."
            )
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
            remedy = f"Write a number from {self.least} to {self.most}, with a point before decimals."
            reading.problem(node, f'{name} cannot be "{text}"', remedy)
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
            reading.problem(node, f"{name} is to be true or false")
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
            reading.problem(node, f'{name} cannot be "{text}"', hint(text, self.words))
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
            reading.problem(node, f'"{text}" is no language that fieldkit knows', hint(text, LANGUAGES))
        return code


@dataclass(frozen=True)
class ListOf:
    """A list of one kind. `by`: the key that must differ from entry to entry."""

    kind: Kind
    least: int = 0
    most: int = 200
    by: str = ""

    @property
    def label(self) -> str:
        """How the README calls it."""
        return f"list: {self.kind.label}"

    def read(self, node: Node, name: str, reading: Reading) -> tuple[Any, ...] | None:
        """The values that could be read, in order."""
        if not isinstance(node, Branch):
            reading.problem(node, f"{name} is to be a list, each entry on a line that begins with a dash")
            return None
        if not self.least <= len(node.nodes) <= self.most:
            reading.problem(node, f"{name} has {len(node.nodes)} entries, and may have {self.least} to {self.most}")
        inner = f"an entry of {name}"
        values = [(entry, self.kind.read(entry, inner, reading)) for entry in node.nodes]
        self._check_twice(values, name, reading)
        return tuple(value for _, value in values if value is not None)

    def _check_twice(self, values: list[tuple[Node, Any]], name: str, reading: Reading) -> None:
        seen: dict[str, int] = {}
        for node, value in values:
            ident = value.get(self.by) if self.by and isinstance(value, dict) else value
            if not isinstance(ident, str):
                continue
            if ident in seen:
                what = f'{name}: "{ident}" appears twice (first on line {seen[ident]})'
                reading.problem(node, what, "Give one of them another id." if self.by else "Keep one of them.")
            seen.setdefault(ident, node.line)


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
            reading.problem(node, f"{name} runs from {pair[0]} to {pair[1]}", "Write the smaller number first.")
            return None
        return pair[0], pair[1]


def markdown(table: Table) -> str:
    """The table as the READMEs print it."""
    rows = ["| key | kind | about |", "|---|---|---|"]
    for key in table.keys:
        name = f"`{key.name}`" + (" *" if key.required else "")
        rows.append(f"| {name} | {key.kind.label} | {key.about} |")
    return "\n".join(rows)
