"""QR codes: small, and read back as they were written."""

from __future__ import annotations

import io

import pypdfium2
import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st

from fieldkit.errors import BadInput
from fieldkit.paper.code import LARGEST_VERSION, draw_code, matrix
from fieldkit.paper.page import next_page, open_pdf

ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
SHEETS = ["FK1/S/7GQK2M/4ZJX9C2WQ8T5R1VB/K7", "A", "0" * 60, "FK1/T/" + "Z:%*" * 13]


def read(pdf: bytes, page: int, dpi: int) -> list[zxingcpp.Barcode]:
    picture = pypdfium2.PdfDocument(pdf)[page].render(scale=dpi / 72, grayscale=True).to_pil()
    return zxingcpp.read_barcodes(picture, formats=zxingcpp.BarcodeFormat.QRCode)


@pytest.mark.parametrize("dpi", [75, 150, 300])
def test_codes_are_read_back(dpi: int) -> None:
    """A code of 30 mm gives back its payload, from a coarse picture and from a fine one."""
    file = io.BytesIO()
    with open_pdf(file, title="codes") as pdf:
        for payload in SHEETS:
            draw_code(pdf, 20, 20, 30, payload)
            next_page(pdf)

    for page, payload in enumerate(SHEETS):
        assert [code.text for code in read(file.getvalue(), page, dpi)] == [payload]


def test_a_code_fills_its_square_less_the_quiet_zone() -> None:
    """The quiet zone of four modules is part of the size: the dark part begins that far inside."""
    payload = SHEETS[0]
    file = io.BytesIO()
    with open_pdf(file, title="code") as pdf:
        draw_code(pdf, 50, 80, 30, payload)
    position = read(file.getvalue(), 0, 300)[0].position

    quiet = 30 * 4 / (len(matrix(payload)) + 8)
    corner = position.top_left.x * 25.4 / 300, position.top_left.y * 25.4 / 300
    assert corner == pytest.approx((50 + quiet, 80 + quiet), abs=0.4)


@settings(max_examples=50, deadline=None)
@given(st.text(ALPHABET, min_size=1, max_size=60))
def test_no_allowed_payload_makes_the_modules_too_small(payload: str) -> None:
    """Any payload of up to 60 characters fits in a code of version 3."""
    assert len(matrix(payload)) <= 17 + 4 * LARGEST_VERSION


@pytest.mark.parametrize("payload", ["", "fk1/s/a", "A" * 61, "ПЛОМБА", "A\n"])
def test_other_payloads_are_refused(payload: str) -> None:
    """Small letters, other alphabets and long payloads are refused: their codes were lost in blurred photos."""
    with pytest.raises(BadInput, match="1 to 60"):
        matrix(payload)
