"""Channels follow the centre's own table: three or four of them, from the table to the key and the sheet."""

from __future__ import annotations

from pathlib import Path

from fieldkit.course import Course
from fieldkit.generator.draw import draw_exercise
from fieldkit.library.load import load_library
from fieldkit.steps.preparing.draw import draw_course
from fieldkit.steps.preparing.pack import print_course

ROOT = Path(__file__).resolve().parent.parent
BLUE = '  - {part: channel, code: blue, weight: 1, words: {en: "blue, audit later", ru: "синий, проверка потом"}}\n'


def with_blue(folder: Path) -> Path:
    """A centre's own table with a fourth channel from weight 1 on, and one indicator that weighs as much."""
    tables = folder / "scenarios" / "tables"
    tables.mkdir(parents=True)
    text = (ROOT / "scenarios" / "tables" / "indicators.yaml").read_text(encoding="utf-8")
    text = text.replace("code: R01, weight: 2", "code: R01, weight: 1") + BLUE
    (tables / "indicators.yaml").write_text(text, encoding="utf-8")
    return folder


def test_a_fourth_channel_is_in_table_and_key(tmp_path: Path) -> None:
    """With blue from 1 on, a line whose weights come to 1 is blue in the key, and the guide shows all four."""
    library = load_library(with_blue(tmp_path))
    assert library.problems == []
    scenario, blue = library.scenario("risk-channels"), 0
    for seed in range(24):
        exercise = draw_exercise(scenario, library, seed, clean=False)
        guide = [row["meaning"] for row in exercise.documents["indicator-guide"]["lines"] if row["kind"] == "channel"]
        assert len(guide) == 4
        key = exercise.facts["channel_key"]
        single = [f for f in exercise.planted if f.code == "R01"]
        if "blue" in key:
            blue += 1
            assert single
            assert "= 1)" in key.partition("blue, audit later: ")[2].partition(";")[0]
        assert key.endswith("зелёный / green: остальные / the others")
    assert blue >= 3


def test_agreement_with_the_key_has_a_row_of_its_own() -> None:
    """How far the channels agree is marked, and so is each reason named; a table of papers has no such row."""
    library = load_library()
    for name, rows in (("risk-channels", 1), ("documents-desk", 0)):
        items = draw_exercise(library.scenario(name), library, 1).items
        found = [item for item in items if item.id == "channels-agree"]
        assert len(found) == rows
        if found:
            assert [str(mark.share) for mark in found[0].scale.marks] == ["1", "0.75", "0.5", "0"]


def test_it_prints(tmp_path: Path) -> None:
    """Papers, card and sheet of a course with four channels are printed like any other."""
    (tmp_path / "course.yaml").write_text(
        "code: AB\ntitle: AB\nstart: 2026-05-18\nstations:\n  - {id: S1, scenario: risk-channels}\n", encoding="utf-8"
    )
    for name in ("trainees", "instructors"):
        (tmp_path / f"{name}.csv").write_text("number,name,rank,unit,country\nX1,Someone,,,\n", encoding="utf-8")
    with Course(with_blue(tmp_path)) as course:
        draw_course(course, 3)
        printed = print_course(course)
    assert printed.sheets
    assert (tmp_path / "pack" / "documents" / "S1-G1.pdf").stat().st_size > 5000
