"""The self-test of printer, pen and phone: pictures of the filled sheet, held against its key; kept in the record."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from gettext import gettext as _
from gettext import ngettext
from pathlib import Path
from typing import Any

from fieldkit.course import Course
from fieldkit.model.codes import Code
from fieldkit.model.order import in_time
from fieldkit.model.sheet import Page
from fieldkit.scan.bins import CROSSED, FAINT, HIDDEN, NONE, SECOND, SEVERAL, STRUCK, Bin, Reading, Refused
from fieldkit.scan.files import CannotRead
from fieldkit.steps.scanning.pictures import files_in, needs_scan_extra
from fieldkit.steps.scanning.selftest_sheet import ODD, clear_rows, page_of, row_number, selftest_code

SELFTEST = "selftest-taken"
BY = "selftest"
WELL = 0.99  # share of clear rows that are read where nothing need be changed
SLOW = 3000  # milliseconds a picture


@dataclass(frozen=True)
class SelfTest:
    """What came of a self-test. Of `clear` rows `right` were read as they should; `doubtful` has, by why, how many were
    left to a person and `rows` their numbers, and `wrong` what was read otherwise: (number of the row, box read, box of
    the key). Of `odd` rows a person was `asked` about so many. `refused` has why, for each picture that could not be
    read; `note` says what was tried."""

    pictures: int
    milliseconds: int
    refused: tuple[str, ...]
    clear: int
    right: int
    doubtful: Mapping[str, int]
    wrong: tuple[tuple[int, str, str], ...]
    odd: int
    asked: int
    note: str = ""
    at: str = ""
    rows: Mapping[str, Sequence[int]] = field(default_factory=dict)

    @property
    def trusted(self) -> bool:
        """Whether something was read, and nothing otherwise than it should be."""
        return bool(self.clear) and not self.wrong and self.asked == self.odd

    @property
    def advice(self) -> list[str]:
        """What to change, in whole sentences; one that all is well where it is."""
        return list(_advice(self))


def _advice(test: SelfTest) -> Iterator[str]:
    if not test.clear:
        yield _("No picture could be read.")
    for number, read, key in dict.fromkeys(test.wrong):  # once, however many pictures there are
        yield _("Row {row} was read as box {read}; it should be box {box}.").format(row=number, read=read, box=key)
    if test.asked < test.odd:
        yield _("A row that is empty, doubly marked or struck out was read as marked.")
    if test.clear and not test.trusted:
        yield _("Look at the sheet: if it is filled as its rows say, do not scan with this printer, pen and phone.")
    for why in sorted(test.doubtful, key=lambda why: -test.doubtful[why]):
        rows = ", ".join(str(row) for row in test.rows.get(why, ()))
        yield _("{what} (Rows: {rows}.)").format(what=_remedy(why), rows=rows) if rows else _remedy(why)
    if test.refused and test.clear:
        said = ngettext("{n} picture could not be read.", "{n} pictures could not be read.", len(test.refused))
        yield said.format(n=len(test.refused))
    if test.milliseconds > SLOW:
        yield _("Reading is slow: let the phone save smaller pictures; 5 to 12 megapixels are enough.")
    if test.trusted and test.right >= WELL * test.clear and not test.refused:
        yield _("This printer, pen and phone do well.")


def _remedy(why: str) -> str:
    """What to change where rows were left to a person for this reason."""
    return {
        FAINT: _(
            "Marks were too faint or too small: take a darker pen, press harder, fill more of the box; "
            "photograph in more light."
        ),
        CROSSED: _("Lines ran into boxes: mark inside the box, and look for streaks of the printer or the scanner."),
        NONE: _("Marks were not seen at all: take a darker pen, and mark inside the box."),
        HIDDEN: _("Boxes could not be seen: lay the sheet flat, without glare, shadow or a finger on it."),
        STRUCK: _("Marks were taken for struck out: keep crosses and fillings within their box."),
        SEVERAL: _("Marks ran into other boxes: keep them within their box."),
        SECOND: _("Boxes beside a mark were not clean: keep marks within their box, and look for dirt on the print."),
    }.get(why, why)


def take_selftest(course: Course, paths: Sequence[Path], note: str = "") -> SelfTest:
    """Read pictures of the filled sheet (files, or folders of them) and hold them against the key.

    What comes of it is kept in the course's record; nothing of it ever becomes marks.
    """
    files = files_in(paths)
    needs_scan_extra()
    selftest_code(course)
    began, pictures = time.monotonic(), 0
    refused: list[str] = []
    readings: list[Reading] = []
    for name, found in _read(course, files):
        pictures += 1
        if isinstance(found, str):
            refused.append(f"{name}: {found}")
        else:
            readings += found
    milliseconds = round(1000 * (time.monotonic() - began) / max(1, pictures))
    test = _against_key(readings, pictures, milliseconds, tuple(refused), note)
    kept = {**asdict(test), "refused": list(refused), "wrong": [list(row) for row in test.wrong]}
    del kept["at"]
    course.append([(SELFTEST, kept)], BY)
    return test


def earlier_selftests(course: Course) -> list[SelfTest]:
    """All self-tests of the course, in the order in which they were made."""
    entries = in_time(e for e in course.record.entries if e.kind == SELFTEST)
    return [_test(e.body, e.at) for e in entries]


def _test(body: Mapping[str, Any], at: str) -> SelfTest:
    wrong = tuple((row, read, key) for row, read, key in body["wrong"])
    return SelfTest(**{**body, "wrong": wrong, "refused": tuple(body["refused"]), "at": at})


def _against_key(
    readings: Iterable[Reading], pictures: int, milliseconds: int, refused: tuple[str, ...], note: str
) -> SelfTest:
    key, doubtful, wrong = clear_rows(), Counter[str](), []
    rows: dict[str, set[int]] = {}
    clear = right = odd = asked = 0
    for reading in readings:
        if reading.item in ODD:
            odd, asked = odd + 1, asked + (reading.mark is None)
            continue
        clear, right = clear + 1, right + (reading.mark == key[reading.item])
        if reading.mark is None:
            doubtful[reading.why] += 1
            rows.setdefault(reading.why, set()).add(row_number(reading.item))
        elif reading.mark != key[reading.item]:
            wrong.append((row_number(reading.item), reading.mark, key[reading.item]))
    numbers = {why: sorted(found) for why, found in rows.items()}
    told = dict(doubtful), tuple(wrong), odd, asked, note.strip()
    return SelfTest(pictures, milliseconds, refused, clear, right, *told, rows=numbers)


def _read(course: Course, files: Iterable[Path]) -> Iterator[tuple[str, tuple[Reading, ...] | str]]:
    """What is read in each picture, by the name of its file, or why it cannot be read."""
    from fieldkit.scan.pictures import open_picture
    from fieldkit.scan.reading import read_picture
    from fieldkit.steps.scanning.pictures import sources_in

    for file in files:
        for source, known in sources_in(file):
            try:
                if known:
                    raise CannotRead(known)
                yield file.name, read_picture(open_picture(source), lambda code: _page(course, code)).readings
            except (CannotRead, Refused) as why:
                yield file.name, str(why)


def _page(course: Course, code: Code) -> tuple[str, Page]:
    if code != selftest_code(course):
        raise Refused(Bin.NOT_OURS, _("it is not the self-test sheet of this course"), code)
    return course.settings.paper, page_of(course.settings.paper)
