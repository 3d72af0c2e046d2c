"""The proof page that a translator checks on paper."""

from __future__ import annotations

import re
from pathlib import Path

import pypdfium2
import pytest

from fieldkit.errors import BadInput
from fieldkit.paper.proof import proof


@pytest.mark.parametrize("lang", ["en", "ru", "ky", "prs", "ps"])
def test_a_text_is_printed_in_every_language(lang: str, tmp_path: Path) -> None:
    """Any text gives a proof page in any of the languages, with nothing to remark on."""
    path = tmp_path / "proof.pdf"

    assert proof("Seal AB123456\n\nПломба 15\nمهر ۱۵\n", path, lang) == []
    text = pypdfium2.PdfDocument(path)[0].get_textpage().get_text_range()
    assert all(text.count(word) >= 3 for word in ("Seal", "Пломба", "مهر"))


def test_a_long_text_goes_on_on_the_next_pages(tmp_path: Path) -> None:
    """Every line of a long text is printed, however many pages that takes."""
    lines = [f"Line{number} " + "word " * (number % 40) for number in range(1, 120)]
    path = tmp_path / "proof.pdf"
    proof("\n".join(lines), path, "en")
    document = pypdfium2.PdfDocument(path)
    text = "\n".join(page.get_textpage().get_text_range() for page in document)

    assert len(document) > 4
    for number in range(1, 120):
        assert len(re.findall(rf"\bLine{number}\b", text)) >= 3


def test_all_missing_letters_are_told_with_their_lines(tmp_path: Path) -> None:
    """Letters that cannot be printed are all named at once, each with its line, and no file is written."""
    path = tmp_path / "proof.pdf"
    with pytest.raises(BadInput) as refusal:
        proof("Имя <b>Өмүрбек & Co</b> 汉 😀\nok\nಕ", path, "ky", source="hostile.txt")

    told = str(refusal.value).splitlines()
    assert [line.partition(": ")[0] for line in told] == ["hostile.txt:1:25", "hostile.txt:1:27", "hostile.txt:3:1"]
    assert "汉 (U+6C49" in told[0]
    assert "Өмүрбек" in told[0]
    assert not path.exists()


def test_characters_left_out_are_told(tmp_path: Path) -> None:
    """Override characters are left out, and the remark says where they stood."""
    remarks = proof("ok\nИмя \u202eabc\u202c", tmp_path / "proof.pdf", "ky", source="name.txt")

    assert [remark.partition(" ")[0] for remark in remarks] == ["name.txt:2:", "name.txt:2:"]
    assert "U+202E" in remarks[0]


def test_an_empty_text_is_refused(tmp_path: Path) -> None:
    """A text without a letter is refused: there is nothing to check."""
    with pytest.raises(BadInput, match="no text"):
        proof(" \n\n", tmp_path / "proof.pdf", "en")
