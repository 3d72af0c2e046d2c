"""A proof page: any text as it will look on paper, for the translator to check letter by letter."""

from __future__ import annotations

from gettext import gettext as _
from pathlib import Path

from fieldkit.errors import BadInput, Problem
from fieldkit.model.texts import LANGUAGES
from fieldkit.paper.cleaning import quoted
from fieldkit.paper.fonts import describe, missing
from fieldkit.paper.page import Pdf, hairline, next_page, open_pdf, rect
from fieldkit.paper.text import GREY, HEADING, SMALL, TEXT, Span, Style, draw_block, draw_line, measure_block, stripped

_LEFT, _TOP, _WIDTH, _BOTTOM = 15.0, 15.0, 180.0, 282.0
_NUMBER_MM, _BOXES_MM = 10.0, 40.0  # the columns of a sheet row: the number, and four boxes
# The other language of the bilingual row: what an instructor reads beside the trainee's text.
_BESIDE = {
    "en": "The seal number is compared with the document.",
    "ru": "Номер пломбы сверен с документом.",
}


def proof(text: str, path: str | Path, lang: str, *, source: str = "text") -> list[str]:
    """Print a text as heading, paragraphs, bold, a table of its lines, and a row of a bilingual sheet.

    `source` names the text in messages. Returns remarks on characters that were left out because they would
    disturb the text. Raises BadInput, and writes nothing, where a letter cannot be printed: all of them, each with
    the line it stands in.
    """
    written = [(number, line) for number, line in enumerate(text.splitlines(), 1) if line.strip()]
    problems = [problem for number, line in written for problem in _unprintable(source, number, line)]
    if not written:
        problems = [Problem(source, 0, 0, _("there is no text to print"), _("Write some and try again."))]
    if problems:
        raise BadInput.from_problems(problems)
    language = LANGUAGES[lang]
    with open_pdf(path, title=f"{language.name} ({lang})", lang=lang) as pdf:
        _Proof(pdf, lang).draw([line for __, line in written])
    told = _("{letter} was left out: it would disturb the text around it.")
    return [
        f"{source}:{number}: {told.format(letter=describe(char))}"
        for number, line in written
        for char in stripped(line)
    ]


def _unprintable(source: str, number: int, line: str) -> list[Problem]:
    return [
        Problem(
            source,
            number,
            max(line.find(char), 0) + 1,
            _("the fonts have no {letter}, in {text}").format(letter=describe(char), text=quoted(line)),
            _("Use another letter."),
        )
        for char in missing(line)
    ]


class _Proof:
    """Draws down the page, and on to the next."""

    def __init__(self, pdf: Pdf, lang: str) -> None:
        self.pdf, self.lang, self.rtl = pdf, lang, LANGUAGES[lang].right_to_left
        self.y = _TOP

    def draw(self, lines: list[str]) -> None:
        self._small(f"{LANGUAGES[self.lang].name} ({self.lang})")
        self._flow(lines[0], HEADING)
        self._flow("\n".join(lines), TEXT)
        self._flow("\n".join(lines), Style(bold=True))
        for number, line in enumerate(lines, 1):
            self._table_row(number, line)
        self._sheet_row(lines[0])

    def _small(self, text: str) -> None:
        draw_line(self.pdf, _LEFT, self.y, text, Style(9, color=GREY), lang=self.lang, width_mm=_WIDTH, shorten=True)
        self.y += 4

    def _flow(self, text: str, style: Style) -> None:
        """Paragraphs, going on on the next page where this one is full."""
        step, done = style.line_mm, 0
        count = round(measure_block(_WIDTH, text, style, self.lang) / step)
        while done < count:
            self._room(step)
            fitting = int((_BOTTOM - self.y) / step)
            part = slice(done, done + fitting)
            self.y += draw_block(self.pdf, _LEFT, self.y, _WIDTH, text, style, lang=self.lang, part=part)
            done += fitting
        self.y += 4

    def _room(self, height: float) -> None:
        if self.y + height > _BOTTOM:
            next_page(self.pdf)
            self.y = _TOP

    def _table_row(self, number: int, line: str) -> None:
        text_mm = _WIDTH - _NUMBER_MM
        height = min(measure_block(text_mm - 4, line, TEXT, self.lang), 120.0) + 2
        self._room(height)
        number_x, text_x = (_LEFT + text_mm, _LEFT) if self.rtl else (_LEFT, _LEFT + _NUMBER_MM)
        rect(self.pdf, _LEFT, self.y, _WIDTH, height, line_mm=0.1)
        hairline(self.pdf, max(number_x, text_x), self.y, max(number_x, text_x), self.y + height)
        draw_line(
            self.pdf, number_x, self.y + 5, str(number), Style(align="center"), lang=self.lang, width_mm=_NUMBER_MM
        )
        most = int((height - 2) / TEXT.line_mm + 0.01)
        draw_block(self.pdf, text_x + 2, self.y + 1, text_mm - 4, line, TEXT, lang=self.lang, max_lines=most)
        self.y += height

    def _sheet_row(self, line: str) -> None:
        """Number, the act in both languages, and boxes at the same places whatever the language."""
        beside = "ru" if self.lang == "en" else "en"
        width = _WIDTH - _NUMBER_MM - _BOXES_MM
        first = [Span("1  ", bold=True), Span(_BESIDE[beside])]
        height = max(12.0, measure_block(width, first, TEXT, beside) + 2 * SMALL.line_mm + 2)
        self.y += 6
        self._room(height)
        hairline(self.pdf, _LEFT, self.y, _LEFT + _WIDTH, self.y)
        used = draw_block(self.pdf, _LEFT, self.y + 1, width, first, TEXT, lang=beside)
        draw_block(self.pdf, _LEFT, self.y + 1 + used, width, line, SMALL, lang=self.lang, max_lines=2)
        for box in range(4):
            rect(self.pdf, _LEFT + _WIDTH - _BOXES_MM + 10 * box + 2.5, self.y + height / 2 - 2.5, 5, 5)
        hairline(self.pdf, _LEFT, self.y + height, _LEFT + _WIDTH, self.y + height)
        self.y += height
