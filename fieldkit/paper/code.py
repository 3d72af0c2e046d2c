"""QR codes, drawn as vectors.

Payloads are short and in capitals, so that the modules stay large: in blurred photos of a 30 mm code, larger
versions than 3 and lower-case payloads were lost.
"""

from __future__ import annotations

import re
from gettext import gettext as _
from itertools import groupby

import qrcode

from fieldkit.errors import BadInput
from fieldkit.paper.page import MM, Pdf

QUIET = 4  # modules of white round the code, part of its size
LARGEST_VERSION = 3
_PAYLOAD = re.compile(r"[0-9A-Z $%*+\-./:]{1,60}").fullmatch
# Trying all eight masks takes six times as long; readers do not care which one was taken.
_MASK = 2


def matrix(payload: str) -> list[list[bool]]:
    """The modules of a code, row by row, dark ones True, without the quiet zone.

    Raises BadInput for a payload that is not 1 to 60 characters of the alphanumeric alphabet of QR codes.
    """
    if not _PAYLOAD(payload):
        told = _('"{text}" cannot be a code: 1 to 60 capital letters, digits and $%*+-./: are allowed.')
        raise BadInput(told.format(text=payload))
    code = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_M, border=0, mask_pattern=_MASK)
    code.add_data(qrcode.util.QRData(payload, mode=qrcode.util.MODE_ALPHA_NUM), optimize=0)
    code.make()
    assert code.version <= LARGEST_VERSION
    return code.get_matrix()


def draw_code(pdf: Pdf, x_mm: float, y_mm: float, size_mm: float, payload: str) -> None:
    """A code with its quiet zone in a square of `size_mm`, top left corner at (x, y)."""
    rows = matrix(payload)
    module = size_mm * MM / (len(rows) + 2 * QUIET)
    left, top = pdf.at(x_mm, y_mm)
    boxes = []
    for number, row in enumerate(rows, QUIET + 1):
        column = QUIET
        for dark, group in groupby(row):
            length = len(list(group))
            if dark:
                boxes.append(f"{column} {-number} {length} 1 re")
            column += length
    # One path in units of a module: small, and without the light seams that single squares leave between them.
    pdf._code.append(f"q 0 g {module:.5f} 0 0 {module:.5f} {left:.3f} {top:.3f} cm {' '.join(boxes)} f Q")
