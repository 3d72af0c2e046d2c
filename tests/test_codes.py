"""Codes on paper: nobody can invent one, a slip of the finger is found, and they say nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldkit.model.codes import ALPHABET, Code, NotOurs, make_id, parse_code, read_short, short_id, show_short

KEY = b"sixteen bytes ok"
CODE = Code("S", "TORUGART26", make_id(KEY, "sheet", "S1", "T01"), 1, 2)


def test_a_code_is_small_enough_for_a_small_square() -> None:
    """The longest code has 38 characters at most, all of them upper case: a QR code of version 2."""
    assert len(str(CODE)) <= 38
    assert str(CODE) == str(CODE).upper()


def test_a_code_reads_back() -> None:
    """What is printed is what is read."""
    assert parse_code(str(CODE)) == CODE


@given(st.integers(0, 36), st.sampled_from("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
def test_one_wrong_character_in_a_code_is_found(place: int, other: str) -> None:
    """A code with any one character changed is refused."""
    text = str(CODE)
    if text[place] in ("/", other):
        return
    with pytest.raises(NotOurs):
        parse_code(text[:place] + other + text[place + 1 :])


@pytest.mark.parametrize("text", ["", "hello", "https://example.org", "FK2/S/A/B/C", "FK1/S/TORUG/ÄÄ/11X", "FK1/////"])
def test_other_texts_are_not_ours(text: str) -> None:
    """Any other code on the desk is told to be none of ours."""
    with pytest.raises(NotOurs):
        parse_code(text)


@given(st.text(ALPHABET, min_size=16, max_size=16), st.integers(0, 7), st.sampled_from(ALPHABET))
def test_a_slip_in_a_typed_id_is_found(ident: str, place: int, other: str) -> None:
    """A typed id with one wrong character is refused (but for 0 typed for Z, which share a check)."""
    short = short_id(ident)
    if {short[place], other} == {"0", "Z"} or short[place] == other:
        return
    assert read_short(short[:place] + other + short[place + 1 :]) is None


@given(st.text(ALPHABET, min_size=16, max_size=16), st.integers(0, 5))
def test_two_swapped_characters_in_a_typed_id_are_found(ident: str, place: int) -> None:
    """A typed id with two neighbours swapped is refused (but for 0 and Z)."""
    short = short_id(ident)
    swapped = short[:place] + short[place + 1] + short[place] + short[place + 2 :]
    if swapped != short and {short[place], short[place + 1]} != {"0", "Z"}:
        assert read_short(swapped) is None


@given(st.text(ALPHABET, min_size=16, max_size=16))
def test_an_id_may_be_typed_as_it_is_read(ident: str) -> None:
    """Small letters, spaces, dashes, and I, L, O for 1, 1, 0 are understood."""
    short = short_id(ident)
    assert read_short(show_short(short).lower().replace(" ", "-")) == short
    assert read_short(short.replace("1", "I").replace("0", "O")) == short


def test_a_code_says_nothing() -> None:
    """Ids of two sheets of one trainee share nothing, and another course's key gives others."""
    ids = {make_id(key, "sheet", station, "T01") for key in (KEY, KEY[::-1]) for station in ("S1", "S2")}
    assert len(ids) == 4
    assert all("T01" not in ident for ident in ids)
