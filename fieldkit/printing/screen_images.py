"""Scanner images on a screen: one HTML file that needs no internet and holds nothing of the key.

The trainee looks (colours, inversion, contrast, grid), clicks the cell and chooses a decision; what was chosen stands
in a list below, for the instructor to mark on the sheet. Nothing is sent or stored.
"""

from __future__ import annotations

import base64
import io
from collections.abc import Mapping
from html import escape
from typing import Any

from PIL import Image

from fieldkit.generator.images import CELL, HEIGHT, WIDTH
from fieldkit.generator.radiograph import in_colour, render
from fieldkit.model.papers import DOCUMENT_FORMS
from fieldkit.model.texts import LANGUAGES, text
from fieldkit.paper.words import word
from fieldkit.printing.plates import PLATE, SYNTHETIC

CELL_WORD = text("Cell", ru="Клетка")
DECISION = text("Decision", ru="Решение")
DECISIONS = (
    text("release", ru="выпустить"),
    text("ask for documents", ru="запросить документы"),
    text("examine in part", ru="досмотреть частично"),
    text("examine in full", ru="досмотреть полностью"),
)
ANSWERS = text("Answers so far", ru="Ответы")
GRID, COLOURS, INVERTED, CONTRAST = (
    text("Grid", ru="Сетка"),
    text("Colours", ru="Цвета"),
    text("Inverted", ru="Негатив"),
    text("Contrast", ru="Контраст"),
)

_STYLE = """
body{margin:0 auto;max-width:1260px;padding:12px 20px;font:16px/1.4 system-ui,"Segoe UI",sans-serif;color:#111}
h1{font-size:22px;margin:4px 0}section{margin:26px 0 10px;border-top:1px solid #999;padding-top:8px}
h2{font-size:17px;margin:0 0 6px}.note{color:#666;font-weight:normal;font-size:14px}
.bar{position:sticky;top:0;background:#fff;padding:8px 0;z-index:2}.bar label{margin-inline-end:18px}
.view{position:relative;direction:ltr;margin-left:22px;margin-top:18px}.view img{display:block;width:100%}
.view img.colour{display:none}body.colours img.colour{display:block}body.colours img.grey{display:none}
.cells{position:absolute;inset:0;display:grid;grid-template:repeat(4,1fr)/repeat(12,1fr)}
.cells button{background:none;border:1px solid transparent;padding:0;cursor:pointer}
body.grid .cells button{border-color:rgba(128,128,128,.6)}
.cells button:focus-visible,.cells button:hover{outline:2px solid #06c}
.cells button.chosen{outline:3px solid #d00}
.tick{position:absolute;font-size:13px;font-weight:bold;color:#333;transform:translate(-50%,-50%)}
.answer{margin:8px 0}select{font:inherit}table{border-collapse:collapse}td,th{border:1px solid #999;padding:4px 12px}
.training{font-weight:bold}@media print{.bar{display:none}}
"""
_SCRIPT = """
const byId=n=>document.getElementById(n);
for(const n of ["grid","colours"])byId(n).onchange=e=>document.body.classList.toggle(n,e.target.checked);
function look(){const f=(byId("inverted").checked?"invert(1) ":"")+"contrast("+byId("contrast").value+")";
 for(const i of document.querySelectorAll(".view img"))i.style.filter=f}
byId("inverted").onchange=byId("contrast").oninput=look;
function list(){for(const s of document.querySelectorAll("section")){const row=byId("row-"+s.dataset.plate);
 row.cells[1].textContent=[...s.querySelectorAll(".chosen")].map(b=>b.dataset.cell).join(", ");
 row.cells[2].textContent=s.querySelector("select").value}}
for(const b of document.querySelectorAll(".cells button"))b.onclick=()=>{b.classList.toggle("chosen");list()};
for(const s of document.querySelectorAll("select"))s.onchange=list;
"""


def images_page(document: Mapping[str, Any], title: str, lang: str) -> str:
    """The page for an `image-set` of an exercise, in `lang`. Raises NotInstalled without numpy."""
    direction = "rtl" if LANGUAGES[lang].right_to_left else "ltr"
    rows = document["lines"]
    heading = f"{escape(title)} <span class=note>{escape(str(document['set_number']))}</span>"
    answers = "".join(
        f'<tr id="row-{escape(row["plate"])}"><th>{escape(row["plate"])}</th><td></td><td></td></tr>' for row in rows
    )
    return "".join(
        (
            f'<!doctype html><html lang="{LANGUAGES[lang].tag}" dir="{direction}"><meta charset="utf-8">',
            f"<title>{escape(title)}</title><style>{_STYLE}</style><body class=grid>",
            f"<p class=training>{escape(word('training', lang))}</p><h1>{heading}</h1>",
            f"<p class=note>{escape(SYNTHETIC[lang])}</p>{_bar(lang)}",
            *(_section(row, lang) for row in rows),
            f"<h2>{escape(ANSWERS[lang])}</h2><table><tr>",
            f"<th>{escape(_plate_word(lang))}<th>{escape(CELL_WORD[lang])}<th>{escape(DECISION[lang])}</tr>",
            f"{answers}</table><script>{_SCRIPT}</script></body></html>\n",
        )
    )


def _plate_word(lang: str) -> str:
    field = DOCUMENT_FORMS["image-answers"].field("plate")
    return field.caption[lang] if field else ""


def _bar(lang: str) -> str:
    """What changes how the images look."""
    boxes = (("grid", GRID, " checked"), ("colours", COLOURS, ""), ("inverted", INVERTED, ""))
    ticks = "".join(
        f'<label><input type=checkbox id="{name}"{on}> {escape(label[lang])}</label>' for name, label, on in boxes
    )
    slide = '<input type=range id="contrast" min="0.6" max="3" step="0.1" value="1">'
    return f"<div class=bar>{ticks}<label>{escape(CONTRAST[lang])} {slide}</label></div>"


def _section(row: Mapping[str, Any], lang: str) -> str:
    """One image with its grid, and the choice of a decision."""
    grey = render(row["scene"])
    named = PLATE.fill({"plate": row["plate"], "unit": row["unit_number"], "time": row["taken_at"]})[lang]
    options = "".join(f"<option>{escape(choice[lang])}</option>" for choice in DECISIONS)
    return (
        f'<section data-plate="{escape(row["plate"])}"><h2>{escape(named)}</h2><div class=view>'
        f'<img class=grey alt="" src="{_png(grey)}"><img class=colour alt="" src="{_png(in_colour(grey))}">'
        f"<div class=cells>{_cells()}</div>{_ticks()}</div>"
        f"<p class=answer><label>{escape(DECISION[lang])} <select><option></option>{options}</select></label></p>"
        f"</section>"
    )


def _cells() -> str:
    names = (f"{'ABCDEFGHIJKL'[x]}{y + 1}" for y in range(HEIGHT // CELL) for x in range(WIDTH // CELL))
    return "".join(f'<button type=button data-cell="{name}" title="{name}"></button>' for name in names)


def _ticks() -> str:
    """Letters above the columns, numbers beside the rows."""
    across, down = WIDTH // CELL, HEIGHT // CELL
    letters = (f'<span class=tick style="left:{(n + 0.5) * 100 / across:.2f}%;top:-10px">{"ABCDEFGHIJKL"[n]}</span>'
               for n in range(across))  # fmt: skip
    numbers = (f'<span class=tick style="top:{(n + 0.5) * 100 / down:.2f}%;left:-12px">{n + 1}</span>'
               for n in range(down))  # fmt: skip
    return "".join((*letters, *numbers))


def _png(pixels: Any) -> str:
    """A picture as it stands in a page."""
    out = io.BytesIO()
    Image.fromarray(pixels).save(out, "PNG", optimize=True)
    return "data:image/png;base64," + base64.b64encode(out.getvalue()).decode("ascii")
