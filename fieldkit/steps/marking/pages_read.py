"""What the record keeps of pictures: which page of which sheet was read, and what was seen on it.

A page that was read is an entry `page-read`: {file, digest, page, sheet, sheet_page, picture, marks, waits, stickers}.
`marks` are the items that were read surely, whether they could be recorded or not; `waits` are the others, each with
what a person should look at; `stickers` are the codes of persons on a spare sheet, left out where there is none.
`reading-settled` {sheet, item, reads} ends the waiting of an item for the pages whose entries have these hashes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from fieldkit.course import SCANS as SCANS
from fieldkit.course import Course
from fieldkit.model.order import in_time

PAGE_READ, READING_SETTLED = "page-read", "reading-settled"
SCANNED = "scanned"
WHOLE = "sheet"  # stands for the item where a whole sheet waits


@dataclass(frozen=True)
class PageRead:
    """One page of a sheet as one picture shows it; `picture` is the straightened page in the course's folder, `entry`
    the hash of its entry ("" before it has one)."""

    file: str
    digest: str
    page: int
    sheet: str
    sheet_page: int
    picture: str = ""
    marks: Mapping[str, str] = field(default_factory=dict)
    waits: Mapping[str, str] = field(default_factory=dict)
    stickers: tuple[str, ...] = ()
    at: str = ""
    entry: str = ""

    @property
    def body(self) -> dict[str, Any]:
        """The body of its entry."""
        names = ("file", "digest", "page", "sheet", "sheet_page", "picture")
        said = {name: getattr(self, name) for name in names} | {"marks": dict(self.marks), "waits": dict(self.waits)}
        return said | ({"stickers": list(self.stickers)} if self.stickers else {})


def pages_read(course: Course) -> list[PageRead]:
    """Every page that was read, in the order in which they were."""
    entries = in_time(e for e in course.record.entries if e.kind == PAGE_READ)
    return [
        PageRead(**{**e.body, "stickers": tuple(e.body.get("stickers", ()))}, at=e.at, entry=e.hash) for e in entries
    ]


def pictures_of_items(course: Course) -> dict[tuple[str, str], list[str]]:
    """By sheet and item: the straightened pages that show it, in the order in which they were read."""
    found: dict[tuple[str, str], list[str]] = {}
    for page in pages_read(course):
        for item in (*page.marks, *page.waits) if page.picture else ():
            found.setdefault((page.sheet, item), []).append(page.picture)
    return found


def settled_readings(course: Course) -> set[tuple[str, str]]:
    """What no longer waits: (item, hash of the entry of the page)."""
    settled = (e for e in course.record.entries if e.kind == READING_SETTLED)
    return {(e.body["item"], read) for e in settled for read in e.body["reads"]}


def settlement(sheet: str, item: str, reads: list[str]) -> tuple[str, dict[str, Any]]:
    """The entry by which an item of a sheet no longer waits."""
    return READING_SETTLED, {"sheet": sheet, "item": item, "reads": reads}


def crop_path(picture: str, item: str) -> str:
    """Where the crop of an item's row lies, beside the straightened page `picture`."""
    return f"{picture.removesuffix('.jpg')}/{item}.png"
