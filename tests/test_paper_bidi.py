"""The order of characters on a line, held against Unicode's own conformance files.

All cases are run where the variable CI is set, and one in twenty elsewhere.
"""

from __future__ import annotations

import lzma
import os
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldkit.paper.bidi import levels, visual_order

UNICODE = Path(__file__).parent / "unicode"
EVERY = 1 if os.environ.get("CI") else 20
LEFT_TO_RIGHT, RIGHT_TO_LEFT = 0, 1
EMBEDDINGS = {"LRE", "RLE", "LRO", "RLO", "PDF"}
# One character of each class. B stands only at the end of a case.
SAMPLE = {
    "L": "a",
    "R": "\u05d0",
    "AL": "\u0628",
    "EN": "1",
    "ES": "-",
    "ET": "%",
    "AN": "\u0661",
    "CS": ",",
    "NSM": "\u0300",
    "BN": "\u00ad",
    "B": "\u2029",
    "S": "\t",
    "WS": " ",
    "ON": "!",
    "LRI": "\u2066",
    "RLI": "\u2067",
    "FSI": "\u2068",
    "PDI": "\u2069",
}


def lines_of(name: str) -> Iterator[str]:
    with lzma.open(UNICODE / name, "rt", encoding="utf-8") as file:
        yield from (line.strip() for line in file if line.strip() and not line.startswith("#"))


def holds(text: str, base: int | None, expected: list[str], order: list[int]) -> bool:
    """Whether levels and order are those of the file; x is a character that has no level."""
    got = levels(text, base)
    kept = [i for i, level in enumerate(expected) if level != "x"]
    same = all(got[i] == int(expected[i]) for i in kept)
    return same and visual_order(kept, [got[i] for i in kept]) == order


def class_cases() -> Iterator[tuple[str, int | None, list[str], list[int]]]:
    expected: list[str] = []
    order: list[int] = []
    for line in lines_of("BidiTest.txt.xz"):
        if line.startswith("@Levels:"):
            expected = line.split()[1:]
        elif line.startswith("@Reorder:"):
            order = [int(place) for place in line.split()[1:]]
        else:
            classes, bases = line.split(";")
            if EMBEDDINGS.isdisjoint(classes.split()):
                text = "".join(SAMPLE[cls] for cls in classes.split())
                for bit, base in ((1, None), (2, LEFT_TO_RIGHT), (4, RIGHT_TO_LEFT)):
                    if int(bases, 16) & bit:
                        yield text, base, expected, order


def character_cases() -> Iterator[tuple[str, int | None, list[str], list[int]]]:
    for line in lines_of("BidiCharacterTest.txt.xz"):
        codes, base, _, expected, order = line.split(";")
        text = "".join(chr(int(code, 16)) for code in codes.split())
        if not any("\u202a" <= char <= "\u202e" or char == "\u2029" for char in text):
            yield text, (0, 1, None)[int(base)], expected.split(), [int(place) for place in order.split()]


@pytest.mark.parametrize("cases", [class_cases, character_cases])
def test_conforms_to_the_unicode_files(cases) -> None:
    """Every case of Unicode's two files without explicit embeddings gets the levels and the order that they state."""
    tried = failed = 0
    for case in islice(cases(), 0, None, EVERY):
        tried += 1
        failed += not holds(*case)

    assert tried * EVERY > 90_000
    assert failed == 0


def as_seen(text: str, base: int = RIGHT_TO_LEFT) -> str:
    return "".join(visual_order(text, levels(text, base)))


@pytest.mark.parametrize(
    ("logical", "seen"),
    [
        ("مهر AB123456 در 15 دقیقه", "هقیقد 15 رد AB123456 رهم"),
        ("15 دقیقه", "هقیقد 15"),
        ("وزن ۱۲۵۰", "۱۲۵۰ نزو"),
        ("در \u206815 min\u2069 شد", "دش \u206915 min\u2068 رد"),
        ("\u2068Ahmad (Karim)\u2069.", ".\u2069Ahmad (Karim)\u2068"),
        ("تاریخ \u20682026-03-21\u2069", "\u20692026-03-21\u2068 خیرات"),
    ],
)
def test_numbers_and_codes_run_left_to_right_in_dari(logical: str, seen: str) -> None:
    """Numbers, codes and isolated values stand in a Dari line with their figures in order, never 15 as 51."""
    assert as_seen(logical) == seen


@given(st.text(), st.sampled_from([0, 1, None]))
def test_no_character_is_lost_or_doubled(text: str, base: int | None) -> None:
    """Whatever a text holds, putting it in visual order keeps each of its characters exactly once."""
    places = visual_order(range(len(text)), levels(text, base))

    assert sorted(places) == list(range(len(text)))


@given(st.text("abc 12.,%()-אבجد", min_size=1), st.text("خدگ xyz 34/", min_size=1))
def test_an_isolated_value_does_not_disturb_what_stands_around_it(value: str, sentence: str) -> None:
    """The words around an isolated value have the same order whatever the value is."""
    around = levels(f"{sentence}\u2066{value}\u2069{sentence}", 1)
    plain = levels(f"{sentence}\u2066x\u2069{sentence}", 1)

    assert around[: len(sentence)] == plain[: len(sentence)]
    assert around[-len(sentence) :] == plain[-len(sentence) :]
