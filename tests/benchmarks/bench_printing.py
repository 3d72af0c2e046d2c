"""Scoresheets for one station against a bare ReportLab canvas that redraws every page whole, side by side in one run.

    python tests/benchmarks/bench_printing.py [--sheets 200] [--rounds 5]

The promise: at most 0.5 times the bare canvas, a thousand sheets under 250 MiB, time growing linearly.
"""

from __future__ import annotations

import argparse
import io
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pymupdf_fonts
import qrcode
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from fieldkit.model.codes import Code, show_short
from fieldkit.model.plan import Pack, Sheet
from fieldkit.model.sheet import CODE_SIZE, LAYOUT, MARKER, MARKERS, SIDE_DOT_R, Page, lay_out
from fieldkit.paper.page import MM, open_pdf
from fieldkit.paper.words import word
from fieldkit.printing.naming import items_of
from fieldkit.printing.scoresheet import SheetPrinter

sys.path.append(str(Path(__file__).resolve().parents[1]))

from printing_samples import make_items, make_pack

ITEMS = 14
AT_MOST = 0.5
MOST_MIB = 250


def ours(pack: Pack) -> int:
    """All sheets by fieldkit; returns the size of the file."""
    out = io.BytesIO()
    with open_pdf(out, title="Scoresheets") as pdf:
        printer = SheetPrinter(pdf, pack)
        for sheet in pack.sheets:
            printer.draw(sheet)
    return out.tell()


def bare(pack: Pack) -> int:
    """The same content by a bare canvas, every page drawn whole; returns the size of the file."""
    for name, packed in (("Fira", "figo"), ("FiraBold", "figbo")):
        pdfmetrics.registerFont(TTFont(name, io.BytesIO(pymupdf_fonts.myfont(packed))))
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(210 * MM, 297 * MM), pageCompression=1)
    for sheet in pack.sheets:
        for page in lay_out(items_of(pack, sheet)):
            _bare_page(canvas, pack, sheet, page)
            canvas.showPage()
    canvas.save()
    return out.tell()


def _bare_page(canvas: Canvas, pack: Pack, sheet: Sheet, page: Page) -> None:
    items = {item.id: item for item in items_of(pack, sheet)}

    def at(x: float, y: float) -> tuple[float, float]:
        return x * MM, (page.height_mm - y) * MM

    def say(x: float, y: float, text: str, size: float = 9, font: str = "Fira") -> None:
        canvas.setFont(font, size)
        canvas.drawString(*at(x, y), text)

    def line(x1: float, y1: float, x2: float, y2: float) -> None:
        canvas.line(*at(x1, y1), *at(x2, y2))

    for number, (x, y) in enumerate(page.markers):
        cell = MARKER / 6
        canvas.rect(*at(x - MARKER / 2, y + MARKER / 2), MARKER * MM, MARKER * MM, stroke=0, fill=1)
        canvas.setFillGray(1)
        for k, bit in enumerate(MARKERS[number]):
            if bit == "1":
                left, low = x - MARKER / 2 + (k % 4 + 1) * cell, y - MARKER / 2 + (k // 4 + 2) * cell
                canvas.rect(*at(left, low), cell * MM, cell * MM, stroke=0, fill=1)
        canvas.setFillGray(0)
    for x, y in page.side_dots:
        canvas.circle(*at(x, y), SIDE_DOT_R * MM, stroke=0, fill=1)
    _bare_code(canvas, *page.code_corner, str(Code("S", pack.settings.code, sheet.code_id, LAYOUT, page.number)), at)
    canvas.setLineWidth(0.1 * MM)
    for block in page.blocks:
        for mark, x in zip(block.scale.marks, block.columns, strict=True):
            say(x - 6, block.y_mm + 6, mark.label["en"])
        for row in block.rows:
            item, low = items[row.item], row.y_mm + row.height_mm / 2
            say(12, row.y_mm + 1, str(row.number), 10.5)
            words, half = item.text["en"].split(), (len(item.text["en"].split()) + 1) // 2
            if item.critical:
                say(22, row.y_mm - 1, word("critical", "en"), 10.5, "FiraBold")
            if len(item.text["en"]) > 55:
                say(34, row.y_mm - 1, " ".join(words[:half]), 10.5)
                say(22, row.y_mm + 3, " ".join(words[half:]), 10.5)
            else:
                say(34 if item.critical else 22, row.y_mm + 1, item.text["en"], 10.5)
            line(12, low, 198, low)
    canvas.setLineWidth(0.3 * MM)
    for box in (*page.boxes, page.reference_empty):
        canvas.rect(*at(box.x_mm - box.r_mm, box.y_mm + box.r_mm), 2 * box.r_mm * MM, 2 * box.r_mm * MM)
    filled = page.reference_filled
    canvas.rect(*at(filled.x_mm - filled.r_mm, filled.y_mm + filled.r_mm), 5.5 * MM, 5.5 * MM, fill=1)
    how = word("how_to_mark", "en")
    say(12, 46, how[:110])
    say(12, 50, how[110:])
    say(154, 48, word("marked", "en"))
    say(170, 48, word("leave_empty", "en"))
    say(24, 13, "Scoresheet · " + pack.settings.title)
    say(24, 20, "Container examination, seven points", 13, "FiraBold")
    if not sheet.spare:
        say(12, 31, pack.trainees[sheet.trainee].name, 22, "FiraBold")
        say(12, 38, f"Instructor: {pack.instructors[sheet.instructor].name}", 10.5)
        say(12, 42, f"No. {sheet.trainee} · Group {sheet.group} · planned {sheet.starts}")
    for x, y in ((160, 41), (165, 283)):
        say(x, y, show_short(sheet.id), 10.5, "FiraBold")
    if page.foot_mm is not None:
        _bare_foot(page, page.foot_mm, say, line)
    say(24, 283, word("training", "en"), 9, "FiraBold")
    say(24, 288, pack.settings.title)
    say(165, 288, word("page", "en", page=page.number, pages=page.of))


def _bare_foot(page: Page, foot: float, say: Callable[..., None], line: Callable[..., None]) -> None:
    say(12, foot + 12, word("overall", "en"), 13, "FiraBold")
    say(12, foot + 17, word("overall_hint", "en"))
    for box in page.rating:
        say(box.x_mm - 1, box.y_mm - 8, box.mark, 9, "FiraBold")
        say(box.x_mm - 6, box.y_mm - 5, word(f"rating_{box.mark}", "en"))
    line(12, foot + 19.5, 198, foot + 19.5)
    for x, y, key in (
        *((12, 26, "started"), (105, 26, "ended"), (12, 33.5, "remarks")),
        *((12, 49, "instructor_signs"), (105, 49, "trainee_signs")),
    ):
        say(x, foot + y, word(key, "en"))
        line(x + 35, foot + y, x + 90, foot + y)
    line(12, foot + 41, 198, foot + 41)


def _bare_code(canvas: Canvas, x_mm: float, y_mm: float, payload: str, at: Callable[..., tuple[float, float]]) -> None:
    code = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_M, border=0)
    code.add_data(payload)
    code.make()
    rows = code.get_matrix()
    module = CODE_SIZE / (len(rows) + 8)
    path = canvas.beginPath()
    for down, row in enumerate(rows, 5):
        for across, dark in enumerate(row, 4):
            if dark:
                path.rect(*at(x_mm + across * module, y_mm + down * module), module * MM, module * MM)
    canvas.drawPath(path, stroke=0, fill=1)


def station(sheets: int) -> Pack:
    """A pack of one station with so many sheets of ITEMS items."""
    names = [f"Айбек Касымов {n}" for n in range(sheets)]
    return make_pack(names, items=make_items(ITEMS), group_size=10, spares=0)


def cpu(work: Callable[[Pack], int], pack: Pack) -> float:
    """CPU seconds that the work takes."""
    start = time.process_time()
    work(pack)
    return time.process_time() - start


def main() -> int:
    """Measure, print, and fail where a promise is broken."""
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("--sheets", type=int, default=200)
    args.add_argument("--rounds", type=int, default=5)
    args.add_argument("--memory", type=int, metavar="SHEETS", help="print so many, tell seconds and MiB")
    given = args.parse_args()
    if given.memory:
        taken = cpu(ours, station(given.memory))
        print(f"{taken:.3f} {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f}")
        return 0
    pack = station(given.sheets)
    ours(pack), bare(pack)  # once for fonts and caches
    pairs = [(cpu(ours, pack), cpu(bare, pack)) for _ in range(given.rounds)]
    ratio = statistics.median(a / b for a, b in pairs)
    for name, work, place in (("fieldkit", ours, 0), ("bare canvas", bare, 1)):
        each = statistics.median(pair[place] for pair in pairs) / given.sheets
        print(f"{name:12} {1000 * each:5.2f} ms a sheet, {work(pack) / given.sheets / 1024:.1f} KiB")
    print(f"ratio {ratio:.2f} (at most {AT_MOST})")
    grown = {}
    for count in (250, 1000):
        told = subprocess.run(
            [sys.executable, __file__, "--memory", str(count)], capture_output=True, text=True, check=True
        )
        grown[count] = [float(part) for part in told.stdout.split()]
        print(f"{count:5} sheets: {1000 * grown[count][0] / count:.2f} ms a sheet, {grown[count][1]:.0f} MiB")
    linear = grown[1000][0] < 4 * grown[250][0] * 1.1
    return 0 if ratio <= AT_MOST and grown[1000][1] < MOST_MIB and linear else 1


if __name__ == "__main__":
    sys.exit(main())
