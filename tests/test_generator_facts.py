"""Facts drawn from a seed: possible, coherent, the same everywhere."""

from __future__ import annotations

from decimal import Decimal

import pytest
from generator_samples import forms_of, full_case, papers_of
from hypothesis import given
from hypothesis import strategies as st
from stdnum import iso6346

from fieldkit.generator import stock
from fieldkit.generator.checker import find_errors
from fieldkit.generator.container_number import (
    OWNER_CODES,
    check_digit,
    draw_container_number,
    is_valid,
    remainder,
)
from fieldkit.generator.dice import Dice
from fieldkit.generator.facts import DEFAULT_DAY, NOT_THERE, draw_case
from fieldkit.model.papers import DOCUMENT_FORMS, FACT_GROUPS

# Published worked examples of the check digit, each worked out again by hand.
PUBLISHED = ("CSQU3054383", "MWCU6059784", "TEXU3070079", "GVTU3000389", "CMAU5110875", "GESU3927660")

seeds = st.integers(min_value=0, max_value=10**9)


@pytest.mark.parametrize("number", PUBLISHED)
def test_check_digits_are_those_of_published_numbers(number: str) -> None:
    """The check digit agrees with worked examples and with python-stdnum."""
    assert check_digit(number[:10]) == number[10]
    assert is_valid(number)
    assert iso6346.is_valid(number)


@given(seeds)
def test_drawn_container_numbers_are_valid(seed: int) -> None:
    """Every drawn number passes python-stdnum, belongs to a made-up owner and has no remainder of 10."""
    number = draw_container_number(Dice(seed))

    assert iso6346.is_valid(number)
    assert number[:4] in OWNER_CODES
    assert remainder(number[:10]) != 10


@given(seeds, st.integers(0, 9), st.integers(1, 9))
def test_the_two_check_digits_agree(seed: int, place: int, shift: int) -> None:
    """For right and for mistyped numbers, our check and python-stdnum's say the same."""
    number = draw_container_number(Dice(seed))
    wrong = number[place]
    if wrong.isdigit():
        number = number[:place] + str((int(wrong) + shift) % 10) + number[place + 1 :]

    assert is_valid(number) == iso6346.is_valid(number)


def test_dice_roll_what_they_always_rolled() -> None:
    """The stream is written down here: another algorithm would change every exercise ever printed."""
    dice = Dice(7, "a", 1)

    assert [dice.below(100) for _ in range(8)] == GOLDEN_ROLLS
    assert Dice(7, "a", 1).shuffled("abcdef") == GOLDEN_ORDER


GOLDEN_ROLLS = [34, 86, 75, 30, 87, 31, 16, 48]
GOLDEN_ORDER = ["a", "c", "f", "d", "e", "b"]


@given(seeds, st.integers(1, 50))
def test_dice_stay_within_bounds(seed: int, limit: int) -> None:
    """A throw is within its limits, a sample has no double, a shuffle loses nothing."""
    dice = Dice(seed)

    assert 0 <= dice.below(limit) < limit
    assert 3 <= dice.between(3, 3 + limit) <= 3 + limit
    assert len(set(dice.sample(range(limit), 5))) == min(5, limit)
    assert sorted(dice.shuffled(range(limit))) == list(range(limit))


def test_dice_are_fair() -> None:
    """Over 6,000 throws of a die no face is off by more than five standard deviations."""
    dice = Dice(1, "fair")
    throws = [dice.below(6) for _ in range(6000)]

    assert max(abs(throws.count(face) - 1000) for face in range(6)) < 5 * (6000 * 5 / 36) ** 0.5


def test_dice_have_no_favourites_among_huge_numbers() -> None:
    """Where the range of a hash is no multiple of the limit, the rest is thrown again, not given to small ones."""
    dice = Dice(1, "huge")
    small = sum(dice.below(3 << 62) < 1 << 62 for _ in range(600))

    assert 150 < small < 250


@given(seeds, st.booleans())
def test_a_case_is_possible(seed: int, container: bool) -> None:
    """Weights add up and stay within the limits of unit and road, dates follow each other, nothing is empty."""
    case = draw_case(Dice(seed), container)
    gross, net = Decimal(case["gross_kg"]), Decimal(case["net_kg"])
    litres = sum(int(row["packages"]) * goods_of(row["description"]).litres for row in case["goods"])

    assert 0 < net < gross <= stock.MOST_CARGO_KG
    assert int(case["weighed_kg"]) <= 40_000
    assert case["invoice_date"] < case["loading_date"] < case["border_date"] < case["approval_until"]
    assert len({row["hs_code"] for row in case["goods"]}) == len(case["goods"])
    assert Decimal(case["total_value"]) == sum(Decimal(row["amount"]) for row in case["goods"])
    assert all(value != "" for value in case.values())
    if container:
        kind = next(kind for kind in stock.CONTAINER_TYPES if kind.code == case["size_type"])
        assert gross + int(case["container_tare_kg"]) <= int(case["max_gross_kg"])
        assert litres <= kind.volume_m3 * 1000
        assert case["examine_by"] > case["border_date"][:7]
    else:
        assert case["container_number"] == NOT_THERE
        assert litres <= stock.TRAILER_VOLUME_M3 * 1000


def goods_of(description: str) -> stock.Goods:
    return stock.GOODS_BY_DESCRIPTION[description]


@given(seeds, st.booleans())
def test_papers_of_one_case_agree(seed: int, container: bool) -> None:
    """All papers of a case, laid side by side, show no error."""
    for sort in ("", "cold", "dangerous"):
        assert find_errors(papers_of(seed, container, sort=sort), DEFAULT_DAY) == []


def test_every_field_of_a_form_has_a_fact_behind_it() -> None:
    """No form has a box that nothing fills, and no group names a fact that is never drawn."""
    cases = {sort: full_case(1, sort=sort) for sort in ("", "cold", "dangerous")}
    assert {name for group in FACT_GROUPS.values() for name in group} <= {
        name for case in cases.values() for name in case
    }
    for sort, case in cases.items():
        for form in (DOCUMENT_FORMS[name] for name in forms_of(sort)):
            assert {field.name for field in form.fields} <= set(case)
            assert not form.lines or not form.rows or {f.name for f in form.lines} <= set(case[form.rows][0])
    for form in DOCUMENT_FORMS.values():
        boxes = (*form.fields, *form.lines, *form.to_fill)
        assert all(field.caption.has("en") and field.caption.has("ru") for field in boxes)


@given(seeds)
def test_the_day_of_the_course_is_the_day_at_the_border(seed: int) -> None:
    """Papers drawn for a day are good on that day."""
    papers = papers_of(seed, day="2031-03-01")

    assert papers["declaration"]["declaration_date"] == "2031-03-01"
    assert find_errors(papers, "2031-03-01") == []


def test_firms_and_owners_say_that_they_are_made_up() -> None:
    """No firm, plate or VIN could be taken for a real one."""
    words = ("sample", "demo", "model", "example", "ornek", "deneme", "numune", "muster", "beispiel", "probe", "учеб",
             "пример", "образец", "демо")  # fmt: skip
    firms = [
        *(firm for row in stock.CONSIGNORS.values() for firm in row),
        *stock.CONSIGNEES,
        *stock.CARRIERS,
        *stock.DECLARANTS,
    ]

    assert [firm for firm in firms if not any(word in firm.lower() for word in words)] == []
    assert draw_case(Dice(3), True)["tractor_plate"].startswith("00 ")
    assert not set("IOQ") & set(draw_case(Dice(3), True)["tractor_vin"])
