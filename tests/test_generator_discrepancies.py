"""Planted errors: each is seen by the checker, and nothing else is."""

from __future__ import annotations

from copy import deepcopy

import pytest
from generator_samples import forms_of, papers_of, sort_for

from fieldkit.generator.checker import find_errors
from fieldkit.generator.dice import Dice
from fieldkit.generator.discrepancies import PLANTS, plant
from fieldkit.generator.documents import Documents
from fieldkit.generator.facts import DEFAULT_DAY
from fieldkit.generator.seen import Seen
from fieldkit.model.finds import FIND_CODES

SEEDS = range(40)
SOME_IMAGES = ("X01", "X02", "X03", "X07", "L06")  # need a load, a language or a unit that not every case has


@pytest.mark.parametrize("code", PLANTS)
def test_every_way_to_plant_an_error_can_be_seen(code: str) -> None:
    """Every way of every code, over many seeds, changes one paper only and shows as that code and as no other."""
    for way in range(len(PLANTS[code])):
        seen = 0
        for seed in SEEDS:
            papers = papers_of(seed, sort=sort_for(code))
            before = deepcopy(papers)
            change = PLANTS[code][way](Dice(seed, "plant"), papers, tuple(papers))
            assert papers == before
            if change is None or change.wrong == change.right:
                continue
            after = change.apply(papers)
            assert [name for name in papers if after[name] != papers[name]] == [change.document]
            codes = {error.code for error in find_errors(after, DEFAULT_DAY)}
            assert codes <= {code}
            seen += codes == {code}
        assert seen > len(SEEDS) / (8 if code in SOME_IMAGES else 2)


def test_codes_that_papers_carry_are_those_that_can_be_planted() -> None:
    """The table of finds and the functions that plant them name the same codes."""
    assert {code for code, find in FIND_CODES.items() if find.fields} == set(PLANTS)


@pytest.mark.parametrize("code", PLANTS)
def test_an_error_stays_in_the_papers_that_may_carry_it(code: str) -> None:
    """With one paper allowed, that one is changed or none is."""
    papers = papers_of(5, sort=sort_for(code))
    for name in papers:
        change = plant(code, Dice(5, name), papers, [name])
        assert change is None or change.document == name
        assert change is None or FIND_CODES[code].can_be_carried_by(name)


@pytest.mark.parametrize("code", PLANTS)
def test_what_the_table_says_can_be_shown_can_be_planted(code: str) -> None:
    """Papers that the table of finds calls enough for a code do carry it, and what is planted in any papers is seen."""
    sort = sort_for(code)
    desk = ["find-record", "custody-form", "test-kit", "test-record", "consignment-table", "image-set", "scan-log"]
    for names in (["cmr"], ["invoice"], ["seal"], ["cmr", "seal-log"], *([name] for name in desk), forms_of(sort)):
        papers = {name: paper for name, paper in papers_of(3, sort=sort).items() if name in names}
        planted = [plant(code, Dice(seed), papers) for seed in range(24)]
        shown = [find_errors(change.apply(papers), DEFAULT_DAY) for change in planted if change is not None]
        assert any(shown) or not FIND_CODES[code].can_be_shown_by(names)
        assert all(shown) or code == "D01"  # a mistyped container number passes its check digit once in 55 times


def changed(papers: Documents, document: str, field: str, value: str) -> list[str]:
    """The codes seen when one field of one paper says something else."""
    return sorted(
        {error.code for error in find_errors({**papers, document: {**papers[document], field: value}}, DEFAULT_DAY)}
    )


def test_worked_examples_of_the_checker() -> None:
    """One wrong field at a time, as an instructor would make it with a pen."""
    papers = papers_of(1)

    assert changed(papers, "cmr", "seal_number", "TRN0000000") == ["D02"]
    assert changed(papers, "seal-log", "seal_class", "S") == ["S02"]
    assert changed(papers, "invoice", "consignor_signature", "") == ["D11"]
    assert changed(papers, "csc-plate", "examine_by", "2026-08") == ["D13"]
    assert changed(papers, "csc-plate", "examine_by", "2026-09") == []
    assert changed(papers, "cmr", "loading_date", "2026-09-15") == ["D10"]
    assert changed(papers, "declaration", "origin", "PL Польша / Poland") == ["D08"]
    assert changed(papers, "declaration", "customs_value", "1.00") == ["D09"]
    assert changed(papers, "weighbridge", "cargo_kg", "1") == ["D05"]
    assert changed(papers, "vehicle-plates", "trailer_plate", "00 000 BBB") == ["D03"]


def test_a_number_that_is_wrong_everywhere_is_seen_by_its_check_digit() -> None:
    """When all papers agree on a container number that cannot be, it is seen all the same."""
    papers = papers_of(1)
    right = papers["cmr"]["container_number"]
    wrong = right[:-1] + str((int(right[-1]) + 1) % 10)
    for paper in papers.values():
        if "container_number" in paper:
            paper["container_number"] = wrong

    assert {error.code for error in find_errors(papers, DEFAULT_DAY)} == {"D01"}


def test_a_comparison_names_every_paper_that_is_needed() -> None:
    """An error between papers names the papers to be laid side by side."""
    papers = papers_of(1)
    papers = {name: papers[name] for name in ("cmr", "seal-log", "seal")}
    papers["cmr"]["seal_number"] = "TRN0000000"

    assert find_errors(papers, DEFAULT_DAY) == [Seen("D02", "seal_number", ("cmr", "seal-log", "seal"))]
