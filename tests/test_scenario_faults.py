"""Whatever is wrong with a scenario or table, it is told with its place, or what is drawn holds; never a traceback."""

from __future__ import annotations

import copy
import random
from pathlib import Path
from typing import Any

import pytest
import yaml

from fieldkit.errors import FieldkitError, Problem
from fieldkit.generator.proving import prove
from fieldkit.library import checks
from fieldkit.library.fields import Reading
from fieldkit.library.load import Library, load_library

ROOT = Path(__file__).resolve().parent.parent / "scenarios"
VALUES: list[Any] = ["", None, True, 0, -1, 2, 99_999_999_999, "x", "D01", "X99", [], {}, [[]], [None], {"a": 1}]
VALUES += ["{x}", "\u202e", "ё", -2.5, [3, 1], [1, 2, 3], ["cmr", "cmr"], "ctpat-7", ["images"], {"xx": "y"}]
BYTES = [b"\t", b"&a ", b"*a", b"\r\n", b"\xef\xbb\xbf", b"- ", b": ", b"!!python/object:os.system ", b"---\n", b"\x00",
         b"{", b"\xd0", b'"', b"\xff\xfe"]  # fmt: skip


def places(node: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inner = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    return [path, *(place for key, value in inner for place in places(value, (*path, key)))]


def mutated(text: str, chance: random.Random) -> bytes:
    """The text with one value gone, renamed or replaced, or with bytes changed."""
    if chance.random() < 0.3:
        data = bytearray(text.encode("utf-8"))
        for _ in range(chance.randint(1, 4)):
            at = chance.randrange(len(data))
            data[at : at + chance.choice((0, 0, 1, 20))] = chance.choice(BYTES)
        return bytes(data[: chance.choice((len(data), len(data), at + 1))])
    tree = copy.deepcopy(yaml.safe_load(text))
    *path, last = chance.choice([place for place in places(tree) if place])
    inside = tree
    for key in path:
        inside = inside[key]
    if chance.random() < 0.3:
        del inside[last]
    elif chance.random() < 0.2 and isinstance(inside, dict):
        inside[chance.choice(["x", "id", "points", "finds", "rows", "table"])] = inside.pop(last)
    else:
        inside[last] = chance.choice(VALUES)
    return yaml.safe_dump(tree, allow_unicode=True, sort_keys=False).encode("utf-8")


def problems(library: Library, name: str) -> list[Problem]:
    """What is wrong with one scenario and the small files, as `fieldkit check` finds it."""
    found = [problem for some in library._small.values() for problem in some]
    made, own = library._read_once(name)
    if made is not None:
        reading = Reading(library.paths[name])
        checks._check(made, library.trees[name], library, reading)
        own = [*own, *reading.problems]
    return [problem for problem in (*found, *own) if not problem.warning]


@pytest.mark.parametrize("seed", range(30))
def test_a_damaged_file_is_told_or_holds(seed: int, tmp_path: Path) -> None:
    """Values deleted, renamed or replaced at random, bytes changed: told with the file, or proved under some seeds."""
    chance = random.Random(seed)
    used = {"tables/indicators.yaml": "risk-channels", "tables/grading-4x4.yaml": "intelligence-4x4",
            "points/container-doors.yaml": "container-seal", "points/names.yaml": "container-seal"}  # fmt: skip
    scenarios = [path.name for path in sorted(ROOT.glob("*.yaml"))]
    for _ in range(2):
        chosen = chance.choice([*used, *chance.sample(scenarios, 6)])
        target = tmp_path / "scenarios" / chosen
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(mutated((ROOT / chosen).read_text(encoding="utf-8"), chance))
        name = used.get(chosen, Path(chosen).stem)
        try:
            library = load_library(tmp_path)
            if found := problems(library, name):
                assert all(problem.file and problem.what for problem in found)
            else:
                wrong = prove(library.scenario(name), library, range(3))
                assert not any("seen" in what or "point" in what for what in wrong), wrong
        except FieldkitError:
            pass  # refused in words; anything else would be a traceback
        target.unlink()


CUT = (
    "rows:\n  - {part: source, code: A, words: w, signs: [s]}\n  - {part: information, code: 1, words: w, signs: [t]}\n"
)
TABLES = [
    (CUT, 'rows of "source" and none of "handling"'),
    ("rows:\n  - {part: indicator, code: R01, words: w, weight: 1}\n", 'none of "channel"'),
    ("rows:\n  - {part: channel, code: red, words: w, weight: 3}\n", "no channel begins at the weight 0"),
    ("rows:\n  - {part: channel, code: a, words: w}\n  - {part: channel, code: b, words: w}\n",
     'weight "0" stands twice'),
    ("rows:\n  - {part: channel, code: a, words: w}\n  - {part: channel, code: a, words: w, weight: 2}\n",
     'code "a" stands twice under channel (first on line 6)'),
    (CUT.replace("[t]", "[t, t]") + "  - {part: handling, code: P, words: w}\n", 'sign "t" stands twice'),
    ("rows:\n  - {part: channel, code: a, words: w, weight: -1}\n", "Write a whole number from 0 to 100"),
]  # fmt: skip


@pytest.mark.parametrize(("rows", "told"), TABLES)
def test_a_table_from_which_no_answer_follows_is_told(tmp_path: Path, rows: str, told: str) -> None:
    """Missing parts, codes and signs that stand twice, negative weights: each with its line."""
    path = tmp_path / "scenarios" / "tables" / "own.yaml"
    path.parent.mkdir(parents=True)
    path.write_text(f"id: own\nversion: 1\ntitle: Own\nsource: own\n{rows}", encoding="utf-8")
    found = [str(problem) for problem in load_library(tmp_path).problems]
    assert any(told in line and line.startswith(f"{path}:") for line in found), found


WHOLE = [
    (b"", "the file is empty"),
    (b"\xff\xfei\x00d\x00", "not UTF-8"),
    (b"id: \xe0\xe1", "not UTF-8"),
    (b"a: &a [x]\nb: [*a, *a]\n", "anchors"),
    (b"id: own\n\tversion: 1\n", "a tab stands"),
    (b"id: own\nid: own\n", 'the key "id" stands here twice (first on line 1)'),
    (b"[" * 60, "nested more than 40 deep"),
    (b"id: own\nitems:\n" + b"  - {id: a, text: b}\n" * 3000, "has 3000 entries"),
    (b"- a\n- b\n", "is to be a group of keys"),
]


@pytest.mark.parametrize(("data", "told"), WHOLE)
def test_a_file_that_cannot_be_a_scenario_is_told(tmp_path: Path, data: bytes, told: str) -> None:
    """Empty, another encoding, anchors, tabs, doubled keys, endless nesting, thousands of items."""
    path = tmp_path / "scenarios" / "own.yaml"
    path.parent.mkdir()
    path.write_bytes(data)
    found = [str(problem) for problem in load_library(tmp_path).problems]
    assert any(told in line and line.startswith(str(path)) for line in found), found[:3]


@pytest.mark.parametrize("change", [b"\xef\xbb\xbf", b"\r\n"])
def test_windows_editors_do_no_harm(tmp_path: Path, change: bytes) -> None:
    """A byte order mark and line ends of Windows change nothing."""
    data = (ROOT / "container-seal.yaml").read_bytes()
    path = tmp_path / "scenarios" / "container-seal.yaml"
    path.parent.mkdir()
    path.write_bytes(change + data if len(change) == 3 else data.replace(b"\n", change))
    library = load_library(tmp_path)
    assert problems(library, "container-seal") == []
    assert library.scenario("container-seal") == load_library().scenario("container-seal")
