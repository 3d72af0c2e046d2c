"""Pages of a PDF, measured in millimetres from their top left corner, and the file they are written to.

    with open_pdf("pack/sheets.pdf", title="Scoresheets", lang="prs") as pdf:
        rect(pdf, 12, 12, 186, 9)
        next_page(pdf)

The same drawing gives the same bytes, so that a file can be compared with an earlier one. A file appears whole or
not at all.
"""

from __future__ import annotations

import zlib
from gettext import gettext as _
from pathlib import Path
from types import TracebackType
from typing import IO, NamedTuple

from reportlab import rl_config
from reportlab.pdfbase.pdfdoc import PDFArray, PDFName, PDFStream
from reportlab.pdfgen.canvas import Canvas

from fieldkit.files import refusal, write_whole
from fieldkit.model.sheet import PAPER as PAGE
from fieldkit.model.texts import LANGUAGES
from fieldkit.paper.embedding import FaceInPdf
from fieldkit.paper.fonts import Face

rl_config.useA85 = 0  # compressed streams as they are: a fifth smaller, and much faster to write

MM = 72 / 25.4  # points in a millimetre
Colour = tuple[float, float, float]  # red, green, blue, each 0 to 1
BLACK: Colour = (0.0, 0.0, 0.0)
HAIR_MM = 0.1


class Pdf(Canvas):
    """A ReportLab canvas that knows where its top is and which faces it uses. Made by `open_pdf`."""

    def __init__(self, target: str | Path | IO[bytes], *, title: str, lang: str, page_size: str) -> None:
        self.width_mm, self.height_mm = PAGE[page_size]
        size = (self.width_mm * MM, self.height_mm * MM)
        super().__init__("", pagesize=size, pageCompression=1, invariant=1, lang=LANGUAGES[lang].tag)
        self._target = target
        self._faces: dict[str, FaceInPdf] = {}
        self.forms: dict[str, Form] = {}
        self.drawing: list[Form] = []
        self.setTitle(title)
        self.setViewerPreference("DisplayDocTitle", "true")
        if LANGUAGES[lang].right_to_left:
            self.setViewerPreference("Direction", "R2L")

    def _make_preamble(self) -> None:
        """Begin pages without ReportLab's default font, which would not be embedded."""
        self._preamble = "1 0 0 1 0 0 cm"

    def at(self, x_mm: float, y_mm: float) -> tuple[float, float]:
        """A place in millimetres from the top left of the page or form, in points from its bottom left."""
        height = self.drawing[-1].height_mm if self.drawing else self.height_mm
        return x_mm * MM, (height - y_mm) * MM

    def face(self, face: Face) -> FaceInPdf:
        """A face as this document knows it."""
        if face.name not in self._faces:
            self._faces[face.name] = FaceInPdf(face, f"F{len(self._faces) + 1}")
        return self._faces[face.name]

    def showPage(self) -> None:  # noqa: N802  ReportLab's own name
        """End the page, compressed at once: ReportLab would keep what it draws until the file is written."""
        super().showPage()
        page = self._doc.Pages.pages[-1]
        drawn, page.stream = zlib.compress(page.stream.encode("utf-8")), None
        page.Contents = PDFStream(content=drawn)
        page.Contents.dictionary["Filter"] = PDFArray([PDFName("FlateDecode")])

    def save(self) -> None:
        """Write the file: whole, or not at all. Raises FieldkitError where it cannot be written."""
        for face in self._faces.values():
            face.write(self._doc)
        data = self.getpdfdata()
        if not isinstance(self._target, (str, Path)):
            self._target.write(data)
            return
        try:
            write_whole(Path(self._target), [data])
        except OSError as error:
            raise refusal(error, _("{path} was not written").format(path=self._target)) from error

    def __enter__(self) -> Pdf:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: object, trace: TracebackType | None) -> None:
        if kind is None:
            self.save()


class Form(NamedTuple):
    """Something drawn once and shown on many pages; `key` is its name inside the file."""

    key: str
    width_mm: float
    height_mm: float


def open_pdf(target: str | Path | IO[bytes], *, title: str, lang: str = "en", page_size: str = "a4") -> Pdf:
    """A new PDF, written to a path or an open binary file by `save()` or at the end of a `with` block."""
    return Pdf(target, title=title, lang=lang, page_size=page_size)


def next_page(pdf: Pdf) -> None:
    """End this page and begin another."""
    pdf.showPage()


def rect(
    pdf: Pdf,
    x_mm: float,
    y_mm: float,
    width_mm: float,
    height_mm: float,
    *,
    line_mm: float = 0.25,
    colour: Colour = BLACK,
    fill: Colour | None = None,
) -> None:
    """A rectangle whose top left corner is at (x, y); `line_mm` 0 draws no outline, `fill` None leaves it open."""
    if line_mm:
        pdf.setStrokeColor(colour)
        pdf.setLineWidth(line_mm * MM)
    if fill is not None:
        pdf.setFillColor(fill)
    x, y = pdf.at(x_mm, y_mm + height_mm)
    pdf.rect(x, y, width_mm * MM, height_mm * MM, stroke=int(line_mm > 0), fill=int(fill is not None))


def hairline(
    pdf: Pdf,
    x1_mm: float,
    y1_mm: float,
    x2_mm: float,
    y2_mm: float,
    *,
    line_mm: float = HAIR_MM,
    colour: Colour = BLACK,
) -> None:
    """A straight line between two places."""
    pdf.setStrokeColor(colour)
    pdf.setLineWidth(line_mm * MM)
    pdf.line(*pdf.at(x1_mm, y1_mm), *pdf.at(x2_mm, y2_mm))


def has_form(pdf: Pdf, name: str) -> bool:
    """Whether a form of this name has been drawn in this document."""
    return name in pdf.forms


def begin_form(pdf: Pdf, name: str, width_mm: float | None = None, height_mm: float | None = None) -> None:
    """Draw into a form until `end_form`: something drawn once and shown on many pages by `do_form`.

    Inside, places are measured from the form's own top left corner. Without a size it is as large as the page.
    """
    form = Form(f"f{len(pdf.forms)}", width_mm or pdf.width_mm, height_mm or pdf.height_mm)
    pdf.forms[name] = form
    pdf.drawing.append(form)
    pdf.beginForm(form.key, 0, 0, form.width_mm * MM, form.height_mm * MM)


def end_form(pdf: Pdf) -> None:
    """End the form begun last."""
    pdf.endForm()
    pdf.drawing.pop()


def do_form(pdf: Pdf, name: str, x_mm: float = 0, y_mm: float = 0) -> None:
    """Show a form with its top left corner at (x, y)."""
    form = pdf.forms[name]
    x, y = pdf.at(x_mm, y_mm + form.height_mm)
    if not x and not y:
        pdf.doForm(form.key)
        return
    pdf.saveState()
    pdf.translate(x, y)
    pdf.doForm(form.key)
    pdf.restoreState()
