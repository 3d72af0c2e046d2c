"""The keys of a YAML file as a table: one place that says what may be written, checks it, and documents it.

A `Key` has a name, a kind and a sentence about it. Kinds read a node of the tree into a plain value and report what
is wrong with it, all of it, in its place. The tables in the READMEs of `scenarios/` and `scoresheets/` are these.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from gettext import gettext as _
from typing import Any, Protocol

from fieldkit.errors import Problem
from fieldkit.library.plain_text import hint
from fieldkit.library.yaml_reader import Branch, Leaf, Node, Tree


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
            what = _("{name} is to be a group of keys, each on a line of its own (`key: value`)").format(name=name)
            reading.problem(node, what)
            return None
        known = {key.name: key for key in self.keys}
        for word, place in node.keys.items():
            if word not in known:
                what = _('the key "{key}" is not known in {name}').format(key=word, name=name)
                reading.problem(place, what, hint(word, known))
        return {"@": node} | {key.name: self._value(key, node, name, reading) for key in self.keys}

    def _value(self, key: Key, tree: Tree, name: str, reading: Reading) -> Any:
        node = tree.nodes.get(key.name)
        if node is None or (isinstance(node, Leaf) and node.empty):
            if key.required:
                what = _('{name} has no "{key}"').format(name=name, key=key.name)
                remedy = _("Add it: {about}").format(about=_(key.about))
                reading.problem(tree.keys.get(key.name, tree), what, remedy)
            return key.default
        value = key.kind.read(node, f'"{key.name}"', reading)
        return key.default if value is None else value


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
            what = _("{name} is to be a list, each entry on a line that begins with a dash").format(name=name)
            reading.problem(node, what)
            return None
        if not self.least <= len(node.nodes) <= self.most:
            what = _("{name} has {n} entries, and may have {least} to {most}")
            reading.problem(node, what.format(name=name, n=len(node.nodes), least=self.least, most=self.most))
        inner = _("an entry of {name}").format(name=name)
        values = [(entry, self.kind.read(entry, inner, reading)) for entry in node.nodes]
        self._check_twice(values, name, reading)
        return tuple(value for __, value in values if value is not None)

    def _check_twice(self, values: list[tuple[Node, Any]], name: str, reading: Reading) -> None:
        seen: dict[str, int] = {}
        for node, value in values:
            ident = value.get(self.by) if self.by and isinstance(value, dict) else value
            if not isinstance(ident, str):
                continue
            if ident in seen:
                what = _('{name}: "{text}" appears twice (first on line {line})')
                remedy = _("Give one of them another id.") if self.by else _("Keep one of them.")
                reading.problem(node, what.format(name=name, text=ident, line=seen[ident]), remedy)
            seen.setdefault(ident, node.line)


def markdown(table: Table) -> str:
    """The table as the READMEs print it."""
    rows = ["| key | kind | about |", "|---|---|---|"]
    for key in table.keys:
        name = f"`{key.name}`" + (" *" if key.required else "")
        rows.append(f"| {name} | {key.kind.label} | {key.about} |")
    return "\n".join(rows)
