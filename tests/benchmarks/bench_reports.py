"""Trainee reports against a bare ReportLab canvas that draws the same text, lines, bars, signs and codes.

    PYTHONPATH=tests python tests/benchmarks/bench_reports.py [--reports 100] [--rounds 5] [--memory]

What each report draws is taken down once, and then drawn again by a bare canvas, which has nothing to lay out: every
string where it stands, every line, every code module by module. Both are timed in turn in one run, in processor time,
and the median of the ratios counts. `--memory` also writes 1,000 reports into one file, and half as many, each in a
process of its own. Ends with 1 where a promise is broken: at most 2 times the bare canvas, 1,000 reports under
250 MiB, time growing linearly.
"""

from __future__ import annotations

import argparse
import io
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any
from unittest import mock

import pymupdf_fonts
import qrcode
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reports_example import course

from fieldkit.model.course import Policy
from fieldkit.paper import charts, text
from fieldkit.paper.code import QUIET
from fieldkit.paper.page import MM, Pdf
from fieldkit.reports import trainee_report
from fieldkit.reports.data import ReportData
from fieldkit.reports.trainee_report import write_trainee_reports

AT_MOST, MOST_MIB, LINEAR = 2.0, 250, 1.25
PAGE = (210 * MM, 297 * MM)
Script = list[tuple[Any, ...]]  # what is drawn: a name, and what a bare canvas needs to draw it


def example(reports: int) -> ReportData:
    """A course of 6 stations with 15 items each, some of the sheets marked twice."""
    return course(reports, 6, 15, doubles=reports // 2, policy=Policy())


def ours(data: ReportData, folder: Path) -> None:
    """Every trainee's report, in one file."""
    write_trainee_reports(data, folder, collected=True)


def taken_down(data: ReportData, folder: Path) -> Script:
    """What our reports draw."""
    script: Script = []
    showing, stamping, coding = text._show, charts._stamp, trainee_report.draw_code

    def show(pdf, line, x_mm, y_mm, width_mm, size, style, lang):  # type: ignore[no-untyped-def]
        x, y = pdf.at(x_mm, y_mm)
        x += (width_mm * MM - line.width * size / 1000) * text._share(style.align, False)
        for run in line.runs:
            script.append(("text", run.face.name, size, style.color, x, y, run.text))
            x += run.width * size / 1000
        showing(pdf, line, x_mm, y_mm, width_mm, size, style, lang)

    def stamp(pdf, x_mm, y_mm, shape):  # type: ignore[no-untyped-def]
        script.append(("sign", *pdf.at(x_mm, y_mm)))
        stamping(pdf, x_mm, y_mm, shape)

    def code(pdf, x_mm, y_mm, size_mm, payload):  # type: ignore[no-untyped-def]
        script.append(("code", *pdf.at(x_mm, y_mm), size_mm * MM, payload))
        coding(pdf, x_mm, y_mm, size_mm, payload)

    def noted(name: str):  # type: ignore[no-untyped-def]
        before = getattr(Canvas, name)

        def call(self, *args, **more):  # type: ignore[no-untyped-def]
            script.append((name, args, more))
            return before(self, *args, **more)

        return mock.patch.object(Pdf, name, call, create=True)

    with (
        mock.patch.object(text, "_show", show),
        mock.patch.object(charts, "_stamp", stamp),
        mock.patch.object(trainee_report, "draw_code", code),
        noted("line"),
        noted("rect"),
        noted("showPage"),
        noted("setLineWidth"),
        noted("setStrokeColor"),
        noted("setFillColor"),
    ):
        ours(data, folder)
    return script


def bare(script: Script, path: Path) -> None:
    """The same by a bare canvas."""
    for name, packed in (("FiraGO-Regular", "figo"), ("FiraGO-Bold", "figbo")):
        pdfmetrics.registerFont(TTFont(name, io.BytesIO(pymupdf_fonts.myfont(packed))))
    canvas = Canvas(str(path), pagesize=PAGE, pageCompression=1)
    for name, *args in script:
        if name == "text":
            _bare_text(canvas, *args)
        elif name == "sign":
            _bare_sign(canvas, *args)
        elif name == "code":
            _bare_code(canvas, *args)
        else:
            getattr(canvas, name)(*args[0], **args[1])
    canvas.save()


def _bare_text(canvas: Canvas, font: str, size: float, colour: Any, x: float, y: float, words: str) -> None:
    canvas.setFillColor(colour)
    canvas.setFont(font, size)
    canvas.drawString(x, y, words)


def _bare_sign(canvas: Canvas, x: float, y: float) -> None:
    canvas.setLineWidth(1)
    canvas.setStrokeColor((0, 0, 0))
    canvas.circle(x, y, 3, stroke=1, fill=0)


def _bare_code(canvas: Canvas, x: float, y: float, size: float, payload: str) -> None:
    code = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_M, border=0, mask_pattern=2)
    code.add_data(payload)
    code.make()
    rows = code.get_matrix()
    module = size / (len(rows) + 2 * QUIET)
    canvas.setFillColor((0, 0, 0))
    for number, row in enumerate(rows, QUIET + 1):
        for column, dark in enumerate(row, QUIET):
            if dark:
                canvas.rect(x + column * module, y - number * module, module, module, stroke=0, fill=1)


def _seconds(call: Any, *args: Any) -> float:
    begun = time.process_time()
    call(*args)
    return time.process_time() - begun


def ratio(reports: int, rounds: int, folder: Path) -> float:
    """The median of ours over bare, measured in turn."""
    data = example(reports)
    script = taken_down(data, folder)
    ratios = []
    for _ in range(rounds):
        mine, theirs = _seconds(ours, data, folder), _seconds(bare, script, folder / "bare.pdf")
        ratios.append(mine / theirs)
        print(
            f"ours {1000 * mine / reports:.1f} ms a report, bare {1000 * theirs / reports:.1f} ms: {mine / theirs:.2f}"
        )
    return statistics.median(ratios)


def alone(reports: int) -> tuple[float, float]:
    """Seconds and MiB that a process of its own takes for so many reports."""
    done = subprocess.run(
        [sys.executable, __file__, "--only", str(reports)], capture_output=True, text=True, check=True, encoding="utf-8"
    )
    seconds, mib = done.stdout.split()
    return float(seconds), float(mib)


def main() -> int:
    """Run, print, and say by the exit code whether the promises hold."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--reports", type=int, default=100)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--memory", action="store_true", help="also write 1,000 reports into one file")
    parser.add_argument("--only", type=int, help=argparse.SUPPRESS)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        if options.only:
            data = example(options.only)
            seconds = _seconds(ours, data, Path(name))
            print(seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
            return 0
        found = ratio(options.reports, options.rounds, Path(name))
    kept = found <= AT_MOST
    print(f"ours takes {found:.2f} times the bare canvas (at most {AT_MOST:g})")
    if options.memory:
        (half, _), (whole, mib) = alone(500), alone(1000)
        print(f"1,000 reports in one file: {mib:.0f} MiB (under {MOST_MIB}), {whole / half:.2f} times the time of 500")
        kept = kept and mib < MOST_MIB and whole / half < 2 * LINEAR
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
