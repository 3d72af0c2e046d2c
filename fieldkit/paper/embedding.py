"""Faces inside a PDF: character codes handed out as glyphs are drawn, and the font objects written at the end.

Each (glyph, characters) pair gets a code of its own, so that text copied out of the PDF gives back the characters
that were meant, whatever shape they have on paper.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Any

import uharfbuzz as hb
from reportlab.pdfbase import pdfdoc

from fieldkit.paper.fonts import UNITS, Face
from fieldkit.paper.shaping import Glyph, Run

_DROPPED_TABLES = ("GSUB", "GPOS", "GDEF", "DSIG", "cmap", "name", "OS/2", "post", "gasp")
_SYMBOLIC = 4  # flag of a font descriptor: the font is addressed by its own codes
_CAP_HEIGHT, _STEM = 689, 80  # what the descriptor must state; only programs that replace the font would use it


class FaceInPdf:
    """One face in one document, known there by `name`."""

    def __init__(self, face: Face, name: str) -> None:
        self.face, self.name = face, name
        self._codes: dict[tuple[int, str], str] = {(0, ""): "0000"}
        self._plain = _PlainCodes(self)
        self._shown: dict[tuple[Run, float], str] = {}

    def code(self, glyph: int, text: str) -> str:
        """The code, as four hexadecimal digits, of a glyph that stands for `text`."""
        key = (glyph, text)
        return self._codes.get(key) or self._codes.setdefault(key, f"{len(self._codes):04X}")

    def show(self, run: Run, size: float) -> str:
        """What goes between the brackets of a TJ operator to draw a run at a size in points."""
        if run.glyphs is None:
            return f"<{''.join(map(self._plain.__getitem__, run.text))}>"
        key = (run, size)
        if key not in self._shown:
            self._shown[key] = "".join(self._show(glyph, size) for glyph in run.glyphs).replace("><", "")
        return self._shown[key]

    def _show(self, glyph: Glyph, size: float) -> str:
        shown = f"<{self.code(glyph.number, glyph.text)}>"
        if glyph.rise:
            shown = f"]TJ {glyph.rise * size / UNITS:.3f} Ts [{shown}]TJ 0 Ts ["
        return f"{glyph.before or ''}{shown}{glyph.after or ''}"

    def write(self, doc: Any) -> None:
        """Add the font, cut down to the glyphs that were drawn, to a ReportLab document."""
        glyphs, texts = zip(*self._codes, strict=True)
        plan = _subset_plan(self.face, glyphs)
        data = plan.execute().blob.data
        new = plan.old_to_new_glyph_mapping
        tag = hashlib.sha256(repr(self._codes).encode()).digest()[:6]
        base = "/" + "".join(chr(ord("A") + byte % 26) for byte in tag) + "+" + self.face.name
        descendant = _dictionary(
            Type="/Font",
            Subtype="/CIDFontType2",
            BaseFont=base,
            CIDSystemInfo=_dictionary(Registry="(Adobe)", Ordering="(Identity)", Supplement=0),
            FontDescriptor=doc.Reference(self._descriptor(doc, base, data)),
            DW=0,
            W=pdfdoc.PDFArray([0, pdfdoc.PDFArray([self.face.advance(glyph) for glyph in glyphs])]),
            CIDToGIDMap=doc.Reference(_stream(b"".join(new[glyph].to_bytes(2, "big") for glyph in glyphs))),
        )
        font = _dictionary(
            Type="/Font",
            Subtype="/Type0",
            BaseFont=base,
            Encoding="/Identity-H",
            DescendantFonts=pdfdoc.PDFArray([doc.Reference(descendant)]),
            ToUnicode=doc.Reference(_stream(_to_unicode(texts))),
        )
        doc.idToObject["BasicFonts"].dict[self.name] = doc.Reference(font)

    def _descriptor(self, doc: Any, base: str, data: bytes) -> pdfdoc.PDFDictionary:
        extents = self.face.hb_font.get_font_extents("ltr")
        file = _stream(data)
        file.dictionary["Length1"] = len(data)
        return _dictionary(
            Type="/FontDescriptor",
            FontName=base,
            Flags=_SYMBOLIC,
            FontBBox=pdfdoc.PDFArray([-UNITS, extents.descender, 2 * UNITS, extents.ascender]),
            ItalicAngle=0,
            Ascent=extents.ascender,
            Descent=extents.descender,
            CapHeight=_CAP_HEIGHT,
            StemV=_STEM,
            FontFile2=doc.Reference(file),
        )


class _PlainCodes(dict[str, str]):
    """Codes of characters that are drawn with their own glyph."""

    def __init__(self, font: FaceInPdf) -> None:
        super().__init__()
        self._font = font

    def __missing__(self, char: str) -> str:
        self[char] = self._font.code(self._font.face.glyph(char), char)
        return self[char]


def _dictionary(**entries: Any) -> pdfdoc.PDFDictionary:
    return pdfdoc.PDFDictionary(entries)


def _stream(content: bytes) -> pdfdoc.PDFStream:
    stream = pdfdoc.PDFStream(content=content)
    stream.filters = [pdfdoc.PDFZCompress]
    return stream


def _subset_plan(face: Face, glyphs: Iterable[int]) -> hb.SubsetPlan:
    wanted = hb.SubsetInput()
    for glyph in glyphs:
        wanted.glyph_set.add(glyph)
    for tag in _DROPPED_TABLES:
        wanted.drop_table_tag_set.add(int.from_bytes(tag.encode("ascii"), "big"))
    wanted.flags = hb.SubsetFlags.NO_LAYOUT_CLOSURE | hb.SubsetFlags.NOTDEF_OUTLINE
    return hb.SubsetPlan(face.hb_face, wanted)


def _to_unicode(texts: Iterable[str]) -> bytes:
    """The table by which a PDF reader turns codes back into characters."""
    lines = [f"<{code:04X}> <{text.encode('utf-16-be').hex().upper()}>" for code, text in enumerate(texts) if text]
    blocks = [lines[i : i + 100] for i in range(0, len(lines), 100)]
    head = (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
        "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
        "1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n"
    )
    body = "".join(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar\n" for block in blocks)
    return (head + body + "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend").encode("ascii")
