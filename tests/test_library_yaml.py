"""Reading YAML that people (and strangers) write: guarded, exact, every problem with its line and column."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from fieldkit.library.fields import Key, ListOf, Reading, Table, markdown
from fieldkit.library.kinds import Exact, Flag, Range, Slug, Texts, Whole, Words
from fieldkit.library.yaml_reader import MAX_BYTES, MAX_DEPTH, Branch, Leaf, Tree, read_yaml

SAMPLE = Table(
    (
        Key("id", Slug(), "its name", required=True),
        Key("title", Texts(), "what it is called"),
        Key("weight", Exact("0", "10"), "how much it counts", default=Decimal(1)),
        Key("rounds", Whole(1, 9), "how often"),
        Key("open", Flag(), "whether anybody may look"),
        Key("names", ListOf(Words(20)), "who"),
        Key("between", Range(0, 5), "from and to"),
    ),
    "sample",
)


def given(tmp_path: Path, text: str | bytes) -> Path:
    path = tmp_path / "s.yaml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
    return path


def problems_of(tmp_path: Path, text: str | bytes) -> list[str]:
    """All problems of a file that is read by the table above, without the folder's name."""
    path = given(tmp_path, text)
    root, problems = read_yaml(path)
    reading = Reading(str(path), problems)
    if root is not None:
        SAMPLE.read(root, "the sample", reading)
    return [str(problem).replace(str(path), "s.yaml") for problem in sorted(problems)]


def values_of(tmp_path: Path, text: str) -> dict[str, object]:
    root, problems = read_yaml(given(tmp_path, text))
    assert root is not None
    reading = Reading("s.yaml", problems)
    values = SAMPLE.read(root, "the sample", reading)
    assert reading.problems == []
    assert values is not None
    return values


def test_values_keep_what_was_written(tmp_path: Path) -> None:
    """A decimal stays exact, `no` stays a word, 007 keeps its zeros: nothing is guessed from its looks."""
    values = values_of(tmp_path, "id: a\nweight: 0.10\nnames: [no, 12:30, 007, 1e3]\n")

    assert values["weight"] == Decimal("0.10")
    assert values["names"] == ("no", "12:30", "007", "1e3")


def test_places_are_known_for_everything(tmp_path: Path) -> None:
    """Every key and value knows its line and column, so that a message can point at it."""
    root, _ = read_yaml(given(tmp_path, "id: a\nnames:\n  - Anna\n  - {x: 1}\n"))

    assert isinstance(root, Tree)
    names = root.nodes["names"]
    assert isinstance(names, Branch)
    assert [(node.line, node.column) for node in names.nodes] == [(3, 5), (4, 5)]
    assert isinstance(names.nodes[0], Leaf)
    assert (root.keys["names"].line, root.keys["names"].column) == (2, 1)


def test_all_problems_come_at_once_in_order(tmp_path: Path) -> None:
    """A file with five mistakes tells all five, each where it stands."""
    found = problems_of(tmp_path, "id: Not An Id\nweigth: 2\nrounds: ten\nopen: yes\nbetween: [4, 2]\n")

    assert [line.split(": ")[0] for line in found] == [
        "s.yaml:1:5",
        "s.yaml:2:1",
        "s.yaml:3:9",
        "s.yaml:4:7",
        "s.yaml:5:10",
    ]
    assert "Did you mean `weight`?" in found[1]
    assert "true or false" in found[3]
    assert "smaller number first" in found[4]


def test_a_missing_key_is_told_with_what_it_is_for(tmp_path: Path) -> None:
    """A key that has to be there is missed by name."""
    assert problems_of(tmp_path, "rounds: 2\n") == ['s.yaml:1:1: the sample has no "id". Add it: its name']


def test_a_key_written_twice_is_told_with_the_first_line(tmp_path: Path) -> None:
    """A duplicate key is a problem that names the line of the first one, wherever it is nested."""
    found = problems_of(tmp_path, "id: a\ntitle:\n  en: x\n  en: y\nid: b\n")

    assert found == [
        's.yaml:4:3: the key "en" stands here twice (first on line 3). Keep one of them.',
        's.yaml:5:1: the key "id" stands here twice (first on line 1). Keep one of them.',
    ]


def test_entries_of_one_id_are_told_with_the_first_line(tmp_path: Path) -> None:
    """The same entry twice in a list is a problem that names the line of the first one."""
    found = problems_of(tmp_path, "id: a\nnames:\n  - Anna\n  - Anna\n")

    assert found == ['s.yaml:4:5: "names": "Anna" appears twice (first on line 3). Keep one of them.']


BOMBS = {
    "aliases": "a: &x [1, 1]\nb: [*x, *x]\n",
    "anchors alone": "a: &x 1\n",
    "depth": "[" * 200_000,
    "block depth": "".join(f"{' ' * n}a:\n" for n in range(MAX_DEPTH + 5)),
    "count": "[" + "1," * 250_000 + "]",
    "python tag": "a: !!python/object/apply:os.system [ls]\n",
    "own tag": "a: !secret 1\n",
    "two documents": "a: 1\n---\nb: 2\n",
    "list as key": "? [a, b]\n: 1\n",
    "nothing": "",
    "comment only": "# nothing\n",
    "control character": "id: a\x07b\n",
    "tab": "title:\n\ten: x\n",
    "colon": "title: Check: the seal\n",
    "open quote": 'title: "never closed\n',
    "not text": b"\xff\xfe\x00i\x00d",
    "cp1251": "title: Пломба".encode("cp1251"),
}


@pytest.mark.parametrize("name", BOMBS)
def test_bombs_and_slips_are_refused_with_a_reason(tmp_path: Path, name: str) -> None:
    """A file that would hang, fell or fool the program is refused with one message that says why."""
    path = given(tmp_path, BOMBS[name])
    root, problems = read_yaml(path)

    assert root is None
    assert len(problems) == 1
    assert len(problems[0].what) > 15


def test_a_file_of_ten_megabytes_is_refused_unread(tmp_path: Path) -> None:
    """A huge file is refused by its size, before anybody tries to understand it."""
    path = given(tmp_path, b"# x\n" * (10_000_000 // 4))
    root, problems = read_yaml(path)

    assert root is None
    assert f"larger than {MAX_BYTES // 1_000_000} MB" in problems[0].what


def test_a_folder_and_a_missing_file_are_told_apart(tmp_path: Path) -> None:
    """A folder in place of a file, and no file at all, are two different messages."""
    (tmp_path / "folder.yaml").mkdir()

    assert "is a folder" in read_yaml(tmp_path / "folder.yaml")[1][0].what
    assert "not there" in read_yaml(tmp_path / "none.yaml")[1][0].what


@pytest.mark.parametrize(("slip", "remedy"), [("tab", "Use spaces"), ("colon", "quotes around it")])
def test_remedies_fit_the_slips_people_make(tmp_path: Path, slip: str, remedy: str) -> None:
    """A tab and a colon in a text are told with what to do about them."""
    assert remedy in problems_of(tmp_path, BOMBS[slip])[0]


@pytest.mark.parametrize(("mark", "said"), [('"', '"'), ("'", "'")])
def test_an_open_quote_is_told_where_it_opens(tmp_path: Path, mark: str, said: str) -> None:
    """A quotation mark that is never closed is told where it stands, and not at the end of the file."""
    found = problems_of(tmp_path, f"id: a\ntitle: {mark}never closed\nb: 1\nc: 2\n")

    assert found == [f"s.yaml:2:8: the quotation mark {said} that stands here is never closed. Close it, or remove it."]


def test_characters_that_hide_are_refused(tmp_path: Path) -> None:
    """A control or direction-switching character in a text is told by its number; joiners of Persian are letters."""
    assert "U+202E" in problems_of(tmp_path, "id: a\ntitle: abc\u202edef\n")[0]
    assert problems_of(tmp_path, "id: a\ntitle: واسطه\u200cها\n") == []


def test_languages_may_go_by_several_names(tmp_path: Path) -> None:
    """`fa-AF` and `prs` are both Dari; an unknown language is told; a text without language counts as English."""
    title = values_of(tmp_path, "id: a\ntitle: {fa-AF: سلام, ru: Привет}\n")["title"]
    assert title["prs"] == "سلام"  # type: ignore[index]
    assert values_of(tmp_path, "id: a\ntitle: Hello\n")["title"]["ru"] == "Hello"  # type: ignore[index]
    assert "no language" in problems_of(tmp_path, "id: a\ntitle: {xx: Hello}\n")[0]
    assert "two texts" in problems_of(tmp_path, "id: a\ntitle: {prs: a, fa-AF: b}\n")[0]


def test_the_table_of_keys_can_be_printed() -> None:
    """The table that checks a file is the table that documents it."""
    assert "| `id` * | id | its name |" in markdown(SAMPLE).splitlines()
