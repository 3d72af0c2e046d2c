"""Rosters as they come from spreadsheet programs."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import Workbook

from fieldkit.library.roster import COLUMNS, LONGEST_NAME, read_roster
from fieldkit.model.people import Person


def write(tmp_path: Path, text: str | bytes) -> Path:
    (tmp_path / "trainees.csv").write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
    return tmp_path / "trainees"


def write_xlsx(tmp_path: Path, rows: list[list[object]]) -> Path:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    book.save(tmp_path / "trainees.xlsx")
    return tmp_path / "trainees"


def told(tmp_path: Path, text: str | bytes) -> str:
    """All problems as one text; a roster with problems holds nobody."""
    people, problems = read_roster(write(tmp_path, text))
    assert people == ()
    return "\n".join(str(problem) for problem in problems)


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_any_common_csv_is_read(tmp_path: Path, separator: str, mark: str, line_end: str) -> None:
    """Comma, semicolon or tab, with or without the mark of UTF-8, with any line ends: the same people."""
    rows = [("number", "name", "rank"), ("007", "Асанов Үсөн", "инспектор"), ("8-А", "احمد ضیا", "")]
    people, problems = read_roster(write(tmp_path, mark + line_end.join(separator.join(row) for row in rows)))

    assert problems == []
    assert people == (Person("007", "Асанов Үсөн", rank="инспектор"), Person("8-А", "احمد ضیا"))


def test_a_name_may_hold_the_separator_in_quotes(tmp_path: Path) -> None:
    """A quoted comma belongs to the name."""
    people, problems = read_roster(write(tmp_path, 'number,name\n1,"Smith, John"\n'))

    assert (people, problems) == ((Person("1", "Smith, John"),), [])


@pytest.mark.parametrize("encoding", ["cp1251", "utf-16", "koi8-r", "utf-16-le"])
def test_another_encoding_is_told_with_the_way_out(tmp_path: Path, encoding: str) -> None:
    """A file that is not UTF-8 is refused with how to save it in Excel and LibreOffice."""
    message = told(tmp_path, "number,name\n1,Асанов\n".encode(encoding))

    assert "UTF-8" in message
    assert "Excel" in message
    assert "LibreOffice" in message


def test_russian_heads_are_understood(tmp_path: Path) -> None:
    """The columns may be named in Russian, in any order and case."""
    text = (
        "ФИО;Табельный номер;Отчество;Звание;Подразделение;Страна;Пол;Язык\nАсанов;12;Бекович;капитан;Пост 1;KG;м;ru\n"
    )
    people, problems = read_roster(write(tmp_path, text))

    assert problems == []
    assert people == (Person("12", "Асанов", "Бекович", "капитан", "Пост 1", "KG", "m", "ru"),)


def test_every_column_of_a_person_has_a_name() -> None:
    """A roster can fill every field of a person."""
    assert set(COLUMNS) == set(Person.__dataclass_fields__)


def test_every_problem_of_a_roster_is_told_at_once(tmp_path: Path) -> None:
    """Duplicate number, no name, a name of 200 characters, a bad number, an unknown language: all in one go."""
    text = "number,name,language\n1,Anna,ru\n1,Berta,en\n2,,en\n3," + "x" * 200 + ",en\n4/5,Carl,en\n6,Dora,klingon\n"
    message = told(tmp_path, text)

    assert 'trainees.csv:3: the number "1" appears twice (first in row 2)' in message
    assert "trainees.csv:4:2: this person has no name" in message
    assert f"trainees.csv:5:2: this name has 200 characters, and may have {LONGEST_NAME}" in message
    assert 'trainees.csv:6:1: "4/5" cannot be a number' in message
    assert 'trainees.csv:7:3: "klingon" is no language' in message


def test_large_and_small_letters_do_not_make_two_numbers(tmp_path: Path) -> None:
    """A1 and a1 would be one file on Windows, so they count as the same number."""
    assert "appears twice" in told(tmp_path, "number,name\nA1,Anna\na1,Berta\n")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "is empty"),
        ("number,name\n", "names nobody"),
        ("number,name\n,\n\n", "names nobody"),
        ("number,nam\n1,Anna\n", "Did you mean `name`?"),
        ("name\nAnna\n", 'no column "number"'),
        ("number,name,name\n1,A,B\n", "two columns for name"),
        ("number,name\n1,Smith, John\n", "3 cells, and there are 2 columns"),
        ('number,name\n1,"Anna\n', "quotes"),
        ("number,name\n1,An\x07na\n", "U+0007"),
        ("number,name\n1,An\u202ena\n", "U+202E"),
        ("number,name\nCON,Anna\n", "cannot be a number"),
    ],
)
def test_a_roster_that_cannot_be_right_is_refused(tmp_path: Path, text: str, reason: str) -> None:
    """An empty or broken roster is refused with a reason."""
    assert reason in told(tmp_path, text)


def test_digits_of_persian_are_digits(tmp_path: Path) -> None:
    """A number typed with Persian or Arabic digits is the same number."""
    people, _ = read_roster(write(tmp_path, "number,name\n۰۱۲,A\n٣٤,B\n"))

    assert [person.number for person in people] == ["012", "34"]


def test_names_are_kept_in_one_form(tmp_path: Path) -> None:
    """A letter typed as two characters is the same letter; blanks around a name are nobody's."""
    people, _ = read_roster(write(tmp_path, "number,name\n1,  Андреи\u0306   Ли \n"))

    assert people[0].name == "Андрей Ли"


def test_a_spreadsheet_is_read_like_a_csv(tmp_path: Path) -> None:
    """XLSX gives the same people; numbers stay as they look, empty rows and columns do not count."""
    rows: list[list[object]] = [["number", "name", None], [7, "Anna", None], ["007", "Berta", None], [None, None, None]]
    people, problems = read_roster(write_xlsx(tmp_path, rows))

    assert problems == []
    assert people == (Person("7", "Anna"), Person("007", "Berta"))


def test_something_else_called_xlsx_is_refused(tmp_path: Path) -> None:
    """A file that only pretends to be a spreadsheet is refused with a reason."""
    (tmp_path / "trainees.xlsx").write_bytes(b"number,name\n1,Anna\n")
    people, problems = read_roster(tmp_path / "trainees")

    assert people == ()
    assert "no XLSX file" in problems[0].what


def test_two_rosters_at_once_are_refused(tmp_path: Path) -> None:
    """With both a CSV and an XLSX nobody knows which one counts."""
    write_xlsx(tmp_path, [["number", "name"], [1, "Anna"]])
    people, problems = read_roster(write(tmp_path, "number,name\n1,Anna\n"))

    assert people == ()
    assert "both trainees.csv and trainees.xlsx" in problems[0].what


def test_a_missing_roster_and_a_folder_are_told(tmp_path: Path) -> None:
    """No file and a folder in its place are told by name."""
    assert "not there" in read_roster(tmp_path / "trainees")[1][0].what
    (tmp_path / "trainees.csv").mkdir()
    assert "folder" in read_roster(tmp_path / "trainees")[1][0].what
