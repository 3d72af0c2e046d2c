"""Guarded reading of YAML: a tree that knows the line and column of everything in it, or the reason why not.

A file from a stranger must neither hang nor fell the program, so size, depth and count are limited while the file
streams in, and anchors and aliases (with which nine lines can stand for a billion) are refused. Nothing is guessed
from a value's looks: `no`, `12:30`, `007` and `0.10` stay the text that was written until a table of keys
(`fields.py`) says what they should be.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from gettext import gettext as _
from importlib.resources.abc import Traversable
from pathlib import Path

import yaml

from fieldkit.errors import Problem
from fieldkit.library.plain_text import UnreadableError, read_text

MAX_BYTES = 2_000_000
MAX_DEPTH = 40
MAX_EVENTS = 200_000

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Leaf:
    """A single value as it was written. `plain`: it stood without quotes, so it may be a number or true/false."""

    text: str
    plain: bool
    line: int
    column: int

    @property
    def empty(self) -> bool:
        """Whether nothing was written (or `null`, or `~`)."""
        return self.plain and self.text in ("", "~", "null", "Null", "NULL")


@dataclass(slots=True)
class Branch:
    """A list."""

    line: int
    column: int
    nodes: list[Node] = field(default_factory=list)


@dataclass(slots=True)
class Tree:
    """Keys with their values, in the order of the file; `keys` holds where each key stands."""

    line: int
    column: int
    nodes: dict[str, Node] = field(default_factory=dict)
    keys: dict[str, Leaf] = field(default_factory=dict)


Node = Leaf | Branch | Tree


def read_yaml(path: Path | Traversable) -> tuple[Node | None, list[Problem]]:
    """The content of one YAML file with places, and what is wrong with it. None where it cannot be read at all."""
    try:
        text = read_text(path, MAX_BYTES)
        builder = _Builder(str(path))
        root = builder.build(text)
    except UnreadableError as refusal:
        return None, [refusal.problem]
    if root is None:
        return None, [Problem(str(path), 0, 0, _("the file is empty"), _("Write it anew, or remove it."))]
    return root, builder.problems


class _Builder:
    """Builds the tree from the stream of events, so that a bad file is refused before it has grown."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.problems: list[Problem] = []
        self._open: list[Branch | Tree] = []
        self._key: Leaf | None = None
        self._root: Node | None = None

    def build(self, text: str) -> Node | None:
        """The root of the tree; None for a file without content."""
        try:
            for event in self._events(text):
                self._take(event)
        except yaml.YAMLError as error:
            raise UnreadableError(_syntax_problem(self.name, text, error)) from None
        return self._root

    def _events(self, text: str) -> Iterator[yaml.Event]:
        documents = 0
        for count, event in enumerate(yaml.parse(text, Loader=_Loader)):
            if count >= MAX_EVENTS:
                self._refuse(event, _("the file holds more than {n} parts").format(n=f"{MAX_EVENTS:,}"))
            if len(self._open) > MAX_DEPTH:
                self._refuse(event, _("lists and keys are nested more than {n} deep").format(n=MAX_DEPTH))
            if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
                self._refuse(event, _("anchors (&name) and aliases (*name) are not allowed"), _("Write the text out."))
            if tag := getattr(event, "tag", None):
                self._refuse(event, _("the tag {tag} is not allowed").format(tag=tag), _("Remove it."))
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    self._refuse(event, _("a second document begins here (---)"), _("Keep one document in a file."))
            yield event

    def _refuse(self, event: yaml.Event, what: str, remedy: str = "") -> None:
        raise UnreadableError(Problem(self.name, *_place(event), what, remedy))

    def _take(self, event: yaml.Event) -> None:
        line, column = _place(event)
        if isinstance(event, yaml.ScalarEvent):
            self._scalar(Leaf(event.value, not event.style, line, column))
        elif isinstance(event, yaml.SequenceStartEvent):
            self._begin(Branch(line, column))
        elif isinstance(event, yaml.MappingStartEvent):
            self._begin(Tree(line, column))
        elif isinstance(event, yaml.SequenceEndEvent | yaml.MappingEndEvent):
            self._open.pop()

    def _begin(self, node: Branch | Tree) -> None:
        if self._open and isinstance(self._open[-1], Tree) and self._key is None:
            raise UnreadableError(
                Problem(self.name, node.line, node.column, _("a list or a group of keys cannot be a key"))
            )
        self._put(node)
        self._open.append(node)

    def _scalar(self, leaf: Leaf) -> None:
        inside = self._open[-1] if self._open else None
        if isinstance(inside, Tree) and self._key is None:
            self._key = leaf
        else:
            self._put(leaf)

    def _put(self, node: Node) -> None:
        if not self._open:
            self._root = node
            return
        inside = self._open[-1]
        if isinstance(inside, Branch):
            inside.nodes.append(node)
            return
        assert self._key is not None
        name, key = self._key.text, self._key
        self._key = None
        if name in inside.keys:
            first = inside.keys[name].line
            what = _('the key "{key}" stands here twice (first on line {line})').format(key=name, line=first)
            self.problems.append(Problem(self.name, key.line, key.column, what, _("Keep one of them.")))
            return
        inside.nodes[name], inside.keys[name] = node, key


def _place(event: yaml.Event) -> tuple[int, int]:
    """Line and column of an event, counted from 1."""
    mark = event.start_mark
    return (mark.line + 1, mark.column + 1) if mark else (0, 0)


def _syntax_problem(name: str, text: str, error: yaml.YAMLError) -> Problem:
    """What the parser stumbled over, with a remedy for the slips that people make most."""
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    line, column = (mark.line + 1, mark.column + 1) if mark else (0, 0)
    reason = str(getattr(error, "problem", None) or getattr(error, "reason", None) or _("this cannot be understood"))
    if mark is None:
        bad = next(((n, c) for n, row in enumerate(text.splitlines(), 1) for c, ch in enumerate(row, 1)
                    if ch < " " and ch != "\t"), None)  # fmt: skip
        line, column = bad or (0, 0)
        return Problem(name, line, column, _("a character that cannot be printed stands here"), _("Remove it."))
    lines = text.splitlines()
    opens = getattr(error, "context_mark", None)
    if opens and getattr(error, "context", None) == "while scanning a quoted scalar":
        what = _("the quotation mark {mark} that stands here is never closed")
        what = what.format(mark=lines[opens.line][opens.column])
        return Problem(name, opens.line + 1, opens.column + 1, what, _("Close it, or remove it."))
    written = lines[line - 1] if line <= len(lines) else ""
    if "\t" in written[: len(written) - len(written.lstrip())]:
        return Problem(name, line, column, _("a tab stands at the beginning of the line"), _("Use spaces."))
    if "mapping values are not allowed" in reason:
        remedy = _('A text that holds a colon needs quotes around it: "like: this".')
        return Problem(name, line, column, _("a colon stands where none can be"), remedy)
    remedy = _("Compare the indents and quotes with a file that works.")
    return Problem(name, line, column, _("this is not YAML: {why}").format(why=reason), remedy)
