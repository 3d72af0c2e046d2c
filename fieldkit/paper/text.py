"""Text on paper: the one place through which every string is printed, right in all five languages.

Places are in millimetres from the top left corner of the page, sizes in points. The direction of a text is that of
the language given, never guessed; a name, code or number put into a sentence goes through `isolate` first.

    draw_line(pdf, 15, 20, "Seal check", HEADING, lang="en", width_mm=180)
    height = draw_block(pdf, 15, 30, 180, [Span("Task. ", bold=True), Span(task)], lang="ps")
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from gettext import gettext as _
from itertools import groupby
from typing import Literal, NamedTuple

from fieldkit.errors import BadInput
from fieldkit.model.texts import LANGUAGES
from fieldkit.paper import lines
from fieldkit.paper.cleaning import isolate, quoted, stripped
from fieldkit.paper.lines import Line
from fieldkit.paper.page import BLACK, MM, Colour, Pdf

__all__ = [
    "ACCENT",
    "ALERT",
    "BLACK",
    "GREY",
    "HEADING",
    "INK",
    "LEAST",
    "SMALL",
    "TEXT",
    "TITLE",
    "Rich",
    "Span",
    "Style",
    "baseline",
    "draw_block",
    "draw_line",
    "draw_list",
    "fit",
    "isolate",
    "measure_block",
    "measure_list",
    "shorten",
    "stripped",
    "width",
    "wrap",
]

INK = BLACK
ACCENT: Colour = (0.08, 0.20, 0.45)  # a dark blue that prints as dark grey
ALERT: Colour = (0.75, 0.10, 0.10)  # a red that prints as mid grey; never without a word or a sign beside it
GREY: Colour = (0.40, 0.40, 0.40)
LEADING = 1.35  # distance between lines, in sizes: room for the deep Arabic letters, the same in every language
LEAST = 8.5  # nothing smaller is printed
INDENT_MM = 6.0  # where the text of a list begins
DOT = "\u2022"
_RISE, _FALL = 0.935, 0.265  # how far the face reaches above and below the baseline, in sizes

Align = Literal["start", "end", "center", "left", "right"]


@dataclass(frozen=True)
class Style:
    """How a text looks. `leading` is the distance between lines in points, by default a fixed share of the size."""

    size: float = 10.5
    leading: float | None = None
    bold: bool = False
    color: Colour = INK
    align: Align = "start"

    @property
    def line_mm(self) -> float:
        """The distance between lines in millimetres."""
        return (self.leading or self.size * LEADING) / MM


TITLE = Style(20, bold=True, color=ACCENT)
HEADING = Style(13, bold=True, color=ACCENT)
TEXT = Style()
SMALL = Style(9)


class Span(NamedTuple):
    """A piece of a text that may be bold. Users' text goes into spans as it is: nothing in it is markup."""

    text: str
    bold: bool = False


Rich = str | Sequence[Span]


def draw_line(
    pdf: Pdf,
    x_mm: float,
    y_mm: float,
    text: Rich,
    style: Style = TEXT,
    *,
    lang: str = "en",
    width_mm: float | None = None,
    shorten: bool = False,
) -> None:
    """One line with its baseline at y, aligned within x to x + width (or at x where there is no width).

    A text too long for the width is made smaller, down to 8.5 points; if that is not enough it is cut with an
    ellipsis where `shorten` allows it, else BadInput names it. Raises BadInput for letters the font lacks.
    """
    spans = _spans(text, style)
    line = lines.one_line(spans, lang)
    size = style.size
    if width_mm is not None and line.width * size / 1000 > width_mm * MM + 0.01:
        size = fit(text, style, width_mm, lang).size
        if line.width * size / 1000 > width_mm * MM + 0.01:
            if not shorten:
                told = _("{text} is too long: it does not fit in {width} mm.")
                raise BadInput(told.format(text=quoted(line.text), width=f"{width_mm:g}"), _("Shorten it."))
            line = lines.cut(spans, _limit(width_mm, size), lang)
    _show(pdf, line, x_mm, y_mm, width_mm or 0, size, style, lang)


def draw_block(
    pdf: Pdf,
    x_mm: float,
    y_mm: float,
    width_mm: float,
    text: Rich,
    style: Style = TEXT,
    *,
    lang: str = "en",
    max_lines: int | None = None,
    part: slice = slice(None),
) -> float:
    """Paragraphs broken into lines, the top of the first at y; returns the height they take in millimetres.

    A newline ends a paragraph. A word longer than the line is broken where it must be. After `max_lines` the text
    is cut with an ellipsis. `part` draws some of the lines only, where a text goes on on the next page.
    """
    step = style.line_mm
    y = y_mm + baseline(style)
    found = lines.block(_spans(text, style), _limit(width_mm, style.size), lang, max_lines)[part]
    for line in found:
        _show(pdf, line, x_mm, y, width_mm, style.size, style, lang)
        y += step
    return step * len(found)


def measure_block(
    width_mm: float, text: Rich, style: Style = TEXT, lang: str = "en", max_lines: int | None = None
) -> float:
    """The height in millimetres that `draw_block` would take."""
    return style.line_mm * len(lines.block(_spans(text, style), _limit(width_mm, style.size), lang, max_lines))


def draw_list(
    pdf: Pdf,
    x_mm: float,
    y_mm: float,
    width_mm: float,
    items: Sequence[Rich],
    style: Style = TEXT,
    *,
    lang: str = "en",
    marks: Sequence[str] | None = None,
) -> float:
    """A list, each item behind a dot or its own mark (a number, a letter); returns its height in millimetres."""
    rtl = LANGUAGES[lang].right_to_left
    mark_x, text_x = (x_mm + width_mm - INDENT_MM, x_mm) if rtl else (x_mm, x_mm + INDENT_MM)
    y = y_mm
    for mark, item in zip(marks or [DOT] * len(items), items, strict=True):
        draw_line(pdf, mark_x, y + baseline(style), mark, style, lang=lang, width_mm=INDENT_MM)
        y += draw_block(pdf, text_x, y, width_mm - INDENT_MM, item, style, lang=lang)
    return y - y_mm


def measure_list(width_mm: float, items: Sequence[Rich], style: Style = TEXT, lang: str = "en") -> float:
    """The height in millimetres that `draw_list` would take."""
    return sum(measure_block(width_mm - INDENT_MM, item, style, lang) for item in items)


def wrap(text: Rich, style: Style, width_mm: float, lang: str = "en") -> list[str]:
    """The lines of a block, each as its characters are read."""
    return [line.text for line in lines.block(_spans(text, style), _limit(width_mm, style.size), lang)]


def width(text: Rich, style: Style = TEXT, lang: str = "en") -> float:
    """The width of a text on one line, in millimetres."""
    return lines.one_line(_spans(text, style), lang).width * style.size / 1000 / MM


def fit(text: Rich, style: Style, width_mm: float, lang: str = "en", least: float = LEAST) -> Style:
    """The style at the largest size, up to its own and down to `least`, at which a text fits on one line."""
    natural = width(text, style, lang)
    if natural <= width_mm:
        return style
    return replace(style, size=min(style.size, max(least, style.size * width_mm / natural)))


def shorten(text: Rich, style: Style, width_mm: float, lang: str = "en") -> str:
    """The text cut with an ellipsis so that it fits on one line."""
    return lines.cut(_spans(text, style), _limit(width_mm, style.size), lang).text


def baseline(style: Style) -> float:
    """The distance in millimetres from the top of a line to its baseline."""
    return (style.line_mm * MM + (_RISE - _FALL) * style.size) / 2 / MM


def _spans(text: Rich, style: Style) -> lines.Spans:
    if isinstance(text, str):
        return ((text, style.bold),)
    return tuple((span.text, span.bold or style.bold) for span in text)


def _limit(width_mm: float, size: float) -> float:
    """A width in thousandths of the size; the hundredth of a point forgives rounding."""
    return (width_mm * MM + 0.01) * 1000 / size


def _show(
    pdf: Pdf, line: Line, x_mm: float, y_mm: float, width_mm: float, size: float, style: Style, lang: str
) -> None:
    """Write one line into the page."""
    if not line.runs:
        return
    room = width_mm * MM - line.width * size / 1000
    x, y = pdf.at(x_mm, y_mm)
    x += room * _share(style.align, LANGUAGES[lang].right_to_left)
    red, green, blue = style.color
    parts = [f"BT {red:g} {green:g} {blue:g} rg {x:.2f} {y:.2f} Td"]
    for face, runs in groupby(line.runs, key=lambda run: run.face):
        font = pdf.face(face)
        parts.append(f"/{font.name} {size:g} Tf [{''.join(font.show(run, size) for run in runs)}]TJ")
    pdf._code.append(" ".join(parts) + " ET")


def _share(align: Align, rtl: bool) -> float:
    """How much of the free room stands to the left of the text."""
    if align == "center":
        return 0.5
    return float(align == "right" or align == ("start" if rtl else "end"))
