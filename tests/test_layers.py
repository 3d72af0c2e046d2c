"""The layers: imports point down only, and each outside package has its one place."""

from __future__ import annotations

import shutil
from configparser import ConfigParser
from pathlib import Path

import layers
import pytest

ROOT = Path(__file__).resolve().parent.parent


def test_imports_point_down() -> None:
    """Nothing imports from a layer above it, and outside packages stay in their layers."""
    assert layers.broken(ROOT) == []


@pytest.mark.parametrize(
    ("file", "line"),
    [
        ("fieldkit/model/texts.py", "import fieldkit.course"),
        ("fieldkit/model/texts.py", "from fieldkit import course"),
        ("fieldkit/model/texts.py", "import random"),
        ("fieldkit/model/texts.py", "from fieldkit.files import write_whole"),
        ("fieldkit/judging/results.py", "from fieldkit.reports import data"),
        ("fieldkit/judging/results.py", "from ..steps.marking.score import give_marks"),
        ("fieldkit/generator/rotation.py", "def lazy():\n    from fieldkit.cli import main"),
        ("fieldkit/steps/marking/score.py", "import click"),
        ("fieldkit/course.py", "import tinydb"),
        ("fieldkit/printing/pack.py", "from fieldkit.reports import data"),
        ("fieldkit/gadgets/__init__.py", ""),
    ],
)
def test_an_arrow_that_points_up_is_seen(tmp_path: Path, file: str, line: str) -> None:
    """Each way of breaking a layer, planted in a copy of the tree, is found and named."""
    for folder in ("fieldkit", "cli"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    path = tmp_path / file
    path.parent.mkdir(exist_ok=True)
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    path.write_text(f"{text}\n{line}\n", encoding="utf-8")
    assert [found for found in layers.broken(tmp_path) if found.startswith(file)] != []


def test_every_package_is_installed() -> None:
    """setup.cfg names every package there is, so that nothing is missing from an installation."""
    config = ConfigParser()
    config.read(ROOT / "setup.cfg", encoding="utf-8")
    listed = set(config["options"]["packages"].split())
    found = {".".join(p.parent.relative_to(ROOT).parts) for p in (ROOT / "fieldkit").rglob("__init__.py")}
    found |= {f"fieldkit.{name}" for name in ("cli", "scenarios", "scoresheets")}
    assert listed == found


def test_no_module_hides_a_folder() -> None:
    """There is no fieldkit/cli.py, scenarios.py or scoresheets.py: it would hide the folder of that name."""
    assert not [name for name in ("cli", "scenarios", "scoresheets") if (ROOT / "fieldkit" / f"{name}.py").exists()]
