"""What Windows does otherwise: patterns of files, files that another program has open, readers that leave."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from fieldkit import files
from fieldkit.cli.main import _reader_left
from fieldkit.cli.wildcards import spread
from fieldkit.files import refusal, why_not, write_whole


@pytest.fixture
def on_windows(monkeypatch: pytest.MonkeyPatch) -> None:
    """As on Windows, but without the waits for a program that lets go of a file."""
    monkeypatch.setattr(files, "WINDOWS", True)
    monkeypatch.setattr(files, "_WINDOWS_WAITS", (0.0, 0.0, 0.0))


@pytest.fixture
def pictures(tmp_path: Path) -> Path:
    folder = tmp_path / "Снимки [1] عکس"
    folder.mkdir()
    for name in ("лист 2.jpg", "лист 1.jpg", "лист 1.png"):
        (folder / name).touch()
    return folder


def test_a_pattern_stands_for_the_files_that_it_fits(pictures: Path) -> None:
    """`fieldkit scan *.jpg` reads every such picture, also where the command line leaves the pattern as it is."""
    expected = [str(pictures / "лист 1.jpg"), str(pictures / "лист 2.jpg")]
    assert spread(["scan", str(pictures / "*.jpg")], windows=True) == ["scan", *expected]
    assert spread(["scan", "--dry-run", str(pictures / "лист ?.jpg")], windows=True)[2:] == expected


def test_a_pattern_that_fits_nothing_stays(pictures: Path) -> None:
    """A pattern without a file is told of as it was typed, and a name with brackets stays a name."""
    for name in ("*.tif", "лист [12].jpg"):
        assert spread(["scan", str(pictures / name)], windows=True) == ["scan", str(pictures / name)]


def test_what_is_said_is_no_pattern(pictures: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A reason with a question mark stays a reason, whatever files lie about; so does a pattern that a shell left."""
    monkeypatch.chdir(pictures)
    said = ["score", "K7Q2M4XT", "--remarks", "лист ?.jpg"]
    assert spread(said, windows=True) == said
    assert spread(["scan", "*.jpg"], windows=False) == ["scan", "*.jpg"]


def _held(times: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let somebody have the file open for so many tries, as Windows tells it."""
    replace, tries = Path.replace, iter(range(times))

    def held(self: Path, target: Path) -> Path:
        if next(tries, None) is not None:
            raise PermissionError(errno.EACCES, "Access is denied", str(self), None, str(target))
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", held)


@pytest.mark.usefixtures("on_windows")
def test_a_virus_scanner_is_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that a virus scanner looks at for a moment is written all the same."""
    _held(2, monkeypatch)
    assert write_whole(tmp_path / "a.pdf", [b"new"]) == 3
    assert (tmp_path / "a.pdf").read_bytes() == b"new"


@pytest.mark.usefixtures("on_windows")
def test_a_report_that_is_open_elsewhere_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A report open in a PDF viewer stays whole; the refusal names it, not a file in between, and says to close it."""
    report = tmp_path / "T07.pdf"
    report.write_bytes(b"old")
    _held(99, monkeypatch)
    with pytest.raises(PermissionError) as caught:
        write_whole(report, [b"new"])
    assert report.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [report]
    told = str(refusal(caught.value, "the report was not written"))
    assert f"{report} may not be written to." in told
    assert "Close the program that has it open" in told


@pytest.mark.usefixtures("on_windows")
def test_a_folder_in_the_place_of_a_file_is_told(tmp_path: Path) -> None:
    """A folder given for a file is called a folder, where Windows only says that access is denied."""
    error = PermissionError(errno.EACCES, "Permission denied", str(tmp_path))
    assert why_not(error) == "it is a folder"
    assert "it is a folder" in str(refusal(error, "nothing was written"))


@pytest.mark.usefixtures("on_windows")
def test_a_roster_that_another_program_holds_is_told(tmp_path: Path) -> None:
    """A roster that cannot be read may be open in Excel, and the message says so."""
    assert "another program has it open" in why_not(PermissionError(errno.EACCES, "", str(tmp_path / "trainees.xlsx")))


def test_a_reader_that_leaves_is_no_fault() -> None:
    """`fieldkit status | more`, left early, ends in peace, though Windows calls it an invalid argument."""
    assert _reader_left(BrokenPipeError(errno.EPIPE, ""), windows=False)
    assert _reader_left(OSError(errno.EINVAL, "Invalid argument"), windows=True)
    assert not _reader_left(OSError(errno.EINVAL, "Invalid argument"), windows=False)
    assert not _reader_left(OSError(errno.EINVAL, "Invalid argument", "a:b"), windows=True)
