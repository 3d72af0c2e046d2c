"""From a string to lines of glyph runs: broken on the text as it is read, each line then put in visual order.

Widths are in thousandths of the size of the text throughout, so that one layout serves every size.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from gettext import gettext as _
from itertools import groupby, pairwise
from unicodedata import bidirectional

from fieldkit.errors import BadInput
from fieldkit.model.texts import LANGUAGES
from fieldkit.paper import fonts
from fieldkit.paper.bidi import levels, visual_order
from fieldkit.paper.cleaning import ELLIPSIS, clean, is_drawn, quoted, undrawn_in
from fieldkit.paper.shaping import Run, is_plain, shape

Spans = tuple[tuple[str, bool], ...]  # stretches of text, each regular or bold
Place = tuple[int, int]  # where a stretch of characters begins and ends
Key = tuple[int, str]  # level and face
Piece = tuple[int, Run]  # level and run

_DATE = re.compile(r"\b\d{4}-\d\d-\d\d\b")
_ISOLATED = re.compile("[\u2066-\u2068][^\u2069]*\u2069?")
_WORD = re.compile("[^ ]+| +")
_HYPHENS = frozenset("-\u2010\u2013\u2014/")
_BREAK_INSIDE = re.compile(r"(?<=[^\W\d_][-\u2010\u2013\u2014/])(?=[^\W\d_])")
_SHOWS_DIRECTION = ("L", "R", "AL", "EN", "AN")


@dataclass(frozen=True, eq=False)
class Line:
    """One line: its characters in the order they are read, and its runs from left to right."""

    text: str
    runs: tuple[Run, ...]
    width: int


@lru_cache(maxsize=8192)
def one_line(spans: Spans, lang: str) -> Line:
    """A text set on one line, however long; line ends in it count as spaces."""
    paragraph = _paragraph(_joined(spans), lang)
    return paragraph.line(0, len(paragraph.text))


@lru_cache(maxsize=4096)
def block(spans: Spans, limit: float, lang: str, most: int | None = None) -> tuple[Line, ...]:
    """A text broken into lines no wider than `limit`, at most `most` of them, the last then ending in an ellipsis."""
    places = [
        (paragraph, start, end)
        for paragraph in (_paragraph(part, lang) for part in _paragraphs(spans))
        for start, end in paragraph.broken(limit)
    ]
    lines = [paragraph.line(start, end) for paragraph, start, end in places[:most]]
    if len(places) > len(lines) > 0:
        paragraph, start, _ = places[len(lines) - 1]
        lines[-1] = paragraph.cut(start, limit)
    return tuple(lines)


@lru_cache(maxsize=1024)
def cut(spans: Spans, limit: float, lang: str) -> Line:
    """One line no wider than `limit`, ending in an ellipsis if the text is longer."""
    line = one_line(spans, lang)
    return line if line.width <= limit else _paragraph(_joined(spans), lang).cut(0, limit)


def _joined(spans: Spans) -> Spans:
    return tuple((clean(text).replace("\n", " "), bold) for text, bold in spans)


def _paragraphs(spans: Spans) -> Iterator[Spans]:
    """The paragraphs of a text, each as spans."""
    current: list[tuple[str, bool]] = []
    for text, bold in spans:
        first, *rest = clean(text).split("\n")
        current.append((first, bold))
        for part in rest:
            yield tuple(current)
            current = [(part, bold)]
    yield tuple(current)


def _paragraph(spans: Spans, lang: str) -> _Paragraph:
    """A paragraph of clean text, ready to be broken into lines. Raises BadInput for letters the fonts lack."""
    text = "".join(part for part, _ in spans)
    _refuse_missing(text)
    base = _base(text, lang)
    bolds = {bold for part, bold in spans if part}
    drawn = "".join(filter(is_drawn, text)) if undrawn_in(text) else text
    face = fonts.main_face(True in bolds)
    if not base and len(bolds) < 2 and is_plain(drawn) and not set(drawn) - face.characters:
        return _Plain(drawn, ((drawn, True in bolds),), lang, face)
    # After Arabic letters the algorithm would turn 2026-03-21 into 21-03-2026.
    if "-" in text:
        spans = tuple((_DATE.sub("\u2066\\g<0>\u2069", part), bold) for part, bold in spans)
    return _Shaped("".join(part for part, _ in spans), spans, lang, base)


def _base(text: str, lang: str) -> int:
    """The level of a paragraph: that of its language, but a text whose letters all run the other way runs that way.

    So a Latin name or a text that is not translated yet keeps its full stop and brackets in place on a Dari page.
    What is isolated does not count.
    """
    own = int(LANGUAGES[lang].right_to_left)
    if not own and is_plain(text):
        return own
    directions = set(map(bidirectional, set(_ISOLATED.sub("", text))))
    left, right = "L" in directions, not directions.isdisjoint(("R", "AL"))
    return own if left == right else int(right)


class _Paragraph:
    """One paragraph of clean text. The subclasses know how wide it is, and what glyphs it has."""

    def __init__(self, text: str, spans: Spans, lang: str) -> None:
        self.text, self.spans, self.lang = text, spans, lang

    def line(self, start: int, end: int) -> Line:
        """The characters from `start` to `end` as one line."""
        raise NotImplementedError

    def width(self, start: int, end: int) -> int:
        """The width of the characters from `start` to `end`."""
        raise NotImplementedError

    @cached_property
    def stretches(self) -> list[Place]:
        """Words and the spaces between them, words broken after a hyphen between letters."""
        ends = [match.end() for match in _WORD.finditer(self.text)]
        if not _HYPHENS.isdisjoint(self.text):
            ends = sorted([*ends, *(match.start() for match in _BREAK_INSIDE.finditer(self.text))])
        return list(pairwise([0, *ends]))

    def broken(self, limit: float) -> list[Place]:
        """Where the lines begin and end, none wider than `limit` unless one character is; spaces at ends left out."""
        lines: list[Place] = []
        start = end = used = gap = 0
        for first, last in self.stretches:
            width = self.width(first, last)
            if self.text[first] == " ":
                gap = width
                continue
            if used + gap + width > limit and end > start:
                lines.append((start, end))
                start, used, gap = first, 0, 0
            used += gap + width
            while used > limit and (split := self._longest(start, last, limit)) < last:
                lines.append((start, split))
                start, used = split, self._width_of_rest(split, last, limit)
            end, gap = last, 0
        return [*lines, (start, end)]

    def _longest(self, start: int, end: int, limit: float) -> int:
        """Where to break a word that is too long: after at least one character with its marks."""
        near = range(start + 1, min(end, start + _most_characters(limit)))
        stops = [*(i for i in near if unicodedata.category(self.text[i])[0] != "M"), end]
        return stops[_last(len(stops), lambda n: self.width(start, stops[n]) <= limit)]

    def _width_of_rest(self, start: int, end: int, limit: float) -> int:
        """The width of what is left of a word, or of so much of it that it is wider than a line."""
        near = self.width(start, min(end, start + _most_characters(limit)))
        return near if near > limit else self.width(start, end)

    def cut(self, start: int, limit: float) -> Line:
        """One line from `start` on that ends in an ellipsis; a number or code is left out rather than cut."""
        most = min(len(self.text) - start, _most_characters(limit))
        end = start + _last(most + 1, lambda n: self._with_ellipsis(start, start + n).width <= limit)
        for first, last in self.stretches:
            if start < first < end < last and any(map(str.isdigit, self.text[first:last])):
                end = first
        return self._with_ellipsis(start, end)

    def _with_ellipsis(self, start: int, end: int) -> Line:
        kept: list[tuple[str, bool]] = []
        place = 0
        for text, bold in self.spans:
            kept.append((text[max(start - place, 0) : max(end - place, 0)], bold))
            place += len(text)
        text, bold = kept.pop()
        shortened = _paragraph((*kept, (text.rstrip(" ") + ELLIPSIS, bold)), self.lang)
        return shortened.line(0, len(shortened.text))


class _Plain(_Paragraph):
    """Text of one face and direction, each character drawn with its own glyph: nearly all Latin and Cyrillic text."""

    def __init__(self, text: str, spans: Spans, lang: str, face: fonts.Face) -> None:
        super().__init__(text, spans, lang)
        self.face = face

    def width(self, start: int, end: int) -> int:
        return sum(map(self.face.widths.__getitem__, self.text[start:end]))

    def line(self, start: int, end: int) -> Line:
        text, width = self.text[start:end], self.width(start, end)
        return Line(text, (Run(self.face, text, None, width),) if text else (), width)


class _Shaped(_Paragraph):
    """Text of any direction and faces, shaped word by word."""

    def __init__(self, text: str, spans: Spans, lang: str, base: int) -> None:
        super().__init__(text, spans, lang)
        self.base = base
        faces: list[str] = []
        for part, bold in spans:
            faces += _faces(part, bold)
        self.mixed = len(set(faces)) > 1
        # The level and face of each character, None for those that are not drawn. Equal ones are one object, as
        # identity is compared faster.
        same: dict[Key, Key] = {}
        pairs = list(zip(levels(text, base), faces, strict=True))
        self.keys: list[Key | None] = list(map(same.setdefault, pairs, pairs))
        if undrawn := undrawn_in(text):
            self.keys = [None if char in undrawn else key for char, key in zip(text, self.keys, strict=True)]
        self.pieces: list[Piece] = []
        self.borders = {0: (0, 0)}  # how many pieces, and what width, come before a place
        width = 0
        spaces: dict[Key | None, list[Piece]] = {}
        for start, end in self.stretches:
            if text[start:end] == " " and start and self.keys[start] == self.keys[start - 1]:
                pieces = spaces.setdefault(self.keys[start], spaces.get(self.keys[start]) or self._shaped(start, end))
            else:
                pieces = self._shaped(start, end)
            self.pieces += pieces
            for __, run in pieces:
                width += run.width
            self.borders[end] = len(self.pieces), width

    def width(self, start: int, end: int) -> int:
        if start in self.borders and end in self.borders:
            return self.borders[end][1] - self.borders[start][1]
        return sum(run.width for _, run in self._shaped(start, end))

    def line(self, start: int, end: int) -> Line:
        if start in self.borders and end in self.borders:
            pieces = self.pieces[self.borders[start][0] : self.borders[end][0]]
        else:
            pieces = self._shaped(start, end)
        runs = visual_order([run for _, run in pieces], [level for level, _ in pieces])
        return Line(self.text[start:end], tuple(runs), sum(run.width for run in runs))

    def _shaped(self, start: int, end: int) -> list[Piece]:
        """A run for each stretch of one level and face; characters that are not drawn are left out."""
        keys = self.keys[start:end]
        if keys[0] and keys.count(keys[0]) == len(keys):
            return [self._piece(start, end, keys[0])]
        found = []
        for key, group in groupby(keys):
            start, first = start + len(list(group)), start
            if key:
                found.append(self._piece(first, start, key))
        return found

    def _piece(self, start: int, end: int, key: Key) -> Piece:
        """The characters of one level and face between two places."""
        level, face = key
        part, rtl = self.text[start:end], level % 2 == 1
        opens = self._before(start) % 2 != rtl and bidirectional(part[0]) not in _SHOWS_DIRECTION
        ends = self.base != rtl and bidirectional(part[-1]) not in _SHOWS_DIRECTION and part != " "
        beside = (self._neighbour(start, start - 1), self._neighbour(start, end)) if self.mixed else ("", "")
        return level, shape(part, face, rtl, self.lang, opens, ends, beside)

    def _neighbour(self, place: int, neighbour: int) -> str:
        """The character beside a stretch of which `place` is one, if only their faces keep the two apart."""
        here, there = self.keys[place], self.keys[neighbour] if 0 <= neighbour < len(self.keys) else None
        return self.text[neighbour] if here and there and here[0] == there[0] and here[1] != there[1] else ""

    def _before(self, place: int) -> int:
        """The level of the character drawn before a place; at the beginning, that of the paragraph."""
        while place:
            place -= 1
            if key := self.keys[place]:
                return key[0]
        return self.base


def _last(count: int, fits: Callable[[int], bool]) -> int:
    """The last of 0, 1, ... `count` - 1 that fits, when all before it do; 0 where none does."""
    return max(bisect_left(range(count), True, key=lambda n: not fits(n)) - 1, 0)


def _most_characters(limit: float) -> int:
    """More characters than any line of this width has: few letters are narrower than a tenth of their height."""
    return int(limit / 100) + 1


def _faces(text: str, bold: bool) -> list[str]:
    """The name of the face for each character; a mark is drawn from the face of its letter where that has it."""
    main = fonts.main_face(bold)
    if not set(text) - main.characters:
        return [main.name] * len(text)
    found: list[str] = []
    for char in text:
        follows = found and unicodedata.category(char)[0] == "M" and char in fonts.face(found[-1]).characters
        found.append(found[-1] if follows else fonts.face_for(char, bold))
    return found


def _refuse_missing(text: str) -> None:
    if absent := fonts.missing(text):
        names = ", ".join(map(fonts.describe, absent))
        told = _("{text} cannot be printed: the fonts have no {letters}.").format(text=quoted(text), letters=names)
        raise BadInput(told, _("Write it with other letters."))
