"""The geometry of a sheet: boxes a glove can mark, nothing in the way of them, the same in every language."""

from __future__ import annotations

from decimal import Decimal
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldkit.model.scoresheet import Item, Mark, Scale
from fieldkit.model.sheet import BOTTOM, CODE_SIZE, HEADING, PAPER, ROW_LEAST, Page, lay_out
from fieldkit.model.texts import text

DONE = Scale(
    "done", tuple(Mark(m, text(m), Decimal(1)) for m in ("done", "not-done", "not-observed", "not-applicable"))
)
FOUND = Scale("found", tuple(Mark(m, text(m), Decimal(1)) for m in ("found", "with-help", "not-found")))


def items(done: int, found: int = 0) -> list[Item]:
    return [Item(f"item-{n}", text("x"), DONE if n < done else FOUND) for n in range(done + found)]


sizes = st.tuples(st.integers(0, 45), st.integers(0, 4), st.sampled_from(sorted(PAPER)))


@given(sizes)
def test_no_box_touches_another(size: tuple[int, int, str]) -> None:
    """Boxes are 5 mm or more, and lie apart from each other by more than a slip of the pen."""
    for page in lay_out(items(*size[:2]), size[2]):
        for one, other in combinations((*page.boxes, page.reference_filled, page.reference_empty), 2):
            apart = max(abs(one.x_mm - other.x_mm), abs(one.y_mm - other.y_mm)) - one.r_mm - other.r_mm
            assert apart >= 3
            assert one.r_mm >= 2.5


@given(sizes)
def test_rows_stay_between_head_and_foot(size: tuple[int, int, str]) -> None:
    """Rows are 9 mm or more and end above the foot of the page, whatever their number."""
    for page in lay_out(items(*size[:2]), size[2]):
        limit = page.height_mm - BOTTOM if page.foot_mm is None else page.foot_mm
        for row in (row for block in page.blocks for row in block.rows):
            assert row.height_mm >= ROW_LEAST
            assert row.y_mm + row.height_mm / 2 <= limit + 0.01


@given(sizes)
def test_every_item_is_once_on_the_sheet(size: tuple[int, int, str]) -> None:
    """However many pages a sheet has, every item is on one of them, numbered in order; the rating is on the last."""
    wanted = items(*size[:2])
    pages = lay_out(wanted, size[2])
    rows = [row for page in pages for block in page.blocks for row in block.rows]
    assert [row.item for row in rows] == [item.id for item in wanted]
    assert [row.number for row in rows] == list(range(1, len(wanted) + 1))
    assert [len(page.rating) for page in pages] == [0] * (len(pages) - 1) + [5]


@given(sizes)
def test_codes_and_markers_have_their_own_room(size: tuple[int, int, str]) -> None:
    """Corner markers and code keep clear of each other and of every row."""
    for page in lay_out(items(*size[:2]), size[2]):
        x, y = page.code_corner
        assert x + CODE_SIZE + 2 <= page.markers[1][0] - 6
        assert y + CODE_SIZE <= min([*(b.y_mm - b.r_mm for b in page.boxes), page.reference_empty.y_mm - 2.75])
        assert all(
            block.y_mm + HEADING <= block.rows[0].y_mm - block.rows[0].height_mm / 2 + 0.01 for block in page.blocks
        )


@pytest.mark.parametrize("count", [10, 13, 16])
def test_a_usual_sheet_has_one_page(count: int) -> None:
    """Up to sixteen items fit one page."""
    assert len(lay_out(items(count - 2, 2))) == 1


def test_a_long_list_goes_on_without_shrinking() -> None:
    """Forty items take more pages, with rows as high as before, and no page holds the foot alone."""
    pages = lay_out(items(40))
    assert len(pages) == 3 or len(pages) == 2
    assert all(len([r for b in p.blocks for r in b.rows]) >= 3 for p in pages)


def test_the_layout_is_what_was_printed() -> None:
    """The first box lies where sheets printed so far have it: moving it needs a new layout number."""
    page: Page = lay_out(items(12))[0]
    first = page.boxes[0]
    assert (first.x_mm, first.y_mm, first.r_mm) == (130.0, 68.0, 2.75)
    assert page.markers[0] == (15.0, 15.0)
