"""Synthetic scanner images: what is drawn into them can be seen, and only where it is."""

from __future__ import annotations

import hashlib

import pytest
from generator_samples import papers_of

from fieldkit.generator.dice import Dice
from fieldkit.generator.discrepancies import plant
from fieldkit.generator.images import CELL, HEIGHT, LOG, SET, WIDTH, cells, light
from fieldkit.generator.radiograph import in_colour, render

np = pytest.importorskip("numpy")


@pytest.mark.parametrize("code", ["X01", "X02", "X03", "X07"])
def test_an_anomaly_changes_its_own_region_and_nothing_else(code: str) -> None:
    """Inside its shape the picture differs clearly from the same picture without it; away from it, not at all."""
    seen = 0
    for seed in range(12):
        papers = {name: paper for name, paper in papers_of(seed).items() if name in (SET, LOG)}
        change = plant(code, Dice(seed, code), papers, [SET])
        if change is None:
            continue
        row = next(row for row in change.apply(papers)[SET]["lines"] if row["plate"] == change.row)
        (shape,) = row["scene"]["odd"]
        _, x, y, wide, high = shape[:5]
        with_it = render(row["scene"]).astype(int)
        without = render({**row["scene"], "odd": []}).astype(int)
        inside = np.zeros((HEIGHT, WIDTH), bool)
        inside[max(0, y - 8) : y + high + 8, max(0, x - 8) : x + wide + 8] = True
        assert np.array_equal(with_it[~inside], without[~inside])
        middle = np.s_[y + high // 3 : y + 2 * high // 3, x + wide // 3 : x + 2 * wide // 3]
        assert abs(with_it[middle].mean() - without[middle].mean()) > 4
        assert change.wrong == cells(shape)
        seen += 1
    assert seen >= 4


def test_a_picture_is_the_same_everywhere() -> None:
    """The bytes of one picture are written down: it is made of whole numbers only."""
    scene = papers_of(1)[SET]["lines"][0]["scene"]
    grey = render(scene)

    assert grey.shape == (HEIGHT, WIDTH)
    assert hashlib.sha256(grey.tobytes()).hexdigest()[:16] == GOLDEN_PICTURE
    assert in_colour(grey).shape == (HEIGHT, WIDTH, 3)


GOLDEN_PICTURE = "a86082f91d37eb20"


def test_cells_name_the_region() -> None:
    """Columns are letters from the left, rows numbers from the top."""
    assert cells(["rect", 0, 0, CELL, CELL, 1]) == "A1"
    assert cells(["rect", 1110, 310, 80, 80, 1]) == "L4"
    assert cells(["rect", 400, 100, 200, 200, 1]) == "E2-F3"


def test_light_falls_off_with_attenuation() -> None:
    """Beer-Lambert in thousandths: all light through nothing, 368 through one mean free path."""
    assert [light(0), light(1000), light(2000)] == [1000, 368, 135]
